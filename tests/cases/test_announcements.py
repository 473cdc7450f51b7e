"""What the others are told of each event, and what stays here."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.cases.announcements import announce, tell
from services.cases.case.rules.case import Case
from services.cases.case.rules.protection import protect_address, unprotect_address
from services.cases.glass.rules import Glass
from services.cases.procedure.rules.adoption import Procedure
from services.cases.spot_check.rules import SpotCheck
from shared.ground.provenance import Provenance
from shared.history.aggregate import Event
from shared.messaging.message import Message, envelope_for, written
from shared.messaging.messages import cases, erp
from shared.messaging.messages.erasure import CasesCleaned
from shared.privacy.personal import Sealed
from tests.cases.case.story import (
    ACKNOWLEDGED,
    CARETAKER,
    CASE,
    CLOSED,
    CONTACT_DUE,
    DISMISSED,
    FOLLOW_UP,
    HELPED,
    HOME,
    HOME_SEALED,
    IN_THE_OPEN,
    LEAD,
    LEAST,
    LOOK_AGAIN,
    NO_LONGER_TO_VISITATION,
    NO_TO_VISITATION,
    NOTICE,
    OBSERVATION,
    OPENED,
    ORDER,
    ORDERED,
    PLANNED,
    RAISED,
    REACHED,
    REFERENCE,
    REFERRAL,
    REOPENED,
    SEEN,
    SEEN_AT,
    SENT,
    SILENCE,
    TELL_DUE,
    TENANCY,
    TRIAGE_DUE,
    TRIAGED,
    VISIT,
    YES_TO_VISITATION,
    noted,
)  # fmt: skip
from tests.support.given import EARLIER, PROVENANCE, Fact, fact, given

REFERENCE_SEALED, UNIT_SEALED = Sealed(CASE, "event/reference", "cmVm"), Sealed(CASE, "event/unit", "dW5pdA==")
SECRET = Sealed(CASE, "event/field", "TmV2ZXIgdG9sZA==")
CONCERN = uuid4()
TARGET: dict[str, Any] = {"referral_id": REFERRAL, "target": "municipal.visitation"}
SEEN_BY: dict[str, Any] = {"observation_id": OBSERVATION, "observer": CARETAKER}
WHOSE: dict[str, Any] = {"case_id": CASE, "observation_id": OBSERVATION, "observer": CARETAKER}


def event(happened: Fact) -> Event:
    made: Any = happened.kind
    topic = {"originator_topic": "case"} if happened.kind is Case.ConcernRaised else {}
    stamped: Event = made(originator_id=CASE, originator_version=1, timestamp=EARLIER, **topic, **happened.facts)
    stamped.stamp(PROVENANCE)
    return stamped


PART = NOTICE


def consent(
    answer: str, *, to: str = "municipal.visitation", purpose: str | None = "help", information: tuple[str, ...] = ()
) -> cases.ConsentRecorded:
    about: dict[str, Any] = {"person": None, "purpose": purpose, "information": information}
    return cases.ConsentRecorded(case_id=CASE, answer=answer, recipients=(to,), **about)


TOLD: list[tuple[Fact, list[Message]]] = [
    (
        fact(Case.ConcernRaised, **{**RAISED.facts, "home": HOME_SEALED, "words": SECRET}),
        [
            cases.ConcernRaised(
                **WHOSE,
                observed_at=SEEN_AT,
                estate_id="estate-1",
                municipality="bakkelund",
                severity="high",
                signals=("home.hoarding", "self.neglect"),
                consent_answer="granted",
                triage_due=TRIAGE_DUE,
                home=HOME_SEALED,
            )
        ],
    ),
    (
        fact(
            Case.PlaceLinked,
            home=HOME_SEALED,
            tenancy=None,
            address=SECRET,
            estate_id="estate-1",
            municipality="bakkelund",
            estate_name="Bakken",
        ),
        [],
    ),
    (
        fact(
            Case.PlaceLinked,
            home=HOME_SEALED,
            tenancy=None,
            address=SECRET,
            estate_id="estate-1",
            municipality="bakkelund",
            estate_name="Bakken",
        ),
        [],
    ),
    (SEEN, [cases.ConcernSeen(**WHOSE)]),
    (
        fact(Case.Triaged, **{**TRIAGED.facts, "reason": SECRET}),
        [cases.ConcernTriaged(**WHOSE, severity="high", category="dwelling_condition")],
    ),
    (
        fact(Case.Dismissed, **{**DISMISSED.facts, "remark": SECRET}),
        [cases.ConcernDismissed(**WHOSE, reason="explained")],
    ),
    (
        OPENED,
        [
            cases.CaseOpened(
                **WHOSE,
                observed_at=SEEN_AT,
                estate_id="estate-1",
                municipality="bakkelund",
                category="dwelling_condition",
                severity="high",
                handler=LEAD,
                contact_due=CONTACT_DUE,
            )
        ],
    ),
    (fact(Case.Assigned, handler=LEAD), [cases.CaseAssigned(case_id=CASE, handler=LEAD)]),
    (
        fact(Case.SeverityChanged, severity="acute", reason=SECRET, contact_due=CONTACT_DUE),
        [cases.SeverityChanged(case_id=CASE, severity="acute")],
    ),
    (
        fact(Case.ContactAttempted, channel="phone", on_time=False, note=SECRET),
        [cases.ContactMade(case_id=CASE, reached=False, on_time=False)],
    ),
    (REACHED, [cases.ContactMade(case_id=CASE, reached=True, on_time=True)]),
    (fact(Case.NoteAdded, kind="note", text=SECRET), []),
    (fact(Case.ResidentDetailsNoted, name=SECRET, phone=SECRET), []),
    (
        fact(
            Case.PersonNoted,
            person=PART,
            capacity="lives_there",
            details=SECRET,
            name=SECRET,
            phone=SECRET,
            may_decide=[],
        ),
        [],
    ),
    (fact(Case.ResidentNamed, person=PART), []),
    (fact(Case.PersonLeft, person=PART), []),
    (fact(Case.PersonErased, person=PART), []),
    (noted("death"), []),
    (fact(Case.FactTakenBack, fact_id=ORDER, kind="death", reason=SECRET), []),
    (fact(Case.NoticeFailed, notice_id=NOTICE, recipient=LEAD, kind="case_opened"), []),
    (
        fact(Case.Closed, **{**CLOSED.facts, "remark": SECRET}),
        [cases.CaseClosed(**WHOSE, outcome="help_established")],
    ),
    (
        fact(Case.Reopened, **{**REOPENED.facts, "reason": SECRET, "also": {str(CONCERN): LEAD}}),
        [cases.CaseReopened(**WHOSE, handler=LEAD, contact_due=CONTACT_DUE, also={CONCERN: LEAD})],
    ),
    (YES_TO_VISITATION, [consent("granted", information=tuple(LEAST))]),
    (
        fact(Case.ConsentGranted, **{**YES_TO_VISITATION.facts, "recipient": "office", "information": []}),
        [consent("granted", to="office")],
    ),
    (NO_TO_VISITATION, [consent("declined")]),
    (fact(Case.ConsentDeclined, **{**NO_TO_VISITATION.facts, "recipient": "others"}), [consent("declined", to="others")]),
    (
        fact(
            Case.ConsentNotObtainable, person=None, purpose="help", recipient="municipal.visitation", asked_by=CARETAKER, asked_at=SEEN_AT
        ),
        [consent("not_able")],
    ),
    (NO_LONGER_TO_VISITATION, [consent("withdrawn", purpose=None)]),
    (
        fact(
            Case.ReferralSent,
            **{**SENT.facts, "basis": "child", "basis_reason": SECRET, "content": SECRET},
        ),
        [
            cases.ReferralSent(
                case_id=CASE,
                referral_id=REFERRAL,
                target="municipal.visitation",
                municipality="bakkelund",
                basis="child",
                answer_due=SENT.facts["answer_due"],
            )
        ],
    ),
    (fact(Case.ReferralDelivered, referral_id=REFERRAL), []),
    (
        ACKNOWLEDGED,
        [cases.ReferralAcknowledged(case_id=CASE, referral_id=REFERRAL, target="municipal.visitation", on_time=True)],
    ),
    (fact(Case.ReferralAccepted, **TARGET), []),
    (
        fact(Case.ReferralRejected, **TARGET, reason=SECRET),
        [cases.ReferralAnswered(case_id=CASE, referral_id=REFERRAL, target="municipal.visitation", outcome="rejected")],
    ),
    (
        HELPED,
        [cases.ReferralAnswered(case_id=CASE, referral_id=REFERRAL, target="municipal.visitation", outcome="help_established")],
    ),
    (
        fact(Case.ReferralSilent, **TARGET, municipality="bakkelund", handler=LEAD, step=2, due=SILENCE[1]),
        [
            cases.ReferralSilent(
                case_id=CASE, referral_id=REFERRAL, target="municipal.visitation", municipality="bakkelund", handler=LEAD, step=2
            )
        ],
    ),
    (
        fact(
            Case.DamageServiceOrdered,
            **{**ORDERED.facts, "reference": REFERENCE_SEALED, "unit": UNIT_SEALED, "basis": "vital_interest", "basis_reason": SECRET},
        ),
        [
            cases.DamageServiceOrdered(case_id=CASE, order_id=ORDER),
            erp.WorkOrderRequested(order_id=REFERENCE, unit_id=HOME, work="damage_service"),
        ],
    ),
    (fact(Case.DamageServiceLetIn, order_id=ORDER), []),
    (fact(Case.DamageServiceCompleted, order_id=ORDER), [cases.DamageServiceCompleted(case_id=CASE, order_id=ORDER)]),
    (
        fact(Case.AccompanimentPlanned, visit_id=VISIT, observation_id=OBSERVATION, companion=CARETAKER, meeting_at=LOOK_AGAIN),
        [cases.AccompanimentPlanned(case_id=CASE, visit_id=VISIT, companion=CARETAKER, at=LOOK_AGAIN, observation_id=OBSERVATION)],
    ),
    (
        fact(Case.CompanionReleased, observation_id=OBSERVATION, observer=CARETAKER, visit_id=VISIT, companion="staff-caretaker-2"),
        [cases.CompanionReleased(**WHOSE, visit_id=VISIT, companion="staff-caretaker-2")],
    ),
    (
        fact(Case.AccompanimentAgreed, visit_id=VISIT, companion=CARETAKER, handler=LEAD),
        [cases.AccompanimentAnswered(case_id=CASE, visit_id=VISIT, companion=CARETAKER, comes=True, handler=LEAD)],
    ),
    (
        fact(Case.AccompanimentDeclined, visit_id=VISIT, companion=CARETAKER, handler=LEAD),
        [cases.AccompanimentAnswered(case_id=CASE, visit_id=VISIT, companion=CARETAKER, comes=False, handler=LEAD)],
    ),
    (fact(Case.AccompanimentDone, visit_id=VISIT, companion=CARETAKER), []),
    (PLANNED, [cases.FollowUpPlanned(case_id=CASE, follow_up_id=FOLLOW_UP, due=LOOK_AGAIN)]),
    (
        fact(Case.FollowUpDone, follow_up_id=FOLLOW_UP, on_time=False, note=SECRET),
        [cases.FollowUpDone(case_id=CASE, follow_up_id=FOLLOW_UP, on_time=False)],
    ),
    (
        fact(Case.FollowUpMissed, follow_up_id=FOLLOW_UP, handler=LEAD, due=LOOK_AGAIN),
        [cases.FollowUpMissed(case_id=CASE, follow_up_id=FOLLOW_UP, handler=LEAD)],
    ),
    (fact(Case.FollowUpCancelled, follow_up_id=FOLLOW_UP), []),
    (
        fact(Case.DeadlineMissed, kind="tell_caretaker", milestone="closed", due=TELL_DUE, handler=LEAD),
        [cases.DeadlineMissed(case_id=CASE, kind="tell_caretaker", due=TELL_DUE, handler=LEAD)],
    ),
    (
        fact(Case.CaretakerInformed, observation_id=OBSERVATION, caretaker=CARETAKER, milestone="closed", channel="phone", on_time=True),
        [cases.CaretakerInformed(case_id=CASE, observation_id=OBSERVATION, caretaker=CARETAKER, milestone="closed", on_time=True)],
    ),
    (fact(Case.ResidentDied, **SEEN_BY, person=None, on=SECRET, source="erp", care_due=TELL_DUE), []),
    (fact(Case.DeathTakenBack, person=None, source="erp", reason=SECRET, apology_due=TELL_DUE), []),
    (fact(Case.ResidentMoved, person=None, on=SECRET, takes_effect=SEEN_AT, source="erp", ask_due=TELL_DUE, recipients_due=TELL_DUE), []),
    (fact(Case.MoveTakenBack, person=None, source="erp", reason=SECRET), []),
    (
        fact(
            Case.OutboundStopped,
            **SEEN_BY,
            handler=LEAD,
            why="died",
            since=SEEN_AT,
            ran=[],
            meetings=[VISIT],
            orders=[ORDER],
            ask_due=None,
            recipients_due=None,
            untold=[],
        ),
        [cases.OutboundStopped(**WHOSE, handler=LEAD, why="died")],
    ),
    (fact(Case.OutboundResumed, **SEEN_BY, handler=LEAD, runs=[]), [cases.OutboundResumed(**WHOSE, handler=LEAD)]),
    (fact(Case.DamageServiceCancelled, order_id=ORDER, reference=REFERENCE_SEALED), [erp.WorkOrderCancelled(order_id=REFERENCE)]),
    (fact(Case.DamageServiceCancelled, order_id=ORDER, reference=SECRET), []),
    (fact(Case.StaffCareNoted, on_time=True), []),
    (fact(Case.ApologyNoted, channel="phone", on_time=True), []),
    (fact(Case.AskedToContinue, answer="no", channel="phone", on_time=True), []),
    (fact(Case.RecipientTold, **TARGET, channel="phone", on_time=True), []),
    (fact(Case.RetentionStarted, on=SECRET), []),
    (fact(Case.GuardianAppointed, person=None, guardian=None, may_decide=["economy"], source="erp"), []),
    (fact(Case.AddressProtected, source="erp"), []),
    (fact(Case.AddressUnprotected, source="erp"), []),
    (
        fact(
            Case.PatternNoticed,
            severity="medium",
            days=30,
            observer_role="caretaker",
            observed_at=SEEN_AT,
            earlier_role="caretaker",
            earlier_at=SEEN_AT,
        ),
        [],
    ),
    (
        fact(
            Case.ObservationLinked,
            observation_id=OBSERVATION,
            observer=CARETAKER,
            observed_at=SEEN_AT,
            concern_id=CONCERN,
            is_about_a_child=True,
            tell_due=TELL_DUE,
        ),
        [cases.ObservationLinked(**WHOSE, concern_id=CONCERN, in_good_hands=True)],
    ),
    (
        fact(Case.ObservationUnlinked, observation_id=OBSERVATION, observer=CARETAKER, concern_id=CONCERN, reason=SECRET),
        [cases.ObservationUnlinked(**WHOSE, concern_id=CONCERN)],
    ),
    (
        fact(Case.LinkedTo, observation_id=OBSERVATION, observer=CARETAKER, case_id=CONCERN, reason=SECRET),
        [cases.ConcernLinked(**WHOSE, into=CONCERN)],
    ),
    (
        fact(
            Case.StandsAlone,
            observation_id=OBSERVATION,
            observer=CARETAKER,
            case_id=CONCERN,
            triage_due=TRIAGE_DUE,
            contact_due=CONTACT_DUE,
            tell_due=TELL_DUE,
        ),
        [cases.ConcernStandsAlone(**WHOSE, triage_due=TRIAGE_DUE)],
    ),
    (
        fact(Case.TakenUpAgain, observation_id=OBSERVATION, observer=CARETAKER, reason=SECRET, triage_due=TRIAGE_DUE),
        [cases.ConcernTakenUpAgain(**WHOSE, triage_due=TRIAGE_DUE)],
    ),
    (fact(Case.Frozen, handler=LEAD, reason=SECRET, breach_due=TELL_DUE), [cases.CaseFrozen(case_id=CASE, handler=LEAD)]),
    (fact(Case.Unfrozen, reason=SECRET), [cases.CaseUnfrozen(case_id=CASE)]),
    (
        fact(
            Case.WrongPersonCorrected,
            observation_id=OBSERVATION,
            observer=CARETAKER,
            home=HOME_SEALED,
            tenancy=HOME_SEALED,
            address=HOME_SEALED,
            estate_id="estate-1",
            estate_name="Bakken",
            municipality="bakkelund",
            reason=SECRET,
            ask_due=TELL_DUE,
        ),
        [
            cases.WrongPersonCorrected(
                **WHOSE,
                home=HOME_SEALED,
                tenancy=HOME_SEALED,
                address=HOME_SEALED,
                estate_id="estate-1",
                estate_name="Bakken",
                municipality="bakkelund",
            )
        ],
    ),
    (
        fact(Case.VisitPlanned, visit_id=VISIT, visitor=CARETAKER, due=TELL_DUE),
        [cases.VisitPlanned(case_id=CASE, visit_id=VISIT, visitor=CARETAKER, due=TELL_DUE)],
    ),
    (
        fact(Case.VisitEnded, visit_id=VISIT, visitor=CARETAKER, was_made=True),
        [cases.VisitEnded(case_id=CASE, visit_id=VISIT, visitor=CARETAKER, was_made=True)],
    ),
    (
        fact(
            Case.MovedAlong,
            home=HOME_SEALED,
            tenancy=HOME_SEALED,
            address=HOME_SEALED,
            estate_id="estate-2",
            estate_name="Dalen",
            municipality="bakkelund",
            small_estate=None,
            small_estate_name=None,
            protected_municipality=None,
            reason=SECRET,
        ),
        [cases.CaseMovedAlong(case_id=CASE, estate_id="estate-2", municipality="bakkelund", home=HOME_SEALED)],
    ),
    (fact(Case.Erased), [cases.CaseErased(case_id=CASE)]),
    (
        fact(Case.Retracted, observation_id=OBSERVATION, observer=CARETAKER, reason=SECRET, ask_due=TELL_DUE),
        [cases.CaseRetracted(**WHOSE)],
    ),
    (
        fact(
            Case.RecipientAskedToDelete,
            recipient_id=REFERRAL,
            target="municipal.visitation",
            channel="phone",
            reply="deletes",
            on_time=True,
            note=SECRET,
        ),
        [],
    ),
    (
        fact(Case.BreachAssessed, finding="not_notifiable", reason=SECRET, on_time=True),
        [cases.BreachAssessed(case_id=CASE, finding="not_notifiable", on_time=True)],
    ),
    (fact(Case.SubjectInformed, channel="phone"), []),
    (fact(Case.ExceptionRecorded, provision="gdpr_34_1", reason=SECRET), []),
    (fact(Case.ProcedureChanged, procedure_version="2026-2", reason=SECRET), []),
    (
        fact(Procedure.Adopted, version="2026-2", effective_on="2026-04-01", text="version: 2026-2", digest="d"),
        [cases.ProcedureAdopted(version="2026-2", effective_on=date(2026, 4, 1))],
    ),
    (
        fact(Procedure.Withdrawn, version="2026-2", reason="wrong_day", was_adopted=True),
        [cases.ProcedureWithdrawn(version="2026-2")],
    ),
    (
        fact(Glass.Broken, break_id=REFERRAL, case_id=CASE, who=LEAD, reason=SECRET, until=TELL_DUE, review_due=TELL_DUE),
        [cases.GlassBroken(case_id=CASE, break_id=REFERRAL, who=LEAD, until=TELL_DUE)],
    ),
    (fact(SpotCheck.Asked, look=7, who=LEAD), [cases.LookQuestioned(check_id=CASE, who=LEAD)]),
]


def opened(sealed: Sealed | None) -> str | None:
    """What the order says is open while it is told; nothing else is."""
    return {REFERENCE_SEALED: str(REFERENCE), UNIT_SEALED: str(HOME)}.get(sealed) if sealed else None


@pytest.mark.parametrize(("happened", "told"), TOLD, ids=lambda value: value.kind.__name__ if isinstance(value, Fact) else None)
def test_the_others_are_told_this_and_no_more(happened: Fact, told: list[Message]) -> None:
    assert list(announce(event(happened), opened)) == told


def test_every_event_of_a_case_is_decided_upon_here() -> None:
    events = {kind for kind in vars(Case).values() if isinstance(kind, type) and "TOPIC" in vars(kind)}
    assert events == {happened.kind for happened, _ in TOLD} - {Procedure.Adopted, Procedure.Withdrawn, Glass.Broken, SpotCheck.Asked}


def test_what_is_only_proposed_is_nobodys_business() -> None:
    for happened in (
        fact(
            Procedure.Proposed,
            version="2026-2",
            effective_on="2026-04-01",
            text="",
            digest="d",
            oddities=[],
            proposed_by=LEAD,
            proposed_for="",
        ),
        fact(Procedure.Withdrawn, version="2026-2", reason="wrong_day", was_adopted=False),
        fact(Procedure.EstateNoted, estate_id="estate-1", municipality="bakkelund"),
        fact(Glass.Mended, break_id=REFERRAL, at=TELL_DUE),
        fact(Glass.Reviewed, break_id=REFERRAL, verdict="agreed", words=SECRET),
        fact(SpotCheck.Drawn, looks=[7], among=9),
        fact(SpotCheck.Answered, look=7, words=SECRET),
        fact(SpotCheck.Found, look=7, finding="fine", words=SECRET),
        fact(SpotCheck.Closed),
        fact(Glass.ReviewMissed, break_id=REFERRAL, due=TELL_DUE),
    ):
        assert list(announce(event(happened), opened)) == []


def test_everything_cases_can_say_is_said_by_something() -> None:
    said = {type(message) for _, told in TOLD for message in told}
    said |= {cases.AddressProtectionNoted}  # which `tell` says, of the whole case
    assert said == {*cases.MESSAGES, erp.WorkOrderRequested, erp.WorkOrderCancelled} - {CasesCleaned}


def test_protection_is_told_of_every_observation_of_the_case() -> None:
    later = uuid4()
    joined = fact(
        Case.ObservationLinked, observation_id=later, observer="staff-caretaker-2", observed_at=SEEN_AT, concern_id=uuid4(),
        is_about_a_child=False, tell_due=None,
    )  # fmt: skip
    case = given(Case, *IN_THE_OPEN, joined)
    assert list(tell(case, [])) == []
    for protected in (True, False):
        (protect_address if protected else unprotect_address)(case, source="authority")
        (said,) = tell(case, list(case.collect_events()))  # type: ignore[arg-type]
        both = (case.origin.observation_id, later)
        assert said == cases.AddressProtectionNoted(case_id=case.id, observation_ids=both, is_protected=protected)


def test_nothing_sealed_and_nothing_written_is_told() -> None:
    for happened, _ in TOLD:
        for message in announce(event(happened), opened):
            assert "TmV2ZXIg" not in message.model_dump_json()
            assert str(TENANCY) not in message.model_dump_json()


def test_what_the_erp_hears_tells_neither_who_asked_nor_of_which_case() -> None:
    case_id = uuid4()
    provenance = Provenance(
        association="bakkegaarden", actor="staff-social-lead-1", role="social_lead", on_behalf_of="",
        happened_at=SEEN_AT, recorded_at=SEEN_AT,
        purpose="case_work", basis="consent", procedure_version="2026-1", correlation_id=str(uuid4()), causation_id="x", traceparent="",
    )  # fmt: skip
    order = erp.WorkOrderRequested(order_id=ORDER, unit_id=HOME, work="damage_service")
    carried = written(envelope_for(order, service="cases", stream_id=case_id, version=9, provenance=provenance), order)
    everything = b" ".join([carried.value, *carried.headers.values(), str(carried.key).encode()])
    for secret in (str(case_id), "social", "cases/", "consent", "2026-1"):
        assert secret.encode() not in everything
    assert carried.key == str(ORDER)
