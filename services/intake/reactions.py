"""What the others told us → what we ask of ourselves: the register follows the ERP, and an observation hears what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from uuid_utils.compat import uuid7

from services.intake.erasure.commands import NoteCarriedOut, note_carried_out
from services.intake.home.commands import (
    AppointGuardian,
    EndTenancy,
    HomeIsNotRegisteredYet,
    NoteDeath,
    NoteHome,
    StartTenancy,
    TakeEndBack,
    TellHousehold,
    TellOfPerson,
    appoint_guardian,
    end_tenancy,
    note_death,
    note_home,
    start_tenancy,
    take_death_back,
    take_end_back,
    tell_household,
)
from services.intake.home.queries import home_called, unknown_homes
from services.intake.home.rules.tenancy import Occupant
from services.intake.observation.commands import RecordProgress, dwelling_of, record_progress
from services.intake.observation.queries import observations_of_case
from services.intake.observation.rules.dwelling import Tenure
from services.intake.observation.rules.place import CorrectPlace
from services.intake.observation.rules.progress import (
    Assess,
    Dismiss,
    End,
    FailNotice,
    Join,
    MissTriage,
    NoteAnswer,
    OpenCase,
    Part,
    PassOn,
    Progress,
    ReleaseCompanion,
    Reopen,
    See,
    TakeIn,
    TakeUpAgain,
    Tell,
    WantCompanion,
)
from services.intake.observation.rules.protecting import NoteProtection
from services.intake.staff.commands import keep_out_of_joined
from shared.history import event_store
from shared.history.service import Beginning, Begins, Reaction
from shared.history.unit_of_work import UnitOfWork
from shared.history.whereabouts import whereabouts_in
from shared.messaging.message import Message
from shared.messaging.messages import cases, erp, notifications
from shared.messaging.messages.erasure import ANSWERS, CasesCleaned, ErasureCarriedOut, NotificationsCleaned, ReportingCleaned
from shared.privacy.matter import WELCOMED, About, Link, Matter, MatterKind, arrears, case_of
from shared.privacy.personal import CannotBeOpened
from shared.privacy.proposals import Change, Others
from shared.privacy.small_estate import heard_estate, heard_municipality
from shared.words.vocabulary.notice import NoticeKind
from shared.words.vocabulary.waiting import DeadlineKind


async def on_tenancy_started(message: erp.TenancyStarted, work: UnitOfWork) -> None:
    """The ERP's unit is our home; its estate is where our register has the home. Whoever was homeless is welcomed by the clock."""
    id = work.known[None, message.tenancy_id]
    await start_tenancy(StartTenancy(id=id, tenancy_id=message.tenancy_id, home_id=message.unit_id, on=message.started_on), work)
    await tell_household(_household(message, work), work)


async def on_tenancy_changed(message: erp.TenancyChanged, work: UnitOfWork) -> None:
    await _at_its_home(message, work)
    await tell_household(_household(message, work), work)


async def on_tenancy_ended(message: erp.TenancyEnded, work: UnitOfWork) -> None:
    await _at_its_home(message, work)
    id = work.known[None, message.tenancy_id]
    await end_tenancy(EndTenancy(id=id, tenancy_id=message.tenancy_id, on=message.ended_on), work)


async def on_tenancy_end_withdrawn(message: erp.TenancyEndWithdrawn, work: UnitOfWork) -> None:
    await _at_its_home(message, work)
    await take_end_back(TakeEndBack(id=work.known[None, message.tenancy_id], tenancy_id=message.tenancy_id), work)


async def on_tenant_deceased(message: erp.TenantDeceased, work: UnitOfWork) -> None:
    await _at_its_home(message, work)
    await note_death(NoteDeath(**_person(message, work), on=message.died_on), work)


async def on_tenant_deceased_retracted(message: erp.TenantDeceasedRetracted, work: UnitOfWork) -> None:
    await _at_its_home(message, work)
    await take_death_back(TellOfPerson(**_person(message, work)), work)


async def on_guardian_appointed(message: erp.GuardianAppointed, work: UnitOfWork) -> None:
    await _at_its_home(message, work)
    await appoint_guardian(AppointGuardian(**_person(message, work), may_decide=message.may_decide), work)


