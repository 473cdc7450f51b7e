"""Carrying a case: handler, severity, contact, notes, and its end."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from services.cases.case.rules.case import Case
from services.cases.case.rules.handling import (
    AddNote,
    AssignCase,
    ChangeSeverity,
    KeepAnEye,
    NoteIsEmpty,
    RecordContact,
)
from services.cases.case.rules.refusals import CaseIsClosed, CaseIsNotOpen, CodeIsUnknown
from shared.ground.text_input import TextTooLong
from shared.privacy.personal import Personal
from shared.words.vocabulary.people import Role
from tests.cases.case.story import (
    BLANK,
    CLOSED,
    CONTACT_DUE,
    HOUR,
    IN_THE_OPEN,
    LEAD,
    MOMENT,
    NOTICE,
    NOW,
    REACHED,
    TOO_LONG,
    TRIAGED,
    UNDER_TRIAGE,
    WORDS,
    take,
)  # fmt: skip
from tests.support.given import fact, given, kinds, news

SOCIAL_CARETAKER = "staff-social-caretaker-1"


def test_somebody_else_carries_the_case() -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, AssignCase, handler=SOCIAL_CARETAKER, colleague=Role.SOCIAL_CARETAKER)
    assert news(case) == [fact(Case.Assigned, handler=SOCIAL_CARETAKER)]


def test_assigning_the_same_handler_again_is_no_news() -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, AssignCase, handler=LEAD, colleague=Role.SOCIAL_LEAD)
    assert news(case) == []


def test_a_closed_case_is_not_assigned() -> None:
    case = given(Case, *IN_THE_OPEN, CLOSED)
    with pytest.raises(CaseIsClosed):
        take(case, AssignCase, handler=SOCIAL_CARETAKER, colleague=Role.SOCIAL_CARETAKER)


def test_who_is_worse_off_is_to_be_reached_sooner() -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, ChangeSeverity, severity="acute", reason=WORDS)
    assert news(case) == [fact(Case.SeverityChanged, severity="acute", reason=WORDS, contact_due=NOW + HOUR)]


def test_a_deadline_never_moves_away() -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, ChangeSeverity, at=NOW + HOUR, severity="low")
    assert news(case) == [fact(Case.SeverityChanged, severity="low", reason=None, contact_due=None)]


def test_who_was_reached_is_not_to_be_reached_again() -> None:
    case = given(Case, *IN_THE_OPEN, REACHED)
    take(case, ChangeSeverity, severity="acute")
    assert news(case) == [fact(Case.SeverityChanged, severity="acute", reason=None, contact_due=None)]


def test_the_same_severity_again_is_no_news() -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, ChangeSeverity, severity="high")
    assert news(case) == []


def test_the_severity_of_a_concern_is_triages_to_judge() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    with pytest.raises(CaseIsNotOpen):
        take(case, ChangeSeverity, severity="low")


@pytest.mark.parametrize(("at", "on_time"), [(CONTACT_DUE - MOMENT, True), (CONTACT_DUE, True), (CONTACT_DUE + MOMENT, False)])
def test_the_resident_is_reached_in_time_or_not(at: datetime, on_time: bool) -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, RecordContact, at=at, reached=True, channel="visit", note=WORDS)
    assert news(case) == [fact(Case.ContactReached, channel="visit", on_time=on_time, note=WORDS)]


def test_trying_in_vain_is_news_each_time_and_meets_no_deadline() -> None:
    case = given(Case, *IN_THE_OPEN)
    for _ in range(2):
        take(case, RecordContact, reached=False, channel="phone")
    case.note_time(CONTACT_DUE + MOMENT)
    assert kinds(case) == [Case.ContactAttempted, Case.ContactAttempted, Case.DeadlineMissed]


def test_a_later_contact_has_no_deadline_to_miss() -> None:
    case = given(Case, *IN_THE_OPEN, REACHED)
    take(case, RecordContact, at=CONTACT_DUE + timedelta(days=30), reached=True, channel="phone")
    assert news(case) == [fact(Case.ContactReached, channel="phone", on_time=True, note=None)]


def test_contact_belongs_to_a_case() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    with pytest.raises(CaseIsNotOpen):
        take(case, RecordContact, reached=True, channel="visit")


def test_nobody_is_reached_by_pigeon() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(CodeIsUnknown):
        take(case, RecordContact, reached=True, channel="pigeon")


def test_a_note_is_added_also_before_there_is_a_case() -> None:
    case = given(Case, *UNDER_TRIAGE)
    take(case, AddNote, text=WORDS)
    assert news(case) == [fact(Case.NoteAdded, kind="note", text=WORDS)]


def test_the_caretaker_keeps_an_eye() -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, KeepAnEye, by=Role.CARETAKER, text=WORDS)
    assert news(case) == [fact(Case.NoteAdded, kind="keep_an_eye", text=WORDS)]


@pytest.mark.parametrize(("text", "refusal"), [(BLANK, NoteIsEmpty), (TOO_LONG, TextTooLong)])
def test_a_note_says_something_and_says_it_briefly(text: Personal, refusal: type[Exception]) -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(refusal):
        take(case, AddNote, text=text)


def test_a_closed_case_gets_no_more_notes() -> None:
    case = given(Case, *IN_THE_OPEN, CLOSED)
    with pytest.raises(CaseIsClosed):
        take(case, AddNote, text=WORDS)


def test_a_notice_that_did_not_arrive_is_noted_once() -> None:
    case = given(Case, *IN_THE_OPEN)
    for _ in range(2):
        case.notice_failed(notice_id=NOTICE, recipient=LEAD, kind="case_opened")
    assert news(case) == [fact(Case.NoticeFailed, notice_id=NOTICE, recipient=LEAD, kind="case_opened")]


def test_a_notice_that_is_known_to_have_failed_is_no_news() -> None:
    case = given(Case, *IN_THE_OPEN, fact(Case.NoticeFailed, notice_id=NOTICE, recipient=LEAD, kind="case_opened"))
    case.notice_failed(notice_id=NOTICE, recipient=LEAD, kind="case_opened")
    assert news(case) == []
