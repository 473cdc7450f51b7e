"""A conflict of interest shuts a home or a case, also to the lead: no page, no row, no step, no mail."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from services.cases.case.commands.handing_over import HandOver, hand_over
from services.cases.case.queries.carried import carriers
from shared.privacy.access import Action, reach
from shared.words.vocabulary.people import Purpose, Role
from tests.cases.case.living import LEAD, SOCIAL_CARETAKER, asking, opened, raised
from tests.cases.case.test_moving import MOVES, WHY, follow_the_newer, followed, versions_of
from tests.support.colleagues import heard_of
from tests.support.services import Running, browser

HTML = {"Accept": "text/html"}


async def home_of(cases: Running, case_id: UUID) -> UUID:
    home: UUID = await cases.value("select home_id from case_list where case_id = $1", case_id)
    return home


@pytest.mark.parametrize("by_home", [True, False])
async def test_a_lead_with_a_conflict_finds_the_case_nowhere(cases: Running, by_home: bool) -> None:
    shut, open_ = await opened(cases, address="Ravnebakken 1"), await opened(cases, address="Ravnebakken 2")
    async with browser(cases, as_=LEAD) as lead:
        assert (await lead.get(f"/cases/{shut}", headers=HTML)).status_code == 200
        await heard_of(cases, LEAD, Role.SOCIAL_LEAD, shut_from=(await home_of(cases, shut) if by_home else shut,))
        for address in (f"/cases/{shut}", f"/cases/{shut}/as-of", f"/cases/{shut}/steps/note"):
            assert (await lead.get(address, headers=HTML)).status_code == 404, address
        for address in ("", "/timeline", "/as-of/2026-03-03"):
            assert (await lead.get(f"/cases/api/cases/{shut}{address}")).status_code == 404
        body = {"id": str(uuid4()), "text": "Hej"}
        assert (await lead.post(f"/cases/api/cases/{shut}/notes", json=body, headers={"If-Match": '"5"'})).status_code == 404
        assert [one["case_id"] for one in (await lead.get("/cases/api/cases")).json()["cases"]] == [str(open_)]
        queue = (await lead.get("/cases/", headers=HTML)).text
        assert "Ravnebakken 2" in queue
        assert "Ravnebakken 1" not in queue
        assert "Ravnebakken 1" not in (await lead.get(f"/cases/hand-over?giver={SOCIAL_CARETAKER}", headers=HTML)).text
        assert (await lead.get(f"/cases/{open_}", headers=HTML)).status_code == 200
    shut_out = asking(cases)
    async with cases.service.read() as connection:
        within = reach(shut_out, Action.WORK_ON_CASE)
        assert await carriers(connection, within) == {SOCIAL_CARETAKER: 2}  # a context made before: only who asks now is shut out


async def test_another_concern_about_the_same_people_does_not_show_the_shut_case(cases: Running) -> None:
    tenancy = uuid4()
    shut, seen = await raised(cases, tenancy=tenancy), await raised(cases, tenancy=tenancy)
    async with browser(cases, as_=LEAD) as lead:
        assert f"/cases/{shut}" in (await lead.get(f"/cases/{seen}", headers=HTML)).text
        await heard_of(cases, LEAD, Role.SOCIAL_LEAD, shut_from=(shut,))
        assert f"/cases/{shut}" not in (await lead.get(f"/cases/{seen}", headers=HTML)).text


async def test_the_handler_who_declares_a_conflict_is_shut_out_and_the_lead_is_told_to_give_it_away(cases: Running) -> None:
    case_id = await opened(cases)
    async with browser(cases, as_=SOCIAL_CARETAKER) as handler, browser(cases, as_=LEAD) as lead:
        page = (await handler.get(f"/cases/{case_id}", headers=HTML)).text
        assert f"/intake/me/conflict?case={case_id}" in page
        await heard_of(cases, SOCIAL_CARETAKER, Role.SOCIAL_CARETAKER, estates=("estate-1",), shut_from=(case_id,))
        assert (await handler.get(f"/cases/{case_id}", headers=HTML)).status_code == 404
        assert "Sagsbehandleren er inhabil" in (await lead.get(f"/cases/{case_id}", headers=HTML)).text
        form = (await lead.get(f"/cases/{case_id}/steps/assignment", headers=HTML)).text
        assert f'value="{LEAD}"' in form
        assert f'value="{SOCIAL_CARETAKER}"' not in form


async def test_nobody_is_given_a_case_they_keep_out_of(cases: Running) -> None:
    case_id = await opened(cases)
    await heard_of(cases, "staff-lead-2", Role.SOCIAL_LEAD, shut_from=(await home_of(cases, case_id),))
    request = HandOver(id=uuid4(), giver=SOCIAL_CARETAKER, handler="staff-lead-2", cases=[])
    [one] = await hand_over(request, asking(cases), cases.service)
    assert one.refusal == "Den valgte kollega er inhabil i sagen."
    async with browser(cases, as_=LEAD) as lead:
        etag = (await lead.get(f"/cases/api/cases/{case_id}")).headers["ETag"]
        body = {"id": str(uuid4()), "companion": "staff-lead-2", "meeting_at": "2026-03-09T10:00:00+01:00"}
        answer = await lead.post(f"/cases/api/cases/{case_id}/accompaniments", json=body, headers={"If-Match": etag})
        assert (answer.status_code, answer.json()["detail"]) == (422, "Den valgte kollega er inhabil i sagen.")


async def test_a_stand_in_keeps_out_of_what_either_keeps_out_of(cases: Running) -> None:
    theirs, absents = await raised(cases, estate="estate-9"), await raised(cases, estate="estate-9")
    await heard_of(cases, LEAD, Role.SOCIAL_LEAD, stand_in=SOCIAL_CARETAKER, shut_from=(absents,))
    await heard_of(cases, SOCIAL_CARETAKER, Role.SOCIAL_CARETAKER, shut_from=(theirs,))
    actor = cases.service.staff.actor(SOCIAL_CARETAKER, hat=f"social_lead:bakkegaarden:{LEAD}", at=cases.clock.now())
    assert actor is not None
    assert actor.shut_from == {theirs, absents}


async def test_who_checks_keeps_out_too(cases: Running) -> None:
    shut = await opened(cases)
    await heard_of(cases, "staff-auditor-1", Role.AUDITOR, shut_from=(await home_of(cases, shut),))
    async with browser(cases, as_="staff-auditor-1") as auditor:
        auditor.headers["Brobygger-Purpose"] = Purpose.AUDIT.value
        for address in (f"/cases/api/cases/{shut}", f"/cases/api/audit/looks?case_id={shut}", f"/cases/api/audit/chain?stream={shut}"):
            assert (await auditor.get(address)).status_code == 404, address
        for address in (f"/cases/audit/looks/{shut}", f"/cases/audit/chain?verify=ja&stream={shut}"):
            assert (await auditor.get(address, headers=HTML)).status_code == 404, address
        assert (await auditor.get("/cases/api/audit/chain")).status_code == 200


@pytest.mark.parametrize("by_home", [True, False])
async def test_cases_that_are_moved_at_once_are_none_that_are_kept_out_of(cases: Running, by_home: bool) -> None:
    shut, open_ = await opened(cases), await opened(cases)
    await follow_the_newer(cases)
    await heard_of(cases, LEAD, Role.SOCIAL_LEAD, shut_from=(await home_of(cases, shut) if by_home else shut,))
    sent = {"procedure_version": "2026-2", "reason": WHY}
    address = "/cases/procedure/versions/2026-1/moves"
    async with browser(cases, as_=LEAD) as lead:
        before = (await lead.get(address, headers=HTML)).text
        moved = (await lead.post(MOVES, json={**sent, "id": str(uuid4())})).json()
        await lead.post(address, data={**sent, "id": str(uuid4())}, headers=HTML)
        after = (await lead.get(address, headers=HTML)).text

    assert "1 sag, der ikke er slut, følger 2026-1." in before
    assert moved == {"moved": 1, "left": 0}
    assert "0 sager, der ikke er slut, følger 2026-1." in after
    assert await followed(cases) == {shut: "2026-1", open_: "2026-2"}
    assert "procedure_changed" not in [topic for topic, _ in await versions_of(cases, shut)]


@pytest.mark.parametrize("by_home", [True, False])
async def test_who_checks_does_not_see_that_others_looked_at_what_they_keep_out_of(cases: Running, by_home: bool) -> None:
    shut, open_ = await opened(cases), await opened(cases)
    async with browser(cases, as_=LEAD) as lead:
        for case_id in (shut, open_):
            await lead.get(f"/cases/api/cases/{case_id}")
    await heard_of(cases, "staff-auditor-1", Role.AUDITOR, shut_from=(await home_of(cases, shut) if by_home else shut,))
    async with browser(cases, as_="staff-auditor-1") as auditor:
        auditor.headers["Brobygger-Purpose"] = Purpose.AUDIT.value
        looks = (await auditor.get("/cases/api/audit/looks")).json()["looks"]
        page = (await auditor.get("/cases/audit/looks", headers=HTML)).text
    assert {look["about"] for look in looks} == {str(open_)}
    assert str(open_) in page
    assert str(shut) not in page


@pytest.mark.parametrize("who", [LEAD, "staff-auditor-1", "staff-caretaker-1"])
async def test_every_door_answers_as_if_there_were_no_such_case(cases: Running, who: str) -> None:
    shut = await opened(cases)
    person = cases.service.staff.person(who)
    assert person is not None
    await heard_of(cases, who, person.role, shut_from=(await home_of(cases, shut),))
    pages = ("", "/as-of", "/as-of?day=2026-03-03", "/steps/note", "/part", "/part/keep-an-eye")
    doors = [(f"/cases/{{}}{address}", HTML) for address in pages]
    doors += [(f"/cases/api/cases/{{}}{address}", {}) for address in ("", "/timeline", "/as-of/2026-03-03")]
    doors += [("/cases/api/audit/looks?case_id={}", {}), ("/cases/api/audit/chain?stream={}", {})]
    doors += [("/cases/audit/looks/{}", HTML), ("/cases/audit/chain?verify=ja&stream={}", HTML)]
    body = {"id": str(uuid4()), "text": "Hej"}
    async with browser(cases, as_=who) as client:
        if who == "staff-auditor-1":
            client.headers["Brobygger-Purpose"] = Purpose.AUDIT.value
        assert (await client.get(f"/cases/api/cases/{shut}")).status_code == (
            403 if who == "staff-caretaker-1" else 404
        )  # a caretaker reads no case, which tells of none
        for address, headers in doors:
            here, nowhere = [await client.get(address.format(id), headers=headers) for id in (shut, uuid4())]
            assert (here.status_code, here.headers.get("location")) == (nowhere.status_code, nowhere.headers.get("location")), address
            assert here.status_code != 200, address
        for address in ("/cases/api/cases/{}/notes", "/cases/api/parts/{}/kept-an-eye", "/cases/api/cases/{}/opening"):
            here, nowhere = [await client.post(address.format(id), json=body, headers={"If-Match": '"5"'}) for id in (shut, uuid4())]
            assert here.status_code == nowhere.status_code, address


async def test_who_hands_over_hears_that_others_are_left_and_not_which(cases: Running) -> None:
    shut, goes = await opened(cases, address="Ravnebakken 1"), await opened(cases, address="Ravnebakken 2")
    await heard_of(cases, LEAD, Role.SOCIAL_LEAD, shut_from=(await home_of(cases, shut),))
    await heard_of(cases, "staff-lead-2", Role.SOCIAL_LEAD, stand_in="")
    left, away = "kunne ikke gives videre af dig", "er fraværende til"
    asked = {"giver": SOCIAL_CARETAKER, "handler": "staff-lead-2"}
    async with browser(cases, as_=LEAD) as lead:
        form = (await lead.get(f"/cases/hand-over?giver={SOCIAL_CARETAKER}", headers=HTML)).text
        page = (await lead.post("/cases/hand-over", data={**asked, "id": str(uuid4()), "cases": [str(goes)]}, headers=HTML)).text
        done = (await lead.post("/cases/api/hand-overs", json={**asked, "id": str(uuid4())})).json()
        back = {"id": str(uuid4()), "giver": "staff-lead-2", "handler": SOCIAL_CARETAKER}
        none = (await lead.post("/cases/api/hand-overs", json=back)).json()
    for shown in (form, page):
        assert left in shown
        assert "Ravnebakken 1" not in shown
        assert str(shut) not in shown
    assert "fraværende nu" in form
    assert away in page
    assert done == {"cases": [], "some_are_left": True, "handler_is_away": True}
    assert none == {"cases": [{"case_id": str(goes), "done": True, "reason": ""}], "some_are_left": False, "handler_is_away": False}
