"""The figures as JSON, and as a file for a spreadsheet; the same as on the page, hidden where they are hidden there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field
from starlette.responses import Response

from services.reporting.trends.queries.figures import Figures, Line, Referrals
from services.reporting.trends.queries.look import look_at
from services.reporting.trends.rules.export import written
from services.reporting.trends.rules.small_cells import Share, Shown
from shared.ground.described import Described
from shared.privacy.access import Action
from shared.web.web import RequestContext, Running

api = APIRouter(prefix="/api", tags=["figures"])

Begins = Annotated[str, Query(alias="from", max_length=10, description="First month, such as 2026-01; a day means its month.")]
Ends = Annotated[str, Query(alias="to", max_length=10, description="Last month, such as 2026-12.")]
Municipality = Annotated[str, Query(max_length=80, description="Only concerns in this municipality; counts are then rounded.")]

HIDDEN = "skjult"


class _Body(Described):
    model_config = ConfigDict(from_attributes=True)


class LineBody(_Body):
    """A code and its count; `null` is hidden: fewer than five, or what a number below five could be worked out from."""

    code: str
    """What is counted."""
    count: int | None
    """How many."""


class PlaceBody(_Body):
    municipality: str
    """The municipality, as a code."""
    count: int | None
    """How many; null is hidden."""
    estates: list[LineBody]
    """The same for each of its estates."""


class ReferralsBody(_Body):
    """Referrals to one kind of recipient, or in one municipality, by what came of them so far."""

    code: str
    """The kind of recipient, or the municipality."""
    sent: int | None
    """How many were sent."""
    answered: int | None
    """How many were answered in the end."""
    unanswered: int | None
    """How many were not."""


class SpreadBody(_Body):
    """Hours: half took no longer than the median, nine of ten no longer than `p90`."""

    median: float
    """Half took no longer."""
    p90: float | None
    """Nine of ten took no longer; null is hidden."""


class ShareBody(_Body):
    """Per cent; where one side is fewer than five only a bound."""

    percent: int
    """Per cent."""
    bound: Literal["", "at_least", "at_most"]
    """Whether it is exact (empty), or a bound."""


class NowBody(_Body):
    open_cases: int | None
    """Cases that are open; null is hidden."""
    waiting_too_long: int | None
    """Concerns that nobody judged in time; null is hidden."""
    not_contacted_in_time: int | None
    """Cases whose resident was not reached in time; null is hidden."""
    referrals_unanswered: int | None
    """Referrals whose answer is overdue; null is hidden."""
    follow_ups_overdue: int | None
    """Follow-ups that nobody did in time; null is hidden."""


class FiguresBody(_Body):
    """All figures of one selection."""

    first_month: str = Field(description="The first month.", examples=["2026-01"])
    last_month: str = Field(description="The last month, all of it.", examples=["2026-12"])
    municipality: str
    """The municipality they are about; empty when all."""
    as_of: datetime
    """When they were counted."""
    is_rounded: bool
    """Whether counts are rounded to the nearest five, because a part was chosen."""
    too_few: bool
    """Whether there are too few to show anything."""
    concerns: int | None
    """Observations that somebody may not be thriving; null is hidden."""
    stages: list[LineBody]
    """What came of them."""
    case_stages: list[LineBody]
    """Cases, open and closed."""
    months: list[LineBody]
    """Concerns by month."""
    places: list[PlaceBody]
    """Concerns by municipality and estate; those of an estate with fewer than 20 homes have the municipality only."""
    severities: list[LineBody]
    """Concerns by how serious they are."""
    categories: list[LineBody]
    """Concerns by what they are about."""
    signals: list[LineBody]
    """Concerns by the signs that were ticked; one may have several."""
    consents: list[LineBody]
    """What residents answered when asked whether it may be passed on."""
    outcomes: list[LineBody]
    """How cases ended."""
    durations: dict[str, SpreadBody | None]
    """How long steps took, in hours; null is hidden."""
    promises: dict[str, ShareBody | None]
    """How often what was promised was kept; null is hidden."""
    damage_service: int | None
    """Cases in which the damage service was ordered; null is hidden."""
    accompanied: int | None
    """Cases in which somebody came along to a meeting; null is hidden."""
    referrals: int | None
    """Referrals that were sent; null is hidden."""
    referral_answers: dict[str, int | None]
    """What became of them; null is hidden."""
    answered_share: ShareBody | None
    """How many of those whose answer was due were answered; null is hidden."""
    by_target: list[ReferralsBody]
    """Referrals by kind of recipient."""
    by_municipality: list[ReferralsBody]
    """Referrals by municipality."""
    now: NowBody
    """What is the matter today."""


@api.get("/figures", openapi_extra={"x-action": Action.READ_FIGURES})
async def figures_as_json(
    context: RequestContext, service: Running, begins: Begins = "", ends: Ends = "", municipality: Municipality = ""
) -> FiguresBody:
    """The figures of a period; without one, of this calendar year."""
    figures = await look_at(context, service, begins, ends, municipality, action="read_figures")
    period = figures.selection.period
    shown = {name: getattr(figures, name) for name in FiguresBody.model_fields if hasattr(figures, name)}
    return FiguresBody.model_validate(
        {**shown, "first_month": str(period.first), "last_month": str(period.last), "municipality": figures.selection.municipality}
    )


@api.get("/figures.csv", openapi_extra={"x-action": Action.READ_FIGURES}, response_class=Response)
async def figures_as_file(
    context: RequestContext, service: Running, begins: Begins = "", ends: Ends = "", municipality: Municipality = ""
) -> Response:
    """The same as a semicolon-separated file with a heading, as Danish spreadsheets read it."""
    figures = await look_at(context, service, begins, ends, municipality, action="export_figures")
    period = figures.selection.period
    return Response(
        written(("afsnit", "hvad", "undergruppe", "tal"), _lines(figures)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="brobygger-tal-{period.first}-{period.last}.csv"'},
    )


def _lines(figures: Figures) -> Iterable[tuple[str, str, str, str]]:
    period = figures.selection.period
    yield "periode", f"{period.first}–{period.last}", figures.selection.municipality, ""
    yield "opgjort", figures.as_of.isoformat(timespec="minutes"), "afrundet til nærmeste 5" if figures.is_rounded else "", ""
    yield "bekymringer", "i alt", "", _count(figures.concerns)
    for section, lines in _sections(figures):
        for line in lines:
            yield section, line.code, "", _count(line.count)
    for place in figures.places:
        yield "kommune", place.municipality, "", _count(place.count)
        for line in place.estates:
            yield "afdeling", place.municipality, line.code, _count(line.count)
    for step, taken in figures.durations.items():
        yield "timer, median", step, "", HIDDEN if taken is None else _hours(taken.median)
        yield "timer, 9 af 10 inden", step, "", HIDDEN if taken is None or taken.p90 is None else _hours(taken.p90)
    for name, kept in figures.promises.items():
        yield "andel i procent", name, "", _percent(kept)
    for name, count in (("skadesservice", figures.damage_service), ("fulgt til møde", figures.accompanied)):
        yield "sager med", name, "", _count(count)
    yield "henvisninger", "i alt", "", _count(figures.referrals)
    for name, text in (("answered", "besvaret"), ("unanswered", "ikke besvaret"), ("waiting", "venter"), ("silent", "intet svar i tide")):
        yield "henvisninger", text, "", _count(figures.referral_answers.get(name))
    for section, referrals in (("henvisninger, modtager", figures.by_target), ("henvisninger, kommune", figures.by_municipality)):
        for referral in referrals:
            yield from _referral(section, referral)
    for name in NowBody.model_fields:
        yield "lige nu", name, "", _count(getattr(figures.now, name))


def _sections(figures: Figures) -> Iterable[tuple[str, tuple[Line, ...]]]:
    return (
        ("hvad der blev af dem", figures.stages),
        ("sager", figures.case_stages),
        ("måned", figures.months),
        ("alvor", figures.severities),
        ("kategori", figures.categories),
        ("tegn", figures.signals),
        ("samtykke", figures.consents),
        ("udfald", figures.outcomes),
    )


def _referral(section: str, referral: Referrals) -> Iterable[tuple[str, str, str, str]]:
    yield section, referral.code, "sendt", _count(referral.sent)
    yield section, referral.code, "besvaret", _count(referral.answered)
    yield section, referral.code, "ikke besvaret", _count(referral.unanswered)


def _count(count: Shown) -> str:
    return HIDDEN if count is None else str(count)


def _hours(hours: float) -> str:
    return f"{hours:.1f}".replace(".", ",")


def _percent(kept: Share | None) -> str:
    if kept is None:
        return HIDDEN
    return {"": "", "at_least": "mindst ", "at_most": "højst "}[kept.bound] + str(kept.percent)
