"""A director fetches everything that can be fetched, every day of a year while concerns arrive one by one, and has a constraint solver."""

from __future__ import annotations

import json
from datetime import timedelta
from random import Random
from typing import Any

from services.reporting.trends.rules.period import Month
from tests.reporting.lives import some_life
from tests.reporting.publishing import POLICY, adopt, hear, publish, settled
from tests.reporting.solving import Cell, Solver, truth_of
from tests.support.services import Running, browser

DIRECTOR = "staff-director-1"
YEAR = Month(2026, 1)
DAY = timedelta(days=1)
CONCERNS = 230
PLACES = [(f"estate-{n}", ("Aaby", "Beby", "Ceby", "Deby", "Eeby")[n % 5]) for n in range(1, 26)]
WITH_ALL = POLICY + "".join(f"  estate-{n}: {{homes: {15 + 9 * n}}}\n" for n in range(5, 26))


async def test_no_cell_about_fewer_than_five_can_be_told_from_two_others(reporting: Running) -> None:
    await adopt(reporting, WITH_ALL)
    random = Random(11)
    lives = [some_life(random, f"life {n}", YEAR.begins + random.random() * 364 * DAY, places=PLACES) for n in range(CONCERNS)]
    said = sorted((heard for life in lives for heard in life.said), key=lambda heard: heard.envelope.time)
    fetched: dict[str, set[str]] = {}
    async with browser(reporting, as_=DIRECTOR) as client:
        at, day = 0, YEAR.begins
        while day <= settled(Month(2026, 12)) + DAY:
            day += DAY
            upto = next((n for n in range(at, len(said)) if said[n].envelope.time >= day), len(said))
            await hear(reporting, said[at:upto])
            at = upto
            await publish(reporting, at=day)
            month = Month.of(day)
            for period in {"2026", "2025", f"2026-Q{(month.number + 2) // 3}", str(Month(2026, month.number)), str(month.plus(-1))}:
                answer = await client.get(f"/reporting/api/figures?period={period}")
                assert answer.status_code == 200
                fetched.setdefault(period, set()).add(answer.text)
        whole = (await client.get("/reporting/api/figures?period=2026")).json()
    assert len(fetched["2026"]) == 13, "nothing, and then a new page with each of twelve months: no day tells anything of its own"
    rows = await reporting.rows("select month, published from month_releases order by month")
    published = [(row["month"], row["published"]) for row in rows]
    assert len(published) == 12
    _is_made_of(whole, published)
    counted = await _counted(reporting)
    truth = truth_of(counted, published)
    small = [cell for cell, count in truth.items() if 0 < count < 5]
    assert len(small) > 120
    most = sum(truth[cell] for cell in truth if cell[0] == "concerns" and cell[2] == ()) + 200
    found = Solver(published, most=most).values(truth, small)
    assert {cell: numbers for cell, numbers in found.items() if len(numbers) < 3} == {}


async def _counted(reporting: Running) -> list[tuple[str, Any]]:
    states = await reporting.rows("select state from events where topic = 'publication.month_released' order by position")
    return [(state["month"], state["counted"]) for state in (json.loads(row["state"]) for row in states)]


def _is_made_of(whole: dict[str, Any], published: list[tuple[str, Any]]) -> None:
    """No number of the page comes from anywhere else than the rows the solver has."""
    totals = {line["code"]: line["count"] for section in whole["sections"] if section["code"] == "totals" for line in section["lines"]}
    assert totals == {kind: sum(numbers["totals"][kind] for _, numbers in published) for kind in totals}
    known: dict[str, int] = {}
    for _, numbers in published:
        for kind, node, count in numbers["tables"]:
            if kind == "concerns" and node[0] == "severity":
                known[node[1]] = known.get(node[1], 0) + count
    lines = {line["code"]: line["count"] for section in whole["sections"] if section["code"] == "severities" for line in section["lines"]}
    assert all(known[code] == count for code, count in lines.items() if code != "others")
    assert sum(lines.values()) == totals["concerns"]


def test_the_solver_finds_what_may_not_be_published() -> None:
    """The proof can fail: had a total been exact beside its rounded parts, they would be found."""
    high, low = ("severity", "high"), ("severity", "low")
    numbers = {"totals": {"concerns": 5, **dict.fromkeys(_OTHERS, 0)}, "tables": [["concerns", high, 5], ["concerns", low, 0]], "exact": {}}
    truth: dict[Cell, int] = {(kind, "2026-03", ()): 0 for kind in _OTHERS}
    truth |= {("concerns", "2026-03", ()): 2, ("concerns", "2026-03", high): 2, ("concerns", "2026-03", low): 0}
    wanted = [("concerns", "2026-03", high)]
    assert len(Solver([("2026-03", numbers)], most=99).values(truth, wanted)[wanted[0]]) >= 3
    exact = dict.fromkeys(_OTHERS, 0) | {"concerns": 2}
    assert Solver([("2026-03", numbers)], most=99, also_exact=exact).values(truth, wanted)[wanted[0]] == {1, 2}


_OTHERS = ("assessed", "contacted", "closed", "damage", "accompanied")
