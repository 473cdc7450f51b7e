"""What cases told us → who is asked to look; each reaction translates and asks, and decides nothing itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from services.notifications.notification.commands import (
    FollowCase,
    RequestNotice,
    WithdrawNotices,
    follow_case,
    request_notice,
    withdraw_notices,
)
from services.notifications.notification.queries import home_of, notices_of_case
from shared.ground.errors import Refusal
from shared.history.colleagues import hear
from shared.history.service import Reaction
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.message import Message
from shared.messaging.messages import cases, chain, reporters, staff
from shared.messaging.messages.cases import (
    AccompanimentAnswered,
    AccompanimentPlanned,
    BreachAssessed,
    CaretakerInformed,
    CaseAssigned,
    CaseClosed,
    CaseErased,
    CaseFrozen,
    CaseMovedAlong,
    CaseOpened,
    CaseReopened,
    CaseRetracted,
    CompanionReleased,
    ConcernDismissed,
    ConcernRaised,
    ConcernSeen,
    ConcernTriaged,
    ContactMade,
    DeadlineMissed,
    FollowUpMissed,
    GlassBroken,
    LookQuestioned,
    OutboundResumed,
    OutboundStopped,
    ReferralAcknowledged,
    ReferralSilent,
    VisitEnded,
    VisitPlanned,
    WrongPersonCorrected,
)
from shared.messaging.messages.chain import ChainBroken
from shared.messaging.messages.erasure import PersonErased
from shared.messaging.messages.reporters import ReporterThanked, ThanksMissed
from shared.privacy.access import CHECKERS
from shared.privacy.personal import Sealed
from shared.privacy.staff import Person, StaffDirectory
from shared.words.vocabulary.case import Category, Milestone
from shared.words.vocabulary.notice import NoticeKind, WhyWithdrawn
from shared.words.vocabulary.observation import Severity, Signal
from shared.words.vocabulary.people import Role
from shared.words.vocabulary.waiting import DeadlineKind

MISSED: dict[str, NoticeKind] = {
    DeadlineKind.TRIAGE: NoticeKind.TRIAGE_MISSED,
    DeadlineKind.FIRST_CONTACT: NoticeKind.FIRST_CONTACT_MISSED,
    DeadlineKind.TELL_CARETAKER: NoticeKind.CARETAKER_NOT_TOLD,
}


class NobodyIsSocialLead(Refusal):
    """Der er ingen boligsocial leder i medarbejderlisten, så ingen kan få besked."""

    next_step = "Tilføj en boligsocial leder i medarbejderlisten, og prøv beskeden igen."


class EverybodyKeepsOut(Refusal):
    """Alle, der kunne få besked om sagen, er inhabile i den."""

    next_step = "Ansæt en boligsocial leder eller social vicevært, der ikke er inhabil, og prøv beskeden igen."


async def on_concern_raised(message: ConcernRaised, work: UnitOfWork) -> None:
    """Something waits for triage: every lead is to know, with one word when it cannot wait; then whoever is on call is to know too."""
    on_call = _on_call(work) if message.severity == Severity.ACUTE else ()
    await _tell(
        (*_leads(work), *on_call),
        NoticeKind.CONCERN_RAISED,
        work,
        case_id=message.case_id,
        home=message.home,
        severity=message.severity,
        is_urgent=Signal.CHILD_NEGLECT in message.signals,
    )


async def on_concern_seen(message: ConcernSeen, work: UnitOfWork) -> None:
    """Somebody has seen it: nobody else is told that it waits."""
    await _no_longer(WhyWithdrawn.SEEN, message.case_id, work)


async def on_concern_triaged(message: ConcernTriaged, work: UnitOfWork) -> None:
    """It is judged: it waits no more, and is late no more."""
    await _no_longer(WhyWithdrawn.JUDGED, message.case_id, work)


async def on_case_over(message: CaseClosed | ConcernDismissed, work: UnitOfWork) -> None:
    """It is over: nobody is asked to do anything in it any more."""
    await _no_longer(WhyWithdrawn.CASE_OVER, message.case_id, work)


async def on_case_erased(message: CaseErased, work: UnitOfWork) -> None:
    """It is over too; as of when the case says it was, for the moment in which this is heard is that of everything erased with it."""
    if work.received:
        work.context = work.context.apart(at=work.received.recorded_at)
    await _no_longer(WhyWithdrawn.CASE_OVER, message.case_id, work)


async def on_outbound_stopped(message: OutboundStopped, work: UnitOfWork) -> None:
    """The resident is gone: what is not sent yet is not sent, and who carries the case, or the leads, see what is left to do."""
    await _no_longer(WhyWithdrawn.STANDSTILL, message.case_id, work)
    recipients = (message.handler,) if message.handler else _leads(work)
    await _tell(recipients, NoticeKind.STANDS_STILL, work, but=_who_did_it(work), case_id=message.case_id)


async def on_outbound_resumed(message: OutboundResumed, work: UnitOfWork) -> None:
    """It goes on; what still applies is asked for anew, each by a message of its own."""
    await _no_longer(WhyWithdrawn.GOES_ON, message.case_id, work)
    recipients = (message.handler,) if message.handler else _leads(work)
    await _tell(recipients, NoticeKind.GOES_ON, work, but=_who_did_it(work), case_id=message.case_id)


async def on_contact_made(message: ContactMade, work: UnitOfWork) -> None:
    """The resident was reached: that it was late is told to nobody any more."""
    if message.reached:
        await _no_longer(WhyWithdrawn.DONE, message.case_id, work, kinds=(NoticeKind.FIRST_CONTACT_MISSED,))


async def on_referral_acknowledged(message: ReferralAcknowledged, work: UnitOfWork) -> None:
    """The recipient is silent no more."""
    await _no_longer(WhyWithdrawn.DONE, message.case_id, work, kinds=(NoticeKind.REFERRAL_SILENT,))


async def on_case_opened(message: CaseOpened, work: UnitOfWork) -> None:
    """The handler is to know, unless the handler did it."""
    await _tell(
        (message.handler,),
        NoticeKind.CASE_OPENED,
        work,
        but=_who_did_it(work),
        case_id=message.case_id,
        severity=message.severity,
        is_urgent=message.category == Category.CHILD_WELFARE,
    )


async def on_case_assigned(message: CaseAssigned, work: UnitOfWork) -> None:
    """The new handler is to know, unless the new handler took it; who carried it before is not told any more that they do."""
    await _no_longer(WhyWithdrawn.HANDED_OVER, message.case_id, work, but=message.handler)
    await _tell((message.handler,), NoticeKind.CASE_ASSIGNED, work, but=_who_did_it(work), case_id=message.case_id)


async def on_referral_silent(message: ReferralSilent, work: UnitOfWork) -> None:
    """Silence of a recipient is for the handler and the leads."""
    await _tell((message.handler, *_leads(work)), NoticeKind.REFERRAL_SILENT, work, case_id=message.case_id)


async def on_follow_up_missed(message: FollowUpMissed, work: UnitOfWork) -> None:
    """A follow-up that did not happen is for the handler and the leads."""
    await _tell((message.handler, *_leads(work)), NoticeKind.FOLLOW_UP_MISSED, work, case_id=message.case_id)


async def on_deadline_missed(message: DeadlineMissed, work: UnitOfWork) -> None:
    """A missed deadline is for the handler, when there is one yet, and the leads; a new kind of deadline has plain words."""
    kind = MISSED.get(message.kind, NoticeKind.DEADLINE_MISSED)
    await _tell((message.handler, *_leads(work)), kind, work, case_id=message.case_id)


async def on_accompaniment_planned(message: AccompanimentPlanned, work: UnitOfWork) -> None:
    """The companion is asked; the link leads to their part of the case, for the case is not theirs to read.

    Moved, they are asked once: what was not sent yet about the meeting is withdrawn.
    """
    await _no_longer(WhyWithdrawn.MEETING_OFF, message.case_id, work, recipient=message.companion, kinds=(NoticeKind.COMPANION_WANTED,))
    link = _part(message.case_id)
    await _tell((message.companion,), NoticeKind.COMPANION_WANTED, work, but=_who_did_it(work), case_id=message.case_id, link=link)


async def on_companion_released(message: CompanionReleased, work: UnitOfWork) -> None:
    """Who was asked along hears that it is not needed; their part of the case is closed to them, unless they saw it.

    Who was not asked yet, because no mail could be sent, is not asked any more.
    """
    await _no_longer(WhyWithdrawn.MEETING_OFF, message.case_id, work, recipient=message.companion, kinds=(NoticeKind.COMPANION_WANTED,))
    link = _observation(message.observation_id) if message.companion == message.observer else "/intake/"
    await _tell((message.companion,), NoticeKind.COMPANION_RELEASED, work, but=_who_did_it(work), case_id=message.case_id, link=link)


async def on_accompaniment_answered(message: AccompanimentAnswered, work: UnitOfWork) -> None:
    """A no is for the handler, who asks somebody else; a yes stands on the page of the case."""
    if not message.comes:
        await _tell((message.handler,), NoticeKind.COMPANION_DECLINED, work, but=_who_did_it(work), case_id=message.case_id)


async def on_visit_planned(message: VisitPlanned, work: UnitOfWork) -> None:
    """Whoever is to go by is asked, unless they planned it; the link leads to their part of the case."""
    link = _part(message.case_id)
    await _tell((message.visitor,), NoticeKind.VISIT_PLANNED, work, but=_who_did_it(work), case_id=message.case_id, link=link)


async def on_visit_ended(message: VisitEnded, work: UnitOfWork) -> None:
    """They were there, or need not go: they are not asked any more."""
    why = WhyWithdrawn.DONE if message.was_made else WhyWithdrawn.MEETING_OFF
    await _no_longer(why, message.case_id, work, recipient=message.visitor, kinds=(NoticeKind.VISIT_PLANNED,))


async def on_case_reopened(message: CaseReopened, work: UnitOfWork) -> None:
    """Who was told that it ended hears that there is news; the handler is to know that it goes on, unless the handler did it.

    Nobody who carries what they saw is told about it twice.
    """
    for observation_id, observer in {message.observation_id: message.observer, **message.also}.items():
        if observer != message.handler:
            await _tell(
                (observer,),
                NoticeKind.OBSERVATION_NEWS,
                work,
                but=_who_did_it(work),
                case_id=message.case_id,
                about=observation_id,
                link=_observation(observation_id),
            )
    await _tell((message.handler,), NoticeKind.CASE_ASSIGNED, work, but=_who_did_it(work), case_id=message.case_id)


async def on_caretaker_informed(message: CaretakerInformed, work: UnitOfWork) -> None:
    """The one who saw it hears that it is in good hands, or that there is news; that nobody told them is told to nobody any more."""
    await _no_longer(WhyWithdrawn.DONE, message.case_id, work, kinds=(NoticeKind.CARETAKER_NOT_TOLD,))
    kind = NoticeKind.IN_GOOD_HANDS if message.milestone == Milestone.IN_GOOD_HANDS else NoticeKind.OBSERVATION_NEWS
    await _tell(
        (message.caretaker,), kind, work, case_id=message.case_id, about=message.observation_id, link=_observation(message.observation_id)
    )


async def on_wrong_person_corrected(message: WrongPersonCorrected, work: UnitOfWork) -> None:
    """What was told about the case is about the right home from now on, and who saw it hears that it stands elsewhere."""
    await _follow(message.case_id, message.home, work)
    await _tell(
        (message.observer,),
        NoticeKind.OBSERVATION_NEWS,
        work,
        but=_who_did_it(work),
        case_id=message.case_id,
        home=message.home,
        about=message.observation_id,
        link=_observation(message.observation_id),
    )


async def on_case_moved_along(message: CaseMovedAlong, work: UnitOfWork) -> None:
    """What was told about the case is about the new home from now on."""
    await _follow(message.case_id, message.home, work)


async def on_case_frozen(message: CaseFrozen, work: UnitOfWork) -> None:
    """It may be about the wrong person, which is a breach when it is: whoever watches over that is to know within the 72 hours."""
    await _tell_the_dpo(NoticeKind.WRONG_PERSON, message.case_id, work)


async def on_breach_assessed(message: BreachAssessed, work: UnitOfWork) -> None:
    """Whether it is notified is for the data protection officer to look at, unless they judged it."""
    await _tell_the_dpo(NoticeKind.BREACH_ASSESSED, message.case_id, work)


async def on_glass_broken(message: GlassBroken, work: UnitOfWork) -> None:
    """The leads and the data protection officer are to see whether it was right, each time; not who did it."""
    link = f"/cases/glasses/{message.break_id}"
    recipients = (*_leads(work), *_with_role(work, Role.DPO))
    await _tell(recipients, NoticeKind.GLASS_BROKEN, work, but=message.who, case_id=message.case_id, about=message.break_id, link=link)


async def on_look_questioned(message: LookQuestioned, work: UnitOfWork) -> None:
    """Whoever looked is to say why; several questions of one check are one mail."""
    await _tell((message.who,), NoticeKind.LOOK_QUESTIONED, work, about=message.check_id, link="/cases/own-looks")


async def _tell_the_dpo(kind: NoticeKind, case_id: UUID, work: UnitOfWork) -> None:
    await _tell(_with_role(work, Role.DPO), kind, work, but=_who_did_it(work), case_id=case_id, link=f"{_case(case_id)}/wrong-person")


async def on_case_retracted(message: CaseRetracted, work: UnitOfWork) -> None:
    """What was told about it leads to no home."""
    await _follow(message.case_id, None, work)


async def on_thanks_missed(message: ThanksMissed, work: UnitOfWork) -> None:
    """Whoever took the call, and the leads, are to thank them still (S17); the link leads to who called and to nothing that was told."""
    link = f"/intake/calls/{message.reporter_id}"
    recipients = (message.taken_by, *_leads(work))
    await _tell(recipients, NoticeKind.THANKS_MISSED, work, about=message.reporter_id, link=link)


async def on_reporter_thanked(message: ReporterThanked, work: UnitOfWork) -> None:
    """They were: that it is late is told to nobody any more."""
    await _no_longer(WhyWithdrawn.DONE, message.reporter_id, work, kinds=(NoticeKind.THANKS_MISSED,))


async def on_chain_broken(message: ChainBroken, work: UnitOfWork) -> None:
    """A history in one of the services is not what was written: whoever checks is to see where, and whoever runs it is to look why.

    Where an association has none of them, it is for its leads to ring somebody.
    """
    checkers, operators = _with_role(work, *CHECKERS), _with_role(work, Role.OPERATOR)
    if not checkers and not operators:
        operators = _leads(work)
    for recipients, link in ((checkers, "/cases/audit"), (operators, "/notifications/mine")):
        await _tell(recipients, NoticeKind.CHAIN_BROKEN, work, about=message.broken_id, link=link)


CONSUMES: tuple[type[Message], ...] = (*cases.MESSAGES, *reporters.MESSAGES, *staff.MESSAGES, *chain.MESSAGES, PersonErased)

REACTIONS: Mapping[type[Message], Reaction] = {
    ConcernRaised: on_concern_raised,
    ConcernSeen: on_concern_seen,
    ConcernTriaged: on_concern_triaged,
    ConcernDismissed: on_case_over,
    CaseClosed: on_case_over,
    CaseErased: on_case_erased,
    OutboundStopped: on_outbound_stopped,
    OutboundResumed: on_outbound_resumed,
    ContactMade: on_contact_made,
    ReferralAcknowledged: on_referral_acknowledged,
    CaseOpened: on_case_opened,
    CaseAssigned: on_case_assigned,
    CaseReopened: on_case_reopened,
    ReferralSilent: on_referral_silent,
    FollowUpMissed: on_follow_up_missed,
    DeadlineMissed: on_deadline_missed,
    AccompanimentPlanned: on_accompaniment_planned,
    CompanionReleased: on_companion_released,
    VisitPlanned: on_visit_planned,
    VisitEnded: on_visit_ended,
    AccompanimentAnswered: on_accompaniment_answered,
    CaretakerInformed: on_caretaker_informed,
    WrongPersonCorrected: on_wrong_person_corrected,
    CaseFrozen: on_case_frozen,
    BreachAssessed: on_breach_assessed,
    GlassBroken: on_glass_broken,
    LookQuestioned: on_look_questioned,
    CaseMovedAlong: on_case_moved_along,
    CaseRetracted: on_case_retracted,
    ThanksMissed: on_thanks_missed,
    ReporterThanked: on_reporter_thanked,
    ChainBroken: on_chain_broken,
    staff.ColleagueChanged: hear,
}


async def _no_longer(
    why: WhyWithdrawn, case_id: UUID, work: UnitOfWork, *, recipient: str = "", but: str = "", kinds: Collection[NoticeKind] = ()
) -> None:
    await withdraw_notices(WithdrawNotices(case_id=case_id, why=why, recipient=recipient, but=but, kinds=kinds), work)


async def _tell(
    recipients: Collection[str],
    kind: NoticeKind,
    work: UnitOfWork,
    *,
    case_id: UUID | None = None,
    about: UUID | None = None,
    link: str = "",
    home: Sealed | None = None,
    severity: str = "",
    is_urgent: bool = False,
    but: str = "",
) -> None:
    """Ask for a notice to each, or to who stands in for them; once, and in a fixed order so that two at once cannot wait in a ring.
    It is `about` something, or about its case.

    Nobody is told who keeps out of the case or its home. Where that leaves none of the leads, those who may stand in by the procedure
    are told, so that it lies with somebody.
    """
    thing = about or case_id
    assert thing is not None  # noqa: S101  every reaction says what it is about
    message_id = work.received.id if work.received else str(work.context.correlation_id)
    staff = work.staff.within(work.association)
    opened = work.opened(home)
    home_id = UUID(opened) if opened else await home_of(await work.rows(), work.association, case_id or thing)
    meant = _meant(staff, recipients, work)
    told = {name for name in meant if not _keeps_out(staff.person(name), case_id, home_id)}
    if not told and any(lead.id in recipients for lead in staff.with_role(Role.SOCIAL_LEAD)):
        told = {one.id for one in staff.with_role(Role.SOCIAL_CARETAKER) if not one.keeps_out_of(case_id, home_id)}
        if not told:
            raise EverybodyKeepsOut
    for recipient in sorted(told - {but}):
        notice = RequestNotice(
            message_id=message_id,
            recipient=recipient,
            kind=kind,
            about=thing,
            link=link or _case(thing),
            severity=severity,
            home=home,
            case_id=case_id,
            meant_for=meant.get(recipient, recipient),
            is_urgent=is_urgent,
            happened_at=work.received.recorded_at if work.received else None,
        )
        await request_notice(notice, work)


async def _follow(case_id: UUID, home: Sealed | None, work: UnitOfWork) -> None:
    notices = await notices_of_case(await work.rows(), work.association, case_id)
    await follow_case(FollowCase(notices=notices, home=home), work)


def _meant(staff: StaffDirectory, recipients: Collection[str], work: UnitOfWork) -> dict[str, str]:
    """Who is told, and whom it is meant for: themselves, where they are among those, else one they stand in for."""
    meant: dict[str, str] = {}
    for name in sorted({name for name in recipients if name}):
        told = staff.in_place_of(name, work.context.at)
        meant[told] = name if name == told else meant.get(told, name)
    return meant


def _keeps_out(person: Person | None, case_id: UUID | None, home_id: UUID | None) -> bool:
    return person is not None and person.keeps_out_of(case_id, home_id)


def _leads(work: UnitOfWork) -> tuple[str, ...]:
    leads = work.staff.with_role(Role.SOCIAL_LEAD, association=work.association)
    if not leads:
        raise NobodyIsSocialLead
    return tuple(lead.id for lead in leads)


def _with_role(work: UnitOfWork, *roles: Role) -> tuple[str, ...]:
    return tuple(one.id for role in roles for one in work.staff.with_role(role, association=work.association))


def _on_call(work: UnitOfWork) -> tuple[str, ...]:
    return tuple(person.id for person in work.staff.within(work.association).on_call(work.context.at))


def _who_did_it(work: UnitOfWork) -> str:
    """Nobody is told what they did themselves."""
    return work.received.actor if work.received else ""


def _case(case_id: UUID) -> str:
    return f"/cases/{case_id}"


def _part(case_id: UUID) -> str:
    return f"/cases/{case_id}/part"


def _observation(observation_id: UUID) -> str:
    return f"/intake/observations/{observation_id}"
