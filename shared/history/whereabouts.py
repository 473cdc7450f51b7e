"""Where a matter was said to be, in its history: a field says so by its type, so that none can be forgotten (S14)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import get_args, get_type_hints
from uuid import UUID

from shared.history.aggregate import Event
from shared.privacy.personal import Sealed, Whereabouts


@cache
def say_where(kind: type[Event]) -> frozenset[str]:
    """The fields of an event that say where it is: those declared as `Whereabouts | Sealed`."""
    return frozenset(name for name, declared in get_type_hints(kind).items() if Whereabouts in get_args(declared))


def whereabouts_in(events: Iterable[Event]) -> set[UUID]:
    """The keys under which a history says where it was. One that was stored before these had a key of their own names its matter."""
    said = (vars(event).get(name) for event in events for name in say_where(type(event)))
    return {value.subject for value in said if isinstance(value, Sealed)}
