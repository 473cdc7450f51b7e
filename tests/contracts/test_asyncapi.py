"""The committed contract is the one the published language makes, is valid to the official parser, and is what services keep to."""

from __future__ import annotations

import importlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator

from local.demo.doors import ErpVoice
from services.contract import channels, every_message, files
from shared.ground.provenance import Provenance
from shared.messaging import contract, contract_examples
from shared.messaging.message import Message, envelope_for, written
from shared.messaging.messages import cases, erp
from shared.messaging.messages.cases import CaseAssigned, CaseOpened
from shared.messaging.topics import LOOKS
from tests.support import node
from tests.support.contract import CONTRACTS, FORMATS, assert_in_contract, documents, messages, schema

DOCUMENTS = ("erp.asyncapi.yaml", "services.asyncapi.yaml")
SPEAKERS = {"erpInbound": "erp", "staff": "intake", "erasure": "intake", "reporters": "intake"}
"""Who speaks on a topic that is not called after a service."""
SUBJECT = UUID("a0000000-0000-5000-8000-000000000001")


@cache
def made() -> dict[str, str]:
    """The contract as it is made now; writing so much YAML takes a second."""
    return files()


def test_the_committed_contract_is_what_the_published_language_makes() -> None:
    committed = {
        path.relative_to(CONTRACTS).as_posix(): path.read_text(encoding="utf-8")
        for path in CONTRACTS.rglob("*")
        if path.is_file() and path.name != "README.md"
    }
    assert sorted(committed) == sorted(made())
    changed = [name for name, text in made().items() if committed[name] != text]
    assert changed == [], "run `python -m services.contract` and look at what changed for those who read it"


def test_writing_the_contract_again_removes_what_is_no_longer_said(tmp_path: Path) -> None:
    stale = [tmp_path / "schemas" / "dk.brobygger.cases.forgotten.v1.json", tmp_path / "forgotten.asyncapi.yaml"]
    stale[0].parent.mkdir()
    for file in stale:
        file.write_text("{}")
    contract.write(made(), tmp_path)
    assert not any(file.exists() for file in stale)
    assert len(list(tmp_path.glob("schemas/*.json"))) == len(every_message())


@pytest.mark.processes
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_official_parser_has_nothing_to_say_against_a_document(name: str) -> None:
    node.installed()
    answer = json.loads(node.node("tests/contracts/validate_asyncapi.mjs", f"contracts/{name}"))
    # The document follows AsyncAPI 3.0 by decision (design.md §4); that a newer minor version exists is only information.
    assert [found for found in answer["diagnostics"] if found["code"] != "asyncapi-latest-version"] == []
    assert answer["version"] == "3.0.0"
    said = [message["name"] for message in documents()[name]["components"]["messages"].values()]
    assert sorted(answer["messages"]) == sorted([type, schema(type)["$id"]] for type in said)
    assert sorted(answer["operations"]) == sorted(documents()[name]["operations"])


def test_the_two_documents_say_everything_once() -> None:
    said = [message["name"] for document in documents().values() for message in document["components"]["messages"].values()]
    assert sorted(said) == sorted(message.TYPE for message in every_message())


def test_whoever_connects_an_erp_reads_of_nothing_else() -> None:
    document = documents()["erp.asyncapi.yaml"]
    assert {channel["address"] for channel in document["channels"].values()} == {"erp.inbound", "brobygger.erp"}
    assert set(document["operations"]) == {"intake.receive.erpInbound", "cases.send.erp"}
    assert set(document["components"]["messages"]) == {
        "erp.guardian_appointed.v1",
        "erp.tenancy_changed.v1",
        "erp.tenancy_end_withdrawn.v1",
        "erp.tenancy_ended.v1",
        "erp.tenancy_in_arrears.v1",
        "erp.tenancy_started.v1",
        "erp.tenant_deceased.v1",
        "erp.tenant_deceased_retracted.v1",
        "erp.work_order_cancelled.v1",
        "erp.work_order_requested.v1",
    }


