"""Messages as cases would have said them, on their way into notifications."""

from __future__ import annotations

from uuid import UUID, uuid4

from shared.ground.provenance import Provenance
from shared.messaging.inbox import Record
from shared.messaging.message import Message, envelope_for, written
from tests.support.services import ASSOCIATION, NOW

CASE = UUID("c0000000-0000-4000-8000-000000000001")
OBSERVATION = UUID("0b000000-0000-4000-8000-000000000001")
LEAD = "staff-social-lead-1"
CARETAKER = "staff-caretaker-1"
HANDLER = "staff-social-caretaker-1"


def record(message: Message, *, actor: str = LEAD, version: int = 1, case_id: UUID = CASE) -> Record:
    """One Kafka record; the same `version` of the same case is the same message."""
    provenance = Provenance(
        association=ASSOCIATION,
        actor=actor,
        role="social_lead",
        on_behalf_of="",
        happened_at=NOW,
        recorded_at=NOW,
        purpose="case_work",
        basis="",
        procedure_version="2026-1",
        correlation_id=str(uuid4()),
        causation_id="",
        traceparent="",
    )
    kafka = written(
        envelope_for(message, service=message.TYPE.split(".")[2], stream_id=case_id, version=version, provenance=provenance), message
    )
    return Record(message.TOPIC, 0, version, str(case_id).encode(), tuple(kafka.headers.items()), kafka.value)
