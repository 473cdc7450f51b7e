"""The contract of everything said on Kafka, generated from the published language: JSON Schemas and one AsyncAPI document.

`python -m shared.messaging.contract` writes them to `contracts/`; a test fails when the committed files differ.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from shared.ground.settings import Settings
from shared.messaging import contract_examples
from shared.messaging.message import TYPE_PREFIX, Message
from shared.messaging.messages import cases, erp, intake, notifications
from shared.messaging.topics import RETENTION_DAYS
from shared.words.vocabulary.people import Role

CONTRACTS = Path(__file__).parents[2] / "contracts"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
KAFKA_BINDING = "0.5.0"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Channel:
    """A topic: who speaks there, who listens, and what may be said."""

    name: str
    topic: str
    description: str
    senders: tuple[str, ...]
    receivers: tuple[str, ...]
    messages: tuple[type[Message], ...]


CHANNELS = (
    Channel(
        "intake",
        "brobygger.intake",
        "What was observed, and who lives where since when. Keyed by the aggregate it is about, in order for each key.",
        ("intake",),
        ("cases", "reporting"),
        intake.MESSAGES,
    ),
    Channel(
        "cases",
        "brobygger.cases",
        "What happens to a concern and its case: codes, ids and times; never a name, an address or a word about anybody.",
        ("cases",),
        ("intake", "notifications", "reporting"),
        cases.MESSAGES,
    ),
    Channel(
        "notifications",
        "brobygger.notifications",
        "Whether a colleague could be told.",
        ("notifications",),
        ("intake", "cases", "reporting"),
        notifications.MESSAGES,
    ),
    Channel(
        "erpInbound",
        "erp.inbound",
        "What the association's ERP tells us. Ids only: the ERP keeps the names.",
        ("erp",),
        ("intake",),
        erp.INBOUND,
    ),
    Channel(
        "erp",
        "brobygger.erp",
        "What we ask of the association's ERP: codes only, no reason and no social detail.",
        ("cases",),
        ("erp",),
        tuple(message for message in erp.MESSAGES if message not in erp.INBOUND),
    ),
)


def every_message() -> tuple[type[Message], ...]:
    """The whole published language."""
    return tuple(message for channel in CHANNELS for message in channel.messages)


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
        "description": _sentence(message),
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


def asyncapi() -> Json:
    """The AsyncAPI document: topics, who says and hears what, headers, keys, and an example of everything."""
    return {
        "asyncapi": "3.0.0",
        "id": "urn:dk:brobygger",
        "info": {
            "title": "Brobygger",
            "version": "1.0.0",
            "description": (
                "Everything said between the four services of Brobygger, and between Brobygger and the association's ERP. "
                "CloudEvents 1.0.2 in binary mode on Kafka: attributes are headers that begin with `ce_`, the value is the data as JSON. "
                "Additive inside v1: fields may be added, and readers tolerate fields they do not know. A changed meaning is a new type. "
                "At least once and in order for each key; a message heard twice has the same source and id. "
                "No message carries a name, an address or a free text in the clear."
            ),
            "tags": [{"name": "housing", "description": "Non-profit housing associations in Denmark"}],
        },
        "defaultContentType": "application/json",
        "servers": {
            "kafka": {
                "host": "{bootstrap}",
                "protocol": "kafka",
                "description": "The broker of the installation.",
                "variables": {"bootstrap": {"default": "localhost:9092", "description": "Bootstrap address, `host:port`."}},
            }
        },
        "channels": {channel.name: _channel(channel) for channel in CHANNELS},
        "operations": dict(_operations()),
        "components": {
            "messages": {name_of(message): _message(message) for message in every_message()},
            "schemas": {**_shared_schemas(), **{name_of(message): _embedded(message) for message in every_message()}},
        },
    }


def files() -> dict[str, str]:
    """Every file of the contract: its path below `contracts/` and its text."""
    texts = {
        f"schemas/{message.TYPE}.json": json.dumps(schema_of(message), indent=2, ensure_ascii=False) + "\n" for message in every_message()
    }
    head = "# Generated by `python -m shared.messaging.contract` from shared/messaging/messages/; do not edit.\n"
    texts["asyncapi.yaml"] = head + yaml.dump(asyncapi(), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=120)
    return texts


def write(directory: Path = CONTRACTS) -> None:
    """Write the files, and remove schemas of messages that are no longer said."""
    wanted = files()
    for path in directory.glob("schemas/*.json"):
        if f"schemas/{path.name}" not in wanted:
            path.unlink()
    for name, text in wanted.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _channel(channel: Channel) -> Json:
    return {
        "address": channel.topic,
        "title": channel.topic,
        "description": channel.description,
        "messages": {name_of(message): {"$ref": f"#/components/messages/{name_of(message)}"} for message in channel.messages},
        "bindings": {
            "kafka": {
                "topic": channel.topic,
                "partitions": Settings.model_fields["kafka_partitions"].default,
                "topicConfiguration": {"cleanup.policy": ["delete"], "retention.ms": RETENTION_DAYS * 24 * 3600 * 1000},
                "bindingVersion": KAFKA_BINDING,
            }
        },
    }


def _operations() -> Iterator[tuple[str, Json]]:
    """One for each service that sends to, or receives from, a topic."""
    for channel in CHANNELS:
        for action, services in (("send", channel.senders), ("receive", channel.receivers)):
            for service in services:
                told = "tells on" if action == "send" else "hears"
                operation: Json = {
                    "action": action,
                    "channel": {"$ref": f"#/channels/{channel.name}"},
                    "title": f"{service} {told} {channel.topic}",
                    "summary": f"{service} {told} the topic {channel.topic}.",
                    "messages": [{"$ref": f"#/channels/{channel.name}/messages/{name_of(message)}"} for message in channel.messages],
                    "x-service": service,
                }
                if action == "receive" and service != "erp":
                    group = {"type": "string", "const": f"brobygger.{service}"}
                    operation["bindings"] = {"kafka": {"groupId": group, "bindingVersion": KAFKA_BINDING}}
                yield f"{service}.{action}.{channel.name}", operation


def _message(message: type[Message]) -> Json:
    return {
        "name": message.TYPE,
        "title": message.__name__,
        "summary": _sentence(message),
        "contentType": "application/json",
        "headers": {"$ref": f"#/components/schemas/{name_of(message)}.headers"},
        "payload": {"$ref": f"#/components/schemas/{name_of(message)}"},
        "correlationId": {"description": "The conversation the message belongs to.", "location": "$message.header#/ce_correlationid"},
        "bindings": {"kafka": {"key": {"$ref": "#/components/schemas/key"}, "bindingVersion": KAFKA_BINDING}},
        "tags": [{"name": f"classification:{message.CLASSIFICATION}"}],
        "x-classification": message.CLASSIFICATION,
        "examples": [
            {
                "name": message.__name__,
                "headers": contract_examples.headers_of(message, dataschema=dataschema_of(message)),
                "payload": contract_examples.data_of(message),
            }
        ],
    }


def _shared_schemas() -> Json:
    text = {"type": "string", "minLength": 1, "maxLength": 1024}
    moment = {"type": "string", "format": "date-time"}
    described: Mapping[str, tuple[Json, str]] = {
        "ce_specversion": ({"type": "string", "const": "1.0"}, "The version of CloudEvents."),
        "ce_id": (text, "Recognises the message, together with its source; the same when it is said again."),
        "ce_source": ({**text, "pattern": "^/"}, "Who says it: `/brobygger/<association>/<service>`, or the ERP's own path."),
        "ce_type": ({**text, "pattern": r"^dk\.brobygger\.[a-z]+\.[a-z_]+\.v[0-9]+$"}, "What is said, with its major version."),
        "ce_subject": (text, "The aggregate it is about."),
        "ce_time": (moment, "When it happened in the world."),
        "ce_recordedtime": (moment, "When it was written down, which may be later."),
        "ce_association": (text, "The housing association; nothing crosses between two."),
        "ce_dataschema": ({**text, "pattern": "^urn:dk:brobygger:"}, "The `$id` of the JSON Schema of the data."),
        "ce_partitionkey": (text, "The same as the subject, and the key of the record."),
        "ce_actor": (text, "Who did it: an opaque staff id, or `clock`, or `system:<service>`."),
        "ce_actorrole": ({"type": "string", "enum": [role.value for role in Role]}, "In which role."),
        "ce_classification": ({"type": "string", "enum": ["internal", "confidential"]}, "How the data is to be handled."),
        "ce_procedureversion": (text, "The version of the procedure the case follows, where there is one."),
        "ce_correlationid": (text, "The conversation it belongs to."),
        "ce_causationid": (text, "The message that led to it."),
        "ce_traceparent": ({**text, "pattern": "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"}, "W3C trace context."),
        "content-type": ({"type": "string", "const": "application/json"}, "How the data is written."),
    }
    needed = ["ce_specversion", "ce_id", "ce_source", "ce_type", "ce_subject", "ce_time", "ce_recordedtime", "ce_association"]
    ours = ["ce_dataschema", "ce_partitionkey", "ce_actor", "ce_actorrole", "ce_classification", "content-type"]
    return {
        "key": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1024,
            "description": "The subject: everything about one aggregate is in order.",
        },
        "cloudEvent": {
            "type": "object",
            "title": "CloudEvents headers",
            "description": "CloudEvents 1.0.2, binary mode, with our extensions; values are UTF-8 text.",
            "properties": {name: {**schema, "description": words} for name, (schema, words) in described.items()},
            "required": needed,
        },
        "brobyggerEvent": {
            "title": "Headers of what Brobygger says",
            "allOf": [{"$ref": "#/components/schemas/cloudEvent"}],
            "type": "object",
            "required": ours,
        },
        **{f"{name_of(message)}.headers": _headers(message) for message in every_message()},
        **{name: schema for message in every_message() for name, schema in schema_of(message).get("$defs", {}).items()},
    }


def _headers(message: type[Message]) -> Json:
    parent = "cloudEvent" if message in erp.INBOUND else "brobyggerEvent"
    return {
        "title": f"Headers of {message.__name__}",
        "allOf": [{"$ref": f"#/components/schemas/{parent}"}],
        "type": "object",
        "properties": {"ce_type": {"const": message.TYPE}, "ce_classification": {"const": message.CLASSIFICATION}},
    }


def _embedded(message: type[Message]) -> Json:
    """The same schema inside the document: shared parts stand beside it, and the document has examples of its own."""
    schema = {name: value for name, value in schema_of(message).items() if name not in ("$schema", "$id", "$defs", "examples")}
    embedded: Json = json.loads(json.dumps(schema).replace('"#/$defs/', '"#/components/schemas/'))
    return embedded


def _sentence(kind: type[Any]) -> str:
    return " ".join((inspect.getdoc(kind) or "").split("\n\n")[0].split())


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


class _Plain(yaml.SafeDumper):
    """Writes every value in full: no anchors, which the reader would have to resolve."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


if __name__ == "__main__":
    write()
    sys.stdout.write(f"{len(every_message())} messages written to {CONTRACTS}\n")
