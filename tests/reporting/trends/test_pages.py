"""The page and the files: who may see them, what they show, and that a look leaves a line with what was chosen."""

from __future__ import annotations

import csv
import io
import re
import zlib
from datetime import timedelta
from random import Random

import pytest
from openpyxl import load_workbook

from services.reporting.trends.queries.paper import printable
from services.reporting.trends.rules.period import Month
from shared.web.spreadsheet import is_taken_for_another
from tests.reporting.lives import Life, some_life
from tests.reporting.publishing import POLICY, adopt, hear, publish, settled
from tests.support.services import NOW, Running, browser

DIRECTOR, DPO, AUDITOR = "staff-director-1", "staff-dpo-1", "staff-auditor-1"
HTML = {"Accept": "text/html"}
DAY = timedelta(days=1)
ADDRESSES = [
    "/reporting/", "/reporting/api/figures", "/reporting/api/figures.csv", "/reporting/api/figures.xlsx", "/reporting/api/figures.pdf",
]  # fmt: skip


@pytest.fixture
async def with_two_years(reporting: Running) -> Running:
    """Reporting after 350 concerns of two years, all of 2025 and three quarters of 2026 published."""
    await adopt(reporting)
    random = Random(7)
    lives = [some_life(random, f"life {n}", Month(2025, 1).begins + random.random() * 635 * DAY) for n in range(350)]
    await hear(reporting, sorted((heard for life in lives for heard in life.said), key=lambda heard: heard.envelope.time))
    await publish(reporting, at=settled(Month(2026, 9)))
    return reporting


async def test_a_director_reads_the_newest_year_with_names_beside_the_year_before(with_two_years: Running) -> None:
    async with browser(with_two_years, as_=DIRECTOR) as client:
        text = (await client.get("/reporting/", headers=HTML)).text
    assert "Boligforeningen Prøvegården" in text
    assert "Tal for 2026" in text
    assert "Der er talt til og med september 2026. Den næste måned, oktober 2026, bliver talt den 4. nov. 2026." in text
    assert "Udsættelse afværget: tælles, når året er slut, og siges præcist for hele 2026 den 4. jan. 2027." in text
    assert "året før" in text
    assert "pr. 100 boliger" in text
    assert "mål 90 %" in text
    assert "Aaby Kommune" in text
    assert "Nøddekrattet" in text
    assert "Frøskoven" not in text, "twelve homes are too few to stand alone"
    assert ">estate-1<" not in text
    assert "staff-caretaker-1" not in text
    assert "skjult" not in text.lower()
    assert " style=" not in text, "the content policy takes no inline styles"
    assert text.index("figures.xlsx") < text.index("figure-card"), "the files are at the top"


async def test_a_year_that_is_over_says_what_the_policy_lets_it_say_exactly(with_two_years: Running) -> None:
    two = [Life(f"e{n}", NOW).registered().raised().triaged().opened().closed("eviction_averted") for n in range(2)]
    await hear(with_two_years, [heard for life in two for heard in life.said])
    await publish(with_two_years, at=settled(Month(2026, 12)))
    async with browser(with_two_years, as_=DIRECTOR) as client:
        text = (await client.get("/reporting/?period=2026", headers=HTML)).text
    assert re.search(r"<strong>[^<]*afværget[^<]*: 2</strong>", text)


async def test_each_heading_and_each_table_says_which_months_it_is_of(with_two_years: Running) -> None:
    await publish(with_two_years, at=settled(Month(2026, 10)))
    async with browser(with_two_years, as_=DIRECTOR) as client:
        text = (await client.get("/reporting/?period=2026", headers=HTML)).text
    whole, apart = text.partition('<h2 id="apart">')[::2]
    assert "I alt, januar–oktober 2026</h2>" in whole
    assert apart.startswith("Hvad det handler om, januar–september 2026</h2>")
    tables = re.findall(r"<caption>(.*?)</caption>", apart)
    assert len(tables) > 6
    assert all('<span class="before">januar–september 2026' in caption for caption in tables)
    assert any(re.search(r"Hvor alvorligt <span[^>]*>januar–september 2026 · ca. \d+ i alt<", caption) for caption in tables)


