"""S13, the resident moves: nothing reaches out until they were asked, each recipient hears of it, and history follows them or ends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from shared.ground.working_days import start_of_day
from tests.journeys.on_its_way import notices
from tests.journeys.test_s12_the_resident_dies import HTML, TODAY, a_case_with_everything
from tests.support.eventually import eventually
from tests.support.installation import CARETAKER, LEAD, SOCIAL_CARETAKER, Installation, installation
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import NOW


@pytest.fixture
async def place(postgres: PostgresServer, any_broker: Broker, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(postgres, any_broker, tmp_path) as running:
        yield running


async def kinds_due(place: Installation, case_id: UUID) -> set[str]:
    return {deadline["kind"] for deadline in (await place.case(LEAD, case_id))["deadlines"]}


@pytest.mark.on_every_broker
async def test_who_moves_away_is_asked_the_recipients_hear_of_it_and_the_case_ends(place: Installation) -> None:
    case_id = await a_case_with_everything(place)
    await place.step(LEAD, case_id, "moves", on=TODAY, source="rent_office")
    assert await kinds_due(place, case_id) == {"ask_to_continue", "tell_recipients"}

    # The one who carries it hears that it stands still, and what is left to do.
    async def told() -> bool:
        return bool(await notices(place, SOCIAL_CARETAKER, "stands_still"))

    await eventually(told, within=60)
    page = (await place.ask(SOCIAL_CARETAKER, "GET", f"/cases/{case_id}", headers=HTML, expect=200)).text
    assert "Skal vide, at beboeren er flyttet" in page

    # It is not closed before the resident was asked, and each recipient has heard.
    [referral] = (await place.case(LEAD, case_id))["referrals"]
    await place.step(SOCIAL_CARETAKER, case_id, f"referrals/{referral['referral_id']}/told", channel="secure_mail")
    with pytest.raises(RuntimeError, match="Beboeren er ikke spurgt"):
        await place.step(SOCIAL_CARETAKER, case_id, "closing", outcome="moved")
    await place.step(SOCIAL_CARETAKER, case_id, "continuing", continuing="no", channel="phone")
    await place.step(SOCIAL_CARETAKER, case_id, "closing", outcome="moved")
    assert (await place.topics_of(case_id))[-2:] == ["case.closed", "case.retention_started"]


@pytest.mark.on_every_broker
async def test_who_wants_it_to_go_on_is_helped_on_from_where_it_stood(place: Installation) -> None:
    case_id = await a_case_with_everything(place)
    before = await place.case(LEAD, case_id)
    await place.step(LEAD, case_id, "moves", on=TODAY, source="resident")
    await place.step(SOCIAL_CARETAKER, case_id, "continuing", continuing="yes", channel="visit")
    after = await place.case(LEAD, case_id)
    assert (after["deadlines"], after["follow_ups"], after["referrals"]) == (before["deadlines"], before["follow_ups"], before["referrals"])

    async def asked_anew() -> bool:
        return len(await notices(place, CARETAKER, "companion_wanted")) == 2

    await eventually(asked_anew, within=60)


@pytest.mark.on_every_broker
async def test_a_move_that_was_told_ahead_takes_effect_on_its_day(place: Installation) -> None:
    case_id = await a_case_with_everything(place)
    day = (NOW + timedelta(days=3)).date()
    await place.step(LEAD, case_id, "moves", on=f"{day:%Y-%m-%d}", source="rent_office")
    await place.step(SOCIAL_CARETAKER, case_id, "contacts", reached=True, channel="phone")
    await place.lead_to(start_of_day(day) - timedelta(minutes=1))
    assert "case.outbound_stopped" not in await place.topics_of(case_id)
    await place.lead_to(start_of_day(day) + timedelta(minutes=1))
    assert "case.outbound_stopped" in await place.topics_of(case_id)
    assert "ask_to_continue" in await kinds_due(place, case_id)

    # They stay after all: what ran runs.
    await place.step(LEAD, case_id, "moves/taken-back", reason="De flytter alligevel ikke.")
    assert "ask_to_continue" not in await kinds_due(place, case_id)
    await place.step(SOCIAL_CARETAKER, case_id, "contacts", reached=True, channel="phone")
