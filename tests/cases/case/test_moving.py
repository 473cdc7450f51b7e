"""Cases are moved to the procedure in force: one by one, or all that follow a version."""

from __future__ import annotations

import re
from hashlib import sha256
from uuid import UUID, uuid4

import pytest

from services.cases.case.commands.noting import NoteTime, note_time
from services.cases.case.rules.concern import DismissConcern
from services.cases.case.rules.pinned import MoveToProcedure
from services.cases.case.rules.referrals import SendReferral
from services.cases.procedure.commands import AdoptProcedure, ConfirmVersion, adopt_procedure, confirm_version
from shared.history.rebuild import rebuild
from shared.words.vocabulary.people import Role
from tests.cases.case.living import CARETAKER, LEAD, SOCIAL_CARETAKER, asking, do, erase_case, later, opened, raised, take
from tests.cases.conftest import PROCEDURE
from tests.support.services import NOW, Running, browser

HTML = {"Accept": "text/html", "Accept-Language": "da"}
MOVES = "/cases/api/procedure/versions/2026-1/moves"
VERSION = re.compile(r'^version: "(.+)"$', re.MULTILINE)
WHY = "Fristen var skrevet forkert."
NEWER = (
    PROCEDURE.read_text(encoding="utf-8")
    .replace('version: "2026-1"\n', 'version: "2026-2"\n', 1)
    .replace("effective_on: 2026-01-01", "effective_on: 2026-03-03", 1)
    .replace("do: Ingen kvittering inden for den aftalte tid.", "do: Ring med det samme.", 1)
)


async def follow_the_newer(cases: Running, text: str = NEWER) -> None:
    """Adopted; where something is odd about it, the director confirms it."""
    if await cases.service.do(adopt_procedure, AdoptProcedure(text=text), asking(cases)):
        confirmed = ConfirmVersion(version=VERSION.findall(text)[0], digest=sha256(text.encode()).hexdigest())
        await cases.service.do(confirm_version, confirmed, asking(cases, by="staff-director-1", role=Role.DIRECTOR))


async def followed(cases: Running) -> dict[UUID, str]:
    return {row["case_id"]: row["procedure_version"] for row in await cases.rows("select case_id, procedure_version from case_list")}


async def versions_of(cases: Running, case_id: UUID) -> list[tuple[str, str]]:
    """What happened, and under which version."""
    found = await cases.rows("select topic, provenance::jsonb ->> 6 as under from events where stream_id = $1 order by version", case_id)
    return [(row["topic"].removeprefix("case."), row["under"]) for row in found]


async def test_a_case_is_moved_and_what_happens_next_stands_under_the_new_version(cases: Running) -> None:
    case_id = await opened(cases)
    await follow_the_newer(cases)
    async with browser(cases, as_=LEAD) as client:
        page = (await client.get(f"/cases/{case_id}", headers=HTML)).text
        form = (await client.get(f"/cases/{case_id}/steps/procedure", headers=HTML)).text
        version = (await client.get(f"/cases/api/cases/{case_id}")).headers["ETag"].strip('"')
        sent = {"id": str(uuid4()), "version": version, "procedure_version": "2026-2", "reason": WHY}
        empty = await client.post(f"/cases/{case_id}/steps/procedure", data={**sent, "reason": ""}, headers=HTML)
        done = await client.post(f"/cases/{case_id}/steps/procedure", data=sent, headers=HTML)
        after = (await client.get(f"/cases/{case_id}", headers=HTML)).text
        noted = await client.get(f"/cases/api/cases/{case_id}")
        body = {"id": str(uuid4()), "text": "Ring om formiddagen."}
        await client.post(f"/cases/api/cases/{case_id}/notes", json=body, headers={"If-Match": noted.headers["ETag"]})

    assert f"/cases/{case_id}/steps/procedure" in page
    assert "Sagen følger 2026-1. I dag gælder 2026-2." in form
    assert (empty.status_code, done.status_code) == (422, 303)
    for said in ("Sagen følger nu proceduren 2026-2", WHY, "/cases/procedure/versions/2026-2"):
        assert said in after
    assert f"/cases/{case_id}/steps/procedure" not in after
    assert noted.json()["procedure_version"] == "2026-2"
    assert (await versions_of(cases, case_id))[-2:] == [("procedure_changed", "2026-1"), ("note_added", "2026-2")]
    assert await followed(cases) == {case_id: "2026-2"}


