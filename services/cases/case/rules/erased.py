"""Whoever a case was about is erased (design.md §12): nothing in it can be read, so nobody is asked to do anything in it any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.cases.case.rules.observations import StandsAlone
from services.cases.case.rules.protection import protect_address
from services.cases.case.rules.step import Taken
from shared.history.aggregate import Event
from shared.words.vocabulary.case import Status

if TYPE_CHECKING:
    from services.cases.case.rules.case import Case


def end_as_erased(case: Case) -> None:
    """It ends, however far it had come; said again it is no news."""
    if case.status != Status.ERASED:
        case.trigger_event(Erased)


def go_on_alone(concern: Case, *, of: Case, taken: Taken) -> None:
    """What was joined to a case that is erased, and is about others too, is seen to by itself again; nobody else would."""
    if concern.status == Status.LINKED and concern.observations.joined_to == of.id:
        if of.is_address_protected:
            protect_address(concern, source=of.protected_by)
        concern.trigger_event(
            StandsAlone,
            **concern.whose(),
            case_id=of.id,
            triage_due=concern.triage_due(taken),
            contact_due=concern.contact_due(taken),
            tell_due=concern.tell_due(taken),
        )


class Erased(Event):
    """It is over, and every clock with it. Says nothing else: neither about whom, nor what was erased besides."""

    TOPIC = "case.erased"

    def apply(self, case: Case) -> None:
        case.status, case.outcome = Status.ERASED, ""
        case.deadlines.stop()
        case.life, case.correction = type(case.life)(), type(case.correction)()
