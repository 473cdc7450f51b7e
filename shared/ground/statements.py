"""Statements on their way to the database: kept until a decision is complete, and sent as one (decision 0011)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

_WRITTEN = re.compile(r"\b(?:insert into|update|delete from) +\"?([a-z_]+)")
_VALUE = re.compile(r"\$(\d+)")
_NAME = re.compile(r"(?<!:):([a-z_]+)")
"""A name in SQL; a cast (`::text`) is none."""


class Rows(Protocol):
    """What is written to: a connection, or the statements of a decision on their way to one."""

    async def execute(self, query: str, /, *args: Any) -> Any: ...


class ReadModelRows(Rows, Protocol):
    """What a projection writes to."""

    def opened(self, sealed: Any) -> str | None:
        """What a sealed value says, for as long as its key lives: a row may hold that, an event may not (design.md §3.7)."""


class Statement(NamedTuple):
    """SQL and its values."""

    sql: str
    values: tuple[Any, ...]


class Statements(list[Statement]):
    """Statements that are not sent yet."""

    def __init__(self, opened: Callable[[Any], str | None]) -> None:
        super().__init__()
        self.opened = opened

    async def execute(self, query: str, /, *args: Any) -> None:
        """Keep it for later."""
        self.append(Statement(query, args))


def named(sql: str, /, **values: Any) -> Statement:
    """SQL that calls its values by name (`:estate`), as PostgreSQL takes it: by number. A name without a value is a `KeyError`."""
    numbered, names = _numbered(sql)
    return Statement(numbered, tuple(map(values.__getitem__, names)))


@lru_cache(maxsize=1000)
def _numbered(sql: str) -> tuple[str, list[str]]:
    names = list(dict.fromkeys(_NAME.findall(sql)))
    return _NAME.sub(lambda name: f"${names.index(name[1]) + 1}", sql), names


def combined(first: Statement, *more: Statement) -> Statement:
    """Statements that write, as one: one way to the server and back instead of one for each.

    PostgreSQL shows all of them the rows as they were before the first, so none may name a table that another one writes: `ValueError`.
    """
    every = (first, *more)
    sql = _combined(tuple([one.sql for one in every]), tuple([len(one.values) for one in every]))
    return Statement(sql, sum([one.values for one in more], first.values))


@lru_cache(maxsize=1000)
def _combined(statements: tuple[str, ...], counts: tuple[int, ...]) -> str:
    """Each statement but the last becomes a `with` of the last; one that is made of several itself joins them, with its own `with`s.

    The values stand one after the other, so the places of a statement's values move up by how many stand before them.
    """
    for n, sql in enumerate(statements):
        others = " ".join(other for m, other in enumerate(statements) if m != n)
        for table in _WRITTEN.findall(sql):
            if re.search(rf"\b{table}\b", others):
                raise ValueError(f"two statements of one decision name {table}, and one of them writes it")
    *before, last = [_moved(sql, by=sum(counts[:n])) for n, sql in enumerate(statements)]
    if not before:
        return last
    named = ", ".join(f"written_{n} as ({sql})" for n, sql in enumerate(before))
    return f"with {named}, {last.removeprefix('with ')}" if last.startswith("with ") else f"with {named} {last}"


def _moved(sql: str, *, by: int) -> str:
    return _VALUE.sub(lambda value: f"${int(value[1]) + by}", sql)
