"""What intake stored in the first release: observations, tenancies, and the ids of homes in the clear (decision 0023)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from uuid_utils.compat import uuid7

from shared.history.first_release import FirstRelease, Ids, OldEvent, Open
from shared.messaging.first_release import ENDED, REGISTERED, STARTED, message_ids
from shared.privacy.first_release import Anew, Began, Renamed, whereabouts, words
from shared.privacy.matter import Matter, MatterKind

BEGIN_TENANCIES = frozenset({"tenancy.started", "tenancy.end_heard_first"})
TELL_START = frozenset({"tenancy.started", "tenancy.start_heard_later", "tenancy.start_moved"})


def give_up_tenancies(event: OldEvent, _: Ids) -> Iterator[Renamed]:
    """A tenancy had the id of the ERP; it is a matter with an id that tells nothing."""
    if event.topic in BEGIN_TENANCIES:
        yield Renamed(event.stream_id, uuid7(), is_tenancy=True)


def give_up_messages(event: OldEvent, ids: Ids) -> Iterator[Renamed]:
    """The id of a message is made of its stream and its type, and one of them is another now."""
    if event.topic == "observation.registered":
        yield Renamed(*message_ids(event.stream_id, event.version, REGISTERED))
    elif event.topic in TELL_START:
        yield Renamed(*message_ids(event.stream_id, event.version, STARTED, now=ids[event.stream_id]))
    elif event.topic == "tenancy.ended":
        yield Renamed(*message_ids(event.stream_id, event.version, ENDED, now=ids[event.stream_id]))


def write_anew(event: OldEvent, opened: Open, _: Ids) -> None:
    """The shapes of today."""
    if event.topic == "observation.registered":
        _write_observation_anew(event, opened)
        return
    state, matter = event.state, event.now
    home = state.pop("home_id", None)
    event.state = {**state, "tenancy": Anew(matter, matter, f"{event.id}/tenancy", str(event.stream_id)), "class_version": 2}
    if event.topic in TELL_START:
        event.state["home"] = Anew(matter, matter, f"{event.id}/home", str(home))


def _write_observation_anew(event: OldEvent, opened: Open) -> None:
    state, id = event.state, event.stream_id

    def sealed(field: str, value: Any) -> Anew:
        return whereabouts(id, f"{event.id}/{field}", value)

    said = state["words"]
    event.state = {
        **{name: value for name, value in state.items() if name not in ("home_id", "tenancy_id")},
        "home": sealed("home", state["home_id"]),
        "tenancy": sealed("tenancy", state["tenancy_id"]),
        "address": sealed("address", opened(state["address"])),
        "words": words(id, f"{event.id}/words", opened(said)) if said else None,
        "estate_name": state.get("estate_name", ""),
        "class_version": 3,
    }


def begin(event: OldEvent, ids: Ids) -> Iterator[Began]:
    """An observation was about a tenancy and its home; a tenancy about itself, and its home as soon as that was heard."""
    if event.topic == "observation.registered":
        home, tenancy = event.state["home_id"], event.state["tenancy_id"]
        matter = Matter.about(event.stream_id, MatterKind.OBSERVATION, home=home, tenancy=tenancy)
        yield Began(matter, event.association, event.recorded_at, tenancy)
    elif event.topic in BEGIN_TENANCIES | TELL_START:
        home, tenancy = event.state.get("home_id"), event.stream_id
        matter = Matter.about(ids[tenancy], MatterKind.TENANCY, home=home, tenancy=tenancy)
        yield Began(matter, event.association, event.recorded_at, tenancy)


KNOWN = FirstRelease(
    before=(),
    behind=("cases", "notifications", "reporting"),
    old={
        "observation.registered": 3,
        "tenancy.started": 2,
        "tenancy.end_heard_first": 2,
        "tenancy.start_heard_later": 2,
        "tenancy.start_moved": 2,
        "tenancy.ended": 2,
    },
    renames=(give_up_tenancies, give_up_messages),
    begins=begin,
    write_anew=write_anew,
)
