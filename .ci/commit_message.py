"""Look at a commit message before it is kept: `python .ci/commit_message.py FILE`. Answers 1, and says why, when it will not do."""

from __future__ import annotations

import sys
from pathlib import Path

MOST_CHARACTERS = 72
CUT = "# ------------------------ >8"
"""What `git commit --verbose` writes above the changes."""


def complaints(message: str) -> list[str]:
    """What is wrong with the form of a message; what it says is for people to judge."""
    lines = [line for line in message.split(CUT)[0].splitlines() if not line.startswith("#")]
    subject, *rest = lines or [""]
    found = []
    if not subject.strip():
        found.append("The first line is empty; it says what the commit does.")
    if len(subject) > MOST_CHARACTERS:
        found.append(f"The first line has {len(subject)} characters; {MOST_CHARACTERS} at most. What is more belongs into the body.")
    if rest and rest[0].strip():
        found.append("The second line stays empty; the body, which says why, begins on the third.")
    return found


if __name__ == "__main__":
    found = complaints(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(1 if found else 0)