async def test_every_rounded_number_on_the_page_says_so(with_two_years: Running) -> None:
    async with browser(with_two_years, as_=DIRECTOR) as client:
        for period in ("2026", "2025", "2026-Q1", "2026-02"):
            text = (await client.get(f"/reporting/?period={period}", headers=HTML)).text
            numbers = re.findall(r'<td class="number">([^<]*)|class="figure-value">([^<]*)|<span class="before">(året før [^<]*)', text)
            found = [next(filter(None, each)).removeprefix("året før ").strip() for each in numbers]
            assert len(found) > 10
            assert all(number.startswith(("ca. ", "under ", "få ")) for number in found), found


async def test_a_day_is_said_as_people_say_it(with_two_years: Running) -> None:
    async with browser(with_two_years, as_=DIRECTOR) as client:
        text = (await client.get("/reporting/?period=2025&as_of=2026-09-30", headers=HTML)).text
    assert "Som det var offentliggjort den 30. sep. 2026." in text
    assert "2026-09-30" not in re.sub(r'href="[^"]*"', "", text)


async def test_a_quarter_and_a_month_are_reached_from_the_year(with_two_years: Running) -> None:
    async with browser(with_two_years, as_=DIRECTOR) as client:
        text = (await client.get("/reporting/", headers=HTML)).text
        found = re.findall(r'href="(/reporting/\?period=[^"]+)"', text)
        assert len(found) == 2 + 3 + 9
        for address in found:
            answer = await client.get(address, headers=HTML)
            assert answer.status_code == 200
            assert 'aria-current="page"' in answer.text


async def test_without_a_policy_nothing_is_shown_and_the_dpo_is_led_to_it(reporting: Running) -> None:
    await hear(reporting, Life("a").registered().raised().said)
    async with browser(reporting, as_=DIRECTOR) as client:
        page = await client.get("/reporting/", headers=HTML)
        answer = await client.get("/reporting/api/figures")
    assert "Der er ingen aftale om tal endnu" in page.text
    assert "/reporting/policy" not in page.text
    assert (answer.json()["policy"], answer.json()["sections"]) == ("", [])
    async with browser(reporting, as_=DPO) as client:
        assert "/reporting/policy" in (await client.get("/reporting/", headers=HTML)).text


async def test_before_the_first_month_is_over_the_page_says_so(reporting: Running) -> None:
    await adopt(reporting)
    async with browser(reporting, as_=DIRECTOR) as client:
        answer = await client.get("/reporting/", headers=HTML)
    assert answer.status_code == 200
    assert "Ingen tal er offentliggjort for perioden" in answer.text


async def test_the_dpo_adopts_a_policy_and_nobody_else_may(reporting: Running) -> None:
    async with browser(reporting, as_=DPO) as client:
        wrong = await client.post("/reporting/policy", data={"text": POLICY + "frogs: 1\n"}, headers=HTML)
        assert wrong.status_code == 422
        assert "frogs: kendes ikke her." in wrong.text
        assert "eviction_averted" in wrong.text, "what was typed is still there"
        assert (await client.post("/reporting/policy", data={"text": POLICY}, headers=HTML)).status_code == 303
        page = await client.get("/reporting/policy", headers=HTML)
        assert "Gældende version: 2026-1" in page.text
        assert (await client.post("/reporting/api/policy", json={"text": POLICY})).status_code == 204
        assert (await client.get("/reporting/api/policy")).json()["adopted_by"] == DPO
    for somebody in (DIRECTOR, AUDITOR, "staff-social-lead-1"):
        async with browser(reporting, as_=somebody) as client:
            assert (await client.post("/reporting/api/policy", json={"text": POLICY})).status_code == 403
    assert await reporting.value("select count(*) from figure_policies") == 1


async def test_as_of_a_day_only_what_was_published_by_then_is_shown(with_two_years: Running) -> None:
    await publish(with_two_years, at=settled(Month(2026, 10)))
    async with browser(with_two_years, as_=DIRECTOR) as client:
        now = (await client.get("/reporting/api/figures?period=2026")).json()
        then = (await client.get("/reporting/api/figures?period=2026&as_of=2026-10-05")).json()
        before = (await client.get("/reporting/api/figures?period=2026&as_of=2024-01-01")).json()
        wrong = await client.get("/reporting/api/figures?as_of=whenever")
    assert (now["months"], then["months"], before["months"]) == (10, 9, 0)
    assert wrong.status_code == 422


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("somebody", ["staff-caretaker-1", "staff-clerk-1", "staff-operator-1"])
async def test_others_may_not_see_them(reporting: Running, address: str, somebody: str) -> None:
    async with browser(reporting, as_=somebody) as client:
        answer = await client.get(address, headers=HTML)
    assert answer.status_code == 403
    assert await reporting.value("select count(*) from access_log") == 0


