"""What may be written into a field of a request, be it sent as JSON or typed into a form."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, ValidationInfo, WithJsonSchema

from shared.ground.text_input import AT_MOST, free_text
from shared.ground.working_days import ZONE, end_of_day

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
    with suppress(ValueError, OverflowError):
        return end_of_day(date.fromisoformat(value))
    return value


def _in_the_calendar(moment: datetime) -> datetime:
    """The same instant in UTC; what lies beyond the first or last day there is in UTC is no time at all."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError from error


class FreeText(str):
    """Words that somebody wrote: they are about a person, and sealed before they are stored."""

    __slots__ = ()


def _plain_words(text: str, info: ValidationInfo) -> FreeText:
    return FreeText(free_text(text, field=info.field_name or ""))


Code = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
"""Codes, ids of staff and versions stand in events as they are, unsealed; so nobody can write words in their place."""

Moment = Annotated[AwareDatetime, BeforeValidator(_on_the_wall), AfterValidator(_in_the_calendar)]
"""An instant. JSON says it with its offset, a form as the clock on the wall shows it."""

DayOrMoment = Annotated[AwareDatetime, BeforeValidator(_until_its_end), AfterValidator(_in_the_calendar)]
"""Until when. JSON says an instant; a form says a day, which lasts until its end in Denmark."""

_WORDS = {"type": "string", "maxLength": AT_MOST, "description": "Words about the resident; sealed before they are stored."}
Words = Annotated[str, AfterValidator(_plain_words), WithJsonSchema(_WORDS)]
"""`FreeText`, as it may be kept; raises what `free_text` refuses, naming the field."""
