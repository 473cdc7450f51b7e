"""The page and the files: who may see them, what they hide, and that a look leaves a line."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from shared.running.listener import Listener
from tests.reporting.lives import HOUR, Life, record, some_life
from tests.support.services import NOW, Running, browser

DIRECTOR = "staff-director-1"
HTML = {"Accept": "text/html"}


@pytest.fixture
async def with_a_year(reporting: Running) -> Running:
    """Reporting after 80 concerns of the last months."""
    random = Random(7)
    lives = [some_life(random, f"life {n}", NOW - timedelta(days=60) + random.random() * 58 * 24 * HOUR) for n in range(80)]
    await Listener(reporting.service).take_in([record(heard) for life in lives for heard in life.said])
    return reporting


async def test_a_director_sees_the_figures_of_this_year(with_a_year: Running) -> None:
    async with browser(with_a_year, as_=DIRECTOR) as client:
        answer = await client.get("/reporting/", headers=HTML)
    assert answer.status_code == 200
    assert "Tal for 2026" in answer.text
    assert "Sådan er tallene lavet" in answer.text
    assert "Opdateret kl." in answer.text
    assert "staff-caretaker-1" not in answer.text


async def test_a_new_association_sees_a_page_that_says_so(reporting: Running) -> None:
    async with browser(reporting, as_=DIRECTOR) as client:
        answer = await client.get("/reporting/", headers=HTML)
    assert answer.status_code == 200
    assert "Ingen bekymringer i perioden" in answer.text
    assert "endnu ikke hørt noget" in answer.text


async def test_of_a_few_concerns_the_page_shows_nothing(reporting: Running) -> None:
    lives = [Life(f"{n}", estate="estate-1").registered().raised() for n in range(4)]
    await Listener(reporting.service).take_in([record(heard) for life in lives for heard in life.said])
    async with browser(reporting, as_=DIRECTOR) as client:
        answer = await client.get("/reporting/", headers=HTML)
    assert "For få til at vise" in answer.text
    assert "estate-1" not in answer.text


async def test_an_estate_is_called_by_the_name_it_had_last(reporting: Running) -> None:
    names = ("", "Bakken", "Bakken", "Bakken", "Bakken", "Nye Bakken")
    lives = [Life(f"{n}", at=NOW - (6 - n) * HOUR, estate_name=name).registered().raised() for n, name in enumerate(names)]
    await Listener(reporting.service).take_in([record(heard) for life in lives for heard in life.said])
    async with browser(reporting, as_=DIRECTOR) as client:
        answer = await client.get("/reporting/", headers=HTML)
    assert '<th scope="row">Nye Bakken</th>' in answer.text
    assert "estate-1" not in answer.text


@pytest.mark.parametrize("address", ["/reporting/", "/reporting/api/figures", "/reporting/api/figures.csv"])
@pytest.mark.parametrize("somebody", ["staff-caretaker-1", "staff-clerk-1", "staff-operator-1"])
async def test_others_may_not_see_them(reporting: Running, address: str, somebody: str) -> None:
    async with browser(reporting, as_=somebody) as client:
        answer = await client.get(address, headers=HTML)
    assert answer.status_code == 403
    assert await reporting.value("select count(*) from access_log") == 0


@pytest.mark.parametrize("somebody", [DIRECTOR, "staff-social-lead-1", "staff-social-caretaker-1", "staff-dpo-1", "staff-auditor-1"])
async def test_those_who_may_see_them_leave_a_line(reporting: Running, somebody: str) -> None:
    async with browser(reporting, as_=somebody) as client:
        await client.get("/reporting/api/figures")
        await client.get("/reporting/api/figures.csv")
    looks = await reporting.rows("select actor, action, relation from access_log order by position")
    assert [tuple(look) for look in looks] == [(somebody, "read_figures", "association"), (somebody, "export_figures", "association")]


async def test_nobody_sees_them_without_signing_in(reporting: Running) -> None:
    async with browser(reporting) as client:
        assert (await client.get("/reporting/api/figures")).status_code == 401
        assert (await client.get("/reporting/", headers=HTML)).headers["location"].startswith("/intake/sign-in")


async def test_a_period_that_cannot_be_read_is_said_so_and_this_year_is_shown(with_a_year: Running) -> None:
    async with browser(with_a_year, as_=DIRECTOR) as client:
        page = await client.get("/reporting/?from=whenever", headers=HTML)
        problem = await client.get("/reporting/api/figures?from=2026-05&to=2026-01")
    assert page.status_code == 422
    assert "Perioden kan ikke læses." in page.text
    assert "Tal for 2026" in page.text
    assert problem.status_code == 422
    assert problem.json()["detail"] == "Perioden slutter, før den begynder."


async def test_the_figures_of_another_day_are_refused_and_not_those_of_today(reporting: Running) -> None:
    async with browser(reporting, as_=DIRECTOR) as client:
        problem = await client.get("/reporting/api/figures?as_of=2026-01-01")
    assert problem.status_code == 400
    assert problem.json()["errors"] == [{"detail": "Kendes ikke her.", "parameter": "as_of"}]
    assert "from, lang, municipality, purpose, to" in problem.json()["nextStep"]


async def test_the_api_shows_the_same_as_the_page_and_hides_the_same(with_a_year: Running) -> None:
    async with browser(with_a_year, as_=DIRECTOR) as client:
        body = (await client.get("/reporting/api/figures?from=2026-01&to=2026-12")).json()
        page = (await client.get("/reporting/", headers=HTML)).text
    assert (body["first_month"], body["last_month"], body["is_rounded"]) == ("2026-01", "2026-12", False)
    assert body["concerns"] == sum(line["count"] for line in body["severities"])
    assert f'<p class="figure-value">{body["concerns"]}</p>' in page
    assert all(count is None or count == 0 or count >= 5 for count in _counts(body))


async def test_a_municipality_is_shown_rounded(with_a_year: Running) -> None:
    async with browser(with_a_year, as_=DIRECTOR) as client:
        body = (await client.get("/reporting/api/figures", params={"municipality": "Aaby"})).json()
        page = (await client.get("/reporting/", params={"municipality": "Aaby"}, headers=HTML)).text
    assert body["is_rounded"]
    assert all(count is None or count % 5 == 0 for count in _counts(body))
    assert [place["municipality"] for place in body["places"]] == ["Aaby"]
    assert "ca. " in page


async def test_the_file_is_for_a_danish_spreadsheet_and_runs_nothing(reporting: Running) -> None:
    lives = [Life(f"{n}", estate="=cmd|' /c calc'!A0", municipality="Åby").registered().raised() for n in range(6)]
    await Listener(reporting.service).take_in([record(heard) for life in lives for heard in life.said])
    async with browser(reporting, as_=DIRECTOR) as client:
        answer = await client.get("/reporting/api/figures.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="brobygger-tal-2026-01-2026-12.csv"' in answer.headers["content-disposition"]
    lines = answer.text.split("\r\n")
    assert lines[0] == "\ufeffafsnit;hvad;undergruppe;tal"
    assert "bekymringer;i alt;;6" in lines
    assert "kommune;Åby;;6" in lines
    assert "afdeling;Åby;'=cmd|' /c calc'!A0;6" in lines


async def test_an_estate_whose_name_is_markup_is_shown_as_text(reporting: Running) -> None:
    lives = [Life(f"{n}", estate="<script>alert(1)</script>").registered().raised() for n in range(6)]
    await Listener(reporting.service).take_in([record(heard) for life in lives for heard in life.said])
    async with browser(reporting, as_=DIRECTOR) as client:
        page = (await client.get("/reporting/", headers=HTML)).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def _counts(body: object) -> list[int | None]:
    """Every count in an answer: what stands under a name that counts."""
    match body:
        case dict():
            found = [
                body[name]
                for name in ("count", "sent", "answered", "unanswered", "concerns")
                if name in body and not isinstance(body[name], dict)
            ]
            return found + [count for name, part in body.items() if name not in ("durations", "promises") for count in _counts(part)]
        case list():
            return [count for part in body for count in _counts(part)]
        case _:
            return []
