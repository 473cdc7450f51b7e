"""The overview over HTTP: its numbers are the lists they lead to, and it is told to who works on the cases, as far as they reach."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.cases.case.rules.concern import DismissConcern, SeeConcern
from services.cases.case.rules.handling import RecordContact
from services.cases.case.rules.protection import RecordProtection
from services.cases.case.rules.referrals import SendReferral
from shared.words.labels import label
from shared.words.vocabulary.people import Role
from tests.cases.case.living import LEAD, SOCIAL_CARETAKER, opened, raised, take
from tests.support.colleagues import heard_of
from tests.support.services import Running, browser

HTML = {"Accept": "text/html", "Accept-Language": "da"}
COUNTED = re.compile(r'<a class="overview-number[^"]*" href="([^"]+)">(\d+)<span')
ROW = re.compile(r'<li class="queue-case')


async def busy(cases: Running) -> dict[str, UUID]:
    """Some of everything, and all of it late."""
    done = {
        "acute": await raised(cases, severity="acute", estate="estate-1"),
        "unseen": await raised(cases, severity="low", estate="estate-2"),
        "seen": await raised(cases, severity="high", estate="estate-1"),
        "untold": await raised(cases, severity="low", estate="estate-2"),
        "open": await opened(cases, severity="medium", estate="estate-2"),
        "passed on": await opened(cases, severity="high", estate="estate-1"),
        "protected": await raised(cases, severity="medium", estate="hvidtjoern", is_protected=True),
    }
    await take(cases, done["protected"], RecordProtection, source="authority")
    await take(cases, done["seen"], SeeConcern)
    await take(cases, done["untold"], DismissConcern, reason="unfounded")
    await take(cases, done["passed on"], RecordContact, reached=True, channel="phone")
    await take(cases, done["passed on"], SendReferral, id=uuid4(), target="municipal.visitation", channel="phone")
    cases.clock.forward(timedelta(days=40))
    done["fresh"] = await raised(cases, severity="low", estate="estate-1")
    return done


async def listed(client: httpx.AsyncClient, address: str) -> list[str]:
    """Every case of a JSON list, from its first page to its last."""
    found: list[str] = []
    cursor = ""
    while True:
        answer = await client.get(address, params={**dict(httpx.URL(address).params), "limit": 2, "cursor": cursor} if cursor else None)
        assert answer.status_code == 200, (address, answer.text)
        found += [one["case_id"] for one in answer.json()["cases"]]
        cursor = answer.json()["next"]
        if not cursor:
            return found


def numbers_in(told: Any) -> list[dict[str, Any]]:
    """Every number of the answer, wherever it stands."""
    if isinstance(told, dict):
        return ([told] if "listed_at" in told else []) + [one for value in told.values() for one in numbers_in(value)]
    return [one for value in told for one in numbers_in(value)] if isinstance(told, list) else []


async def test_every_number_in_json_is_the_length_of_its_list(cases: Running) -> None:
    await busy(cases)
    async with browser(cases, as_=LEAD) as client:
        for asked in ("", "?mine=true", "?estate=estate-1", "?estate=hvidtjoern"):
            told = (await client.get(f"/cases/api/overview{asked}")).json()
            numbers = numbers_in(told)
            assert len(numbers) > 40
            for number in numbers:
                cases_of_it = await listed(client, number["listed_at"])
                assert number["cases"] == len(cases_of_it), number
                assert number["oldest"] in {None, *cases_of_it}
        assert told["queue"]["cases"] == 0, "nobody learns from an estate that somebody there lives at a protected address"


async def test_the_numbers_say_what_there_is(cases: Running) -> None:
    await busy(cases)
    async with browser(cases, as_=LEAD) as client:
        told = (await client.get("/cases/api/overview")).json()
    by_code = {part: {one["code"]: one["cases"] for one in told[part]} for part in ("sections", "statuses", "overdue_kinds", "lacks")}
    assert told["queue"]["cases"] == 8
    assert told["overdue"]["cases"] == 7
    assert told["overdue_unseen"]["cases"] == 2
    assert by_code["statuses"] | {"raised": 5, "open": 2, "dismissed": 1, "closed": 0} == by_code["statuses"]
    assert by_code["sections"] | {"acute": 1, "unseen": 2, "overdue": 5} == by_code["sections"]
    assert by_code["overdue_kinds"] | {"triage": 4, "first_contact": 1, "answer": 1, "tell_caretaker": 3} == by_code["overdue_kinds"]
    assert by_code["lacks"] == {"look": 3, "date": 0, "handler": 5}
    load = {one["handler"]: one["open"]["cases"] for one in told["load"]}
    assert load[SOCIAL_CARETAKER] == 2
    assert load[LEAD] == 0, "who carries nothing is shown, too"
    assert told["nobodys"]["queue"]["cases"] == 6, "with the one that ended and of which the caretaker waits to hear"


async def test_what_everybody_carries_adds_up_to_the_whole(cases: Running) -> None:
    await busy(cases)
    async with browser(cases, as_=LEAD) as client:
        for asked in ("", "?mine=true", "?estate=estate-1"):
            told = (await client.get(f"/cases/api/overview{asked}")).json()
            of = {part: {one["code"]: one for one in told[part]} for part in ("statuses", "lacks")}
            wholes = {
                "queue": told["queue"],
                "open": of["statuses"]["open"],
                "overdue": told["overdue"],
                "without_date": of["lacks"]["date"],
            }
            rows = [told["nobodys"], *told["load"]]
            assert {name: sum(row[name]["cases"] for row in rows) for name in wholes} == {
                name: one["cases"] for name, one in wholes.items()
            }
            for row in rows:
                assert max(row[name]["cases"] for name in wholes) == row["queue"]["cases"], "the others are a part of what is in the queue"


async def test_the_page_shows_what_the_columns_add_up_to_and_why_nobody_has_more_than_waits_for_a_handler(cases: Running) -> None:
    await busy(cases)
    async with browser(cases, as_=LEAD) as client:
        page = (await client.get("/cases/overview", headers=HTML)).text
    rows = [re.findall(r">(\d+)<span", row) for row in page.partition("<caption>Hos hvem")[2].split("<tr ")[2:]]
    columns = [[int(number) for number in column] for column in zip(*rows, strict=True)]
    assert [sum(column[:-1]) for column in columns] == [column[-1] for column in columns], "the last row is the whole"
    assert "Uden sagsbehandler: 5 venter på en, og 1 er slut, men viceværten mangler at få det at vide." in page


async def test_every_number_on_the_page_is_the_length_of_its_list_without_javascript(cases: Running) -> None:
    await busy(cases)
    async with browser(cases, as_=LEAD) as client:
        page = await client.get("/cases/overview", headers=HTML)
        assert page.status_code == 200, page.text
        numbers = COUNTED.findall(page.text)
        assert len(numbers) > 40
        for address, number in numbers:
            answer = await client.get(unescape(address), headers=HTML)
            assert answer.status_code == 200, address
            assert len(ROW.findall(answer.text)) == int(number), address
            assert f'<span role="status">{number} sag' in answer.text, "the list says the same number"
    assert "<script" not in page.text.split("<main")[1]


async def test_a_number_that_does_not_fit_a_page_is_followed_to_the_last(cases: Running) -> None:
    for _ in range(53):
        await raised(cases, severity="low")
    async with browser(cases, as_=LEAD) as client:
        page = (await client.get("/cases/overview", headers=HTML)).text
        address = next(unescape(address) for address, number in COUNTED.findall(page) if number == "53" and "lacks=look" in address)
        first = (await client.get(address, headers=HTML)).text
        more = re.search(r'rel="next" href="([^"]+)"', first)
        assert more
        second = (await client.get(unescape(more[1]), headers=HTML)).text
    assert len(ROW.findall(first)) + len(ROW.findall(second)) == 53
    assert 'rel="next"' not in second


async def test_a_social_caretaker_is_told_of_what_she_may_read_and_no_more(cases: Running) -> None:
    there = await busy(cases)
    await heard_of(cases, SOCIAL_CARETAKER, Role.SOCIAL_CARETAKER, estates=("estate-1",))
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        told = (await client.get("/cases/api/overview")).json()
        assert set(await listed(client, told["queue"]["listed_at"])) == {
            str(there[which]) for which in ("acute", "seen", "open", "passed on", "fresh")
        }
        assert told["queue"]["cases"] == 5
        assert {one["handler"] for one in told["load"]} == {SOCIAL_CARETAKER}
        page = (await client.get("/cases/overview", headers=HTML)).text
        assert "dine afdelinger" in page


async def test_who_keeps_out_of_a_case_does_not_find_it_in_a_number(cases: Running) -> None:
    there = await busy(cases)
    async with browser(cases, as_=LEAD) as client:
        before = (await client.get("/cases/api/overview")).json()
        await heard_of(cases, LEAD, Role.SOCIAL_LEAD, shut_from=(there["acute"],))
        after = (await client.get("/cases/api/overview")).json()
    assert (before["queue"]["cases"], after["queue"]["cases"]) == (8, 7)
    assert next(one["cases"] for one in after["sections"] if one["code"] == "acute") == 0
    assert str(there["acute"]) not in str(after)


async def test_who_is_away_is_said_to_be(cases: Running) -> None:
    await opened(cases)
    await heard_of(cases, SOCIAL_CARETAKER, Role.SOCIAL_CARETAKER, estates=("estate-1",), stand_in=LEAD)
    async with browser(cases, as_=LEAD) as client:
        told = (await client.get("/cases/api/overview")).json()
        page = (await client.get("/cases/overview", headers=HTML)).text
    assert {one["handler"] for one in told["load"] if one["is_away"]} == {SOCIAL_CARETAKER}
    assert "fraværende nu" in page


@pytest.mark.parametrize("who", ["staff-director-1", "staff-auditor-1", "staff-dpo-1", "staff-caretaker-1", "staff-operator-1"])
async def test_whoever_does_not_work_on_cases_is_refused(cases: Running, who: str) -> None:
    async with browser(cases, as_=who) as client:
        told = await client.get("/cases/api/overview", headers={"Brobygger-Purpose": "audit"} if "auditor" in who else {})
        page = await client.get("/cases/overview", headers=HTML)
        queue = await client.get("/cases/?formaal=audit", headers=HTML)
    assert (told.status_code, told.json()["code"]) == (403, "not-allowed")
    assert page.status_code == 403
    assert "Det har du ikke adgang til" in page.text
    assert 'href="/cases/overview"' not in page.text + queue.text, "nor are they shown the way"


async def test_a_look_at_the_numbers_is_written_down(cases: Running) -> None:
    async with browser(cases, as_=LEAD) as client:
        await client.get("/cases/overview", headers=HTML)
    looks = await cases.rows("select actor, role, purpose, action, relation from access_log")
    assert [tuple(look) for look in looks] == [(LEAD, "social_lead", "case_work", "read_overview", "association")]


async def test_nothing_is_green_and_nothing_is_hidden_where_there_is_nothing(cases: Running) -> None:
    async with browser(cases, as_=LEAD) as client:
        page = (await client.get("/cases/overview", headers=HTML)).text
        told = (await client.get("/cases/api/overview")).json()
    assert {number for _, number in COUNTED.findall(page)} == {"0"}
    assert {number["cases"] for number in numbers_in(told)} == {0}
    assert {number["since"] for number in numbers_in(told)} == {None}
    assert "skjult" not in page
    assert "good" not in page.split("<main")[1]


async def test_what_the_queue_is_narrowed_to_is_said_and_can_be_undone(cases: Running) -> None:
    there = await busy(cases)
    async with browser(cases, as_=LEAD) as client:
        page = (await client.get("/cases/?late=tell_caretaker&handler=-&estate=estate-2", headers=HTML)).text
        assert re.findall(r'/cases/([0-9a-f-]{36})"', page.split("<main")[1]) == [str(there["untold"])]
        assert "Overskredet: Besked til viceværten" in page
        assert 'href="/cases/?estate=estate-2&amp;handler=-"' in page, "one may be undone alone"
        assert '<input type="hidden" name="late" value="tell_caretaker">' in page, "and the form keeps it"
        assert re.search(r'queue-figure">1</span> <span>Overskredet', page), "the counts follow"
        assert re.search(r'queue-figure">0</span> <span>Akut', page)


async def test_whatever_is_late_with_something_says_so_where_it_is_listed_for_it(cases: Running) -> None:
    await busy(cases)
    async with browser(cases, as_=LEAD) as client:
        told = (await client.get("/cases/api/cases")).json()["cases"]
        kinds = {kind for one in told for kind in one["late"]}
        assert len(kinds) > 2
        for kind in kinds:
            rows = (await client.get(f"/cases/?late={kind}", headers=HTML)).text.split('<li class="queue-case')[1:]
            assert rows
            assert all(label(kind, "clocks", language="da") in unescape(row) for row in rows), kind
