"""Every message ever said can still be read; what is written is read as it was; what cannot be read is unreadable and nothing else."""

from __future__ import annotations

import json
import traceback
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo

from services.contract import every_message
from shared.ground.errors import Unreadable
from shared.messaging import contract_examples
from shared.messaging.contract import dataschema_of, name_of
from shared.messaging.message import (
    MOST_HEADER_BYTES,
    MOST_VALUE_BYTES,
    Envelope,
    Message,
    MessageRegistry,
    in_binary_mode,
    written,
)
from shared.messaging.messages.cases import CaretakerInformed, CaseAssigned, DeadlineMissed, FollowUpPlanned, ReferralSilent
from shared.privacy.personal import Sealed
from tests.support.properties import times
from tests.support.shapes import assert_in_order, lines_of

SNAPSHOTS = {line["headers"]["ce_type"]: line for line in lines_of("messages")}
"""What was once said, as it was."""
LANGUAGE = MessageRegistry(every_message())
SECRET = "Planted Person, Hidden Street 1"


def record(message: type[Message] = CaseAssigned) -> tuple[dict[str, bytes], bytes, dict[str, Any]]:
    """A record in pieces, to break one of them."""
    kept = SNAPSHOTS[message.TYPE]
    return {name: value.encode() for name, value in kept["headers"].items()}, kept["key"].encode(), kept["value"]


def read(headers: dict[str, bytes], key: bytes | None, value: Any) -> Any:
    body = value if isinstance(value, bytes) or value is None else json.dumps(value).encode()
    return LANGUAGE.read(headers=headers.items(), key=key, value=body)


def unreadable(headers: dict[str, bytes], key: bytes | None, value: Any) -> str:
    """The code of the refusal, after seeing that nothing of the content comes with it, not even in a traceback."""
    with pytest.raises(Unreadable) as refused:
        read(headers, key, value)
    told = str(refused.value) + refused.value.reason + "".join(traceback.format_exception(refused.value))
    assert SECRET not in told
    return refused.value.code


def said_today(message: type[Message]) -> dict[str, Any]:
    """What becomes its line."""
    source = f"/brobygger/bakkebo/{message.TYPE.split('.')[2]}"
    headers = contract_examples.headers_of(message, source=source, dataschema=dataschema_of(message))
    return {"headers": headers, "key": headers["ce_subject"], "value": contract_examples.data_of(message)}


def _seals(message: type[Message]) -> bool:
    return any(field.annotation in (Sealed, Sealed | None) for field in message.model_fields.values())


def test_there_is_a_snapshot_for_every_message_and_no_other() -> None:
    new = [json.dumps(said_today(message)) for message in every_message() if message.TYPE not in SNAPSHOTS]
    assert not new, "tests/contracts/messages.jsonl needs\n" + "\n".join(new)
    assert set(SNAPSHOTS) == {message.TYPE for message in every_message()}
    assert_in_order([line["headers"]["ce_type"] for line in lines_of("messages")])


@pytest.mark.parametrize("message", every_message(), ids=name_of)
def test_what_was_once_said_can_still_be_read(message: type[Message]) -> None:
    headers, key, value = record(message)
    heard = read(headers, key, value)
    assert type(heard.message) is message
    told = heard.message.model_dump(mode="json")
    assert {name: told[name] for name in value} == value
    assert heard.envelope.subject == "02d6cc47-2f11-5b8f-8fdf-9ace74e73dfa"
    assert heard.envelope.recorded_at == datetime(2026, 3, 3, 9, 12, 4, tzinfo=UTC)


@pytest.mark.parametrize("message", [each for each in every_message() if _seals(each)], ids=name_of)
def test_a_message_with_something_sealed_names_its_matter_and_everything_by_its_name(message: type[Message]) -> None:
    assert message.SEALED_OF in message.model_fields or message.SEALED_KIND
    assert set(message.SEALED_AS) <= set(message.model_fields)


@pytest.mark.parametrize("message", every_message(), ids=name_of)
def test_fields_that_are_not_known_yet_are_tolerated(message: type[Message]) -> None:
    headers, key, value = record(message)
    heard = read({**headers, "ce_addedlater": b"x", "other": b"y"}, key, {**value, "added_later": {"deep": [1, None, "x"]}})
    assert heard == read(headers, key, value)


