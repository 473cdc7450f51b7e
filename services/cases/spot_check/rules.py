"""A spot check: a seed that is noted, a sample that follows from it and that anybody can draw again, and a finding for each look-up."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from hmac import digest
from typing import Self
from uuid import UUID

from shared.ground.errors import NotFound, Refusal
from shared.ground.text_input import free_text
from shared.history.aggregate import Aggregate, AggregateCreated, Event
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.checking import Finding, SampleOf

SEED_BYTES = 32
LEAST, MOST = 1, 200
"""Look-ups in a sample: a quarter's is forty (domain.md §6), and more than two hundred nobody looks into."""
MOST_TO_DRAW_FROM = 200_000
"""Look-ups of a period: a quarter of a large association, drawn again in a second."""


class PeriodIsBackwards(Refusal):
    """Perioden slutter, før den begynder."""

    field = "until"
    next_step = "Vælg en sidste dag, der ikke ligger før den første."


class PeriodHasNotBegun(Refusal):
    """Perioden er ikke begyndt."""

    field = "since"
    next_step = "Vælg en første dag, der ikke ligger efter i dag."


class PeriodHasNoLooks(Refusal):
    """Der er ingen opslag at trække imellem i den periode."""

    field = "since"
    next_step = "Vælg en anden periode, eller træk mellem alle opslag."


class PeriodHasTooManyLooks(Refusal):
    """Der er for mange opslag i perioden til én stikprøve."""

    field = "until"
    next_step = "Vælg en kortere periode."


class StratumIsUnknown(Refusal):
    """Vælg, hvilke opslag der trækkes imellem."""

    field = "stratum"
    next_step = "Vælg en af mulighederne på listen."


class SampleSizeIsOutOfBounds(Refusal):
    """En stikprøve er på mellem 1 og 200 opslag."""

    field = "size"
    next_step = "Skriv et tal fra 1 til 200."


class SampleIsLargerThanTheLog(Refusal):
    """Der er færre opslag i perioden, end du vil trække."""

    field = "size"
    next_step = "Træk færre, eller vælg en længere periode."


class LookIsClosed(Refusal):
    """Opslaget er allerede afsluttet."""

    next_step = "Se, hvad der blev sagt."


class LookIsGone(Refusal):
    """Opslaget står ikke i loggen mere, så ingen kan spørges om det."""

    next_step = "Afslut det med, at det ikke kan afgøres."


class LookIsAnswered(Refusal):
    """Du har allerede svaret på det."""

    next_step = "Ring til den, der spurgte, hvis der er mere at sige."


class FindingIsUnknown(Refusal):
    """Vælg, hvad du nåede frem til."""

    field = "finding"
    next_step = "Vælg en af mulighederne på listen."


class FindingHasNoWords(Refusal):
    """Skriv, hvorfor det ikke er i orden eller ikke kan afgøres."""

    field = "words"
    next_step = "En eller to sætninger er nok."


class AnswerHasNoWords(Refusal):
    """Skriv, hvad du skulle bruge opslaget til."""

    field = "words"
    next_step = "En eller to sætninger er nok."


