"""What may be asked about a glass: break it, be done, say whether it was right; and the clock notes what nobody said in time."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from services.cases.glass.rules import Glass, glass_of
from shared.history.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class BreakGlass:
    """Somebody needs to read a case that is none of theirs."""

    break_id: UUID
    case_id: UUID
    reason: str

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        return {self.case_id}, {}


@dataclass(frozen=True, kw_only=True)
class MendGlass:
    """They are done."""

    glass_id: UUID
    break_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReviewGlass:
    """Somebody else says whether it was right."""

    glass_id: UUID
    break_id: UUID
    case_id: UUID
    verdict: str
    words: str

    @property
    def seals(self) -> tuple[Set[UUID], Mapping[UUID, int]]:
        return {self.case_id}, {}


@dataclass(frozen=True, kw_only=True)
class NoteGlassTime:
    """It is this late."""

    glass_id: UUID


class Opened(TypedDict):
    """What whoever broke a glass is answered."""

    break_id: str
    until: str


async def break_glass(command: BreakGlass, work: UnitOfWork) -> Opened:
    """Raises what the rules refuse."""
    who = work.context.actor.id
    glass = await work.find(Glass, glass_of(command.case_id, who)) or Glass.put_up(case_id=command.case_id, who=who)
    until = glass.break_it(command.break_id, reason=command.reason, now=work.context.at)
    await work.save(glass)
    return {"break_id": str(command.break_id), "until": until.isoformat()}


async def mend_glass(command: MendGlass, work: UnitOfWork) -> None:
    """Raises `NotFound`."""
    glass = await work.load(Glass, command.glass_id)
    glass.mend(command.break_id, now=work.context.at)
    await work.save(glass)


async def review_glass(command: ReviewGlass, work: UnitOfWork) -> None:
    """Raises what the rules refuse."""
    glass = await work.load(Glass, command.glass_id)
    glass.review(command.break_id, by=work.context.actor.is_for, verdict=command.verdict, words=command.words, now=work.context.at)
    await work.save(glass)


async def note_glass_time(command: NoteGlassTime, work: UnitOfWork) -> None:
    """Noted once, however often the clock asks."""
    glass = await work.load(Glass, command.glass_id)
    glass.note_time(work.context.at)
    await work.save(glass)
