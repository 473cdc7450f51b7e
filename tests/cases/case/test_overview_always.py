"""Every number of the overview is the length of the list it leads to, whatever the cases are, whoever asks, and whatever they choose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import asyncpg
from hypothesis import HealthCheck, settings
from hypothesis import given as whatever
from hypothesis import strategies as st

from services.cases.case.pages.queue_links import queue_link
from services.cases.case.queries.filters import Filters, filters_of
from services.cases.case.queries.overview import Number, Overview, overview
from services.cases.case.queries.queue import Waiting, queue
from services.cases.case.rules.case import Case
from shared.history.rebuild import OpenedRows
from shared.privacy.access import Reach
from shared.privacy.personal import NO_KEYS
from tests.cases.case.test_waiting_always import LIVES, MOMENTS, history, undone, write_line
from tests.support.given import AN_ID
from tests.support.properties import times
from tests.support.services import ASSOCIATION, Running

ESTATES, COLLEAGUES, HOMES = ("estate-1", "estate-2"), ("staff-social_lead", "staff-social_caretaker"), (UUID(int=71), UUID(int=72))

WHERE = st.fixed_dictionaries(
    {
        "association": st.sampled_from([ASSOCIATION] * 5 + ["another"]),
        "estate_id": st.sampled_from(ESTATES),
        "visitor": st.sampled_from(["", *COLLEAGUES]),
        "is_address_protected": st.booleans(),
        "home_id": st.sampled_from([None, *HOMES]),
    }
)
REACHES = st.one_of(
    st.just(Reach(association=ASSOCIATION)),
    st.builds(
        Reach,
        association=st.just(ASSOCIATION),
        estates=st.frozensets(st.sampled_from(ESTATES)),
        handlers=st.frozensets(st.sampled_from(COLLEAGUES), min_size=1),
        is_for_acute=st.booleans(),
        shut_from=st.frozensets(st.sampled_from([*HOMES, UUID(int=901)])),
    ),
)
CHOSEN = st.builds(filters_of, estate=st.sampled_from(["", *ESTATES]), mine=st.frozensets(st.sampled_from(COLLEAGUES)))


def numbers_of(found: Any) -> Iterator[Number]:
    """Every number, wherever it stands."""
    if isinstance(found, Number):
        yield found
    elif isinstance(found, dict):
        for value in found.values():
            yield from numbers_of(value)
    elif isinstance(found, list):
        for value in found:
            yield from numbers_of(value)
    elif is_dataclass(found):
        for field in fields(found):
            yield from numbers_of(getattr(found, field.name))


def read_again(address: str, *, mine: frozenset[str]) -> Filters:
    """The filters that a link says, as the page reads them."""
    said = parse_qs(urlsplit(address).query)
    one: dict[str, Any] = {name: values[0] for name, values in said.items() if name in ("estate", "handler", "status", "late", "section")}
    return filters_of(severities=said.get("severity", []), lacks=said.get("lacks", []), mine=mine if "mine" in said else (), **one)


async def followed(connection: asyncpg.Connection[Any], reach: Reach, filters: Filters, *, at: datetime, by: int) -> list[Waiting]:
    """The whole list, from its first page to its last."""
    rows: list[Waiting] = []
    after = None
    while found := await queue(connection, reach, at=at, filters=filters, after=after, limit=by):
        rows += found[:by]
        after = found[by - 1].keyset if len(found) > by else None
        if after is None:
            break
    assert len({row.case_id for row in rows}) == len(rows), "nothing is shown twice"
    return rows


@whatever(
    lives=st.lists(st.tuples(LIVES, WHERE), min_size=1, max_size=5),
    at=MOMENTS,
    reach=REACHES,
    chosen=CHOSEN,
    by=st.sampled_from([1, 2, 50]),
)
@settings(max_examples=times(0.5), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
async def test_every_number_is_the_length_of_the_list_it_leads_to(
    cases: Running, lives: list[tuple[Case, dict[str, Any]]], at: datetime, reach: Reach, chosen: Filters, by: int
) -> None:
    async with cases.service.read() as connection, undone(connection):
        for number, (case, where) in enumerate(lives):
            await write_line(OpenedRows(connection, NO_KEYS), history(case), known=None)
            places = {**where, "case_id": UUID(int=900 + number)}
            sets = ", ".join(f"{column} = ${place}" for place, column in enumerate(places, 2))
            await connection.execute(f"update case_list set {sets} where case_id = $1", AN_ID, *places.values())
        found: Overview = await overview(connection, reach, at=at, within=chosen)
        lists = {
            number.filters: await followed(
                connection, reach, read_again(queue_link(number.filters), mine=frozenset(chosen.mine)), at=at, by=by
            )
            for number in numbers_of(found)
        }

    for each in numbers_of(found):
        rows = lists[each.filters]
        assert each.cases == len(rows), each.filters
        assert (each.oldest is None) == (each.since is None) == (not rows)
        assert each.oldest in {None, *(row.case_id for row in rows)}
        if rows and not each.filters.late:
            assert each.since == min(row.raised_at for row in rows)
    parts: tuple[dict[Any, Number], ...] = (found.sections, found.statuses, found.severities)
    for part in parts:
        assert sum(each.cases for each in part.values()) == found.all.cases
    everything = lists[chosen]
    assert found.overdue.cases == sum(bool(row.late) for row in everything)
    assert found.overdue_unseen.cases == sum(bool(row.late) and "look" in row.lacks for row in everything)
    for kind, each in found.overdue_kinds.items():
        assert each.cases == sum(kind in row.late for row in everything), kind
    for lack, each in found.lacks.items():
        assert each.cases == sum(lack in row.lacks for row in everything), lack
    assert {one.handler for one in found.load} == {row.handler for row in everything} - {""}
    for one in [found.nobodys, *found.load]:
        assert one.queue.cases == sum(row.handler == one.handler for row in everything)
        assert one.open.cases == sum(row.handler == one.handler and row.status == "open" for row in everything)
