"""What is looked at before a commit is what `make check` looks at, and the form of its message."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parents[2]


def test_the_hooks_run_what_make_check_runs_and_nothing_foreign() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [each["repo"] for each in config["repos"]] == ["local"]
    hooks = [hook for hook in config["repos"][0]["hooks"] if "stages" not in hook]
    assert {hook["language"] for hook in hooks} == {"system"}
    check = re.search(r"^check:.*\n\t(.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert check
    asked = [each.strip().removeprefix("@").removesuffix(" .") for each in check[1].split("&&")]
    assert [hook["entry"] for hook in hooks] == asked


@pytest.mark.processes
@pytest.mark.parametrize(
    ("message", "complaint"),
    [
        ("Short and clear\n", ""),
        ("Short and clear\n\nBecause it was long and dim.\n", ""),
        ("Vicevært, æøå – " + "å" * 56 + "\n", ""),
        ("Typed above git's own words\n# Please enter the commit message\n#\n", ""),
        ("Seen with the changes\n# ------------------------ >8 ------------------------\ndiff --git a/x b/x\n" + "x" * 90, ""),
        ("x" * 73 + "\n", "73 characters"),
        ("The subject\nruns on\n", "second line"),
        ("\n\n# nothing was said\n", "first line is empty"),
    ],
)
def test_a_message_has_a_short_first_line_and_an_empty_second(tmp_path: Path, message: str, complaint: str) -> None:
    file = tmp_path / "COMMIT_EDITMSG"
    file.write_text(message, encoding="utf-8")
    done = subprocess.run([sys.executable, ROOT / ".ci" / "commit_message.py", file], capture_output=True, text=True, check=False)
    assert (done.returncode, complaint in done.stdout) == (1 if complaint else 0, True)
    assert bool(done.stdout) == bool(complaint)
