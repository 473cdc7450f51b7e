"""What is said when somebody looks after how others used what they may see."""

from __future__ import annotations

from shared.words.code import Code


class GlassVerdict(Code):
    """What somebody else says of a broken glass."""

    AGREED = "agreed", "Det var i orden", "It was right"
    NOT_AGREED = "not_agreed", "Det var ikke i orden", "It was not right"
