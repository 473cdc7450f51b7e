"""Messages of the first release as they are said now: ids of homes and tenancies sealed (decision 0023).

A few types were said with such ids in the clear, and are another version now; in all of them ids that told something are exchanged. Goes
with the rest of the moving.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from shared.messaging.message import event_id
from shared.messaging.messages import cases, erp, intake
from shared.privacy.first_release import Anew, whereabouts, words
from shared.privacy.personal import Sealed

REGISTERED = "dk.brobygger.intake.observation_registered.v1"
STARTED = "dk.brobygger.intake.tenancy_started.v1"
ENDED = "dk.brobygger.intake.tenancy_ended.v1"
TYPES: Mapping[str, str] = {
    REGISTERED: intake.ObservationRegistered.TYPE,
    STARTED: intake.TenancyStarted.TYPE,
    ENDED: intake.TenancyEnded.TYPE,
}
"""What they are called now."""
IDENTIFYING = ("ce_id", "ce_subject", "ce_partitionkey", "ce_causationid")
MOST_EVENTS = 1000
"""In the life of a tenancy; a message that is of none of them was not said by us, and keeps its id."""
LEADING_BACK = ("ce_correlationid", "ce_causationid", "ce_traceparent", "ce_procedureversion")
"""What an outsider's envelope held in the first release, and holds no more."""

Opened = Callable[[Sealed | None], str | None]
Ids = Mapping[UUID, UUID]


@dataclass(slots=True)
class OldMessage:
    """A message as it was written: its headers, its key, its content."""

    headers: dict[str, str]
    key: str | None
    data: dict[str, Any]

    @property
    def type(self) -> str:
        return self.headers.get("ce_type", "")


def message_ids(stream_id: UUID, version: int, kind: str, *, now: UUID | None = None) -> tuple[UUID, UUID]:
    """The id a message of one of these types had, and the one it has now; `now` is the stream it is of now, where that is another."""
    return uuid5(event_id(stream_id, version), kind), uuid5(event_id(now or stream_id, version), TYPES[kind])


def bring_up_to_date(message: OldMessage, opened: Opened, ids: Ids) -> None:
    """Say a message as it is said now; what is to be sealed stands in its data as `Anew`."""
    data, kind = message.data, message.type
    match kind:
        case _ if kind == REGISTERED:
            _registered(data, opened)
        case _ if kind in (STARTED, ENDED):
            _tenancy(message, ids)
        case cases.ConcernRaised.TYPE if data.get("home_id"):
            case = UUID(data["case_id"])
            data["home"] = whereabouts(case, f"{event_id(case, 1)}/home", data.pop("home_id"))
        case erp.WorkOrderRequested.TYPE:
            for name in LEADING_BACK:
                message.headers.pop(name, None)
            return  # outside, an order keeps the id it has
    message.data = {name: exchanged(value, ids) for name, value in message.data.items() if name != "home_id"}
    for name in IDENTIFYING:
        if name in message.headers:
            message.headers[name] = exchanged(message.headers[name], ids)
    message.key = exchanged(message.key, ids)
    if kind in TYPES:
        message.headers |= {"ce_type": TYPES[kind], "ce_dataschema": f"urn:{TYPES[kind].replace('.', ':')}"}


def _registered(data: dict[str, Any], opened: Opened) -> None:
    id = UUID(data["observation_id"])
    of = event_id(id, 1)
    text = opened(_read(data.get("words")))
    data["home"] = whereabouts(id, f"{of}/home", data.pop("home_id"))
    data["tenancy"] = whereabouts(id, f"{of}/tenancy", data.pop("tenancy_id"))
    data["address"] = whereabouts(id, f"{of}/address", opened(_read(data["address"])))
    data["words"] = words(id, f"{of}/words", text) if data.get("words") else None


def _tenancy(message: OldMessage, ids: Ids) -> None:
    """It was about a stream with the id of the ERP; which of its events it told, its own id says."""
    old = UUID(message.data.pop("tenancy_id"))
    new, id = ids[old], UUID(message.headers["ce_id"])
    version = next((version for version in range(1, MOST_EVENTS) if uuid5(event_id(old, version), message.type) == id), 0)
    of = event_id(new, version)
    home = message.data.pop("home_id")
    message.data = {"matter_id": str(new), "tenancy": Anew(new, new, f"{of}/tenancy", str(old)), **message.data}
    if message.type == STARTED:
        message.data["home"] = Anew(new, new, f"{of}/home", home)
    if version:
        message.headers["ce_id"] = str(uuid5(of, TYPES[message.type]))


def _read(data: dict[str, str] | None) -> Sealed | None:
    return Sealed(subject=UUID(data["subject"]), of=data["of"], box=data["box"]) if data else None


def exchanged(value: Any, ids: Ids) -> Any:
    """The same value, with another id where one was given up."""
    if isinstance(value, str) and len(value) == 36:
        try:
            new = ids.get(UUID(value))
        except ValueError:
            return value
        return str(new) if new else value
    if isinstance(value, list):
        return [exchanged(each, ids) for each in value]
    return value
