"""What stands in a procedure: steps and roles, clocks, agreements with municipalities, wordings.

Names of steps, clocks, severities, recipients and milestones are plain text here, as they are in events. Whether each of them is
known (`ADOPTING`), and none is missing (`not_named`), is asked of a procedure that is adopted, and never again: what was adopted stays
readable, whatever comes to the vocabulary later. For the same reason a new field has a default, and a unit of time is never taken out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from shared.ground.described import Described
from shared.words.code import Code
from shared.words.municipality import municipality_code
from shared.words.vocabulary.case import CARETAKER_STEPS, Milestone, Step
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.people import Role
from shared.words.vocabulary.procedure import Weekday
from shared.words.vocabulary.referral import Channel, Target
from shared.words.vocabulary.waiting import DeadlineKind

ADOPTING = "adopting"
"""The validation context of a text that is to be adopted."""


def _one_of(*codes: str) -> AfterValidator:
    """One of these names, in a text that is to be adopted."""

    def checked(name: str, info: ValidationInfo) -> str:
        if info.context == ADOPTING and name not in codes:
            *most, last = [f"'{code}'" for code in codes]
            raise PydanticCustomError("unknown_name", "unknown name", {"expected": f"{', '.join(most)} eller {last}"})
        return name

    return AfterValidator(checked)


def _in_order(named: dict[str, tuple[int, ...]], info: ValidationInfo) -> dict[str, tuple[int, ...]]:
    for name, days in named.items() if info.context == ADOPTING else ():
        if list(days) != sorted(set(days)):
            raise ValueError(f"dagene for {name} skal stå i rækkefølge og kun én gang")
    return named


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
VersionName = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z.\-]{0,19}$")]

StepName = Annotated[str, _one_of(*Step)]
ClockName = Annotated[str, _one_of(*DeadlineKind)]
SeverityName = Annotated[str, _one_of(*Severity)]
TargetName = Annotated[str, _one_of(*Target)]
MilestoneName = Annotated[str, _one_of(*Milestone)]
WeekdayName = Annotated[str, _one_of(*Weekday)]

StepTaker = Annotated[str, _one_of(Role.CARETAKER, Role.SOCIAL_CARETAKER, Role.SOCIAL_LEAD, Role.SYSTEM)]
"""The roles that may be named for a step; the director, the auditor and the clerk take none (domain.md §6)."""

ContactChannel = Annotated[str, _one_of(Channel.DIGITAL_POST, Channel.SECURE_MAIL, Channel.PHONE, Channel.FORM)]
"""How a recipient may want to be reached."""


class _Part(Described):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Span(_Part):
    """A length of time in exactly one unit: minutes (acute), working days, or calendar days."""

    minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    """Minutes, for what is acute."""
    working_days: Annotated[int, Field(ge=0, le=260)] | None = None
    """Danish working days; 0 is the same day."""
    days: Annotated[int, Field(ge=1, le=366)] | None = None
    """Calendar days."""

    @model_validator(mode="after")
    def _exactly_one_unit(self) -> Self:
        if sum(unit is not None for unit in (self.minutes, self.working_days, self.days)) != 1:
            raise ValueError("skriv præcis én af minutes, working_days eller days")
        return self

    @property
    def in_danish(self) -> str:
        """The span as a person says it; in another language, `spoken.how_long` does."""
        if self.minutes is not None:
            return "1 minut" if self.minutes == 1 else f"{self.minutes} minutter"
        if self.working_days is not None:
            return {0: "samme arbejdsdag", 1: "1 arbejdsdag"}.get(self.working_days, f"{self.working_days} arbejdsdage")
        return "1 dag" if self.days == 1 else f"{self.days} dage"


Takers = Annotated[tuple[StepTaker, ...], Field(min_length=1)]

SpanBySeverity = Annotated[dict[SeverityName, Span], Field(min_length=1)]
"""One span for each severity (domain.md §1.6)."""

DaysAhead = Annotated[tuple[Annotated[int, Field(ge=1, le=366)], ...], Field(min_length=1)]
DaysBySeverity = Annotated[dict[SeverityName, DaysAhead], Field(min_length=1), AfterValidator(_in_order)]
"""After how many calendar days somebody looks again, for each severity."""


def _opens_before_it_closes(hours: str, info: ValidationInfo) -> str:
    if info.context == ADOPTING and hours[:5] >= hours[-5:]:
        raise ValueError("kontoret skal åbne, før det lukker")
    return hours


_HOUR = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
Hours = Annotated[str, StringConstraints(pattern=f"^{_HOUR}-{_HOUR}$"), AfterValidator(_opens_before_it_closes)]
"""From when until when the office is open, by the clock on the wall: `08:00-15:00`."""


class SilenceStep(_Part):
    """What is done when a recipient stays silent, so many working days after the agreed answer time (S15)."""

    code: Name
    """Its name."""
    working_days_after_answer: Annotated[int, Field(ge=0, le=260)]
    """So many working days after the answer was due."""
    do: Text
    """What somebody does then."""


class Contact(_Part):
    """A function to turn to, never a person: persons change, and their names do not belong here."""

    unit: Text
    """Who to turn to."""
    channel: ContactChannel
    """By which way."""
    phone: Annotated[str, StringConstraints(pattern=r"^[0-9 +]{3,16}$")]
    """The number."""
    hours: Text
    """When somebody answers."""
    address: Text | None = None
    """Where to write."""


class Agreement(_Part):
    """What is agreed with one municipality: whom to turn to, and how long an answer may take."""

    name: Text
    """What the municipality is called."""
    agreed_until: date | None = None
    """After this day the agreement is to be renewed; it still counts, and the page says so."""
    contacts: dict[TargetName, Contact]
    """Whom to turn to, for each kind of recipient."""
    answers: dict[TargetName, Span] = Field(default_factory=dict)
    """How long an answer may take, where it is not as usual."""


class ConsentWording(_Part):
    """The words in which leave is asked; the version stands on every consent (domain.md §2.3)."""

    version: VersionName
    """Its name."""
    title: Text
    """What it is for."""
    text: Text
    """The words."""


class StandIn(_Part):
    """Who may take a step when nobody of those named for it has taken it in time."""

    after: Span
    """So long after the concern arrived, or, once it was judged, after that."""
    roles: Takers
    """Who steps in."""


class ProcedureDocument(_Part):
    """The whole procedure of one association, as its file says it."""

    version: VersionName
    """What the association calls this version."""
    title: Text
    """Its title."""
    effective_on: date
    """The first day it holds."""
    steps: dict[StepName, Takers]
    """Who may take each step."""
    stand_in: dict[StepName, StandIn] = Field(default_factory=dict)
    """Who steps in, where nobody takes a step that a concern waits for."""
    clocks: dict[ClockName, SpanBySeverity]
    """They run from the moment a concern arrives, a case opens, or something happens that the caretaker is to hear."""
    follow_up_days: DaysBySeverity
    """After how many days somebody looks again, for each severity."""
    answer_default: Span
    """How long an answer may take as a rule."""
    answers: dict[TargetName, Span] = Field(default_factory=dict)
    """How long it may take, for recipients where it is not so."""
    silence: Annotated[tuple[SilenceStep, ...], Field(min_length=1)]
    """What is done when a recipient stays silent, in order."""
    municipalities: Annotated[dict[Name, Agreement], Field(min_length=1)]
    """What is agreed with each municipality."""
    consent_wordings: Annotated[tuple[ConsentWording, ...], Field(min_length=1)]
    """The words in which leave is asked."""
    notices: dict[MilestoneName, Text]
    """What the one who saw it is told, for each milestone."""
    office_hours: dict[WeekdayName, Hours] = Field(default_factory=dict)
    """When the office is open: what arrives after closing belongs to the next working day. Without it, a day ends at midnight."""

    def agreement(self, municipality: str) -> Agreement | None:
        """What is agreed with a municipality, by its key or by another of its names: what was noted before it had one code is found too."""
        code = municipality_code(municipality)
        known = self.municipalities.items()
        return self.municipalities.get(municipality) or next(
            (one for key, one in known if code in (municipality_code(key), municipality_code(one.name))), None
        )

    @model_validator(mode="after")
    def _sound(self, info: ValidationInfo) -> Self:
        if info.context != ADOPTING:
            return self
        for step, takers in self.steps.items():
            if Role.CARETAKER in takers and step not in CARETAKER_STEPS:
                raise ValueError(f"steps: en vicevært må ikke få socialt arbejde (trinnet {step})")
        for step, stand_in in self.stand_in.items():
            if step not in WAITED_FOR:
                raise ValueError(f"stand_in: ingen venter på trinnet {step}; skriv {' eller '.join(WAITED_FOR)}")
            if Role.CARETAKER in stand_in.roles:
                raise ValueError(f"stand_in: en vicevært må ikke få socialt arbejde (trinnet {step})")
        ladder = [step.working_days_after_answer for step in self.silence]
        if ladder != sorted(set(ladder)):
            raise ValueError("silence: trinene skal stå i rækkefølge, hvert på sin egen dag")
        if self.office_hours and (closed := [day for day in Weekday if day not in self.office_hours]):
            raise ValueError(f"office_hours: åbningstiden mangler for {', '.join(closed)}")
        versions = [wording.version for wording in self.consent_wordings]
        if len(versions) != len(set(versions)):
            raise ValueError("consent_wordings: to ordlyde har samme version")
        return self


WAITED_FOR = (Step.SEE, Step.TRIAGE, Step.DISMISS, Step.OPEN)
"""What a concern waits for before it is anybody's case."""

TO_BE_NAMED: Mapping[str, tuple[type[Code], ...]] = {
    "steps": (Step,),
    "clocks": (DeadlineKind, Severity),
    "follow_up_days": (Severity,),
    "notices": (Milestone,),
}
"""What a procedure that is adopted says something about, one by one; for the clocks, for each severity."""


def not_named(content: Mapping[str, object]) -> Iterator[tuple[str, ...]]:
    """The places at which a procedure that is to be adopted says nothing."""
    for field, lists in TO_BE_NAMED.items():
        yield from _missing(content.get(field), lists, (field,))


def _missing(found: object, lists: tuple[type[Code], ...], place: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if not isinstance(found, Mapping) or not lists:
        return
    for code in lists[0]:
        if code in found:
            yield from _missing(found[code], lists[1:], (*place, code.value))
        else:
            yield (*place, code.value)
