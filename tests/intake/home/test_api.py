"""The register over HTTP: who may keep it, who may look, and what is no news."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson
import pytest

from services.intake.home.queries import home_called, homes_called
from tests.intake.known import FAR_HOME, HOME
from tests.support.services import Running, browser

ESTATE = "/intake/api/estates/estate-2"
LYNGSTIEN = {"home_id": str(UUID(int=21)), "street": "Kløverstræde", "number": "2", "floor": "1", "door": "tv"}


def content(*homes: dict[str, Any], name: str = "Marken", municipality: str = "lyngkommune") -> dict[str, Any]:
    return {"name": name, "municipality": municipality, "homes": list(homes)}


async def how_many_events(intake: Running) -> int:
    count: int = await intake.value("select count(*) from events")
    return count


async def test_an_estate_is_entered_and_looked_up(operator: httpx.AsyncClient) -> None:
    assert (await operator.put(ESTATE, json=content(LYNGSTIEN))).status_code == 204
    estates = (await operator.get("/intake/api/estates")).json()
    assert {"estate_id": "estate-2", "name": "Marken", "municipality": "lyngkommune", "homes": 1} in estates
    assert (await operator.get(f"{ESTATE}/homes")).json() == [LYNGSTIEN]


async def test_the_same_list_again_is_no_news(intake: Running, operator: httpx.AsyncClient) -> None:
    await operator.put(ESTATE, json=content(LYNGSTIEN))
    before = await how_many_events(intake)
    assert (await operator.put(ESTATE, json=content(LYNGSTIEN))).status_code == 204
    assert await how_many_events(intake) == before


async def test_the_same_list_twice_at_once_is_one(intake: Running, operator: httpx.AsyncClient) -> None:
    before = await how_many_events(intake)
    answers = await asyncio.gather(*(operator.put(ESTATE, json=content(LYNGSTIEN)) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {204}
    assert await how_many_events(intake) == before + 2


async def test_where_an_estate_lies_is_said_once_and_again_when_it_is_another(intake: Running, operator: httpx.AsyncClient) -> None:
    for municipality in ("lyngkommune", "lyngkommune", "engkommune"):
        await operator.put(ESTATE, json=content(LYNGSTIEN, municipality=municipality))
    told = await intake.rows("select value from outbox where headers ->> 'ce_type' like '%estate_registered%' order by position")
    about = [said for row in told if (said := orjson.loads(row["value"]))["estate_id"] == "estate-2"]
    assert about == [
        {"estate_id": "estate-2", "municipality": municipality, "estate_name": "Marken"} for municipality in ("lyngkommune", "engkommune")
    ]


async def test_a_street_that_is_called_otherwise_now_reads_otherwise(operator: httpx.AsyncClient) -> None:
    await operator.put(ESTATE, json=content(LYNGSTIEN))
    await operator.put(ESTATE, json=content({**LYNGSTIEN, "street": "Kløvervænget"}, name="Nye Marken"))
    assert (await operator.get(f"{ESTATE}/homes")).json() == [{**LYNGSTIEN, "street": "Kløvervænget"}]
    assert (await operator.get("/intake/api/estates")).json()[1]["name"] == "Nye Marken"


async def test_homes_stand_in_the_order_one_walks(operator: httpx.AsyncClient) -> None:
    places = [("10", "", ""), ("2", "1", "tv"), ("2", "st", "th"), ("2", "kl", ""), ("2A", "", ""), ("2", "1", "th")]
    homes = [
        {"home_id": str(uuid4()), "street": "Kløverstræde", "number": number, "floor": floor, "door": door}
        for number, floor, door in places
    ]
    await operator.put(ESTATE, json=content(*homes))
    shown = (await operator.get(f"{ESTATE}/homes")).json()
    assert [(home["number"], home["floor"], home["door"]) for home in shown] == [
        ("2", "kl", ""),
        ("2", "st", "th"),
        ("2", "1", "tv"),
        ("2", "1", "th"),
        ("2A", "", ""),
        ("10", "", ""),
    ]


async def test_a_number_longer_than_any_number_is_refused(operator: httpx.AsyncClient) -> None:
    answer = await operator.put(ESTATE, json=content({**LYNGSTIEN, "number": "9" * 11}))
    assert (answer.status_code, answer.json()["code"]) == (422, "part-of-address-too-long")
    assert answer.json()["errors"][0]["pointer"] == "#/homes/0/number"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (content(name=""), "estate-is-not-named"),
        (content(municipality=" "), "estate-is-not-named"),
        (content(LYNGSTIEN, LYNGSTIEN), "home-is-listed-twice"),
        (content({**LYNGSTIEN, "street": ""}), "home-has-no-street"),
        (content({**LYNGSTIEN, "street": "SÃ¸ndergade"}), "home-is-garbled"),
        (content({**LYNGSTIEN, "home_id": str(FAR_HOME)}), "home-belongs-to-another-estate"),
        (content(name="Mar\u0000ken"), "text-holds-control-characters"),
        (content({**LYNGSTIEN, "tenant": "Somebody"}), "form-is-wrong"),
        ({}, "form-is-wrong"),
    ],
)
async def test_what_the_register_refuses(refused_operator: httpx.AsyncClient, body: dict[str, Any], code: str) -> None:
    answer = await refused_operator.put(ESTATE, json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    if code != "form-is-wrong":
        assert answer.json()["code"] == code
    assert (await refused_operator.get(f"{ESTATE}/homes")).status_code == 404


@pytest.mark.parametrize("number", ["Estate-2", "e", "estate%072"])
async def test_an_estate_number_has_a_plain_shape(refused_operator: httpx.AsyncClient, number: str) -> None:
    assert (await refused_operator.put(f"/intake/api/estates/{number}", json=content())).status_code == 422
    assert (await refused_operator.get(f"/intake/api/estates/{number}/homes")).status_code == 404


async def test_an_estate_number_that_no_storage_can_hold_is_not_read(refused_operator: httpx.AsyncClient) -> None:
    assert (await refused_operator.put("/intake/api/estates/estate%002", json=content())).status_code == 400


async def test_five_thousand_homes_fit_in_one_list(operator: httpx.AsyncClient) -> None:
    homes = [{**LYNGSTIEN, "home_id": str(UUID(int=number)), "number": str(number), "street": "Kløverstræde" * 8} for number in range(5000)]
    assert (await operator.put(ESTATE, json=content(*homes))).status_code == 204
    assert len((await operator.get(f"{ESTATE}/homes")).json()) == 5000


async def test_homes_that_nobody_can_tell_apart_are_named_in_the_answer_until_one_ends(operator: httpx.AsyncClient) -> None:
    twin = {**LYNGSTIEN, "home_id": str(UUID(int=22)), "floor": "1.", "street": "KLØVERSTRÆDE"}
    answer = await operator.put(ESTATE, json=content(LYNGSTIEN, twin))
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "same_address": [
                {"home_ids": [LYNGSTIEN["home_id"], twin["home_id"]], "street": "Kløverstræde", "number": "2", "floor": "1", "door": "tv"}
            ]
        },
    )
    assert (await operator.put(ESTATE, json=content({**twin, "has_ended": True}))).status_code == 204


async def test_a_home_that_ended_is_chosen_no_more_and_found_still(intake: Running, operator: httpx.AsyncClient) -> None:
    other = {**LYNGSTIEN, "home_id": str(UUID(int=22)), "number": "4"}
    await operator.put(ESTATE, json=content(LYNGSTIEN, other))
    await operator.put(ESTATE, json=content({**LYNGSTIEN, "has_ended": True}))
    assert (await operator.get(f"{ESTATE}/homes")).json() == [other]
    assert {"estate_id": "estate-2", "name": "Marken", "municipality": "lyngkommune", "homes": 1} in (
        await operator.get("/intake/api/estates")
    ).json()
    async with intake.service.read() as connection:
        found = await homes_called(connection, "bakkegaarden", "Kløverstræde 2", limit=9)
        assert [home.home_id for home in found] == [UUID(int=21)]
        assert await home_called(connection, "bakkegaarden", UUID(int=21)) is not None
    await operator.put(ESTATE, json=content(LYNGSTIEN))
    assert (await operator.get(f"{ESTATE}/homes")).json() == [LYNGSTIEN, other]


@pytest.mark.parametrize("municipality", ["0751", "Århus Kommune", "Aarhus", "aarhus"])
async def test_a_municipality_is_one_by_each_of_its_names(operator: httpx.AsyncClient, municipality: str) -> None:
    await operator.put(ESTATE, json=content(municipality=municipality))
    estates = (await operator.get("/intake/api/estates")).json()
    assert [one["municipality"] for one in estates if one["estate_id"] == "estate-2"] == ["aarhus"]


async def test_a_hundred_megabytes_do_not(refused_operator: httpx.AsyncClient) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += 1
            yield b" " * 1024 * 1024

    answer = await refused_operator.put(ESTATE, content=endless(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert read < 7


async def test_a_caretaker_looks_up_every_estate_for_he_may_see_something_anywhere(refusing_intake: Running) -> None:
    async with browser(refusing_intake, as_="staff-caretaker-1") as caretaker:
        assert [estate["estate_id"] for estate in (await caretaker.get("/intake/api/estates")).json()] == ["estate-1", "estate-3"]
        assert len((await caretaker.get("/intake/api/estates/estate-1/homes")).json()) == 3
        assert len((await caretaker.get("/intake/api/estates/estate-3/homes")).json()) == 1


async def test_a_caretaker_does_not_keep_the_register(refusing_intake: Running) -> None:
    async with browser(refusing_intake, as_="staff-caretaker-1") as caretaker:
        assert (await caretaker.put("/intake/api/estates/estate-1", json=content())).status_code == 403


async def test_nobody_looks_without_signing_in(refusing_intake: Running) -> None:
    async with browser(refusing_intake) as stranger:
        assert (await stranger.get("/intake/api/estates")).status_code == 401
        assert (await stranger.put(ESTATE, json=content())).status_code == 401


async def test_the_register_holds_nobody(intake: Running) -> None:
    columns = await intake.rows("select column_name from information_schema.columns where table_name in ('estates', 'homes', 'tenancies')")
    assert not {row["column_name"] for row in columns} & {"tenant", "resident", "person", "phone", "email"}
    assert await intake.value("select count(*) from homes where home_id = $1", HOME) == 1


@pytest.mark.parametrize(
    ("who", "right", "new"),
    [
        ("staff-social-lead-1", 200, 200), ("staff-social-caretaker-1", 403, 200), ("staff-dpo-1", 200, 403),
        ("staff-caretaker-1", 403, 403), ("staff-operator-1", 403, 403),
    ],
)  # fmt: skip
async def test_only_who_puts_cases_right_or_works_on_them_sees_which_tenancy_is_in_which_home(
    intake: Running, who: str, right: int, new: int
) -> None:
    async with browser(intake, as_=who) as client:
        address = f"/intake/api/right-homes/{uuid4()}?estate=estate-1"
        answers = [(await client.get(address + more)).status_code for more in ("", "&is_new=true")]
    assert answers == [right, new]
