"""Colleagues in a real database: the staff file is the first load, and whatever happens is known at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.intake.app import parts
from services.intake.staff.commands import ChangeColleague, change_colleague, change_once, take_on_from_the_file
from services.intake.staff.rules.asking import StaffRequest
from services.intake.staff.rules.away import EndAbsence, PlanAbsence, PlanOnCall
from services.intake.staff.rules.conflicts import DeclareConflict, LiftConflict
from services.intake.staff.rules.refusals import LentHatManagesNobody, SomebodyHasToLead
from services.intake.staff.rules.working import ChangeDetails, GiveHat, Leave, TakeOn
from shared.ground.errors import NotFound, SameIdOtherContent, VersionMovedOn
from shared.history.rebuild import rebuild
from shared.history.service import Service
from shared.words.vocabulary.people import Role
from tests.support.eventually import eventually
from tests.support.postgres import PostgresServer
from tests.support.services import ASSOCIATION, NOW, STAFF, Running, context_for, running_service

LEAD, CARETAKER = "staff-social-lead-1", "staff-caretaker-1"


async def change(intake: Running, person: str, request: StaffRequest, **more: Any) -> None:
    command = ChangeColleague(association=ASSOCIATION, person=person, request=request, **more)
    await change_once(command, context_for(id="staff-operator-1", role=Role.OPERATOR), intake.service)


def new(person: str = "staff-new-1") -> TakeOn:
    return TakeOn(id=uuid4(), person=person, name="Ny Testvang", role="social_lead", email="ny@example.test")


async def test_everybody_in_the_file_begins_a_history_once(intake: Running) -> None:
    for _ in range(2):
        await take_on_from_the_file(intake.service)
        intake.service.memo.clear()
    assert await intake.value("select count(*) from events where topic = 'colleague.taken_on'") == 9
    assert await intake.value("select count(distinct person) from colleagues") == 9


async def test_what_happened_counts_whatever_the_file_says_later(intake: Running, tmp_path: Path) -> None:
    await change(intake, CARETAKER, ChangeDetails(id=uuid4(), name="Omdøbt Testvang"))
    later = tmp_path / "later.yaml"
    later.write_text(STAFF.read_text(encoding="utf-8") + "  - {id: staff-file-1, name: Fra Filen, role: dpo}\n", encoding="utf-8")
    intake.service.settings = intake.settings.model_copy(update={"staff_file": later})
    await take_on_from_the_file(intake.service)
    assert intake.service.staff.name_of(CARETAKER) == "Omdøbt Testvang"
    assert intake.service.staff.name_of("staff-file-1") == "Fra Filen"


async def test_somebody_new_is_known_here_at_once_and_in_another_process_within_a_moment(intake: Running) -> None:
    async with Service.running(parts(), intake.settings) as other_process:
        await change(intake, "staff-new-1", new())
        known = intake.service.staff.person("staff-new-1")
        assert known is not None
        assert (known.name, known.email, known.role) == ("Ny Testvang", "ny@example.test", Role.SOCIAL_LEAD)
        await eventually(lambda: other_process.staff.person("staff-new-1") == known)


async def test_names_and_addresses_are_stored_nowhere_in_the_clear(intake: Running) -> None:
    await change(intake, "staff-new-1", new())
    for table in ("events", "colleagues", "outbox", "idempotency_keys"):
        rows = await intake.rows(f"select encode(convert_to(t::text, 'utf8'), 'escape') as line from {table} t")
        assert all("Ny Testvang" not in row["line"] and "ny@example" not in row["line"] for row in rows), table
    message = (await intake.rows("select value from outbox where topic = 'brobygger.staff'"))[0]["value"]
    assert b"Testvang" not in message


async def test_the_last_lead_stays_even_when_two_leave_at_once(intake: Running) -> None:
    await change(intake, "staff-new-1", new())
    left = await asyncio.gather(*(change(intake, person, Leave(id=uuid4())) for person in (LEAD, "staff-new-1")), return_exceptions=True)
    assert sorted(type(one).__name__ for one in left) == ["NoneType", SomebodyHasToLead.__name__]
    assert len(intake.service.staff.with_role(Role.SOCIAL_LEAD)) == 1


@pytest.mark.parametrize(
    ("person", "request_"),
    [
        (LEAD, Leave(id=uuid4())),
        (LEAD, PlanAbsence(id=uuid4(), begins=NOW, ends=NOW + timedelta(days=9), stand_in="staff-social-caretaker-1")),
        (LEAD, EndAbsence(id=uuid4(), absence_id=uuid4())),
        (CARETAKER, GiveHat(id=uuid4(), role="social_lead")),
        (CARETAKER, DeclareConflict(id=uuid4(), about=uuid4())),
        (CARETAKER, LiftConflict(id=uuid4(), conflict_id=uuid4())),
        ("staff-social-caretaker-1", PlanOnCall(id=uuid4(), begins=NOW, ends=NOW + timedelta(days=1))),
        ("staff-new-1", TakeOn(id=uuid4(), person="staff-new-1", name="Ny Testvang", role="social_lead")),
    ],
)
async def test_who_wears_a_lent_hat_manages_nobody(intake: Running, person: str, request_: StaffRequest) -> None:
    lent = context_for(id="staff-social-caretaker-1", role=Role.SOCIAL_LEAD)
    lent = replace(lent, actor=replace(lent.actor, on_behalf_of=LEAD), on_behalf_of=LEAD)
    command = ChangeColleague(association=ASSOCIATION, person=person, request=request_)
    with pytest.raises(LentHatManagesNobody):
        await change_once(command, lent, intake.service)


async def test_who_left_signs_in_no_more_and_keeps_their_name_in_history(intake: Running) -> None:
    await change(intake, CARETAKER, Leave(id=uuid4()))
    staff = intake.service.staff
    assert staff.person(CARETAKER) is None
    assert staff.actor(CARETAKER) is None
    assert staff.name_of(CARETAKER) == "Asger Testvang"


async def test_the_same_request_is_done_once_and_another_with_its_id_is_refused(intake: Running) -> None:
    request = new()
    for _ in range(2):
        await change(intake, "staff-new-1", request)
    with pytest.raises(SameIdOtherContent):
        await change(intake, "staff-new-1", request.model_copy(update={"name": "En Anden"}))
    assert await intake.value("select count(*) from events where topic = 'colleague.taken_on'") == 1


async def test_a_change_builds_on_what_was_looked_at(intake: Running) -> None:
    await change(intake, CARETAKER, GiveHat(id=uuid4(), role="dpo"), version=0)
    with pytest.raises(VersionMovedOn):
        await change(intake, CARETAKER, GiveHat(id=uuid4(), role="auditor"), version=0)
    with pytest.raises(NotFound):
        await change(intake, "staff-nobody", GiveHat(id=uuid4(), role="auditor"))


async def test_the_lines_are_the_same_when_they_are_made_from_history(intake: Running) -> None:
    await take_on_from_the_file(intake.service)
    await change(intake, CARETAKER, GiveHat(id=uuid4(), role="dpo"))
    before = await intake.rows("select * from colleagues order by person")
    await rebuild(parts(), intake.owner_url, intake.service.vault)
    assert await intake.rows("select * from colleagues order by person") == before


@pytest.mark.erases
async def test_whose_key_is_destroyed_is_called_by_their_id(postgres: PostgresServer, vault_url: str, tmp_path: Path) -> None:
    async with running_service(parts(), postgres, tmp_path, vault_url=vault_url) as intake:
        await change(intake, "staff-new-1", new())
        stream = await intake.value("select stream_id from events where topic = 'colleague.taken_on'")
        await intake.service.vault.destroy([stream], association=ASSOCIATION, by="system:test", reason="erasure_request")
        async with Service.running(parts(), intake.settings) as later:
            assert later.staff.name_of("staff-new-1") == "staff-new-1"


async def test_nothing_is_changed_in_another_association(intake: Running) -> None:
    await change(intake, CARETAKER, GiveHat(id=uuid4(), role="dpo"))
    elsewhere = context_for(association="fjordbo", at=NOW)
    command = ChangeColleague(association="fjordbo", person=CARETAKER, request=GiveHat(id=uuid4(), role="auditor"))
    with pytest.raises(NotFound):
        await intake.service.do(change_colleague, command, elsewhere)
