"""What happened in cases → what the others are told: ids, codes and times, never anybody's name, an address or a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from services.cases.case.rules import consents
from services.cases.case.rules.case import Case
from services.cases.glass.rules import Glass
from services.cases.procedure.rules.adoption import Procedure
from services.cases.spot_check.rules import SpotCheck
from shared.history.aggregate import Aggregate, Event
from shared.history.unit_of_work import Opened
from shared.messaging.message import Message
from shared.messaging.messages import cases, erp
from shared.privacy.personal import as_sealed
from shared.privacy.small_estate import also_told
from shared.words.vocabulary.consent import Answer
from shared.words.vocabulary.referral import Reply

DAMAGE_SERVICE = "damage_service"
"""What the ERP is asked for; no reason goes with it (domain.md §3.3)."""

PUBLISHES: tuple[type[Message], ...] = (*cases.MESSAGES, erp.WorkOrderRequested, erp.WorkOrderCancelled)


def announce(happened: Event, opened: Opened) -> Iterable[Message]:
    """Everything the others may know of one event; notes, the resident's details and what was written stay here."""
    id = happened.originator_id
    match happened:
        case Case.ConcernRaised():
            yield cases.ConcernRaised(
                case_id=id,
                observation_id=happened.observation_id,
                observer=happened.observer,
                observed_at=happened.observed_at,
                estate_id=happened.estate_id,
                municipality=happened.municipality,
                severity=happened.severity,
                signals=tuple(happened.signals),
                consent_answer=happened.consent_answer,
                triage_due=happened.triage_due,
                home=as_sealed(happened.home),
            )
        case Case.Seen():
            yield cases.ConcernSeen(case_id=id, observation_id=happened.observation_id, observer=happened.observer)
        case Case.Triaged():
            yield cases.ConcernTriaged(
                case_id=id,
                observation_id=happened.observation_id,
                observer=happened.observer,
                severity=happened.severity,
                category=happened.category,
            )
        case Case.Dismissed():
            yield cases.ConcernDismissed(
                case_id=id, observation_id=happened.observation_id, observer=happened.observer, reason=happened.reason
            )
        case Case.Opened():
            yield cases.CaseOpened(
                case_id=id,
                observation_id=happened.observation_id,
                observer=happened.observer,
                observed_at=happened.observed_at,
                estate_id=happened.estate_id,
                municipality=happened.municipality,
                category=happened.category,
                severity=happened.severity,
                handler=happened.handler,
                contact_due=happened.contact_due,
            )
        case Case.Assigned():
            yield cases.CaseAssigned(case_id=id, handler=happened.handler)
        case Case.SeverityChanged():
            yield cases.SeverityChanged(case_id=id, severity=happened.severity)
        case Case.ContactReached():
            yield cases.ContactMade(case_id=id, reached=True, on_time=happened.on_time)
        case Case.ContactAttempted():
            yield cases.ContactMade(case_id=id, reached=False, on_time=happened.on_time)
        case Case.DeadlineMissed():
            yield cases.DeadlineMissed(case_id=id, kind=happened.kind, due=happened.due, handler=happened.handler)
        case Case.CaretakerInformed():
            yield cases.CaretakerInformed(
                case_id=id,
                observation_id=happened.observation_id,
                caretaker=happened.caretaker,
                milestone=happened.milestone,
                on_time=happened.on_time,
            )
        case Case.OutboundStopped():
            yield cases.OutboundStopped(
                case_id=id,
                observation_id=happened.observation_id,
                observer=happened.observer,
                handler=happened.handler,
                why=happened.why,
            )
        case Case.OutboundResumed():
            yield cases.OutboundResumed(
                case_id=id, observation_id=happened.observation_id, observer=happened.observer, handler=happened.handler
            )
        case Case.Closed():
            yield cases.CaseClosed(case_id=id, observation_id=happened.observation_id, observer=happened.observer, outcome=happened.outcome)
        case Case.Reopened():
            yield cases.CaseReopened(
                case_id=id,
                observation_id=happened.observation_id,
                observer=happened.observer,
                handler=happened.handler,
                contact_due=happened.contact_due,
                also={UUID(id): observer for id, observer in happened.also.items()},
            )
        case Case.TakenUpAgain():
            yield cases.ConcernTakenUpAgain(
                case_id=id, observation_id=happened.observation_id, observer=happened.observer, triage_due=happened.triage_due
            )
        case Procedure.Adopted():
            yield cases.ProcedureAdopted(version=happened.version, effective_on=date.fromisoformat(happened.effective_on))
        case Procedure.Withdrawn(version=version, was_adopted=True):
            yield cases.ProcedureWithdrawn(version=version)
        case _:
            yield from _about_several(happened)
            yield from _about_a_part(happened, opened)


