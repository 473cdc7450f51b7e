"""What the figures claim: no more than what was rounded knows, of no other months than they say, and why where there is nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from services.reporting.trends.queries.figures import Figures, Section, figures_of
from services.reporting.trends.queries.periods import chosen_in_words
from services.reporting.trends.queries.published import Released, published_in
from services.reporting.trends.rules.period import Month, Period
from services.reporting.trends.rules.policy import read_policy
from services.reporting.trends.rules.rounding import Node
from shared.words.language import Language, in_danish_order
from shared.words.vocabulary.figures import Kind
from tests.reporting.publishing import POLICY, settled

AVERTED = frozenset({"eviction_averted"})
Tables = dict[tuple[str, Node], int]


def month(
    month: Month,
    concerns: int = 15,
    tables: Tables | None = None,
    *,
    exact_outcomes: frozenset[str] = AVERTED,
    exact: Mapping[str, int] | None = None,
) -> Released:
    totals = dict.fromkeys(map(str, Kind), 0) | {Kind.CONCERNS: concerns}
    return Released(month, settled(month), totals, tables or {}, exact or {}, exact_outcomes)


def told(period: Period, *months: Released, policy: str = POLICY, by: datetime | None = None, language: Language = "da") -> Figures:
    released = {each.month: each for each in months}
    now, before = (published_in(each, released) for each in (period, period.before))
    by = by or max(each.released_at for each in months)
    return figures_of(now, before, released, read_policy(policy), {}, by=by, language=language)


def places(**estates: int) -> Tables:
    found: Tables = {("concerns", ("municipality", "aaby")): sum(estates.values())}
    for estate, count in estates.items():
        found["concerns", ("municipality", "aaby", "estate", estate.replace("_", "-"))] = count
    return found


def year(number: int, *, until: int = 12, since: int = 1, tables: Tables | None = None) -> list[Released]:
    return [month(Month(number, n), tables=tables if n % 3 == 0 else None) for n in range(since, until + 1)]


def rows(section: Section) -> list[tuple[str, str]]:
    return [(line.name, line.said) for line in section.lines]


# Rank and rate


def test_estates_stand_by_name_as_danish_sorts_and_a_few_have_no_rate() -> None:
    named = POLICY.replace("estate-3: {homes: 60}", "estate-3: {homes: 60, name: Aalunden}")
    tables = places(estate_1=10, estate_2=60, estate_3=45)
    found = told(Period(2026, quarter=1), *year(2026, until=3, tables=tables), policy=named)
    lines = [line for line in found.sections["places"].lines if line.part_of]
    assert [(line.name, line.said, line.per_hundred) for line in lines] == [
        ("Nøddekrattet", "ca. 10", None),
        ("Sneglehuset", "ca. 60", 75),
        ("Aalunden", "ca. 45", None),
    ]


@pytest.mark.parametrize(("homes", "rate"), [(79, 76), (800, 8), (801, 7.5), (3400, 1.8)])
def test_a_rate_has_a_decimal_only_where_the_rounding_leaves_it_one(homes: int, rate: float) -> None:
    large = POLICY.replace("homes: 80", f"homes: {homes}")
    found = told(Period(2026, quarter=1), *year(2026, until=3, tables=places(estate_2=60)), policy=large)
    (line,) = (line for line in found.sections["places"].lines if line.part_of)
    assert (line.per_hundred, isinstance(line.per_hundred, int)) == (rate, isinstance(rate, int))


def test_a_rate_of_a_year_has_the_rounding_of_four_quarters() -> None:
    large = POLICY.replace("homes: 80", "homes: 1000")
    found = told(Period(2026), *year(2026, tables=places(estate_2=60)), policy=large)
    assert [line.per_hundred for line in found.sections["places"].lines if line.part_of] == [24]


def test_from_which_number_on_there_is_a_rate_is_of_the_policy() -> None:
    tables = places(estate_3=45)
    low = told(Period(2026, quarter=1), *year(2026, until=3, tables=tables), policy=POLICY + "rates_from: 45\n")
    high = told(Period(2026, quarter=1), *year(2026, until=3, tables=tables), policy=POLICY + "rates_from: 46\n")
    assert [line.per_hundred for line in low.sections["places"].lines if line.part_of] == [75]
    assert [line.per_hundred for line in high.sections["places"].lines if line.part_of] == [None]


@pytest.mark.parametrize("concerns", [0, 45])
def test_a_headline_of_a_few_has_no_rate_either(concerns: int) -> None:
    found = told(Period(2026, month=1), month(Month(2026, 1), concerns))
    assert [line.per_hundred for line in found.sections["totals"].lines] == [None] * len(Kind)


def test_the_rows_of_every_table_claim_no_order() -> None:
    counts = {"moved": 10, "help_established": 40, "evicted": 20, "unfounded": 30}
    tables: Tables = {("closed", ("outcome", code)): count for code, count in counts.items()}
    found = told(Period(2026, quarter=1), *year(2026, until=3, tables=tables))
    names = [line.name for line in found.sections["outcomes"].lines]
    assert names == sorted(names, key=in_danish_order)
    severities: Tables = {("concerns", ("severity", code)): count for code, count in (("low", 50), ("acute", 10), ("high", 20))}
    found = told(Period(2026, quarter=1), *year(2026, until=3, tables=severities))
    assert [line.code for line in found.sections["severities"].lines] == ["acute", "high", "low"]


@pytest.mark.parametrize(
    ("one", "other"), [("Ejby", "Ådal"), ("Ærø", "Øster"), ("Øster", "Aaby"), ("Zoo", "Æblet"), ("aalborg", "Århus"), ("Bo", "bål")]
)
def test_danish_sorts_its_letters_last(one: str, other: str) -> None:
    assert in_danish_order(one) < in_danish_order(other)


# What was rounded


def signs(**counts: int) -> Tables:
    return {("concerns", (f"signal {code}", "yes")): count for code, count in counts.items()}


def test_signs_of_which_there_are_few_are_put_together() -> None:
    found = told(Period(2026, quarter=1), *year(2026, until=3, tables=signs(a=20, b=5, c=5, d=0)))
    assert rows(found.sections["signals"]) == [("a", "ca. 20"), ("Øvrige", "ca. 10")]
    alone = told(Period(2026, quarter=1), *year(2026, until=3, tables=signs(b=5)))
    assert rows(alone.sections["signals"]) == [("Øvrige", "ca. 5")]


def test_nobody_learns_whether_there_were_other_signs() -> None:
    with_some = told(Period(2026, quarter=1), *year(2026, until=3, tables=signs(a=20, b=0)))
    with_none = told(Period(2026, quarter=1), *year(2026, until=3, tables=signs(a=20)))
    assert rows(with_some.sections["signals"]) == rows(with_none.sections["signals"]) == [("a", "ca. 20"), ("Øvrige", "få eller ingen")]


def test_what_the_rounding_made_nothing_is_not_said_to_be_nothing() -> None:
    months = [month(Month(2026, n), 0 if n == 7 else 15) for n in range(1, 8)]
    found = told(Period(2026), *months)
    assert rows(found.sections["months"])[-1] == ("juli 2026", "under 5")
    july = told(Period(2026, month=7), *months)
    assert {line.said for line in july.sections["totals"].lines} == {"under 5"}
    whole = told(Period(2026), *year(2026, tables=signs(a=20)))
    assert rows(whole.sections["signals"]) == [("a", "ca. 80"), ("Øvrige", "få eller ingen")], "four times four may be behind it"


def test_every_number_says_that_it_is_rounded_but_for_what_is_exact() -> None:
    tables: Tables = {**places(estate_1=20), **signs(a=20), ("concerns", ("severity", "low")): 20}
    last = month(Month(2026, 12), tables=tables, exact={"eviction_averted": 0})
    found = told(Period(2026), *year(2026, until=11, tables=tables), last)
    for section in found.sections.values():
        for line in section.lines:
            assert line.is_rounded is (section.code != "exact")
            assert line.count is None or line.said == "0" or line.said.startswith(("ca. ", "under ", "få ")), (section.code, line)
    assert rows(found.sections["exact"]) == [("Udsættelse afværget", "0")], "an exact nothing is nothing"


# Which months


def test_a_heading_is_of_the_months_that_its_numbers_are_of() -> None:
    tables: Tables = {("concerns", ("severity", "low")): 45}
    found = told(Period(2026), *year(2026, until=10, tables=tables))
    assert found.counted == "januar–oktober 2026"
    assert found.told_apart == "januar–september 2026"
    assert {found.sections[code].period for code in ("totals", "months")} == {"januar–oktober 2026"}
    severities = found.sections["severities"]
    assert (severities.period, severities.whole) == ("januar–september 2026", "ca. 135")
    assert told(Period(2026, quarter=2), *year(2026, until=10)).counted == "april–juni 2026"
    assert told(Period(2026, month=2), *year(2026, until=10)).counted == "februar 2026"


def test_signs_and_shares_add_up_to_nothing_and_say_no_whole() -> None:
    found = told(Period(2026, quarter=1), *year(2026, until=3, tables=signs(a=20)))
    assert found.sections["signals"].whole == ""


def test_a_year_that_is_not_over_says_until_when_it_is_counted_and_when_the_next_month_is() -> None:
    found = told(Period(2026), *year(2026, until=10))
    assert found.about == (
        "Der er talt til og med oktober 2026.",
        "Den næste måned, november 2026, bliver talt den 4. dec. 2026.",
    )
    late = told(Period(2026), *year(2026, until=10), by=settled(Month(2026, 11)))
    assert late.about[-1] == "Den næste måned, november 2026, bliver talt nu."


def test_a_year_that_is_over_and_whole_has_nothing_to_explain() -> None:
    assert told(Period(2025), *year(2025), *year(2026, until=2)).about == ()


SINCE = (
    "Der er talt fra oktober 2025: det tidligste, der var hørt om, da der blev talt første gang, skete i den måned."
    " Der tælles ikke for måneder før den."
)


def test_a_year_that_is_over_and_began_late_says_since_when_and_why_and_not_that_it_is_not_over() -> None:
    released = [*year(2025, since=10), *year(2026, until=2)]
    assert told(Period(2025), *released).about == (SINCE,)
    assert told(Period(2025), *released).counted == "oktober–december 2025"
    assert told(Period(2024), *released).about == (SINCE,), "also where there is no number"
    assert told(Period(2025, month=9), *released).about == (SINCE,)


def test_a_month_that_is_still_to_come_says_when_it_is_counted() -> None:
    found = told(Period(2026, month=12), *year(2026, until=10))
    assert found.about == ("Den næste måned, december 2026, bliver talt den 4. jan. 2027.",)


# What a year says exactly


@pytest.mark.parametrize("period", [Period(2026), Period(2026, quarter=1), Period(2026, month=2)])
def test_what_a_year_says_exactly_is_told_when_it_is_said(period: Period) -> None:
    found = told(period, *year(2026, until=10))
    assert found.not_yet_exact == ("Udsættelse afværget: tælles, når året er slut, og siges præcist for hele 2026 den 4. jan. 2027.",)


def test_a_quarter_of_a_year_that_is_over_leads_to_the_year() -> None:
    last = month(Month(2026, 12), exact={"eviction_averted": 5})
    found = told(Period(2026, quarter=1), *year(2026, until=11), last)
    assert found.not_yet_exact == ("Udsættelse afværget: siges kun for hele året. Se 2026.",)
    assert told(Period(2026), *year(2026, until=11), last).not_yet_exact == ()


@pytest.mark.parametrize("until", [10, 12])
def test_what_was_agreed_too_late_is_not_promised(until: int) -> None:
    late = [month(Month(2026, 1), exact_outcomes=frozenset()), *year(2026, since=2, until=until)]
    assert told(Period(2026), *late).not_yet_exact == (
        "Udsættelse afværget: siges ikke præcist for 2026, for det var ikke aftalt, da de første måneder blev talt.",
    )


def test_a_policy_without_exact_outcomes_promises_none() -> None:
    found = told(Period(2026), *year(2026, until=10), policy=POLICY.replace("[eviction_averted]", "[]"))
    assert found.not_yet_exact == ()


# What somebody chose


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        ("", ""),
        ("2026-Q1", "1. kvartal 2026"),
        ("2025 2026-09-01", "2025, som offentliggjort den 1. sep. 2026"),
        ("2026-02", "februar 2026"),
        ("2026-09-01", "som offentliggjort den 1. sep. 2026"),
        ("something else", "something else"),
    ],
)
def test_a_selection_is_read_as_people_say_it(selection: str, said: str) -> None:
    assert chosen_in_words(selection, "da") == said
