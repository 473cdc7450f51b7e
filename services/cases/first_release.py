"""What cases stored in the first release: ids of homes in the clear, and words sealed for the tenancy (decision 0023)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from shared.history.first_release import FirstRelease, Ids, OldEvent, Open
from shared.messaging.message import event_id
from shared.privacy.first_release import Anew, Began, Renamed, whereabouts, words
from shared.privacy.matter import Matter, MatterKind


def give_up_orders(event: OldEvent, _: Ids) -> Iterator[Renamed]:
    """The ERP knows an order, and its home, by the id it had in the case."""
    if event.topic == "case.damage_service_ordered":
        yield Renamed(event.state["order_id"], uuid4())


def begin(event: OldEvent, _: Ids) -> Iterator[Began]:
    """A case was about the tenancy and the home of its observation."""
    if event.topic == "case.concern_raised":
        tenancy = event.state["tenancy_id"]
        matter = Matter.about(event.stream_id, MatterKind.CASE, home=event.state["home_id"], tenancy=tenancy)
        yield Began(matter, event.association, event.recorded_at, tenancy)


def write_anew(event: OldEvent, opened: Open, _: Ids) -> None:
    """The shapes of today. What intake had sealed stays the observation's."""
    state, case = event.state, event.now
    if event.topic == "case.concern_raised":
        observation, said = state["observation_id"], state["words"]
        of = event_id(observation, 1)
        event.state = {
            **{name: value for name, value in state.items() if name not in ("home_id", "tenancy_id")},
            "home": whereabouts(case, f"{event.id}/home", state["home_id"]),
            "tenancy": whereabouts(case, f"{event.id}/tenancy", state["tenancy_id"]),
            "address": whereabouts(observation, f"{of}/address", opened(state["address"])),
            "words": words(observation, f"{of}/words", opened(said)) if said else None,
            "estate_name": state.get("estate_name", ""),
            "class_version": 3,
        }
    else:
        unit = state.pop("unit_id")
        event.state = {
            **state,
            "reference": Anew(case, case, f"{event.id}/reference", str(state["order_id"])),
            "unit": whereabouts(case, f"{event.id}/unit", unit),
            "class_version": 2,
        }


def answer(answer: Any) -> Any:
    """What was handed over were pairs of a case and its tenancy; it is the cases."""
    pairs = isinstance(answer, list) and all(isinstance(each, list) for each in answer)
    return [each[0] for each in answer] if pairs else answer


KNOWN = FirstRelease(
    before=("intake",),
    behind=("notifications", "reporting"),
    old={"case.concern_raised": 3, "case.damage_service_ordered": 2},
    renames=(give_up_orders,),
    begins=begin,
    write_anew=write_anew,
    answer=answer,
    no_more=("open_deadline",),
)
