"""What the history of a case says of one event."""

from __future__ import annotations

from dataclasses import dataclass

from services.cases.case.pages.voice import Pairs, Voice
from shared.words.language import marked


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What is said of one event."""

    title: str
    kind: str
    """concern, consent, referral, contact, help, telling, course or clock; for the look of it."""
    details: Pairs = ()
    words: str = ""
    missed: bool = False


def by_which_channel(channel: str, to: Voice) -> Pairs:
    """How it was said."""
    return ((to.say(marked("Hvordan")), to.called(channel, "channels")),)


def late(on_time: bool, to: Voice) -> Pairs:
    """That it stands in the record later than it was to be done."""
    return () if on_time else ((to.say(marked("Frist")), to.say(marked("Skrevet ned efter fristen"))),)
