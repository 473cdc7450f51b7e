"""The page a director opens, reads in two minutes, and prints for the board."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from babel.dates import format_date
from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from services.reporting.trends.projections.rows import READER
from services.reporting.trends.queries.counts import choices_of, freshness
from services.reporting.trends.queries.figures import Figures, Line, Referrals, months_of
from services.reporting.trends.queries.look import look_at
from services.reporting.trends.rules.period import Period, calendar_year
from services.reporting.trends.rules.small_cells import Share, Shown, Spread
from shared.ground.errors import Refusal
from shared.ground.spoken import number
from shared.ground.working_days import ZONE
from shared.privacy.access import Action
from shared.web.web import RequestContext, Running
from shared.web.website import page
from shared.words.labels import label, said
from shared.words.language import Language, language_of, locale_of, marked, translated
from shared.words.vocabulary.consent import Answer
from shared.words.vocabulary.figures import Promise, Timed

pages = APIRouter(include_in_schema=False)

UNPROCESSABLE = 422

CONSENT_NAMES: dict[str, str] = {
    Answer.GRANTED: marked("Sagde ja"),
    Answer.DECLINED: marked("Sagde nej"),
    Answer.NOT_ASKED: marked("Blev ikke spurgt"),
    Answer.NOT_ABLE: marked("Kunne ikke svare"),
    Answer.WITHDRAWN: marked("Tog samtykket tilbage"),
}
"""The answers as they are counted: told of residents, where the form asks one."""


@dataclass(frozen=True, slots=True)
class Range:
    """One step for the chart of times: widths in per cent of the longest time shown."""

    name: str
    median: str
    p90: str
    median_width: float | None
    p90_width: float | None


@pages.get("/", openapi_extra={"x-action": Action.READ_FIGURES})
async def dashboard(
    request: Request,
    context: RequestContext,
    service: Running,
    begins: Annotated[str, Query(alias="from", max_length=10)] = "",
    ends: Annotated[str, Query(alias="to", max_length=10)] = "",
    municipality: Annotated[str, Query(max_length=80)] = "",
) -> HTMLResponse:
    """The figures of a period; a period that cannot be read is said so above this year's figures."""
    refusal: Refusal | None = None
    try:
        figures = await look_at(context, service, begins, ends, municipality, action="read_figures")
    except Refusal as error:
        refusal = error
        figures = await look_at(context, service, "", "", "", action="read_figures")
    async with service.read() as connection:
        choices = await choices_of(connection, context.actor.association)
        fresh = await freshness(connection, reader=READER)
    language = language_of(request)
    words = Words(language, rounded=figures.is_rounded)
    period = figures.selection.period
    this_year = context.at.astimezone(ZONE).year
    years = sorted({*choices.years, this_year, this_year - 1}, reverse=True)[:4]
    response = page(
        request,
        "figures.html",
        figures=figures,
        words=words,
        title=words.period(period),
        refusal=refusal,
        years=[(year, _address(calendar_year(year)), calendar_year(year) == period and not municipality) for year in years],
        municipalities=choices.municipalities,
        places=words.places(figures, choices.estate_names),
        export=urlencode({"from": str(period.first), "to": str(period.last), "municipality": figures.selection.municipality}),
        fresh=fresh,
        seconds_behind=None if fresh.seconds_behind is None else words.seconds(fresh.seconds_behind),
        months=[(words.month(month.first_moment), count, words.count(count)) for month, count in months_of(figures)],
        ranges_shown=_ranges(figures, words),
        promises=words.shares(figures),
        stages=words.points((*figures.stages,), partial(label, group="stages", language=language)),
        severities=words.points(figures.severities, partial(label, group="severities", language=language)),
        categories=words.points(figures.categories, partial(label, group="categories", language=language)),
        signals=words.points(figures.signals, partial(label, group="signals", language=language)),
        consents=words.points(figures.consents, _named(CONSENT_NAMES, language)),
        outcomes=words.points(figures.outcomes, partial(label, group="outcomes", language=language)),
        answers=[words.count(figures.referral_answers.get(name)) for name in ("answered", "waiting", "silent", "unanswered")],
        by_target=words.referrals(figures.by_target, partial(label, group="targets", language=language)),
        by_municipality=words.referrals(figures.by_municipality, str),
    )
    if refusal is not None:
        response.status_code = UNPROCESSABLE
    return response