def test_a_header_is_found_whatever_its_case() -> None:
    headers, key, value = record()
    assert read({name.upper(): content for name, content in headers.items()}, key, value) == read(headers, key, value)


@pytest.mark.parametrize("header", ["ce_id", "ce_type", "ce_source", "ce_specversion"])
def test_without_what_makes_a_cloudevent_it_is_none(header: str) -> None:
    headers, key, value = record()
    assert unreadable({name: content for name, content in headers.items() if name != header}, key, value) == "not-a-cloudevent"
    assert unreadable({**headers, header: b""}, key, value) == "not-a-cloudevent"


def test_without_any_header_it_is_no_cloudevent() -> None:
    assert unreadable({}, None, {"note": SECRET}) == "not-a-cloudevent"


def test_another_version_of_cloudevents_is_not_read() -> None:
    headers, key, value = record()
    assert unreadable({**headers, "ce_specversion": b"2.0"}, key, value) == "not-a-cloudevent"


@pytest.mark.parametrize("value", [None, b""])
def test_a_record_without_a_value_says_nothing(value: bytes | None) -> None:
    headers, key, _ = record()
    assert unreadable(headers, key, value) == "malformed"


@pytest.mark.parametrize(
    "value",
    [
        SECRET.encode(),
        b"{" + SECRET.encode(),
        b"\xff\xfe\xfa" + SECRET.encode(),
        SECRET.encode("utf-16"),
        b"[" * 100_000,
        b'{"case_id": ' + b"[" * 100_000,
        b"null",
        b"[]",
        b"3",
        b'"' + SECRET.encode() + b'"',
        b'{"handler": ' + b"9" * 5000 + b"}",
    ],
    ids=["text", "broken", "not-utf8", "utf16", "deep", "deep-inside", "null", "list", "number", "string", "endless-number"],
)
def test_what_is_not_a_json_object_is_unreadable(value: bytes) -> None:
    headers, key, _ = record()
    assert unreadable(headers, key, value) in {"malformed", "not-a-cloudevent"}


@pytest.mark.parametrize("content_type", [b"text/plain", b"application/xml", b"application/octet-stream", b""])
def test_a_value_that_calls_itself_something_else_is_read_as_json_or_not_at_all(content_type: bytes) -> None:
    headers, key, _ = record()
    assert unreadable({**headers, "content-type": content_type}, key, f"<note>{SECRET}</note>".encode()) in {
        "malformed",
        "not-a-cloudevent",
    }
    assert unreadable({**headers, "content-type": content_type}, key, b"[" * 100_000) in {"malformed", "not-a-cloudevent"}


def test_an_unknown_type_is_unreadable_and_its_name_is_not_repeated() -> None:
    headers, key, value = record()
    assert unreadable({**headers, "ce_type": f"dk.brobygger.cases.{SECRET}.v1".encode()}, key, value) == "unknown-type"
    assert unreadable({**headers, "ce_type": SECRET.encode()}, key, value) == "unknown-type"


def test_an_unknown_major_version_is_told_from_an_unknown_type() -> None:
    headers, key, value = record()
    assert unreadable({**headers, "ce_type": b"dk.brobygger.cases.case_assigned.v2"}, key, value) == "unknown-version"
    assert unreadable({**headers, "ce_type": f"dk.brobygger.cases.case_assigned.v2-{SECRET}".encode()}, key, value) == "unknown-version"
    assert unreadable({**headers, "ce_type": f"dk.brobygger.cases.case_assigned.v{SECRET}".encode()}, key, value) == "unknown-type"


@pytest.mark.parametrize("value", [None, b"", b"{", b"x" * (MOST_VALUE_BYTES + 1)], ids=["nothing", "empty", "no-json", "too-large"])
def test_what_is_of_an_unknown_type_is_so_whatever_it_holds(value: bytes | None) -> None:
    headers, key, _ = record()
    assert unreadable({**headers, "ce_type": b"dk.erp.arrears_reminder_sent.v1"}, key, value) == "unknown-type"


@pytest.mark.parametrize("header", ["ce_id", "ce_subject", "ce_actor", "ce_association", "other"])
@pytest.mark.parametrize("content", [b"\xff\xfe", b"x\x00y", b"x" * (MOST_HEADER_BYTES + 1)], ids=["not-utf8", "nul", "too-long"])
def test_a_header_that_cannot_be_kept_is_unreadable(header: str, content: bytes) -> None:
    headers, key, value = record()
    assert unreadable({**headers, header: content}, key, value) == "not-a-cloudevent"


