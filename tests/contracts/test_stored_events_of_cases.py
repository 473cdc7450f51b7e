"""Every shape in which a case or its procedure was ever stored can still be loaded, and today's shape is the newest of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import StoredEvent

from services.cases.case.rules.case import Case
from services.cases.procedure.rules.adoption import Procedure
from shared.history.event_store import MAPPER

STORED = Path(__file__).parent / "stored_events" / "cases"
CASE = UUID("c0000000-0000-5000-8000-000000000001")
KINDS: dict[str, Any] = {
    topic: kind
    for happens in (Case, Procedure)
    for kind in vars(happens).values()
    if isinstance(kind, type) and (topic := getattr(kind, "TOPIC", ""))
}
NEWEST = {f"{topic}.v{getattr(kind, 'class_version', 1)}" for topic, kind in KINDS.items()}
FILES = sorted(STORED.glob("*.json"))


def kept_in(path: Path) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def loaded_from(kept: dict[str, Any]) -> Any:
    return MAPPER.to_domain_event(
        StoredEvent(originator_id=CASE, originator_version=kept["version"], topic=kept["topic"], state=json.dumps(kept["state"]).encode())
    )


def test_there_is_a_file_for_every_shape_of_every_event() -> None:
    shapes = {f"{topic}.v{v}" for topic, kind in KINDS.items() for v in range(1, getattr(kind, "class_version", 1) + 1)}
    assert {path.stem for path in FILES} == shapes
    assert len(KINDS) > 30


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


def test_a_triage_from_before_there_were_categories_is_about_something_else() -> None:
    kept = kept_in(STORED / "case.triaged.v1.json")
    assert "category" not in kept["state"]
    assert "class_version" not in kept["state"]
    assert loaded_from(kept).category == "other"
    assert kept_in(STORED / "case.triaged.v2.json")["state"]["class_version"] == 2


@pytest.mark.parametrize("version", [1, 2])
def test_a_triage_from_before_it_started_a_clock_starts_none(version: int) -> None:
    assert loaded_from(kept_in(STORED / f"case.triaged.v{version}.json")).contact_due is None