async def test_the_ladder_of_a_silence_is_the_one_it_was_sent_with_and_a_day_shows_what_was_followed_then(cases: Running) -> None:
    case_id = await opened(cases)
    await take(cases, case_id, SendReferral, target="municipal.visitation", channel="phone", basis="consent")
    await follow_the_newer(cases)
    later(cases, NOW.replace(day=4))
    await take(cases, case_id, MoveToProcedure, procedure_version="2026-2", reason=WHY)
    later(cases, NOW.replace(day=20))
    await do(cases, note_time, NoteTime(case_id=case_id), by="system:clock", role=Role.SYSTEM)
    async with browser(cases, as_=LEAD) as client:
        page = (await client.get(f"/cases/{case_id}", headers=HTML)).text
        before = (await client.get(f"/cases/{case_id}/as-of?day=2026-03-03", headers=HTML)).text
        day = (await client.get(f"/cases/{case_id}/as-of?day=2026-03-04", headers=HTML)).text
        as_json = (await client.get(f"/cases/api/cases/{case_id}/as-of/2026-03-03")).json()

    assert "Ingen kvittering inden for den aftalte tid." in page
    assert "Ring med det samme." not in page
    assert "/cases/procedure/versions/2026-1" in before
    assert "/cases/procedure/versions/2026-2" not in before
    assert "/cases/procedure/versions/2026-2" in day
    assert as_json["procedure_version"] == "2026-1"


async def test_all_open_cases_of_a_version_are_moved_each_by_an_event_of_its_own(cases: Running) -> None:
    unseen, carried = await raised(cases, estate="estate-1"), await opened(cases, estate="estate-2")
    over = await raised(cases, estate="estate-1")
    await take(cases, over, DismissConcern, reason="explained")
    await follow_the_newer(cases)
    body = {"id": str(uuid4()), "procedure_version": "2026-2", "reason": WHY}
    async with browser(cases, as_=LEAD) as client:
        form = (await client.get("/cases/procedure/versions/2026-1/moves", headers=HTML)).text
        link = (await client.get("/cases/procedure/versions/2026-1", headers=HTML)).text
        no_reason = await client.post(MOVES, json={**body, "reason": ""})
        old = await client.post(MOVES, json={**body, "procedure_version": "2026-1"})
        unknown = await client.post("/cases/api/procedure/versions/2020-1/moves", json=body)
        moved = await client.post(MOVES, json=body)
        again = await client.post(MOVES, json=body)
        nothing = (await client.get("/cases/procedure/versions/2026-1/moves", headers=HTML)).text

    assert "2 sager, der ikke er slut, følger 2026-1." in form
    assert "/cases/procedure/versions/2026-1/moves" in link
    assert (no_reason.status_code, no_reason.json()["code"]) == (422, "move-has-no-reason")
    assert (old.status_code, old.json()["code"]) == (422, "that-procedure-is-not-in-force")
    assert unknown.status_code == 404
    assert (moved.json(), again.json()) == ({"moved": 2, "left": 0}, {"moved": 0, "left": 0})
    assert "0 sager, der ikke er slut, følger 2026-1." in nothing
    assert await followed(cases) == {unseen: "2026-2", carried: "2026-2", over: "2026-1"}
    assert (await versions_of(cases, unseen))[-1] == ("procedure_changed", "2026-1")
    assert not await cases.value("select is_seen from case_list where case_id = $1", unseen)


async def test_the_page_moves_them_too_and_rows_are_what_history_says(cases: Running) -> None:
    case_ids = [await opened(cases), await raised(cases)]
    await follow_the_newer(cases)
    async with browser(cases, as_=LEAD) as client:
        sent = {"id": str(uuid4()), "procedure_version": "2026-2", "reason": WHY}
        empty = await client.post("/cases/procedure/versions/2026-1/moves", data={**sent, "reason": ""}, headers=HTML)
        done = await client.post("/cases/procedure/versions/2026-1/moves", data=sent, headers=HTML)
    rows = "select * from case_list order by case_id"
    before = await cases.rows(rows)

    await rebuild(cases.service.parts, cases.owner_url, cases.service.vault)

    assert (empty.status_code, done.status_code) == (422, 303)
    assert await cases.rows(rows) == before
    assert await followed(cases) == dict.fromkeys(case_ids, "2026-2")


@pytest.mark.erases
async def test_one_about_somebody_who_was_erased_stays_where_it_is(cases: Running) -> None:
    erased, other = await raised(cases), await raised(cases)
    await follow_the_newer(cases)
    await erase_case(cases, erased)
    async with browser(cases, as_=LEAD) as client:
        moved = await client.post(MOVES, json={"id": str(uuid4()), "procedure_version": "2026-2", "reason": WHY})

    assert moved.json() == {"moved": 1, "left": 1}
    assert await followed(cases) == {erased: "2026-1", other: "2026-2"}