async def test_a_look_leaves_a_line_with_what_was_chosen_and_the_auditor_sees_it(with_two_years: Running) -> None:
    async with browser(with_two_years, as_=DIRECTOR) as client:
        await client.get("/reporting/api/figures?period=2026-Q1")
        await client.get("/reporting/api/figures.csv?period=2025&as_of=2026-09-01")
    looks = await with_two_years.rows("select actor, action, selection from access_log order by position")
    assert [tuple(look) for look in looks] == [
        (DIRECTOR, "read_figures", "2026-Q1"),
        (DIRECTOR, "export_figures", "2025 2026-09-01"),
    ]
    async with browser(with_two_years, as_=AUDITOR) as client:
        page = await client.get("/reporting/looks?formaal=audit", headers=HTML)
    assert page.status_code == 200
    assert "1. kvartal 2026" in page.text
    assert "2025, som offentliggjort den 1. sep. 2026" in page.text
    assert "Hentede tal som fil" in page.text
    async with browser(with_two_years, as_=DIRECTOR) as client:
        assert (await client.get("/reporting/looks", headers=HTML)).status_code == 403


async def test_nobody_sees_them_without_signing_in(reporting: Running) -> None:
    async with browser(reporting) as client:
        assert (await client.get("/reporting/api/figures")).status_code == 401
        assert (await client.get("/reporting/", headers=HTML)).headers["location"].startswith("/intake/sign-in")


async def test_a_period_that_cannot_be_read_is_said_so_and_the_newest_year_is_shown(with_two_years: Running) -> None:
    async with browser(with_two_years, as_=DIRECTOR) as client:
        page = await client.get("/reporting/?period=whenever", headers=HTML)
        problem = await client.get("/reporting/api/figures?period=2026-01..2026-05")
    assert page.status_code == 422
    assert "Perioden kan ikke læses." in page.text
    assert "Tal for 2026" in page.text
    assert problem.status_code == 422


async def test_there_is_no_free_selection(with_two_years: Running) -> None:
    async with browser(with_two_years, as_=DIRECTOR) as client:
        for chosen in ("municipality=Aaby", "from=2026-01&to=2026-02"):
            assert (await client.get(f"/reporting/api/figures?{chosen}")).status_code == 400


async def test_the_file_is_for_a_danish_spreadsheet(with_two_years: Running) -> None:
    async with browser(with_two_years, as_=DIRECTOR) as client:
        file = await client.get("/reporting/api/figures.csv?period=2026")
        book = await client.get("/reporting/api/figures.xlsx?period=2026")
        english = await client.get("/reporting/api/figures.csv?period=2026", headers={"Accept-Language": "en"})
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="brobygger-tal-2026.csv"' in file.headers["content-disposition"]
    lines = file.text.split("\r\n")
    assert lines[0].startswith("\ufeffafsnit;periode;del af;navn;kode;antal;antal året før;afrundet;")
    assert english.text.startswith("\ufeffsection;period;part of;name;code;number;")
    assert any(line.startswith("Bekymringer måned for måned;januar–september 2026;;i januar 2026;;") for line in lines)
    assert any(line.startswith("Hvor i boligorganisationen?;januar–september 2026;Aaby Kommune;Nøddekrattet;estate-1;") for line in lines)
    assert any("Offentliggjort;" in line and "4. okt." in line for line in lines)
    assert any(";Der er talt til og med september 2026.;Om tallene;" in line for line in lines)
    assert all(line.split(";")[7] == "ca." for line in lines[1:-1] if line.split(";")[5])
    rows = list(load_workbook(io.BytesIO(book.content)).active.iter_rows(values_only=True))
    assert len(rows) == len(lines) - 1
    assert all(isinstance(row[5], int) for row in rows if row[4] == "concerns")


