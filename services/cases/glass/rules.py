"""A glass stands between a colleague and a case that is none of theirs: broken for a while, and others say whether it was right."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID, uuid5

from shared.ground.errors import NotFound, Refusal
from shared.ground.text_input import free_text
from shared.ground.working_days import add_working_days
from shared.history.aggregate import Aggregate, AggregateCreated, Event
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.checking import GlassVerdict

LASTS = timedelta(hours=3)
"""As long as what could not wait takes, and shorter than a working day (DHIS2 does the same)."""

REVIEWED_WITHIN = 2
"""Working days. A look that was not right is a breach of personal data, which is assessed within 72 hours of being known (GDPR art. 33);
so it is no number of the association's own."""


class GlassHasNoReason(Refusal):
    """Skriv, hvorfor du har brug for at se sagen."""

    field = "reason"
    next_step = "Skriv det med dine egne ord. En anden læser det."


class GlassIsBroken(Refusal):
    """Du har allerede brudt glasset, og sagen er stadig åben for dig."""

    next_step = "Åbn sagen."


class GlassIsNotNeeded(Refusal):
    """Du kan allerede læse sagen."""

    next_step = "Åbn sagen, som du plejer."


class VerdictIsUnknown(Refusal):
    """Vælg, om det var i orden."""

    field = "verdict"
    next_step = "Vælg en af de to muligheder."


class VerdictHasNoWords(Refusal):
    """Skriv, hvad du lægger vægt på."""

    field = "words"
    next_step = "En eller to sætninger er nok."


class NobodyReviewsThemselves(Refusal):
    """Du kan ikke selv se efter, om det var i orden, at du brød glasset."""

    next_step = "Bed en anden leder eller databeskyttelsesrådgiveren om det."


class GlassIsReviewed(Refusal):
    """Det er allerede set efter."""

    next_step = "Se, hvad der blev sagt."


class GlassIsStillOpen(Refusal):
    """Sagen kan stadig læses gennem glasset."""

    field = "verdict"
    next_step = "Vent, til det er slut. Er det ikke i orden, så sig det nu: så lukker det med det samme."


def glass_of(case_id: UUID, who: str) -> UUID:
    """The history of the glass between a case and a colleague: there is one, however often it is broken. Stored: never changed."""
    return uuid5(case_id, f"glass {who}")


def reason_of(text: str) -> str:
    """Why, as it may be kept. Raises `GlassHasNoReason`, and what `free_text` refuses. Asked before anything is looked up."""
    return _words(text, "reason", GlassHasNoReason)


@dataclass(slots=True)
class Break:
    """One time the glass was broken."""

    until: datetime
    review_due: datetime
    is_reviewed: bool = False
    is_late: bool = False


class Glass(Aggregate):
    """What is between one colleague and one case: broken twice at once it is broken once."""

    TOPIC = "glass"

    class PutUp(Event, AggregateCreated):
        """There is one, from the first time somebody broke it."""

        TOPIC = "glass.put_up"

        case_id: UUID
        who: str

        def apply(self, glass: Glass) -> None:
            glass.case_id, glass.who = self.case_id, self.who

    class Broken(Event):
        """The case can be read from now on, by nobody else, and no longer than this."""

        TOPIC = "glass.broken"

        break_id: UUID
        case_id: UUID
        who: str
        reason: Personal | Sealed
        until: datetime
        review_due: datetime

        def apply(self, glass: Glass) -> None:
            glass.breaks[self.break_id] = Break(self.until, self.review_due)

    class Mended(Event):
        """It is over before its time: they are done, or it was not right."""

        TOPIC = "glass.mended"

        break_id: UUID
        at: datetime

        def apply(self, glass: Glass) -> None:
            glass.breaks[self.break_id].until = self.at

    class Reviewed(Event):
        """Somebody else says whether it was right."""

        TOPIC = "glass.reviewed"

        break_id: UUID
        verdict: str
        words: Personal | Sealed

        def apply(self, glass: Glass) -> None:
            glass.breaks[self.break_id].is_reviewed = True

    class ReviewMissed(Event):
        """Nobody did in time; recorded once."""

        TOPIC = "glass.review_missed"

        break_id: UUID
        due: datetime

        def apply(self, glass: Glass) -> None:
            glass.breaks[self.break_id].is_late = True

    def __init__(self) -> None:
        self.case_id: UUID
        self.who: str
        self.breaks: dict[UUID, Break] = {}

    @classmethod
    def put_up(cls, *, case_id: UUID, who: str) -> Self:
        """Before the first time."""
        return cls.begin(cls.PutUp, id=glass_of(case_id, who), case_id=case_id, who=who)

    def is_open(self, at: datetime) -> bool:
        """Whether the case can be read through it at an instant."""
        return any(at < each.until for each in self.breaks.values())

    def break_it(self, break_id: UUID, *, reason: str, now: datetime) -> datetime:
        """Break it, and answer until when. Raises `GlassHasNoReason`, `GlassIsBroken`."""
        kept = reason_of(reason)
        if self.is_open(now):
            raise GlassIsBroken
        until = now + LASTS
        self.trigger_event(
            self.Broken,
            break_id=break_id,
            case_id=self.case_id,
            who=self.who,
            reason=Personal(self.case_id, kept),
            until=until,
            review_due=add_working_days(now, REVIEWED_WITHIN),
        )
        return until

    def mend(self, break_id: UUID, *, now: datetime) -> None:
        """They are done. Said again, or when it is over, it is no news. Raises `NotFound`."""
        if now < self._broken(break_id).until:
            self.trigger_event(self.Mended, break_id=break_id, at=now)

    def review(self, break_id: UUID, *, by: Collection[str], verdict: str, words: str, now: datetime) -> None:
        """Say whether it was right; `by` is who says so, and for whom. What was not right ends at once.

        Raises `NotFound`, `NobodyReviewsThemselves`, `GlassIsReviewed`, `VerdictIsUnknown`, `VerdictHasNoWords`, `GlassIsStillOpen`.
        """
        broken = self._broken(break_id)
        if self.who in by:
            raise NobodyReviewsThemselves
        if broken.is_reviewed:
            raise GlassIsReviewed
        if verdict not in set(GlassVerdict):
            raise VerdictIsUnknown
        kept = _words(words, "words", VerdictHasNoWords)
        if now < broken.until:
            if verdict == GlassVerdict.AGREED:
                raise GlassIsStillOpen
            self.trigger_event(self.Mended, break_id=break_id, at=now)
        self.trigger_event(self.Reviewed, break_id=break_id, verdict=str(verdict), words=Personal(self.case_id, kept))

    def note_time(self, now: datetime) -> None:
        """It is this late: whoever should have looked has not. Noted once for each time it was broken."""
        for break_id, each in self.breaks.items():
            if each.review_due < now and not each.is_reviewed and not each.is_late:
                self.trigger_event(self.ReviewMissed, break_id=break_id, due=each.review_due)

    def _broken(self, break_id: UUID) -> Break:
        if break_id not in self.breaks:
            raise NotFound("broken glass", break_id)
        return self.breaks[break_id]


def _words(text: str, field: str, missing: type[Refusal]) -> str:
    kept = free_text(text, field=field)
    if not kept:
        raise missing
    return kept
