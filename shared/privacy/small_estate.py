"""An estate with few homes leads to whoever lives there: it is sealed as the home is, and its municipality alone stands in the clear."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol
from uuid import UUID

from shared.privacy.personal import Personal, Sealed, Whereabouts, as_sealed

FEW_HOMES = 20
"""An estate that has fewer in the register is small (design.md §3.7). What was told of one keeps its shape when it grows, or shrinks."""

IN_THE_CLEAR: dict[str, Any] = {"small_estate": None, "small_estate_name": None}
"""What was told before small estates were sealed: every estate stood in the clear, and still does."""


def told_estate(matter: UUID, *, estate_id: str, estate_name: str, municipality: str, is_small: bool) -> dict[str, Any]:
    """On which estate a matter is, as an event says it."""
    if not is_small or not estate_id:
        return {"estate_id": estate_id, "estate_name": estate_name, "municipality": municipality, **IN_THE_CLEAR}
    return {
        "estate_id": "",
        "estate_name": "",
        "municipality": municipality,
        "small_estate": Whereabouts(matter, estate_id),
        "small_estate_name": Whereabouts(matter, estate_name),
    }


class Told(Protocol):
    """An event, or a message, that says on which estate a matter is."""

    @property
    def estate_id(self) -> str: ...
    @property
    def estate_name(self) -> str: ...
    @property
    def small_estate(self) -> Personal | Sealed | None: ...
    @property
    def small_estate_name(self) -> Personal | Sealed | None: ...


def heard_estate(told: Told, opened: Callable[[Any], str | None]) -> tuple[str, str]:
    """Its code and its name, for as long as they open: a read model may hold them, and so may a decision."""
    if told.small_estate is None:
        return told.estate_id, told.estate_name
    return opened(as_sealed(told.small_estate)) or "", opened(as_sealed(told.small_estate_name)) or ""


def also_told(told: Told) -> dict[str, Sealed | None]:
    """What a message says besides: sealed, as the event has it."""
    return {"small_estate": as_sealed(told.small_estate), "small_estate_name": as_sealed(told.small_estate_name)}
