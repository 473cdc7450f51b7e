"""Every shape in which intake ever stored something can still be loaded, and today's shape is the newest of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import StoredEvent

from services.intake.home.rules import Estate, Tenancy
from services.intake.observation.rules.observation import Observation
from shared.history.event_store import MAPPER

STREAM = UUID("1a000000-0000-5000-8000-000000000001")
KINDS: dict[str, Any] = {
    kind.TOPIC: kind  # type: ignore[attr-defined]
    for aggregate in (Estate, Tenancy, Observation)
    for kind in vars(aggregate).values()
    if isinstance(kind, type) and getattr(kind, "TOPIC", None)
}
NEWEST = {f"{topic}.v{getattr(kind, 'class_version', 1)}" for topic, kind in KINDS.items()}
FILES = sorted((Path(__file__).parent / "stored_events" / "intake").glob("*.json"))


def kept_in(path: Path) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def loaded_from(kept: dict[str, Any]) -> Any:
    state = json.dumps(kept["state"]).encode()
    return MAPPER.to_domain_event(StoredEvent(originator_id=STREAM, originator_version=kept["version"], topic=kept["topic"], state=state))


def test_there_is_a_file_for_every_shape_of_every_event_of_intake() -> None:
    shapes = {f"{topic}.v{v}" for topic, kind in KINDS.items() for v in range(1, getattr(kind, "class_version", 1) + 1)}
    assert {path.stem for path in FILES} == shapes
    assert len(KINDS) == 22


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_was_once_stored_can_still_be_loaded(path: Path) -> None:
    kept = kept_in(path)
    loaded = loaded_from(kept)
    assert type(loaded) is KINDS[kept["topic"]]
    assert {name: str(getattr(loaded, name)) for name in kept["facts"]} == kept["facts"]


@pytest.mark.parametrize("path", [path for path in FILES if path.stem in NEWEST], ids=lambda path: path.stem)
def test_what_is_stored_today_has_the_newest_shape(path: Path) -> None:
    kept = kept_in(path)
    assert json.loads(MAPPER.to_stored_event(loaded_from(kept)).state) == kept["state"]
