"""Questions that several steps ask before they decide: is the code known, can this colleague carry a case."""

from __future__ import annotations

from collections.abc import Iterable

from services.cases.case.rules.refusals import (
    CaretakersAreNotGivenSocialWork,
    CodeIsUnknown,
    HandlerDoesNotWorkHere,
    HandlerIsNotSocialStaff,
)
from shared.words.vocabulary.people import SOCIAL_STAFF, Role


def must_carry(role: Role | None) -> None:
    """Refuses a handler who does not work here or is not social staff; S1's central wish."""
    if role is None:
        raise HandlerDoesNotWorkHere
    if role == Role.CARETAKER:
        raise CaretakersAreNotGivenSocialWork
    if role not in SOCIAL_STAFF:
        raise HandlerIsNotSocialStaff


def known(code: str, codes: Iterable[str], *, field: str) -> str:
    """The code as plain text; refuses one that is not on the list."""
    if code not in set(codes):
        raise CodeIsUnknown(field=field)
    return str(code)
