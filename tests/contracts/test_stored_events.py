"""Every shape in which an event was ever stored can still be loaded, and today's shape is the newest of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import StoredEvent
from eventsourcing.utils import get_topic

from services.cases.case.rules.case import Case
from services.cases.glass.rules import Glass
from services.cases.procedure.rules.adoption import Procedure
from services.cases.redaction.rules import Redaction
from services.cases.spot_check.rules import SpotCheck
from services.intake.erasure.rules.erasure import Erasure
from services.intake.home.rules.estate import Estate
from services.intake.home.rules.tenancy import Tenancy
from services.intake.observation.rules.observation import Observation
from services.intake.reporter.rules.reporter import Reporter
from services.intake.staff.rules.colleague import Colleague
from services.notifications.notification.rules import Notice
from services.reporting.trends.rules.publication import Publication
from shared.history.aggregate import Event
from shared.history.event_store import MAPPER
from tests.support.shapes import assert_in_order, lines_of

STREAM = UUID("c0000000-0000-5000-8000-000000000001")
SERVICES: dict[str, tuple[type, ...]] = {
    "cases": (Case, Glass, Procedure, Redaction, SpotCheck),
    "intake": (Colleague, Erasure, Estate, Tenancy, Observation, Reporter),
    "notifications": (Notice,),
    "reporting": (Publication,),
}
KINDS: dict[str, dict[str, Any]] = {
    service: {
        get_topic(kind): kind
        for aggregate in aggregates
        for kind in vars(aggregate).values()
        if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
    }
    for service, aggregates in SERVICES.items()
}
KIND = {topic: kind for kinds in KINDS.values() for topic, kind in kinds.items()}


@dataclass(frozen=True)
class Shape:
    """An event as it was once stored, and facts it told."""

    topic: str
    version: int
    state: dict[str, Any]
    facts: dict[str, str]

    @property
    def name(self) -> str:
        return f"{self.topic}.v{self.state.get('class_version', 1)}"

    def loaded(self) -> Any:
        state = json.dumps(self.state).encode()
        return MAPPER.to_domain_event(StoredEvent(originator_id=STREAM, originator_version=self.version, topic=self.topic, state=state))


BEGAN_ANEW = {
    "case.concern_raised": 3,
    "case.damage_service_ordered": 2,
    "notice.requested": 4,
    "observation.registered": 3,
    "tenancy.end_heard_first": 2,
    "tenancy.ended": 2,
    "tenancy.start_heard_later": 2,
    "tenancy.start_moved": 2,
    "tenancy.started": 2,
}
"""The oldest shape of those that held ids of homes and tenancies in the clear: the histories they stood in were written anew."""

KEPT = {service: [Shape(**line) for line in lines_of(f"stored_events/{service}")] for service in SERVICES}
SHAPES = {shape.name: shape for shapes in KEPT.values() for shape in shapes}


def newest(topic: str) -> int:
    return int(getattr(KIND[topic], "class_version", 1))


@pytest.mark.parametrize("service", SERVICES)
def test_there_is_a_line_for_every_shape_of_every_event(service: str) -> None:
    names = [shape.name for shape in KEPT[service]]
    shapes = {f"{topic}.v{version}" for topic in KINDS[service] for version in range(BEGAN_ANEW.get(topic, 1), newest(topic) + 1)}
    assert set(names) == shapes, f"tests/contracts/stored_events/{service}.jsonl has a line for each"
    assert_in_order(names)


def test_every_event_is_found() -> None:
    assert len(KINDS["cases"]) > 30
    assert len(KINDS["intake"]) == 61
    assert set(KINDS["notifications"]) == {
        "notice.requested",
        "notice.case_moved",
        "notice.sent",
        "notice.attempt_failed",
        "notice.failed",
        "notice.withdrawn",
    }
    assert set(KINDS["reporting"]) == {"publication.begun", "publication.policy_adopted", "publication.month_released"}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_what_was_once_stored_can_still_be_loaded(shape: Shape) -> None:
    loaded = shape.loaded()
    assert type(loaded) is KIND[shape.topic]
    assert {name: str(getattr(loaded, name)) for name in shape.facts} == shape.facts


@pytest.mark.parametrize("name", [f"{topic}.v{newest(topic)}" for topic in KIND])
def test_what_is_stored_today_has_the_newest_shape(name: str) -> None:
    shape = SHAPES[name]
    assert json.loads(MAPPER.to_stored_event(shape.loaded()).state) == shape.state


def test_a_triage_from_before_there_were_categories_is_about_something_else() -> None:
    before = SHAPES["case.triaged.v1"]
    assert "category" not in before.state
    assert "class_version" not in before.state
    assert before.loaded().category == "other"


@pytest.mark.parametrize("version", [1, 2])
def test_a_move_takes_effect_on_its_day_also_where_the_day_stood_in_the_clear(version: int) -> None:
    moved = SHAPES[f"case.resident_moved.v{version}"].loaded()
    assert moved.takes_effect == datetime(2026, 3, 2, 23, tzinfo=UTC)
    assert isinstance(moved.on, str) == (version == 1)


@pytest.mark.parametrize("version", [1, 2])
def test_a_triage_from_before_it_started_a_clock_starts_none(version: int) -> None:
    assert SHAPES[f"case.triaged.v{version}"].loaded().contact_due is None


@pytest.mark.parametrize(
    ("recipient", "wording", "read_as"),
    [
        ("office", "doer-1", "others"),
        ("office", "mundtlig-1", "office"),
        ("office", "", "office"),
        ("municipal.visitation", "doer-1", "municipal.visitation"),
    ],
    ids=["the words asked about others", "the words asked about the office", "nobody knows the words", "somebody was named"],
)
@pytest.mark.parametrize("version", [1, 2])
def test_a_no_that_named_nobody_is_about_what_its_words_asked(version: int, recipient: str, wording: str, read_as: str) -> None:
    before = SHAPES[f"case.consent_declined.v{version}"]
    assert replace(before, state=before.state | {"recipient": recipient, "wording": wording}).loaded().recipient == read_as
