"""How the file of a procedure is read: what is wrong in one that is to be adopted is named with its line and place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml
from pydantic import ValidationError

from services.cases.procedure.rules.document import ADOPTING, ProcedureDocument, not_named
from shared.ground.errors import Refusal
from shared.ground.yaml_text import NotPlain, NumberIsTwo, composed, loaded, said_by

Place = tuple[str | int, ...]

_SAYINGS = {
    "missing": "mangler",
    "extra_forbidden": "kendes ikke her",
    "string_pattern_mismatch": "har ikke den rigtige form",
    "string_type": "skal være en tekst; sæt den i anførselstegn",
    "int_type": "skal være et helt tal",
    "int_parsing": "skal være et helt tal",
    "too_short": "må ikke være tom",
    "string_too_short": "må ikke være tom",
    "string_too_long": "er for lang",
    "greater_than_equal": "er for lille",
    "less_than_equal": "er for stor",
    "date_type": "skal være en dato (åååå-mm-dd)",
    "date_from_datetime_parsing": "skal være en dato (åååå-mm-dd)",
    "model_type": "skal være en gruppe af felter",
    "dict_type": "skal være en gruppe af felter",
    "tuple_type": "skal være en liste",
}


LONGEST: Final = 60_000
"""Letters of a file; the form takes some more, so that what was cut off is not taken for the whole."""
_TOO_LONG = "filen er længere end 60.000 tegn"
_NOT_YAML = "filen er ikke gyldig YAML (se efter indrykning, kolon og anførselstegn)"
_TWO_NUMBERS = "tallet kan læses på to måder; skriv det uden nul foran, eller i anførselstegn, hvis det er en tekst"
_NOT_PLAIN = "filen har noget, som en procedure ikke behøver (ankre, egne typer eller for mange niveauer)"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in the file."""

    line: int
    place: str
    reason: str

    def __str__(self) -> str:
        return f"Linje {self.line}, {self.place}: {self.reason}." if self.place else f"Linje {self.line}: {self.reason}."


class ProcedureIsNotUnderstood(Refusal):
    """Proceduren kan ikke tages i brug, for der er fejl i filen."""

    field = "text"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(next_step="Ret dette og prøv igen. " + " ".join(str(problem) for problem in problems[:10]))
        self.problems = problems


def read_procedure(text: str) -> ProcedureDocument:
    """Read a procedure that is to be adopted; raises `ProcedureIsNotUnderstood` with every problem found, each with its place."""
    if len(text) > LONGEST:
        raise ProcedureIsNotUnderstood((Problem(1, "", _TOO_LONG),))
    root = _root(text)
    lines = _lines(root)
    content = _content(root)
    missing = [Problem(_line(place, lines), ".".join(place), _SAYINGS["missing"]) for place in not_named(content)]
    try:
        document = ProcedureDocument.model_validate(content, context=ADOPTING)
    except ValidationError as error:
        raise ProcedureIsNotUnderstood((*_problems(error, lines), *missing)) from error
    if missing:
        raise ProcedureIsNotUnderstood(tuple(missing))
    return document


def read_adopted(text: str) -> ProcedureDocument:
    """Read a procedure that was adopted: what it lacks is no mistake, and what nobody knows any more is passed over."""
    return ProcedureDocument.model_validate(loaded(text), extra="ignore")


def _root(text: str) -> yaml.MappingNode:
    """The fields of the file; refuses what is no YAML with fields."""
    try:
        root = composed(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        reason = _TWO_NUMBERS if isinstance(error, NumberIsTwo) else _NOT_PLAIN if isinstance(error, NotPlain) else _NOT_YAML
        raise ProcedureIsNotUnderstood((Problem(line, "", reason),)) from error
    except yaml.YAMLError as error:
        raise ProcedureIsNotUnderstood((Problem(1, "", "filen har tegn, som YAML ikke tillader"),)) from error
    if not isinstance(root, yaml.MappingNode):
        raise ProcedureIsNotUnderstood((Problem(1, "", "filen skal begynde med felter som version og title"),))
    return root


def _lines(root: yaml.MappingNode) -> dict[Place, int]:
    """The line of every place; refuses fields that stand twice."""
    lines: dict[Place, int] = {(): 1}
    if twice := tuple(_walk(root, (), lines)):
        raise ProcedureIsNotUnderstood(twice)
    return lines


def _content(root: yaml.MappingNode) -> dict[str, Any]:
    try:
        content: dict[str, Any] = said_by(root)
    except yaml.YAMLError as error:
        raise ProcedureIsNotUnderstood((Problem(1, "", "filen har en værdi, som ikke kan læses (se efter datoer)"),)) from error
    except ValueError as error:  # a day that is not in the calendar, such as 2026-02-30
        raise ProcedureIsNotUnderstood((Problem(1, "", "filen har en dato, som ikke findes"),)) from error
    return content


def _walk(node: yaml.Node, place: Place, lines: dict[Place, int]) -> Iterator[Problem]:
    """Note the line of every place, and name keys that stand twice: YAML would quietly let the last one win."""
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                yield Problem(key.start_mark.line + 1, ".".join(map(str, (*place, name))), "står to gange")
            seen.add(name)
            yield from _walk(value, (*place, name), lines)
            lines[(*place, name)] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for at, value in enumerate(node.value):
            yield from _walk(value, (*place, at), lines)


def _problems(error: ValidationError, lines: dict[Place, int]) -> Iterator[Problem]:
    for found in error.errors(include_url=False):
        place: Place = tuple(part for part in found["loc"] if part != "[key]")
        reason = _reason(found["type"], found.get("ctx", {}))
        group, colon, rest = reason.partition(": ")
        if not place and colon:  # a rule about the whole file names the group it is about
            place, reason = (group,), rest
        yield Problem(_line(place, lines), ".".join(map(str, place)), reason)


def _line(place: Place, lines: dict[Place, int]) -> int:
    """The line of a place, or of the nearest group around it when the thing itself is missing."""
    while place not in lines:
        place = place[:-1]
    return lines[place]


def _reason(kind: str, context: dict[str, Any]) -> str:
    if kind == "unknown_name":
        return f"kendes ikke; skriv {context['expected']}"
    if kind == "value_error":
        return str(context["error"])
    return _SAYINGS.get(kind, "har ikke den rigtige form")
