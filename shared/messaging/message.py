"""The envelope of everything said between services: CloudEvents 1.0.2, binary mode on Kafka (design.md §4)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from math import isfinite
from typing import Any, ClassVar
from uuid import UUID, uuid5

from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event, to_binary_event
from cloudevents.core.v1.event import CloudEvent
from pydantic import BaseModel, ConfigDict, ValidationError

from shared.ground.errors import UnknownType, Unreadable
from shared.ground.provenance import Provenance
from shared.privacy.personal import Sealed
from shared.words.vocabulary.matter import MatterKind

TYPE_PREFIX = "dk.brobygger."

MOST_VALUE_BYTES = 900_000
"""Less than Kafka lets through by default; a fact of ours is a thousandth of it."""
MOST_HEADER_BYTES = 1024
"""Ids and codes; longer ones fit no index."""
NEEDED_HEADERS = {"ce_specversion", "ce_id", "ce_source", "ce_type"}
SERVICE = re.compile(r"[a-z]{1,20}")
"""What one of us is called."""
ID_OR_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._@-]{0,99}|")
"""What stands beside a message of ours in the clear, and for ever; words would tell of somebody."""
WRONG_PLACE = "wrong-place"
STRUCTURED = b"application/cloudevents+json"
VERSION = re.compile(r"\.v[0-9].*$")
"""How the name of a type ends."""
_ATTRIBUTE = re.compile(r"ce_[a-z]{1,20}|content-type")
_NOT_STORABLE = re.compile(r"[\x00\ud800-\udfff]")
"""NUL, and half a character."""


class Message(BaseModel):
    """One thing that is said, in the published language. Unknown fields are tolerated, known ones are strict enough.

    `TYPE` is memory, not decoration: once deployed it never changes; a changed meaning is a new type.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)

    TYPE: ClassVar[str]
    TOPIC: ClassVar[str]
    CLASSIFICATION: ClassVar[str] = "internal"
    FOR_OUTSIDERS: ClassVar[bool] = False
    """Whether it leaves the services: then its envelope tells neither who did it nor which case it is about (domain.md §3.3), and when
    only to the hour."""
    FROM_OUTSIDERS: ClassVar[bool] = False
    """Whether it comes from outside: then nothing that is stored because of it names it, for whoever sent it knows whom it is about."""
    SAID_BY_ALL: ClassVar[bool] = False
    """Whether every service says it, each of itself."""

    NEWER_REPLACES: ClassVar[bool] = False
    """Whether it says how something is, whole, so that a newer one of the same key takes the place of one that could not be taken in.
    What only happened (a reminder was sent) happened besides: it never takes the place of another one (decision 0021)."""

    SEALED_OF: ClassVar[str] = ""
    """Which of its fields names the matter that its sealed values belong to; where none does, its subject. A sealed value of anything else
    is a forgery: whoever copies it from another message would have it opened, and kept, as somebody else's (decision 0022)."""
    SEALED_KIND: ClassVar[MatterKind | None] = None
    """What that matter is, where nothing in the message itself names it."""
    SEALED_AS: ClassVar[Mapping[str, str]] = {}
    """What a sealed value is called in the event it was sealed for, where that is not the name it has here."""

    def sealed(self) -> Iterator[tuple[str, Sealed]]:
        """Its sealed values, each with what it is called in the event it was sealed for."""
        return ((self.SEALED_AS.get(name, name), value) for name, value in vars(self).items() if isinstance(value, Sealed))

    def matter_of(self, subject: str) -> UUID | None:
        """The matter its sealed values belong to; `None` where its subject is no id."""
        if self.SEALED_OF:
            return UUID(str(getattr(self, self.SEALED_OF)))
        try:
            return UUID(subject)
        except ValueError:
            return None

    def subject_of(self, stream_id: UUID) -> UUID:
        """What the message is about, and the key that keeps its order: the aggregate, unless outsiders may not know it."""
        return stream_id


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """What stands outside the message: from whom, about what, when, in which conversation."""

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    recorded_at: datetime
    association: str
    actor: str
    actor_role: str
    procedure_version: str = ""
    correlation_id: str = ""
    causation_id: str = ""
    traceparent: str = ""
    classification: str = "internal"


