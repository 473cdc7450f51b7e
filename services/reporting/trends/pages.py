"""The page a director opens, reads in two minutes, and prints for the board; the policy; and who looked at what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import HTMLResponse, Response

from services.reporting.trends.commands import AdoptPolicy, adopt_policy
from services.reporting.trends.projections.rows import READER
from services.reporting.trends.queries.figures import METHOD, NOT_SUBTRACTED, OF_THE_PAGE
from services.reporting.trends.queries.look import look_at
from services.reporting.trends.queries.periods import chosen_in_words, month_name, period_name
from services.reporting.trends.queries.published import freshness, looks, policy_in_force
from services.reporting.trends.rules.period import Month, Period
from shared.ground.errors import Refusal
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Resource, allow, can
from shared.web.forms import Filling, refusals_beside
from shared.web.web import RequestContext, Running, carried_purpose
from shared.web.website import Cell, go_to, page
from shared.words.labels import label
from shared.words.language import Language, language_of, marked
from shared.words.vocabulary.figures import Kind
from shared.words.vocabulary.people import Look

Wanted = Annotated[str, Query(alias="period", max_length=10)]
AsOf = Annotated[str, Query(max_length=10)]

pages = APIRouter(include_in_schema=False)
UNPROCESSABLE = 422
HEADLINES = (Kind.CONCERNS, Kind.CLOSED, Kind.REFERRALS, Kind.FOLLOWED_UP)


class _Policy(BaseModel):
    text: str


@pages.get("/", openapi_extra={"x-action": Action.READ_FIGURES})
async def show_figures(request: Request, context: RequestContext, service: Running, wanted: Wanted = "", as_of: AsOf = "") -> HTMLResponse:
    """What is published of a period; a period that cannot be read is said so above the newest year's figures."""
    refusal: Refusal | None = None
    language = language_of(request)
    try:
        look = await look_at(context, service, wanted, as_of, language, action=Look.READ_FIGURES)
    except Refusal as error:
        refusal, as_of = error, ""
        look = await look_at(context, service, "", "", language, action=Look.READ_FIGURES)
    async with service.read() as connection:
        fresh = await freshness(connection, reader=READER)
    response = page(
        request,
        "figures.html",
        method=(*METHOD, *OF_THE_PAGE),
        not_subtracted=NOT_SUBTRACTED,
        figures=look.figures,
        title=period_name(look.period, language),
        refusal=refusal,
        headlines=HEADLINES,
        ways=_ways(look.period, look.released, as_of, language),
        as_of=date.fromisoformat(as_of.strip()) if as_of else None,
        export=urlencode({"period": str(look.period)} | ({"as_of": as_of} if as_of else {})),
        fresh=fresh,
        may_adopt=can(context.actor, Action.ADOPT_FIGURES_POLICY, Resource(association=context.actor.association), context.purpose),
    )
    if refusal is not None:
        response.status_code = UNPROCESSABLE
    return response


@pages.get("/policy", openapi_extra={"x-action": Action.ADOPT_FIGURES_POLICY})
async def show_policy(request: Request, context: RequestContext, service: Running) -> HTMLResponse:
    """The policy that holds, and the form for another."""
    allow(context, Action.ADOPT_FIGURES_POLICY, Resource(association=context.actor.association))
    async with service.read() as connection:
        adopted = await policy_in_force(connection, context.actor.association)
    by = service.staff.name_of(adopted.adopted_by) if adopted else ""
    return page(request, "figures_policy.html", adopted=adopted, by=by)


@pages.post("/policy", openapi_extra={"x-action": Action.ADOPT_FIGURES_POLICY})
async def adopt_from_page(request: Request, context: RequestContext, service: Running, form: Filling) -> Response:
    """Adopt it, or show what is wrong beside what was typed."""
    allow(context, Action.ADOPT_FIGURES_POLICY, Resource(association=context.actor.association))
    async with refusals_beside(form, lambda: show_policy(request, context, service)):
        await service.do(adopt_policy, AdoptPolicy(text=form.read(_Policy).text), context)
    return go_to("/reporting/policy", notice=marked("Aftalen om tal er vedtaget. Den gælder for det, der offentliggøres fra nu af."))


@pages.get("/looks", openapi_extra={"x-action": Action.READ_ACCESS_LOG})
async def show_looks(request: Request, context: RequestContext, service: Running) -> HTMLResponse:
    """Who looked at which figures; reading this is noted as well."""
    allow(context, Action.READ_ACCESS_LOG, Resource(association=context.actor.association))
    async with service.read() as connection:
        await log_access(connection, context, told_by="reporting", action=Look.READ_ACCESS_LOG, relation="association")
        found = await looks(connection, context.actor.association)
    language = language_of(request)
    rows: list[list[Cell]] = [
        [
            look["at"],
            service.staff.name_of(look["actor"]),
            label(look["role"], "roles", language=language),
            label(look["action"], "looks", language=language),
            chosen_in_words(look["selection"], language) or "–",
            label(look["purpose"], "purposes", language=language),
        ]
        for look in found
    ]
    return page(request, "figure_looks.html", looks=rows, purpose=carried_purpose(context))


def _ways(period: Period, released: Iterable[Month], as_of: str, language: Language) -> list[list[tuple[str, str, bool]]]:
    """Where one may go from here: the years, and the quarters and months of this one; a name, an address, whether it is here."""
    months = list(released)
    years = sorted({month.year for month in months} | {period.year}, reverse=True)[:5]
    quarters = [Period(period.year, quarter=month.number // 3) for month in months if month.year == period.year and month.ends_a_quarter]
    single = [Period(period.year, month=month.number) for month in months if month.year == period.year]

    def way(to: Period) -> tuple[str, str, bool]:
        name = month_name(to.months[0], language) if to.month else period_name(to, language)
        return name, "/reporting/?" + urlencode({"period": str(to)} | ({"as_of": as_of} if as_of else {})), to == period

    return [[way(to) for to in row] for row in ([Period(year) for year in years], quarters, single) if row]
