"""What is said when somebody looks after how others used what they may see."""

from __future__ import annotations

from shared.words.code import Code


class GlassVerdict(Code):
    """What somebody else says of a broken glass."""

    AGREED = "agreed", "Det var i orden", "It was right"
    NOT_AGREED = "not_agreed", "Det var ikke i orden", "It was not right"


class SampleOf(Code):
    """From which look-ups a sample is drawn."""

    ALL = "all", "Alle opslag", "All look-ups"
    APART = "apart", "Kun opslag uden forhold til sagen", "Only look-ups without a relation to the case"


class Finding(Code):
    """What came of looking at one look-up of a sample."""

    FINE = "fine", "I orden", "Fine"
    NOT_FINE = "not_fine", "Ikke i orden", "Not fine"
    CANNOT_SAY = "cannot_say", "Kan ikke afgøres", "Cannot say"
