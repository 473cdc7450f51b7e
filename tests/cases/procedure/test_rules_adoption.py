"""How an association takes a new version into use: at once, when a second person has confirmed it, or not at all."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from services.cases.procedure.rules.adoption import (
    MoreIsOddNow,
    NothingIsProposed,
    Procedure,
    ProposalIsAnother,
    ProposerMayNotConfirm,
    VersionHasOtherContent,
    VersionHoldsFromLongAgo,
    VersionHoldsFromTooFarAhead,
    VersionIsInForce,
    VersionIsOlderThanTheNewest,
    VersionWasWithdrawn,
    WordingHasOtherText,
    procedure_id,
)
from services.cases.procedure.rules.oddities import Odd
from services.cases.procedure.rules.reading import ProcedureIsNotUnderstood
from shared.ground.errors import Refusal
from shared.words.vocabulary.procedure import WithdrawalReason
from tests.support.given import Fact, fact, given, kinds, news

TEXT = (Path(__file__).parents[3] / "local/demo/bakkegaarden/procedure.yaml").read_text(encoding="utf-8")
TODAY = date(2026, 3, 3)
LEAD, OTHER = "staff-social-lead-1", "staff-director-1"
ROLES = ("caretaker", "social_lead", "social_caretaker", "director")
BEGUN = fact(Procedure.Begun)


def text_of(version: str, *changes: tuple[str, str], effective_on: str = "2026-04-01") -> str:
    """The demo's procedure as another version; each change is made once."""
    text = TEXT.replace('version: "2026-1"', f'version: "{version}"', 1).replace(
        "effective_on: 2026-01-01", f"effective_on: {effective_on}", 1
    )
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


def endless(text: str) -> str:
    """With agreements that run out on no day: for a version that begins long before or after those of the demo."""
    return re.sub(r"(?m)^    agreed_until: .*\n", "", text)


SLOW = ("acute: {minutes: 15}", "acute: {working_days: 100}")
SLOW_IS_ODD = Odd(what="takes_long", place="clocks.triage.acute", value="100 arbejdsdage")


def adopt(procedure: Procedure, text: str, *, by: str = LEAD, today: date = TODAY, roles: tuple[str, ...] = ROLES) -> tuple[Odd, ...]:
    return procedure.adopt(text=text, today=today, by=by, roles=roles)


def confirm(procedure: Procedure, version: str, *, by: str = OTHER, digest: str = "", today: date = TODAY) -> None:
    read = digest or procedure.proposals[version].digest
    procedure.confirm(version, digest=read, today=today, by=by, roles=ROLES)


def following(*texts: str) -> Procedure:
    """A procedure that has adopted these texts, with nothing odd about them."""
    procedure = given(Procedure, BEGUN, id=procedure_id("bakkegaarden"))
    for text in texts:
        assert adopt(procedure, text) == ()
        procedure.collect_events()
    return procedure


# Adopted at once


def test_adopting_is_an_event_with_the_text_and_its_digest() -> None:
    procedure = Procedure.of("bakkegaarden")

    adopt(procedure, TEXT)

    begun, adopted = procedure.collect_events()
    assert procedure.id == procedure_id("bakkegaarden")
    assert isinstance(begun, Procedure.Begun)
    assert isinstance(adopted, Procedure.Adopted)
    assert (adopted.version, adopted.effective_on, adopted.text, len(adopted.digest)) == ("2026-1", "2026-01-01", TEXT, 64)


def test_adopting_the_same_text_again_is_no_news() -> None:
    procedure = following(TEXT)

    assert adopt(procedure, TEXT) == ()
    assert kinds(procedure) == []


def test_a_version_is_never_adopted_with_another_content() -> None:
    with pytest.raises(VersionHasOtherContent):
        adopt(following(TEXT), TEXT.replace("acute: {minutes: 15}", "acute: {minutes: 20}", 1))


def test_a_new_version_takes_over_on_its_day() -> None:
    procedure = following(TEXT, text_of("2026-2"))

    assert procedure.adopted == {"2026-1": "2026-01-01", "2026-2": "2026-04-01"}