def tell(aggregate: Aggregate, happened: Sequence[Event]) -> Iterable[Message]:
    """That the address is protected is told of every observation of the case at once, also of those that it is joined with."""
    if isinstance(aggregate, Case) and any(isinstance(event, Case.AddressProtected | Case.AddressUnprotected) for event in happened):
        yield cases.AddressProtectionNoted(
            case_id=aggregate.id, observation_ids=aggregate.observations.ids, is_protected=aggregate.is_address_protected
        )


def _about_several(happened: Event) -> Iterable[Message]:
    """Observations that are joined and parted, and cases that are about the wrong person: both streams of each tell."""
    id = happened.originator_id
    match happened:
        case Case.ObservationLinked():
            yield cases.ObservationLinked(
                case_id=id,
                observation_id=happened.observation_id,
                observer=happened.observer,
                concern_id=happened.concern_id,
                in_good_hands=happened.tell_due is not None,
            )
        case Case.ObservationUnlinked():
            yield cases.ObservationUnlinked(
                case_id=id, observation_id=happened.observation_id, observer=happened.observer, concern_id=happened.concern_id
            )
        case Case.LinkedTo():
            yield cases.ConcernLinked(case_id=id, observation_id=happened.observation_id, observer=happened.observer, into=happened.case_id)
        case Case.StandsAlone():
            yield cases.ConcernStandsAlone(
                case_id=id, observation_id=happened.observation_id, observer=happened.observer, triage_due=happened.triage_due
            )
        case Case.Frozen():
            yield cases.CaseFrozen(case_id=id, handler=happened.handler)
        case Case.Unfrozen():
            yield cases.CaseUnfrozen(case_id=id)
        case Case.WrongPersonCorrected():
            yield cases.WrongPersonCorrected(
                case_id=id,
                observation_id=happened.observation_id,
                observer=happened.observer,
                estate_id=happened.estate_id,
                estate_name=happened.estate_name,
                municipality=happened.municipality,
                home=as_sealed(happened.home),
                tenancy=as_sealed(happened.tenancy),
                address=as_sealed(happened.address),
                **also_told(happened),
            )
        case Glass.Broken():
            yield cases.GlassBroken(case_id=happened.case_id, break_id=happened.break_id, who=happened.who, until=happened.until)
        case SpotCheck.Asked():
            yield cases.LookQuestioned(check_id=id, who=happened.who)
        case Case.BreachAssessed():
            yield cases.BreachAssessed(case_id=id, finding=happened.finding, on_time=happened.on_time)
        case Case.VisitPlanned():
            yield cases.VisitPlanned(case_id=id, visit_id=happened.visit_id, visitor=happened.visitor, due=happened.due)
        case Case.VisitEnded():
            yield cases.VisitEnded(case_id=id, visit_id=happened.visit_id, visitor=happened.visitor, was_made=happened.was_made)
        case Case.MovedAlong():
            yield cases.CaseMovedAlong(
                case_id=id, estate_id=happened.estate_id, municipality=happened.municipality, home=as_sealed(happened.home)
            )
        case Case.Erased():
            yield cases.CaseErased(case_id=id)
        case Case.Retracted():
            yield cases.CaseRetracted(case_id=id, observation_id=happened.observation_id, observer=happened.observer)


