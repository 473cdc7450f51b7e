"""The colleague: one history for each person in each association, and everything that can happen in it."""

from __future__ import annotations

from typing import Self
from uuid import UUID

from services.intake.staff.rules import away, conflicts, working
from services.intake.staff.rules.asking import Asked
from services.intake.staff.rules.refusals import DoesNotWorkHere
from shared.history.aggregate import Aggregate
from shared.privacy.personal import Personal, Sealed
from shared.privacy.staff import Person


class Colleague(Aggregate):
    """Somebody who works here, or did."""

    TOPIC = "colleague"

    TakenOn = working.TakenOn
    CameBack = working.CameBack
    DetailsChanged = working.DetailsChanged
    HatGiven = working.HatGiven
    HatTakenOff = working.HatTakenOff
    Left = working.Left
    AbsencePlanned = away.AbsencePlanned
    AbsenceEnded = away.AbsenceEnded
    OnCallPlanned = away.OnCallPlanned
    OnCallCancelled = away.OnCallCancelled
    ConflictDeclared = conflicts.ConflictDeclared
    ConflictLifted = conflicts.ConflictLifted

    def __init__(self) -> None:
        self.person: str
        self.name: Personal | Sealed
        self.email: Personal | Sealed | None = None
        self.phone: Personal | Sealed | None = None
        self.hats: dict[str, list[str]] = {}
        """The estates of each role they have; none for somebody who has left."""
        self.stay = 1
        """Counts how often they began here."""
        self.absences: dict[UUID, away.Planned] = {}
        self.turns: dict[UUID, away.PlannedTurn] = {}
        self.conflicts: dict[UUID, conflicts.Conflict] = {}

    @classmethod
    def take_on(cls, request: working.TakeOn, asked: Asked, *, association: str) -> Self:
        """Somebody without a history begins to work here."""
        stream = working.colleague_stream(association, request.whose)
        working.must_be_opaque(request.whose)
        request.must_be_for_the_asker_to_give(request.whose, asked)
        return cls.begin(cls.TakenOn, id=stream, person=request.whose, **request.facts(stream))

    @classmethod
    def known_before(cls, person: Person) -> Self:
        """Somebody of whom only the staff file tells: their history begins with what it says."""
        stream = working.colleague_stream(person.association, person.id)
        hats = [{"role": hat.role.value, "estates": sorted(hat.estates)} for hat in person.hats]
        return cls.begin(
            cls.TakenOn, id=stream, person=person.id, hats=hats, **working.details(stream, person.name, person.email, person.phone)
        )

    @property
    def works_here(self) -> bool:
        return bool(self.hats)

    def must_work_here(self) -> None:
        """Refuses to change anything about somebody who has left."""
        if not self.works_here:
            raise DoesNotWorkHere