def test_a_new_version_does_not_take_effect_before_the_one_it_replaces() -> None:
    with pytest.raises(VersionIsOlderThanTheNewest):
        adopt(following(TEXT), text_of("2025-9", effective_on="2025-12-31"))


def test_a_procedure_with_mistakes_is_not_adopted() -> None:
    procedure = following()

    with pytest.raises(ProcedureIsNotUnderstood):
        adopt(procedure, TEXT.replace("acute: {minutes: 15}", "acute: {hours: 1}", 1))
    assert kinds(procedure) == []


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        ("2028-03-03", None),
        ("2028-03-04", VersionHoldsFromTooFarAhead),
        ("2062-04-01", VersionHoldsFromTooFarAhead),
        ("9999-12-31", VersionHoldsFromTooFarAhead),
        ("2000-01-01", None),
        ("1999-12-31", VersionHoldsFromLongAgo),
        ("0202-04-01", VersionHoldsFromLongAgo),
    ],
)
def test_a_year_that_is_mistyped_is_refused(day: str, refused: type[Refusal] | None) -> None:
    procedure = following()
    if refused is None:
        assert adopt(procedure, endless(text_of("2026-1", effective_on=day))) == ()
        return
    with pytest.raises(refused) as told:
        adopt(procedure, text_of("2026-1", effective_on=day))
    assert told.value.field == "text"


# Withdrawn before it holds


def test_a_version_that_does_not_hold_yet_is_withdrawn_and_an_earlier_day_may_be_adopted_again() -> None:
    procedure = following(TEXT, endless(text_of("2028-1", effective_on="2028-01-01")))
    with pytest.raises(VersionIsOlderThanTheNewest):
        adopt(procedure, text_of("2026-2"))

    procedure.withdraw("2028-1", reason=WithdrawalReason.WRONG_DAY, today=TODAY)

    assert news(procedure) == [fact(Procedure.Withdrawn, version="2028-1", reason="wrong_day", was_adopted=True)]
    assert adopt(procedure, text_of("2026-2")) == ()
    procedure.withdraw("2028-1", reason=WithdrawalReason.WRONG_DAY, today=TODAY)
    assert kinds(procedure) == [Procedure.Withdrawn, Procedure.Adopted]


def test_what_was_locked_by_an_older_release_is_opened_again() -> None:
    procedure = following(TEXT)
    locked = given(
        Procedure, BEGUN, adopted_fact("2026-1", "2026-01-01"), adopted_fact("2062-1", "2062-01-01"), id=procedure_id("bakkegaarden")
    )
    assert procedure.adopted == {"2026-1": "2026-01-01"}

    locked.withdraw("2062-1", reason=WithdrawalReason.WRONG_DAY, today=TODAY)

    assert locked.adopted == {"2026-1": "2026-01-01"}


def adopted_fact(version: str, effective_on: str) -> Fact:
    return fact(Procedure.Adopted, version=version, effective_on=effective_on, text=TEXT, digest="0" * 64)


@pytest.mark.parametrize("today", [date(2026, 4, 1), date(2026, 4, 2)])
def test_a_version_that_holds_is_not_withdrawn(today: date) -> None:
    procedure = following(TEXT, text_of("2026-2"))

    with pytest.raises(VersionIsInForce):
        procedure.withdraw("2026-2", reason=WithdrawalReason.WRONG_CONTENT, today=today)
    procedure.withdraw("2026-2", reason=WithdrawalReason.WRONG_CONTENT, today=date(2026, 3, 31))


@pytest.mark.parametrize("text", [text_of("2026-2"), text_of("2026-2", ("acute: {minutes: 15}", "acute: {minutes: 10}"))])
def test_the_name_of_a_version_that_was_withdrawn_is_used(text: str) -> None:
    procedure = following(TEXT, text_of("2026-2"))
    procedure.withdraw("2026-2", reason=WithdrawalReason.NOT_AGREED, today=TODAY)

    with pytest.raises(VersionWasWithdrawn):
        adopt(procedure, text)


# Something is odd about it