def _about_a_part(happened: Event, opened: Opened) -> Iterable[Message]:
    """Consents, referrals, practical help and follow-ups."""
    id = happened.originator_id
    match happened:
        case Case.ConsentGranted():
            yield _answered(id, happened, Answer.GRANTED)
        case Case.ConsentDeclined():
            yield _answered(id, happened, Answer.DECLINED)
        case Case.ConsentNotObtainable():
            yield _answered(id, happened, Answer.NOT_ABLE)
        case Case.ConsentWithdrawn():
            yield _answered(id, happened, Answer.WITHDRAWN)
        case Case.ReferralSent():
            yield cases.ReferralSent(
                case_id=id,
                referral_id=happened.referral_id,
                target=happened.target,
                municipality=happened.municipality,
                basis=happened.basis,
                answer_due=happened.answer_due,
            )
        case Case.ReferralAcknowledged():
            yield cases.ReferralAcknowledged(case_id=id, referral_id=happened.referral_id, target=happened.target, on_time=happened.on_time)
        case Case.ReferralRejected():
            yield cases.ReferralAnswered(case_id=id, referral_id=happened.referral_id, target=happened.target, outcome=Reply.REJECTED.value)
        case Case.ReferralAnswered():
            yield cases.ReferralAnswered(case_id=id, referral_id=happened.referral_id, target=happened.target, outcome=happened.outcome)
        case Case.ReferralSilent():
            yield cases.ReferralSilent(
                case_id=id,
                referral_id=happened.referral_id,
                target=happened.target,
                municipality=happened.municipality,
                handler=happened.handler,
                step=happened.step,
            )
        case Case.DamageServiceOrdered():
            yield cases.DamageServiceOrdered(case_id=id, order_id=happened.order_id)
            order, unit = opened(as_sealed(happened.reference)), opened(as_sealed(happened.unit))
            if order and unit:
                yield erp.WorkOrderRequested(order_id=UUID(order), unit_id=UUID(unit), work=DAMAGE_SERVICE)
        case Case.DamageServiceCancelled():
            order = opened(as_sealed(happened.reference))
            if order:
                yield erp.WorkOrderCancelled(order_id=UUID(order))
        case Case.DamageServiceCompleted():
            yield cases.DamageServiceCompleted(case_id=id, order_id=happened.order_id)
        case Case.AccompanimentPlanned():
            yield cases.AccompanimentPlanned(
                case_id=id,
                visit_id=happened.visit_id,
                companion=happened.companion,
                at=happened.meeting_at,
                observation_id=happened.observation_id,
            )
        case Case.CompanionReleased():
            yield cases.CompanionReleased(
                case_id=id,
                observation_id=happened.observation_id,
                observer=happened.observer,
                visit_id=happened.visit_id,
                companion=happened.companion,
            )
        case Case.AccompanimentAgreed():
            yield cases.AccompanimentAnswered(
                case_id=id, visit_id=happened.visit_id, companion=happened.companion, comes=True, handler=happened.handler
            )
        case Case.AccompanimentDeclined():
            yield cases.AccompanimentAnswered(
                case_id=id, visit_id=happened.visit_id, companion=happened.companion, comes=False, handler=happened.handler
            )
        case Case.FollowUpPlanned():
            yield cases.FollowUpPlanned(case_id=id, follow_up_id=happened.follow_up_id, due=happened.due)
        case Case.FollowUpDone():
            yield cases.FollowUpDone(case_id=id, follow_up_id=happened.follow_up_id, on_time=happened.on_time)
        case Case.FollowUpMissed():
            yield cases.FollowUpMissed(case_id=id, follow_up_id=happened.follow_up_id, handler=happened.handler)


Answered = consents.ConsentGranted | consents.ConsentDeclined | consents.ConsentNotObtainable | consents.ConsentWithdrawn


def _answered(id: UUID, happened: Answered, answer: Answer) -> Message:
    """Who said it, by the id of their part, which leads to nobody; and of a yes what it is about."""
    return cases.ConsentRecorded(
        case_id=id,
        answer=answer.value,
        recipients=(happened.recipient,),
        person=happened.person,
        purpose=None if isinstance(happened, consents.ConsentWithdrawn) else happened.purpose,
        information=tuple(happened.information) if isinstance(happened, consents.ConsentGranted) else (),
    )
