"""What the others told us → what we ask of ourselves: an observation becomes a concern, a lost notice is noted on its case."""

from __future__ import annotations

from collections.abc import Mapping

from services.cases.case.commands.concern import RaiseConcern, case_of, raise_concern
from services.cases.case.commands.course import RecordFailedNotice, record_failed_notice
from services.cases.case.rules.case import Case
from shared.history.service import Reaction
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.message import Message
from shared.messaging.messages import intake, notifications
from shared.messaging.messages.intake import ObservationRegistered
from shared.messaging.messages.notifications import NoticeFailed


async def on_observation_registered(said: ObservationRegistered, work: UnitOfWork) -> None:
    """What a caretaker saw waits for triage, under the procedure of today."""
    await raise_concern(
        RaiseConcern(
            observation_id=said.observation_id,
            observer=said.observer,
            observed_at=said.observed_at,
            estate_id=said.estate_id,
            municipality=said.municipality,
            estate_name=said.estate_name,
            home_id=said.home_id,
            tenancy_id=said.tenancy_id,
            signals=said.signals,
            severity=said.severity,
            consent_answer=said.consent_answer,
            consent_wording=said.consent_wording,
            consent_scope=said.consent_scope,
            address=said.address,
            words=said.words,
        ),
        work,
    )


async def on_notice_failed(said: NoticeFailed, work: UnitOfWork) -> None:
    """Somebody did not hear of a case, or of an observation that has one: its page says to ring instead.

    A notice about something cases does not have is not ours to note.
    """
    for case_id in (said.about, case_of(said.about)):
        if await work.find(Case, case_id) is not None:
            failed = RecordFailedNotice(case_id=case_id, notice_id=said.notice_id, recipient=said.recipient, kind=said.kind)
            await record_failed_notice(failed, work)
            return


HEARS: tuple[type[Message], ...] = (*intake.MESSAGES, *notifications.MESSAGES)

REACTIONS: Mapping[type[Message], Reaction] = {
    ObservationRegistered: on_observation_registered,
    NoticeFailed: on_notice_failed,
}
