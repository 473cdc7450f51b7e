"""The queue in numbers as JSON: exact, as it is now, as far as the one who asks may read cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query

from services.cases.case.queries.overview import Load, Number, Overview, overview_for
from shared.ground.described import Described
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.privacy.access import Action
from shared.web.web import RequestContext, Running

router = APIRouter(prefix="/api/overview", tags=["cases"])
C = TypeVar("C", bound=str)
Estate = Annotated[str, Query(max_length=64)]


class NumberJson(Described):
    """How many cases a list of the queue has."""

    cases: int
    """How many: exactly as many as `listed_at` leads to, followed to its last page, at the same instant."""
    since: datetime | None
    """When the oldest of them came in; of what is overdue, since when the longest overdue is. Null where there are none."""
    oldest: UUID | None
    """Which case that is; null where there are none."""
    listed_at: str
    """The address of the list that is counted."""


class NumberOfCodeJson(NumberJson):
    """The same, of one code."""

    code: str
    """Which section, status, severity, lack or kind of deadline it is."""


class LoadJson(Described):
    """What a colleague carries."""

    handler: str
    """Their opaque staff id; empty for what nobody carries."""
    is_away: bool
    """Whether they are away now."""
    queue: NumberJson
    """Everything of theirs that waits for something: over all colleagues and what nobody carries they add up to `queue`."""
    open: NumberJson
    """Their open cases: they add up to those of the status `open`."""
    overdue: NumberJson
    """Theirs of which something is overdue, those included that ended and of which somebody waits to hear: they add up to `overdue`."""
    without_date: NumberJson
    """Theirs that nobody ended and for which nothing is planned: they add up to the lack of a `date`."""


class OverviewJson(Described):
    """The queue in numbers, each with the list it counts. It holds nothing about any person but how many cases a colleague carries."""

    at: datetime
    """The instant they are of."""
    queue: NumberJson
    """Everything that waits for something."""
    sections: list[NumberOfCodeJson]
    """Where in the queue: each case is in one of them, so they add up to `queue`."""
    statuses: list[NumberOfCodeJson]
    """How far they have come: they add up to `queue`."""
    severities: list[NumberOfCodeJson]
    """How serious they are: they add up to `queue`."""
    lacks: list[NumberOfCodeJson]
    """What they lack: a `look` by anybody, a next `date`, a `handler`. A case may lack several."""
    overdue: NumberJson
    """Something of the case is overdue, wherever in the queue it stands."""
    overdue_unseen: NumberJson
    """Of them those that nobody has looked at."""
    overdue_kinds: list[NumberOfCodeJson]
    """By what is overdue. A case may be overdue with several things."""
    load: list[LoadJson]
    """Each colleague who carries something within reach; a lead is told of all social staff."""
    nobodys: LoadJson
    """What nobody carries."""


@router.get("", openapi_extra={"x-action": Action.READ_OVERVIEW})
async def read_overview(context: RequestContext, service: Running, estate: Estate = "", mine: bool = False) -> OverviewJson:
    """How much there is to do, to the digit; of one estate, or of one's own cases, where that is asked for."""
    return _overview(await overview_for(context, service, estate=estate, mine=mine), context, service)


def _overview(found: Overview, context: Context, service: Service) -> OverviewJson:
    staff = service.staff.within(context.actor.association)

    def load(one: Load) -> LoadJson:
        person = staff.person(one.handler)
        return LoadJson(
            handler=one.handler,
            is_away=person is not None and person.absence(context.at) is not None,
            queue=_number(one.queue),
            open=_number(one.open),
            overdue=_number(one.overdue),
            without_date=_number(one.without_date),
        )

    return OverviewJson(
        at=context.at,
        queue=_number(found.all),
        sections=_by_code(found.sections),
        statuses=_by_code(found.statuses),
        severities=_by_code(found.severities),
        lacks=_by_code(found.lacks),
        overdue=_number(found.overdue),
        overdue_unseen=_number(found.overdue_unseen),
        overdue_kinds=_by_code(found.overdue_kinds),
        load=[load(one) for one in found.load],
        nobodys=load(found.nobodys),
    )


def _by_code(numbers: Mapping[C, Number]) -> list[NumberOfCodeJson]:
    return [NumberOfCodeJson(code=code, **_number(number).model_dump()) for code, number in numbers.items()]


def _number(number: Number) -> NumberJson:
    query = urlencode(number.filters.query, doseq=True)
    return NumberJson(cases=number.cases, since=number.since, oldest=number.oldest, listed_at=f"/cases/api/cases?{query}".rstrip("?"))