def test_what_is_odd_is_proposed_and_holds_only_when_somebody_else_has_confirmed_it() -> None:
    procedure, text = following(TEXT), text_of("2026-2", SLOW)

    assert adopt(procedure, text) == (SLOW_IS_ODD,)

    (proposed,) = news(procedure)
    assert proposed.kind is Procedure.Proposed
    assert (proposed.facts["version"], proposed.facts["proposed_by"], proposed.facts["text"]) == ("2026-2", LEAD, text)
    assert proposed.facts["oddities"] == [{"what": "takes_long", "place": "clocks.triage.acute", "value": "100 arbejdsdage"}]
    assert "2026-2" not in procedure.adopted
    procedure.collect_events()

    with pytest.raises(ProposerMayNotConfirm):
        confirm(procedure, "2026-2", by=LEAD)
    confirm(procedure, "2026-2")

    digest = proposed.facts["digest"]
    assert news(procedure) == [
        fact(Procedure.Confirmed, version="2026-2", digest=digest, proposed_by=LEAD),
        fact(Procedure.Adopted, version="2026-2", effective_on="2026-04-01", text=text, digest=digest),
    ]
    procedure.collect_events()
    confirm(procedure, "2026-2", digest=digest)
    assert adopt(procedure, text) == ()
    assert kinds(procedure) == []


@pytest.mark.parametrize(
    ("proposer", "confirmer"),
    [
        (("stand-in", LEAD), ("stand-in", "")),
        (("stand-in", LEAD), (LEAD, "")),
        (("stand-in", LEAD), (OTHER, "stand-in")),
        ((LEAD, ""), ("stand-in", LEAD)),
        (("stand-in", ""), ("stand-in", LEAD)),
    ],
)
def test_who_stands_in_is_nobody_else(proposer: tuple[str, str], confirmer: tuple[str, str]) -> None:
    procedure, (by, for_whom) = following(TEXT), proposer
    procedure.adopt(text=text_of("2026-2", SLOW), today=TODAY, by=by, for_whom=for_whom, roles=ROLES)
    digest = procedure.proposals["2026-2"].digest
    with pytest.raises(ProposerMayNotConfirm):
        procedure.confirm("2026-2", digest=digest, today=TODAY, by=confirmer[0], for_whom=confirmer[1], roles=ROLES)
    procedure.confirm("2026-2", digest=digest, today=TODAY, by=OTHER, roles=ROLES)


def test_the_same_proposal_again_is_no_news_and_another_text_replaces_it() -> None:
    procedure = following(TEXT)
    adopt(procedure, text_of("2026-2", SLOW))
    first = procedure.proposals["2026-2"].digest
    procedure.collect_events()

    assert adopt(procedure, text_of("2026-2", SLOW), by=OTHER) == (SLOW_IS_ODD,)
    assert kinds(procedure) == []

    adopt(procedure, text_of("2026-2", ("acute: {minutes: 15}", "acute: {working_days: 10}")))
    with pytest.raises(ProposalIsAnother):
        confirm(procedure, "2026-2", digest=first)

    assert adopt(procedure, text_of("2026-2")) == ()
    assert kinds(procedure) == [Procedure.Proposed, Procedure.Adopted]
    with pytest.raises(NothingIsProposed):
        confirm(procedure, "2026-2", digest=first)


def test_what_is_proposed_may_be_withdrawn_and_its_name_used_again() -> None:
    procedure = following(TEXT)
    adopt(procedure, text_of("2026-2", SLOW))
    procedure.withdraw("2026-2", reason=WithdrawalReason.WRONG_CONTENT, today=date(2026, 6, 1))

    assert news(procedure)[-1] == fact(Procedure.Withdrawn, version="2026-2", reason="wrong_content", was_adopted=False)
    assert adopt(procedure, text_of("2026-2")) == ()


def test_what_is_confirmed_is_what_was_said_when_it_was_proposed() -> None:
    procedure = following(TEXT)
    adopt(procedure, text_of("2026-2", SLOW))
    procedure.note_estate("estate-9", municipality="langtbortby")

    with pytest.raises(MoreIsOddNow):
        confirm(procedure, "2026-2")

    odd = adopt(procedure, text_of("2026-2", SLOW))
    assert odd == (SLOW_IS_ODD, Odd(what="municipality_missing", place="municipalities.langtbortby"))
    confirm(procedure, "2026-2")
    assert procedure.adopted["2026-2"] == "2026-04-01"