def drawn(seed: str, looks: Iterable[int], *, size: int) -> list[int]:
    """The sample: those look-ups whose HMAC-SHA256 under the seed (of their number in the log, in decimal digits) is smallest.

    Whoever has the seed and the log draws the same one; whoever looked before there was a seed could not know. Stored: never changed.
    """
    key = bytes.fromhex(seed)
    return sorted(looks, key=lambda look: (digest(key, str(look).encode(), sha256), look))[:size]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What is to be drawn: from which days, of which kind, how many; and up to which line the log is as it was then."""

    since: date
    until: date
    stratum: str
    size: int
    last_position: int

    def must_be_possible(self, *, today: date) -> None:
        """Raises what is wrong with it by itself, before anything is looked up."""
        if self.until < self.since:
            raise PeriodIsBackwards
        if self.since > today:
            raise PeriodHasNotBegun
        if self.stratum not in set(SampleOf):
            raise StratumIsUnknown
        if not LEAST <= self.size <= MOST:
            raise SampleSizeIsOutOfBounds

    def must_be_drawn_from(self, among: int) -> None:
        """Raises what is wrong with it where so many look-ups are there."""
        if not among:
            raise PeriodHasNoLooks
        if among > MOST_TO_DRAW_FROM:
            raise PeriodHasTooManyLooks
        if self.size > among:
            raise SampleIsLargerThanTheLog


@dataclass(slots=True)
class LookedInto:
    """One look-up of a sample: whom it was asked of, and how far it has come."""

    who: str = ""
    is_answered: bool = False
    is_found: bool = False


class SpotCheck(Aggregate):
    """A sample of look-ups, from its seed to its last finding."""

    TOPIC = "spot_check"

    class Planned(Event, AggregateCreated):
        """The seed is noted, after the last look-up that can be drawn by it, and before the sample."""

        TOPIC = "spot_check.planned"

        seed: str
        since: str
        until: str
        stratum: str
        size: int
        last_position: int
        """The last line of the log that can be drawn: what is heard later, of these days too, is not among it."""
        by: str
        """Who draws it; their own look-ups are not among it."""

        def apply(self, check: SpotCheck) -> None:
            check.seed, check.by = self.seed, self.by
            days = {"since": date.fromisoformat(self.since), "until": date.fromisoformat(self.until)}
            check.plan = Plan(**days, stratum=self.stratum, size=self.size, last_position=self.last_position)

    class Drawn(Event):
        """These are the sample, in the order in which they were drawn."""

        TOPIC = "spot_check.drawn"

        looks: list[int]
        among: int
        """From how many."""

        def apply(self, check: SpotCheck) -> None:
            check.looks = {look: LookedInto() for look in self.looks}

    class Asked(Event):
        """The one who looked is asked why."""

        TOPIC = "spot_check.asked"

        look: int
        who: str

        def apply(self, check: SpotCheck) -> None:
            check.looks[self.look].who = self.who

    class Answered(Event):
        """And says it."""

        TOPIC = "spot_check.answered"

        look: int
        words: Personal | Sealed

        def apply(self, check: SpotCheck) -> None:
            check.looks[self.look].is_answered = True

    class Found(Event):
        """What came of it."""

        TOPIC = "spot_check.found"

        look: int
        finding: str
        words: Personal | Sealed | None

        def apply(self, check: SpotCheck) -> None:
            check.looks[self.look].is_found = True

    class Closed(Event):
        """There is a finding for each."""

        TOPIC = "spot_check.closed"

    def __init__(self) -> None:
        self.seed: str
        self.by: str
        self.plan: Plan
        self.looks: dict[int, LookedInto] = {}

    @classmethod
    def begin_with(cls, plan: Plan, *, id: UUID, seed: str, by: str) -> Self:
        """Note the seed."""
        facts = {"since": plan.since.isoformat(), "until": plan.until.isoformat(), "stratum": str(plan.stratum), "size": plan.size}
        return cls.begin(cls.Planned, id=id, seed=seed, last_position=plan.last_position, by=by, **facts)

    def draw(self, looks: Collection[int]) -> None:
        """Draw it; drawn before, it is no news. Raises `PeriodHasNoLooks`, should the log have lost them meanwhile."""
        if self.looks:
            return
        if not looks:
            raise PeriodHasNoLooks
        self.trigger_event(self.Drawn, looks=drawn(self.seed, looks, size=self.plan.size), among=len(looks))

    def ask(self, look: int, *, who: str) -> None:
        """Ask whoever looked; `who` is empty where the log does not say any more. Asked before, it is no news.

        Raises `NotFound`, `LookIsClosed`, `LookIsGone`.
        """
        one = self._open(look)
        if not who:
            raise LookIsGone
        if not one.who:
            self.trigger_event(self.Asked, look=look, who=who)

    def answer(self, look: int, *, by: Collection[str], words: str, sealed_for: UUID) -> None:
        """Say why one looked. Raises `NotFound` for who was not asked, `LookIsClosed`, `LookIsAnswered`, `AnswerHasNoWords`."""
        if self._in_sample(look).who not in by:
            raise NotFound("question", look)
        if self._open(look).is_answered:
            raise LookIsAnswered
        kept = free_text(words, field="words")
        if not kept:
            raise AnswerHasNoWords
        self.trigger_event(self.Answered, look=look, words=Personal(sealed_for, kept))

    def find(self, look: int, *, finding: str, words: str, sealed_for: UUID) -> None:
        """Close one; what is fine needs no words. With the last of them the check is closed.

        Raises `NotFound`, `LookIsClosed`, `FindingIsUnknown`, `FindingHasNoWords`.
        """
        self._open(look)
        if finding not in set(Finding):
            raise FindingIsUnknown
        kept = free_text(words, field="words")
        if not kept and finding != Finding.FINE:
            raise FindingHasNoWords
        self.trigger_event(self.Found, look=look, finding=str(finding), words=Personal(sealed_for, kept) if kept else None)
        if all(one.is_found for one in self.looks.values()):
            self.trigger_event(self.Closed)

    def _in_sample(self, look: int) -> LookedInto:
        if look not in self.looks:
            raise NotFound("look of the sample", look)
        return self.looks[look]

    def _open(self, look: int) -> LookedInto:
        one = self._in_sample(look)
        if one.is_found:
            raise LookIsClosed
        return one
