"""Files of homes and tenancies: however a system wrote them they are read, and what is wrong is named with its line."""

from __future__ import annotations

import codecs
from datetime import date
from pathlib import Path
from unicodedata import normalize
from uuid import UUID

import pytest

from services.intake.home.rules.estate import Home
from services.intake.home.rules.listed_homes import COLUMNS as OF_HOMES
from services.intake.home.rules.listed_homes import listed_homes
from services.intake.home.rules.listed_tenancies import COLUMNS as OF_TENANCIES
from services.intake.home.rules.listed_tenancies import TooManyPersons, listed_tenancies
from services.intake.home.rules.table import MOST_BYTES, Fault, FileIsNoTable, FileIsTooLarge
from shared.messaging.messages.erp import MOST_PERSONS

EXAMPLES = Path(__file__).parents[3] / "docs" / "first-load"
HOMES = (EXAMPLES / "homes.csv").read_text(encoding="utf-8")
TENANCIES = (EXAMPLES / "tenancies.csv").read_text(encoding="utf-8")
ONE, TWO = UUID("018f2a3b-0000-7000-8000-000000000001"), UUID("018f2a3b-0000-7000-8000-000000000002")
T1, P1 = UUID("018f2a3b-0000-7000-8000-0000000000a1"), UUID("018f2a3b-0000-7000-8000-0000000000b1")
HEADINGS = "estate_id,estate_name,municipality,home_id,street,number,floor,door,has_ended\n"
OF_TENANCY = "tenancy_id,home_id,started_on,ended_on,person_id,role,household_size,is_protected\n"


def what(faults: object) -> list[tuple[int, str, str, str]]:
    assert isinstance(faults, list)
    return [(f.line, f.column, f.found, type(f.refusal).__name__) for f in faults if isinstance(f, Fault)]


def test_every_column_stands_in_the_documentation_in_both_languages() -> None:
    said = (EXAMPLES.parent / "operations.md").read_text(encoding="utf-8")
    assert [one for column in (*OF_HOMES, *OF_TENANCIES) for one in (column.name, column.called[0]) if f"`{one}`" not in said] == []


def test_the_example_of_homes_is_read() -> None:
    estates, faults = listed_homes(HOMES.encode())
    assert faults == []
    estate = estates["afd-01"]
    assert (estate.name, estate.municipality, len(estate.homes)) == ("Høstmåneparken", "bakkelund", 3)
    assert estate.homes[ONE] == Home(home_id=ONE, street="Tusmørkegyden", number="2", floor="st", door="tv")
    assert [str(home)[-1] for home in estate.ended] == ["3"]


@pytest.mark.parametrize(
    "content",
    [
        HOMES.encode("utf-8-sig"),
        HOMES.encode("cp1252"),
        codecs.BOM_UTF16_LE + HOMES.encode("utf-16-le"),
        normalize("NFD", HOMES).encode(),
        HOMES.replace(";", ",").encode(),
        HOMES.replace(";", "\t").encode(),
        HOMES.replace("\n", "\r\n").encode(),
        HOMES.replace("\n", "\r").encode(),
        f"sep=;\n{HOMES}".encode(),
        f"\n{HOMES}\n;;;;;;;;\n\n".encode(),
        HOMES.replace("Høstmåneparken", '"Høstmåne-\nparken"').replace("Høstmåne-\nparken", "Høstmåneparken\n").encode(),
        HOMES.replace("Tusmørkegyden", '" Tusmørkegyden\u00a0 "').encode(),
        HOMES.replace("afdeling;", "Estate ID;").replace(";nr;", ";Hus-nr.;").upper().replace("AFD-01", "afd-01").lower().encode(),
    ],
)  # fmt: skip
def test_however_it_is_written_it_is_the_same(content: bytes) -> None:
    estates, faults = listed_homes(content)
    assert faults == []
    assert [home.street.casefold() for home in estates["afd-01"].homes.values()] == ["tusmørkegyden"] * 3


@pytest.mark.parametrize("content", [b"", b"\n\n", b"PK\x03\x04\0\0", b"a;b\n1;2\n", b"\x81\x8d", b"Hansen;010190-1234\n"])
def test_what_is_no_table_is_refused_whole(content: bytes) -> None:
    with pytest.raises(FileIsNoTable):
        listed_homes(content)


