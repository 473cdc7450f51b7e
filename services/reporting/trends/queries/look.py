"""One look at the figures: allowed, written down with what was chosen, and nothing but what is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.reporting.trends.queries.figures import Figures, figures_of, nothing_of
from services.reporting.trends.queries.published import estate_names, policy_in_force, published_in, released_of
from services.reporting.trends.rules.period import Month, Period, read_period
from shared.ground.errors import Refusal
from shared.ground.provenance import Context
from shared.ground.working_days import ZONE
from shared.history.service import Service
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Resource, allow
from shared.words.language import Language


class DayIsMalformed(Refusal):
    """Dagen kan ikke læses."""

    field = "as_of"
    next_step = "Skriv dagen som 2026-01-31."


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody sees: the figures of a period, and the periods there are."""

    figures: Figures
    period: Period
    released: tuple[Month, ...]


async def look_at(context: Context, service: Service, wanted: str, as_of: str, language: Language, *, action: str) -> Look:
    """The published figures of a period, as they were published by the end of a day; without a period, of the newest year.

    Raises `NotAllowed`, `PeriodIsMalformed`, `DayIsMalformed`.
    """
    allow(context, Action.READ_FIGURES, Resource(association=context.actor.association))
    chosen = read_period(wanted) if wanted else None
    by = _end_of(as_of) if as_of else context.at
    async with service.read() as connection:
        await log_access(
            connection,
            context,
            told_by="reporting",
            action=action,
            relation="association",
            selection=" ".join(filter(None, (wanted, as_of))),
        )
        association = context.actor.association
        adopted = await policy_in_force(connection, association)
        released = await released_of(connection, association, by=by)
        names = await estate_names(connection, association)
    period = chosen or Period(max(released).year if released else Month.of(context.at).year)
    if adopted is None:
        return Look(nothing_of(period, language), period, ())
    now = published_in(period, released)
    before = published_in(period.before, released, only=len(now.months) or 12)
    figures = figures_of(now, before, released, adopted.policy, names, by=min(by, context.at), language=language)
    return Look(figures, period, tuple(sorted(released)))


def _end_of(day: str) -> datetime:
    try:
        after = date.fromisoformat(day.strip()) + timedelta(days=1)
        return datetime(after.year, after.month, after.day, tzinfo=ZONE)
    except (ValueError, OverflowError) as error:
        raise DayIsMalformed from error