def test_a_proposal_that_came_too_late_is_not_confirmed() -> None:
    procedure = following(TEXT)
    adopt(procedure, text_of("2026-2", SLOW, effective_on="2026-04-01"))
    adopt(procedure, text_of("2026-3", effective_on="2026-05-01"))
    procedure.collect_events()

    with pytest.raises(VersionIsOlderThanTheNewest):
        confirm(procedure, "2026-2")


def without_skovlund(text: str) -> str:
    return re.sub(r"(?ms)^  skovlund:\n.*?(?=^  havnstrup:)", "", text)


@pytest.mark.parametrize(
    ("before", "after", "odd"),
    [
        ("  open: [social_lead]", "  open: [system]", ("nobody_may", "steps.open", "system")),
        ("high: {working_days: 0}", "high: {working_days: 3}", ("takes_long", "clocks.triage.high", "3 arbejdsdage")),
        ("acute: {minutes: 15}", "acute: {minutes: 1440}", ("takes_long", "clocks.triage.acute", "1440 minutter")),
        ("low: {working_days: 5}", "low: {days: 15}", ("takes_long", "clocks.triage.low", "15 dage")),
        ("low: {days: 30}", "low: {days: 60}", ("takes_long", "clocks.first_contact.low", "60 dage")),
        ("low: [30]", "low: [200]", ("takes_long", "follow_up_days.low", "200 dage")),
        ("default: {working_days: 2}", "default: {working_days: 200}", ("takes_long", "answer_default", "200 arbejdsdage")),
        ("after_answer: 18", "after_answer: 180", ("takes_long", "silence.director", "180 arbejdsdage")),
        ("bostoette: {working_days: 40}", "bostoette: {working_days: 140}",
         ("takes_long", "municipalities.vesterhede.answers.municipal.bostoette", "140 arbejdsdage")),
        ("acute: {minutes: 15}", "acute: {working_days: 0}", ("acute_in_days", "clocks.triage.acute", "samme arbejdsdag")),
        ("acute: {minutes: 60}", "acute: {working_days: 1}", ("acute_in_days", "clocks.first_contact.acute", "1 arbejdsdag")),
        ("acute: {minutes: 60}", "acute: {days: 1}", ("acute_in_days", "clocks.first_contact.acute", "1 dag")),
        ("acute: [3, 14, 30]", "acute: [3, 32]", ("takes_long", "follow_up_days.acute", "32 dage")),
        ("acute: [3, 14, 30]", "acute: [40, 50]", ("takes_long", "follow_up_days.acute", "40 dage")),
        ("acute: [3, 14, 30]", "acute: [3, 31, 300]", None),
        ("high: [3, 14, 30]", "high: [3, 60]", None),
        ('friday: "08:00-13:00"', 'friday: "08:00-10:59"', ("office_day_is_short", "office_hours.friday", "08:00-10:59")),
        ('friday: "08:00-13:00"', 'friday: "08:00-11:00"', None),
        ("agreed_until: 2026-06-30", "agreed_until: 2026-03-31",
         ("agreement_is_over", "municipalities.kirkeby.agreed_until", "2026-03-31")),
        ("agreed_until: 2026-06-30", "agreed_until: 2026-04-01", None),
        ("agreed_until: 2026-06-30", "agreed_until: 2126-06-30",
         ("agreement_lasts_long", "municipalities.kirkeby.agreed_until", "2126-06-30")),
        ("agreed_until: 2026-06-30", "agreed_until: 2046-04-01", None),
        ("agreed_until: 2026-06-30", "agreed_until: 2046-04-02",
         ("agreement_lasts_long", "municipalities.kirkeby.agreed_until", "2046-04-02")),
        ("version: telefon-1", "version: telefon-2", ("wording_dropped", "consent_wordings.telefon-1", "Spørg i telefonen")),
    ],
)  # fmt: skip
def test_what_is_more_often_a_slip_than_meant_so_is_odd(before: str, after: str, odd: tuple[str, str, str] | None) -> None:
    text = text_of("2026-2", (before, after))

    assert [(one.what, one.place, one.value) for one in adopt(following(TEXT), text)] == ([odd] if odd else [])


