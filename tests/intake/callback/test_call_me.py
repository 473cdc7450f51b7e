"""A resident without a sign-in asks to be called: the same receipt for everybody, and not too often."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from services.intake.callback.rules.patience import FROM_ALL, Patience
from shared.ground.settings import Contact
from shared.words.callback import CallBack, read_call_back
from shared.words.vocabulary.people import Role
from tests.support.services import ASSOCIATION, Running, browser

HTML = {"Accept": "text/html", "Accept-Language": "da"}
ROOT = Path(__file__).parents[3]
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
WISH = {"name": "Eva Opdigtet", "phone": "12 34 56 78", "place": "Bakken", "time": "morning", "words": "Huslejen er svær."}


async def asks(client: httpx.AsyncClient, **changed: str) -> httpx.Response:
    return await client.post("/intake/call-me", data={"id": str(uuid4()), **WISH, **changed}, headers=HTML)


async def test_a_wish_becomes_a_concern_of_the_residents_own(intake: Running) -> None:
    async with browser(intake) as anybody:
        assert "Ring mig op" in (await anybody.get("/intake/call-me", headers=HTML)).text
        assert "Call me" in (await anybody.get("/intake/call-me?lang=en", headers=HTML)).text
        answer = await asks(anybody)
        assert (answer.status_code, answer.headers["location"]) == (303, "/intake/call-me/thanks")
        assert (await anybody.get("/intake/call-me/thanks", headers=HTML)).status_code == 200
    row = await intake.service.pool.fetchrow("select * from observations")
    assert row is not None
    assert (row["source"], row["how"], row["observer"], row["estate_id"], row["severity"]) == ("resident", "page", "", "estate-1", "medium")
    assert "Opdigtet" not in str(dict(row))
    said = await intake.rows("select value, headers::text from outbox where topic = 'brobygger.intake'")
    assert any(b'"resident"' in one["value"] for one in said)
    assert "12345678" not in str(said)


async def test_in_another_language_what_was_typed_stands_there_and_nothing_is_asked_for(intake: Running) -> None:
    async with browser(intake) as anybody:
        page = (await anybody.get("/intake/call-me", headers=HTML)).text
        assert '<button class="plain" type="submit" form="written" name="lang" value="en"' in page
        assert page.count(' id="written">') == 1
        shown = await asks(anybody, lang="en")
    assert shown.status_code == 200
    assert "Call me" in shown.text
    assert "Huslejen er svær." in shown.text
    assert await intake.value("select count(*) from observations") == 0


async def test_sent_twice_it_is_one_and_neither_is_told_apart(intake: Running) -> None:
    id = str(uuid4())
    async with browser(intake) as anybody:
        answers = [await asks(anybody, id=id), await asks(anybody, id=id), await asks(anybody, id=id, words="Noget andet")]
    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {(303, "/intake/call-me/thanks")}
    assert await intake.value("select count(*) from observations") == 1


async def test_an_estate_that_nobody_knows_gets_the_same_receipt(intake: Running) -> None:
    async with browser(intake) as anybody:
        answer = await asks(anybody, place="Ingensteds 7")
    assert answer.headers["location"] == "/intake/call-me/thanks"
    assert await intake.value("select estate_id from observations") == ""


async def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(intake: Running) -> None:
    async with browser(intake) as anybody:
        assert (await asks(anybody, website="https://example.test")).headers["location"] == "/intake/call-me/thanks"
    assert await intake.value("select count(*) from observations") == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"phone": ""}, "Skriv dit telefonnummer"),
        ({"phone": "0102031234"}, "CPR-nummer"),
        ({"phone": "ring mig"}, "Skriv dit telefonnummer"),
        ({"place": " "}, "Skriv, hvor du bor."),
        ({"place": "x" * 121}, "Det er for langt."),
        ({"name": "x" * 81}, "Det er for langt."),
        ({"words": "x" * 301}, "Det er for langt."),
        ({"words": "mit nummer er 010203-1234"}, "CPR-nummer"),
        ({"time": "midnight"}, "Vælg, hvornår vi må ringe."),
        ({"id": "no id"}, "Der er noget, der skal rettes"),
    ],
)
async def test_what_nobody_could_call_back_stands_beside_its_field(intake: Running, changed: dict[str, str], words: str) -> None:
    async with browser(intake) as anybody:
        answer = await asks(anybody, **changed)
    assert answer.status_code == 422
    assert words in answer.text
    assert await intake.value("select count(*) from observations") == 0


async def test_hostile_words_are_words(intake: Running) -> None:
    async with browser(intake) as anybody:
        answer = await asks(anybody, phone="", words="<script>alert(1)</script>'; drop table observations; --")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


async def test_typos_and_programs_close_the_page_to_nobody(intake: Running) -> None:
    async with browser(intake) as anybody:
        for n in range(FROM_ALL + 1):
            assert (await asks(anybody, phone="")).status_code == 422 if n % 2 else (await asks(anybody, website="x")).status_code == 303
        assert (await asks(anybody)).status_code == 303


async def test_a_page_that_is_full_names_a_number_and_is_seen_by_whoever_runs_it(intake: Running) -> None:
    intake.service.memo["call me"] = Patience(from_all=2)
    async with browser(intake) as anybody:
        for number in ("11111111", "22222222"):
            assert (await asks(anybody, phone=number)).status_code == 303
        refused = await asks(anybody)
        assert refused.status_code == 429
        assert 0 < int(refused.headers["retry-after"]) <= 3600
        lead = intake.service.staff.within(ASSOCIATION).with_role(Role.SOCIAL_LEAD)[0]
        assert lead.phone
        assert f'href="tel:{lead.phone.replace(" ", "")}"' in refused.text
        assert "Det, du skrev, står her nedenfor." in refused.text
        for typed in (WISH["name"], WISH["phone"], WISH["place"], WISH["words"]):
            assert typed in refused.text
        assert lead.name not in refused.text
        numbers = (await anybody.get("/intake/metrics")).text
        assert 'brobygger_turned_away_total{service="intake"} 1.0' in numbers
        intake.clock.forward(timedelta(hours=1, seconds=1))
        assert (await asks(anybody)).status_code == 303
    assert await intake.value("select count(*) from observations") == 3


def test_one_sender_reaches_nobody_elses_bound_through_the_proxy() -> None:
    proxy = "".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "deploy" / "nginx").glob("*.conf")))
    a_minute, burst = re.search(r"zone=call_me:\w+ rate=(\d+)r/m", proxy), re.search(r"zone=call_me burst=(\d+)", proxy)
    assert a_minute
    assert burst
    assert 4 * (60 * int(a_minute[1]) + int(burst[1])) < FROM_ALL


async def test_an_association_that_is_not_here_has_no_page(intake: Running) -> None:
    async with browser(intake) as anybody:
        assert (await anybody.get("/intake/call-me?at=elsewhere", headers=HTML)).status_code == 404


def test_what_was_taken_in_counts_for_an_hour() -> None:
    patience = Patience(from_all=3)
    for minute in range(3):
        assert patience.wait_until(at=NOON) is None
        patience.note(at=NOON + timedelta(minutes=minute))
    assert patience.wait_until(at=NOON + timedelta(minutes=5)) == NOON + timedelta(hours=1)
    assert patience.wait_until(at=NOON + timedelta(hours=1, seconds=1)) is None


async def test_one_number_within_a_day_is_one_wish_and_nobody_is_told(intake: Running) -> None:
    async with browser(intake) as anybody:
        answers = [await asks(anybody) for _ in range(3)]
        answers += [await asks(anybody, phone="+4512345678", words=""), await asks(anybody, phone="12-34-56-78", words="")]
        assert await intake.value("select count(*) from observations") == 1
        answers += [await asks(anybody, words=f"Noget andet, nummer {n}") for n in range(40)]
        assert await intake.value("select count(*) from observations") == 3, "what is new may matter, but only so often"
        answers.append(await asks(anybody, phone="87654321"))
        assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {(303, "/intake/call-me/thanks")}
        intake.clock.forward(timedelta(days=1, seconds=1))
        await asks(anybody)
    assert await intake.value("select count(*) from observations") == 5


async def test_whoever_asks_is_told_whom_they_write_to_and_where_to_ring(intake: Running) -> None:
    lead = intake.service.staff.within(ASSOCIATION).with_role(Role.SOCIAL_LEAD)[0]
    async with browser(intake) as anybody:
        for address in ("/intake/call-me", "/intake/call-me/thanks"):
            assert lead.phone in (await anybody.get(address, headers=HTML)).text
        contacts = {ASSOCIATION: Contact("Boligforeningen Opdigtet", "70 00 00 00")}
        intake.service.settings = intake.service.settings.model_copy(update={"contacts": contacts})
        for address in ("/intake/call-me", "/intake/call-me/thanks"):
            shown = (await anybody.get(address, headers=HTML)).text
            assert 'href="tel:70000000"' in shown
            assert "Boligforeningen Opdigtet" in shown
            assert lead.phone not in shown
        assert "Datatilsynet" in (await anybody.get("/intake/call-me", headers=HTML)).text


@pytest.mark.parametrize(
    ("text", "phone", "words"),
    [
        (
            CallBack(phone="12345678", name="Eva Opdigtet", when="Om formiddagen", words="Huslejen.\nTelefon: 1").written(),
            "12345678",
            "Huslejen.\nTelefon: 1",
        ),
        (
            "Eva Opdigtet, telefon 12345678, Om formiddagen\nHuslejen.",
            "12345678",
            "Eva Opdigtet, telefon 12345678, Om formiddagen\nHuslejen.",
        ),
        (CallBack(phone="+4687654321").written(), "+4687654321", ""),
    ],
)
def test_what_is_written_is_read_again(text: str, phone: str, words: str) -> None:
    read = read_call_back(text)
    assert read is not None
    assert (read.phone, read.words) == (phone, words)
    assert read_call_back("Ingen har et nummer") is None
