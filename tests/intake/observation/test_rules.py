"""An observation: what is taken in, what is refused with what to do instead, and what is no news."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.intake.observation.rules.dwelling import Dwelling, Tenure
from services.intake.observation.rules.leave import ANSWERS, SCOPES
from services.intake.observation.rules.observation import Observation, receipt_of
from services.intake.observation.rules.place import CorrectPlace
from services.intake.observation.rules.progress import (
    Assess,
    Dismiss,
    End,
    FailNotice,
    MissTriage,
    NoteAnswer,
    OpenCase,
    PassOn,
    ReleaseCompanion,
    Reopen,
    See,
    TakeIn,
    Tell,
    WantCompanion,
)
from services.intake.observation.rules.refusals import (
    ConsentAnswerIsUnknown,
    ConsentScopeIsUnknown,
    ConsentWithoutWording,
    NoSignalIsTicked,
    ObservedInTheFuture,
    ObservedTooLongAgo,
    ScopeWithoutConsent,
    SeverityIsUnknown,
    SignalIsUnknown,
)
from services.intake.observation.rules.report import Report, unanswered
from services.intake.observation.rules.site import ItBelongsNowhere, PlaceIsLinkedAlready
from shared.ground.errors import Refusal
from shared.ground.text_input import TextHoldsControlCharacters, TextHoldsCprNumber, TextTooLong
from shared.privacy.personal import Whereabouts
from shared.words.vocabulary.consent import AT_THE_DOOR, Answer
from shared.words.vocabulary.referral import Target
from tests.support.given import fact, given, kinds, news

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
OBSERVATION = UUID("018f0000-0000-7000-8000-00000000000b")
HOME = UUID("018f0000-0000-7000-8000-000000000001")
TENANCY = UUID("018f0000-0000-7000-8000-0000000000a1")
EARLIER_TENANCY = UUID("018f0000-0000-7000-8000-0000000000a0")
CASE = UUID("018f0000-0000-7000-8000-0000000000c1")
ADDRESS = Whereabouts(OBSERVATION, "Lyngstien 1")

REGISTERED = fact(
    Observation.Registered,
    observer="staff-caretaker-1",
    observed_at=NOW,
    estate_id="estate-1",
    municipality="lyngkommune",
    estate_name="Bakken",
    home=Whereabouts(OBSERVATION, str(HOME)),
    tenancy=Whereabouts(OBSERVATION, str(TENANCY)),
    signals=["home.hoarding", "self.neglect"],
    severity="high",
    consent_answer="granted",
    consent_wording="mundtlig-1",
    consent_scope=["municipal.visitation", "volunteer"],
    address=ADDRESS,
    words=None,
    source="observation",
    how="seen",
    place="home",
    area="",
)


def let(*tenures: Tenure) -> Dwelling:
    return Dwelling(home_id=HOME, estate_id="estate-1", municipality="lyngkommune", estate_name="Bakken", tenures=tenures)


def tenure(tenancy_id: UUID = TENANCY, *, since: date = date(2019, 1, 1), until: date | None = None) -> Tenure:
    return Tenure(tenancy_id=tenancy_id, started_on=since, ended_on=until)


REPORT = Report(
    observation_id=OBSERVATION,
    home_id=HOME,
    observed_at=NOW,
    signals=("self.neglect", "home.hoarding"),
    severity="high",
    consent_answer="granted",
    consent_wording="mundtlig-1",
    consent_scope=("volunteer", "municipal.visitation"),
    words="",
)


def registered(*, dwelling: Dwelling | None = None, **changed: Any) -> Observation:
    """What S1's caretaker registers, with what a test changes."""
    return Observation.register(
        replace(REPORT, **changed), observer="staff-caretaker-1", now=NOW, dwelling=dwelling or let(tenure()), address=ADDRESS.text
    )


def tenancy_of(observation: Observation) -> UUID | None:
    """Which tenancy it is about."""
    tenancy = news(observation)[0].facts["tenancy"]
    return UUID(tenancy.text) if tenancy else None


def words_of(observation: Observation) -> str | None:
    words = observation.pending_events[0].words  # type: ignore[attr-defined]
    return words.text if words else None


def test_the_leak_and_the_91_year_old_is_registered() -> None:
    assert news(registered()) == [REGISTERED]


def test_the_same_ticks_in_another_order_are_the_same_fact() -> None:
    assert news(registered(signals=["home.hoarding", "self.neglect", "home.hoarding"])) == [REGISTERED]