async def on_tenancy_in_arrears(message: erp.TenancyInArrears, work: UnitOfWork) -> None:
    """Where it is may be news; that somebody is to ask, the clock takes in, which finds it in the vault."""
    await _at_its_home(message, work)


async def begin_tenancies(messages: Sequence[TenancyMessage], beginning: Beginning) -> None:
    """A tenancy is a matter, about its home and whoever lives there; each person's part in it is one of their own. All of it is proposed:
    the message may be refused.

    So is what begins with somebody who was homeless, or with arrears; its id is made of nothing, and not of the moment either.
    Raises `HomeIsNotRegisteredYet` before anything is begun: it is tried again and again.
    """
    await _homes_must_be_there(messages, beginning)
    await beginning.begin(
        [
            Matter.about(
                uuid7(),
                MatterKind.TENANCY,
                tenancy=message.tenancy_id,
                home=message.unit_id,
                people=_roles(message) if isinstance(message, TELLS_ALL) else {},
            )
            for message in messages
        ],
        why="erp",
        is_proposed=True,
    )
    await beginning.begin(
        [
            Matter(
                uuid7(),
                MatterKind.PART,
                frozenset({Link(About.PERSON, person, role)}),
                part_of=beginning.known[None, message.tenancy_id],
            )
            for message in messages
            for person, role in _roles(message).items()
        ],
        why="erp",
        is_proposed=True,
    )
    await beginning.begin(
        [
            Matter.about(
                uuid4(),
                MatterKind.OBSERVATION,
                tenancy=message.tenancy_id,
                home=message.unit_id,
                people=_roles(message),
                began_as=began_as,
            )
            for message in messages
            if (began_as := _began_as(message))
        ],
        why="erp",
        is_proposed=True,
    )
    for message in messages:
        if isinstance(message, TELLS_ALL) and message.persons is not None:
            tenancy = beginning.known[None, message.tenancy_id]
            people = frozenset(Link(About.PERSON, person, role) for person, role in _roles(message).items())
            change = Change(matter=tenancy, kind=MatterKind.TENANCY, links=people, others=Others.PEOPLE_END)
            await beginning.propose(change, why="erp")


async def on_concern_raised(message: cases.ConcernRaised, work: UnitOfWork) -> None:
    await _record(message.observation_id, TakeIn(case_id=message.case_id, triage_due=message.triage_due), work)


async def on_concern_seen(message: cases.ConcernSeen, work: UnitOfWork) -> None:
    by, role = _who(work)
    await _record_of_each(message, See(by=by, role=role, at=_when(work)), work)


async def on_concern_triaged(message: cases.ConcernTriaged, work: UnitOfWork) -> None:
    by, role = _who(work)
    await _record_of_each(message, Assess(by=by, role=role, at=_when(work), severity=message.severity), work)


async def on_concern_dismissed(message: cases.ConcernDismissed, work: UnitOfWork) -> None:
    await _record_of_each(message, Dismiss(reason=message.reason, at=_when(work)), work)


async def on_case_opened(message: cases.CaseOpened, work: UnitOfWork) -> None:
    await _record_of_each(message, OpenCase(contact_due=message.contact_due, at=_when(work)), work)


async def on_referral_sent(message: cases.ReferralSent, work: UnitOfWork) -> None:
    """That it was passed on, and not to whom: the resident's yes was not about the caretaker."""
    await _record_of_case(message.case_id, PassOn(at=_when(work)), work)


async def on_accompaniment_planned(message: cases.AccompanimentPlanned, work: UnitOfWork) -> None:
    news = WantCompanion(visit_id=message.visit_id, companion=message.companion, meeting_at=message.at)
    await _record_of_case(message.case_id, news, work)


async def on_accompaniment_answered(message: cases.AccompanimentAnswered, work: UnitOfWork) -> None:
    await _record_of_case(message.case_id, NoteAnswer(visit_id=message.visit_id, companion=message.companion, comes=message.comes), work)


async def on_companion_released(message: cases.CompanionReleased, work: UnitOfWork) -> None:
    await _record(message.observation_id, ReleaseCompanion(visit_id=message.visit_id, companion=message.companion), work)


async def on_deadline_missed(message: cases.DeadlineMissed, work: UnitOfWork) -> None:
    if message.kind == DeadlineKind.TRIAGE:
        await _record_of_case(message.case_id, MissTriage(due=message.due), work)


