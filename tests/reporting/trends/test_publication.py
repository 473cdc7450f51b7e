"""Months are published once, when they are over; what is published is the same for ever, and can be counted again to the digit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from services.reporting.app import parts
from services.reporting.trends.commands import Counting
from services.reporting.trends.queries.published import published_in, released_of
from services.reporting.trends.rules.period import Month, Period
from services.reporting.trends.rules.policy import PolicyIsNotUnderstood
from services.reporting.trends.rules.publication import MonthIsNotNext, NoPolicyIsAdopted, Publication, publication_id
from shared.history.rebuild import rebuild
from tests.reporting.lives import Life, some_life
from tests.reporting.publishing import POLICY, adopt, hear, publish, settled
from tests.support.services import ASSOCIATION, NOW, Running

JANUARY = Month(2026, 1)
DAY = timedelta(days=1)


async def published(reporting: Running) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await reporting.rows("select month, inbox_position, published from month_releases order by month")]


def lives(how_many: int = 60, *, seed: int = 3, days: int = 80) -> list[Life]:
    random = Random(seed)
    return [some_life(random, f"life {seed} {n}", JANUARY.begins + random.random() * days * DAY) for n in range(how_many)]


async def hear_all(reporting: Running, told: Iterable[Life]) -> None:
    await hear(reporting, sorted((heard for life in told for heard in life.said), key=lambda heard: heard.envelope.time))


async def test_nothing_is_published_without_a_policy(reporting: Running) -> None:
    await hear_all(reporting, lives())
    await publish(reporting, at=settled(Month(2026, 3)))
    assert await published(reporting) == []


async def test_months_are_published_in_order_when_they_have_settled_and_never_again(reporting: Running) -> None:
    await adopt(reporting)
    await hear_all(reporting, lives())
    await publish(reporting, at=settled(JANUARY) - timedelta(seconds=1))
    assert await published(reporting) == []
    await publish(reporting, at=settled(JANUARY))
    january = await published(reporting)
    assert [row[0] for row in january] == ["2026-01"]
    await hear(reporting, Life("late", JANUARY.begins + 5 * DAY).registered().raised().said)
    await publish(reporting, at=settled(Month(2026, 4)))
    all_of_them = await published(reporting)
    assert [row[0] for row in all_of_them] == ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert all_of_them[:1] == january


async def test_what_comes_late_is_counted_once_in_the_first_month_that_knows_it(reporting: Running) -> None:
    await adopt(reporting)
    early = [Life(f"{n}", JANUARY.begins + 3 * DAY).registered().raised() for n in range(10)]
    await hear_all(reporting, early)
    await publish(reporting, at=settled(JANUARY))
    late = [Life(f"late {n}", JANUARY.begins + 4 * DAY).registered().raised() for n in range(5)]
    await hear_all(reporting, late)
    await publish(reporting, at=settled(Month(2026, 3)))
    months = {row[0]: row[2]["totals"]["concerns"] for row in await published(reporting)}
    assert months == {"2026-01": 10, "2026-02": 5, "2026-03": 0}


async def test_every_month_is_counted_again_to_the_digit_from_what_was_heard_by_its_day(reporting: Running) -> None:
    await adopt(reporting)
    said = sorted((heard for life in lives(90, days=115) for heard in life.said), key=lambda heard: heard.envelope.time)
    for month in (JANUARY, Month(2026, 2), Month(2026, 3), Month(2026, 4)):
        await hear(reporting, [heard for heard in said if heard.envelope.time < settled(month)])
        await publish(reporting, at=settled(month))
    before = await published(reporting)
    assert len({row[1] for row in before}) == 4, "each month knows what had been heard by its day"
    async with reporting.service.transaction() as rows:
        history = await rows.fetch("select 1 from events where stream_id = $1", publication_id(ASSOCIATION))
        assert len(history) == 2 + 4
    again = Publication.begin_of(ASSOCIATION, secret=bytes.fromhex(await _secret(reporting)))
    again.adopt(POLICY)
    counting = Counting(ASSOCIATION)
    async with reporting.service.transaction() as rows:
        for month, position, _ in before:
            await counting.hear(rows, position)
            again.release(Month.read(month), counting.count(Month.read(month)), position=position, now=settled(Month.read(month)))
    made = [(e.month, e.inbox_position, e.published) for e in again.pending_events if isinstance(e, Publication.MonthReleased)]
    assert made == before


async def test_a_rebuild_leaves_what_is_published_as_it_was(reporting: Running) -> None:
    await adopt(reporting)
    await hear_all(reporting, lives())
    await publish(reporting, at=settled(Month(2026, 3)))
    before = await published(reporting)
    await rebuild(parts(), reporting.owner_url, reporting.service.vault)
    assert await published(reporting) == before
    assert len(before) == 3


async def test_a_year_is_its_quarters_and_a_quarter_its_months_and_every_table_adds_up(reporting: Running) -> None:
    await adopt(reporting)
    await hear_all(reporting, lives(220, days=300))
    await publish(reporting, at=settled(Month(2026, 12)))
    async with reporting.service.read() as rows:
        released = await released_of(rows, ASSOCIATION, by=reporting.clock.now())
    year = published_in(Period(2026), released)
    quarters = [published_in(Period(2026, quarter=n), released) for n in (1, 2, 3, 4)]
    months = [published_in(Period(2026, month=n), released) for n in range(1, 13)]
    for kind, total in year.totals.items():
        assert total == sum(quarter.totals[kind] for quarter in quarters) == sum(month.totals[kind] for month in months)
    for each in (year, *quarters):
        for family in ("municipality", "severity", "consent", "signal smell"):
            of_family = [
                count for (kind, node), count in each.tables.items() if kind == "concerns" and len(node) == 2 and node[0] == family
            ]
            assert sum(of_family) == each.totals["concerns"], family
        for (kind, node), count in each.tables.items():
            below = [found for (of, under), found in each.tables.items() if of == kind and under[:-2] == node and under[-2] != node[-2]]
            assert count % 5 == 0
            assert not below or sum(below) in {count, 2 * count}, "two families stand below an answer"
    assert not any(month.tables for month in months), "a month has no tables"


async def test_a_small_estate_and_a_protected_address_have_no_place_of_their_own(reporting: Running) -> None:
    await adopt(reporting)
    small = [Life(f"s{n}", JANUARY.begins + n * DAY, estate="estate-4", municipality="Ceby").registered().raised() for n in range(20)]
    hidden = [Life(f"p{n}", JANUARY.begins + n * DAY, estate="estate-1", is_protected=True).registered().raised() for n in range(20)]
    nowhere = [Life(f"n{n}", JANUARY.begins + n * DAY, estate="", municipality="Beby").registered().raised() for n in range(20)]
    await hear_all(reporting, [*small, *hidden, *nowhere])
    await publish(reporting, at=settled(Month(2026, 3)))
    places = {tuple(node): count for kind, node, count in (await published(reporting))[-1][2]["tables"] if node[0] == "municipality"}
    assert places == {
        ("municipality", "ceby"): 20, ("municipality", "ceby", "estate", ""): 20,
        ("municipality", "beby"): 20, ("municipality", "beby", "estate", ""): 20,
        ("municipality", ""): 20, ("municipality", "", "estate", ""): 20,
    }  # fmt: skip


async def test_two_evictions_averted_are_said_exactly_for_the_year_and_nowhere_else(reporting: Running) -> None:
    await adopt(reporting)
    others = [Life(f"{n}", NOW + n * DAY).registered().raised().triaged().opened().closed("moved") for n in range(30)]
    averted = [Life(f"e{n}", NOW + n * DAY).registered().raised().triaged().opened().closed("eviction_averted") for n in range(2)]
    await hear_all(reporting, [*others, *averted])
    await publish(reporting, at=settled(Month(2026, 12)))
    months = await published(reporting)
    assert [row[2]["exact"] for row in months if row[2]["exact"]] == [{"eviction_averted": 2}]
    assert not any("eviction_averted" in node for row in months for _, node, _ in row[2]["tables"])


async def test_what_a_table_of_the_year_has_shown_is_never_said_exactly(reporting: Running) -> None:
    await adopt(reporting, POLICY.replace("exact_for_a_year: [eviction_averted]", ""))
    await hear_all(reporting, [Life("e", JANUARY.begins).registered().raised().triaged().opened().closed("eviction_averted")])
    await publish(reporting, at=settled(Month(2026, 3)))
    await adopt(reporting)
    await publish(reporting, at=settled(Month(2026, 12)))
    assert [row[2]["exact"] for row in await published(reporting) if row[2]["exact"]] == []


def test_a_month_that_is_not_over_or_not_next_is_refused() -> None:
    publication = Publication.begin_of(ASSOCIATION, secret=b"s" * 32)
    with pytest.raises(NoPolicyIsAdopted):
        publication.release(JANUARY, {}, position=0, now=settled(JANUARY))
    publication.adopt(POLICY)
    with pytest.raises(MonthIsNotNext):
        publication.release(JANUARY, {}, position=0, now=settled(JANUARY) - timedelta(seconds=1))
    publication.release(JANUARY, {}, position=0, now=settled(JANUARY))
    with pytest.raises(MonthIsNotNext):
        publication.release(JANUARY, {}, position=0, now=settled(JANUARY))
    with pytest.raises(MonthIsNotNext):
        publication.release(Month(2026, 3), {}, position=0, now=settled(Month(2026, 3)))


def test_the_same_policy_again_is_no_news() -> None:
    publication = Publication.begin_of(ASSOCIATION, secret=b"s" * 32)
    publication.adopt(POLICY)
    before = publication.version
    publication.adopt(POLICY)
    assert publication.version == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a", "Filen skal være felter"),
        ("a: [", "ikke gyldig YAML"),
        (POLICY + "rows_from: 3\n", "rows_from: er for lille."),
        (POLICY + "shares_from: 5\n", "shares_from: er for lille."),
        (POLICY + "frogs: 5\n", "frogs: kendes ikke her."),
        (POLICY + 'version: "2"\n', "version står to gange"),
        ("version: x\n", "association: mangler."),
        (POLICY.replace("eviction_averted", "frogs"), "exact_for_a_year.0: kendes ikke her."),
        (POLICY.replace("homes: 12,", "homes: 0,"), "estates.estate-4.homes: er for lille."),
        (POLICY.replace("homes: 12,", "homes: 012,"), "Linje 11: tallet kan læses på to måder"),
    ],
)
def test_a_policy_that_cannot_be_read_says_where(text: str, said: str) -> None:
    publication = Publication.begin_of(ASSOCIATION, secret=b"s" * 32)
    with pytest.raises(PolicyIsNotUnderstood) as refused:
        publication.adopt(text)
    assert said in refused.value.next_step


async def _secret(reporting: Running) -> str:
    states = await reporting.rows("select state from events where topic = 'publication.begun'")
    return str(states[0]["state"]).partition('"secret":"')[2].partition('"')[0]
