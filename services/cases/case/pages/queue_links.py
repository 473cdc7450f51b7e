"""The addresses of the queue, and what is chosen of it in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from services.cases.case.queries.filters import Filters
from shared.words.labels import label
from shared.words.language import Language, marked, translated
from shared.words.vocabulary.waiting import ANYTHING

NOBODYS = marked("Uden sagsbehandler")


class ChosenOnly(NamedTuple):
    """Something that was chosen by following a number, and has no field in the form: what it is, and the filters without it."""

    text: str
    name: str
    values: tuple[str, ...]
    without: dict[str, Any]


def queue_link(filters: Filters, purpose: str = "", *, cursor: str = "", **changed: Any) -> str:
    """The address of the queue with these filters, some of them changed."""
    query: dict[str, Any] = {**replace(filters, **changed).query, "formaal": purpose, "cursor": cursor}
    said = urlencode({name: value for name, value in query.items() if value}, doseq=True)
    return f"/cases/?{said}" if said else "/cases/"


def choices_of(chosen: Filters, name_of: Callable[[str], str], language: Language) -> list[ChosenOnly]:
    """What the list is narrowed to besides what the form shows, each with the way to undo it."""
    query = chosen.query
    found: list[ChosenOnly] = []
    if chosen.late:
        overdue = translated(marked("Overskredet"), language)
        text = overdue if chosen.late == ANYTHING else f"{overdue}: {label(chosen.late, 'clocks', language=language)}"
        found.append(ChosenOnly(text, "late", (chosen.late,), {"late": ""}))
    if chosen.lacks:
        text = ", ".join(label(lack, "lacks", language=language) for lack in chosen.lacks)
        found.append(ChosenOnly(text, "lacks", tuple(chosen.lacks), {"lacks": ()}))
    if chosen.status:
        found.append(ChosenOnly(label(chosen.status, "statuses", language=language), "status", (chosen.status,), {"status": ""}))
    if chosen.handlers:
        names = ", ".join(name_of(handler) if handler else translated(NOBODYS, language) for handler in chosen.handlers)
        found.append(ChosenOnly(names, "handler", (str(query["handler"]),), {"handlers": ()}))
    return found
