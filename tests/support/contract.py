"""Whether a record that was really sent keeps to the contract: the JSON Schema of its data and the headers of the AsyncAPI document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker

CONTRACTS = Path(__file__).parent.parent.parent / "contracts"

FORMATS = FormatChecker(formats=("uuid",))


@FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or ("T" in value and datetime.fromisoformat(value).tzinfo is not None)


@FORMATS.checks("date", raises=ValueError)
def _is_day(value: object) -> bool:
    return not isinstance(value, str) or date.fromisoformat(value).isoformat() == value


@cache
def documents() -> dict[str, dict[str, Any]]:
    """The committed AsyncAPI documents, by the name of their file."""
    return {
        file.name: yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for file in sorted(CONTRACTS.glob("*.asyncapi.yaml"))
    }


@cache
def messages() -> list[dict[str, Any]]:
    """Every message of the documents, with the parts its document refers to."""
    return [
        {**message, "components": document["components"]}
        for document in documents().values()
        for message in document["components"]["messages"].values()
    ]


@cache
def schema(type: str) -> dict[str, Any]:
    """The committed JSON Schema of a message type."""
    loaded: dict[str, Any] = json.loads((CONTRACTS / "schemas" / f"{type}.json").read_text(encoding="utf-8"))
    return loaded


def assert_in_contract(
    headers: Mapping[str, bytes] | Iterable[tuple[str, bytes]], key: bytes | str | None, value: bytes | None, *, topic: str | None = None
) -> None:
    """Fail, naming the places that are wrong and never their content, unless the record keeps to the contract.

    With `topic`, the message must also belong to that topic.
    """
    attributes = {name: content.decode() for name, content in dict(headers).items()}
    type = attributes.get("ce_type", "")
    message = next((message for message in messages() if message["name"] == type), None)
    assert message is not None, "the type of the message is not in the contract"
    _check({**message["headers"], "components": message["components"]}, attributes, f"headers of {type}")
    written_key = key.decode() if isinstance(key, bytes) else key
    assert written_key == attributes["ce_subject"], f"the key of {type} is not its subject"
    assert attributes.get("ce_partitionkey", written_key) == written_key, f"the partition key of {type} is not its key"
    assert value, f"{type} has no value"
    _check(schema(type), json.loads(value), f"data of {type}")
    if topic is not None:
        assert schema(type)["x-topic"] == topic, f"{type} was sent on another topic than the contract says"


def _check(wanted: Mapping[str, Any], found: object, what: str) -> None:
    wrong = [
        f"{'/'.join(map(str, error.absolute_path)) or 'object'}: {error.validator}"
        for error in Draft202012Validator(dict(wanted), format_checker=FORMATS).iter_errors(found)
    ]
    assert not wrong, f"{what} are not in the contract: {'; '.join(sorted(wrong))}"
