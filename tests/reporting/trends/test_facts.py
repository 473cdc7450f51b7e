"""What there is to count: each thing once, in its month, with the codes it is told apart by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from services.reporting.trends.projections.facts import Fact, counted, facts_of
from services.reporting.trends.projections.fold import fold
from services.reporting.trends.projections.records import no_figures
from shared.words.vocabulary.figures import Kind
from tests.reporting.lives import HOUR, Life
from tests.support.services import ASSOCIATION, NOW

DAY = timedelta(days=1)


def facts(lives: Iterable[Life], association: str = ASSOCIATION) -> list[Fact]:
    figures = no_figures()
    for heard in sorted((heard for life in lives for heard in life.said), key=lambda heard: heard.envelope.time):
        envelope = heard.envelope
        fold(figures, envelope.type, envelope.time, envelope.recorded_at, envelope.association, heard.data)
    return list(facts_of(figures, association))


def of(kind: Kind, *lives: Life) -> list[dict[str, str]]:
    return [dict(fact.codes) for fact in facts(lives) if fact.kind is kind]


def opened(name: str, **more: str) -> Life:
    return Life(name, **more).registered().raised().triaged().opened()  # type: ignore[arg-type]


def test_a_concern_is_counted_by_place_severity_consent_and_signs() -> None:
    (fact,) = [fact for fact in facts([Life("a").registered().raised()]) if fact.kind is Kind.CONCERNS]
    assert fact.codes == {"municipality": "aaby", "estate": "estate-1", "severity": "high", "consent": "granted"}
    assert fact.signals == ("home.hoarding", "self.neglect")
    assert counted([fact])[Kind.CONCERNS] == {
        (): 1,
        ("municipality", "aaby"): 1,
        ("municipality", "aaby", "estate", "estate-1"): 1,
        ("severity", "high"): 1,
        ("consent", "granted"): 1,
        ("signal", "home.hoarding"): 1,
        ("signal", "self.neglect"): 1,
    }


def test_what_was_only_registered_or_belongs_to_another_association_is_not_counted() -> None:
    assert facts([Life("a").registered()]) == []
    assert facts([opened("a").referred().acknowledged()], "another") == []


def test_what_came_of_a_concern() -> None:
    assert of(Kind.ASSESSED, opened("a")) == [{"stage": "case", "category": "elderly_care", "on_time": "yes", "within": "4h"}]
    late = Life("b").registered().raised().dismissed(3 * DAY)
    assert of(Kind.ASSESSED, late) == [{"stage": "dismissed", "on_time": "no", "within": "5d"}]
    assert of(Kind.ASSESSED, Life("c").registered().raised()) == []
    assert of(Kind.ASSESSED, Life("d").registered().raised().deadline_missed("triage").triaged().opened())[0]["on_time"] == "no"


def test_a_case_is_closed_once_also_when_it_was_erased_and_not_while_it_is_open_again() -> None:
    assert of(Kind.CLOSED, opened("a").closed("moved")) == [{"outcome": "moved"}]
    assert of(Kind.CLOSED, opened("b").closed("moved").reopened()) == []
    assert of(Kind.CLOSED, opened("c").closed("moved").reopened().closed("not_reachable")) == [{"outcome": "not_reachable"}]
    assert of(Kind.CLOSED, opened("d").closed("moved").erased()) == [{"outcome": "moved"}]


@pytest.mark.parametrize(
    ("life", "codes"),
    [
        (opened("a").contacted(), {"on_time": "yes", "within": "4h"}),
        (opened("b").contacted(on_time=False), {"on_time": "no", "within": "4h"}),
        (opened("c").contacted(reached=False).deadline_missed("first_contact"), {"on_time": "no", "within": "not_yet"}),
        (opened("d").deadline_missed("first_contact").contacted(on_time=False), {"on_time": "no", "within": "3d"}),
    ],
    ids=["in time", "late", "never", "missed, then late"],
)
def test_a_first_contact_is_in_time_or_not(life: Life, codes: dict[str, str]) -> None:
    assert of(Kind.CONTACTED, life) == [codes]


def test_a_caretaker_who_was_not_told_counts_too() -> None:
    assert of(Kind.TOLD, opened("a").told()) == [{"on_time": "yes", "within": "4h"}]
    assert of(Kind.TOLD, opened("b").told().told(on_time=False)) == [{"on_time": "no", "within": "4h"}]
    assert of(Kind.TOLD, opened("c").deadline_missed("tell_caretaker")) == [{"on_time": "no", "within": "not_yet"}]


def test_a_referral_counts_when_it_is_answered_or_its_time_is_over() -> None:
    assert of(Kind.REFERRALS, opened("a").referred()) == []
    answered = opened("b").referred().acknowledged()
    assert of(Kind.REFERRALS, answered) == [
        {"answer": "answered", "target": "municipal.visitation", "municipality": "aaby", "on_time": "yes", "within": "4h"}
    ]
    silent = opened("c").referred(target="volunteer").silent(1, after=72 * HOUR)
    assert of(Kind.REFERRALS, silent) == [
        {"answer": "unanswered", "target": "volunteer", "municipality": "", "on_time": "no", "within": "not_yet"}
    ]


def test_follow_ups_mails_the_damage_service_and_company_are_counted() -> None:
    life = (
        opened("a").planned("x").followed_up("x").planned("y").missed("y").followed_up("y", on_time=False).cleared().accompanied().noticed()
    )
    assert sorted(code["on_time"] for code in of(Kind.FOLLOWED_UP, life)) == ["no", "yes"]
    assert sorted(code["on_time"] for code in of(Kind.NOTICES, life, opened("b").noticed(sent=False))) == ["no", "yes"]
    assert (len(of(Kind.DAMAGE, life)), len(of(Kind.ACCOMPANIED, life))) == (1, 1)


def test_a_protected_address_is_counted_under_no_place() -> None:
    (codes,) = of(Kind.CONCERNS, Life("a", is_protected=True).registered().raised())
    assert "estate" not in codes
    assert "municipality" not in codes


def places(life: Life) -> list[tuple[str, ...]]:
    """Where its concern and its referrals are counted."""
    return [
        tuple(codes.get(name, "") for name in ("municipality", "estate"))
        for kind in (Kind.CONCERNS, Kind.REFERRALS)
        for codes in of(kind, life)
    ]


def test_an_address_that_is_protected_later_is_counted_under_no_place_from_then_on() -> None:
    life = opened("a").referred("x").acknowledged("x")
    assert places(life) == [("aaby", "estate-1"), ("aaby", "")]
    assert places(life.protected()) == [("", ""), ("", "")]
    assert places(life.protected(False)) == [("aaby", "estate-1"), ("aaby", "")]


def test_that_it_was_told_without_protection_takes_away_none_that_the_case_noted() -> None:
    life = Life("a").raised().protected().registered()
    assert places(life) == [("", "")]


def test_a_fact_belongs_to_the_moment_it_happened() -> None:
    life = opened("a").closed("moved", 40 * DAY)
    (closed,) = [fact for fact in facts([life]) if fact.kind is Kind.CLOSED]
    assert closed.at > NOW + 40 * DAY


def test_a_municipality_is_counted_once_by_whichever_of_its_names_it_was_told() -> None:
    lives = [Life(name, municipality=municipality).registered().raised() for name, municipality in zip("abcd", ALIASES, strict=True)]
    assert counted(facts(lives))[Kind.CONCERNS]["municipality", "aaby"] == 4


ALIASES = ("aaby", "Aaby", "Åby Kommune", "AABY KOMMUNE")