async def on_caretaker_informed(message: cases.CaretakerInformed, work: UnitOfWork) -> None:
    await _record(message.observation_id, Tell(milestone=message.milestone, at=_when(work)), work)


async def on_case_closed(message: cases.CaseClosed, work: UnitOfWork) -> None:
    await _record_of_each(message, End(outcome=message.outcome, at=_when(work)), work)


async def on_case_reopened(message: cases.CaseReopened, work: UnitOfWork) -> None:
    """It was not over: what the caretaker was told about the end is taken back."""
    await _record_of_each(message, Reopen(contact_due=message.contact_due, at=_when(work)), work)


async def on_observation_linked(message: cases.ObservationLinked, work: UnitOfWork) -> None:
    await _record(message.observation_id, Join(case_id=message.case_id, is_open=message.in_good_hands, at=_when(work)), work)
    await keep_out_of_joined(message.case_id, message.concern_id, work)


async def on_observation_unlinked(message: cases.ObservationUnlinked, work: UnitOfWork) -> None:
    await _record(message.observation_id, Part(case_id=message.case_id, concern_id=message.concern_id, at=_when(work)), work)


async def on_concern_taken_up_again(message: cases.ConcernTakenUpAgain, work: UnitOfWork) -> None:
    await _record_of_each(message, TakeUpAgain(at=_when(work)), work)


async def on_wrong_person_corrected(message: cases.WrongPersonCorrected, work: UnitOfWork) -> None:
    """Where the case belongs, the observation it began with belongs too; the old place opens no more."""
    estate_id, estate_name = heard_estate(message, work.opened)
    place = CorrectPlace(
        case_id=message.case_id,
        correction=_which(work),
        home=work.opened(message.home),
        tenancy=work.opened(message.tenancy),
        address=work.opened(message.address) or "",
        estate_id=estate_id,
        estate_name=estate_name,
        municipality=heard_municipality(message, work.opened),
        is_small_estate=message.small_estate is not None,
        is_protected=message.protected_municipality is not None,
    )
    if place.home:  # or it was erased, or moved once more, before this was heard
        await _record(message.observation_id, replace(place, tenure=await _tenure(place, work)), work)


async def on_protection_noted(message: cases.AddressProtectionNoted, work: UnitOfWork) -> None:
    """Where each of its observations was seen is shown to nobody here, or again."""
    for observation_id in message.observation_ids:
        await _record(observation_id, NoteProtection(is_protected=message.is_protected), work)
        await work.flush()


async def on_case_retracted(message: cases.CaseRetracted, work: UnitOfWork) -> None:
    """It was about nobody: whoever saw it reads that it is over, and it leads to no home any more."""
    await _record(message.observation_id, CorrectPlace(case_id=message.case_id, correction=_which(work)), work)
    await _record(message.observation_id, Dismiss(reason=RETRACTED, at=_when(work)), work)


async def begin_corrections(messages: Sequence[cases.WrongPersonCorrected], beginning: Beginning) -> None:
    """The observation is about the right people, and nobody else, before that is written down; and has a key for where it belongs.

    Raises `CannotBeOpened`, as `_must_be_its_own`.
    """
    _must_be_its_own(messages)
    for message in messages:
        home, tenancy = beginning.keyring.opened(message.home), beginning.keyring.opened(message.tenancy)
        if home:
            await _move(message.observation_id, beginning, home=UUID(home), tenancy=UUID(tenancy) if tenancy else None)
    observations = {message.observation_id for message in messages}
    matters = [Matter(id, MatterKind.OBSERVATION) for id in sorted(observations)]
    await beginning.begin(matters, own_keys=dict.fromkeys(observations, 1), why="wrong_person")


async def _homes_must_be_there(messages: Sequence[TenancyMessage], beginning: Beginning) -> None:
    """Of a tenancy that is heard of for the first time."""
    homes = {message.unit_id for message in messages if message.unit_id is not None}
    async with beginning.read() as connection:
        missing = await unknown_homes(connection, beginning.association, homes)
    for message in messages:
        if message.unit_id in missing and not await beginning.is_known(
            Matter.about(uuid7(), MatterKind.TENANCY, tenancy=message.tenancy_id)
        ):
            raise HomeIsNotRegisteredYet(message.unit_id)


