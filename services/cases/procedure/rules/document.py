"""What stands in a procedure: steps and roles, clocks, agreements with municipalities, wordings."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
VersionName = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z.\-]{0,19}$")]


class Step(StrEnum):
    """Everything somebody may do in a case; each is named in the file with the roles that may (domain.md §1.3)."""

    SEE = "see"
    TRIAGE = "triage"
    DISMISS = "dismiss"
    OPEN = "open"
    ASSIGN = "assign"
    CHANGE_SEVERITY = "change_severity"
    CONTACT = "contact"
    ASK_LEAVE = "ask_leave"
    REFER = "refer"
    RECORD_ANSWER = "record_answer"
    ORDER_DAMAGE_SERVICE = "order_damage_service"
    PLAN_ACCOMPANIMENT = "plan_accompaniment"
    ACCOMPANY = "accompany"
    FOLLOW_UP = "follow_up"
    NOTE = "note"
    KEEP_AN_EYE = "keep_an_eye"
    RESIDENT_DETAILS = "resident_details"
    INFORM_CARETAKER = "inform_caretaker"
    CLOSE = "close"
    REOPEN = "reopen"


class StepTaker(StrEnum):
    """The roles that may be named for a step; the director, the auditor and the clerk take none (domain.md §6)."""

    CARETAKER = "caretaker"
    SOCIAL_CARETAKER = "social_caretaker"
    SOCIAL_LEAD = "social_lead"
    SYSTEM = "system"


CARETAKERS_STEPS = frozenset({Step.ASK_LEAVE, Step.ACCOMPANY, Step.KEEP_AN_EYE})
"""A caretaker observes, asks leave, hands over, accompanies and keeps an eye; the rest is social work (design.md §5)."""


class Target(StrEnum):
    """Whom a concern may be passed on to (domain.md §1.7)."""

    VISITATION = "municipal.visitation"
    BOSTOETTE = "municipal.bostoette"
    SKP = "municipal.skp"
    ADDICTION = "municipal.addiction"
    FAMILY = "municipal.family"
    HEALTH_VISITOR = "municipal.health_visitor"
    BOLIGRAADGIVER = "municipal.boligraadgiver"
    RENT_HELP = "municipal.rent_help"
    DEBT = "advice.debt"
    SSP = "police.ssp"
    EMERGENCY = "emergency"
    FUT = "police.fut"
    VOLUNTEER = "volunteer"
    DAMAGE_SERVICE = "damage_service"
    PEST_CONTROL = "pest_control"
    MEDIATION = "mediation"
    GP = "gp"


class Milestone(StrEnum):
    """What the one who saw it is told (CaretakerInformed); each has its sentence."""

    IN_GOOD_HANDS = "in_good_hands"
    CASE_OPENED = "case_opened"
    REFERRAL_SENT = "referral_sent"
    HELP_ESTABLISHED = "help_established"
    CLOSED = "closed"
    DISMISSED = "dismissed"


class Channel(StrEnum):
    """How a recipient wants to be reached."""

    DIGITAL_POST = "digital_post"
    SECURE_MAIL = "secure_mail"
    PHONE = "phone"
    FORM = "form"


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
        for severity in ("acute", "high", "medium", "low"):
            days = getattr(self, severity)
            if list(days) != sorted(set(days)):
                raise ValueError(f"dagene for {severity} skal stå i rækkefølge og kun én gang")
        return self


class SilenceStep(_Part):
    """What is done when a recipient stays silent, so many working days after the agreed answer time (S15)."""

    code: Code
    working_days_after_answer: Annotated[int, Field(ge=0, le=260)]
    do: Text


class Contact(_Part):
    """A function to turn to, never a person: persons change, and their names do not belong here."""

    unit: Text
    channel: Channel
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
    municipalities: Annotated[dict[Code, Agreement], Field(min_length=1)]
    consent_wordings: Annotated[tuple[ConsentWording, ...], Field(min_length=1)]
    notices: dict[Milestone, Text]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for missing_step in [step for step in Step if step not in self.steps]:
            raise ValueError(f"steps: trinnet {missing_step} mangler")
        for step, takers in self.steps.items():
            if StepTaker.CARETAKER in takers and step not in CARETAKERS_STEPS:
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
