"""The figures as anybody may see them: small cells hidden, free selections rounded, nothing about anybody in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from services.reporting.trends.queries import counts
from services.reporting.trends.queries.counts import Answers, Concerns, Duration, Kept, Promises, RightNow, Rows, Selection
from services.reporting.trends.rules.period import Month
from services.reporting.trends.rules.small_cells import (
    SMALLEST_SHOWN,
    Share,
    Shown,
    Spread,
    alone,
    crossed,
    is_small,
    part_of,
    parts,
    rounded,
    share,
    spread,
)
from shared.words.vocabulary.figures import Promise, Stage
from shared.words.vocabulary.observation import Severity

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: a code and its count; a hidden count is `None`."""

    code: str
    count: Shown


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality with its estates."""

    municipality: str
    count: Shown
    estates: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Referrals:
    """Referrals to one kind of recipient, or in one municipality, and what came of them so far."""

    code: str
    sent: Shown
    answered: Shown
    unanswered: Shown


@dataclass(frozen=True, kw_only=True, slots=True)
class Now:
    """What is open and what is overdue at this moment; to the nearest five, always."""

    open_cases: Shown
    waiting_too_long: Shown
    not_contacted_in_time: Shown
    referrals_unanswered: Shown
    follow_ups_overdue: Shown


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """All figures of one selection."""

    selection: Selection
    as_of: datetime
    is_rounded: bool
    """Whether counts are rounded to the nearest five, because the selection is a free one."""
    too_few: bool
    """Whether there are so few concerns that nothing can be shown of the selection."""
    concerns: Shown
    stages: tuple[Line, ...]
    """`waiting`, `dismissed`, `case`: what became of the concerns."""
    case_stages: tuple[Line, ...]
    """`open`, `closed`."""
    months: tuple[Line, ...]
    places: tuple[Place, ...]
    severities: tuple[Line, ...]
    categories: tuple[Line, ...]
    signals: tuple[Line, ...]
    consents: tuple[Line, ...]
    outcomes: tuple[Line, ...]
    durations: Mapping[str, Spread | None]
    promises: Mapping[str, Share | None]
    damage_service: Shown
    accompanied: Shown
    referrals: Shown
    referral_answers: Mapping[str, Shown]
    """All referrals by what came of them: `answered` and `unanswered`, and of these `waiting` and `silent`."""
    answered_share: Share | None
    """Referrals that were answered, of all that were sent."""
    by_target: tuple[Referrals, ...]
    by_municipality: tuple[Referrals, ...]
    """Only those to the municipality's own offices."""
    now: Now

    def count_of(self, lines: Iterable[Line], code: str) -> Shown:
        """The count of one line; 0 when there is no such line."""
        return next((line.count for line in lines if line.code == code), 0)


async def figures_of(connection: Rows, selection: Selection, *, now: datetime) -> Figures:
    """The figures of a selection as they stand now."""
    return safe(
        selection,
        now,
        concerns=await counts.concerns_of(connection, selection),
        signals=await counts.signals_of(connection, selection),
        durations=await counts.durations_of(connection, selection),
        promises=await counts.promises_of(connection, selection, now=now),
        referrals=await counts.referrals_of(connection, selection, now=now),
        right_now=await counts.right_now(connection, selection.association, municipality=selection.municipality, now=now),
    )