@pytest.mark.parametrize("severity", ["low", "medium", "high", "acute"])
def test_every_severity_is_taken_in_also_the_acute_one(severity: str) -> None:
    assert registered(severity=severity).version == 1


@pytest.mark.parametrize("severity", ["", "red", "ACUTE"])
def test_an_unknown_severity_is_refused(severity: str) -> None:
    with pytest.raises(SeverityIsUnknown):
        registered(severity=severity)


def test_an_observation_without_a_signal_is_refused() -> None:
    with pytest.raises(NoSignalIsTicked):
        registered(signals=[])


@pytest.mark.parametrize("signals", [["dementia"], ["smell", "Smell"], [""]])
def test_an_unknown_signal_is_refused(signals: list[str]) -> None:
    with pytest.raises(SignalIsUnknown):
        registered(signals=signals)


@pytest.mark.parametrize(
    ("observed_at", "refusal"),
    [
        (NOW + timedelta(minutes=4, seconds=59), None),
        (NOW + timedelta(minutes=5), None),
        (NOW + timedelta(minutes=5, seconds=1), ObservedInTheFuture),
        (NOW + timedelta(days=365), ObservedInTheFuture),
        (NOW - timedelta(days=7), None),
        (NOW - timedelta(days=60) + timedelta(seconds=1), None),
        (NOW - timedelta(days=60), None),
        (NOW - timedelta(days=60, seconds=1), ObservedTooLongAgo),
        (NOW - timedelta(days=365), ObservedTooLongAgo),
    ],
)
def test_an_observation_is_from_the_last_sixty_days(observed_at: datetime, refusal: type[Exception] | None) -> None:
    if refusal:
        with pytest.raises(refusal):
            registered(observed_at=observed_at)
    else:
        assert registered(observed_at=observed_at).version == 1


def test_a_tenancy_that_ended_yesterday_does_not_cover_today() -> None:
    assert tenancy_of(registered(dwelling=let(tenure(until=date(2026, 3, 2))))) is None