def test_a_file_has_an_end() -> None:
    with pytest.raises(FileIsTooLarge):
        listed_homes(b" " * (MOST_BYTES + 1))


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("cpr", [(1, "cpr", "", "ColumnTellsWhoSomebodyIs")]),
        ("Lejers navn", [(1, "Lejers navn", "", "ColumnTellsWhoSomebodyIs")]),
        ("fødselsdato", [(1, "fødselsdato", "", "ColumnTellsWhoSomebodyIs")]),
        ("Mobiltelefon", [(1, "Mobiltelefon", "", "ColumnTellsWhoSomebodyIs")]),
        ("areal", [(1, "areal", "", "ColumnIsUnknown")]),
        ("010190-1234", [(1, "", "", "ColumnIsUnknown")]),
        ("rolle", [(1, "role", "rolle", "ColumnStandsTwice")]),
    ],
)
def test_a_column_nobody_knows_is_refused_with_the_file(headings: str, expected: list[tuple[int, str, str, str]]) -> None:
    tenancies, faults, _ = listed_tenancies(TENANCIES.replace("beskyttet", f"beskyttet;{headings}", 1).encode())
    assert (tenancies, what(faults)) == ([], expected)


def test_what_stands_below_no_heading_is_refused_with_the_file_and_not_shown() -> None:
    headings, row = OF_TENANCY.strip(), f"{T1},{ONE},2020-01-01,,{P1},lejer,,"
    tenancies, faults, _ = listed_tenancies(f"{headings},\n{row},Hans Opdigtet 010190-1234\n".encode())
    assert (tenancies, what(faults)) == ([], [(2, "", "", "ColumnHasNoName")])
    assert len(listed_tenancies(f"{headings},\n{row},\n".encode())[0]) == 1, "an empty column of a spreadsheet is none"


def test_a_column_that_is_missing_is_named() -> None:
    estates, faults = listed_homes(HOMES.replace(";vej;", ";street2;", 1).encode())
    assert not estates
    assert what(faults) == [(1, "street2", "", "ColumnIsUnknown"), (1, "street", "", "ColumnIsMissing")]


def test_bad_homes_are_named_with_line_column_and_what_was_there_and_the_others_are_read() -> None:
    rows = [
        f"afd-01,Bakken,0751,{ONE},Vej,2,,,",
        f"AFD 1,Bakken,0751,{UUID(int=101)},Vej,4,,,",
        "afd-01,Bakken,0751,1203-1,Vej,6,,,",
        f"afd-01,Bakken,0751,{UUID(int=102)},SÃ¸ndergade,8,,,",
        f"afd-01,Bakken,0751,{UUID(int=103)},Vej,,,,",
        f"afd-01,Bakken,0751,{UUID(int=104)},Vej,10,første sal til venstre,,",
        f"afd-01,Bakken,0751,{UUID(int=105)},Vej 010190-1234,10,,,",
        f"afd-01,Engen,Odense,{UUID(int=106)},Vej,12,,,",
        f"afd-01,Bakken,Odense,{UUID(int=107)},Vej,12,,,måske",
        f"afd-01,Bakken,Århus Kommune,{ONE},Vej,2,,,",
        f"afd-01,,0751,{UUID(int=108)},Vej,16,,,",
        f"afd-01,Bakken,0751,{UUID(int=109)},Vej,16,,,,ekstra",
        f'afd-01,Bakken,0751,{UUID(int=110)},"Vej"en,16,,,',
        f"afd-01,Bakken,0751,{{{str(TWO).upper()}}},Vej,18,,,nej",
        'afd-01,"aldrig lukket',
    ]
    estates, faults = listed_homes((HEADINGS + "\n".join(rows) + "\n").encode())
    assert what(faults) == [
        (3, "estate_id", "AFD 1", "EstateNumberIsMalformed"),
        (4, "home_id", "1203-1", "IdIsMalformed"),
        (5, "street", "SÃ¸ndergade", "HomeIsGarbled"),
        (6, "number", "", "HomeHasNoStreet"),
        (7, "floor", "første sal til venstre", "PartOfAddressTooLong"),
        (8, "street", "", "TextHoldsCprNumber"),
        (9, "estate_name", "Engen", "EstateIsCalledOtherwise"),
        (10, "has_ended", "måske", "YesOrNoIsMalformed"),
        (10, "municipality", "Odense", "EstateIsCalledOtherwise"),
        (11, "home_id", str(ONE), "HomeIsListedTwice"),
        (12, "estate_name", "", "EstateIsNotNamed"),
        (13, "", "", "RowIsTooLong"),
        (14, "", "", "RowIsBroken"),
        (16, "", "", "RowIsBroken"),
    ]
    assert {home.number for home in estates["afd-01"].homes.values()} == {"2", "18"}
    assert estates["afd-01"].municipality == "aarhus"