def _must_be_its_own(messages: Sequence[cases.WrongPersonCorrected | cases.CaseRetracted]) -> None:
    """Raises `CannotBeOpened` where it is another case's observation: where that case belongs is none of its business."""
    if any(message.case_id != case_of(message.observation_id) for message in messages):
        raise CannotBeOpened


async def begin_retractions(messages: Sequence[cases.CaseRetracted], beginning: Beginning) -> None:
    """The observation is about nobody. Raises `CannotBeOpened`, as `_must_be_its_own`."""
    _must_be_its_own(messages)
    for message in messages:
        await _move(message.observation_id, beginning)


async def _move(observation_id: UUID, beginning: Beginning, *, home: UUID | None = None, tenancy: UUID | None = None) -> None:
    """What it says of where it was opens no more from now on."""
    async with beginning.read() as connection:
        history = await event_store.load(connection, observation_id, association=beginning.association)
    texts = whereabouts_in(history.events) - {observation_id}
    await beginning.move(observation_id, MatterKind.OBSERVATION, home=home, tenancy=tenancy, texts=texts, why="wrong_person")


async def on_notice_failed(message: notifications.NoticeFailed, work: UnitOfWork) -> None:
    """The mail to the office came back: the caretaker is told to ring rather than to wait."""
    if message.kind == NoticeKind.CONCERN_RAISED:
        await _record_of_case(message.about, FailNotice(at=_when(work)), work)


async def on_erasure_carried_out(message: ErasureCarriedOut, work: UnitOfWork) -> None:
    """A service has cleaned its rows; the clock goes on with the erasure when all have."""
    service = CLEANED[type(message)]
    await note_carried_out(NoteCarriedOut(id=message.erasure_id, service=service), work)


CLEANED: Mapping[type[ErasureCarriedOut], str] = {
    CasesCleaned: "cases",
    NotificationsCleaned: "notifications",
    ReportingCleaned: "reporting",
}

OfACase = (
    cases.ConcernSeen
    | cases.ConcernTriaged
    | cases.ConcernDismissed
    | cases.ConcernTakenUpAgain
    | cases.CaseOpened
    | cases.CaseClosed
    | cases.CaseReopened
)

RETRACTED = "retracted"
"""Why no case came of an observation that was about nobody."""

PersonMessage = erp.TenantDeceased | erp.TenantDeceasedRetracted | erp.GuardianAppointed
OfNobody = erp.TenancyEnded | erp.TenancyEndWithdrawn | erp.TenancyInArrears
TenancyMessage = erp.TenancyStarted | erp.TenancyChanged | OfNobody | PersonMessage
TELLS_ALL = (erp.TenancyStarted, erp.TenancyChanged)
"""What may tell of everybody who lives there."""

CONSUMES: tuple[type[Message], ...] = (*erp.INBOUND, *cases.MESSAGES, *notifications.MESSAGES, ReportingCleaned)

REACTIONS: Mapping[type[Message], Reaction] = {
    erp.TenancyStarted: on_tenancy_started,
    erp.TenancyChanged: on_tenancy_changed,
    erp.TenancyEnded: on_tenancy_ended,
    erp.TenancyEndWithdrawn: on_tenancy_end_withdrawn,
    erp.TenantDeceased: on_tenant_deceased,
    erp.TenantDeceasedRetracted: on_tenant_deceased_retracted,
    erp.GuardianAppointed: on_guardian_appointed,
    erp.TenancyInArrears: on_tenancy_in_arrears,
    cases.ConcernRaised: on_concern_raised,
    cases.ConcernSeen: on_concern_seen,
    cases.ConcernTriaged: on_concern_triaged,
    cases.ConcernDismissed: on_concern_dismissed,
    cases.CaseOpened: on_case_opened,
    cases.ReferralSent: on_referral_sent,
    cases.AccompanimentPlanned: on_accompaniment_planned,
    cases.AccompanimentAnswered: on_accompaniment_answered,
    cases.CompanionReleased: on_companion_released,
    cases.DeadlineMissed: on_deadline_missed,
    cases.CaretakerInformed: on_caretaker_informed,
    cases.CaseClosed: on_case_closed,
    cases.CaseReopened: on_case_reopened,
    cases.ObservationLinked: on_observation_linked,
    cases.ObservationUnlinked: on_observation_unlinked,
    cases.ConcernTakenUpAgain: on_concern_taken_up_again,
    cases.WrongPersonCorrected: on_wrong_person_corrected,
    cases.CaseRetracted: on_case_retracted,
    cases.AddressProtectionNoted: on_protection_noted,
    notifications.NoticeFailed: on_notice_failed,
    **dict.fromkeys(ANSWERS, on_erasure_carried_out),
}


