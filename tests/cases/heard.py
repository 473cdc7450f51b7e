"""Messages as the others would have said them, on their way into cases."""

from __future__ import annotations

from uuid import UUID, uuid4

from shared.ground.provenance import Provenance
from shared.messaging.inbox import Record
from shared.messaging.message import Message, envelope_for, written
from shared.messaging.messages.intake import ObservationRegistered
from shared.messaging.messages.notifications import NoticeFailed
from shared.privacy.personal import Personal, Sealed
from tests.cases.case.story import ADDRESS, CARETAKER, HOME, HOME_SEALED, LEAD, NOTICE, OBSERVATION, SEEN_AT
from tests.support.services import ASSOCIATION, NOW, Running, keys_for

CASE_OF_OBSERVATION = UUID("4c101132-1940-5e1b-a548-a6dc2a14f895")
"""Follows from the observation; once deployed it never changes."""

REGISTERED = ObservationRegistered(
    observation_id=OBSERVATION,
    observer=CARETAKER,
    observed_at=SEEN_AT,
    estate_name="Nøddekrattet",
    estate_id="estate-1",
    municipality="bakkelund",
    home=HOME_SEALED,
    tenancy=None,
    signals=("home.hoarding", "self.neglect"),
    severity="high",
    consent_answer="granted",
    consent_wording="2026-1",
    consent_scope=("pest_control", "municipal.visitation", "damage_service"),
    address=ADDRESS,
)


def registered_as(observation: UUID) -> ObservationRegistered:
    """Another observation, with what is sealed in it under keys of its own."""
    address = Sealed(observation, "observation/address", "c2VhbGVk")
    return REGISTERED.model_copy(update={"observation_id": observation, "address": address, "home": None})


async def registered_at(running: Running, home: UUID = HOME) -> ObservationRegistered:
    """The same with a home that can be opened."""
    keys = await keys_for(running, OBSERVATION)
    return REGISTERED.model_copy(update={"home": keys.seal(Personal(OBSERVATION, str(home)), of="observation/home")})


NOT_ARRIVED = NoticeFailed(notice_id=NOTICE, recipient=LEAD, kind="case_opened", about=CASE_OF_OBSERVATION, reason="server_away")


def record(message: Message, *, stream_id: UUID = OBSERVATION, version: int = 1, association: str = ASSOCIATION) -> Record:
    """One Kafka record; the same `version` of the same stream is the same message."""
    service = message.TYPE.split(".")[2]
    provenance = Provenance(
        association=association,
        actor=CARETAKER,
        role="caretaker",
        on_behalf_of="",
        happened_at=SEEN_AT,
        recorded_at=NOW,
        purpose="own_observation",
        basis="",
        procedure_version="",
        correlation_id=str(uuid4()),
        causation_id="",
        traceparent="",
    )
    kafka = written(envelope_for(message, service=service, stream_id=stream_id, version=version, provenance=provenance), message)
    return Record(message.TOPIC, 0, version, str(stream_id).encode(), tuple(kafka.headers.items()), kafka.value)