def described() -> dict[str, dict[str, Any]]:
    """Every schema there is: of the data of each message, of what that has in it, and of headers."""
    data = {contract.name_of(message): schema(message.TYPE) for message in every_message()}
    inside = {name: part for each in data.values() for name, part in each.get("$defs", {}).items()}
    return {**data, **inside, **documents()["erp.asyncapi.yaml"]["components"]["schemas"]}


def test_every_field_and_header_is_described() -> None:
    fields = [(f"{of}.{field}", said) for of, schema in described().items() for field, said in schema.get("properties", {}).items()]
    assert [field for field, said in fields if not said.get("description")] == []
    assert all(schema.get("description") for schema in described().values())
    kinds = [{name: {**kind, "examples": []} for name, kind in each["components"]["schemas"].items()} for each in documents().values()]
    assert kinds[0] == kinds[1]


def test_a_list_that_cannot_grow_is_closed_and_one_that_can_says_so() -> None:
    fields = {(name, field): said for name, schema in described().items() for field, said in schema.get("properties", {}).items()}
    assert fields["cases.case_opened.v1", "severity"]["enum"] == ["acute", "high", "medium", "low"]
    assert fields["cases.consent_recorded.v1", "answer"]["enum"] == ["granted", "declined", "not_asked", "not_able", "withdrawn"]
    closed = {field for (_, field), said in fields.items() if "enum" in said and not field.startswith("ce_")}
    assert closed == {"severity", "answer", "consent_answer", "basis"}
    growing = [said.get("items", said) for said in fields.values() if "examples" in said.get("items", said)]
    assert all(said["description"].endswith("More codes may come.") for said in growing)
    assert fields["erp.work_order_requested.v1", "work"]["examples"] == ["damage_service"]


def test_a_reader_takes_a_code_that_no_list_knows() -> None:
    assert CaseOpened.model_validate({**contract_examples.data_of(CaseOpened), "severity": "unheard_of"}).severity == "unheard_of"


def test_nothing_points_to_what_its_readers_do_not_have() -> None:
    assert [name for name, text in made().items() if re.search(r"(domain|design)\.md|decision \d|\bS\d\d?\b", text)] == []


@pytest.mark.processes
def test_the_official_parser_is_really_asked(tmp_path: Path) -> None:
    node.installed()
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("asyncapi: 3.0.0\ninfo: {title: Nothing}\nchannels: {a: {messages: {b: {$ref: '#/components/messages/gone'}}}}\n")
    answer = json.loads(node.node("tests/contracts/validate_asyncapi.mjs", str(wrong)))
    assert answer["version"] is None
    assert any(found["severity"] == 0 for found in answer["diagnostics"])


@pytest.mark.parametrize("message", every_message(), ids=contract.name_of)
def test_every_schema_is_valid_and_tolerates_what_is_added(message: type[Message]) -> None:
    wanted = schema(message.TYPE)
    Draft202012Validator.check_schema(wanted)
    [example] = wanted["examples"]
    validator = Draft202012Validator(wanted, format_checker=FORMATS)
    assert list(validator.iter_errors({**example, "added_later": {"any": ["thing"]}})) == []
    assert list(validator.iter_errors({})) != []


@pytest.mark.parametrize("message", every_message(), ids=contract.name_of)
def test_the_examples_of_headers_and_of_data_keep_to_the_contract(message: type[Message]) -> None:
    [said] = [each for each in messages() if each["name"] == message.TYPE]
    shared, own = said["headers"]["allOf"]
    [headers] = said["components"]["schemas"][shared["$ref"].rpartition("/")[2]]["examples"]
    [data] = schema(message.TYPE)["examples"]
    constant = {name: wanted["const"] for name, wanted in own["properties"].items()}
    carried = {name: value.encode() for name, value in {**headers, **constant}.items()}
    assert_in_contract(carried, headers["ce_subject"], json.dumps(data).encode(), topic=message.TOPIC)


