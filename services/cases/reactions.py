"""What the others told us → what we ask of ourselves: an observation becomes a concern, a lost notice is noted on its case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from services.cases import tenancies
from services.cases.case.commands.beginning import NotePlace, note_place, raise_concern
from services.cases.case.commands.noting import RecordFailedNotice, record_failed_notice
from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import Origin, RaiseConcern
from services.cases.case.rules.place import KnownPlace
from services.cases.procedure.commands import NoteEstate, note_estate
from shared.history import watching
from shared.history.colleagues import hear
from shared.history.service import Beginning, Begins, Reaction
from shared.history.unit_of_work import Opened, UnitOfWork
from shared.messaging import access_log
from shared.messaging.message import Message
from shared.messaging.messages import chain, intake, looks, notifications, staff
from shared.messaging.messages.erasure import PersonErased
from shared.messaging.messages.intake import EstateRegistered, ObservationRegistered, PlaceCorrected, PlaceLinked
from shared.messaging.messages.looks import Looked
from shared.messaging.messages.notifications import NoticeFailed
from shared.privacy.matter import MatterKind, case_of
from shared.privacy.small_estate import heard_estate, heard_municipality
from shared.words.vocabulary.people import AT_AN_OBSERVATION


async def on_observation_registered(message: ObservationRegistered, work: UnitOfWork) -> None:
    """What was seen or told waits for triage, under the procedure of today."""
    is_news = await work.find(Case, case_of(message.observation_id)) is None
    await raise_concern(_concern(message, work.opened), work)
    if is_news:
        await tenancies.as_told_before(message, case_of(message.observation_id), work)


async def begin_cases(messages: Sequence[ObservationRegistered], beginning: Beginning) -> None:
    """Before that the vault knows the case."""
    concerns = [_concern(message, beginning.keyring.opened) for message in messages]
    keys = {matter: count + FOR_AN_ORDER for concern in concerns for matter, count in concern.seals[1].items()}
    await beginning.begin([matter for concern in concerns for matter in concern.begins], own_keys=keys)


async def on_place_linked(message: PlaceLinked, work: UnitOfWork) -> None:
    """The case follows its observation to the home; where that was erased meanwhile, there is nowhere to follow it to."""
    home, tenancy, address = work.opened(message.home), work.opened(message.tenancy), work.opened(message.address)
    if home is None or address is None:
        return
    estate_id, estate_name = heard_estate(message, work.opened)
    place = KnownPlace(
        home=UUID(home),
        tenancy=UUID(tenancy) if tenancy else None,
        address=address,
        estate_id=estate_id,
        municipality=heard_municipality(message, work.opened),
        estate_name=estate_name,
        is_small_estate=message.small_estate is not None,
        is_protected=message.protected_municipality is not None,
    )
    case_id = case_of(message.observation_id)
    await note_place(NotePlace(case_id=case_id, place=place), work)
    await tenancies.as_told_before(message, case_id, work)


async def on_place_corrected(message: PlaceCorrected, work: UnitOfWork) -> None:
    """What the ERP had told of whoever it turned out to be about holds for the case too."""
    await tenancies.as_told_before(message, message.case_id, work)


async def begin_facts(messages: Sequence[PlaceCorrected], beginning: Beginning) -> None:
    """Before that the case's keys are at hand, with one for where it is."""
    await beginning.fetch({message.case_id: 1 + FOR_AN_ORDER for message in messages})


async def begin_places(messages: Sequence[PlaceLinked], beginning: Beginning) -> None:
    """Before that the vault knows that the case is about them too, and has a key for where it is."""
    keys: dict[UUID, int] = {}
    for message in messages:
        case_id = case_of(message.observation_id)
        if home := beginning.keyring.opened(message.home):
            await beginning.follow(case_id, MatterKind.CASE, like=message.observation_id, home=UUID(home), why="place_known")
        keys[case_id] = 1 + FOR_AN_ORDER
    await beginning.fetch(keys)


async def on_estate_registered(message: EstateRegistered, work: UnitOfWork) -> None:
    """A procedure is held against the municipalities in which there are estates."""
    await note_estate(NoteEstate(estate_id=message.estate_id, municipality=message.municipality), work)


async def on_notice_failed(message: NoticeFailed, work: UnitOfWork) -> None:
    """Somebody did not hear of a case, or of an observation that has one: its page says to ring instead.

    A notice about something cases does not have is not ours to note.
    """
    for case_id in (message.about, case_of(message.about)):
        if await work.find(Case, case_id) is not None:
            failed = RecordFailedNotice(case_id=case_id, notice_id=message.notice_id, recipient=message.recipient, kind=message.kind)
            await record_failed_notice(failed, work)
            return


async def on_looked(message: Looked, work: UnitOfWork) -> None:
    """Somebody looked elsewhere: it stands in the one log, a look at an observation as one at its case."""
    assert work.received is not None  # noqa: S101  what is heard came in an envelope
    about = case_of(message.about) if message.about and message.look in AT_AN_OBSERVATION else message.about
    work.also(access_log.heard(message, work.received, correlation_id=work.context.correlation_id, about=about))


FOR_AN_ORDER = 1
"""A key for the home of a work order that is taken back, should the ERP have told that the resident is gone."""

CONSUMES: tuple[type[Message], ...] = (
    *intake.MESSAGES, *notifications.MESSAGES, *staff.MESSAGES, *chain.MESSAGES, *looks.MESSAGES, PersonErased,
)  # fmt: skip

REACTIONS: Mapping[type[Message], Reaction] = {
    ObservationRegistered: on_observation_registered,
    PlaceLinked: on_place_linked,
    PlaceCorrected: on_place_corrected,
    EstateRegistered: on_estate_registered,
    NoticeFailed: on_notice_failed,
    staff.ColleagueChanged: hear,
    **watching.HEARS,
    Looked: on_looked,
    **tenancies.REACTIONS,
}

BEGINS: Mapping[type[Message], Begins] = {
    ObservationRegistered: begin_cases,
    PlaceLinked: begin_places,
    PlaceCorrected: begin_facts,
    **tenancies.BEGINS,
}
"""The matters that begin with what intake tells, and the keys of those it is about."""


def _concern(message: ObservationRegistered, opened: Opened) -> RaiseConcern:
    """What intake told; which home it is, and which tenancy, is known until that was erased."""
    home, tenancy = opened(message.home), opened(message.tenancy)
    estate_id, estate_name = heard_estate(message, opened)
    earlier = opened(message.earlier_case)
    return RaiseConcern(
        origin=Origin(
            observation_id=message.observation_id,
            observer=message.observer,
            observed_at=message.observed_at,
            estate_id=estate_id,
            municipality=heard_municipality(message, opened),
            estate_name=estate_name,
            source=message.source,
            how=message.how,
            place=message.place,
            area=message.area,
        ),
        is_small_estate=message.small_estate is not None,
        is_protected=message.protected_municipality is not None,
        home=UUID(home) if home else None,
        tenancy=UUID(tenancy) if tenancy else None,
        signals=message.signals,
        severity=message.severity,
        consent_answer=message.consent_answer,
        consent_wording=message.consent_wording,
        consent_scope=message.consent_scope,
        address=message.address,
        words=message.words,
        earlier_case=UUID(earlier) if earlier else None,
    )