def safe(
    selection: Selection,
    as_of: datetime,
    *,
    concerns: Concerns,
    signals: Mapping[str, int],
    durations: Mapping[str, Duration],
    promises: Promises,
    referrals: Mapping[tuple[str, str], Answers],
    right_now: RightNow,
) -> Figures:
    """What may be shown of these counts.

    A whole calendar year of the whole association is exact: no two such selections overlap. Every other selection is
    rounded to fives after the small cells are hidden, so that two that are almost equal cannot be subtracted.
    """
    free = bool(selection.municipality) or not selection.period.is_calendar_year
    finish: Callable[[Shown], Shown] = rounded if free else _same
    whole = concerns.how_many
    too_few = is_small(whole)
    if too_few:
        concerns, signals, durations, referrals = Concerns(), {}, dict.fromkeys(durations, Duration(0, None, None)), {}
        promises = Promises(kept={}, damage_service=0, accompanied=0)

    cases = concerns.stages[Stage.OPEN] + concerns.stages[Stage.CLOSED]
    stages = parts({Stage.CASE: cases, Stage.WAITING: concerns.stages[Stage.WAITING], Stage.DISMISSED: concerns.stages[Stage.DISMISSED]})
    shows_cases = bool(stages[Stage.CASE])
    case_stages = parts({stage: concerns.stages[stage] for stage in (Stage.OPEN, Stage.CLOSED)}) if shows_cases else {}
    referred = _referrals(referrals)
    return Figures(
        selection=selection,
        as_of=as_of,
        is_rounded=free,
        too_few=too_few,
        concerns=None if too_few else finish(whole),
        stages=_lines(stages, finish),
        case_stages=_lines(case_stages, finish),
        months=_lines(parts({month: concerns.months[month] for month in selection.period.months(until=as_of)}), finish),
        places=_places(concerns, finish),
        severities=_lines(parts({severity: concerns.severities[severity] for severity in _severities(concerns)}), finish),
        categories=_lines(_by_size(parts(concerns.categories) if shows_cases else {}), finish),
        signals=_lines(_by_size({signal: part_of(count, whole) for signal, count in signals.items()}), finish),
        consents=_lines(_by_size(parts(concerns.consents)), finish),
        outcomes=_lines(_by_size(parts(concerns.outcomes) if case_stages.get(Stage.CLOSED) else {}), finish),
        durations={step: _spread(duration, free) for step, duration in durations.items()},
        promises={promise.value: _share(promises.kept.get(promise, Kept(0, 0)), free) for promise in Promise},
        damage_service=finish(part_of(promises.damage_service, cases)) if shows_cases else None,
        accompanied=finish(part_of(promises.accompanied, cases)) if shows_cases else None,
        referrals=finish(referred.sent),
        referral_answers={status: finish(count) for status, count in referred.statuses.items()},
        answered_share=_share(referred.answered, free),
        by_target=_finished(referred.by_target, finish),
        by_municipality=_finished(referred.by_municipality, finish),
        now=_now(right_now),
    )


ANSWERS = ("answered", "unanswered", "waiting", "silent")
MUNICIPAL = "municipal."


def _same(count: Shown) -> Shown:
    return count


def _lines(shown: Mapping[T, Shown], finish: Callable[[Shown], Shown]) -> tuple[Line, ...]:
    return tuple(Line(str(code), finish(count)) for code, count in shown.items())


def _by_size(shown: Mapping[str, Shown]) -> dict[str, Shown]:
    """Largest first; hidden ones last, in the order of their codes, so that the order does not tell their size."""
    return dict(sorted(shown.items(), key=lambda item: (item[1] is None, -(item[1] or 0), item[0])))


def _severities(concerns: Concerns) -> Sequence[str]:
    return (*Severity, *sorted(concerns.severities.keys() - set(Severity)))


def _places(concerns: Concerns, finish: Callable[[Shown], Shown]) -> tuple[Place, ...]:
    """Municipalities are parts of the whole, estates parts of their municipality."""
    estates: dict[str, dict[str, int]] = defaultdict(dict)
    for (municipality, estate), count in concerns.places.items():
        estates[municipality][estate] = count
    municipalities = _by_size(parts({municipality: sum(counted.values()) for municipality, counted in estates.items()}))
    return tuple(
        Place(municipality, finish(count), _lines(_by_size(parts(estates[municipality])), finish) if count else ())
        for municipality, count in municipalities.items()
    )


def _spread(duration: Duration, free: bool) -> Spread | None:
    """Of a free selection in whole days from the second day on, for the same reason as counts are rounded."""
    shown = spread(duration.how_many, duration.median, duration.p90)
    if shown is None or not free:
        return shown
    return Spread(_coarse(shown.median), None if shown.p90 is None else _coarse(shown.p90))


def _coarse(hours: float) -> float:
    return float(round(hours)) if hours < 24 else round(hours / 24) * 24.0


def _share(kept: Kept, free: bool) -> Share | None:
    shown = share(kept.kept, kept.judged)
    if shown is None or not free or shown.bound:
        return shown
    return Share(5 * round(shown.percent / 5))