def test_a_header_without_a_value_is_unreadable() -> None:
    headers, key, value = record()
    assert unreadable({**headers, "ce_actor": None}, key, value) == "not-a-cloudevent"  # type: ignore[dict-item]


@pytest.mark.parametrize("time", ["2026-03-03T09:12:04.123456789Z", "2026-03-03t09:12:04z", "2026-03-03T10:12:04+01:00"])
def test_a_time_may_be_written_as_the_standard_lets_it_be(time: str) -> None:
    headers, key, value = record()
    heard = read({**headers, "ce_time": time.encode()}, key, value)
    assert heard.envelope.time.replace(microsecond=0) == datetime(2026, 3, 3, 9, 12, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "time", ["", "yesterday", "2026-03-03T09:12:00", "2026-03-03", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
@pytest.mark.parametrize("header", ["ce_time", "ce_recordedtime"])
def test_a_time_that_is_no_moment_is_unreadable(header: str, time: str) -> None:
    headers, key, value = record()
    assert unreadable({**headers, header: time.encode()}, key, value) in {"malformed", "not-a-cloudevent"}


def test_without_the_time_it_was_recorded_it_is_malformed() -> None:
    headers, key, value = record()
    assert unreadable({name: content for name, content in headers.items() if name != "ce_recordedtime"}, key, value) == "malformed"


def test_without_a_time_it_happened_when_it_was_recorded() -> None:
    headers, key, value = record()
    heard = read({name: content for name, content in headers.items() if name != "ce_time"}, key, value)
    assert heard.envelope.time == datetime(2026, 3, 3, 9, 12, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "change",
    [
        {"handler": None},
        {"handler": 7},
        {"handler": ["x"]},
        {"case_id": SECRET},
        {"case_id": None},
        {"handler": "nul \x00 inside"},
        {"handler": "half a letter \ud800"},
        {"added_later": "nul \x00 inside"},
        {"added_later": {"nul \x00": 1}},
        {"added_later": [float("nan")]},
        {"added_later": float("inf")},
        {"added_later": 2**63},
    ],
    ids=lambda change: "-".join(change),
)
def test_data_of_the_wrong_form_is_malformed(change: dict[str, Any]) -> None:
    headers, key, value = record()
    assert unreadable(headers, key, {**value, **change}) == "malformed"


def test_a_moment_without_an_offset_inside_the_data_is_malformed() -> None:
    headers, key, value = record(DeadlineMissed)
    assert unreadable(headers, key, {**value, "due": "2026-03-03T09:12:00"}) == "malformed"


def test_the_reason_names_the_fields_that_are_wrong_and_not_what_stood_in_them() -> None:
    headers, key, value = record(ReferralSilent)
    with pytest.raises(Unreadable) as refused:
        read(headers, key, {**value, "step": SECRET, "referral_id": SECRET})
    assert refused.value.reason == (
        "Beskeden af typen dk.brobygger.cases.referral_silent.v1 mangler felter eller har felter af forkert form (referral_id, step)."
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ce_id": b""}, "der mangler ce_id"),
        ({"ce_type": b"", "ce_source": b""}, "der mangler ce_source, ce_type"),
        ({"ce_subject": b"x" * (MOST_HEADER_BYTES + 1)}, "ce_subject er længere end 1024 byte"),
        ({"ce_actor": "Åse".encode("cp1252")}, "ce_actor er ikke tekst i UTF-8"),
        ({SECRET: b"\xff"}, "en header, som ikke er vores, er ikke tekst i UTF-8"),
        ({"ce_specversion": b"2.0"}, "en af dens headere har en forkert form (ce_specversion skal være 1.0, ce_time et tidspunkt)"),
    ],
)
def test_the_reason_says_what_keeps_a_record_from_being_an_event(change: dict[str, bytes], said: str) -> None:
    headers, key, value = record()
    assert reason({**headers, **change}, key, json.dumps(value).encode()) == f"Beskeden er ikke en gyldig CloudEvent: {said}."


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (b"\xff", b"{}", "dens nøgle er ikke tekst i UTF-8"),
        (b"x", '{"a": "Åse"}'.encode("cp1252"), "indholdet er ikke tekst i UTF-8"),
        (b"x", b"{broken", "indholdet er ikke JSON"),
    ],
)
def test_the_reason_says_whether_it_is_the_encoding_or_the_json(key: bytes, value: bytes, said: str) -> None:
    headers, _, _ = record()
    assert reason(headers, key, value) == f"Beskeden er ikke en gyldig CloudEvent: {said}."


