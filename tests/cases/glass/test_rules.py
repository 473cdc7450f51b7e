"""The glass between a colleague and a case: for three hours, for a reason, and somebody else says whether it was right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services.cases.glass.rules import (
    LASTS,
    Glass,
    GlassHasNoReason,
    GlassIsBroken,
    GlassIsReviewed,
    GlassIsStillOpen,
    NobodyReviewsThemselves,
    VerdictHasNoWords,
    VerdictIsUnknown,
    glass_of,
)
from shared.ground.errors import NotFound
from shared.ground.text_input import TextHoldsCprNumber, TextTooLong
from shared.privacy.personal import Personal
from shared.words.vocabulary.checking import GlassVerdict

CASE = UUID("c0000000-0000-5000-8000-000000000001")
ONE, TWO = UUID("b0000000-0000-7000-8000-000000000001"), UUID("b0000000-0000-7000-8000-000000000002")
NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
WHO, LEAD = "staff-social-caretaker-1", "staff-social-lead-1"
REASON = "Naboen ringer: hun råber, og den, der har sagen, er syg."


def broken(*, now: datetime = NOW) -> Glass:
    glass = Glass.put_up(case_id=CASE, who=WHO)
    glass.break_it(ONE, reason=REASON, now=now)
    return glass


def news(glass: Glass) -> list[str]:
    return [type(event).__name__ for event in glass.collect_events()]


def test_there_is_one_glass_between_a_colleague_and_a_case() -> None:
    assert glass_of(CASE, WHO) == broken().id != glass_of(CASE, LEAD)


def test_it_is_open_for_three_hours_and_not_a_minute_longer() -> None:
    glass = broken()
    assert glass.is_open(NOW)
    assert glass.is_open(NOW + timedelta(hours=2, minutes=59))
    assert not glass.is_open(NOW + LASTS)
    assert not glass.is_open(NOW + timedelta(hours=3, minutes=1))


def test_the_reason_is_sealed_for_the_case() -> None:
    told = broken().collect_events()[-1]
    assert isinstance(told, Glass.Broken)
    assert told.reason == Personal(CASE, REASON)
    assert told.review_due == datetime(2026, 3, 5, 22, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reason", "refused"),
    [("", GlassHasNoReason), ("  \n\t ", GlassHasNoReason), ("x" * 4001, TextTooLong), ("Ring til 010203-1234", TextHoldsCprNumber)],
    ids=["nothing", "blanks", "4001 characters", "a CPR number"],
)
def test_a_reason_that_is_none_is_refused_with_its_field(reason: str, refused: type[Exception]) -> None:
    glass = Glass.put_up(case_id=CASE, who=WHO)
    glass.collect_events()
    with pytest.raises(refused) as error:
        glass.break_it(ONE, reason=reason, now=NOW)
    assert getattr(error.value, "field") == "reason"  # noqa: B009  every refusal has one
    assert not news(glass)


def test_broken_twice_at_once_is_refused_and_broken_again_is_another_time() -> None:
    glass = broken()
    with pytest.raises(GlassIsBroken):
        glass.break_it(TWO, reason=REASON, now=NOW + timedelta(hours=2))
    glass.break_it(TWO, reason=REASON, now=NOW + LASTS)
    assert glass.is_open(NOW + timedelta(hours=5))


def test_who_is_done_is_done_and_says_it_once() -> None:
    glass = broken()
    glass.collect_events()
    glass.mend(ONE, now=NOW + timedelta(hours=1))
    glass.mend(ONE, now=NOW + timedelta(hours=2))
    assert news(glass) == ["Mended"]
    assert not glass.is_open(NOW + timedelta(hours=1))


def test_after_three_hours_there_is_nothing_to_be_done_with() -> None:
    glass = broken()
    glass.collect_events()
    glass.mend(ONE, now=NOW + LASTS)
    assert not news(glass)


def test_another_time_is_unknown() -> None:
    with pytest.raises(NotFound):
        broken().mend(TWO, now=NOW)
    with pytest.raises(NotFound):
        broken().review(TWO, by={LEAD}, verdict="agreed", words="Ja.", now=NOW + LASTS)


@pytest.mark.parametrize("by", [{WHO}, {LEAD, WHO}], ids=["themselves", "somebody for them"])
def test_nobody_reviews_themselves(by: set[str]) -> None:
    with pytest.raises(NobodyReviewsThemselves):
        broken().review(ONE, by=by, verdict="agreed", words="Ja.", now=NOW + LASTS)


def test_a_review_is_said_once() -> None:
    glass = broken()
    glass.review(ONE, by={LEAD}, verdict="agreed", words="Det kunne ikke vente.", now=NOW + LASTS)
    with pytest.raises(GlassIsReviewed):
        glass.review(ONE, by={"staff-dpo-1"}, verdict="not_agreed", words="Jo.", now=NOW + LASTS)
    told = glass.collect_events()[-1]
    assert isinstance(told, Glass.Reviewed)
    assert (told.verdict, told.words) == ("agreed", Personal(CASE, "Det kunne ikke vente."))


@pytest.mark.parametrize(
    ("verdict", "words", "refused"),
    [
        ("", "Ja.", VerdictIsUnknown),
        ("maybe", "Ja.", VerdictIsUnknown),
        ("agreed", " ", VerdictHasNoWords),
        ("agreed", "x" * 4001, TextTooLong),
        ("agreed", "010203-1234", TextHoldsCprNumber),
    ],
)
def test_a_review_says_whether_and_why(verdict: str, words: str, refused: type[Exception]) -> None:
    with pytest.raises(refused) as error:
        broken().review(ONE, by={LEAD}, verdict=verdict, words=words, now=NOW + LASTS)
    assert getattr(error.value, "field") in ("verdict", "words")  # noqa: B009


def test_what_is_still_open_cannot_be_agreed_to_and_what_is_not_right_ends_at_once() -> None:
    glass = broken()
    with pytest.raises(GlassIsStillOpen):
        glass.review(ONE, by={LEAD}, verdict=GlassVerdict.AGREED, words="Ja.", now=NOW + timedelta(hours=1))
    glass.review(ONE, by={LEAD}, verdict=GlassVerdict.NOT_AGREED, words="Det haster ikke.", now=NOW + timedelta(hours=1))
    assert news(glass) == ["PutUp", "Broken", "Mended", "Reviewed"]
    assert not glass.is_open(NOW + timedelta(hours=1))


def test_that_nobody_looked_in_time_is_noted_once() -> None:
    glass = broken()
    glass.collect_events()
    due = datetime(2026, 3, 5, 23, 0, tzinfo=UTC)
    glass.note_time(due - timedelta(minutes=1))
    assert not news(glass)
    glass.note_time(due)
    glass.note_time(due + timedelta(days=1))
    assert news(glass) == ["ReviewMissed"]


def test_of_what_was_reviewed_nothing_is_missed() -> None:
    glass = broken()
    glass.review(ONE, by={LEAD}, verdict="agreed", words="Ja.", now=NOW + LASTS)
    glass.collect_events()
    glass.note_time(NOW + timedelta(days=30))
    assert not news(glass)
