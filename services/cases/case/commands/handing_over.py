"""All of somebody's open cases become somebody else's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID, uuid5

from pydantic import ConfigDict, Field

from services.cases.case.commands.at_hand import MOST, may_work_on
from services.cases.case.commands.taking import TakeStep, content_of, take_step
from services.cases.case.rules import fields
from services.cases.case.rules.handling import AssignCase
from shared.ground.described import Described
from shared.ground.errors import ChangedMeanwhile, Refusal
from shared.ground.fields import Code
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.history.unit_of_work import UnitOfWork
from shared.privacy.personal import KeyIsDestroyed
from shared.words.language import marked
from shared.words.vocabulary.case import Status


class HandOver(Described):
    """All open cases of somebody, or those that are named, become somebody else's; each as a step of its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: UUID
    """Made by the one who asks: sent again, nothing is done a second time."""
    giver: Annotated[Code, Field(description="Who carries them now: an opaque staff id.")]
    handler: fields.Handler
    cases: Annotated[list[UUID], Field(default_factory=list, max_length=MOST)]
    """Which of them; all open ones when none is named."""


class NobodyElseIsNamed(Refusal):
    """Sagerne ligger allerede hos den, de skal gives til."""

    field = "handler"
    next_step = "Vælg en anden kollega."


class NoCaseIsChosen(Refusal):
    """Der er ikke valgt nogen sager."""

    field = "cases"
    next_step = "Sæt kryds ved dem, der skal gives videre."


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedOver:
    """What came of one case: it is the other's now, or why it stays where it is."""

    case_id: UUID
    refusal: str = ""
    next_step: str = ""


async def hand_over(request: HandOver, context: Context, service: Service) -> list[HandedOver]:
    """Which cases is decided once, and each is handed over once: asked again with the same id, it goes on where it stopped.

    Each at its own moment and in a conversation of its own, so that one that is erased leads to none of the others.
    """
    if request.giver == request.handler:
        raise NobodyElseIsNamed
    content = request.model_dump(mode="json")
    chosen = await service.do_once(choose_cases, request, context, id=request.id, content=content)
    homes = await _homes_of([UUID(case_id) for case_id in chosen], context, service)
    return [
        await _handed_over(UUID(case_id), homes.get(UUID(case_id)), request, context.apart(at=service.clock.now()), service)
        for case_id in chosen
    ]


async def _homes_of(cases: list[UUID], context: Context, service: Service) -> dict[UUID, UUID | None]:
    """Which home each is about; not part of what is answered to a request, for an answer is kept."""
    async with service.read() as connection:
        rows = await connection.fetch(
            "select case_id, home_id from case_list where association = $1 and case_id = any($2)", context.actor.association, cases
        )
    return {row["case_id"]: row["home_id"] for row in rows}


async def choose_cases(command: HandOver, work: UnitOfWork) -> list[str]:
    """The open cases that are to be handed over; only such as the one who asks may work on."""
    found = await (await work.rows()).fetch(
        "select case_id, home_id, estate_id, handler, attended_by, observer, severity, status from case_list"
        " where association = $1 and handler = $2 and status = $3 order by sort_key, case_id limit $4",
        work.association, command.giver, Status.OPEN, MOST,
    )  # fmt: skip
    return [str(row["case_id"]) for row in found if (not command.cases or row["case_id"] in command.cases) and may_work_on(row, work)]


async def _handed_over(case_id: UUID, home: UUID | None, request: HandOver, context: Context, service: Service) -> HandedOver:
    step = AssignCase(id=uuid5(request.id, str(case_id)), handler=request.handler)
    command = TakeStep(case_id=case_id, home=home, request=step)
    try:
        await service.do_once(take_step, command, context, id=step.id, content=content_of(case_id, step), about=case_id)
    except Refusal as refusal:
        return HandedOver(case_id=case_id, refusal=str(refusal), next_step=refusal.next_step)
    except KeyIsDestroyed:  # handed over before it was erased
        return HandedOver(case_id=case_id)
    except ChangedMeanwhile:
        return HandedOver(case_id=case_id, refusal=marked("En anden ændrede sagen samtidig."), next_step=marked("Prøv igen."))
    return HandedOver(case_id=case_id)