def reason(headers: dict[str, bytes], key: bytes, value: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        LANGUAGE.read(headers=headers.items(), key=key, value=value)
    assert SECRET not in refused.value.reason
    return refused.value.reason


def structured(headers: dict[str, bytes], value: dict[str, Any]) -> bytes:
    """The same event as one JSON (CloudEvents 1.0.2, JSON format)."""
    attributes = {name.removeprefix("ce_"): content.decode() for name, content in headers.items() if name.startswith("ce_")}
    return json.dumps({**attributes, "datacontenttype": "application/json", "data": value}).encode()


@pytest.mark.parametrize("content_type", [b"application/cloudevents+json", b"application/cloudevents+json; charset=utf-8"])
def test_an_event_in_structured_mode_is_the_same_event(content_type: bytes) -> None:
    headers, key, value = record()
    as_binary, content = in_binary_mode((("content-type", content_type),), structured(headers, value))
    assert content is not None
    assert read(dict(as_binary), key, json.loads(content)) == read(headers, key, value)


@pytest.mark.parametrize("broken", [b"{", b"[]", b"{}", b'{"data": 3}', b"[" * 50_000, b"\xff", b'{"id": 7, "data": {}}', b'"x"'])
def test_what_only_calls_itself_structured_is_said_to_be_unreadable(broken: bytes) -> None:
    headers, content = in_binary_mode((("content-type", b"application/cloudevents+json"),), broken)
    assert unreadable(dict(headers), b"x", content) == "not-a-cloudevent"


def test_a_huge_value_is_refused_before_it_is_read() -> None:
    headers, key, value = record()
    kept = json.dumps({**value, "added_later": ""}).encode()
    fits = kept.replace(b'"added_later": ""', b'"added_later": "' + b"x" * (MOST_VALUE_BYTES - len(kept)) + b'"')
    assert len(fits) == MOST_VALUE_BYTES
    assert read(headers, key, fits).message.handler == "staff-lead-1"
    assert unreadable(headers, key, fits.replace(b'xx"', b'xxx"')) == "too-large"


def test_a_key_that_is_no_text_is_unreadable() -> None:
    headers, _, value = record()
    assert unreadable(headers, b"\xff\xfe", value) == "not-a-cloudevent"


@settings(max_examples=times(4))
@given(
    headers=st.dictionaries(
        st.sampled_from(
            ["ce_id", "ce_type", "ce_source", "ce_specversion", "ce_time", "ce_recordedtime", "ce_subject", "content-type", "ce_"]
        )
        | st.text(max_size=10),
        st.binary(max_size=40) | st.none() | st.sampled_from([b"1.0", b"dk.brobygger.cases.case_assigned.v1", b"2026-03-03T09:12:04Z"]),
    ),
    key=st.none() | st.binary(max_size=40),
    value=st.none() | st.binary(max_size=200),
)
def test_whatever_arrives_is_read_or_unreadable_and_nothing_else(headers: Any, key: bytes | None, value: bytes | None) -> None:
    with pytest.raises(Unreadable) as refused:
        LANGUAGE.read(headers=headers.items(), key=key, value=value)
    assert refused.value.code in {"not-a-cloudevent", "unknown-type", "unknown-version", "malformed"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.text(st.characters(codec=None), max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)


@settings(max_examples=times(3))
@given(message=st.sampled_from(every_message()), data=JSON, field=st.integers(0, 20))
def test_whatever_stands_in_the_data_is_read_or_malformed(message: type[Message], data: Any, field: int) -> None:
    headers, key, value = record(message)
    broken = json.dumps({**value, list(value)[field % len(value)]: data}).encode()
    with suppress(Unreadable):
        heard = LANGUAGE.read(headers=headers.items(), key=key, value=broken)
        assert "\x00" not in heard.message.model_dump_json()


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60)
ATTRIBUTE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=60)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-9, minutes=-30))])
MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1), timezones=ZONES)  # noqa: DTZ001


