"""Every code has words in both languages."""

from __future__ import annotations

from collections import defaultdict

import pytest

from shared.ground.provenance import Purpose, Role
from shared.words.labels import COLOURS, GROUPS, OUTCOMES, PURPOSES, ROLES, SEVERITIES, SIGNALS, Label, hint, label

LABELS = [(group, code, words) for group, labels in GROUPS.items() for code, words in labels.items()]


@pytest.mark.parametrize(("group", "code", "words"), LABELS, ids=[f"{group}-{code}" for group, code, _ in LABELS])
def test_a_code_has_words_in_danish_and_english(group: str, code: str, words: Label) -> None:
    assert words.da.strip() == words.da != ""
    assert words.en.strip() == words.en != ""
    assert bool(words.hint_da) == bool(words.hint_en)


@pytest.mark.parametrize("group", GROUPS)
def test_no_two_codes_of_a_group_are_called_the_same(group: str) -> None:
    labels = GROUPS[group].values()
    assert len({words.da for words in labels}) == len(labels)
    assert len({words.en for words in labels}) == len(labels)


def test_all_signals_categories_severities_targets_and_outcomes_of_the_domain_are_here() -> None:
    assert {group: len(GROUPS[group]) for group in ("signals", "categories", "severities", "targets", "outcomes")} == {
        "signals": 23,
        "categories": 12,
        "severities": 4,
        "targets": 18,  # the seventeen of the domain, and the office
        "outcomes": 13,
    }


def test_every_role_and_every_purpose_has_words() -> None:
    assert set(ROLES) == {role.value for role in Role}
    assert set(PURPOSES) == {purpose.value for purpose in Purpose}


def test_a_severity_says_its_colour_in_words() -> None:
    assert {code: label(code) for code in SEVERITIES} == {
        "acute": "Rød – akut fare",
        "high": "Orange – alvorlig",
        "medium": "Gul – bekymrende",
        "low": "Grøn – opmærksom",
    }
    assert set(COLOURS) == set(SEVERITIES)


def test_a_label_speaks_the_readers_language() -> None:
    assert label("home.hoarding", "signals") == "Ophobning, svært at komme ind og ud"
    assert label("home.hoarding", "signals", language="en") == "Hoarding, hard to get in and out"
    assert hint("acute", "severities", language="en") == "Danger to life now. Call 112 first."


def test_a_code_nobody_knows_is_shown_as_it_is() -> None:
    assert label("signal.of.tomorrow") == "signal.of.tomorrow"
    assert hint("signal.of.tomorrow") == ""


def test_a_code_in_several_groups_without_a_group_is_the_first_and_the_groups_are_known() -> None:
    groups = defaultdict(set)
    for group, code, words in LABELS:
        groups[code].add((group, words.da))
    clashing = {code for code, found in groups.items() if len({words for _, words in found}) > 1}
    assert clashing == {"acute", "high", "medium", "low"}


def test_signals_are_what_can_be_seen_and_never_a_diagnosis() -> None:
    words = " ".join(f"{signal.da} {signal.hint_da}" for signal in SIGNALS.values()).lower()
    assert not [diagnosis for diagnosis in ("demen", "psykot", "skizo", "alkoholik", "depress") if diagnosis in words]


def test_outcomes_include_that_the_municipality_never_answered() -> None:
    assert OUTCOMES["municipality_no_answer"].da == "Kommunen svarede ikke"