def test_what_was_seen_while_the_tenancy_ran_is_about_it_after_it_ended() -> None:
    observation = registered(dwelling=let(tenure(until=date(2026, 3, 2))), observed_at=datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    assert tenancy_of(observation) == TENANCY


def test_the_last_day_of_a_tenancy_counts() -> None:
    assert tenancy_of(registered(dwelling=let(tenure(until=date(2026, 3, 3))))) == TENANCY


def test_the_day_is_the_danish_one() -> None:
    just_after_midnight_in_denmark = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert tenancy_of(registered(dwelling=let(tenure(until=date(2026, 3, 2))), observed_at=just_after_midnight_in_denmark)) is None


@pytest.mark.parametrize("dwelling", [let(), let(tenure(since=date(2026, 3, 4)))])
def test_somebody_may_be_in_trouble_in_a_home_whose_tenancy_is_not_known(dwelling: Dwelling) -> None:
    assert tenancy_of(registered(dwelling=dwelling)) is None


def test_the_tenancy_of_that_day_is_meant_and_not_the_newest() -> None:
    both = let(tenure(EARLIER_TENANCY, until=date(2026, 2, 28)), tenure(TENANCY, since=date(2026, 3, 1)))
    days = (date(2026, 2, 28), date(2026, 3, 1))
    assert [then.tenancy_id for day in days if (then := both.tenure_on(day))] == [EARLIER_TENANCY, TENANCY]


def test_where_two_tenancies_overlap_the_one_that_began_last_is_meant() -> None:
    both = let(tenure(EARLIER_TENANCY, until=date(2026, 3, 31)), tenure(TENANCY, since=date(2026, 3, 1)))
    assert tenancy_of(registered(dwelling=both)) == TENANCY


@pytest.mark.parametrize("answer", ["", "yes", "withdrawn"])
def test_an_unknown_answer_to_the_question_of_leave_is_refused(answer: str) -> None:
    with pytest.raises(ConsentAnswerIsUnknown):
        registered(consent_answer=answer, consent_scope=[])


def test_an_unknown_recipient_is_refused() -> None:
    with pytest.raises(ConsentScopeIsUnknown):
        registered(consent_scope=["volunteer", "neighbour"])


def test_a_yes_may_name_nobody_for_the_office_needs_none() -> None:
    assert news(registered(consent_scope=[]))[0].facts["consent_scope"] == []


def test_the_phrase_of_the_form_has_a_version_of_its_own_with_the_words_that_are_said() -> None:
    assert news(registered(consent_wording=AT_THE_DOOR.version))[0].facts["consent_wording"] == "doer-1"
    assert "kontoret" in AT_THE_DOOR.text
    assert not any(word in AT_THE_DOOR.text.lower() for word in ("helbred", "økonomi", "penge", "husleje"))


@pytest.mark.parametrize("wording", ["", "mundtlig-0"])
def test_a_yes_to_an_unknown_question_is_refused(wording: str) -> None:
    with pytest.raises(ConsentWithoutWording):
        registered(consent_wording=wording)


@pytest.mark.parametrize("answer", ["declined", "not_asked", "not_able"])
def test_recipients_without_a_yes_are_refused(answer: str) -> None:
    with pytest.raises(ScopeWithoutConsent):
        registered(consent_answer=answer)


@pytest.mark.parametrize(
    ("answer", "wording"), [("declined", "mundtlig-1"), ("not_asked", ""), ("not_able", "mundtlig-1"), ("not_able", "")]
)
def test_without_a_yes_it_is_still_taken_in(answer: str, wording: str) -> None:
    assert registered(consent_answer=answer, consent_wording=wording, consent_scope=[]).version == 1


@pytest.mark.parametrize("text", ["Køkkenet er fyldt med poser ÆØÅ æøå", "🐀 i opgangen", "1234567 poser", "مرحبا", "linje 1\nlinje 2"])
def test_words_are_kept_as_they_were_written(text: str) -> None:
    assert words_of(registered(words=text)) == text


def test_blanks_only_are_no_words() -> None:
    assert words_of(registered(words=" \r\n ")) is None


@pytest.mark.parametrize(("how_many", "is_refused"), [(499, False), (500, False), (501, True)])
def test_words_are_at_most_500_characters(how_many: int, is_refused: bool) -> None:
    words = "æ" * how_many
    if is_refused:
        with pytest.raises(TextTooLong) as refused:
            registered(words=words)
        assert refused.value.field == "words"
    else:
        assert registered(words=words).version == 1


@pytest.mark.parametrize("number", ["000190-1234", "6101901234", "000190 1234"])
def test_a_cpr_number_is_refused(number: str) -> None:
    with pytest.raises(TextHoldsCprNumber):
        registered(words=f"Hun viste sit kort: {number}.")


@pytest.mark.parametrize("character", ["\x00", "\x07", "\u202e", "\u2066", "\x9b"])
def test_control_characters_and_marks_that_turn_text_around_are_refused(character: str) -> None:
    with pytest.raises(TextHoldsControlCharacters):
        registered(words=f"poser{character}overalt")


def test_a_form_hears_at_once_of_everything_it_left_open() -> None:
    left_open = unanswered(has_place=False, signals=[], severity="", consent_answer="", source="observation")
    assert [refusal.field for refusal in left_open] == ["home_id", "signals", "severity", "consent_answer"]
    assert unanswered(has_place=True, signals=["smell"], severity="low", consent_answer="not_asked", source="observation") == []
    assert unanswered(has_place=True, signals=[], severity="low", consent_answer="not_asked", source="transfer") == []


def test_the_office_that_a_phone_of_the_first_release_names_is_nobody_one_asks_leave_for() -> None:
    (registered_now,) = news(registered(consent_scope=["office", "municipal.visitation"]))
    assert registered_now.facts["consent_scope"] == ["municipal.visitation"]


def test_what_the_erp_had_told_of_whoever_lives_there_goes_with_it_sealed() -> None:
    told = replace(tenure(until=date(2026, 3, 31)), is_protected=True, died_on=date(2026, 3, 1), guardian_decides=("economy",))
    (happened,) = news(registered(dwelling=let(told)))
    assert (happened.facts["is_protected"], happened.facts["guardian_decides"]) == (True, ["economy"])
    assert happened.facts["died_on"] == Whereabouts(OBSERVATION, "2026-03-01")
    assert happened.facts["moves_on"] == Whereabouts(OBSERVATION, "2026-03-31")


def test_a_receipt_can_be_read_aloud() -> None:
    assert receipt_of(UUID("018f0000-0000-7000-8000-0000a3f291bc")) == "A3F2-91BC"


def test_leave_is_asked_for_everybody_outside_but_the_police_and_112_and_answered_with_anything_but_a_withdrawal() -> None:
    assert set(SCOPES) == set(Target) - {"emergency", "police.ssp", "police.fut"}
    assert set(ANSWERS) == set(Answer) - {"withdrawn"}


def test_cases_takes_it_in() -> None:
    observation = given(Observation, REGISTERED)
    observation.record(TakeIn(case_id=CASE, triage_due=NOW))
    observation.record(TakeIn(case_id=CASE, triage_due=NOW))
    assert news(observation) == [fact(Observation.TakenIn, case_id=CASE, triage_due=NOW)]


SEEN = fact(Observation.Seen, by="staff-social-lead-1", role="social_lead", at=NOW)


def test_the_first_who_looks_is_the_one_who_has_seen_it() -> None:
    observation = given(Observation, REGISTERED)
    observation.record(See(by="staff-social-lead-1", role="social_lead", at=NOW))
    observation.record(See(by="staff-social-caretaker-1", role="social_caretaker", at=NOW))
    assert news(observation) == [SEEN]


def test_who_assesses_it_has_seen_it() -> None:
    observation = given(Observation, REGISTERED)
    observation.record(Assess(severity="high", by="staff-social-lead-1", role="social_lead", at=NOW))
    assert news(observation) == [SEEN, fact(Observation.Assessed, severity="high", at=NOW)]


def test_the_same_assessment_again_is_no_news_and_another_one_is() -> None:
    observation = given(Observation, REGISTERED, SEEN, fact(Observation.Assessed, severity="high", at=NOW))
    observation.record(Assess(severity="high", by="staff-social-lead-1", role="social_lead", at=NOW))
    observation.record(Assess(severity="acute", by="staff-social-lead-1", role="social_lead", at=NOW))
    assert news(observation) == [fact(Observation.Assessed, severity="acute", at=NOW)]


def test_a_case_opens_once() -> None:
    observation = given(Observation, REGISTERED)
    observation.record(OpenCase(contact_due=NOW, at=NOW))
    observation.record(OpenCase(contact_due=NOW, at=NOW))
    assert news(observation) == [fact(Observation.CaseOpened, contact_due=NOW, at=NOW)]


def test_being_passed_on_is_news_the_first_time() -> None:
    observation = given(Observation, REGISTERED)
    observation.record(PassOn(at=NOW))
    observation.record(PassOn(at=NOW + timedelta(days=1)))
    assert news(observation) == [fact(Observation.PassedOn, at=NOW)]


def test_each_milestone_is_told_once() -> None:
    observation = given(Observation, REGISTERED)
    observation.record(Tell(milestone="in_good_hands", at=NOW))
    observation.record(Tell(milestone="in_good_hands", at=NOW))
    observation.record(Tell(milestone="closed", at=NOW))
    assert news(observation) == [
        fact(Observation.Told, milestone="in_good_hands", at=NOW),
        fact(Observation.Told, milestone="closed", at=NOW),
    ]


def test_a_missed_look_is_said_once_also_when_somebody_looked_since() -> None:
    observation = given(Observation, REGISTERED, SEEN)
    observation.record(MissTriage(due=NOW))
    observation.record(MissTriage(due=NOW))
    assert news(observation) == [fact(Observation.TriageMissed, due=NOW)]


def test_a_mail_that_came_back_is_said_while_nobody_has_looked() -> None:
    observation = given(Observation, REGISTERED)
    observation.record(FailNotice(at=NOW))
    observation.record(FailNotice(at=NOW))
    assert news(observation) == [fact(Observation.NoticeFailed, at=NOW)]


def test_a_mail_that_came_back_after_somebody_looked_is_no_news() -> None:
    observation = given(Observation, REGISTERED, SEEN)
    observation.record(FailNotice(at=NOW))
    assert news(observation) == []


def test_only_the_one_who_saw_it_is_asked_along() -> None:
    observation = given(Observation, REGISTERED)
    observation.record(WantCompanion(visit_id=HOME, companion="staff-caretaker-2", meeting_at=NOW))
    observation.record(WantCompanion(visit_id=HOME, companion="staff-caretaker-1", meeting_at=NOW))
    observation.record(WantCompanion(visit_id=HOME, companion="staff-caretaker-1", meeting_at=NOW))
    assert news(observation) == [fact(Observation.CompanionWanted, visit_id=HOME, meeting_at=NOW)]


ASKED_ALONG = fact(Observation.CompanionWanted, visit_id=HOME, meeting_at=NOW)


@pytest.mark.parametrize("comes", [True, False])
def test_what_the_one_who_saw_it_answered_is_news_once(comes: bool) -> None:
    observation = given(Observation, REGISTERED, ASKED_ALONG)
    for companion in ("staff-caretaker-2", "staff-caretaker-1", "staff-caretaker-1"):
        observation.record(NoteAnswer(visit_id=HOME, companion=companion, comes=comes))
    assert news(observation) == [fact(Observation.CompanionAnswered, visit_id=HOME, comes=comes)]


def test_a_meeting_that_is_moved_has_no_answer_yet() -> None:
    observation = given(Observation, REGISTERED, ASKED_ALONG, fact(Observation.CompanionAnswered, visit_id=HOME, comes=True))
    observation.record(WantCompanion(visit_id=HOME, companion="staff-caretaker-1", meeting_at=NOW + timedelta(days=1)))
    observation.record(NoteAnswer(visit_id=HOME, companion="staff-caretaker-1", comes=True))
    assert kinds(observation) == [Observation.CompanionWanted, Observation.CompanionAnswered]


def test_who_is_not_needed_any_more_is_told_once_and_may_be_asked_again() -> None:
    observation = given(Observation, REGISTERED, ASKED_ALONG)
    for companion in ("staff-caretaker-2", "staff-caretaker-1", "staff-caretaker-1"):
        observation.record(ReleaseCompanion(visit_id=HOME, companion=companion))
    observation.record(NoteAnswer(visit_id=HOME, companion="staff-caretaker-1", comes=True))
    observation.record(WantCompanion(visit_id=HOME, companion="staff-caretaker-1", meeting_at=NOW))
    assert news(observation) == [fact(Observation.CompanionReleased, visit_id=HOME), ASKED_ALONG]


def test_it_is_dismissed_once() -> None:
    observation = given(Observation, REGISTERED)
    observation.record(Dismiss(reason="explained", at=NOW))
    observation.record(Dismiss(reason="unfounded", at=NOW))
    assert news(observation) == [fact(Observation.Dismissed, reason="explained", at=NOW)]


def test_how_it_ended_is_news_when_it_is_another_end() -> None:
    observation = given(Observation, REGISTERED)
    observation.record(End(outcome="not_reachable", at=NOW))
    observation.record(End(outcome="not_reachable", at=NOW))
    observation.record(End(outcome="help_established", at=NOW))
    assert news(observation) == [
        fact(Observation.Ended, outcome="not_reachable", at=NOW),
        fact(Observation.Ended, outcome="help_established", at=NOW),
    ]


ENDED = fact(Observation.Ended, outcome="not_reachable", at=NOW)
REOPENED = fact(Observation.Reopened, contact_due=NOW, at=NOW)


def test_a_case_that_goes_on_takes_back_the_end() -> None:
    observation = given(Observation, REGISTERED, ENDED)
    observation.record(Reopen(contact_due=NOW, at=NOW))
    observation.record(Reopen(contact_due=NOW, at=NOW))
    assert news(observation) == [REOPENED]


def test_a_case_of_which_no_end_was_told_is_not_reopened() -> None:
    observation = given(Observation, REGISTERED)
    observation.record(Reopen(contact_due=NOW, at=NOW))
    assert news(observation) == []


def test_the_same_end_after_a_reopening_is_news_and_is_told_again() -> None:
    told = fact(Observation.Told, milestone="closed", at=NOW)
    observation = given(Observation, REGISTERED, ENDED, told, REOPENED)
    observation.record(End(outcome="not_reachable", at=NOW))
    observation.record(Tell(milestone="closed", at=NOW))
    assert news(observation) == [ENDED, told]


@pytest.mark.parametrize(("home", "refusal"), [(str(HOME), PlaceIsLinkedAlready), (None, ItBelongsNowhere)])
def test_what_was_put_right_is_linked_to_no_other_home(home: str | None, refusal: type[Refusal]) -> None:
    """Its place was not known, and the case it led to was moved to a home, or was about nobody (S14)."""
    observation = registered(dwelling=Dwelling(), home_id=None, place="unknown", where="Det gule hus")
    observation.record(CorrectPlace(case_id=CASE, correction="first", home=home, address="Lyngstien 2"))
    with pytest.raises(refusal):
        observation.link_place(home=HOME, tenancy=None, address="Lyngstien 2", dwelling=let())