@dataclass(frozen=True, slots=True)
class ReceivedMessage:
    """A message and its envelope, as read from Kafka."""

    envelope: Envelope
    message: Message
    data: Mapping[str, Any] = field(compare=False, repr=False)
    """The JSON that the message was read from; may hold fields that are not known yet."""

    def must_be_in_its_place(self, *, topic: str, key: str | None) -> None:
        """Each message is said on one topic, and each of ours by one service, under the key of what it is about. Where the broker lets a
        service write only to its own topics, none can speak as another.

        Raises `Unreadable` (`wrong-place`).
        """
        said, envelope = self.message, self.envelope
        if topic != said.TOPIC:
            raise Unreadable(WRONG_PLACE, f"Beskeder af typen {said.TYPE} siges på emnet {said.TOPIC} og ikke her.")
        if said.FROM_OUTSIDERS:  # what they call themselves, and how they keep their order, is theirs
            return
        service = envelope.source.rpartition("/")[2] if said.SAID_BY_ALL else said.TYPE.removeprefix(TYPE_PREFIX).partition(".")[0]
        if not SERVICE.fullmatch(service) or envelope.source != source_of(envelope.association, service):
            raise Unreadable(WRONG_PLACE, f"Beskeder af typen {said.TYPE} siges af en anden tjeneste end den, der står som afsender.")
        if key != envelope.subject:
            raise Unreadable(WRONG_PLACE, "Beskeden står under en anden nøgle end det, den handler om.")
        if not all(map(ID_OR_CODE.fullmatch, (envelope.actor, envelope.actor_role, envelope.procedure_version))):
            raise Unreadable(
                "malformed", "Hvem der gjorde det, i hvilken rolle eller efter hvilken procedure, er hverken et id eller en kode."
            )


@lru_cache(maxsize=1000)  # asked for by every personal value of an event and by every message about it
def event_id(stream_id: UUID, version: int) -> UUID:
    """The id of an event, the same every time it is asked for."""
    return uuid5(stream_id, str(version))


def source_of(association: str, service: str) -> str:
    """What a service calls itself where it speaks for an association."""
    return f"/brobygger/{association}/{service}"


def envelope_for(message: Message, *, service: str, stream_id: UUID, version: int, provenance: Provenance) -> Envelope:
    """The envelope for a message that announces one event; saying it twice gives the same id."""
    if message.FOR_OUTSIDERS:
        service = "erp"
        provenance = replace(
            provenance, actor="system:brobygger", role="system", procedure_version="", correlation_id="", causation_id="", traceparent=""
        )
        stream_id, version = message.subject_of(stream_id), 1  # an id made of the case's would lead back to it, and so would its moment
        hour = provenance.recorded_at.replace(minute=0, second=0, microsecond=0)
        provenance = replace(provenance, happened_at=hour, recorded_at=hour)
    return Envelope(
        id=str(uuid5(event_id(stream_id, version), message.TYPE)),
        source=source_of(provenance.association, service),
        type=message.TYPE,
        subject=str(message.subject_of(stream_id)),
        time=provenance.happened_at,
        recorded_at=provenance.recorded_at,
        association=provenance.association,
        actor=provenance.actor,
        actor_role=provenance.role,
        procedure_version=provenance.procedure_version,
        correlation_id=provenance.correlation_id,
        causation_id=provenance.causation_id,
        traceparent=provenance.traceparent,
        classification=message.CLASSIFICATION,
    )


def written(envelope: Envelope, message: Message) -> KafkaMessage:
    """The message as Kafka carries it, built by the official package."""
    attributes: dict[str, Any] = {
        "specversion": "1.0",
        "id": envelope.id,
        "source": envelope.source,
        "type": envelope.type,
        "subject": envelope.subject,
        "time": envelope.time,
        "datacontenttype": "application/json",
        "dataschema": f"urn:{envelope.type.replace('.', ':')}",
        "partitionkey": envelope.subject,
        "recordedtime": written_moment(envelope.recorded_at),
        "association": envelope.association,
        "actor": envelope.actor,
        "actorrole": envelope.actor_role,
        "classification": envelope.classification,
    }
    optional = {
        "procedureversion": envelope.procedure_version,
        "correlationid": envelope.correlation_id,
        "causationid": envelope.causation_id,
        "traceparent": envelope.traceparent,
    }
    attributes |= {name: value for name, value in optional.items() if value}
    event = CloudEvent(attributes=attributes, data=message.model_dump_json().encode())
    return to_binary_event(event)