def test_a_type_is_said_on_one_topic_and_names_the_service_that_says_it() -> None:
    for channel in channels():
        for message in channel.messages:
            assert channel.topic == message.TOPIC
            assert message.TYPE.split(".")[2] == SPEAKERS.get(channel.name, channel.name)
        everybody = {"intake", "cases", "notifications", "reporting"}
        # Each says whether its own history holds, and all but the one that keeps the log of looks who looked.
        of_itself = {"brobygger.chain": everybody, LOOKS: everybody - {"cases"}}
        assert set(channel.published) == of_itself[channel.topic] if channel.topic in of_itself else len(channel.published) <= 1
        assert all(set(published) == set(channel.messages) for published in channel.published.values())


@pytest.mark.parametrize("service", ["intake", "cases", "notifications", "reporting"])
def test_a_service_hears_everything_that_is_said_where_it_listens(service: str) -> None:
    """What it did not understand would be put aside, with everything behind it."""
    parts = importlib.import_module(f"services.{service}.app").parts()
    heard = [channel for channel in channels() if service in channel.consumed]
    assert {channel.topic for channel in heard} == set(parts.topics)
    for channel in heard:
        assert set(channel.consumed[service]) == set(channel.messages)


def test_an_erp_is_shown_the_headers_it_really_gets_and_who_says_what() -> None:
    order = erp.WorkOrderRequested(order_id=SUBJECT, unit_id=SUBJECT, work="damage_service")
    got = {name: value.decode() for name, value in written(envelope_for(order, **_of_the_case()), order).headers.items()}
    schemas = documents()["erp.asyncapi.yaml"]["components"]["schemas"]
    [shown], [told] = schemas["brobyggerEvent"]["examples"], schemas["cloudEvent"]["examples"]
    always = {"ce_source", "ce_type", "ce_actor", "ce_actorrole", "ce_classification"}
    assert shown.keys() == got.keys()
    assert {name: shown[name] for name in always} == {name: got[name] for name in always}
    assert told["ce_source"] == "/erp/bakkebo" != shown["ce_source"]


def test_the_erp_of_the_demo_says_what_it_says_under_its_own_name() -> None:
    ended = erp.TenancyEnded(tenancy_id=SUBJECT, ended_on=contract_examples.MOMENT.date())
    envelope = ErpVoice(None, "bakkebo")._envelope(ended, contract_examples.MOMENT)
    assert envelope.source == "/erp/bakkebo"


def _of_the_case() -> dict[str, Any]:
    """What is known where something is said."""
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
    return {"service": "cases", "stream_id": SUBJECT, "version": 4, "provenance": provenance}


def really_written(**changes: Any) -> tuple[dict[str, bytes], bytes, bytes]:
    """A record as the outbox writes it."""
    said = CaseAssigned(case_id=SUBJECT, handler="staff-lead-1")
    record = written(envelope_for(said, **_of_the_case()), said)
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
    with pytest.raises(AssertionError, match="ce_classification: const"):
        assert_in_contract({**headers, "ce_classification": b"confidential"}, key, value)
    with pytest.raises(AssertionError, match="ce_dataschema: const"):
        assert_in_contract({**headers, "ce_dataschema": b"urn:dk:brobygger:cases:case_opened:v1"}, key, value)
    with pytest.raises(AssertionError, match="not in the contract"):
        assert_in_contract({**headers, "ce_type": b"dk.brobygger.cases.unheard_of.v1"}, key, value)


def test_no_message_has_a_field_that_could_name_somebody_in_the_clear() -> None:
    suspicious = {"name", "first_name", "last_name", "email", "phone", "note", "text", "comment", "address", "words", "cpr"}
    for message in every_message():
        for name, field in message.model_fields.items():
            assert name not in suspicious or "Sealed" in str(field.annotation), f"{message.TYPE} says {name} in the clear"


def test_everything_cases_may_say_is_in_the_contract() -> None:
    assert set(cases.MESSAGES) <= set(every_message())