def values_of(annotation: Any) -> st.SearchStrategy[Any]:
    """Anything the type of a field allows."""
    kinds = get_args(annotation)
    if get_origin(annotation) is Annotated:
        return values_of(kinds[0])
    if type(None) in kinds:
        return st.none() | st.one_of([values_of(kind) for kind in kinds if kind is not type(None)])
    if get_origin(annotation) in (Union, UnionType):
        return st.one_of([values_of(kind) for kind in kinds])
    if kinds and kinds[-1] is Ellipsis:
        return st.lists(values_of(kinds[0]), max_size=4).map(tuple)
    if get_origin(annotation) is dict:
        return st.dictionaries(values_of(kinds[0]), values_of(kinds[1]), max_size=4)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return st.builds(annotation, **{name: values_of(field.annotation) for name, field in annotation.model_fields.items()})
    sealed = st.builds(Sealed, subject=st.uuids(), of=TEXT, box=TEXT)
    known: dict[Any, st.SearchStrategy[Any]] = {
        str: TEXT,
        UUID: st.uuids(),
        bool: st.booleans(),
        int: st.integers(-(2**63) + 1, 2**63 - 1),
        date: st.dates(),
        datetime: MOMENTS,
        AwareDatetime: MOMENTS,
        Sealed: sealed,
    }
    return known[annotation]


def values_for(field: FieldInfo) -> st.SearchStrategy[Any]:
    """The same, within the bounds that the field names."""
    least, most, pattern, length = (
        next((getattr(bound, name) for bound in field.metadata if hasattr(bound, name)), None)
        for name in ("ge", "le", "pattern", "max_length")
    )
    if pattern is not None:
        return st.from_regex(pattern.removesuffix("$") + r"\Z", fullmatch=True).filter(lambda text: length is None or len(text) <= length)
    return values_of(field.annotation) if least is None else st.integers(least, most)


@st.composite
def said(draw: st.DrawFn) -> tuple[Envelope, Message]:
    """Any message the language allows, in any envelope."""
    message = draw(st.sampled_from(every_message()))
    body = message(**{name: draw(values_for(field)) for name, field in message.model_fields.items()})
    envelope = Envelope(
        id=draw(ATTRIBUTE),
        source=draw(ATTRIBUTE),
        type=message.TYPE,
        subject=draw(ATTRIBUTE),
        time=draw(MOMENTS),
        recorded_at=draw(MOMENTS),
        association=draw(ATTRIBUTE),
        actor=draw(ATTRIBUTE),
        actor_role=draw(ATTRIBUTE),
        procedure_version=draw(st.just("") | ATTRIBUTE),
        correlation_id=draw(st.just("") | ATTRIBUTE),
        causation_id=draw(st.just("") | ATTRIBUTE),
        traceparent=draw(st.just("") | ATTRIBUTE),
        classification=message.CLASSIFICATION,
    )
    return envelope, body


@settings(max_examples=times(4), suppress_health_check=[HealthCheck.too_slow])
@given(said())
def test_what_is_written_is_read_as_it_was(wrote: tuple[Envelope, Message]) -> None:
    envelope, body = wrote
    kafka = written(envelope, body)
    assert kafka.key == envelope.subject
    heard = LANGUAGE.read(headers=kafka.headers.items(), key=envelope.subject.encode(), value=kafka.value)
    assert heard.envelope == envelope
    assert heard.message == body


@pytest.mark.parametrize(
    ("message", "wrong"),
    [
        (CaretakerInformed, {"on_time": "no"}),
        (CaretakerInformed, {"on_time": 0}),
        (ReferralSilent, {"step": "2"}),
        (FollowUpPlanned, {"due": 1700000000}),
    ],
    ids=["word for no", "number for no", "text for number", "number for time"],
)
def test_what_is_counted_as_it_stands_is_not_forgiven(message: type[Message], wrong: dict[str, Any]) -> None:
    headers, key, value = record(message)
    assert unreadable(headers, key, {**value, **wrong}) == "malformed"


def test_json_is_utf_8() -> None:
    headers, key, value = record()
    assert unreadable(headers, key, json.dumps(value).encode("utf-16")) in ("malformed", "not-a-cloudevent")
