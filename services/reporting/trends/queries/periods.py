"""Stretches of time in words: what a period is called, which months of it are counted, since when, and when the next is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from babel.dates import format_date

from services.reporting.trends.rules.period import Month, Period, PeriodIsMalformed, read_period
from shared.ground.spoken import short_day
from shared.words.language import Language, locale_of, marked, translated


def month_name(month: Month, language: Language) -> str:
    """`januar 2026`."""
    return format_date(month.begins, "MMMM y", locale=locale_of(language))


def period_name(period: Period, language: Language) -> str:
    """`2026`, `1. kvartal 2026`, `januar 2026`."""
    if period.month:
        return month_name(period.months[0], language)
    if period.quarter:
        return translated(marked("%(quarter)s. kvartal %(year)s"), language, {"quarter": period.quarter, "year": period.year})
    return str(period.year)


def stretch_name(months: Sequence[Month], language: Language) -> str:
    """`januar–oktober 2026`: months that follow each other in a year; nothing where there are none."""
    if not months:
        return ""
    last = month_name(months[-1], language)
    return last if len(months) == 1 else f"{format_date(months[0].begins, 'MMMM', locale=locale_of(language))}–{last}"


def what_is_counted(period: Period, released: Sequence[Month], *, by: datetime, language: Language) -> Iterator[str]:
    """What a period lacks, and why: the months before the first that was ever counted, and those that are not counted yet."""
    if not released:
        return
    first, last = released[0], released[-1]
    if period.months[0] < first:
        yield translated(
            marked(
                "Der er talt fra %(month)s: det tidligste, der var hørt om, da der blev talt første gang, skete i den måned."
                " Der tælles ikke for måneder før den."
            ),
            language,
            {"month": month_name(first, language)},
        )
    if period.months[-1] > last:
        if last in period.months:
            yield translated(marked("Der er talt til og med %(month)s."), language, {"month": month_name(last, language)})
        following = max(last.plus(1), period.months[0])
        said = {"month": month_name(following, language), "day": short_day(following.counted_from, language=language)}
        sentence = marked("Den næste måned, %(month)s, bliver talt den %(day)s.")
        yield translated(marked("Den næste måned, %(month)s, bliver talt nu.") if following.is_settled(by) else sentence, language, said)


def chosen_in_words(selection: str, language: Language) -> str:
    """What somebody chose to look at, as the log of looks has it (`2026-Q1 2026-09-01`): a period, and as of which day."""
    try:
        return ", ".join(_chosen(part, language) for part in selection.split())
    except ValueError:
        return selection


def _chosen(part: str, language: Language) -> str:
    try:
        return period_name(read_period(part), language)
    except PeriodIsMalformed:
        day = short_day(date.fromisoformat(part), language=language)
        return translated(marked("som offentliggjort den %(day)s"), language, {"day": day})
