"""What holds in a case whose procedure was adopted before something came, and so says nothing about it.

A case stays under the version of the procedure it began with, for years. Whoever adds a step, a clock or a milestone adds a line here:
with which release it came, and what holds until an association has adopted a procedure that names it. A new recipient or
severity needs no line, for the procedure itself says what is usual (`ProcedureInForce`). `tests/contracts/test_procedures.py`
asks every procedure that was ever adopted for each of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from services.cases.procedure.rules.document import Span
from shared.words.vocabulary.case import Milestone, Step
from shared.words.vocabulary.people import Role
from shared.words.vocabulary.waiting import DeadlineKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Meanwhile(Generic[T]):
    """Something that came later than the first procedures."""

    since: str
    """The release it came with."""
    holds: T


TAKERS: dict[Step, Meanwhile[tuple[Role, ...]]] = {}
"""Who may take a step that a procedure does not name; a step that stands in neither is nobody's."""

CLOCKS: dict[DeadlineKind, Meanwhile[Span]] = {}
"""How long a clock runs that a procedure does not name, however serious it is."""

NOTICES: dict[Milestone, Meanwhile[str]] = {}
"""What the caretaker is told at a milestone that a procedure does not name."""

USUAL_CLOCK = Span(working_days=5)
"""How long a clock runs that stands in neither."""


def takers(step: Step) -> tuple[str, ...]:
    return TAKERS[step].holds if step in TAKERS else ()


def clock(kind: DeadlineKind) -> Span:
    return CLOCKS[kind].holds if kind in CLOCKS else USUAL_CLOCK


def notice(milestone: Milestone) -> str:
    return NOTICES[milestone].holds if milestone in NOTICES else ""