BEGINS: Mapping[type[Message], Begins] = {
    **dict.fromkeys(erp.INBOUND, begin_tenancies),
    cases.WrongPersonCorrected: begin_corrections,
    cases.CaseRetracted: begin_retractions,
}
"""The matters that begin with what the ERP tells, and those that turn out to be about somebody else."""


def _roles(message: TenancyMessage) -> dict[UUID, str]:
    """Everybody who is told of, with what they are in the tenancy."""
    if isinstance(message, TELLS_ALL):
        return {person.person_id: person.role for person in message.persons or ()}
    return {} if isinstance(message, OfNobody) else {message.person_id: ""}


def _began_as(message: TenancyMessage) -> str:
    """As what an observation begins with it; empty where none does."""
    if isinstance(message, erp.TenancyInArrears):
        return arrears(message.on, message.months)
    return WELCOMED if isinstance(message, erp.TenancyStarted) and message.is_newly_rehoused else ""


def _person(message: PersonMessage, work: UnitOfWork) -> dict[str, UUID]:
    """Whom it is about, by the ids they are known under here."""
    id = work.known[None, message.tenancy_id]
    return {"id": id, "tenancy_id": message.tenancy_id, "part_id": work.known[id, message.person_id], "person_id": message.person_id}


async def _at_its_home(message: erp.TenancyChanged | OfNobody | PersonMessage, work: UnitOfWork) -> None:
    """A tenancy of which nobody has heard where it is has the home that is named with any word about it."""
    if message.unit_id is not None:
        home = NoteHome(id=work.known[None, message.tenancy_id], tenancy_id=message.tenancy_id, home_id=message.unit_id)
        await note_home(home, work)
        await work.flush()


def _household(message: erp.TenancyStarted | erp.TenancyChanged, work: UnitOfWork) -> TellHousehold:
    """What the ERP tells of those who live there; what it leaves out is as it was."""
    id = work.known[None, message.tenancy_id]
    return TellHousehold(
        id=id,
        tenancy_id=message.tenancy_id,
        size_band=message.household_size,
        is_protected=message.is_protected,
        occupants=None
        if message.persons is None
        else {work.known[id, person]: Occupant(person_id=person, role=role) for person, role in _roles(message).items()},
    )


async def _tenure(place: CorrectPlace, work: UnitOfWork) -> Tenure | None:
    """What the register has of the tenancy at a home."""
    found = await home_called(await work.rows(), work.association, UUID(place.home)) if place.home and place.tenancy else None
    tenures = dwelling_of(found).tenures if found else ()
    return next((tenure for tenure in tenures if str(tenure.tenancy_id) == place.tenancy), None)


async def _record(observation_id: UUID, news: Progress, work: UnitOfWork) -> None:
    await record_progress(RecordProgress(observation_id=observation_id, news=news), work)


async def _record_of_case(case_id: UUID, news: Progress, work: UnitOfWork) -> None:
    """The same where only the case is named; a case that no observation led to is none of intake's business."""
    for observation_id in await observations_of_case(await work.rows(), work.association, case_id):
        await _record(observation_id, news, work)


async def _record_of_each(message: OfACase, news: Progress, work: UnitOfWork) -> None:
    """What happened to a case is told in each of its observations: the first, and those that were joined to it."""
    joined = await observations_of_case(await work.rows(), work.association, message.case_id)
    for observation_id in dict.fromkeys([message.observation_id, *joined]):
        await _record(observation_id, news, work)


def _who(work: UnitOfWork) -> tuple[str, str]:
    """Who did what the message tells about, and in which role."""
    if work.received is None:
        return work.context.actor.id, work.context.actor.role.value
    return work.received.actor, work.received.actor_role


def _which(work: UnitOfWork) -> str:
    """Which message it was, so that told twice it is done once."""
    return str(work.context.correlation_id) if work.received is None else work.received.id


def _when(work: UnitOfWork) -> datetime:
    """When it happened there."""
    return work.context.at if work.received is None else work.received.time
