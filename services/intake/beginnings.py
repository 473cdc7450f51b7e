"""What begins with a tenancy, as the ERP tells of it: somebody who was homeless moves in, or rent is owed. The clock takes it in.

In a transaction, at a moment and in a conversation of its own: what it had in common with the tenancy would lead from a case to it. Until
then the vault alone knows of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from services.intake.home.queries import HomeWithTenancies, home_called, home_of
from services.intake.observation.commands import RegisterObservation, dwelling_of, register_observation
from services.intake.observation.rules.arrears import in_arrears, is_news
from services.intake.observation.rules.dwelling import Dwelling, Tenure
from services.intake.observation.rules.observation import Observation
from services.intake.observation.rules.welcome import moving_in, welcome
from shared.ground.errors import ChangedMeanwhile, NotFound
from shared.ground.provenance import Actor, Context
from shared.ground.working_days import local_day
from shared.history.service import Service
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.matter import About, Matter, MatterKind, when_in_arrears
from shared.privacy.personal import KeyIsDestroyed
from shared.privacy.proposals import Change
from shared.words.vocabulary.people import Purpose, Role


@dataclass(frozen=True, kw_only=True)
class TakeInBegun:
    """What began with a tenancy is known to be of a home. `id` is that of the observation it becomes."""

    id: UUID
    began_as: str
    tenancy_id: UUID
    home_id: UUID
    people: Mapping[UUID, str]
    why: str = "erp"

    @property
    def changes(self) -> Sequence[Change]:
        """It is about the home, and whoever lives there: of arrears the register alone says whom."""
        about = Matter.about(self.id, MatterKind.OBSERVATION, home=self.home_id, people=self.people)
        return (Change(matter=about.id, kind=about.kind, links=about.links),)

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        """Where it is has a key of its own, and so has what is said of it."""
        return {self.id}, {self.id: 2 if when_in_arrears(self.began_as) else 1}


async def take_in_what_began(service: Service) -> None:
    """The clock's duty: each is taken in once, as soon as the register has its tenancy and its home."""
    now = service.clock.now()
    begun = {id: (association, began_as) for id, association, began_as in await service.vault.begun()}
    async with service.read() as connection:
        rows = await connection.fetch(
            "select id from unnest($1::uuid[]) as id where not exists (select from observations where observation_id = id)", list(begun)
        )
    for id in [row["id"] for row in rows]:
        association, began_as = begun[id]
        owed = when_in_arrears(began_as)
        if owed and not is_news(owed[0], now):
            continue
        command = await _placed(id, association, began_as, service)
        if command is not None:
            intake = Actor(id="system:intake", role=Role.SYSTEM, association=association)
            context = Context(actor=intake, purpose=Purpose.OPERATION, at=now, correlation_id=uuid4())
            with suppress(ChangedMeanwhile, KeyIsDestroyed):
                await service.do(take_in_begun, command, context)


async def _placed(id: UUID, association: str, began_as: str, service: Service) -> TakeInBegun | None:
    """Where it is and whom it is about; `None` until that is known, and where nobody lives there any more.

    Whom arrears are about the register says.
    """
    files = await service.vault.files(association=association, matters=[id])
    now = [link for file in files for link in file.now]
    tenancy = next((link.id for link in now if link.about is About.TENANCY), None)
    told_home = next((link.id for link in now if link.about is About.HOME), None)
    people = {link.id: link.role for link in now if link.about is About.PERSON}
    async with service.read() as connection:
        home = await home_of(connection, association, tenancy) if tenancy else None
        if tenancy is None or home is None or told_home not in (None, home):
            return None
        found = await home_called(connection, association, home)
    if when_in_arrears(began_as):
        tenure = _tenure(found, tenancy, service) if found else None
        if tenure is None:
            return None
        people = dict(tenure.people)
    return TakeInBegun(id=id, began_as=began_as, tenancy_id=tenancy, home_id=home, people=people)


def _tenure(found: HomeWithTenancies, tenancy: UUID, service: Service) -> Tenure | None:
    """The tenancy, while it runs."""
    return _of(dwelling_of(found), tenancy).tenure_on(local_day(service.clock.now()))


def _of(dwelling: Dwelling, tenancy: UUID) -> Dwelling:
    """A home as if nobody else had ever lived there."""
    return replace(dwelling, tenures=tuple(tenure for tenure in dwelling.tenures if tenure.tenancy_id == tenancy))


async def take_in_begun(command: TakeInBegun, work: UnitOfWork) -> None:
    """Once for each. Raises `NotFound` when the home is not in the register."""
    if await work.find(Observation, command.id) is not None:
        return
    found = await home_called(await work.rows(), work.association, command.home_id)
    if found is None:
        raise NotFound("Home", command.home_id)
    now, owed = work.context.at, when_in_arrears(command.began_as)
    if owed:
        report = in_arrears(command.id, home_id=command.home_id, months=owed[1], now=now)
        dwelling = _of(dwelling_of(found), command.tenancy_id)
    else:
        report = welcome(command.id, home_id=command.home_id, now=now)
        dwelling = replace(dwelling_of(found), tenures=(moving_in(command.tenancy_id, command.people),))
    await register_observation(RegisterObservation(report=report, dwelling=dwelling, address=found.home.address), work)
