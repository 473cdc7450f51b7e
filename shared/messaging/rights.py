"""Who may say and hear what at the broker: made of what services publish and consume, and written nowhere else (decision 0044)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import for_code
from aiokafka.protocol.admin import CreateAclsRequest, DeleteAclsRequest, DescribeAclsRequest

from shared.messaging.contract import Channel

OPERATOR = "operator"
"""Makes topics and rights; the broker asks it for none (`super.users`)."""
ERP = "erp"
"""The association's ERP: it stands wherever services stand on one side only."""
ANY_HOST = "*"


class Kind(IntEnum):
    """What a right is to, as Kafka numbers it."""

    TOPIC = 2
    GROUP = 3


class Pattern(IntEnum):
    """Whether a right is to this name, or to all that begin with it."""

    NAME = 3
    BEGINNING = 4


class Operation(IntEnum):
    """What may be done, as Kafka numbers it."""

    READ = 3
    WRITE = 4
    DESCRIBE = 8


_ANY, _ALLOW = 1, 3


@dataclass(frozen=True, slots=True, order=True)
class Right:
    """That somebody may do one thing with one topic or group; what nobody has a right to, the broker refuses."""

    who: str
    operation: Operation
    kind: Kind
    name: str
    pattern: Pattern = Pattern.NAME

    def __str__(self) -> str:
        star = "*" if self.pattern is Pattern.BEGINNING else ""
        return f"{self.who:<14} {self.operation.name.lower():<8} {self.kind.name.lower():<6} {self.name}{star}"


def rights_of(channels: Iterable[Channel]) -> tuple[Right, ...]:
    """Everybody's rights. Where no service speaks the ERP does, and it listens where none of them does."""
    every = tuple(channels)
    services = {name for channel in every for name in (*channel.published, *channel.consumed)}
    rights = {Right(who, Operation.READ, Kind.GROUP, f"brobygger.{who}") for who in services}
    rights.add(Right(ERP, Operation.READ, Kind.GROUP, "erp", Pattern.BEGINNING))
    for channel in every:
        rights |= {Right(who, Operation.WRITE, Kind.TOPIC, channel.topic) for who in channel.published or (ERP,)}
        rights |= {Right(who, Operation.READ, Kind.TOPIC, channel.topic) for who in channel.consumed or (ERP,)}
        # Each of them looks whether the topics are there; their names are no secret, what is said in them is.
        rights |= {Right(who, Operation.DESCRIBE, Kind.TOPIC, channel.topic) for who in services}
    return tuple(sorted(rights))


async def grant(admin: AIOKafkaAdminClient, rights: Iterable[Right]) -> tuple[list[Right], list[Right]]:
    """Give these rights, and take away every other that those named in them have; answers what was given and taken."""
    wanted = set(rights)
    known = await _known(admin)
    given = sorted(wanted - known)
    taken = sorted(right for right in known - wanted if right.who in {each.who for each in wanted})
    for right in given:
        answer = await admin._send_to_controller(CreateAclsRequest(*_as_told(right), _ALLOW))
        for code, message in answer.creation_responses:
            _refused(code, message)
    for right in taken:
        answer = await admin._send_to_controller(DeleteAclsRequest(*_as_told(right), _ALLOW))
        for code, message, _ in answer.filter_responses:
            _refused(code, message)
    return given, taken


async def _known(admin: AIOKafkaAdminClient) -> set[Right]:
    answer = await admin._send_to_controller(DescribeAclsRequest(_ANY, None, _ANY, None, None, _ANY, _ANY))
    _refused(answer.error_code, answer.error_message)
    return {
        Right(principal.removeprefix("User:"), Operation(operation), Kind(kind), name, Pattern(pattern))
        for kind, name, pattern, acls in answer.resources
        for principal, host, operation, permission in acls
        if (host, permission) == (ANY_HOST, _ALLOW) and kind in set(Kind) and pattern in set(Pattern) and operation in set(Operation)
    }


def _as_told(right: Right) -> tuple[int, str, int, str, str, int]:
    return (right.kind, right.name, right.pattern, f"User:{right.who}", ANY_HOST, right.operation)


def _refused(code: int, message: str | None) -> None:
    if code:
        raise for_code(code)(message)
