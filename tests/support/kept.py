"""Whether what a service keeps at hand is what its history leads to."""

from __future__ import annotations

from typing import Any

from shared.history import event_store
from shared.history.aggregate import Aggregate
from shared.history.service import Service

STAMPS = {"_created_on", "_modified_on", "_pending_events"}
"""Set by the library from the clock we do not give it; no rule of ours reads them."""


async def assert_kept_as_replayed(service: Service) -> int:
    """Every aggregate at hand, field by field and type by type; answers how many there were.

    A history that a test has tampered with leads elsewhere, and is left to the chain.
    """
    async with service.transaction() as connection:
        for association, aggregate, _ in service.cache:
            if not (await event_store.verify(connection, stream_id=aggregate.id)).holds:
                continue
            history = await event_store.load(connection, aggregate.id, association=association)
            told = [event for event in history.events if event.originator_version <= aggregate.version]
            replayed = event_store.replayed(Aggregate, told)
            found = difference(aggregate, replayed, type(aggregate).__name__)
            assert found is None, found
    return len(service.cache)


def difference(one: Any, other: Any, where: str, seen: set[int] | None = None) -> str | None:
    """The first place where two differ in type or value; `None` where they are alike."""
    seen = seen if seen is not None else set()
    if id(one) in seen:
        return None
    seen.add(id(one))
    if type(one) is not type(other):
        return f"{where} is a {type(one).__name__}, replayed a {type(other).__name__}"
    if isinstance(one, dict):
        if list(one) != list(other):
            return f"{where} has other keys than replayed"
        pairs = [(f"{where}[{key}]", one[key], other[key]) for key in one]
    elif isinstance(one, (list, tuple)):
        if len(one) != len(other):
            return f"{where} is longer or shorter than replayed"
        pairs = [(f"{where}[{n}]", mine, theirs) for n, (mine, theirs) in enumerate(zip(one, other, strict=True))]
    elif fields := _fields(one):
        if fields.keys() != _fields(other).keys():
            return f"{where} has other fields than replayed"
        pairs = [(f"{where}.{name}", value, _fields(other)[name]) for name, value in fields.items()]
    else:
        return None if one == other else f"{where} has another value than replayed"
    return next((found for place, mine, theirs in pairs if (found := difference(mine, theirs, place, seen))), None)


def _fields(value: Any) -> dict[str, Any]:
    if type(value).__module__.split(".")[0] not in ("services", "shared", "tests") or isinstance(value, str):
        return {}
    slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
    named = {name: getattr(value, name) for name in slots if hasattr(value, name)} | getattr(value, "__dict__", {})
    return {name: inner for name, inner in named.items() if name not in STAMPS}
