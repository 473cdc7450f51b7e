"""An estate with few homes leads to whoever lives there: it is sealed as the home is, and its municipality alone stands in the clear.

Where somebody's address is protected, not even that (domain.md FB11): estate and municipality are sealed, however many homes there are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol
from uuid import UUID

from shared.privacy.personal import Personal, Sealed, Whereabouts, as_sealed

FEW_HOMES = 20
"""An estate that has fewer in the register is small (design.md §3.7). What was told of one keeps its shape when it grows, or shrinks."""

IN_THE_CLEAR: dict[str, Any] = {"small_estate": None, "small_estate_name": None}
"""What was told before small estates were sealed: every estate stood in the clear, and still does."""
NOT_PROTECTED: dict[str, Any] = {"protected_municipality": None}
"""What was told before protected addresses were sealed: every municipality stood in the clear, and still does."""


def told_estate(
    matter: UUID, *, estate_id: str, estate_name: str, municipality: str, is_small: bool, is_protected: bool = False
) -> dict[str, Any]:
    """On which estate a matter is, and in which municipality, as an event says it."""
    told: dict[str, Any] = {"estate_id": estate_id, "estate_name": estate_name, "municipality": municipality}
    told |= IN_THE_CLEAR | NOT_PROTECTED
    if (is_small or is_protected) and estate_id:
        told |= {"estate_id": "", "small_estate": Whereabouts(matter, estate_id)}
        told |= {"estate_name": "", "small_estate_name": Whereabouts(matter, estate_name)}
    if is_protected:
        told |= {"municipality": "", "protected_municipality": Whereabouts(matter, municipality)}
    return told


class Told(Protocol):
    """An event, or a message, that says on which estate a matter is."""

    @property
    def estate_id(self) -> str: ...
    @property
    def estate_name(self) -> str: ...
    @property
    def municipality(self) -> str: ...
    @property
    def small_estate(self) -> Personal | Sealed | None: ...
    @property
    def small_estate_name(self) -> Personal | Sealed | None: ...
    @property
    def protected_municipality(self) -> Personal | Sealed | None: ...


def heard_estate(told: Told, opened: Callable[[Any], str | None]) -> tuple[str, str]:
    """Its code and its name, for as long as they open: a read model may hold them, and so may a decision."""
    if told.small_estate is None:
        return told.estate_id, told.estate_name
    return opened(as_sealed(told.small_estate)) or "", opened(as_sealed(told.small_estate_name)) or ""


def heard_municipality(told: Told, opened: Callable[[Any], str | None]) -> str:
    """Its code; likewise."""
    if told.protected_municipality is None:
        return told.municipality
    return opened(as_sealed(told.protected_municipality)) or ""


def also_told(told: Told) -> dict[str, Sealed | None]:
    """What a message says besides: sealed, as the event has it."""
    return {
        "small_estate": as_sealed(told.small_estate),
        "small_estate_name": as_sealed(told.small_estate_name),
        "protected_municipality": as_sealed(told.protected_municipality),
    }
