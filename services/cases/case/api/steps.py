"""Every step in a case as JSON: one command each, built on the version in `If-Match`, done once for each id."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from services.cases.case.api import bodies
from services.cases.case.commands import concern, consents, course, help, referrals
from services.cases.case.queries.history import CaseFacts, case_facts
from shared.ground.text_input import free_text
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.access import Action, allow
from shared.privacy.personal import Personal
from shared.web.web import IfMatch, RequestContext, Running, etag

router = APIRouter(prefix="/api/cases/{case_id}", tags=["steps"])

WORK = {"x-action": Action.WORK_ON_CASE}
Command = Callable[[Any, UnitOfWork], Awaitable[None]]


class Taking:
    """One step under way: the case was found, it may be worked on, and the version is known."""

    def __init__(self, facts: CaseFacts, version: int, context: RequestContext, service: Running) -> None:
        self._facts = facts
        self._version = version
        self._context = context
        self._service = service

    async def __call__(self, command: Command, wish: type[Any], body: bodies.Taken, **facts: Any) -> Response:
        """Do it, and answer with the version the case has then."""
        case_id = self._facts.case_id
        context = replace(self._context, happened_at=body.happened_at) if body.happened_at else self._context
        what = wish(case_id=case_id, version=self._version, **facts)
        await self._service.do_once(command, what, context, id=body.id, content=[str(case_id), body.model_dump(mode="json")])
        async with self._service.read() as connection:
            now = await case_facts(connection, case_id, association=self._facts.association)
        return Response(status_code=204, headers=etag(now.version))

    def words(self, text: str, field: str) -> Personal | None:
        """Words about the resident, sealed for the tenancy; `None` when nothing was written."""
        return Personal(subject=self._facts.tenancy_id, text=free_text(text, field=field)) if text.strip() else None

    def text(self, text: str) -> Personal:
        """The words of a note; an empty one is refused by the rules."""
        return Personal(subject=self._facts.tenancy_id, text=free_text(text, field="text"))


async def _taking(case_id: UUID, version: IfMatch, context: RequestContext, service: Running) -> Taking:
    async with service.read() as connection:
        facts = await case_facts(connection, case_id, association=context.actor.association)
    allow(context, Action.WORK_ON_CASE, facts.resource)
    return Taking(facts, version, context, service)


Take = Annotated[Taking, Depends(_taking)]


@router.post("/seen", status_code=204, openapi_extra=WORK)
async def see(body: bodies.Taken, take: Take) -> Response:
    """A person has looked at the concern."""
    return await take(concern.see_concern, concern.SeeConcern, body)


@router.post("/triage", status_code=204, openapi_extra=WORK)
async def triage(body: bodies.Triage, take: Take) -> Response:
    """Judge how serious it is and what it is about."""
    reason = take.words(body.reason, "reason")
    return await take(concern.triage_concern, concern.TriageConcern, body, severity=body.severity, category=body.category, reason=reason)


@router.post("/dismissal", status_code=204, openapi_extra=WORK)
async def dismiss(body: bodies.Dismissal, take: Take) -> Response:
    """No case comes of it."""
    return await take(concern.dismiss_concern, concern.DismissConcern, body, reason=body.reason, remark=take.words(body.remark, "remark"))


@router.post("/opening", status_code=204, openapi_extra=WORK)
async def open_case(body: bodies.Handler, take: Take) -> Response:
    """Make it a case that somebody carries."""
    return await take(concern.open_case, concern.OpenCase, body, handler=body.handler)


@router.post("/assignment", status_code=204, openapi_extra=WORK)
async def assign(body: bodies.Handler, take: Take) -> Response:
    """Somebody else carries it."""
    return await take(course.assign_case, course.AssignCase, body, handler=body.handler)


@router.post("/severity", status_code=204, openapi_extra=WORK)
async def change_severity(body: bodies.Severity, take: Take) -> Response:
    """It is more, or less, serious than thought."""
    reason = take.words(body.reason, "reason")
    return await take(course.change_severity, course.ChangeSeverity, body, severity=body.severity, reason=reason)


@router.post("/contacts", status_code=204, openapi_extra=WORK)
async def record_contact(body: bodies.Contact, take: Take) -> Response:
    """Somebody tried to reach the resident."""
    note = take.words(body.note, "note")
    return await take(course.record_contact, course.RecordContact, body, reached=body.reached, channel=body.channel, note=note)


@router.post("/notes", status_code=204, openapi_extra=WORK)
async def add_note(body: bodies.Note, take: Take) -> Response:
    """Something a colleague needs to know."""
    return await take(course.add_note, course.AddNote, body, text=take.text(body.text))


@router.post("/eyes-kept", status_code=204, openapi_extra=WORK)
async def keep_an_eye(body: bodies.Note, take: Take) -> Response:
    """What somebody sees from the side line."""
    return await take(course.keep_an_eye, course.KeepAnEye, body, text=take.text(body.text))


@router.post("/resident-details", status_code=204, openapi_extra=WORK)
async def note_resident_details(body: bodies.ResidentDetails, take: Take) -> Response:
    """How the resident can be reached; replaces what was noted before."""
    name, phone = take.words(body.name, "name"), take.words(body.phone, "phone")
    return await take(course.note_resident_details, course.NoteResidentDetails, body, name=name, phone=phone)


@router.post("/caretaker-informed", status_code=204, openapi_extra=WORK)
async def inform_caretaker(body: bodies.Informed, take: Take) -> Response:
    """The one who saw it was told."""
    return await take(course.inform_caretaker, course.InformCaretaker, body, milestone=body.milestone, channel=body.channel)


@router.post("/closing", status_code=204, openapi_extra=WORK)
async def close(body: bodies.Closing, take: Take) -> Response:
    """End the case, with an outcome."""
    return await take(course.close_case, course.CloseCase, body, outcome=body.outcome, remark=take.words(body.remark, "remark"))


@router.post("/reopening", status_code=204, openapi_extra=WORK)
async def reopen(body: bodies.Reopening, take: Take) -> Response:
    """It was not over."""
    return await take(course.reopen_case, course.ReopenCase, body, reason=take.words(body.reason, "reason"))


@router.post("/consents/granted", status_code=204, openapi_extra=WORK)
async def grant_consent(body: bodies.Granted, take: Take) -> Response:
    """The resident said yes, for each of these recipients."""
    return await take(
        consents.grant_consent,
        consents.GrantConsent,
        body,
        recipients=tuple(body.recipients),
        wording=body.wording,
        how=body.how,
        valid_until=body.valid_until,
    )


@router.post("/consents/declined", status_code=204, openapi_extra=WORK)
async def decline_consent(body: bodies.Declined, take: Take) -> Response:
    """The resident said no."""
    recipients = tuple(body.recipients)
    return await take(consents.decline_consent, consents.DeclineConsent, body, recipients=recipients, wording=body.wording, how=body.how)


@router.post("/consents/not-obtainable", status_code=204, openapi_extra=WORK)
async def consent_not_obtainable(body: bodies.NotObtainable, take: Take) -> Response:
    """The resident could not answer."""
    wish = consents.RecordConsentNotObtainable
    return await take(consents.record_consent_not_obtainable, wish, body, recipients=tuple(body.recipients))


@router.post("/consents/withdrawn", status_code=204, openapi_extra=WORK)
async def withdraw_consent(body: bodies.Withdrawn, take: Take) -> Response:
    """The resident takes a yes back."""
    return await take(consents.withdraw_consent, consents.WithdrawConsent, body, recipient=body.recipient, how=body.how)


@router.post("/referrals", status_code=204, openapi_extra=WORK)
async def send_referral(body: bodies.Referral, take: Take) -> Response:
    """Pass it on to somebody who can help."""
    return await take(
        referrals.send_referral,
        referrals.SendReferral,
        body,
        referral_id=body.id,
        target=body.target,
        channel=body.channel,
        basis=body.basis,
        basis_reason=take.words(body.basis_reason, "basis_reason"),
        content=take.words(body.content, "content"),
    )


@router.post("/referrals/{referral_id}/delivery", status_code=204, openapi_extra=WORK)
async def record_delivery(referral_id: UUID, body: bodies.Taken, take: Take) -> Response:
    """It arrived."""
    return await take(referrals.record_delivery, referrals.RecordDelivery, body, referral_id=referral_id)


@router.post("/referrals/{referral_id}/acknowledgement", status_code=204, openapi_extra=WORK)
async def record_acknowledgement(referral_id: UUID, body: bodies.Taken, take: Take) -> Response:
    """The recipient has it."""
    return await take(referrals.record_acknowledgement, referrals.RecordAcknowledgement, body, referral_id=referral_id)


@router.post("/referrals/{referral_id}/acceptance", status_code=204, openapi_extra=WORK)
async def record_acceptance(referral_id: UUID, body: bodies.Taken, take: Take) -> Response:
    """The recipient takes it on."""
    return await take(referrals.record_acceptance, referrals.RecordAcceptance, body, referral_id=referral_id)


@router.post("/referrals/{referral_id}/rejection", status_code=204, openapi_extra=WORK)
async def record_rejection(referral_id: UUID, body: bodies.Rejection, take: Take) -> Response:
    """The recipient does not take it on."""
    reason = take.words(body.reason, "reason")
    return await take(referrals.record_rejection, referrals.RecordRejection, body, referral_id=referral_id, reason=reason)


@router.post("/referrals/{referral_id}/answer", status_code=204, openapi_extra=WORK)
async def record_answer(referral_id: UUID, body: bodies.ReferralAnswer, take: Take) -> Response:
    """The recipient tells how it went, or that they may not tell."""
    return await take(referrals.record_answer, referrals.RecordAnswer, body, referral_id=referral_id, outcome=body.outcome)


@router.post("/damage-service-orders", status_code=204, openapi_extra=WORK)
async def order_damage_service(body: bodies.DamageService, take: Take) -> Response:
    """Send somebody to clear the home."""
    reason = take.words(body.basis_reason, "basis_reason")
    wish = help.OrderDamageService
    return await take(help.order_damage_service, wish, body, order_id=body.id, basis=body.basis, basis_reason=reason)


@router.post("/damage-service-orders/{order_id}/completion", status_code=204, openapi_extra=WORK)
async def complete_damage_service(order_id: UUID, body: bodies.Taken, take: Take) -> Response:
    """It is cleared."""
    return await take(help.complete_damage_service, help.CompleteDamageService, body, order_id=order_id)


@router.post("/accompaniments", status_code=204, openapi_extra=WORK)
async def plan_accompaniment(body: bodies.Accompaniment, take: Take) -> Response:
    """A known face comes along; a meeting that is named is moved."""
    visit_id = body.visit_id or body.id
    wish = help.PlanAccompaniment
    return await take(help.plan_accompaniment, wish, body, visit_id=visit_id, companion=body.companion, meeting_at=body.meeting_at)


@router.post("/accompaniments/{visit_id}/done", status_code=204, openapi_extra=WORK)
async def record_accompaniment(visit_id: UUID, body: bodies.Taken, take: Take) -> Response:
    """The companion was there."""
    return await take(help.record_accompaniment, help.RecordAccompaniment, body, visit_id=visit_id)


@router.post("/follow-ups", status_code=204, openapi_extra=WORK)
async def plan_follow_up(body: bodies.FollowUp, take: Take) -> Response:
    """Somebody is to look again, no later than `due`."""
    return await take(help.plan_follow_up, help.PlanFollowUp, body, follow_up_id=body.id, due=body.due)


@router.post("/follow-ups/{follow_up_id}/done", status_code=204, openapi_extra=WORK)
async def do_follow_up(follow_up_id: UUID, body: bodies.FollowedUp, take: Take) -> Response:
    """Somebody looked again."""
    note = take.words(body.note, "note")
    return await take(help.do_follow_up, help.DoFollowUp, body, follow_up_id=follow_up_id, note=note)


@router.post("/follow-ups/{follow_up_id}/cancellation", status_code=204, openapi_extra=WORK)
async def cancel_follow_up(follow_up_id: UUID, body: bodies.Taken, take: Take) -> Response:
    """Nobody needs to look again that day."""
    return await take(help.cancel_follow_up, help.CancelFollowUp, body, follow_up_id=follow_up_id)