@pytest.mark.parametrize("who", [SOCIAL_CARETAKER, CARETAKER, "staff-director-1", "staff-auditor-1"])
async def test_only_the_lead_moves_cases(cases: Running, who: str) -> None:
    case_id = await opened(cases, estate="estate-1")
    await follow_the_newer(cases)
    body = {"id": str(uuid4()), "procedure_version": "2026-2", "reason": WHY}
    async with browser(cases, as_=LEAD) as lead:
        version = (await lead.get(f"/cases/api/cases/{case_id}")).headers["ETag"]
    async with browser(cases, as_=who) as client:
        many = await client.post(MOVES, json=body)
        one = await client.post(f"/cases/api/cases/{case_id}/procedure-change", json=body, headers={"If-Match": version})

    assert many.status_code == 403
    assert one.status_code == (422 if who == SOCIAL_CARETAKER else 403)
    assert await followed(cases) == {case_id: "2026-1"}


def giving(movers: str, text: str = NEWER) -> str:
    """The procedure with other people who move cases."""
    assert "  move_to_procedure: [social_lead]" in text
    return text.replace("  move_to_procedure: [social_lead]", f"  move_to_procedure: [{movers}]", 1)


def after(text: str) -> str:
    """The same as the version after it."""
    return text.replace('version: "2026-2"', 'version: "2026-3"', 1)


@pytest.mark.parametrize(
    ("faulty", "in_force"),
    [("system", "social_lead"), ("social_caretaker", "social_lead"), ("system", "system"), ("social_lead", "system")],
)
async def test_who_may_move_a_case_off_a_faulty_version_the_one_in_force_says(cases: Running, faulty: str, in_force: str) -> None:
    await follow_the_newer(cases, giving(faulty))
    one, many = await opened(cases, estate="estate-1"), await opened(cases, estate="estate-1")
    await follow_the_newer(cases, after(giving(in_force)))
    assert await followed(cases) == {one: "2026-2", many: "2026-2"}
    sent = {"id": str(uuid4()), "procedure_version": "2026-3", "reason": WHY}
    async with browser(cases, as_=LEAD) as client:
        page = (await client.get(f"/cases/{one}", headers=HTML)).text
        link = (await client.get("/cases/procedure/versions/2026-2", headers=HTML)).text
        version = (await client.get(f"/cases/api/cases/{one}")).headers["ETag"]
        moved = await client.post(f"/cases/api/cases/{one}/procedure-change", json=sent, headers={"If-Match": version})
        form = (await client.get("/cases/procedure/versions/2026-2/moves", headers=HTML)).text
        said = (await client.get("/cases/procedure", headers=HTML)).text
        rest = await client.post("/cases/procedure/versions/2026-2/moves", data={**sent, "id": str(uuid4())}, headers=HTML)

    assert f"/cases/{one}/steps/procedure" in page
    assert "/cases/procedure/versions/2026-2/moves" in link
    assert "Flyt sagerne" in form
    assert re.search(r"Flytte sagen til den procedure, der gælder</t[hd]>\s*<td[^>]*>Boligsocial leder<", said)
    assert (moved.status_code, rest.status_code) == (204, 303)
    assert await followed(cases) == {one: "2026-3", many: "2026-3"}


async def test_the_version_in_force_may_give_it_to_others_than_the_one_a_case_began_under(cases: Running) -> None:
    case_id = await opened(cases, estate="estate-1")
    await follow_the_newer(cases, giving("social_caretaker"))
    sent = {"id": str(uuid4()), "procedure_version": "2026-2", "reason": WHY}
    async with browser(cases, as_=LEAD) as lead:
        page = (await lead.get(f"/cases/{case_id}", headers=HTML)).text
        link = (await lead.get("/cases/procedure/versions/2026-1", headers=HTML)).text
        form = (await lead.get("/cases/procedure/versions/2026-1/moves", headers=HTML)).text
        many = await lead.post("/cases/api/procedure/versions/2026-1/moves", json=sent)
        version = (await lead.get(f"/cases/api/cases/{case_id}")).headers["ETag"]
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        offered = (await client.get(f"/cases/{case_id}", headers=HTML)).text
        moved = await client.post(f"/cases/api/cases/{case_id}/procedure-change", json=sent, headers={"If-Match": version})

    assert f"/cases/{case_id}/steps/procedure" not in page
    assert "/cases/procedure/versions/2026-1/moves" not in link
    assert "Flyt sagerne" not in form
    assert "giver andre lov til at flytte sager" in form
    assert (many.status_code, many.json()["code"]) == (422, "procedure-gives-this-step-to-others")
    assert f"/cases/{case_id}/steps/procedure" in offered
    assert moved.status_code == 204
    assert await followed(cases) == {case_id: "2026-2"}
