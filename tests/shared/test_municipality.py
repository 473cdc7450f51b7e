"""A municipality by each of its names, and no two that become one."""

from __future__ import annotations

import pytest

from shared.words.municipality import NUMBERED, is_two_municipalities, municipality_code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("0756", "ikast_brande"), ("756", "ikast_brande"), ("Ikast-Brande Kommune", "ikast_brande"), ("ikast brande", "ikast_brande"),
        ("Århus", "aarhus"), ("A\u030arhus kommune", "aarhus"), ("Københavns Kommune", "koebenhavn"), ("København", "koebenhavn"),
        ("Bornholms Regionskommune", "bornholm"), ("Nordfyn", "nordfyns"), ("Vesthimmerlands Kommune", "vesthimmerlands"),
        ("Høje Tåstrup", "hoeje_taastrup"), ("Bakkelund Kommune", "bakkelund"), ("bakkelund", "bakkelund"), ("0999", "0999"),
        ("123456", "123456"), ("Lyngkommune", "lyngkommune"), ("Kommune", "Kommune"), ("", ""),
        ("0751 Aarhus", "aarhus"), ("Århus Kommune (751)", "aarhus"), ("751 Odense", "751_odense"), ("Bakkelund 12", "bakkelund_12"),
        ("Kbh.", "koebenhavn"), ("Kbh. Kommune", "koebenhavn"), ("Aarhus 0" + "1" * 5000, "aarhus_0" + "1" * 5000),
    ],
)  # fmt: skip
def test_by_each_of_its_names_it_is_one(said: str, code: str) -> None:
    assert municipality_code(said) == code
    assert municipality_code(code) == code


def test_there_are_ninety_eight_and_christiansoe_and_no_two_are_one() -> None:
    assert len(NUMBERED) == len(set(NUMBERED.values())) == 99
    assert all(municipality_code(code) == code for code in NUMBERED.values())


@pytest.mark.parametrize("said", ["751 Odense", "Odense (0751)", "0101 Kbhavn"])
def test_a_number_and_a_name_that_are_not_the_same_are_two(said: str) -> None:
    assert is_two_municipalities(said)


@pytest.mark.parametrize("said", ["751 Århus", "Aarhus Kommune (0751)", "751", "Odense", "Bakkelund 12", "0101 Kbh.", "", "Bakkelund"])
def test_what_is_one_or_not_known_is_not_two(said: str) -> None:
    assert not is_two_municipalities(said)