class MessageRegistry:
    """The messages a reader knows, by type; everything else is unreadable to it."""

    def __init__(self, messages: Iterable[type[Message]]) -> None:
        self._known = {message.TYPE: message for message in messages}
        self._stems = {VERSION.sub("", kind) for kind in self._known}

    def newer_replaces(self, kind: str | None) -> bool:
        """Whether a newer message of this type takes the place of one that could not be taken in."""
        message = self._known.get(kind or "")
        return message is not None and message.NEWER_REPLACES

    def read(self, *, headers: Iterable[tuple[str, bytes]], key: bytes | None, value: bytes | None) -> ReceivedMessage:
        """Read one Kafka record; raises `Unreadable` with a code and a plain reason, never with its content.

        What is of another type than those known here is `UnknownType`, whatever it holds: it is none of ours.
        """
        if (foreign := self._foreign(headers := tuple(headers))) is not None:
            raise UnknownType(foreign)
        if not value:
            raise Unreadable("malformed", "Beskeden har intet indhold.")
        if len(value) > MOST_VALUE_BYTES:
            raise Unreadable("too-large", f"Beskeden er større end {MOST_VALUE_BYTES} byte.")
        # No cause is kept with any of these: the drivers' own words repeat what they could not read.
        try:
            attributes = _attributes(headers)
            event = from_binary_event(KafkaMessage(headers=attributes, key=key, value=value))
            data = event.get_data()
            if isinstance(data, (bytes, str)):  # the package hands on what is no JSON as it is
                data = json.loads(data)
        except Exception:  # the package raises many kinds; each means the same here
            raise Unreadable("not-a-cloudevent", f"Beskeden er ikke en gyldig CloudEvent: {_what_is_wrong(headers, key, value)}.") from None
        kind = event.get_type()
        message = self._known.get(kind)
        if message is None:
            stem = VERSION.sub("", kind)
            raise Unreadable("unknown-version", f"Denne version af {stem} kendes ikke her; opgradér denne tjeneste og prøv igen.")
        try:
            content = _storable(data)
            body = message.model_validate_json(value, strict=True)  # reporting counts what stands there, so nothing is forgiven
            recorded_at = _instant(datetime.fromisoformat(event.get_extension("recordedtime")))
            envelope = Envelope(
                id=event.get_id(),
                source=event.get_source(),
                type=kind,
                subject=event.get_subject() or "",
                # The package makes up a time that is missing: the present, another one each time it is read.
                time=_instant(event.get_time() or recorded_at) if "ce_time" in attributes else recorded_at,
                recorded_at=recorded_at,
                association=event.get_extension("association") or "",
                actor=event.get_extension("actor") or "",
                actor_role=event.get_extension("actorrole") or "",
                procedure_version=event.get_extension("procedureversion") or "",
                correlation_id=event.get_extension("correlationid") or "",
                causation_id=event.get_extension("causationid") or "",
                traceparent=event.get_extension("traceparent") or "",
                classification=event.get_extension("classification") or "internal",
            )
        except (ValidationError, ValueError, TypeError, OverflowError) as error:
            raise Unreadable(
                "malformed", f"Beskeden af typen {kind} mangler felter eller har felter af forkert form{_where(error)}."
            ) from None
        return ReceivedMessage(envelope, body, content)

    def _foreign(self, headers: Iterable[tuple[str, bytes]]) -> str | None:
        """The type of a CloudEvent when neither it nor another version of it is known."""
        try:
            kind = _attributes(headers)["ce_type"].decode()
        except (ValueError, TypeError):  # a header without a value is none
            return None  # no CloudEvent: nobody can say what it is
        return kind if kind and VERSION.sub("", kind) not in self._stems else None