class Words:
    """How figures are said in one language; a hidden one is a word, never a gap."""

    def __init__(self, language: Language, *, rounded: bool) -> None:
        self.language = language
        self._rounded = rounded

    def count(self, count: Shown) -> str:
        if count is None:
            return translated(marked("skjult"), self.language)
        return self.about(count) if self._rounded and count else number(count, language=self.language)

    def about(self, count: Shown) -> str:
        """A count that is rounded whatever the selection."""
        if not count:
            return self.count(count)
        return translated(marked("ca. %(count)s"), self.language, {"count": number(count, language=self.language)})

    def share(self, share: Share | None) -> str:
        if share is None:
            return translated(marked("for få"), self.language)
        sentence = {"": "%(percent)s %%", "at_least": marked("mindst %(percent)s %%"), "at_most": marked("højst %(percent)s %%")}
        return translated(sentence[share.bound], self.language, {"percent": share.percent})

    def hours(self, hours: float | None) -> str:
        """`7 timer`, `2,5 døgn`."""
        if hours is None:
            return translated(marked("for få"), self.language)
        if hours < 1:
            return translated(marked("under 1 time"), self.language)
        if hours < 48:
            whole = round(hours)
            return translated(marked("1 time") if whole == 1 else marked("%(hours)s timer"), self.language, {"hours": whole})
        return translated(marked("%(days)s døgn"), self.language, {"days": number(round(hours / 24, 1), language=self.language)})

    def seconds(self, seconds: float) -> str:
        if seconds < 120:
            return translated(marked("%(seconds)s sekunder"), self.language, {"seconds": number(round(seconds, 1), language=self.language)})
        return self.hours(seconds / 3600)

    def month(self, month: datetime) -> str:
        return format_date(month, "MMM", locale=locale_of(self.language)).rstrip(".")

    def period(self, period: Period) -> str:
        if period.is_calendar_year:
            return str(period.first.year)
        ends = [format_date(month.first_moment, "MMMM y", locale=locale_of(self.language)) for month in (period.first, period.last)]
        return ends[0] if ends[0] == ends[1] else " – ".join(ends)

    def median(self, spread: Spread | None) -> str:
        return self.hours(spread.median if spread else None)

    def points(
        self, lines: Iterable[Line], name: Callable[[str], str], *, without: str = marked("Ikke oplyst")
    ) -> list[tuple[str, Shown, str]]:
        return [
            (name(line.code) if line.code else translated(without, self.language), line.count, self.count(line.count)) for line in lines
        ]

    def places(self, figures: Figures, names: Mapping[str, str]) -> list[tuple[str, str, list[tuple[str, Shown, str]]]]:
        """Each municipality with its count and its estates."""
        unknown = translated(marked("Ikke oplyst"), self.language)
        small = marked("Små afdelinger, eller ikke oplyst")
        called = [(place, self.points(place.estates, lambda estate: names.get(estate, estate), without=small)) for place in figures.places]
        return [(place.municipality or unknown, self.count(place.count), estates) for place, estates in called]

    def shares(self, figures: Figures) -> list[tuple[str, int | None, str]]:
        shown = ((said(promise.label, self.language), figures.promises[promise]) for promise in Promise)
        return [(text, share.percent if share else None, self.share(share)) for text, share in shown]

    def referrals(self, lines: Iterable[Referrals], name: Callable[[str], str]) -> list[list[str]]:
        return [[name(line.code), *map(self.count, (line.sent, line.answered, line.unanswered))] for line in lines]


def _ranges(figures: Figures, words: Words) -> list[Range]:
    spreads = [(step, figures.durations[step]) for step in Timed]
    longest = max((spread.p90 or spread.median for _, spread in spreads if spread), default=0.0) or 1.0
    return [
        Range(
            said(step.label, words.language),
            words.median(spread),
            words.hours(spread.p90 if spread else None),
            100 * spread.median / longest if spread else None,
            100 * spread.p90 / longest if spread and spread.p90 is not None else None,
        )
        for step, spread in spreads
    ]


def _named(names: dict[str, str], language: Language) -> Callable[[str], str]:
    return lambda code: translated(names.get(code, code), language)


def _address(period: Period) -> str:
    return f"/reporting/?{urlencode({'from': str(period.first), 'to': str(period.last)})}"