@dataclass(frozen=True, slots=True)
class _Referred:
    sent: Shown
    statuses: dict[str, Shown]
    answered: Kept
    by_target: list[Referrals]
    by_municipality: list[Referrals]


def _referrals(referrals: Mapping[tuple[str, str], Answers]) -> _Referred:
    """All referrals → to the municipality or to others → by target, and the municipality's by municipality.

    Each table is a part of the one before it; it crosses recipients and answers only where the answers of the whole
    it belongs to are all shown, for only then its columns have totals that are known not to be small.
    """
    whole = counts.added(referrals.values())
    if whole.how_many < SMALLEST_SHOWN:
        return _Referred(alone(whole.how_many), dict.fromkeys(ANSWERS), Kept(0, 0), [], [])
    statuses = parts({"answered": whole.answered, "unanswered": whole.unanswered})
    silence = parts({"waiting": whole.waiting, "silent": whole.silent}) if statuses["unanswered"] else {"waiting": None, "silent": None}
    kinds = {
        MUNICIPAL: counts.added(answers for (target, _), answers in referrals.items() if target.startswith(MUNICIPAL)),
        "": counts.added(answers for (target, _), answers in referrals.items() if not target.startswith(MUNICIPAL)),
    }
    by_target: list[Referrals] = []
    by_municipality: list[Referrals] = []
    for kind in _crossed(kinds, with_answers=None not in statuses.values()):
        if not kind.sent:
            continue
        with_answers = None not in (kind.answered, kind.unanswered)
        is_municipal = kind.code == MUNICIPAL
        chosen = {key: answers for key, answers in referrals.items() if key[0].startswith(MUNICIPAL) == is_municipal}
        by_target += _crossed(_grouped(chosen, 0), with_answers=with_answers)
        if is_municipal:
            by_municipality = _crossed(_grouped(chosen, 1), with_answers=with_answers)
    # Of all that were sent, not of those whose time is over: that number would tell how many are still within it.
    answered = Kept(whole.answered, whole.how_many)
    return _Referred(whole.how_many, {**statuses, **silence}, answered, by_target, by_municipality)


def _grouped(referrals: Mapping[tuple[str, str], Answers], part: int) -> dict[str, Answers]:
    grouped: dict[str, Answers] = defaultdict(Answers)
    for key, answers in referrals.items():
        grouped[key[part]] += answers
    return grouped


def _crossed(groups: Mapping[str, Answers], *, with_answers: bool) -> list[Referrals]:
    """Recipients by answers; without answers only how many were sent."""
    groups = {code: answers for code, answers in groups.items() if answers.how_many}
    if with_answers:
        shown = crossed([(answers.answered, answers.unanswered) for answers in groups.values()])
        lines = [Referrals(code, total, *cells) for code, total, cells in zip(groups, shown.totals, shown.cells, strict=True)]
    else:
        totals = parts({code: answers.how_many for code, answers in groups.items()})
        lines = [Referrals(code, total, None, None) for code, total in totals.items()]
    return sorted(lines, key=lambda line: (line.sent is None, -(line.sent or 0), line.code))


def _finished(lines: Iterable[Referrals], finish: Callable[[Shown], Shown]) -> tuple[Referrals, ...]:
    return tuple(Referrals(line.code, finish(line.sent), finish(line.answered), finish(line.unanswered)) for line in lines)


def _now(right_now: RightNow) -> Now:
    """Always rounded: the exact numbers, beside those of a year's page, would tell what that page hides."""
    return Now(
        open_cases=rounded(alone(right_now.open_cases)),
        waiting_too_long=rounded(part_of(right_now.waiting_too_long, right_now.waiting)),
        not_contacted_in_time=rounded(part_of(right_now.not_contacted_in_time, right_now.open_cases)),
        referrals_unanswered=rounded(alone(right_now.referrals_unanswered)),
        follow_ups_overdue=rounded(alone(right_now.follow_ups_overdue)),
    )


def months_of(figures: Figures) -> list[tuple[Month, Shown]]:
    """The months with their counts."""
    shown = figures.selection.period.months(until=figures.as_of)
    return [(month, line.count) for month, line in zip(shown, figures.months, strict=True)]
