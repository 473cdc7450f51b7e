"""The story the rules tests tell: S1, at hours that are easy to count, under a procedure that is easy to see through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import Origin
from services.cases.case.rules.step import StepRequest, Taken
from shared.privacy.personal import Personal, PersonalText, Sealed, Whereabouts
from shared.words.vocabulary.case import Step
from shared.words.vocabulary.observation import Severity
from shared.words.vocabulary.people import Role
from tests.support.given import AN_ID, Fact, fact

LEAST = ["contact", "home", "daily_life"]
"""The kinds of information that are meant where nothing is said, as an event has them."""

CASE = UUID("c0000000-0000-5000-8000-000000000001")
OBSERVATION = UUID("0b000000-0000-7000-8000-000000000001")
HOME = UUID("40000000-0000-5000-8000-000000000001")
TENANCY = UUID("7e000000-0000-5000-8000-000000000001")
REFERRAL = UUID("5e000000-0000-7000-8000-000000000001")
ORDER = UUID("0d000000-0000-7000-8000-000000000001")
REFERENCE = UUID("0d000000-0000-4000-8000-00000000000e")
VISIT = UUID("51000000-0000-7000-8000-000000000001")
FOLLOW_UP = UUID("f0000000-0000-7000-8000-000000000001")
NOTICE = UUID("90000000-0000-5000-8000-000000000001")
UNKNOWN = UUID("ffffffff-0000-7000-8000-000000000001")

CARETAKER = "staff-caretaker-1"
LEAD = "staff-social-lead-1"

SEEN_AT = datetime(2026, 3, 3, 7, 40, tzinfo=UTC)
RAISED_AT = datetime(2026, 3, 3, 8, 10, tzinfo=UTC)
TRIAGE_DUE = datetime(2026, 3, 3, 12, 10, tzinfo=UTC)
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
CONTACT_DUE = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
TELL_DUE = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
ANSWER_DUE = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
SILENCE = [datetime(2026, 3, 6, 9, 0, tzinfo=UTC), datetime(2026, 3, 9, 9, 0, tzinfo=UTC), datetime(2026, 3, 16, 9, 0, tzinfo=UTC)]
LOOK_AGAIN = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
HOUR = timedelta(hours=1)

ADDRESS = Sealed(OBSERVATION, "observation/address", "c2VhbGVk")
HOME_SEALED = Sealed(UUID("3e000000-0000-7000-8000-000000000001"), "observation/home", "c2VhbGVk")
WORDS = PersonalText(AN_ID, "Kan ikke komme ud i køkkenet.")
BLANK = PersonalText(AN_ID, "  \n")
JUST_FITS = PersonalText(AN_ID, "x" * 500)
TOO_LONG = PersonalText(AN_ID, "x" * 501)


@dataclass(frozen=True)
class Agreed:
    """A procedure that can be counted on one's fingers; everybody may do everything unless said otherwise."""

    version: str = "2026-1"
    refused: frozenset[tuple[Role, Step]] = field(default=frozenset())
    follow_ups: tuple[int, ...] = ()
    steps_in: frozenset[tuple[Role, Step]] = field(default=frozenset())
    """After a day, who has not a step of their own."""

    def may(self, role: str, step: str) -> bool:
        return (role, step) not in self.refused

    def stands_in_from(self, role: str, step: str, *, since: datetime) -> datetime | None:
        return since + timedelta(days=1) if (role, step) in self.steps_in else None

    def deadline(self, kind: str, *, severity: str, after: datetime, about_a_child: bool = False) -> datetime:
        hours = {"triage": 4, "first_contact": 24, "ask_to_continue": 120, "care_for_staff": 24, "apologise": 24}.get(kind, 48)
        return after + timedelta(hours=hours if severity != Severity.ACUTE else 1)

    def answer_due(self, target: str, municipality: str, after: datetime) -> datetime:
        return after + timedelta(days=3)

    def silence_steps(self, target: str, municipality: str, sent_at: datetime) -> list[datetime]:
        return [sent_at + timedelta(days=days) for days in (3, 6, 13)]

    def follow_up_days(self, severity: str) -> tuple[int, ...]:
        return self.follow_ups

    def follow_up_due(self, days: int, after: datetime) -> datetime:
        return after + timedelta(days=days)


