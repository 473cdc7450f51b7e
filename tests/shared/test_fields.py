"""What may be written into a field, as JSON and in a form."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from shared.ground.fields import FORM, Code, DayOrMoment, FreeText, Moment, Words
from shared.ground.text_input import TextHoldsCprNumber, TextTooLong


class Wish(BaseModel):
    """A little of everything."""

    code: Code = "a"
    at: Moment | None = None
    until: DayOrMoment | None = None
    words: Words = ""


def as_json(**values: Any) -> Wish:
    return Wish.model_validate(values)


def as_form(**values: Any) -> Wish:
    return Wish.model_validate(values, context=FORM)


@pytest.mark.parametrize("code", ["high", "municipal.visitation", "2026-1", "a" * 64])
def test_a_code_is_letters_digits_and_little_else(code: str) -> None:
    assert as_json(code=code).code == code


@pytest.mark.parametrize("code", ["", "  ", "two words", "a" * 65, ".hidden", "æble", "a\n", "Jens-000000-0000"])
def test_words_are_no_code(code: str) -> None:
    with pytest.raises(ValidationError):
        as_json(code=code)


def test_an_instant_is_kept_in_utc() -> None:
    assert as_json(at="2026-07-01T10:00:00+02:00").at == datetime(2026, 7, 1, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "at",
    [
        "2026-07-01T10:00",
        "2026-07-01",
        "0001-01-01T00:00:00+02:00",
        "9999-12-31T23:30:00Z",
        "0026-03-03T10:00:00Z",
        "2100-01-01T00:00:00Z",
        "soon",
    ],
)
def test_json_says_an_instant_with_its_offset_and_within_the_calendar(at: str) -> None:
    with pytest.raises(ValidationError):
        as_json(at=at)


@pytest.mark.parametrize(("at", "hour"), [("2026-07-01T10:00", 8), ("2026-12-01T10:00", 9), ("2026-07-01T10:00+00:00", 10)])
def test_a_form_shows_the_clock_on_the_wall_in_denmark(at: str, hour: int) -> None:
    moment = as_form(at=at).at
    assert moment is not None
    assert (moment.hour, moment.tzinfo) == (hour, UTC)


@pytest.mark.parametrize("at", ["2026-03-29T02:00", "2026-03-29T02:30", "2026-03-29T02:59:59", "2027-03-28T02:15"])
def test_an_hour_that_the_clocks_jumped_over_is_no_hour(at: str) -> None:
    with pytest.raises(ValidationError) as refused:
        as_form(at=at)
    assert [error["type"] for error in refused.value.errors()] == ["datetime_parsing"]


def test_of_an_hour_that_there_is_twice_the_first_is_meant_and_json_can_tell_the_second() -> None:
    assert as_form(at="2026-10-25T02:30").at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert as_json(at="2026-10-25T02:30:00+01:00").at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert as_form(at="2026-03-29T03:00").at == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("until", ["2026-02-30", "soon", "2026-07-01T10:00", "9999-12-31", "0026-07-01"])
def test_a_form_says_a_day_that_there_is(until: str) -> None:
    with pytest.raises(ValidationError):
        as_form(until=until)


def test_a_day_in_a_form_lasts_until_its_end_in_denmark() -> None:
    assert as_form(until="2026-07-01").until == datetime(2026, 7, 1, 21, 59, 59, 999999, tzinfo=UTC)


def test_json_says_until_when_to_the_instant() -> None:
    assert as_json(until="2026-07-01T10:00:00Z").until == datetime(2026, 7, 1, 10, tzinfo=UTC)


def test_free_words_are_marked_as_such_and_trimmed() -> None:
    words = as_json(words="  Gardinerne er nede. ").words
    assert (words, type(words)) == ("Gardinerne er nede.", FreeText)


def test_words_have_a_bound_and_hold_no_cpr_number() -> None:
    assert len(as_json(words="x" * 500).words) == 500
    with pytest.raises(TextTooLong) as refused:
        as_json(words="x" * 501)
    assert refused.value.field == "words"
    with pytest.raises(TextHoldsCprNumber):
        as_form(words="Han er 000000-0000")


def test_a_schema_says_how_long_words_may_be() -> None:
    assert Wish.model_json_schema()["properties"]["words"]["maxLength"] == 500
