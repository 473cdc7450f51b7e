"""What may be written into a field of a request, be it sent as JSON or typed into a form."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from re import compile
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticKnownError

from shared.ground.text_input import AT_MOST, free_text, holds_cpr_number
from shared.ground.working_days import ZONE, end_of_day, start_of_day

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""No instant of a case lies outside: what does is a slip of the fingers, and would be counted day by day."""

_NUMBER = compile(r"\s*[+-]?[0-9.]*\s*")
_DAY = compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

FORM = "form"
"""The validation context of what a browser's form sent: its clock is the one on the wall in Denmark, and carries no zone."""


def _no_number(value: Any) -> Any:
    """A number of seconds is no time that somebody wrote, though it could be read as one."""
    if not isinstance(value, str | datetime) or (isinstance(value, str) and _NUMBER.fullmatch(value)):
        raise PydanticKnownError("datetime_parsing", {"error": "a number is no instant"})
    return value


def _on_the_wall(value: Any, info: ValidationInfo) -> Any:
    if info.context != FORM:
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:  # what is no time at all, Pydantic says
        return value
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZONE)
        if not _was_shown(moment):
            raise PydanticKnownError("datetime_parsing", {"error": "the clocks jumped over that hour"})
    return moment


def _was_shown(on_the_wall: datetime) -> bool:
    """Whether clocks in Denmark ever showed it: in spring they jump over an hour. (Of one that they show twice, the first is meant.)"""
    try:
        there_and_back = on_the_wall.astimezone(UTC).astimezone(ZONE)
    except OverflowError:  # the ends of the calendar are refused as such
        return True
    return there_and_back.replace(tzinfo=None) == on_the_wall.replace(tzinfo=None)


def _until_its_end(value: Any, info: ValidationInfo) -> Any:
    if info.context != FORM:
        return value
    try:
        return end_of_day(date.fromisoformat(value))
    except (ValueError, OverflowError) as error:
        raise PydanticKnownError("date_from_datetime_parsing", {"error": "no day"}) from error


def _a_day(value: Any) -> Any:
    """Text as `2026-03-03`; a number is no day, though it could be read as one."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    with suppress(ValueError, TypeError):
        if _DAY.fullmatch(value) and FIRST.date() <= (day := date.fromisoformat(value)) < LAST.date():
            return day
    raise PydanticKnownError("date_from_datetime_parsing", {"error": "no day of our time"})


def _from_its_start(value: Any, info: ValidationInfo) -> Any:
    if info.context != FORM:
        return value
    try:
        return start_of_day(date.fromisoformat(value))
    except (ValueError, OverflowError) as error:
        raise PydanticKnownError("date_from_datetime_parsing", {"error": "no day"}) from error


def _in_our_time(moment: datetime) -> datetime:
    """The same instant in UTC; a century typed with two digits, or one that nobody here will see, is a mistake."""
    if not FIRST <= moment < LAST:
        raise PydanticKnownError("datetime_parsing", {"error": "out of our time"})
    return moment.astimezone(UTC)


class FreeText(str):
    """Words that somebody wrote: they are about a person, and sealed before they are stored."""

    __slots__ = ()


def _plain_words(text: str, info: ValidationInfo) -> FreeText:
    return FreeText(free_text(text, field=info.field_name or ""))


def _names_nobody(code: str) -> str:
    if holds_cpr_number(code):
        raise PydanticKnownError("string_pattern_mismatch", {"pattern": "a code"})
    return code


Code = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$"), AfterValidator(_names_nobody)]
"""Codes, ids of staff and versions stand in events as they are, unsealed; so nobody can write words in their place."""

Instant = Annotated[AwareDatetime, BeforeValidator(_on_the_wall), BeforeValidator(_no_number)]
"""An instant. JSON says it with its offset, a form as the clock on the wall shows it. How far back it may lie, a rule says."""

Moment = Annotated[Instant, AfterValidator(_in_our_time)]
"""An instant of our time."""

DayOrMoment = Annotated[AwareDatetime, BeforeValidator(_until_its_end), BeforeValidator(_no_number), AfterValidator(_in_our_time)]
"""Until when. JSON says an instant; a form says a day, which lasts until its end in Denmark."""

FromDayOrMoment = Annotated[AwareDatetime, BeforeValidator(_from_its_start), AfterValidator(_in_our_time)]
"""From when. JSON says an instant; a form says a day, which begins when it begins in Denmark."""
Day = Annotated[date, BeforeValidator(_a_day)]
"""A day in Denmark."""

_WORDS = {"type": "string", "maxLength": AT_MOST, "description": "Words about the resident; sealed before they are stored."}
Words = Annotated[str, AfterValidator(_plain_words), WithJsonSchema(_WORDS)]
"""`FreeText`, as it may be kept; raises what `free_text` refuses, naming the field."""