UNDER = Agreed()


def take(
    case: Case,
    step: type[StepRequest],
    /,
    *,
    by: Role = Role.SOCIAL_LEAD,
    who: str = "",
    at: datetime = NOW,
    recorded_at: datetime | None = None,
    under: Agreed = UNDER,
    colleague: Role | None = Role.SOCIAL_CARETAKER,
    waiting_since: datetime | None = None,
    is_on_call: bool = False,
    tenancy: UUID | None = None,
    there: Sequence[str] = (),
    **asked: Any,
) -> None:
    """Somebody takes a step in a case; `colleague` is what they are whom the step names, words are asked as people write them; `there`
    are the social caretakers of another estate.

    A caretaker who is not named is the one who saw it; anybody else is the lead.
    """
    fields = {name: value.text if isinstance(value, Personal) else value for name, value in asked.items() if value is not None}
    who = who or (CARETAKER if by == Role.CARETAKER else LEAD)
    taken = Taken(
        by=by,
        who=who,
        at=at,
        recorded_at=recorded_at or at,
        under=under,
        role_of=lambda _: colleague,
        home=HOME,
        tenancy=tenancy,
        carries_at=lambda _: there,
        reference=REFERENCE,
        waiting_since=waiting_since,
        is_on_call=is_on_call,
    )
    case.take(step.model_validate({"id": UNKNOWN, **fields}), taken)


ORIGIN = Origin(
    observation_id=OBSERVATION, observer=CARETAKER, observed_at=SEEN_AT, estate_id="estate-1", estate_name="Bakken",
    municipality="bakkelund",
)  # fmt: skip

RAISED = fact(
    Case.ConcernRaised, observation_id=OBSERVATION, observer=CARETAKER, observed_at=SEEN_AT, estate_id="estate-1",
    municipality="bakkelund", estate_name="Bakken", home=Whereabouts(AN_ID, str(HOME)),
    tenancy=Whereabouts(AN_ID, str(TENANCY)), signals=["home.hoarding", "self.neglect"],
    severity="high", consent_answer="granted", address=ADDRESS, words=None, procedure_version="2026-1", triage_due=TRIAGE_DUE,
    source="observation", how="seen", place="home", area="",
    earlier_case=None, category="", contact_due=None,
)  # fmt: skip
SEEN = fact(Case.Seen, observation_id=OBSERVATION, observer=CARETAKER)
TRIAGED = fact(
    Case.Triaged, observation_id=OBSERVATION, observer=CARETAKER, severity="high", category="dwelling_condition", reason=None,
    contact_due=CONTACT_DUE, attended_by="",
)  # fmt: skip
DISMISSED = fact(
    Case.Dismissed, observation_id=OBSERVATION, observer=CARETAKER, reason="explained", remark=None, tell_due=TELL_DUE
)  # fmt: skip
OPENED = fact(
    Case.Opened, observation_id=OBSERVATION, observer=CARETAKER, observed_at=SEEN_AT, estate_id="estate-1", municipality="bakkelund",
    category="dwelling_condition", severity="high", handler=LEAD, contact_due=CONTACT_DUE, tell_due=TELL_DUE,
)  # fmt: skip
REACHED = fact(Case.ContactReached, channel="visit", on_time=True, note=None)
CLOSED = fact(
    Case.Closed, observation_id=OBSERVATION, observer=CARETAKER, outcome="help_established", remark=None, tell_due=TELL_DUE
)  # fmt: skip
REOPENED = fact(
    Case.Reopened, observation_id=OBSERVATION, observer=CARETAKER, handler=LEAD, reason=None, contact_due=CONTACT_DUE, also={}
)  # fmt: skip

