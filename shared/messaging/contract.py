"""The contract of everything said on Kafka, made of the published language and of what services publish and consume.

A JSON Schema for each message, and an AsyncAPI document for each kind of reader (`shared.messaging.contract_documents`).
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from shared.messaging import contract_examples
from shared.messaging.message import TYPE_PREFIX, Message
from shared.messaging.topics import TOPICS

CONTRACTS = Path(__file__).parents[2] / "contracts"
LINE = 140
"""How wide the files are."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"
Json = dict[str, Any]


class Speaker(Protocol):
    """A service, as far as it publishes and consumes; `shared.history.service.Parts` has it."""

    @property
    def name(self) -> str: ...
    @property
    def publishes(self) -> tuple[type[Message], ...]: ...
    @property
    def consumes(self) -> tuple[type[Message], ...]: ...


Said = Mapping[str, tuple[type[Message], ...]]
"""Services by name, and what each of them publishes, or consumes."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A topic: who speaks there, who listens, and what is said."""

    topic: str
    published: Said
    consumed: Said

    @property
    def name(self) -> str:
        """What the documents call it: `erpInbound` for `erp.inbound`."""
        first, *rest = self.topic.removeprefix("brobygger.").split(".")
        return first + "".join(word.capitalize() for word in rest)

    @property
    def description(self) -> str:
        """What is said there."""
        return TOPICS[self.topic]

    @property
    def messages(self) -> tuple[type[Message], ...]:
        """Everything said there."""
        return tuple({message: None for said in (self.published, self.consumed) for messages in said.values() for message in messages})

    @property
    def is_among_services(self) -> bool:
        """Whether services stand on both sides; otherwise another system stands on the other."""
        return bool(self.published and self.consumed)


def channels_of(speakers: Iterable[Speaker]) -> tuple[Channel, ...]:
    """Every topic, with who publishes and who consumes there."""
    every = tuple(speakers)
    return tuple(
        Channel(
            topic,
            published=_on(topic, {speaker.name: speaker.publishes for speaker in every}),
            consumed=_on(topic, {speaker.name: speaker.consumes for speaker in every}),
        )
        for topic in TOPICS
    )


def _on(topic: str, said: Said) -> Said:
    there = {name: tuple(message for message in messages if topic == message.TOPIC) for name, messages in said.items()}
    return {name: messages for name, messages in there.items() if messages}


def messages_of(channels: Iterable[Channel]) -> tuple[type[Message], ...]:
    """Everything that may be said."""
    return tuple(message for channel in channels for message in channel.messages)


def name_of(message: type[Message]) -> str:
    """What the documents call a message: `cases.case_opened.v1`."""
    return message.TYPE.removeprefix(TYPE_PREFIX)


@cache
def schema_of(message: type[Message]) -> Json:
    """The JSON Schema of a message's data. What is not named in it is tolerated: later versions may say more."""
    schema = message.model_json_schema()
    _described(schema, message)
    return {
        "$schema": DIALECT,
        "$id": dataschema_of(message),
        "title": message.__name__,
        "description": sentence_of(message),
        "type": "object",
        "properties": schema.get("properties", {}),
        "required": schema.get("required", []),
        "additionalProperties": True,
        **({"$defs": schema["$defs"]} if "$defs" in schema else {}),
        "examples": [contract_examples.data_of(message)],
        "x-topic": message.TOPIC,
        "x-classification": message.CLASSIFICATION,
    }


def dataschema_of(message: type[Message]) -> str:
    """What `ce_dataschema` names: the `$id` of the schema file."""
    return f"urn:{message.TYPE.replace('.', ':')}"


def schema_path(message: type[Message]) -> str:
    """Where its JSON Schema is, below `contracts/`."""
    return f"schemas/{message.TYPE}.json"


def schema_files(channels: Iterable[Channel]) -> dict[str, str]:
    """The JSON Schema of every message: its path below `contracts/` and its text."""
    return {schema_path(message): _text(schema_of(message)) + "\n" for message in messages_of(channels)}


def write(files: dict[str, str], directory: Path = CONTRACTS) -> None:
    """Write the files, and remove schemas and documents of what is no longer said."""
    for path in (*directory.glob("schemas/*.json"), *directory.glob("*.yaml")):
        if path.relative_to(directory).as_posix() not in files:
            path.unlink()
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def sentence_of(kind: type[Any]) -> str:
    """The first paragraph of its docstring, on one line."""
    return " ".join((inspect.getdoc(kind) or "").split("\n\n")[0].split())


def _text(value: Any, indent: str = "", name: str = "") -> str:
    """JSON in which whatever fits on a line stands on one: a field, most of the time."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or len(indent + name + flat) < LINE:
        return name + flat
    named = [(f"{json.dumps(key)}: ", each) for key, each in value.items()] if isinstance(value, dict) else [("", each) for each in value]
    inside = ",\n".join(f"{indent}  {_text(each, indent + '  ', key)}" for key, each in named)
    return f"{name}{flat[0]}\n{inside}\n{indent}{flat[-1]}"


def _described(schema: Json, message: type[Message]) -> None:
    """Leave out the titles pydantic makes of field names: they say nothing, and change with the library."""
    for part in (schema, *schema.get("$defs", {}).values()):
        for field in part.get("properties", {}).values():
            field.pop("title", None)
            if "description" in field:
                field["description"] = " ".join(field["description"].split())
    for definition in schema.get("$defs", {}).values():
        if "description" in definition:
            definition["description"] = " ".join(definition["description"].split("\n\n")[0].split())
