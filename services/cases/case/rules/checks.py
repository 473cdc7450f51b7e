"""Questions every step asks before it decides: is the role allowed, is the code known, is the text short enough."""

from __future__ import annotations

from collections.abc import Iterable

from services.cases.case.rules.agreed import AgreedProcedure
from services.cases.case.rules.codes import CARETAKER_STEPS, Step
from services.cases.case.rules.refusals import (
    CaretakersAreNotGivenSocialWork,
    CodeIsUnknown,
    HandlerIsNotSocialStaff,
    ProcedureGivesThisStepToOthers,
    TextIsTooLong,
    ThisStepIsNotForCaretakers,
)
from shared.ground.provenance import Role
from shared.privacy.personal import Personal

MOST_CHARACTERS = 500
"""How long a free text may be (domain.md §2.6)."""

SOCIAL_STAFF = frozenset({Role.SOCIAL_LEAD, Role.SOCIAL_CARETAKER})


def permitted(step: Step, *, by: Role, under: AgreedProcedure) -> None:
    """Refuses unless the procedure gives this role the step; a caretaker is refused social work whatever it says."""
    if by == Role.CARETAKER and step not in CARETAKER_STEPS:
        raise ThisStepIsNotForCaretakers
    if not under.may(by.value, step.value):
        raise ProcedureGivesThisStepToOthers


def can_carry(role: Role) -> None:
    """Refuses a handler who is not social staff; S1's central wish."""
    if role == Role.CARETAKER:
        raise CaretakersAreNotGivenSocialWork
    if role not in SOCIAL_STAFF:
        raise HandlerIsNotSocialStaff


def known(code: str, codes: Iterable[str], *, field: str) -> str:
    """The code as plain text; refuses one that is not on the list."""
    if code not in set(codes):
        raise CodeIsUnknown(field=field)
    return str(code)


def fits(text: Personal | None, *, field: str) -> Personal | None:
    """The text, `None` when it is blank; refuses one that is too long."""
    if text is None or not text.text.strip():
        return None
    if len(text.text) > MOST_CHARACTERS:
        raise TextIsTooLong(field=field)
    return text
