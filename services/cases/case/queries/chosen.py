"""What is chosen of the queue, as its address says it: read in one place, for the page, for JSON and for every number that leads there."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from services.cases.case.queries.filters import Filters, filters_of
from shared.web.web import RequestContext

QUEUE_CURSOR = "queue by danger"
"""The cursors of this list; those of an older order are refused."""

_Code = Annotated[str, Query(max_length=64)]
_Codes = Annotated[list[str], Query(max_length=4)]


def _chosen(
    context: RequestContext,
    severity: _Codes = [],  # noqa: B006  FastAPI copies it
    estate: _Code = "",
    handler: Annotated[str, Query(max_length=64, description="A staff id; `-` for what nobody carries.")] = "",
    status: _Code = "",
    late: Annotated[str, Query(max_length=64, description="What is overdue: a kind of deadline, or `any`.")] = "",
    lacks: Annotated[
        list[str], Query(max_length=4, description="What it lacks: `look` (nobody saw it), `date` (nothing is planned), `handler`.")
    ] = [],  # noqa: B006
    section: _Code = "",
    mine: Annotated[bool, Query(description="Those of the one who asks, and of whom they stand in for.")] = False,
    ended: bool = False,
) -> Filters:
    return filters_of(
        severities=[code for code in severity if code],
        estate=estate,
        handler=handler,
        mine=context.actor.is_for if mine else (),
        status=status,
        late=late,
        lacks=[code for code in lacks if code],
        section=section,
        ended=ended,
    )


Chosen = Annotated[Filters, Depends(_chosen)]
"""The argument of a route that shows some of the queue."""
