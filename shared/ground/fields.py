"""What may be written into a field of a request, be it sent as JSON or typed into a form."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticKnownError

from shared.ground.text_input import AT_MOST, free_text, holds_cpr_number
from shared.ground.working_days import ZONE, end_of_day, start_of_day

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""No instant of a case lies outside: what does is a slip of the fingers, and would be counted day by day."""

FORM = "form"
"""The validation context of what a browser's form sent: its clock is the one on the wall in Denmark, and carries no zone."""


def _on_the_wall(value: Any, info: ValidationInfo) -> Any:
    if info.context != FORM:
        return value
    with suppress(ValueError):  # what is no time at all, Pydantic says
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)
    return value


def _until_its_end(value: Any, info: ValidationInfo) -> Any:
    if info.context != FORM:
        return value
    try:
        return end_of_day(date.fromisoformat(value))
    except (ValueError, OverflowError) as error:
        raise PydanticKnownError("date_from_datetime_parsing", {"error": "no day"}) from error


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

Moment = Annotated[AwareDatetime, BeforeValidator(_on_the_wall), AfterValidator(_in_our_time)]
"""An instant. JSON says it with its offset, a form as the clock on the wall shows it."""

DayOrMoment = Annotated[AwareDatetime, BeforeValidator(_until_its_end), AfterValidator(_in_our_time)]
"""Until when. JSON says an instant; a form says a day, which lasts until its end in Denmark."""

FromDayOrMoment = Annotated[AwareDatetime, BeforeValidator(_from_its_start), AfterValidator(_in_our_time)]
"""From when. JSON says an instant; a form says a day, which begins when it begins in Denmark."""

_WORDS = {"type": "string", "maxLength": AT_MOST, "description": "Words about the resident; sealed before they are stored."}
Words = Annotated[str, AfterValidator(_plain_words), WithJsonSchema(_WORDS)]
"""`FreeText`, as it may be kept; raises what `free_text` refuses, naming the field."""
