"""Working here: taken on, called, in which hats, and left."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from services.intake.staff.rules import fields
from services.intake.staff.rules.asking import Asked, StaffRequest
from services.intake.staff.rules.conflicts import MAKES_WHO_LIFTS
from services.intake.staff.rules.refusals import (
    HatIsNotWorn,
    IdTellsWhoItIs,
    LastHatStays,
    NobodyGivesThemselvesAHat,
    RoleIsNotForPeople,
    SomebodyHasToLead,
    StandsInForSomebody,
    WhoKeepsOutMakesNoLead,
    WorksHereAlready,
)
from shared.history.aggregate import AggregateCreated, Event
from shared.privacy.personal import Personal, Sealed
from shared.words.vocabulary.people import Role

if TYPE_CHECKING:
    from services.intake.staff.rules.colleague import Colleague

COLLEAGUES = UUID("2b6a4c9e-8f17-5e34-a1d5-6c0e7f9b3d21")
"""The namespace of colleagues; memory, never changed."""


OPAQUE = re.compile(
    r"staff-(((social|lead|caretaker|collections|clerk|dpo|auditor|director|operator|new)-)*[0-9]{1,4}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})"
)
"""An id that tells nothing of a person: it stands in the clear in topics, logs and addresses for ever."""


def must_be_opaque(id: str) -> None:
    """Refuses an id somebody made of a name or a number of the person's."""
    if not OPAQUE.fullmatch(id):
        raise IdTellsWhoItIs


def colleague_stream(association: str, person: str) -> UUID:
    """The id of a colleague's history, and the subject of their key. Who works for two associations has one in each."""
    return uuid5(COLLEAGUES, f"{association}/{person}")


class TakeOn(StaffRequest):
    """Somebody begins to work here, or comes back."""

    person: fields.Id = ""
    name: fields.Name
    role: fields.RoleCode
    estates: fields.Estates = ()
    email: fields.Email = ""
    phone: fields.Phone = ""

    @property
    def whose(self) -> str:
        """The id they have from now on: sent again, it is the same."""
        return self.person or f"staff-{uuid5(COLLEAGUES, str(self.id))}"

    def decide(self, colleague: Colleague, asked: Asked) -> None:
        """Of somebody who has a history here, whatever their id looks like; whoever has none is `begun`."""
        if colleague.works_here:
            raise WorksHereAlready
        self.must_be_for_the_asker_to_give(colleague.person, asked)
        colleague.trigger_event(CameBack, **self.facts(colleague.id))

    def must_be_for_the_asker_to_give(self, person: str, asked: Asked) -> None:
        """What is refused of somebody new and of who comes back."""
        must_not_be_oneself(person, asked)
        _must_not_choose_who_lifts(self.role, asked)

    def facts(self, stream: UUID) -> dict[str, Any]:
        """What is known of somebody who begins."""
        return {
            **details(stream, self.name, self.email, self.phone),
            "hats": [_hat(_role(self.role), self.estates)],
        }


class ChangeDetails(StaffRequest):
    """What they are called and where they are reached."""

    name: fields.Name
    email: fields.Email = ""
    phone: fields.Phone = ""

    def decide(self, colleague: Colleague, asked: Asked) -> None:
        """What was there before is sealed, so that it cannot be told whether it is news."""
        colleague.must_work_here()
        colleague.trigger_event(DetailsChanged, **details(colleague.id, self.name, self.email, self.phone))


class GiveHat(StaffRequest):
    """One more role, or other estates in a role they have."""

    role: fields.RoleCode
    estates: fields.Estates = ()

    def decide(self, colleague: Colleague, asked: Asked) -> None:
        role = _role(self.role)
        colleague.must_work_here()
        must_not_be_oneself(colleague.person, asked)
        _must_not_choose_who_lifts(role, asked)
        hat = _hat(role, self.estates)
        if colleague.hats.get(role) != hat["estates"]:
            colleague.trigger_event(HatGiven, **hat)


class TakeHatOff(StaffRequest):
    """One role less."""

    role: fields.RoleCode

    def decide(self, colleague: Colleague, asked: Asked) -> None:
        colleague.must_work_here()
        if self.role not in colleague.hats:
            raise HatIsNotWorn
        if len(colleague.hats) == 1:
            raise LastHatStays
        _somebody_must_lead(colleague, asked, without=self.role)
        colleague.trigger_event(HatTakenOff, role=self.role)


