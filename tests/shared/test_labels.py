"""Every code has words in both languages, and templates find them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.words.code import Code, Label
from shared.words.labels import GROUPS, codes, hint, label
from shared.words.vocabulary.case import Category, Outcome
from shared.words.vocabulary.observation import Severity, Signal
from shared.words.vocabulary.referral import RECIPIENTS
from tests.support.vocabulary import LISTS

ROOT = Path(__file__).parents[2]
WORDS = [(f"{listed.__name__}-{code}", code.label) for listed in LISTS for code in listed]


@pytest.mark.parametrize("words", [words for _, words in WORDS], ids=[name for name, _ in WORDS])
def test_a_code_has_words_in_danish_and_english(words: Label) -> None:
    assert words.da.strip() == words.da != ""
    assert words.en.strip() == words.en != ""
    assert bool(words.hint_da) == bool(words.hint_en)


@pytest.mark.parametrize("listed", LISTS, ids=lambda listed: listed.__name__)
def test_no_two_codes_of_a_list_are_called_the_same(listed: type[Code]) -> None:
    assert len({code.label.da for code in listed}) == len(listed)
    assert len({code.label.en for code in listed}) == len(listed)


@pytest.mark.parametrize("group", GROUPS)
def test_no_two_codes_of_a_group_are_called_the_same(group: str) -> None:
    assert len({words.da for words in GROUPS[group].values()}) == len(GROUPS[group])


def test_all_signals_categories_severities_targets_and_outcomes_of_the_domain_are_here() -> None:
    assert (len(Signal), len(Category), len(Severity), len(Outcome)) == (23, 12, 4, 13)
    assert len(RECIPIENTS) == 19  # the seventeen of the domain, the office, and others as a whole


def test_a_severity_says_its_colour_in_words() -> None:
    assert {code: label(code, "severities") for code in codes("severities")} == {
        "acute": "Rød – akut fare",
        "high": "Orange – alvorlig",
        "medium": "Gul – bekymrende",
        "low": "Grøn – opmærksom",
    }
    assert [label(code, "colours") for code in codes("severities")] == ["Rød", "Orange", "Gul", "Grøn"]
    assert [label(code, "colours", language="en") for code in codes("severities")] == ["Red", "Orange", "Yellow", "Green"]


def test_a_label_speaks_the_readers_language() -> None:
    assert label("home.hoarding", "signals") == "Ophobning, svært at komme ind og ud"
    assert label("home.hoarding", "signals", language="en") == "Hoarding, hard to get in and out"
    assert hint("acute", "severities", language="en") == "Danger to life now. Call 112 first."


def test_a_code_nobody_knows_is_shown_as_it_is() -> None:
    assert label("signal.of.tomorrow", "signals") == "signal.of.tomorrow"
    assert hint("signal.of.tomorrow", "signals") == ""


def test_a_code_is_plain_text() -> None:
    assert Severity.ACUTE in {"acute"}
    assert f"{Severity.ACUTE}" == str(Severity.ACUTE) == Severity.ACUTE.value == "acute"
    assert Severity("acute") is Severity.ACUTE
    assert {"acute": 1}[Severity.ACUTE] == 1


def test_signals_are_what_can_be_seen_and_never_a_diagnosis() -> None:
    words = " ".join(f"{signal.label.da} {signal.label.hint_da}" for signal in Signal).lower()
    assert not [diagnosis for diagnosis in ("demen", "psykot", "skizo", "alkoholik", "depress") if diagnosis in words]


def test_outcomes_include_that_the_municipality_never_answered() -> None:
    assert Outcome.MUNICIPALITY_NO_ANSWER.label.da == "Kommunen svarede ikke"


@pytest.mark.parametrize("group", GROUPS)
def test_no_group_of_labels_is_there_for_nobody(group: str) -> None:
    assert any(f'"{group}"' in text for text in _texts())


def _texts() -> Iterator[str]:
    for top in ("shared", "services"):
        for file in (ROOT / top).rglob("*"):
            if file.suffix in (".py", ".html", ".txt") and file.name != "labels.py":
                yield file.read_text(encoding="utf-8")
