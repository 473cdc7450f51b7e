"""What may stand in a free text, and what may not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.ground.text_input import (
    TextHoldsControlCharacters,
    TextHoldsCprNumber,
    TextIsMissing,
    TextTooLong,
    free_text,
    holds_cpr_number,
    needed_text,
)


@pytest.mark.parametrize("text", ["", "Hun græd. Køkkenet var fyldt på én gang.", "👵🏽 sad alene 😢", "שלום\u200f", "To\nlinjer\tog mere"])
def test_ordinary_words_in_any_script_are_kept(text: str) -> None:
    assert free_text(text) == text


def test_blanks_around_go_and_line_ends_become_one_character() -> None:
    assert free_text("  Hun bad om hjælp.\r\nHun sagde ja.\r ") == "Hun bad om hjælp.\nHun sagde ja."


def test_two_ways_to_write_a_letter_become_one() -> None:
    assert free_text("a\u030arhus") == "\u00e5rhus"


@pytest.mark.parametrize(("length", "fits"), [(499, True), (500, True), (501, False)])
def test_a_text_has_five_hundred_characters_at_most(length: int, fits: bool) -> None:
    text = "å" * length
    if fits:
        assert free_text(text) == text
    else:
        with pytest.raises(TextTooLong):
            free_text(text)


def test_characters_are_counted_after_letters_are_put_together() -> None:
    assert free_text("a\u030a" * 500) == "\u00e5" * 500


def test_a_text_that_is_needed_is_asked_for() -> None:
    with pytest.raises(TextIsMissing) as refused:
        needed_text(" \n ", field="words")
    assert refused.value.field == "words"


# No number here is anybody's: the day is one that nobody was born on, or stands for people without an entry in the register.
LIKE_A_CPR_NUMBER = [
    "000000-0000",
    "000000 0000",
    "cpr: 000000–0000.",
    "000000 - 0000",
    "00\u200b0000-0000",
    "٠٠٠٠٠٠-٠٠٠٠",
    "000000\u00a0-0000",
    "000000\u20110000",
    "6101010000",
    "610101 0000",
    "61 01 01 0000",
    "61.01.01-0000",
    "61-01-01-0000",
    "61/01/01 0000",
    "61/01-01 0000",
    "6101-01-0000",
    "610101/0000",
    "610101.0000",
    "610101_0000",
    "610101:0000",
    "610101\t0000",
    "610101\n0000",
    "610101\r\n0000",
    "610101 . 0000",
    "６１０１０１-００００",
    "６１０１０１００００",
    "610101\u30000000",
    "61o1o1-0o0o",
    "61O1O10000",
    "(610101-0000)",
    "4101010000",
    "9112990000",
]
NO_CPR_NUMBER = [
    "ring 12345678",
    "ring +4520304050",
    "ring +45 20304050",
    "ring +45 10 12 12 12",
    "+4510121212",
    "ring 20 30 40 50 eller 20304051",
    "004520304050",
    "000000-00000",
    "1000000-0000",
    "00000-0000",
    "den 03.03.2026 kl. 10",
    "03-03-2026 10.15",
    "2026-03-03T10:15:00",
    "sag 2026001234",
    "ordre 9999999999",
    "faktura 6113010000",
    "0000000000",
    "000000--0000",
    "12 lejligheder, 1012 kroner",
    "kontonummer 12345678901",
    "o",
]


@pytest.mark.parametrize("text", LIKE_A_CPR_NUMBER)
def test_what_looks_like_a_cpr_number_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(TextHoldsCprNumber) as refused:
        free_text(f"Hun hedder noget, {text}", field="words")
    assert refused.value.field == "words"
    assert "Fjern nummeret" in refused.value.next_step


@pytest.mark.parametrize("text", NO_CPR_NUMBER)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert free_text(text) == text


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\u2066", "\ud800"])
def test_characters_that_hide_or_turn_words_are_refused(character: str) -> None:
    with pytest.raises(TextHoldsControlCharacters):
        free_text(f"a{character}b")


def test_a_refusal_never_repeats_what_was_written() -> None:
    with pytest.raises(TextHoldsCprNumber) as refused:
        free_text("hemmeligt 000000-0000")
    assert "000000" not in str(refused.value) + refused.value.next_step
    assert "hemmeligt" not in str(refused.value)


@given(st.text(max_size=600))
def test_a_kept_text_is_kept_again_unchanged(text: str) -> None:
    try:
        kept = free_text(text)
    except (TextTooLong, TextHoldsCprNumber, TextHoldsControlCharacters):
        return
    assert free_text(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert len(kept) <= 500
    kept.encode()


BETWEEN = st.sampled_from(["", "-", " ", " - ", "–", ".", "/", "\n"])


@given(
    before=st.text("abc æøå.,", max_size=20),
    day=st.integers(1, 91).filter(lambda day: not 31 < day < 41),
    month=st.integers(1, 12),
    rest=st.text("0123456789", min_size=6, max_size=6),
    gaps=st.tuples(BETWEEN, BETWEEN, BETWEEN),
    after=st.text("abc æøå.,", max_size=20),
)
def test_ten_digits_that_begin_with_a_day_are_found_however_they_are_parted(
    before: str, day: int, month: int, rest: str, gaps: tuple[str, str, str], after: str
) -> None:
    first, second, third = gaps
    assert holds_cpr_number(f"{before}{day:02}{first}{month:02}{second}{rest[:2]}{third}{rest[2:]}{after}")


@given(digits=st.text("0123456789", min_size=10, max_size=10), gap=st.sampled_from(["-", " ", " - ", "–"]))
def test_ten_digits_as_a_form_prints_them_are_found_whatever_their_date(digits: str, gap: str) -> None:
    assert holds_cpr_number(f"{digits[:6]}{gap}{digits[6:]}")


@given(st.text("0123456789", min_size=11, max_size=40))
def test_a_longer_run_of_digits_is_not_a_cpr_number(digits: str) -> None:
    assert not holds_cpr_number(digits)