LADDER = TEXT[TEXT.index("  - code: nudge") : TEXT.index("municipalities:")]
HOURS = TEXT[TEXT.index("office_hours:") : TEXT.index("# Fristerne.")]
NEW_MUNICIPALITY = ("\n  aadal:\n", "\n  langtbortby:\n    name: Langtbortby Kommune\n    contacts: {}\n  aadal:\n")
NO_CONTACTS = Odd(what="no_contacts", place="municipalities.langtbortby.contacts")
UNKNOWN = Odd(what="municipality_unknown", place="municipalities.langtbortby", value="Langtbortby Kommune")


@pytest.mark.parametrize(("days", "value"), [(0, ""), (1, "1 arbejdsdag"), (2, None)])
def test_a_ladder_that_is_over_at_once_is_odd(days: int, value: str | None) -> None:
    """With no step but the first it is over when the answer is due."""
    step = f"  - code: nudge\n    working_days_after_answer: {days}\n    do: Send en rykker.\n\n" if days else "\n"
    odd = adopt(following(TEXT), text_of("2026-2", (LADDER, step)))

    said = "samme arbejdsdag" if days == 0 else value
    assert odd == ((Odd(what="ladder_is_short", place="silence", value=said),) if said else ())


def test_office_hours_are_missed_only_where_there_were_some() -> None:
    without = text_of("2026-2", (HOURS, ""))
    gone = Odd(what="office_hours_dropped", place="office_hours")

    assert adopt(following(TEXT), without) == (gone,)
    assert adopt(following(), without) == ()
    assert adopt(following(without), text_of("2026-3", (HOURS, ""))) == ()


def test_a_municipality_that_nobody_knows_is_odd_and_so_is_one_with_nobody_to_turn_to() -> None:
    text = text_of("2026-2", NEW_MUNICIPALITY)
    procedure = following(TEXT)

    assert adopt(procedure, text) == (UNKNOWN, NO_CONTACTS)

    procedure.note_estate("estate-9", municipality="langtbortby")
    assert adopt(procedure, text) == (NO_CONTACTS,)
    assert adopt(following(), text) == (NO_CONTACTS,)


def test_a_municipality_that_was_there_before_is_missed() -> None:
    odd = adopt(following(TEXT), without_skovlund(text_of("2026-2")))

    assert odd == (Odd(what="municipality_dropped", place="municipalities.skovlund"),)


def test_a_municipality_with_an_estate_is_missed_whoever_forgot_it() -> None:
    procedure = following()
    for estate, municipality in (("estate-1", "skovlund"), ("estate-2", "langtbortby"), ("estate-3", "langtbortby")):
        procedure.note_estate(estate, municipality=municipality)
        procedure.note_estate(estate, municipality=municipality)
    assert kinds(procedure) == [Procedure.EstateNoted] * 3
    missing = [Odd(what="municipality_missing", place=f"municipalities.{name}") for name in ("langtbortby", "skovlund")]

    assert adopt(procedure, without_skovlund(TEXT)) == tuple(missing)

    for estate in ("estate-2", "estate-3"):
        procedure.note_estate(estate, municipality="bakkelund")
    assert adopt(procedure, without_skovlund(TEXT)) == tuple(missing[1:])


def test_a_step_is_somebodys_only_when_somebody_works_here_in_that_role() -> None:
    odd = adopt(following(), TEXT, roles=("social_caretaker", "caretaker", "system"))

    assert {one.what for one in odd} == {"nobody_may"}
    assert {one.place for one in odd} == {
        f"steps.{step}" for step in ("dismiss", "open", "assign", "reopen", "move_to_procedure", "correct_person")
    }
    assert adopt(following(), TEXT, roles=()) == ()


