"""Who has to say why before they read: those who check others say it every time (domain.md §2.6)."""

from __future__ import annotations

from shared.ground.errors import Refusal
from shared.words.vocabulary.people import Role

CHECKERS = frozenset({Role.AUDITOR, Role.DPO})
"""They have no part in a case; without a purpose they have no business reading it."""


class PurposeIsNotStated(Refusal):
    """Du skal sige, hvorfor du ser efter, før du kan læse."""

    field = "purpose"
    next_step = "Vælg et formål. Det bliver noteret sammen med dit opslag."


def must_state_purpose(role: Role, *, stated: bool) -> None:
    """Refuses a checker who has not said why. Those who work on a case have said it by their role."""
    if role in CHECKERS and not stated:
        raise PurposeIsNotStated
