"""Every shape in which the first release, and the code since, stored an event or said a message becomes one of today when it is moved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import StoredEvent

from shared.history.event_store import MAPPER
from shared.history.first_release import OldEvent
from shared.messaging.first_release import TYPES, OldMessage, bring_up_to_date, message_ids
from shared.messaging.message import MessageRegistry
from shared.messaging.messages import cases, erp, intake
from shared.privacy.first_release import Anew
from shared.privacy.personal import Sealed
from tests.support.release.opened import parts_of

pytestmark = pytest.mark.quick
KEPT = Path(__file__).with_name("first_release")
OLD = UUID("018f0000-0000-7000-8000-0000000000a1")
NEW = UUID("c0000000-0000-4000-8000-0000000000a1")
CASE = UUID("c0000000-0000-4000-8000-000000000001")
ORDER, ORDERED = UUID("0d000000-0000-7000-8000-000000000001"), UUID("0d000000-0000-4000-8000-00000000000f")
HOME = UUID("87e43bae-4515-5484-9404-4accd97f4c39")
REGISTRY = MessageRegistry((*intake.MESSAGES, *cases.MESSAGES, erp.WorkOrderRequested))


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (KEPT / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


EVENTS = [
    pytest.param(service, line, id=f"{line['topic']}.v{line['state'].get('class_version', 1)}")
    for service in ("intake", "cases", "notifications")
    for line in _lines(service)
]


@pytest.mark.parametrize(("service", "line"), EVENTS)
def test_an_event_is_one_of_today_and_tells_what_it_told_but_no_id_in_the_clear(service: str, line: dict[str, Any]) -> None:
    known = parts_of(service).first_release
    assert known is not None
    state = MAPPER.transcoder.decode(json.dumps(line["state"]).encode())
    stream = OLD if line["topic"].startswith("tenancy") else CASE
    event = OldEvent(stream, line["version"], "bakkebo", line["topic"], datetime(2026, 3, 3, tzinfo=UTC), state, NEW)
    assert event.class_version < known.old[event.topic]
    known.write_anew(event, _opened, {OLD: NEW})
    assert event.class_version == known.old[event.topic]
    sealed = {name: _sealed(value) for name, value in event.state.items() if isinstance(value, Anew)}
    text = MAPPER.transcoder.encode({**event.state, **sealed})
    now: Any = MAPPER.to_domain_event(StoredEvent(originator_id=NEW, originator_version=event.version, topic=event.topic, state=text))
    told = {name: value for name, value in line["facts"].items() if name not in ("home_id", "tenancy_id", "unit_id")}
    for name, value in told.items():
        if name not in sealed:
            assert str(getattr(now, name)) == value
    for gone in ("home_id", "tenancy_id", "unit_id"):
        if id := line["facts"].get(gone):
            assert UUID(id).hex.encode() not in text.replace(b"-", b"")
            if event.topic != "tenancy.ended":  # which home it was, its start tells
                assert id in {value.text for value in event.state.values() if isinstance(value, Anew)}


def test_an_end_that_moved_before_the_start_was_heard_tells_no_id() -> None:
    known = parts_of("intake").first_release
    assert known is not None
    assert "tenancy.end_moved_before_start" not in known.old


@pytest.mark.parametrize("line", [pytest.param(line, id=line["headers"]["ce_type"]) for line in _lines("messages")])
def test_a_message_is_one_of_today(line: dict[str, Any]) -> None:
    kind = line["headers"]["ce_type"]
    old = UUID(line["value"].get("tenancy_id") or str(OLD))
    before, after = message_ids(old, 1, kind, now=NEW)
    about_tenancy = "tenancy" in kind
    headers = line["headers"] | ({"ce_id": str(before), "ce_subject": str(old)} if about_tenancy else {})
    said = _brought_up_to_date(headers, line["value"], {old: NEW} if about_tenancy else {})
    assert said["ce_type"] == TYPES[kind]
    assert not {"home_id", "tenancy_id"} & said.keys()
    if about_tenancy:
        assert (said["ce_id"], said["ce_subject"], said["matter_id"]) == (str(after), str(NEW), str(NEW))


def test_a_concern_tells_its_home_sealed_for_the_case() -> None:
    raised = next(json.loads(line) for line in _messages_of_today() if '"dk.brobygger.cases.concern_raised.v1"' in line)
    value = {name: what for name, what in raised["value"].items() if name != "home"} | {"home_id": str(HOME)}
    said = _brought_up_to_date(raised["headers"], value, {})
    assert said["ce_type"] == cases.ConcernRaised.TYPE
    assert "home_id" not in said
    assert said["home"]["of"].endswith("/home")


def test_an_order_outside_keeps_its_id_and_leads_nowhere_and_inside_it_has_another() -> None:
    envelope = {"ce_type": erp.WorkOrderRequested.TYPE, "ce_subject": str(ORDER), "ce_correlationid": "x", "ce_traceparent": "y"}
    outside = OldMessage(envelope, str(ORDER), {"order_id": str(ORDER), "unit_id": str(HOME), "work": "damage_service"})
    inside = OldMessage({"ce_type": cases.DamageServiceOrdered.TYPE}, str(CASE), {"case_id": str(CASE), "order_id": str(ORDER)})
    for message in (outside, inside):
        bring_up_to_date(message, _opened, {ORDER: ORDERED})
    assert outside.data["order_id"] == outside.key == str(ORDER)
    assert outside.headers == {"ce_type": erp.WorkOrderRequested.TYPE, "ce_subject": str(ORDER)}
    assert inside.data["order_id"] == str(ORDERED)


def _brought_up_to_date(headers: Mapping[str, str], value: dict[str, Any], ids: Mapping[UUID, UUID]) -> dict[str, Any]:
    """The message as it is said now, which its readers understand: its headers and what it tells."""
    message = OldMessage(dict(headers), headers["ce_subject"], dict(value))
    bring_up_to_date(message, _opened, ids)
    sealed = {name: _json(_sealed(each)) for name, each in message.data.items() if isinstance(each, Anew)}
    said = {**message.data, **sealed}
    raw = [(name, text.encode()) for name, text in message.headers.items()]
    REGISTRY.read(headers=raw, key=(message.key or "").encode(), value=json.dumps(said).encode())
    return {**message.headers, **said}


def _messages_of_today() -> list[str]:
    return Path(__file__).with_name("messages.jsonl").read_text(encoding="utf-8").splitlines()


def _opened(sealed: Sealed | None) -> str | None:
    return None if sealed is None else f"what was in {sealed.of}"


def _sealed(value: Anew) -> Sealed:
    return Sealed(subject=value.key, of=value.of, box="AAAA")


def _json(sealed: Sealed) -> dict[str, str]:
    return {"subject": str(sealed.subject), "of": sealed.of, "box": sealed.box}
