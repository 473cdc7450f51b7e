"""Every shape in which a fact about a notice was ever stored can still be loaded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import StoredEvent
from eventsourcing.utils import get_topic

from services.notifications.notification.rules import Notice
from shared.history.aggregate import Event
from shared.history.event_store import MAPPER

STORED = Path(__file__).parent / "stored_events"
NOTICE = UUID("d0000000-0000-4000-8000-000000000001")
TOPICS = {"notice.requested", "notice.sent", "notice.attempt_failed", "notice.failed"}


def test_there_is_a_file_for_every_fact() -> None:
    kinds = {kind for kind in vars(Notice).values() if isinstance(kind, type) and issubclass(kind, Event)} - {Event}
    facts = {get_topic(kind) for kind in kinds}
    assert facts == TOPICS
    assert {path.stem.rpartition(".v")[0] for path in STORED.glob("*.json")} == TOPICS


@pytest.mark.parametrize("path", sorted(STORED.glob("*.json")), ids=lambda path: path.stem)
def test_what_was_once_stored_can_still_be_loaded(path: Path) -> None:
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    stored = StoredEvent(
        originator_id=NOTICE, originator_version=kept["version"], topic=kept["topic"], state=json.dumps(kept["state"]).encode()
    )
    loaded: Any = MAPPER.to_domain_event(stored)
    assert {name: str(getattr(loaded, name)) for name in kept["facts"]} == kept["facts"]
