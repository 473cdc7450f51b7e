"""Every step in a case as JSON: an address each, built on the version in `If-Match`, done once for each id.

The steps of one's own part of a case have addresses of their own, without a version: nothing of the rest is looked at there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from inspect import Parameter, Signature, cleandoc
from re import findall, sub
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, create_model

from services.cases.case.commands.taking import TakeStep, content_of, take_step
from services.cases.case.commands.whom_it_is_about import take_once
from services.cases.case.queries.history import CaseFacts, case_facts, facts_for
from services.cases.case.rules.step import StepRequest
from services.cases.case.steps import STEPS, STEPS_OF_A_PART
from shared.ground.described import Described
from shared.privacy.access import Action
from shared.web.web import IfMatch, RequestContext, Running, etag


class CaseAtHand:
    """A case that was found and may be worked on, and the version that was looked at."""

    def __init__(self, facts: CaseFacts, version: int, context: RequestContext, service: Running) -> None:
        self._facts = facts
        self._version = version
        self._context = context
        self._service = service

    async def take(self, request: StepRequest, body: BaseModel) -> Response:
        """Take the step that the body and the address ask for, and answer with the version the case has then."""
        facts, service = self._facts, self._service
        command = TakeStep(case_id=facts.case_id, **facts.where, request=request, version=self._version)
        context = replace(self._context, happened_at=request.happened_at)
        as_in_0_1_0 = (_called(type(request)), [str(facts.case_id), body.model_dump(mode="json")])
        await take_once(command, context, service, formerly=as_in_0_1_0)
        async with service.read() as connection:
            now = await case_facts(connection, facts.case_id, association=facts.association)
        return Response(status_code=204, headers=etag(now.version))


def _at_hand(action: Action) -> Callable[..., Awaitable[CaseAtHand]]:
    async def at_hand(case_id: UUID, version: IfMatch, context: RequestContext, service: Running) -> CaseAtHand:
        async with service.read() as connection:
            facts = await facts_for(connection, case_id, context, action)
        return CaseAtHand(facts, version, context, service)

    return at_hand


class PartAtHand:
    """Somebody's own part of a case; what they saw or answer is so, whatever happened to the rest of it meanwhile."""

    def __init__(self, facts: CaseFacts, context: RequestContext, service: Running) -> None:
        self._facts = facts
        self._context = context
        self._service = service

    async def take(self, request: StepRequest, body: BaseModel) -> Response:
        """Take the step that the body and the address ask for."""
        facts = self._facts
        command = TakeStep(case_id=facts.case_id, home=facts.home_id, request=request, in_part=True)
        context = replace(self._context, happened_at=request.happened_at)
        await self._service.do_once(
            take_step, command, context, id=request.id, content=content_of(facts.case_id, request), about=facts.case_id
        )
        return Response(status_code=204)


async def _part_at_hand(case_id: UUID, context: RequestContext, service: Running) -> PartAtHand:
    async with service.read() as connection:
        facts = await facts_for(connection, case_id, context, Action.TAKE_PART)
    return PartAtHand(facts, context, service)


def _taking(
    step: type[StepRequest], *, named: list[str], at_hand: Callable[..., Awaitable[CaseAtHand | PartAtHand]]
) -> Callable[..., Awaitable[Response]]:
    """The route of one step; `named` are the ids that stand in its address."""
    body_of: type[BaseModel] = step if not named else _without(step, named)

    async def take(case: CaseAtHand | PartAtHand, body: BaseModel, **ids: UUID) -> Response:
        return await case.take(body if isinstance(body, step) else step(**dict(body), **ids), body)

    arguments = {"case": Annotated[Any, Depends(at_hand)], "body": body_of, **dict.fromkeys(named, UUID)}
    signature = Signature([Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind) for name, kind in arguments.items()])
    setattr(take, "__signature__", signature)  # noqa: B010  what FastAPI reads; functions have no such attribute of their own
    take.__doc__ = cleandoc(step.__doc__ or "")
    return take


def _called(step: type[StepRequest]) -> str:
    """`AddNote` is `add_note`."""
    return sub(r"(?<!^)(?=[A-Z])", "_", step.__name__).lower()


def _without(step: type[StepRequest], named: list[str]) -> type[BaseModel]:
    """The body of a step whose address names some of its fields."""

    class Body(Described):
        model_config = step.model_config

        @classmethod
        def field_words(cls) -> dict[str, str]:
            return step.field_words()

    fields: dict[str, Any] = {name: (field.annotation, field) for name, field in step.model_fields.items() if name not in named}
    return create_model(f"{step.__name__}Body", __base__=Body, __doc__=step.__doc__, **fields)


router = APIRouter(prefix="/api/cases/{case_id}", tags=["steps"])
for _address, _step in STEPS.items():
    router.add_api_route(
        _address,
        _taking(_step, named=findall(r"\{(\w+)\}", _address), at_hand=_at_hand(_step.ACTION)),
        methods=["POST"],
        status_code=204,
        name=_called(_step),
        openapi_extra={"x-action": _step.ACTION},
    )

part_router = APIRouter(prefix="/api/parts/{case_id}", tags=["parts"])
for _address, _step in STEPS_OF_A_PART.items():
    part_router.add_api_route(
        _address,
        _taking(_step, named=findall(r"\{(\w+)\}", _address), at_hand=_part_at_hand),
        methods=["POST"],
        status_code=204,
        name=f"{_called(_step)}_in_part",
        openapi_extra={"x-action": Action.TAKE_PART},
    )
