"""Days, times and numbers as people say them, in Danish and in English, always in Danish local time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent

from shared.ground.errors import Refusal
from shared.ground.working_days import ZONE, on_the_wall
from shared.words.language import Language, locale_of, marked, translated

_MOMENT: dict[Language, str] = {"da": "EEEE 'den' d. MMMM y 'kl.' H.mm", "en": "EEEE d MMMM y 'at' HH:mm"}
_SHORT_MOMENT: dict[Language, str] = {"da": "d. MMM y 'kl.' H.mm", "en": "d MMM y, HH:mm"}
_DAY: dict[Language, str] = {"da": "EEEE 'den' d. MMMM y", "en": "EEEE d MMMM y"}
_SHORT_DAY: dict[Language, str] = {"da": "d. MMM y", "en": "d MMM y"}
_DUE_DAY: dict[Language, str] = {"da": "EEE d. MMM y", "en": "EEE d MMM y"}
_DUE_MOMENT: dict[Language, str] = {"da": "EEE d. MMM y 'kl.' H.mm", "en": "EEE d MMM y, HH:mm"}
_CLOCK: dict[Language, str] = {"da": "H.mm", "en": "HH:mm"}


def moment(value: datetime, *, language: Language = "da") -> str:
    """`tirsdag den 3. marts 2026 kl. 9.12`."""
    return format_datetime(on_the_wall(value), _MOMENT[language], tzinfo=ZONE, locale=locale_of(language))


def short_moment(value: datetime, *, language: Language = "da") -> str:
    """`3. mar. 2026 kl. 9.12`."""
    return format_datetime(on_the_wall(value), _SHORT_MOMENT[language], tzinfo=ZONE, locale=locale_of(language))


def day(value: date, *, language: Language = "da") -> str:
    """`tirsdag den 3. marts 2026`; a moment is shown as its day in Denmark."""
    return format_date(_local_day(value), _DAY[language], locale=locale_of(language))


def short_day(value: date, *, language: Language = "da") -> str:
    """`3. mar. 2026`."""
    return format_date(_local_day(value), _SHORT_DAY[language], locale=locale_of(language))


def due_day(value: date, *, language: Language = "da") -> str:
    """`tirs. 3. mar. 2026`: a day that something is due, where there is little room."""
    return format_date(_local_day(value), _DUE_DAY[language], locale=locale_of(language))


def due_moment(value: datetime, *, language: Language = "da") -> str:
    """`tirs. 3. mar. 2026 kl. 9.12`."""
    return format_datetime(on_the_wall(value), _DUE_MOMENT[language], tzinfo=ZONE, locale=locale_of(language))


def clock(value: datetime, *, language: Language = "da") -> str:
    """`9.12`."""
    return format_datetime(on_the_wall(value), _CLOCK[language], tzinfo=ZONE, locale=locale_of(language))


def machine_time(value: date, *, language: Language = "da") -> str:
    """The same for `<time datetime>`: ISO 8601 with the Danish offset, or just the day."""
    return on_the_wall(value).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def in_working_days(days: int, *, language: Language = "da") -> str:
    """`om 2 arbejdsdage`, `i dag`, `for 1 arbejdsdag siden`; counting them is somebody else's job."""
    if days == 0:
        return translated(marked("i dag"), language)
    if days > 0:
        sentence = marked("om 1 arbejdsdag") if days == 1 else marked("om %(days)s arbejdsdage")
    else:
        sentence = marked("for 1 arbejdsdag siden") if days == -1 else marked("for %(days)s arbejdsdage siden")
    return translated(sentence, language, {"days": abs(days)})


def lasting(value: timedelta, *, language: Language = "da") -> str:
    """How long, in the two units that matter: `3 t 20 min`, `2 d 4 t`, `under 1 min`."""
    minutes = int(value.total_seconds()) // 60
    if minutes < 1:
        return translated(marked("under 1 min"), language)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return translated(marked("%(days)s d %(hours)s t"), language, {"days": days, "hours": hours})
    if hours:
        return translated(marked("%(hours)s t %(minutes)s min"), language, {"hours": hours, "minutes": minutes})
    return translated(marked("%(minutes)s min"), language, {"minutes": minutes})


_UNITS = {
    "minutter": marked("%(count)s minutter"),
    "arbejdsdage": marked("%(count)s arbejdsdage"),
    "dage": marked("%(count)s dage"),
}
_ONE_OR_NONE = frozenset({marked("1 minut"), marked("1 arbejdsdag"), marked("1 dag"), marked("samme arbejdsdag")})


def how_long(danish: str, *, language: Language = "da") -> str:
    """A time as a procedure says it (`100 arbejdsdage`, `samme arbejdsdag`), in a language; whatever else stands there is left as it is."""
    if danish in _ONE_OR_NONE:
        return translated(danish, language)
    count, _, unit = danish.partition(" ")
    return translated(_UNITS[unit], language, {"count": count}) if count.isdecimal() and unit in _UNITS else danish


def number(value: float, *, language: Language = "da") -> str:
    """`1.234,5`."""
    return format_decimal(value, locale=locale_of(language))


def percent(value: float, *, language: Language = "da") -> str:
    """A share between 0 and 1: `45 %`."""
    return format_percent(value, locale=locale_of(language))


def kroner(value: float, *, language: Language = "da") -> str:
    """`50.000 kr.`, without øre."""
    return format_currency(value, "DKK", "#,##0\u00a0¤", locale=locale_of(language), currency_digits=False)


def in_a_terminal(refusal: Refusal) -> str:
    """Why something was refused and what to do, in English as all that the commands of an operator say."""
    return " ".join(translated(sentence, "en") for sentence in (str(refusal), refusal.next_step) if sentence)


def _local_day(value: date) -> date:
    return on_the_wall(value).date() if isinstance(value, datetime) else value


FILTERS: dict[str, Callable[..., Any]] = {
    "moment": moment,
    "short_moment": short_moment,
    "day": day,
    "short_day": short_day,
    "due_day": due_day,
    "due_moment": due_moment,
    "clock": clock,
    "machine_time": machine_time,
    "in_working_days": in_working_days,
    "lasting": lasting,
    "number": number,
    "percent": percent,
    "kroner": kroner,
}
"""What templates may use: `{{ case.due | moment }}`."""