class Leave(StaffRequest):
    """They do not work here any more; their history stays, and so does what they did."""

    def decide(self, colleague: Colleague, asked: Asked) -> None:
        if not colleague.works_here:
            return
        for role in colleague.hats:
            _somebody_must_lead(colleague, asked, without=role)
        if any(away.stand_in == colleague.person and away.ends > asked.at for one in asked.colleagues.values() for away in one.absences):
            raise StandsInForSomebody
        colleague.trigger_event(Left)


class _Begins(Event):
    """Everything that is known of somebody who begins."""

    name: Personal | Sealed
    email: Personal | Sealed | None
    phone: Personal | Sealed | None
    hats: list[dict[str, Any]]

    def apply(self, colleague: Colleague) -> None:
        colleague.name, colleague.email, colleague.phone = self.name, self.email, self.phone
        colleague.hats = {hat["role"]: list(hat["estates"]) for hat in self.hats}


class TakenOn(_Begins, AggregateCreated):
    """Somebody began to work here."""

    TOPIC = "colleague.taken_on"
    person: str

    def apply(self, colleague: Colleague) -> None:
        colleague.person = self.person
        super().apply(colleague)


class CameBack(_Begins):
    """Somebody who had left works here again; what they kept out of, they still do."""

    TOPIC = "colleague.came_back"

    def apply(self, colleague: Colleague) -> None:
        colleague.stay += 1
        super().apply(colleague)


class DetailsChanged(Event):
    """Called, or reached, otherwise."""

    TOPIC = "colleague.details_changed"

    name: Personal | Sealed
    email: Personal | Sealed | None
    phone: Personal | Sealed | None

    def apply(self, colleague: Colleague) -> None:
        colleague.name, colleague.email, colleague.phone = self.name, self.email, self.phone


class HatGiven(Event):
    """A role, with all the estates that are theirs in it from now on."""

    TOPIC = "colleague.hat_given"

    role: str
    estates: list[str]

    def apply(self, colleague: Colleague) -> None:
        colleague.hats[self.role] = list(self.estates)


class HatTakenOff(Event):
    """A role less."""

    TOPIC = "colleague.hat_taken_off"

    role: str

    def apply(self, colleague: Colleague) -> None:
        colleague.hats.pop(self.role, None)


class Left(Event):
    """They do not work here any more."""

    TOPIC = "colleague.left"

    def apply(self, colleague: Colleague) -> None:
        colleague.hats = {}
        colleague.absences = {}
        colleague.turns = {}


def who_gave(role: str, happened: Iterable[Event]) -> str:
    """Who gave somebody a role they have, an opaque id; nobody where only the staff file tells of it.

    Other estates in a role are no new role, and a role that was taken off and given again comes from who gave it last.
    """
    giver = ""
    for event in happened:
        match event:
            case _Begins():
                giver = event.provenance.actor if any(hat["role"] == role for hat in event.hats) else ""
            case HatGiven() if event.role == role:
                giver = giver or event.provenance.actor
            case HatTakenOff() if event.role == role:
                giver = ""
            case Left():
                giver = ""
            case _:
                pass
    return giver


def _role(code: str) -> Role:
    role = next((role for role in fields.ROLES if role == code), None)
    if role is None:
        raise RoleIsNotForPeople
    return role


def _hat(role: Role, estates: tuple[str, ...]) -> dict[str, Any]:
    return {"role": role.value, "estates": sorted(set(estates))}


def details(stream: UUID, name: str, email: str, phone: str) -> dict[str, Any]:
    """Sealed for the colleague's own key; what is empty is nothing."""
    return {
        "name": Personal(stream, name),
        "email": Personal(stream, email) if email else None,
        "phone": Personal(stream, phone) if phone else None,
    }


def must_not_be_oneself(person: str, asked: Asked) -> None:
    """Refuses somebody who would give a hat to themselves."""
    if asked.is_about_oneself(person):
        raise NobodyGivesThemselvesAHat


def _must_not_choose_who_lifts(role: str, asked: Asked) -> None:
    """Refuses that somebody with a conflict makes those who could lift it, or make such."""
    if role in MAKES_WHO_LIFTS and asked.keeps_out_of_something:
        raise WhoKeepsOutMakesNoLead


def _somebody_must_lead(colleague: Colleague, asked: Asked, *, without: str) -> None:
    """Refuses to take away the last lead of an association; who was no lead may always go."""
    if without == Role.SOCIAL_LEAD and not asked.others_with(Role.SOCIAL_LEAD, but=colleague.person):
        raise SomebodyHasToLead