def test_of_one_home_at_two_places_neither_is_believed() -> None:
    rows = [f"afd-01,Bakken,0751,{ONE},Vej,2,,,ja", f"afd-01,Bakken,0751,{TWO},Vej,4,,,", f"afd-01,Bakken,0751,{ONE},Vej,6,,,"]
    third = f"afd-02,Engen,0751,{ONE},Vej,2,,,ja"
    for more in ([], [third], [rows[0]]):
        estates, faults = listed_homes((HEADINGS + "\n".join([*rows, *more]) + "\n").encode())
        assert what(faults) == [(line, "home_id", str(ONE), "HomeIsAtTwoPlaces") for line in [2, 4, 5][: 2 + len(more)]]
        assert list(estates["afd-01"].homes) == [TWO]
        assert not estates["afd-01"].ended


@pytest.mark.parametrize(
    "wrong", [f"afd-02,Engen,,{ONE},Vej,2,,,", f"afd-01,Bakken,0751,{ONE},,2,,,", f"afd-01,Bakken,0751,{ONE},Vej,2,,,måske"]
)
@pytest.mark.parametrize("comes_first", [True, False])
def test_a_line_that_is_wrong_speaks_against_another_of_the_same_home(wrong: str, comes_first: bool) -> None:
    right = f"afd-01,Bakken,0751,{ONE},Vej,2,,,ja"
    rows = [wrong, right] if comes_first else [right, wrong]
    estates, faults = listed_homes((HEADINGS + "\n".join(rows) + "\n").encode())
    assert not any(estate.homes or estate.ended for estate in estates.values())
    assert {fault.line for fault in faults} == {2, 3}


def test_the_line_is_the_one_in_the_file_also_behind_a_quoted_line_end() -> None:
    rows = f'afd-01,"Bak\nken",0751,{ONE},Vej,2,,,\n\nafd-01,"Bak\nken",0751,x,Vej,4,,,\n'
    _, faults = listed_homes((HEADINGS + rows).encode())
    assert what(faults) == [(5, "home_id", "x", "IdIsMalformed")]


def test_the_example_of_tenancies_is_read() -> None:
    tenancies, faults, left_out = listed_tenancies(TENANCIES.encode("cp1252"))
    assert (faults, left_out, len(tenancies)) == ([], 0, 3)
    first, second, third = tenancies
    assert (first.tenancy_id, first.home_id, first.started_on, first.ended_on) == (T1, ONE, date(2019, 10, 1), None)
    assert (list(first.people.values()), first.household_size, first.is_protected) == (["tenant", "co_tenant"], "2", False)
    assert (second.people, second.ended_on, second.household_size, second.is_protected) == ({}, date(2024, 3, 31), None, None)
    assert third.is_protected is True


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-10-01", date(2026, 10, 1)), ("01-10-2026", date(2026, 10, 1)), ("1.10.2026", date(2026, 10, 1)),
        ("1/10/2026", date(2026, 10, 1)), ("1. 10. 2026", date(2026, 10, 1)), ("1/10 2026", date(2026, 10, 1)),
        ("2026-10-01T00:00:00", date(2026, 10, 1)), ("01-10-2026 00:00", date(2026, 10, 1)),
        ("9999-12-31", None), ("01-01-1900", None), ("0001-01-01", None), ("", None),
    ],
)  # fmt: skip
def test_a_day_as_people_and_systems_write_it(written: str, day: date | None) -> None:
    for column, is_first in (("started_on", True), ("ended_on", False)):
        started, ended = (written, "") if is_first else ("2000-01-01", written)
        tenancies, faults, _ = listed_tenancies(f"{OF_TENANCY}{T1},{ONE},{started},{ended},,,,\n".encode())
        if day is None and is_first:
            refused = "DayIsMalformed" if written else "ValueIsMissing"
            assert [(fault.column, type(fault.refusal).__name__) for fault in faults] == [(column, refused)]
        else:
            assert faults == []
            assert (tenancies[0].started_on if is_first else tenancies[0].ended_on) == day


