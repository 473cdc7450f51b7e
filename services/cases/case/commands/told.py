"""What the ERP tells of whom a case is about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.cases.case.commands.at_hand import roles_of
from services.cases.case.rules import life, protection
from services.cases.case.rules.case import Case
from services.cases.case.rules.step import Taken
from services.cases.procedure.queries import procedure
from shared.history.unit_of_work import UnitOfWork
from shared.words.vocabulary.case import FactSource

ERP = FactSource.ERP.value
"""Who says what is told by a command and not by a step."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """Something the ERP knows of somebody a case is about: a person of the case by their id, or `None`, the resident."""

    case_id: UUID
    person: UUID | None = None
    order_keys: Collection[UUID] = ()

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        """The keys of the case, its orders and their part, and one for the home: orders are taken back, and made anew."""
        return {self.case_id, *self.order_keys, *([self.person] if self.person else [])}, {self.case_id: 1}


@dataclass(frozen=True, kw_only=True)
class _ToldOfOne(Told):
    """Likewise, of one who may live there with others."""

    alone: bool = True
    """Whether nobody else is told to live there: then it is the resident, whoever of the case that is."""


@dataclass(frozen=True, kw_only=True)
class NoteDeath(_ToldOfOne):
    """They died."""

    on: date


@dataclass(frozen=True, kw_only=True)
class TakeDeathBack(_ToldOfOne):
    """They did not."""


@dataclass(frozen=True, kw_only=True)
class NoteMove(Told):
    """They move out on a day, which may be still to come; told again with another day, it is another."""

    on: date


@dataclass(frozen=True, kw_only=True)
class TakeMoveBack(Told):
    """They stay."""


@dataclass(frozen=True, kw_only=True)
class NoteGuardian(Told):
    """Somebody decides for them, in what the codes say."""

    may_decide: tuple[str, ...]
    guardian: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ProtectAddress(Told):
    """Their address is protected."""


@dataclass(frozen=True, kw_only=True)
class UnprotectAddress(Told):
    """It is not protected any more."""


async def note_death(command: NoteDeath, work: UnitOfWork) -> None:
    """Everything outbound stops, whatever state the case is in; of one of several, what is theirs. Raises `NotFound`."""

    def note(case: Case, taken: Taken) -> None:
        for person in case.persons.told_of(command.person, alone=command.alone):
            life.note_death(case, taken, on=command.on, source=ERP, person=person)

    await as_told(command, work, note)


async def take_death_back(command: TakeDeathBack, work: UnitOfWork) -> None:
    """Everything is again as it was. Raises `NotFound`."""

    def take_back(case: Case, taken: Taken) -> None:
        for person in case.persons.told_of(command.person, alone=command.alone):
            life.take_death_back(case, taken, source=ERP, person=person)

    await as_told(command, work, take_back)


async def note_move(command: NoteMove, work: UnitOfWork) -> None:
    """Outbound stops on the day. Raises `NotFound`."""
    await as_told(command, work, lambda case, taken: life.note_move(case, taken, on=command.on, source=ERP, person=command.person))


async def take_move_back(command: TakeMoveBack, work: UnitOfWork) -> None:
    """Everything is again as it was. Raises `NotFound`."""
    await as_told(command, work, lambda case, taken: life.take_move_back(case, taken, source=ERP, person=command.person))


async def note_guardian(command: NoteGuardian, work: UnitOfWork) -> None:
    """Raises `NotFound`."""

    def appoint(case: Case, _: Taken) -> None:
        protection.note_guardian(case, person=command.person, guardian=command.guardian, may_decide=command.may_decide, source=ERP)

    await as_told(command, work, appoint)


async def protect_address(command: ProtectAddress, work: UnitOfWork) -> None:
    """Raises `NotFound`."""
    await as_told(command, work, lambda case, _: protection.protect_address(case, source=ERP))


async def unprotect_address(command: UnprotectAddress, work: UnitOfWork) -> None:
    """Raises `NotFound`."""
    await as_told(command, work, lambda case, _: protection.unprotect_address(case, source=ERP))


async def as_told(command: Told, work: UnitOfWork, decide: Callable[[Case, Taken], None]) -> None:
    """What is so because it is said: no role has to be given it, and no step is taken."""
    case = await work.load(Case, command.case_id)
    under = await procedure(work.memo, work.rows, work.association, case.procedure_version)
    context = work.context
    row = await (await work.rows()).fetchrow("select home_id, municipality from case_list where case_id = $1", case.id)
    told = Taken(
        by=context.actor.role,
        who=context.actor.id,
        at=context.at,
        recorded_at=context.at,
        under=under,
        role_of=roles_of(work, case, None),
        home=row and row["home_id"],
        municipality=row["municipality"] if row else "",
        opens=work.opened,
    )
    decide(case, told)
    await work.save(case, procedure_version=under.version)
