"""What may be asked of a spot check: that it begins, that it is drawn, that somebody is asked, answers, and that one is closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from uuid import UUID

from services.cases.spot_check.rules import Plan, SpotCheck
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.matter import Matter, MatterKind


@dataclass(frozen=True, kw_only=True)
class PlanCheck:
    """A seed is noted; `among` is how many look-ups there are to draw from."""

    id: UUID
    plan: Plan
    seed: str
    among: int

    @property
    def begins(self) -> tuple[Matter, ...]:
        """A check is a matter of its own, about nobody: for words about a look-up at no case, or at one that is erased."""
        return (Matter(self.id, MatterKind.SPOT_CHECK),)


@dataclass(frozen=True, kw_only=True)
class AboutCheck:
    """A check that is there."""

    check_id: UUID


@dataclass(frozen=True, kw_only=True)
class DrawSample(AboutCheck):
    """The sample is drawn from these."""

    looks: Collection[int]


@dataclass(frozen=True, kw_only=True)
class AskAboutLook(AboutCheck):
    """Whoever looked is asked why."""

    look: int
    who: str


@dataclass(frozen=True, kw_only=True)
class _Sealing(AboutCheck):
    look: int
    words: str
    sealed_for: UUID
    """The case that was looked at, or the check."""

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        return {self.sealed_for}, {}


@dataclass(frozen=True, kw_only=True)
class AnswerAboutLook(_Sealing):
    """They say why."""


@dataclass(frozen=True, kw_only=True)
class CloseLook(_Sealing):
    """What came of it."""

    finding: str


async def plan_check(command: PlanCheck, work: UnitOfWork) -> None:
    """Raises `PeriodHasNoLooks`, `PeriodHasTooManyLooks`, `SampleIsLargerThanTheLog`."""
    command.plan.must_be_drawn_from(command.among)
    await work.save(SpotCheck.begin_with(command.plan, id=command.id, seed=command.seed, by=work.context.actor.id))


async def draw_sample(command: DrawSample, work: UnitOfWork) -> None:
    """Raises `NotFound`, `PeriodHasNoLooks`."""
    check = await work.load(SpotCheck, command.check_id)
    check.draw(command.looks)
    await work.save(check)


async def ask_about_look(command: AskAboutLook, work: UnitOfWork) -> None:
    """Raises what the rules refuse."""
    check = await work.load(SpotCheck, command.check_id)
    check.ask(command.look, who=command.who)
    await work.save(check)


async def answer_about_look(command: AnswerAboutLook, work: UnitOfWork) -> None:
    """Raises what the rules refuse."""
    check = await work.load(SpotCheck, command.check_id)
    check.answer(command.look, by=work.context.actor.is_for, words=command.words, sealed_for=command.sealed_for)
    await work.save(check)


async def close_look(command: CloseLook, work: UnitOfWork) -> None:
    """Raises what the rules refuse."""
    check = await work.load(SpotCheck, command.check_id)
    check.find(command.look, finding=command.finding, words=command.words, sealed_for=command.sealed_for)
    await work.save(check)