YES_TO_VISITATION = fact(
    Case.ConsentGranted, person=None, given_by=None, purpose="help", information=LEAST,
    recipient="municipal.visitation", wording="2026-1", how="oral", asked_by=CARETAKER, asked_at=SEEN_AT,
    valid_until=None,
)  # fmt: skip
YES_TO_DAMAGE_SERVICE = fact(
    Case.ConsentGranted, person=None, given_by=None, purpose="help", information=LEAST,
    recipient="damage_service", wording="2026-1", how="oral", asked_by=CARETAKER, asked_at=SEEN_AT, valid_until=None
)  # fmt: skip
NO_TO_VISITATION = fact(
    Case.ConsentDeclined, person=None, given_by=None, purpose="help",
    recipient="municipal.visitation", wording="2026-1", how="oral", asked_by=CARETAKER, asked_at=SEEN_AT
)  # fmt: skip
NO_LONGER_TO_VISITATION = fact(
    Case.ConsentWithdrawn, person=None, recipient="municipal.visitation", how="oral", told_to=LEAD, already_shared=False
)  # fmt: skip

SENT = fact(
    Case.ReferralSent, person=None, purpose="help", information=LEAST,
    referral_id=REFERRAL, target="municipal.visitation", municipality="bakkelund", channel="secure_mail",
    basis="consent", basis_reason=None, content=None, answer_due=ANSWER_DUE, silence_due=SILENCE, tell_due=TELL_DUE,
)  # fmt: skip
ACKNOWLEDGED = fact(Case.ReferralAcknowledged, referral_id=REFERRAL, target="municipal.visitation", on_time=True)
HELPED = fact(
    Case.ReferralAnswered, referral_id=REFERRAL, target="municipal.visitation", outcome="help_established", tell_due=TELL_DUE
)  # fmt: skip
ORDERED = fact(
    Case.DamageServiceOrdered,
    order_id=ORDER,
    reference=Whereabouts(AN_ID, str(REFERENCE)),
    unit=Whereabouts(AN_ID, str(HOME)),
    basis="consent",
    basis_reason=None,
)
PLANNED = fact(Case.FollowUpPlanned, follow_up_id=FOLLOW_UP, due=LOOK_AGAIN)


def noted(kind: str, on: str = "2026-03-03") -> Fact:
    """Somebody noted something that an outcome may rest on."""
    return fact(Case.FactNoted, fact_id=uuid5(CASE, kind), kind=kind, on=on, source="document")


SILENT_TO_THE_END = fact(
    Case.ReferralSilent, referral_id=REFERRAL, target="municipal.visitation", municipality="bakkelund", handler=LEAD, step=3,
    due=SILENCE[-1],
)  # fmt: skip
GROUNDS: dict[str, tuple[Fact, ...]] = {
    "help_established": (noted("help"),),
    "handled_with_association_help": (REACHED,),
    "resident_declined": (NO_TO_VISITATION,),
    "moved": (noted("move"),),
    "deceased": (noted("death"),),
    "eviction_averted": (noted("termination"), noted("tenancy_kept")),
    "evicted": (noted("eviction"),),
    "unfounded": (REACHED,),
    "transferred_to_municipality": (SENT, ACKNOWLEDGED),
    "municipality_no_answer": (SENT, SILENT_TO_THE_END),
    "mediated_settled": (noted("mediation_settled"),),
    "mediated_not_settled": (noted("mediation_not_settled"),),
}
"""What each outcome may rest on; who could not be reached was tried on several days, which these facts, of one instant, cannot say."""

UNDER_TRIAGE = (RAISED, SEEN)
IN_THE_OPEN = (RAISED, SEEN, TRIAGED, OPENED)
"""A case that somebody carries."""
REFERRED = (*IN_THE_OPEN, YES_TO_VISITATION, SENT)
