"""YAML, read by the C library where there is one: a procedure takes a hundredth of a second instead of a tenth.

What it refuses the Python library reads again, for that one says better where the mistake is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import yaml

T = TypeVar("T")
QUICK: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NotPlain(yaml.MarkedYAMLError):
    """It is YAML, but has what no file of ours needs."""


class NumberIsTwo(NotPlain):
    """YAML reads `015` as thirteen and `12:30` as 750, and whoever wrote it meant something else."""


_TWO_NUMBERS = re.compile(r"[-+]?(0[0-9_]+|0[xb][0-9a-fA-F_]+|[1-9][0-9_]*(:[0-5]?[0-9])+)")
DEEPEST = 20
"""Levels in a file of ours; a reader that goes down a thousand ends the process it runs in."""


def composed(text: str) -> yaml.Node | None:
    """The nodes of a plain text, each with its place; raises `NotPlain` and other kinds of `yaml.YAMLError`."""
    must_be_plain(text)
    return _first_quick(lambda loader: yaml.compose(text, Loader=loader))


def said_by(root: yaml.Node) -> Any:
    """What composed nodes say; raises `yaml.YAMLError`, and `ValueError` for a day that no calendar has."""
    return yaml.constructor.SafeConstructor().construct_document(root)


def loaded(text: str) -> Any:
    """What a text says; raises `yaml.YAMLError`."""
    return _first_quick(lambda loader: yaml.load(text, Loader=loader))  # noqa: S506 -- both are safe ones


def keys_that_stand_twice(text: str) -> Iterator[tuple[str, int]]:
    """Each key that a mapping of a text has twice, with its line: YAML would quietly let the last one win. Raises `yaml.YAMLError`."""
    waiting = [_first_quick(lambda loader: yaml.compose(text, Loader=loader))]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if node is None or id(node) in seen:  # an alias names a node that stands elsewhere
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            names: set[str] = set()
            for key, value in node.value:
                if str(key.value) in names:
                    yield str(key.value), key.start_mark.line + 1
                names.add(str(key.value))
                waiting.append(value)
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def _first_quick(read: Callable[[type[yaml.SafeLoader]], T]) -> T:
    try:
        return read(QUICK)
    except yaml.YAMLError:
        return read(yaml.SafeLoader)


def must_be_plain(text: str) -> None:
    """Raises `NotPlain` for what no file of ours needs: many levels, aliases that multiply what they name, types of its own choosing."""
    _first_quick(lambda loader: _look_through(yaml.parse(text, Loader=loader)))


def _look_through(events: Iterable[Any]) -> None:
    """Stops at the first that is not plain: what lies behind it may be much, and is not read."""
    depth = 0
    for event in events:
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise NotPlain(problem="an alias", problem_mark=mark)
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and (event.tag or event.anchor):
            raise NotPlain(problem="a tag or an anchor", problem_mark=mark)
        if isinstance(event, yaml.ScalarEvent) and event.implicit[0] and _TWO_NUMBERS.fullmatch(event.value):
            raise NumberIsTwo(problem="a number that can be read in two ways", problem_mark=mark)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise NotPlain(problem="too many levels", problem_mark=mark)
