"""The published figures as JSON and as files for a spreadsheet, the same as on the page; and the policy they are published under."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import ConfigDict, Field
from starlette.responses import Response

from services.reporting.trends.commands import AdoptPolicy, adopt_policy
from services.reporting.trends.queries.export import rows_of, workbook
from services.reporting.trends.queries.figures import Figures
from services.reporting.trends.queries.look import look_at
from services.reporting.trends.queries.paper import board_paper
from services.reporting.trends.queries.published import policy_in_force
from shared.ground.described import Described
from shared.privacy.access import Action, Resource, allow
from shared.web.spreadsheet import written
from shared.web.web import RequestContext, Running
from shared.words.language import language_of
from shared.words.vocabulary.people import Look

api = APIRouter(prefix="/api", tags=["figures"])

Wanted = Annotated[str, Query(alias="period", max_length=10, description="A year (2026), a quarter (2026-Q1) or a month (2026-01).")]
AsOf = Annotated[str, Query(max_length=10, description="Only what was published by the end of this day, such as 2026-04-30.")]


class _Body(Described):
    model_config = ConfigDict(from_attributes=True)


class LineBody(_Body):
    """One row of a section; what does not belong to the section is empty or null."""

    code: str
    """What is counted; `others` is what is too few to stand alone."""
    name: str
    """What people call it."""
    count: int | None
    """How many: a multiple of five, but for what the section `exact` says. A rounded 0 may be a few."""
    said: str
    """The same in words that do not claim more than is known: `ca. 10`, `under 5`."""
    is_rounded: bool
    """Whether the counts are rounded."""
    before: int | None
    """The same, a year before."""
    per_hundred: float | None
    """About how many for each hundred homes; null where there are fewer than the policy says such a rate from."""
    percent: int | None
    """Which share was in time."""
    percent_before: int | None
    """The same, a year before."""
    target: int | None
    """Which share is to be in time."""
    half: str
    """Within what half took it."""
    most: str
    """Within what nine of ten took it."""
    part_of: str
    """The name of what the row is a part of."""


class SectionBody(_Body):
    """One question with its rows."""

    code: str
    """Which question, as a code."""
    title: str
    """Which question."""
    lines: list[LineBody]
    """The rows by name, what is put together last; severities from the most serious on."""
    period: str
    """Which months they are of, in words: tables are of quarters that are over, so often of fewer months than the headline."""
    whole: str
    """What the rows add up to, in words; empty where they do not."""


class FiguresBody(_Body):
    """All figures of one period, as they are published."""

    association: str
    """Whose they are, by name."""
    period: str = Field(description="The period.", examples=["2026-Q1"])
    months: int
    """How many months of it are published."""
    quarters: int
    """How many quarters of it: the tables are of these."""
    counted: str
    """Which months are counted, in words."""
    about: list[str]
    """What of the period is not counted, and why, in sentences."""
    not_yet_exact: list[str]
    """What the policy lets a year say exactly and is not said here: when it is, or why not."""
    released_at: datetime | None
    """When the newest of them was published; null when none is."""
    policy: str
    """The version of the policy that says what is shown; empty as long as none is adopted, and nothing is published."""
    sections: list[SectionBody]
    """The questions."""


class PolicyBody(_Body):
    """What an association has agreed to publish."""

    text: str
    """The whole file, YAML; empty as long as none is adopted."""
    adopted_at: datetime | None
    """When it was adopted."""
    adopted_by: str
    """By whom: an opaque staff id."""


class PolicyText(Described):
    """The YAML of a policy."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=60_000)]
    """The whole file."""


@api.get("/figures", openapi_extra={"x-action": Action.READ_FIGURES})
async def figures_as_json(
    request: Request, context: RequestContext, service: Running, wanted: Wanted = "", as_of: AsOf = ""
) -> FiguresBody:
    """What is published of a period; without one, of the newest year."""
    figures = await _figures(request, context, service, wanted, as_of, action=Look.READ_FIGURES)
    shown = {name: getattr(figures, name) for name in FiguresBody.model_fields}
    return FiguresBody.model_validate({**shown, "period": str(figures.period), "sections": list(figures.sections.values())})


@api.get("/figures.csv", openapi_extra={"x-action": Action.READ_FIGURES}, response_class=Response)
async def figures_as_csv(request: Request, context: RequestContext, service: Running, wanted: Wanted = "", as_of: AsOf = "") -> Response:
    """The same as a semicolon-separated file with a heading, as Danish spreadsheets read it."""
    figures = await _figures(request, context, service, wanted, as_of, action=Look.EXPORT_FIGURES)
    return _file(written(rows_of(figures, language_of(request))).encode(), "text/csv; charset=utf-8", figures, "csv")


@api.get("/figures.xlsx", openapi_extra={"x-action": Action.READ_FIGURES}, response_class=Response)
async def figures_as_workbook(
    request: Request, context: RequestContext, service: Running, wanted: Wanted = "", as_of: AsOf = ""
) -> Response:
    """The same as a workbook."""
    figures = await _figures(request, context, service, wanted, as_of, action=Look.EXPORT_FIGURES)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(workbook(rows_of(figures, language_of(request))), kind, figures, "xlsx")


@api.get("/figures.pdf", openapi_extra={"x-action": Action.READ_FIGURES}, response_class=Response)
async def figures_as_paper(request: Request, context: RequestContext, service: Running, wanted: Wanted = "", as_of: AsOf = "") -> Response:
    """The same as a paper for a board meeting."""
    figures = await _figures(request, context, service, wanted, as_of, action=Look.EXPORT_FIGURES)
    paper = await asyncio.to_thread(board_paper, figures, language_of(request))
    return _file(paper, "application/pdf", figures, "pdf")


@api.get("/policy", openapi_extra={"x-action": Action.READ_FIGURES})
async def read_policy(context: RequestContext, service: Running) -> PolicyBody:
    """The policy that holds."""
    allow(context, Action.READ_FIGURES, Resource(association=context.actor.association))
    async with service.read() as connection:
        adopted = await policy_in_force(connection, context.actor.association)
    return PolicyBody.model_validate(adopted) if adopted else PolicyBody(text="", adopted_at=None, adopted_by="")


@api.post("/policy", status_code=204, openapi_extra={"x-action": Action.ADOPT_FIGURES_POLICY})
async def adopt(body: PolicyText, context: RequestContext, service: Running) -> None:
    """Publish under this policy from now on; the same text again changes nothing, nor does any of it change what is published."""
    allow(context, Action.ADOPT_FIGURES_POLICY, Resource(association=context.actor.association))
    await service.do(adopt_policy, AdoptPolicy(text=body.text), context)


async def _figures(request: Request, context: RequestContext, service: Running, wanted: str, as_of: str, *, action: str) -> Figures:
    return (await look_at(context, service, wanted, as_of, language_of(request), action=action)).figures


def _file(content: bytes, media_type: str, figures: Figures, ending: str) -> Response:
    name = f"brobygger-tal-{figures.period}.{ending}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
