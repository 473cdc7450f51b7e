"""Somebody outside who tells of somebody: thanked, and told nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.intake.reporter.rules.refusals import (
    AnonymousComplaint,
    AnonymousHasNoName,
    CallerIsNotChosen,
    ComplaintIsNoConcern,
    FlagHasNoReason,
    FlagStandsAlready,
    NameIsTooLong,
    NobodyIsLeftToThank,
    NobodyWouldBeRecognised,
    PhoneIsNoNumber,
)
from services.intake.reporter.rules.reporter import MOST_FLAGS, Caller, Reporter, phone_number
from shared.ground.text_input import TextHoldsCprNumber
from tests.support.given import kinds

REPORTER = UUID("018f0000-0000-4000-8000-00000000000d")
TUESDAY = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def received(**changed: Any) -> Reporter:
    caller = Caller(**{"source": "neighbour", "name": "Åse Opdigtet", "phone": "12 34 56 78", **changed})
    return Reporter.receive(REPORTER, caller, taken_by="staff-caretaker-1", now=TUESDAY)


def test_a_neighbour_is_thanked_within_two_working_days() -> None:
    reporter = received()
    assert reporter.thanks_due is not None
    assert TUESDAY + timedelta(days=2) <= reporter.thanks_due < TUESDAY + timedelta(days=3)
    reporter.thank(at=TUESDAY + timedelta(days=1))
    reporter.thank(at=TUESDAY + timedelta(days=9))
    assert kinds(reporter) == [Reporter.ConcernReceived, Reporter.ReporterThanked]


def test_name_and_number_are_personal_under_the_reporters_own_key() -> None:
    event = received().pending_events[0]
    assert event.name.subject == event.phone.subject == REPORTER  # type: ignore[attr-defined]
    assert "Opdigtet" not in repr(event)


def test_thanks_that_did_not_come_in_time_are_noted_once() -> None:
    reporter = received()
    for days in (1, 5, 6):
        reporter.note_time(TUESDAY + timedelta(days=days))
    reporter.thank(at=TUESDAY + timedelta(days=7))
    assert kinds(reporter) == [Reporter.ConcernReceived, Reporter.ThanksMissed, Reporter.ReporterThanked]
    assert reporter.pending_events[-1].on_time is False  # type: ignore[attr-defined]


def test_who_was_thanked_on_the_phone_is_not_called_again() -> None:
    reporter = received(is_thanked=True)
    reporter.note_time(TUESDAY + timedelta(days=30))
    assert kinds(reporter) == [Reporter.ConcernReceived, Reporter.ReporterThanked]


def test_somebody_without_a_name_may_tell_of_a_concern_and_is_not_called_back() -> None:
    reporter = received(source="anonymous", name="", phone="")
    assert reporter.thanks_due is None
    with pytest.raises(NobodyIsLeftToThank):
        reporter.thank(at=TUESDAY)


def test_a_board_member_who_asks_is_answered_like_everybody() -> None:
    reporter = received(source="board_member")
    reporter.ask_for_outcome()
    assert kinds(reporter) == [Reporter.ConcernReceived, Reporter.OutcomeAskedFor]
    assert reporter.pending_events[-1].answered_with == "refusal-1"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"source": ""}, CallerIsNotChosen),
        ({"source": "resident"}, CallerIsNotChosen),
        ({"source": "observation"}, CallerIsNotChosen),
        ({"source": "anonymous"}, AnonymousHasNoName),
        ({"source": "anonymous", "name": "", "phone": "", "is_complaint": True}, AnonymousComplaint),
        ({"name": "", "is_complaint": True}, AnonymousComplaint),
        ({"is_complaint": True}, ComplaintIsNoConcern),
        ({"phone": "0102031234"}, PhoneIsNoNumber),
        ({"phone": "ring bare"}, PhoneIsNoNumber),
        ({"name": "x" * 121}, NameIsTooLong),
        ({"name": "Åse 010203-1234"}, TextHoldsCprNumber),
    ],
)
def test_what_contradicts_itself_or_is_a_complaint_is_refused(changed: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        received(**changed)


@pytest.mark.parametrize("typed", ["12345678", "12 34 56 78", "(12) 34-56.78", "+45 12 34 56 78", "0045 12345678"])
def test_a_number_is_kept_as_it_is_dialled(typed: str) -> None:
    assert phone_number(typed) == "12345678"
    assert phone_number("+46 70 123 45 67") == "+46701234567"


def test_a_flag_has_a_reason_that_is_theirs_and_is_taken_back() -> None:
    reporter = received()
    for reason in ("", "  "):
        with pytest.raises(FlagHasNoReason):
            reporter.flag(reason)
    for reason in ("Ringer om den samme hver dag.", "Ringer om natten."):
        reporter.flag(reason)
    assert kinds(reporter) == [Reporter.ConcernReceived, Reporter.Flagged, Reporter.Flagged]
    assert reporter.pending_events[-1].reason.subject == REPORTER  # type: ignore[attr-defined]
    for _ in range(2):
        reporter.take_flag_back()
    assert kinds(reporter)[3:] == [Reporter.FlagTakenBack]


def test_so_many_reasons_stand_beside_each_other_each_on_one_line() -> None:
    reporter = received()
    for number in range(MOST_FLAGS):
        reporter.flag(f"Ringer\nom natten, {number}. gang.")
    assert {event.reason.text for event in reporter.pending_events[1:]} >= {"Ringer om natten, 3. gang."}  # type: ignore[attr-defined]
    with pytest.raises(FlagStandsAlready):
        reporter.flag("Ringer om natten.")
    reporter.take_flag_back()
    reporter.flag("Ringer om natten.")


def test_somebody_without_a_name_would_not_be_recognised_and_is_not_flagged() -> None:
    with pytest.raises(NobodyWouldBeRecognised):
        received(source="anonymous", name="", phone="").flag("Ringer om den samme hver dag.")
