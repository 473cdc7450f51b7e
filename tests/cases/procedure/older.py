"""A procedure as an older release adopted it: a text that lacks a step is what an old text is to a release with one step more."""

from __future__ import annotations

import re
from pathlib import Path

TEXT = (Path(__file__).parents[3] / "local/demo/bakkegaarden/procedure.yaml").read_text(encoding="utf-8")


def without(*patterns: str, text: str = TEXT) -> str:
    """The text as it was before something was added to it."""
    for pattern in patterns:
        assert re.search(pattern, text, re.MULTILINE), pattern
        text = re.sub(pattern, "", text, flags=re.MULTILINE)
    return text


OLD = without(
    r"^  note: .*\n",  # a step
    r"^  closed: .*\n",  # a milestone
    r"^  tell_caretaker:\n(    .*\n)+",  # a clock
    r"^    high: .*\n",  # a severity, in every clock
    r"^  high: .*\n",
    r"^ +volunteer: .*\n",  # a recipient
)
