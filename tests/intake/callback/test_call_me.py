"""A resident without a sign-in asks to be called: the same receipt for everybody, and not too often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest

from services.intake.callback.rules.patience import Patience
from tests.support.services import Running, browser

HTML = {"Accept": "text/html", "Accept-Language": "da"}
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
        ({"id": "no id"}, "Det er ikke sendt endnu"),
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


async def test_too_often_is_answered_with_when_to_come_again(intake: Running) -> None:
    async with browser(intake) as anybody:
        for _ in range(5):
            assert (await asks(anybody)).status_code == 303
        refused = await asks(anybody)
        assert refused.status_code == 429
        assert 0 < int(refused.headers["retry-after"]) <= 3600
        assert "Du kan sende igen" in refused.text
        intake.clock.forward(timedelta(hours=1, seconds=1))
        assert (await asks(anybody)).status_code == 303
    assert await intake.value("select count(*) from observations") == 6


async def test_an_association_that_is_not_here_has_no_page(intake: Running) -> None:
    async with browser(intake) as anybody:
        assert (await anybody.get("/intake/call-me?at=elsewhere", headers=HTML)).status_code == 404


def test_everybody_together_may_not_send_more_than_people_can_read() -> None:
    patience = Patience(from_one=5, from_all=3)
    for address in "abc":
        assert patience.wait_until(address, at=NOON) is None
        patience.note(address, at=NOON)
    assert patience.wait_until("d", at=NOON) == NOON + timedelta(hours=1)
    assert patience.wait_until("d", at=NOON + timedelta(hours=1, seconds=1)) is None


def test_an_address_that_nobody_knows_counts_only_with_all() -> None:
    patience = Patience(from_one=1, from_all=2)
    patience.note("", at=NOON)
    assert patience.wait_until("", at=NOON) is None
