"""From an observation to the decision what comes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import DismissConcern, RaiseConcern, SeeConcern, TriageConcern
from services.cases.case.rules.correcting import FreezeCase, MoveToRightPerson, RetractCase
from services.cases.case.rules.deadlines import InformCaretaker, NobodyWhoWorksHereSawIt
from services.cases.case.rules.handling import AddNote, ConcernIsNotTriaged, KeepAnEye, NoteIsEmpty, OpenCase
from services.cases.case.rules.place import KnownPlace, link_place
from services.cases.case.rules.refusals import CaseIsAlreadyOpen, CaseIsClosed, CodeIsUnknown, ConcernIsDismissed
from shared.ground.text_input import TextTooLong
from shared.ground.working_days import local_day, working_days_between
from shared.words.vocabulary.people import Role
from tests.cases.case.story import (
    ADDRESS,
    BLANK,
    CARETAKER,
    CLOSED,
    CONTACT_DUE,
    DISMISSED,
    HOME,
    HOUR,
    IN_THE_OPEN,
    JUST_FITS,
    LEAD,
    LEAST,
    MOMENT,
    NOW,
    OBSERVATION,
    OPENED,
    ORIGIN,
    RAISED,
    RAISED_AT,
    SEEN,
    SEEN_AT,
    TELL_DUE,
    TENANCY,
    TOO_LONG,
    TRIAGE_DUE,
    TRIAGED,
    UNDER,
    UNDER_TRIAGE,
    WORDS,
    Agreed,
    take,
)
from tests.support.given import AN_ID, fact, given, kinds, news


def raised(
    *, severity: str = "high", consent_answer: str = "granted", scope: tuple[str, ...] = ("office",), wording: str = "2026-1"
) -> Case:
    reported = RaiseConcern(
        origin=ORIGIN, home=HOME, tenancy=TENANCY, signals=("home.hoarding", "self.neglect"), severity=severity,
        consent_answer=consent_answer, consent_wording=wording, consent_scope=scope, address=ADDRESS, words=None,
    )  # fmt: skip
    return Case.raise_concern(reported, id=AN_ID, at=RAISED_AT, under=UNDER)


def test_an_observation_becomes_a_concern_with_a_triage_deadline_counted_from_when_it_reached_us() -> None:
    case = raised(consent_answer="not_asked")
    assert news(case) == [fact(Case.ConcernRaised, **{**RAISED.facts, "consent_answer": "not_asked"})]


def test_the_leave_the_caretaker_was_given_becomes_one_consent_for_each_recipient() -> None:
    case = raised(scope=("municipal.visitation", "damage_service"))
    said = {"wording": "2026-1", "how": "oral", "asked_by": CARETAKER, "asked_at": SEEN_AT, "valid_until": None}
    assert news(case) == [
        RAISED,
        fact(
            Case.ConsentGranted,
            person=None,
            given_by=None,
            purpose="help",
            information=LEAST,
            recipient="municipal.visitation",
            **said,
        ),
        fact(Case.ConsentGranted, person=None, given_by=None, purpose="help", information=LEAST, recipient="damage_service", **said),
    ]


@pytest.mark.parametrize("scope", [(), ("office",)], ids=["nobody is named", "a phone of the first release names the office"])
def test_a_yes_that_names_nobody_is_a_yes_to_the_office_and_tells_nobody_anything(scope: tuple[str, ...]) -> None:
    case = raised(scope=scope, wording="doer-1")
    said = {"wording": "doer-1", "how": "oral", "asked_by": CARETAKER, "asked_at": SEEN_AT, "valid_until": None}
    assert news(case)[1:] == [
        fact(Case.ConsentGranted, person=None, given_by=None, purpose="help", information=[], recipient="office", **said)
    ]
    assert case.may_be_told(SEEN_AT) == set()


@pytest.mark.parametrize(
    ("wording", "refused"),
    [("doer-1", "others"), ("", "others"), ("2026-1", "others"), ("mundtlig-1", "office")],
    ids=["the words of today", "no words", "words of a procedure to come", "the words of the first release asked about the office"],
)
def test_a_no_on_the_spot_is_kept_with_who_asked_and_about_what(wording: str, refused: str) -> None:
    case = raised(consent_answer="declined", scope=(), wording=wording)
    assert news(case)[1:] == [
        fact(
            Case.ConsentDeclined,
            person=None,
            given_by=None,
            purpose="help",
            recipient=refused,
            wording=wording,
            how="oral",
            asked_by=CARETAKER,
            asked_at=SEEN_AT,
        )
    ]


def test_a_resident_who_could_not_answer_has_not_said_no() -> None:
    case = raised(consent_answer="not_able", scope=())
    assert news(case)[1:] == [
        fact(Case.ConsentNotObtainable, person=None, purpose="help", recipient="others", asked_by=CARETAKER, asked_at=SEEN_AT)
    ]


def test_a_recipient_this_service_does_not_know_yet_does_not_cost_a_concern() -> None:
    assert kinds(raised(scope=("municipal.added_later",))) == [Case.ConcernRaised, Case.ConsentGranted]


@pytest.mark.parametrize("changed", [{"severity": "purple"}, {"consent_answer": "perhaps"}])
def test_a_concern_needs_a_severity_and_an_answer_that_are_known(changed: dict[str, str]) -> None:
    with pytest.raises(CodeIsUnknown):
        raised(**changed)  # type: ignore[arg-type]


def test_the_first_look_by_a_person_is_news() -> None:
    case = given(Case, RAISED)
    take(case, SeeConcern)
    assert news(case) == [SEEN]


def test_the_second_look_is_no_news() -> None:
    case = given(Case, RAISED, SEEN)
    take(case, SeeConcern)
    assert news(case) == []


def test_who_takes_a_step_in_a_concern_has_seen_it() -> None:
    judged, noted = given(Case, RAISED), given(Case, RAISED)
    take(judged, TriageConcern, severity="high", category="dwelling_condition")
    take(noted, AddNote, text=WORDS)
    assert news(judged) == [SEEN, TRIAGED]
    assert news(noted) == [SEEN, fact(Case.NoteAdded, kind="note", text=WORDS)]


def test_who_is_refused_has_not_seen_it_and_neither_has_the_clock() -> None:
    case = given(Case, RAISED)
    with pytest.raises(NoteIsEmpty):
        take(case, AddNote, text=BLANK)
    case.note_time(TRIAGE_DUE + MOMENT)
    assert kinds(case) == [Case.DeadlineMissed]


def test_a_caretaker_who_stays_with_it_is_not_the_one_it_waits_for() -> None:
    case = given(Case, RAISED)
    take(case, KeepAnEye, by=Role.CARETAKER, text=WORDS)
    assert kinds(case) == [Case.NoteAdded]


def test_a_concern_that_was_judged_was_seen_also_where_its_history_does_not_say_so() -> None:
    for happened in (TRIAGED, DISMISSED):
        case = given(Case, RAISED, happened)
        take(case, InformCaretaker, milestone="in_good_hands", channel="phone")
        assert Case.Seen not in kinds(case)


def test_seeing_it_changes_nothing_that_somebody_else_decides_on() -> None:
    assert [given(Case, RAISED, SEEN).is_as_it_was_in(version) for version in (1, 2, 3)] == [True, True, False]
    assert [given(Case, RAISED, SEEN, TRIAGED).is_as_it_was_in(version) for version in (1, 2, 3)] == [False, False, True]
    assert [given(Case, RAISED, TRIAGED).is_as_it_was_in(version) for version in (0, 1, 2)] == [False, False, True]


def test_a_concern_is_triaged() -> None:
    case = given(Case, *UNDER_TRIAGE)
    take(case, TriageConcern, severity="medium", category="elderly_care", reason=WORDS)
    assert news(case) == [
        fact(
            Case.Triaged,
            observation_id=OBSERVATION,
            observer=CARETAKER,
            severity="medium",
            category="elderly_care",
            reason=WORDS,
            contact_due=CONTACT_DUE,
            attended_by="",
        )
    ]


def test_a_blank_reason_is_no_reason() -> None:
    case = given(Case, *UNDER_TRIAGE)
    take(case, TriageConcern, severity="high", category="dwelling_condition", reason=BLANK)
    assert news(case) == [TRIAGED]


def test_triaging_the_same_again_is_no_news() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    take(case, TriageConcern, severity="high", category="dwelling_condition")
    assert news(case) == []


def test_confirming_what_the_caretaker_reported_is_news_the_first_time() -> None:
    case = given(Case, *UNDER_TRIAGE)
    take(case, TriageConcern, severity="high", category="dwelling_condition")
    assert kinds(case) == [Case.Triaged]


def test_triage_may_be_thought_over_until_the_case_is_open() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    take(case, TriageConcern, severity="low", category="dwelling_condition")
    assert kinds(case) == [Case.Triaged]


def test_an_open_case_is_not_triaged() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(CaseIsAlreadyOpen):
        take(case, TriageConcern, severity="low", category="other")


@pytest.mark.parametrize(("severity", "category"), [("orange", "other"), ("high", "alien")])
def test_triage_uses_codes_that_exist(severity: str, category: str) -> None:
    case = given(Case, *UNDER_TRIAGE)
    with pytest.raises(CodeIsUnknown):
        take(case, TriageConcern, severity=severity, category=category)


def test_a_reason_may_have_500_characters() -> None:
    case = given(Case, *UNDER_TRIAGE)
    take(case, TriageConcern, severity="high", category="other", reason=JUST_FITS)
    assert kinds(case) == [Case.Triaged]


def test_a_reason_may_not_have_501() -> None:
    case = given(Case, *UNDER_TRIAGE)
    with pytest.raises(TextTooLong) as refused:
        take(case, TriageConcern, severity="high", category="other", reason=TOO_LONG)
    assert refused.value.field == "reason"


def test_a_concern_is_dismissed_and_the_caretaker_is_to_hear_of_it() -> None:
    case = given(Case, *UNDER_TRIAGE)
    take(case, DismissConcern, reason="explained")
    assert news(case) == [DISMISSED]


def test_dismissing_twice_is_no_news() -> None:
    case = given(Case, *UNDER_TRIAGE, DISMISSED)
    take(case, DismissConcern, reason="unfounded")
    assert news(case) == []


def test_an_open_case_is_not_dismissed() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(CaseIsAlreadyOpen):
        take(case, DismissConcern, reason="unfounded")


def test_a_dismissed_concern_is_not_triaged() -> None:
    case = given(Case, *UNDER_TRIAGE, DISMISSED)
    with pytest.raises(ConcernIsDismissed):
        take(case, TriageConcern, severity="low", category="other")


def test_a_triaged_concern_becomes_a_case_with_a_handler_and_deadlines() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    take(case, OpenCase, handler=LEAD, colleague=Role.SOCIAL_LEAD)
    assert news(case) == [OPENED]
    assert (OPENED.facts["contact_due"], OPENED.facts["tell_due"]) == (CONTACT_DUE, TELL_DUE)


def test_the_procedures_follow_ups_are_planned_when_the_case_opens() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    take(case, OpenCase, under=Agreed(follow_ups=(3, 14)), handler=LEAD, colleague=Role.SOCIAL_LEAD)
    assert [(each.kind, each.facts["due"].isoformat()) for each in news(case)[1:]] == [
        (Case.FollowUpPlanned, "2026-03-06T09:00:00+00:00"),
        (Case.FollowUpPlanned, "2026-03-17T09:00:00+00:00"),
    ]
    assert [each.facts["follow_up_id"] for each in news(case)[1:]] == [
        UUID("6b2eb187-f979-5b19-a224-05d8bee21406"),
        UUID("2464a620-03b9-50ac-aabe-93f6b56a06c7"),
    ]


def test_a_concern_nobody_triaged_is_not_opened() -> None:
    case = given(Case, *UNDER_TRIAGE)
    with pytest.raises(ConcernIsNotTriaged):
        take(case, OpenCase, handler=LEAD, colleague=Role.SOCIAL_LEAD)


def test_opening_for_the_same_handler_again_is_no_news() -> None:
    case = given(Case, *IN_THE_OPEN)
    take(case, OpenCase, handler=LEAD, colleague=Role.SOCIAL_LEAD)
    assert news(case) == []


def test_opening_for_somebody_else_is_refused_once_it_is_open() -> None:
    case = given(Case, *IN_THE_OPEN)
    with pytest.raises(CaseIsAlreadyOpen):
        take(case, OpenCase, handler="staff-social-caretaker-1", colleague=Role.SOCIAL_CARETAKER)


def test_a_closed_case_is_not_opened() -> None:
    case = given(Case, *IN_THE_OPEN, CLOSED)
    with pytest.raises(CaseIsClosed):
        take(case, OpenCase, handler=LEAD, colleague=Role.SOCIAL_LEAD)


def test_thinking_triage_over_gives_the_resident_a_new_deadline() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    take(case, TriageConcern, severity="acute", category="dwelling_condition")
    assert news(case)[0].facts["contact_due"] == NOW + HOUR


def test_opening_late_wins_no_time() -> None:
    case = given(Case, *UNDER_TRIAGE, TRIAGED)
    take(case, OpenCase, at=CONTACT_DUE - HOUR, handler=LEAD, colleague=Role.SOCIAL_LEAD)
    assert news(case)[0].facts["contact_due"] == CONTACT_DUE


def test_opening_starts_the_clock_of_a_concern_that_was_triaged_before_triage_did() -> None:
    case = given(Case, *UNDER_TRIAGE, fact(Case.Triaged, **{**TRIAGED.facts, "contact_due": None}))
    take(case, OpenCase, at=NOW + HOUR, handler=LEAD, colleague=Role.SOCIAL_LEAD)
    assert news(case)[0].facts["contact_due"] == CONTACT_DUE + HOUR


TOLD_BY_A_NEIGHBOUR = fact(
    Case.ConcernRaised, **{**RAISED.facts, "observer": "", "source": "neighbour", "how": "phone", "home": None, "tenancy": None}
)
KNOWN = KnownPlace(
    home=HOME, tenancy=TENANCY, address="Opdigtet Vænge 1", estate_id="estate-2", municipality="nordby", estate_name="Skoven"
)


def test_where_nobody_here_saw_it_there_is_nobody_to_tell() -> None:
    case = given(Case, TOLD_BY_A_NEIGHBOUR, TRIAGED, OPENED)
    assert not case.deadlines.untold()
    assert not InformCaretaker.makes_sense(case)
    with pytest.raises(NobodyWhoWorksHereSawIt):
        take(case, InformCaretaker, milestone="case_opened", channel="phone")


def test_what_nobody_here_saw_is_dismissed_without_telling_anybody() -> None:
    case = given(Case, TOLD_BY_A_NEIGHBOUR)
    take(case, DismissConcern, reason="explained")
    assert news(case)[-1].facts["tell_due"] is None


def test_who_was_homeless_is_to_be_visited_within_five_working_days_whatever_is_judged() -> None:
    reported = RaiseConcern(
        origin=replace(ORIGIN, observer="", source="welcome", how="system"), home=HOME, tenancy=TENANCY, signals=(), severity="medium",
        consent_answer="not_asked", consent_wording="", consent_scope=(), address=ADDRESS, words=None,
    )  # fmt: skip
    case = Case.raise_concern(reported, id=AN_ID, at=RAISED_AT, under=UNDER)
    assert case.category == "newly_rehoused"
    due = case.deadlines.due_of("first_contact")
    assert due is not None
    assert working_days_between(local_day(RAISED_AT), local_day(due)) == 5


def test_a_case_follows_its_observation_to_the_home_once() -> None:
    case = given(Case, TOLD_BY_A_NEIGHBOUR)
    link_place(case, KNOWN)
    link_place(case, KNOWN)
    assert kinds(case) == [Case.PlaceLinked]
    assert (case.origin.estate_id, case.origin.municipality) == ("estate-2", "nordby")


def test_a_case_that_is_at_home_is_not_moved_by_a_link() -> None:
    case = given(Case, RAISED)
    link_place(case, KNOWN)
    assert news(case) == []


@pytest.mark.parametrize("step", [MoveToRightPerson, RetractCase])
def test_nor_is_one_that_was_put_right_or_was_about_nobody(step: Any) -> None:
    case = given(Case, TOLD_BY_A_NEIGHBOUR)
    take(case, FreezeCase)
    right: dict[str, Any] = {"home_id": AN_ID, "address": "Ravnebakken 6", "estate_id": "estate-1", "municipality": "bakkelund"}
    take(case, step, **({} if step is RetractCase else right))
    before = len(news(case))
    link_place(case, KNOWN)
    assert len(news(case)) == before
