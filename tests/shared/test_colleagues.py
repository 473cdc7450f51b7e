"""Who works here, as a service that only hears of it knows: at once in this process, and never backwards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notifications.app import parts
from shared.messaging.inbox import Record
from shared.messaging.message import envelope_for, written
from shared.messaging.messages.staff import Away, ColleagueChanged, HatWorn
from shared.privacy.matter import MatterKind
from shared.privacy.personal import Personal
from shared.running.listener import Listener
from shared.words.vocabulary.people import Role
from tests.support.eventually import eventually
from tests.support.given import PROVENANCE
from tests.support.postgres import PostgresServer
from tests.support.services import NOW, Running, keys_for, running_service

STREAM = uuid4()


@pytest.fixture
async def listening(postgres: PostgresServer, tmp_path: Path) -> AsyncIterator[Running]:
    async with running_service(parts(), postgres, tmp_path) as running:
        yield running


async def hear(running: Running, version: int, *, stream: UUID = STREAM, **said: Any) -> None:
    message = ColleagueChanged(**{"person": "staff-new-1", "version": version, "hats": (HatWorn(role="social_lead"),)} | said)
    envelope = envelope_for(message, service="intake", stream_id=stream, version=version, provenance=PROVENANCE)
    kafka = written(envelope, message)
    record = Record(message.TOPIC, 0, version, str(stream).encode(), tuple(kafka.headers.items()), kafka.value)
    await Listener(running.service).take_in([record])


async def test_before_anything_is_heard_the_staff_file_says_who_works_here(listening: Running) -> None:
    assert len(listening.service.staff.everybody()) == 9


async def test_what_is_heard_is_known_without_a_restart_and_beside_what_the_file_says(listening: Running) -> None:
    keyring = await keys_for(listening, STREAM, kind=MatterKind.COLLEAGUE)
    name = keyring.seal(Personal(STREAM, "Ny Testvang"), of="x/name")
    await hear(listening, 1, name=name)
    await eventually(lambda: listening.service.staff.name_of("staff-new-1") == "Ny Testvang")
    assert len(listening.service.staff.everybody()) == 10


async def test_nobody_is_called_what_a_resident_of_a_case_is_called(listening: Running) -> None:
    case = uuid4()
    name = (await keys_for(listening, case)).seal(Personal(case, "Plantine Plantesen"), of="x/name")
    for stream in (STREAM, case):
        await hear(listening, 1, stream=stream, name=name)
    assert await listening.value("select count(*) from parked where code = 'forged'") == 2
    assert "Plantine" not in str(listening.service.staff.everybody())


async def test_what_is_older_than_what_is_known_changes_nothing(listening: Running) -> None:
    away = Away(begins=NOW, ends=NOW.replace(day=20), stand_in="staff-social-caretaker-1")
    await hear(listening, 3, absences=(away,))
    await hear(listening, 2)
    await hear(listening, 1, hats=())
    await eventually(lambda: listening.service.staff.in_place_of("staff-new-1", NOW) == "staff-social-caretaker-1")


async def test_who_has_left_is_nobody_even_if_the_file_still_names_them(listening: Running) -> None:
    await hear(listening, 1, person="staff-caretaker-1", hats=())
    await eventually(lambda: listening.service.staff.person("staff-caretaker-1") is None)


async def test_a_role_that_only_a_later_release_knows_is_no_hat_here(listening: Running) -> None:
    await hear(listening, 1, hats=(HatWorn(role="wizard"), HatWorn(role="dpo")))
    await eventually(lambda: listening.service.staff.person("staff-new-1") is not None)
    assert listening.service.staff.with_role(Role.DPO)[-1].roles == {Role.DPO}
