"""An estate with few homes leads to a person: history and messages name its municipality, and the rows know it while its key lives."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.intake.app import parts
from services.intake.home.commands import RegisterEstate, register_estate
from services.intake.home.rules.estate import Home
from services.intake.observation.projections import forget
from services.intake.observation.rules.dwelling import Dwelling
from shared.history.rebuild import rebuild
from shared.privacy.personal import Whereabouts
from shared.privacy.small_estate import FEW_HOMES, IN_THE_CLEAR, NOT_PROTECTED, told_estate
from shared.words.vocabulary.people import Role
from tests.intake.known import HOME, OBSERVATION, registers
from tests.support.services import ASSOCIATION, Running, context_for

STAIRWELL = {"home_id": None, "place": "common_area", "area": "stairwell", "estate_id": "estate-1", "where": "opgang 12"}
CLEAR: dict[str, Any] = {"estate_id": "estate-1", "estate_name": "Bakken", "municipality": "lyngkommune"}


async def grows_to(intake: Running, homes: int) -> None:
    """Estate-1 has three homes; the register hears of more."""
    more = tuple(Home(home_id=uuid4(), street="Lyngstien", number=str(100 + n)) for n in range(homes - 3))
    command = RegisterEstate(estate_id="estate-1", name="Bakken", municipality="lyngkommune", homes=more)
    await intake.service.do(register_estate, command, context_for(Role.OPERATOR))


async def told(intake: Running, id: UUID = OBSERVATION) -> str:
    """Everything that history and the outbox hold of an observation."""
    events = await intake.value("select string_agg(state, ' ') from events where stream_id = $1", id)
    return str(events) + str(await intake.value("select string_agg(convert_from(value, 'UTF8'), ' ') from outbox where key = $1", str(id)))


async def row(intake: Running) -> tuple[str, str, bool]:
    found = await intake.service.pool.fetchrow("select estate_id, municipality, is_small_estate from observations")
    return tuple(found)  # type: ignore[arg-type]


@pytest.mark.parametrize("homes", [3, FEW_HOMES - 1])
@pytest.mark.parametrize("where", [{}, STAIRWELL])
async def test_a_small_estate_stands_in_no_event_and_no_message(
    caretaker: httpx.AsyncClient, intake: Running, homes: int, where: dict[str, Any]
) -> None:
    await grows_to(intake, homes)
    assert (await registers(caretaker, **where)).status_code == 201
    said = await told(intake)
    assert "estate-1" not in said
    assert "Bakken" not in said
    assert said.count("lyngkommune") == 2, "its municipality instead, in both"
    assert await row(intake) == ("estate-1", "lyngkommune", True)
    assert (await caretaker.get(f"/intake/api/observations/{OBSERVATION}")).json()["estate_id"] == "estate-1"


async def test_an_estate_with_twenty_homes_stands_in_the_clear(caretaker: httpx.AsyncClient, intake: Running) -> None:
    await grows_to(intake, FEW_HOMES)
    await registers(caretaker)
    said = await told(intake)
    assert said.count("estate-1") == 2
    assert await row(intake) == ("estate-1", "lyngkommune", False)


async def test_what_was_told_keeps_its_shape_when_the_estate_grows(caretaker: httpx.AsyncClient, intake: Running) -> None:
    await registers(caretaker)
    await grows_to(intake, FEW_HOMES)
    later = uuid4()
    await registers(caretaker, id=str(later))
    assert "estate-1" not in await told(intake)
    assert "estate-1" in await told(intake, later)


async def test_a_home_that_is_known_later_tells_no_small_estate_either(caretaker: httpx.AsyncClient, intake: Running) -> None:
    await registers(caretaker, home_id=None, place="unknown", where="Det gule hus")
    assert await row(intake) == ("", "", False)
    await caretaker.post(f"/intake/api/observations/{OBSERVATION}/place", json={"id": str(uuid4()), "home_id": str(HOME)})
    assert await row(intake) == ("estate-1", "lyngkommune", True)
    assert "estate-1" not in await told(intake)


@pytest.mark.erases
async def test_a_small_estate_is_forgotten_with_the_home_and_a_rebuild_does_not_find_it_again(
    caretaker: httpx.AsyncClient, intake: Running
) -> None:
    await registers(caretaker)
    await intake.service.vault.destroy({OBSERVATION}, association=ASSOCIATION, by="staff-dpo-1", reason="erasure_request")
    async with intake.service.pool.acquire() as connection:
        await forget(connection, [OBSERVATION])
    assert await row(intake) == ("", "lyngkommune", True)
    await rebuild(parts(), intake.owner_url, intake.service.vault)
    assert await row(intake) == ("", "lyngkommune", True)


def test_an_estate_that_is_not_known_is_not_a_small_one() -> None:
    assert told_estate(OBSERVATION, estate_id="", estate_name="", municipality="", is_small=True)["small_estate"] is None


def test_a_small_estate_is_sealed_with_where_it_is() -> None:
    small = Dwelling(home_id=HOME, **CLEAR, is_small_estate=True).told_estate(OBSERVATION)
    assert (small["estate_id"], small["estate_name"], small["municipality"]) == ("", "", "lyngkommune")
    assert small["small_estate"] == Whereabouts(OBSERVATION, "estate-1")
    assert small["small_estate_name"] == Whereabouts(OBSERVATION, "Bakken")
    assert Dwelling(home_id=HOME, **CLEAR).told_estate(OBSERVATION) == {**CLEAR, **IN_THE_CLEAR, **NOT_PROTECTED}
