"""A day in somebody's life, sealed: with the date of a death or a move, whoever has a register finds who it was (design.md §3.7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from shared.privacy.personal import Personal, Sealed

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case

SealedDay = Personal | Sealed | str
"""As an event holds it; in the clear, as `2026-03-03`, where it was stored before days were sealed."""
Opens = Callable[[Sealed], str | None]
"""What a sealed value says, where its key is at hand."""


def sealed(case: Case, person: UUID | None, day: date) -> Personal:
    """With the key of somebody's part of the case, and it goes with that; of the resident, and of who has no part, with the case's."""
    return Personal(person if person is not None and person in case.persons.people else case.id, day.isoformat())


def opened(told: SealedDay | None, opens: Opens) -> date | None:
    """The day; `None` where there is none, or it opens no more."""
    text = opens(told) if isinstance(told, Sealed) else told.text if isinstance(told, Personal) else told
    return date.fromisoformat(text) if text else None