@pytest.mark.parametrize("written", ["46296", "01-10-26", "2026-02-30", "31-13-2026", "2026-10-01T12:30:00", "i dag", "0", "10-2026"])
def test_what_is_no_day_is_refused_and_never_guessed(written: str) -> None:
    tenancies, faults, left_out = listed_tenancies(f"{OF_TENANCY}{T1},{ONE},2000-01-01,{written},,,,\n".encode())
    assert (tenancies, left_out) == ([], 1)
    assert what(faults) == [(2, "ended_on", written, "DayIsMalformed")]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (f"{T1},{ONE},2020-01-01,2019-01-01,,,,", ("ended_on", "2019-01-01", "TenancyEndsBeforeItStarts")),
        (f"{T1},{ONE},2020-01-01,,Hanne Hansen,,,", ("person_id", "", "IdIsMalformed")),
        (f"{T1},{ONE},2020-01-01,,010190-1234,,,", ("person_id", "", "IdIsMalformed")),
        (f"{T1},010190-1234,2020-01-01,,,,,", ("home_id", "", "IdIsMalformed")),
        (f"{T1},{ONE},2020-01-01,,{P1},chef,,", ("role", "chef", "RoleIsUnknown")),
        (f"{T1},{ONE},2020-01-01,,,lejer,,", ("person_id", "", "NoPersonForTheRole")),
        (f"{T1},{ONE},2020-01-01,,,,mange,", ("household_size", "mange", "HouseholdIsUnknown")),
        (f"{T1},{ONE},2020-01-01,,,,0,", ("household_size", "0", "HouseholdIsUnknown")),
        (f"{T1},{ONE},2020-01-01,,,,,måske", ("is_protected", "måske", "YesOrNoIsMalformed")),
    ],
)
def test_a_bad_tenancy_is_named_and_left_out(row: str, expected: tuple[str, str, str]) -> None:
    tenancies, faults, left_out = listed_tenancies(f"{OF_TENANCY}{row}\n".encode())
    assert (tenancies, left_out) == ([], 1)
    assert what(faults) == [(2, *expected)]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (f"{T1},{TWO},2020-01-01,,{TWO},,,", ("home_id", str(TWO), "TenancyIsToldOtherwise")),
        (f"{T1},{ONE},2021-01-01,,{TWO},,,", ("started_on", "2021-01-01", "TenancyIsToldOtherwise")),
        (f"{T1},{ONE},2020-01-01,,{P1},medlejer,,", ("person_id", "", "PersonIsListedTwice")),
        (f"{T1},{ONE},2020-01-01,,{TWO},chef,,", ("role", "chef", "RoleIsUnknown")),
    ],
)
def test_a_tenancy_one_of_whose_rows_is_wrong_is_left_out_whole(second: str, expected: tuple[str, str, str]) -> None:
    other = f"{UUID(int=7)},{TWO},2020-01-01,,,,,"
    tenancies, faults, left_out = listed_tenancies(f"{OF_TENANCY}{T1},{ONE},2020-01-01,,{P1},lejer,,\n{second}\n{other}\n".encode())
    assert ([one.tenancy_id for one in tenancies], left_out) == ([UUID(int=7)], 1)
    assert what(faults) == [(3, *expected)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (f"{T1},{ONE},2020-01-01,,{TWO},medlejer,,,x", ("", "", "RowIsTooLong")),
        (f'{T1},{ONE},2020-01-01,,{TWO},"medlejer,,', ("", "", "RowIsBroken")),
        (f"{str(T1)[:-1]},{ONE},2020-01-01,,{TWO},medlejer,,", ("tenancy_id", str(T1)[:-1], "IdIsMalformed")),
        (f",{ONE},2020-01-01,,{TWO},medlejer,,", ("tenancy_id", "", "ValueIsMissing")),
    ],
)
def test_a_row_that_does_not_say_whose_it_is_stops_them_all(row: str, expected: tuple[str, str, str]) -> None:
    """Whoever it tells of would be missing where they live, and nobody could see it."""
    before = f"{T1},{ONE},2020-01-01,,{P1},lejer,,\n{UUID(int=7)},{TWO},2020-01-01,,,,,"
    tenancies, faults, left_out = listed_tenancies(f"{OF_TENANCY}{before}\n{row}\n".encode())
    assert (tenancies, left_out) == ([], 3)
    assert what(faults) == [(4, *expected), (4, "", "", "NobodyKnowsWhoseRowItIs")]


def test_the_same_day_written_in_two_ways_is_one_day() -> None:
    rows = f"{T1},{ONE},2026-10-01,,{P1},lejer,,ja\n{str(T1).upper()},{ONE},01-10-2026,,{TWO},medlejer,,Ja\n"
    [tenancy], faults, _ = listed_tenancies(f"{OF_TENANCY}{rows}".encode())
    assert (faults, set(tenancy.people)) == ([], {P1, TWO})


@pytest.mark.parametrize(
    ("written", "band"), [("1", "1"), ("2", "2"), ("3", "3-4"), ("4", "3-4"), ("3-4", "3-4"), ("5", "5+"), ("12", "5+")]
)
def test_how_many_live_there_is_kept_as_a_band(written: str, band: str) -> None:
    tenancies, _, _ = listed_tenancies(f"{OF_TENANCY}{T1},{ONE},2020-01-01,,,,{written},\n".encode())
    assert tenancies[0].household_size == band


def test_more_persons_than_a_message_holds_are_refused() -> None:
    rows = "".join(f"{T1},{ONE},2020-01-01,,{UUID(int=n)},,,\n" for n in range(1, 32))
    tenancies, faults, _ = listed_tenancies(f"{OF_TENANCY}{rows}".encode())
    assert (tenancies, what(faults)) == ([], [(32, "person_id", "", "TooManyPersons")])
    assert f"end {MOST_PERSONS} personer" in str(TooManyPersons())