def _attributes(headers: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """The headers, when they hold what makes a CloudEvent; the package would make up an id that is missing, a new one each time."""
    found = {name.lower(): value for name, value in headers}
    if not found.keys() >= NEEDED_HEADERS or any(len(value) > MOST_HEADER_BYTES or b"\0" in value for value in found.values()):
        raise ValueError
    return found


def _what_is_wrong(headers: Iterable[tuple[str, bytes]], key: bytes | None, value: bytes) -> str:
    """What keeps a record from being a CloudEvent, for whoever sent it: names of headers, never what stands in them."""
    found = {name.lower(): content for name, content in headers}
    if (found.get("content-type") or b"").startswith(STRUCTURED):
        return "den er i struktureret form, og dens JSON kan ikke læses"
    if missing := sorted(name for name in NEEDED_HEADERS if not found.get(name)):
        return f"der mangler {', '.join(missing)}"
    if longest := sorted({_named(name) for name in found if len(found[name] or b"") > MOST_HEADER_BYTES}):
        return f"{', '.join(longest)} er længere end {MOST_HEADER_BYTES} byte"
    if unread := sorted({_named(name) for name in found if not _is_text(found[name])}):
        return f"{', '.join(unread)} er ikke tekst i UTF-8"
    if not _is_text(key or b""):
        return "dens nøgle er ikke tekst i UTF-8"
    if not _is_text(value):
        return "indholdet er ikke tekst i UTF-8"
    try:
        json.loads(value)
    except (ValueError, RecursionError):
        return "indholdet er ikke JSON"
    return "en af dens headere har en forkert form (ce_specversion skal være 1.0, ce_time et tidspunkt)"


def _named(header: str) -> str:
    """What a header is called, where it is one of an event's; any other name may say anything."""
    return header if _ATTRIBUTE.fullmatch(header) else "en header, som ikke er vores,"


def _is_text(content: bytes | None) -> bool:
    try:
        return content is not None and "\0" not in content.decode()
    except UnicodeDecodeError:
        return False


def in_binary_mode(headers: tuple[tuple[str, bytes], ...], value: bytes | None) -> tuple[tuple[tuple[str, bytes], ...], bytes | None]:
    """A record in structured mode (the whole event as JSON in its value) as the same one in binary mode; every other stays as it is.

    What cannot be read stays as it is too, and is said to be unreadable where all of that is said.
    """
    kind = next((content for name, content in headers if name.lower() == "content-type"), None) or b""
    if not kind.startswith(STRUCTURED) or not value or len(value) > MOST_VALUE_BYTES:
        return headers, value
    try:
        event = json.loads(value)
        data = event.pop("data")
        said = {name: content for name, content in event.items() if isinstance(content, str)}
    except (ValueError, RecursionError, AttributeError, KeyError, TypeError):
        return headers, value
    kept = tuple(each for each in headers if each[0].lower() != "content-type" and not each[0].lower().startswith("ce_"))
    attributes = tuple(
        (f"ce_{name.lower()}", content.encode(errors="replace")) for name, content in said.items() if name != "datacontenttype"
    )
    return (*kept, ("content-type", b"application/json"), *attributes), json.dumps(data, ensure_ascii=False).encode(errors="replace")


def _storable(data: Any) -> Any:
    """The same data, when PostgreSQL can hold it: no NUL, no half characters, no number that is none or has no end."""
    waiting = [data]
    while waiting:
        match waiting.pop():
            case dict() as members:
                waiting += [*members.keys(), *members.values()]
            case list() as items:
                waiting += items
            case str() as text if _NOT_STORABLE.search(text):
                raise ValueError
            case float() as number if not isfinite(number):
                raise ValueError
            case int() as number if abs(number) >= 2**63:
                raise ValueError
    return data


def written_moment(moment: datetime) -> str:
    """A moment as a header says it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _instant(time: datetime) -> datetime:
    """The moment in UTC; a time of day without an offset is no moment."""
    if time.tzinfo is None:
        raise ValueError
    return time.astimezone(UTC)


def _where(error: Exception) -> str:
    """The names of the fields that are wrong, never their values."""
    if not isinstance(error, ValidationError):
        return ""
    fields = sorted({".".join(str(part) for part in problem["loc"]) for problem in error.errors(include_input=False, include_url=False)})
    return f" ({', '.join(fields[:8])})"
