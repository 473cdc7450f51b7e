"""What stands in a procedure: steps and roles, clocks, agreements with municipalities, wordings."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from shared.words.code import Code
from shared.words.vocabulary.case import CARETAKER_STEPS, Milestone, Step
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.people import Role
from shared.words.vocabulary.referral import Channel, Target

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
VersionName = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z.\-]{0,19}$")]


def _one_of(*codes: Code) -> AfterValidator:
    def checked(code: str) -> str:
        if code not in codes:
            raise PydanticCustomError("unknown_name", "unknown", {"expected": " eller ".join(repr(str(one)) for one in codes)})
        return code

    return AfterValidator(checked)


StepTaker = Annotated[str, _one_of(Role.CARETAKER, Role.SOCIAL_CARETAKER, Role.SOCIAL_LEAD, Role.SYSTEM)]
"""The roles that may be named for a step; the director, the auditor and the clerk take none (domain.md §6)."""

ContactChannel = Annotated[str, _one_of(Channel.DIGITAL_POST, Channel.SECURE_MAIL, Channel.PHONE, Channel.FORM)]
"""How a recipient may want to be reached."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Span(_Part):
    """A length of time in exactly one unit: minutes (acute), working days, or calendar days."""

    minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    working_days: Annotated[int, Field(ge=0, le=260)] | None = None
    days: Annotated[int, Field(ge=1, le=366)] | None = None

    @model_validator(mode="after")
    def _exactly_one_unit(self) -> Self:
        if sum(unit is not None for unit in (self.minutes, self.working_days, self.days)) != 1:
            raise ValueError("skriv præcis én af minutes, working_days eller days")
        return self

    @property
    def in_danish(self) -> str:
        """The span as a person says it."""
        if self.minutes is not None:
            return f"{self.minutes} minutter"
        if self.working_days is not None:
            return {0: "samme arbejdsdag", 1: "1 arbejdsdag"}.get(self.working_days, f"{self.working_days} arbejdsdage")
        return f"{self.days} dage"


class SpanBySeverity(_Part):
    """One span for each severity (domain.md §1.6)."""

    acute: Span
    high: Span
    medium: Span
    low: Span


class Clocks(_Part):
    """The clocks that run from the moment a concern arrives, a case opens, or something happens that the caretaker is to hear."""

    triage: SpanBySeverity
    first_contact: SpanBySeverity
    tell_caretaker: SpanBySeverity


DaysAhead = Annotated[tuple[Annotated[int, Field(ge=1, le=366)], ...], Field(min_length=1)]


class DaysBySeverity(_Part):
    """After how many calendar days somebody looks again, for each severity."""

    acute: DaysAhead
    high: DaysAhead
    medium: DaysAhead
    low: DaysAhead

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for severity in Severity:
            days = getattr(self, severity)
            if list(days) != sorted(set(days)):
                raise ValueError(f"dagene for {severity} skal stå i rækkefølge og kun én gang")
        return self


class SilenceStep(_Part):
    """What is done when a recipient stays silent, so many working days after the agreed answer time (S15)."""

    code: Name
    working_days_after_answer: Annotated[int, Field(ge=0, le=260)]
    do: Text


class Contact(_Part):
    """A function to turn to, never a person: persons change, and their names do not belong here."""

    unit: Text
    channel: ContactChannel
    phone: Annotated[str, StringConstraints(pattern=r"^[0-9 +]{3,16}$")]
    hours: Text
    address: Text | None = None


class Agreement(_Part):
    """What is agreed with one municipality: whom to turn to, and how long an answer may take."""

    name: Text
    agreed_until: date | None = None
    """After this day the agreement is to be renewed; it still counts, and the page says so."""
    contacts: dict[Target, Contact]
    answers: dict[Target, Span] = {}


class ConsentWording(_Part):
    """The words in which leave is asked; the version stands on every consent (domain.md §2.3)."""

    version: VersionName
    title: Text
    text: Text


class ProcedureDocument(_Part):
    """The whole procedure of one association, as its file says it."""

    version: VersionName
    title: Text
    effective_on: date
    steps: dict[Step, Annotated[tuple[StepTaker, ...], Field(min_length=1)]]
    clocks: Clocks
    follow_up_days: DaysBySeverity
    answer_default: Span
    answers: dict[Target, Span] = {}
    silence: Annotated[tuple[SilenceStep, ...], Field(min_length=1)]
    municipalities: Annotated[dict[Name, Agreement], Field(min_length=1)]
    consent_wordings: Annotated[tuple[ConsentWording, ...], Field(min_length=1)]
    notices: dict[Milestone, Text]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for missing_step in [step for step in Step if step not in self.steps]:
            raise ValueError(f"steps: trinnet {missing_step} mangler")
        for step, takers in self.steps.items():
            if Role.CARETAKER in takers and step not in CARETAKER_STEPS:
                raise ValueError(f"steps: en vicevært må ikke få socialt arbejde (trinnet {step})")
        for missing in [milestone for milestone in Milestone if milestone not in self.notices]:
            raise ValueError(f"notices: teksten til {missing} mangler")
        ladder = [step.working_days_after_answer for step in self.silence]
        if ladder != sorted(set(ladder)):
            raise ValueError("silence: trinene skal stå i rækkefølge, hvert på sin egen dag")
        versions = [wording.version for wording in self.consent_wordings]
        if len(versions) != len(set(versions)):
            raise ValueError("consent_wordings: to ordlyde har samme version")
        return self
