"""Somebody a case was about is erased (design.md §12): nobody is asked to do anything about them any more."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from services.cases.case.rules.consents import ConsentDeclined, ConsentGranted, ConsentNotObtainable, ConsentWithdrawn
from services.cases.case.rules.observations import StandsAlone
from services.cases.case.rules.people import Person, Persons
from services.cases.case.rules.persons import PersonLeft, PersonNoted, ResidentNamed, unname_resident
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


def erase_person(case: Case, person: UUID) -> None:
    """The part of one of several is erased; of somebody who never was part of it, and said again, it is no news."""
    if person in case.persons.people and person not in case.persons.erased:
        case.trigger_event(PersonErased, person=person)


OF_SOMEBODY = (PersonNoted, PersonLeft, ResidentNamed, ConsentGranted, ConsentDeclined, ConsentNotObtainable, ConsentWithdrawn)
"""What is about one person alone."""


def tells_of_the_erased(event: Event, persons: Persons) -> bool:
    """Whether an event is about somebody who was erased since, and nobody is to see what it says."""
    return isinstance(event, OF_SOMEBODY) and persons.tells_of_the_erased(event.person, version=event.originator_version)


class PersonErased(Event):
    """Nothing is known of somebody any more: nothing about them is asked, answered or told, and nothing of theirs is shown."""

    TOPIC = "case.person_erased"

    person: UUID

    def apply(self, case: Case) -> None:
        if case.persons.resident == self.person:
            unname_resident(case)
            case.persons.unnamed_until = self.originator_version
        case.consents.forget_all_of(self.person)
        case.persons.people[self.person] = Person(capacity=case.persons.people[self.person].capacity, details=None, is_here=False)
        case.persons.erased.add(self.person)
        case.guardians.pop(self.person, None)
        case.life.deaths.pop(self.person, None)
        case.life.moves.pop(self.person, None)


class Erased(Event):
    """It is over, and every clock with it. Says nothing else: neither about whom, nor what was erased besides."""

    TOPIC = "case.erased"

    def apply(self, case: Case) -> None:
        case.status, case.outcome = Status.ERASED, ""
        case.deadlines.stop()
        case.life, case.correction = type(case.life)(), type(case.correction)()