def said_on(paper: bytes) -> str:
    """The words of a PDF whose fonts are those that every reader has, in the order they were written."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", paper, re.DOTALL)
    drawn = b" ".join(zlib.decompress(each) for each in streams if each[:1] == b"x")
    return " ".join(each.decode("cp1252") for each in re.findall(rb"\(((?:[^()\\]|\\.)*)\) Tj", drawn)).replace("\\", "")


async def test_the_paper_for_the_board_says_what_the_page_says_and_is_the_same_each_time(with_two_years: Running) -> None:
    async with browser(with_two_years, as_=DIRECTOR) as client:
        paper, again = [await client.get("/reporting/api/figures.pdf?period=2026") for _ in range(2)]
        english = await client.get("/reporting/api/figures.pdf?period=2026-Q1", headers={"Accept-Language": "en"})
        told = (await client.get("/reporting/api/figures?period=2026")).json()
    assert paper.headers["content-type"] == "application/pdf"
    assert 'filename="brobygger-tal-2026.pdf"' in paper.headers["content-disposition"]
    assert paper.content == again.content
    text = said_on(paper.content)
    assert "Tal for 2026" in text
    assert "Boligforeningen Prøvegården" in text
    for section in told["sections"]:
        assert section["title"] in text
        for line in section["lines"]:
            assert line["name"].split()[0] in text, line
            assert line["said"] in text, line
    assert "90 %" in text
    assert "Alle antal er afrundet sammen" in text
    assert "linjerne kan ikke trækkes fra hinanden" in text
    assert "Figures for" in said_on(english.content)


async def test_the_paper_of_what_is_not_published_is_the_same_each_time_too(with_two_years: Running) -> None:
    async with browser(with_two_years, as_=DIRECTOR) as client:
        first, again = [await client.get("/reporting/api/figures.pdf?period=2024") for _ in range(2)]
    assert first.status_code == again.status_code == 200
    assert first.content == again.content


def test_a_letter_that_the_paper_cannot_show_loses_its_accent_and_nothing_else() -> None:
    assert printable("Łódź – Æbleø »Ðam«, 你好, Ğ") == "Lódz – Æbleø »Ðam«, ??, G"


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("period", ["2026", "2026-Q1", "2026-02"])
async def test_no_cell_of_the_file_becomes_a_day_or_another_number(with_two_years: Running, period: str, language: str) -> None:
    """A Danish spreadsheet shows `januar 2026` as `jan-26`, and keeps that."""
    async with browser(with_two_years, as_=DIRECTOR) as client:
        file = await client.get(f"/reporting/api/figures.csv?period={period}", headers={"Accept-Language": language})
    rows = list(csv.reader(io.StringIO(file.text.removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) > 15
    assert [cell for row in rows for cell in row if is_taken_for_another(cell)] == []
    assert not any(cell.startswith("'") for row in rows for cell in row), "nobody needs an apostrophe to read it"


async def test_what_is_small_is_put_together_and_everything_adds_up(with_two_years: Running) -> None:
    async with browser(with_two_years, as_=DIRECTOR) as client:
        body = (await client.get("/reporting/api/figures?period=2025")).json()
    sections = {section["code"]: section["lines"] for section in body["sections"]}
    whole = next(line["count"] for line in sections["totals"] if line["code"] == "concerns")
    assert sum(line["count"] for line in sections["severities"]) == whole
    assert sum(line["count"] for line in sections["places"] if not line["part_of"]) == whole
    assert sum(line["count"] for line in sections["months"]) == whole
    for code in ("severities", "categories", "outcomes", "consents"):
        assert all(line["count"] >= 10 or line["code"] == "others" for line in sections[code])
    assert all(line["count"] % 5 == 0 for section in sections.values() for line in section if line["count"] is not None)


async def test_a_name_that_is_markup_is_shown_as_text(reporting: Running) -> None:
    await adopt(reporting, POLICY.replace("Nøddekrattet", "<script>alert(1)</script>"))
    lives = [Life(f"{n}", Month(2026, 1).begins + n * DAY).registered().raised() for n in range(30)]
    await hear(reporting, [heard for life in lives for heard in life.said])
    await publish(reporting, at=settled(Month(2026, 3)))
    async with browser(reporting, as_=DIRECTOR) as client:
        text = (await client.get("/reporting/", headers=HTML)).text
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text