@pytest.mark.parametrize(("day", "is_odd"), [("2026-02-23", True), ("2026-02-24", False), ("2026-03-03", False), ("2026-01-01", True)])
def test_a_later_version_from_a_day_long_past_is_odd_for_it_cannot_be_withdrawn(day: str, is_odd: bool) -> None:
    procedure = following(TEXT)

    odd = adopt(procedure, text_of("2026-2", effective_on=day))

    assert odd == ((Odd(what="holds_already", place="effective_on", value=day),) if is_odd else ())
    assert ("2026-2" in procedure.adopted) is not is_odd
    if is_odd:
        confirm(procedure, "2026-2")
    with pytest.raises(VersionIsInForce):
        procedure.withdraw("2026-2", reason=WithdrawalReason.WRONG_DAY, today=TODAY)


def test_the_first_version_may_say_what_held_all_along() -> None:
    assert adopt(following(), text_of("2026-1", effective_on="2026-01-01")) == ()


def test_what_lay_ahead_when_it_was_proposed_and_is_long_past_now_is_said_again() -> None:
    procedure = following(TEXT)
    adopt(procedure, text_of("2026-2", SLOW))

    with pytest.raises(MoreIsOddNow):
        confirm(procedure, "2026-2", today=date(2026, 4, 9))
    confirm(procedure, "2026-2", today=date(2026, 4, 8))


SOCIAL = "[social_lead, social_caretaker]"


@pytest.mark.parametrize(
    ("before", "after", "roles", "odd"),
    [
        ("ask_leave: [caretaker, social_lead, social_caretaker, system]", "ask_leave: [caretaker]", ROLES, "no_social_staff"),
        ("ask_leave: [caretaker, social_lead, social_caretaker, system]", "ask_leave: [caretaker, system]", (), "no_social_staff"),
        ("order_damage_service: [caretaker, social_lead, social_caretaker]", "order_damage_service: [caretaker]", ROLES, "no_social_staff"),
        ("move_to_procedure: [social_lead]", "move_to_procedure: [system]", ROLES, "nobody_may"),
        ("move_to_procedure: [social_lead]", "move_to_procedure: [system]", (), "no_social_staff"),
        (f"triage: {SOCIAL}", "triage: [system]", (), "no_social_staff"),
        ("let_in: [caretaker, social_lead, social_caretaker]", "let_in: [caretaker]", ROLES, None),
        ("accompany: [caretaker, social_lead, social_caretaker]", "accompany: [caretaker]", (), None),
        ("keep_an_eye: [caretaker, social_lead, social_caretaker]", "keep_an_eye: [caretaker]", ROLES, None),
        ("ask_leave: [caretaker, social_lead, social_caretaker, system]", "ask_leave: [caretaker, social_caretaker]",
         ("caretaker", "social_lead"), "no_social_staff"),
    ],
)  # fmt: skip
def test_social_work_that_no_social_staff_may_do_is_odd(before: str, after: str, roles: tuple[str, ...], odd: str | None) -> None:
    found = adopt(following(), text_of("2026-2", (before, after)), roles=roles)

    step, _, takers = after.partition(": ")
    assert [one for one in found if one.place == f"steps.{step}"] == (
        [Odd(what=odd, place=f"steps.{step}", value=takers.strip("[]"))] if odd else []
    )


def test_a_wording_never_says_something_else_under_the_same_name() -> None:
    procedure = following(TEXT)
    for text in (
        text_of("2026-2", ("og du kan altid fortryde", "og du kan fortryde i en uge")),
        text_of("2026-2", SLOW, ("og du kan altid fortryde", "og du kan fortryde i en uge")),
    ):
        with pytest.raises(WordingHasOtherText):
            adopt(procedure, text)

    other_lines = text_of("2026-2", ("kender nogen, der kan hjælpe.\n      Er det", "kender nogen, der kan hjælpe. Er det"))
    assert adopt(procedure, other_lines) == ()


def test_a_wording_that_comes_back_says_what_it_said() -> None:
    gone = text_of("2026-2", ("version: telefon-1", "version: telefon-2"))
    procedure = following(TEXT)
    adopt(procedure, gone)
    procedure.collect_events()
    confirm(procedure, "2026-2")
    procedure.collect_events()

    with pytest.raises(WordingHasOtherText):
        adopt(procedure, text_of("2026-3", ("Må jeg fortælle kommunen", "Jeg fortæller kommunen")))
