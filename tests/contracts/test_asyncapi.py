"""The committed contract is the one the published language makes, is valid to the official parser, and is what services keep to."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator

from shared.ground.provenance import Provenance
from shared.messaging import contract, contract_examples
from shared.messaging.message import Message, envelope_for, written
from shared.messaging.messages import cases
from shared.messaging.messages.cases import CaseAssigned
from tests.support import node
from tests.support.contract import CONTRACTS, FORMATS, assert_in_contract, document, schema

SUBJECT = UUID("a0000000-0000-5000-8000-000000000001")


def test_the_committed_contract_is_what_the_published_language_makes() -> None:
    committed = {
        path.relative_to(CONTRACTS).as_posix(): path.read_text(encoding="utf-8")
        for path in CONTRACTS.rglob("*")
        if path.is_file() and path.name != "README.md"
    }
    made = contract.files()
    assert sorted(committed) == sorted(made)
    changed = [name for name in made if committed[name] != made[name]]
    assert changed == [], "run `python -m shared.messaging.contract` and look at what changed for those who read it"


def test_writing_the_contract_again_removes_what_is_no_longer_said(tmp_path: Path) -> None:
    stale = tmp_path / "schemas" / "dk.brobygger.cases.forgotten.v1.json"
    stale.parent.mkdir()
    stale.write_text("{}")
    contract.write(tmp_path)
    assert not stale.exists()
    assert len(list(tmp_path.glob("schemas/*.json"))) == 32


def test_the_official_parser_has_nothing_to_say_against_the_document() -> None:
    node.installed()
    answer = json.loads(node.node("tests/contracts/validate_asyncapi.mjs", "contracts/asyncapi.yaml"))
    # The document follows AsyncAPI 3.0 by decision (design.md §4); that a newer minor version exists is only information.
    said = [
        (found["code"], found["path"], found["message"]) for found in answer["diagnostics"] if found["code"] != "asyncapi-latest-version"
    ]
    assert said == []
    assert answer["version"] == "3.0.0"
    assert sorted(answer["messages"]) == sorted(message.TYPE for message in contract.every_message())
    assert "notifications.receive.cases" in answer["operations"]


def test_the_official_parser_is_really_asked(tmp_path: Path) -> None:
    node.installed()
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("asyncapi: 3.0.0\ninfo: {title: Nothing}\nchannels: {a: {messages: {b: {$ref: '#/components/messages/gone'}}}}\n")
    answer = json.loads(node.node("tests/contracts/validate_asyncapi.mjs", str(wrong)))
    assert answer["version"] is None
    assert any(found["severity"] == 0 for found in answer["diagnostics"])


@pytest.mark.parametrize("message", contract.every_message(), ids=contract.name_of)
def test_every_schema_is_valid_and_tolerates_what_is_added(message: type[Message]) -> None:
    wanted = schema(message.TYPE)
    Draft202012Validator.check_schema(wanted)
    [example] = wanted["examples"]
    validator = Draft202012Validator(wanted, format_checker=FORMATS)
    assert list(validator.iter_errors({**example, "added_later": {"any": ["thing"]}})) == []
    assert list(validator.iter_errors({})) != []


@pytest.mark.parametrize("message", contract.every_message(), ids=contract.name_of)
def test_every_example_of_the_document_keeps_to_the_contract(message: type[Message]) -> None:
    [example] = document()["components"]["messages"][contract.name_of(message)]["examples"]
    headers = {name: value.encode() for name, value in example["headers"].items()}
    assert_in_contract(headers, example["headers"]["ce_subject"], json.dumps(example["payload"]).encode(), topic=message.TOPIC)


def test_a_type_is_said_on_one_topic_and_names_the_service_that_says_it() -> None:
    for channel in contract.CHANNELS:
        for message in channel.messages:
            assert channel.topic == message.TOPIC
            assert message.TYPE.split(".")[2] == {"erpInbound": "erp"}.get(channel.name, channel.name)


@pytest.mark.parametrize("service", ["intake", "cases", "notifications", "reporting"])
def test_the_operations_say_what_each_service_really_hears(service: str) -> None:
    parts = importlib.import_module(f"services.{service}.app").parts()
    promised = {
        channel.topic: {message.TYPE for message in channel.messages} for channel in contract.CHANNELS if service in channel.receivers
    }
    assert {topic for topic in parts.topics} == set(promised)
    for message in parts.consumes:
        assert message.TYPE in promised[message.TOPIC]


def really_written(**changes: Any) -> tuple[dict[str, bytes], bytes, bytes]:
    """A record as the outbox writes it."""
    said = CaseAssigned(case_id=SUBJECT, handler="staff-lead-1")
    provenance = Provenance(
        association="bakkebo",
        actor="staff-lead-1",
        role="social_lead",
        on_behalf_of="",
        happened_at=contract_examples.MOMENT,
        recorded_at=contract_examples.MOMENT,
        purpose="case_work",
        basis="",
        procedure_version="",
        correlation_id="",
        causation_id="",
        traceparent="",
    )
    record = written(envelope_for(said, service="cases", stream_id=SUBJECT, version=4, provenance=provenance), said)
    return {**record.headers, **changes}, str(record.key).encode(), record.value


def test_what_is_really_written_keeps_to_the_contract() -> None:
    assert_in_contract(*really_written(), topic="brobygger.cases")


def test_a_header_of_the_wrong_form_breaks_the_contract_and_its_content_is_not_repeated() -> None:
    headers, key, value = really_written(ce_recordedtime=b"Planted Name 2026")
    with pytest.raises(AssertionError, match="ce_recordedtime: format") as failure:
        assert_in_contract(headers, key, value)
    assert "Planted" not in str(failure.value)


def test_a_missing_header_another_key_another_topic_and_a_missing_field_break_the_contract() -> None:
    headers, key, value = really_written()
    without = {name: content for name, content in headers.items() if name != "ce_actorrole"}
    with pytest.raises(AssertionError, match="required"):
        assert_in_contract(without, key, value)
    with pytest.raises(AssertionError, match="not its subject"):
        assert_in_contract(headers, b"another", value)
    with pytest.raises(AssertionError, match="another topic"):
        assert_in_contract(headers, key, value, topic="brobygger.intake")
    with pytest.raises(AssertionError, match="data of"):
        assert_in_contract(headers, key, b"{}")
    with pytest.raises(AssertionError, match="not in the contract"):
        assert_in_contract({**headers, "ce_type": b"dk.brobygger.cases.unheard_of.v1"}, key, value)


def test_no_message_has_a_field_that_could_name_somebody_in_the_clear() -> None:
    suspicious = {"name", "first_name", "last_name", "email", "phone", "note", "text", "comment", "address", "words", "cpr"}
    for message in contract.every_message():
        for name, field in message.model_fields.items():
            assert name not in suspicious or "Sealed" in str(field.annotation), f"{message.TYPE} says {name} in the clear"


def test_everything_cases_may_say_is_in_the_contract() -> None:
    assert set(cases.MESSAGES) <= set(contract.every_message())
