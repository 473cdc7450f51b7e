"""The staff on pages and as JSON: who manages it, what everybody sees to about themselves, and several hats at sign-in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.intake.app import parts
from services.intake.staff.rules.colleague import Colleague
from services.intake.staff.steps import HAPPENED
from shared.history.aggregate import Event
from shared.web.sign_in import cookie_for
from shared.words.vocabulary.people import Role
from tests.intake.known import HOME
from tests.support.colleagues import heard_of
from tests.support.postgres import PostgresServer
from tests.support.services import NOW, Running, browser, running_service

HTML = {"Accept": "text/html"}
LEAD, OPERATOR, CARETAKER, DIRECTOR = "staff-social-lead-1", "staff-operator-1", "staff-caretaker-1", "staff-director-1"
NEW = {"person": "staff-new-1", "name": "Ny Testvang", "role": "caretaker", "estates": "estate-1, estate-2", "email": "ny@example.test"}


async def test_the_lead_takes_somebody_on_who_signs_in_without_any_restart(intake: Running) -> None:
    async with browser(intake, as_=LEAD) as lead, browser(intake) as new:
        answer = await lead.post("/intake/staff/new", data={"id": str(uuid4()), **NEW}, headers=HTML)
        assert (answer.status_code, answer.headers["location"]) == (303, "/intake/staff/staff-new-1")
        assert "Ny Testvang" in (await lead.get("/intake/staff", headers=HTML)).text
        signed_in = await new.post("/intake/sign-in", data={"person": "staff-new-1"})
        assert signed_in.headers["location"] == "/intake/"
        assert (await new.get("/intake/api/estates")).status_code == 200


async def test_an_id_is_made_where_none_is_named_and_the_same_when_it_is_sent_again(intake: Running) -> None:
    form = {name: value for name, value in NEW.items() if name != "person"} | {"id": str(uuid4())}
    async with browser(intake, as_=LEAD) as lead:
        answers = [await lead.post("/intake/staff/new", data=form, headers=HTML) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [303, 303]
        assert len({answer.headers["location"] for answer in answers}) == 1
        assert answers[0].headers["location"].startswith("/intake/staff/staff-")
        told = await lead.post("/intake/staff/new", data={**form, "id": str(uuid4()), "person": "lise-hansen-40506070"}, headers=HTML)
        assert told.status_code == 422
        assert 'id="f-person-error"' in told.text


async def test_what_is_refused_stands_beside_its_field_with_everything_typed(intake: Running) -> None:
    async with browser(intake, as_=LEAD) as lead:
        answer = await lead.post("/intake/staff/new", data={"id": str(uuid4()), **NEW, "email": "a@b.test\nBcc: c@d.test"}, headers=HTML)
        assert answer.status_code == 422
        assert 'id="f-email-error"' in answer.text
        assert "Ny Testvang" in answer.text
        taken = await lead.post("/intake/staff/new", data={"id": str(uuid4()), **NEW, "person": CARETAKER}, headers=HTML)
        assert "Der er allerede en medarbejder med det id." in taken.text


@pytest.mark.parametrize("who", [CARETAKER, "staff-social-caretaker-1", "staff-dpo-1"])
async def test_the_staff_is_managed_by_leads_and_operators_only(intake: Running, who: str) -> None:
    async with browser(intake, as_=who) as client:
        for address in ("/intake/staff", f"/intake/staff/{CARETAKER}", "/intake/api/staff", f"/intake/staff/{CARETAKER}/hat"):
            assert (await client.get(address)).status_code == 403
        assert (await client.post("/intake/api/staff", json={"id": str(uuid4()), **NEW, "estates": []})).status_code == 403
        assert (await client.get("/intake/me", headers=HTML)).status_code == 200


async def test_the_director_sees_who_works_here_and_changes_nobody(intake: Running) -> None:
    async with browser(intake, as_=DIRECTOR) as director:
        assert "/intake/staff/new" not in (await director.get("/intake/staff", headers=HTML)).text
        assert (await director.get(f"/intake/staff/{CARETAKER}/hat")).status_code == 403
        assert (await director.post("/intake/api/staff", json={"id": str(uuid4()), **NEW, "estates": []})).status_code == 403


async def test_everybody_sees_to_their_own_absence_and_to_nothing_else_of_theirs(intake: Running) -> None:
    async with browser(intake, as_=CARETAKER) as client:
        mine = await client.get("/intake/api/me")
        body = {"id": str(uuid4()), "begins": NOW.isoformat(), "ends": NOW.replace(day=10).isoformat(), "stand_in": "staff-caretaker-2"}
        done = await client.post("/intake/api/me/absence", json=body, headers={"If-Match": mine.headers["ETag"]})
        assert (done.status_code, done.headers["ETag"]) == (204, '"2"')
        assert [one["stand_in"] for one in (await client.get("/intake/api/me")).json()["absences"]] == ["staff-caretaker-2"]
        hat = {"id": str(uuid4()), "role": "social_lead"}
        assert (await client.post("/intake/api/me/hat", json=hat, headers={"If-Match": '"2"'})).status_code in (404, 405)
        page = await client.get("/intake/me", headers=HTML)
        assert "Bakken (estate-1)" in page.text
        assert "Birte Testvang" in page.text
        assert "/intake/me/hat" not in page.text


async def test_an_absence_that_is_ended_in_two_tabs_is_ended_once_and_told_twice(intake: Running) -> None:
    async with browser(intake, as_=CARETAKER) as client:
        away = {"id": str(uuid4()), "version": "0", "begins": "2026-03-03", "ends": "2026-03-10", "stand_in": "staff-caretaker-2"}
        assert (await client.post("/intake/me/absence", data=away, headers=HTML)).status_code == 303
        tabs = [(await client.get("/intake/me", headers=HTML)).text for _ in range(2)]
        for tab in tabs:
            form = re.search(r'<form method="post" action="/intake/me/absence-ended".*?</form>', tab, re.DOTALL)
            assert form is not None
            ended = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[0]))
            answer = await client.post("/intake/me/absence-ended", data=ended, headers=HTML)
            assert (answer.status_code, answer.headers.get("location")) == (303, "/intake/me"), answer.text
        mine = (await client.get("/intake/api/me")).json()
        assert [(one["begins"], one["ends"]) for one in mine["absences"]] == [("2026-03-02T23:00:00Z", "2026-03-03T09:00:00Z")]
        assert await intake.value("select count(*) from events where topic = 'colleague.absence_ended'") == 1


async def test_an_operator_cannot_become_a_lead_by_themselves(intake: Running) -> None:
    async with browser(intake, as_=OPERATOR) as client:
        form = {"id": str(uuid4()), "version": "0", "role": "social_lead"}
        answer = await client.post(f"/intake/staff/{OPERATOR}/hat", data=form, headers=HTML)
        assert answer.status_code == 422
        assert "Du kan ikke selv give dig en rolle" in answer.text


TWO = """
association: bakkegaarden
staff:
  - {id: staff-social-lead-1, name: Citha Testvang, role: social_lead}
  - {id: staff-lead-2, name: Fjord Testvang, role: social_lead, association: fjordbo}
  - id: staff-both-1
    name: Begge Testvang
    hats:
      - {role: caretaker, estates: [estate-1]}
      - {role: social_lead, association: fjordbo}
"""


async def test_who_has_hats_in_two_associations_wears_one_at_a_time(postgres: PostgresServer, tmp_path: Path) -> None:
    staff = tmp_path / "two.yaml"
    staff.write_text(TWO, encoding="utf-8")
    async with running_service(parts(), postgres, tmp_path, staff_file=staff) as intake:
        intake.service.settings = intake.settings.model_copy(update={"associations": ("bakkegaarden", "fjordbo")})
        async with browser(intake) as client:
            cards = await client.get("/intake/sign-in", headers=HTML)
            assert cards.text.count("Begge Testvang") == 2
            assert (await client.post("/intake/sign-in", data={"person": "staff-both-1"}, headers=HTML)).status_code == 404

            await client.post("/intake/sign-in", data={"person": "staff-both-1", "hat": "social_lead:fjordbo"})
            ours = (await client.get("/intake/api/staff")).json()["colleagues"]
            assert {one["person"]: [hat["role"] for hat in one["hats"]] for one in ours} == {
                "staff-lead-2": ["social_lead"],
                "staff-both-1": ["social_lead"],
            }
            assert "Skift hat" in (await client.get("/intake/staff", headers=HTML)).text
            assert (await client.get("/intake/staff/staff-social-lead-1", headers=HTML)).status_code == 404

            await client.post("/intake/sign-in", data={"person": "staff-both-1", "hat": "caretaker:bakkegaarden"})
            assert (await client.get("/intake/api/staff")).status_code == 403
            mine = (await client.get("/intake/api/me")).json()
            assert [hat["role"] for hat in mine["hats"]] == ["caretaker"]


async def test_a_cookie_is_good_for_its_hat_alone_and_one_without_a_hat_for_nothing(intake: Running) -> None:
    async with browser(intake, as_=CARETAKER) as client, browser(intake, as_=LEAD) as lead:
        assert (await client.get("/intake/api/me")).status_code == 200
        form = {"id": str(uuid4()), "version": "0", "role": "social_caretaker", "estates": "estate-1"}
        assert (await lead.post(f"/intake/staff/{CARETAKER}/hat", data=form, headers=HTML)).status_code == 303
        assert (await client.get("/intake/api/me")).status_code == 200
        form = {"id": str(uuid4()), "version": "2", "role": "caretaker"}
        assert (await lead.post(f"/intake/staff/{CARETAKER}/hat-off", data=form, headers=HTML)).status_code == 303
        assert (await client.get("/intake/api/me")).status_code == 401
        for hat, status in (("social_caretaker:bakkegaarden", 200), ("social_lead:bakkegaarden", 401), ("", 401)):
            client.cookies.set("brobygger", cookie_for(intake.settings, CARETAKER, hat))
            assert (await client.get("/intake/api/me")).status_code == status


async def test_a_cookie_of_before_somebody_left_does_not_wake_up_when_they_come_back(intake: Running) -> None:
    async with browser(intake, as_=CARETAKER) as client, browser(intake, as_=LEAD) as lead:
        assert (await lead.post(f"/intake/staff/{CARETAKER}/leaving", data={"id": str(uuid4()), "version": "0"})).status_code == 303
        assert (await client.get("/intake/api/me")).status_code == 401
        again = {"id": str(uuid4()), "person": CARETAKER, "name": "Asger Testvang", "role": "caretaker"}
        assert (await lead.post("/intake/api/staff", json=again)).status_code == 204
        assert (await client.get("/intake/api/me")).status_code == 401
        assert (await client.post("/intake/sign-in", data={"person": CARETAKER})).status_code == 303
        assert (await client.get("/intake/api/me")).status_code == 200


async def test_a_caretaker_who_lives_on_the_estate_keeps_out_of_his_own_home(intake: Running) -> None:
    async with browser(intake, as_=CARETAKER) as client, browser(intake, as_=LEAD) as lead:
        seen = observation_json()
        assert (await client.post("/intake/api/observations", json=seen)).status_code == 201
        page = await client.get("/intake/me/conflict?estate=estate-1", headers=HTML)
        assert str(HOME) in page.text
        form = {"id": str(uuid4()), "version": "0", "about": str(HOME), "kind": "own_home"}
        assert (await client.post("/intake/me/conflict", data=form, headers=HTML)).status_code == 303
        assert "Egen bolig" in (await client.get("/intake/me", headers=HTML)).text

        refused = await client.post("/intake/api/observations", json=observation_json())
        assert (refused.status_code, refused.json()["detail"]) == (422, "Du har meldt, at du er inhabil i den bolig.")
        assert (await client.get(f"/intake/api/observations/{seen['id']}")).status_code == 404
        assert (await client.get("/intake/api/observations")).json()["items"] == []

        mine = (await client.get("/intake/api/me")).json()
        conflict = mine["conflicts"][0]["conflict_id"]
        lift = {"id": str(uuid4()), "conflict_id": conflict}
        headers = {"If-Match": f'"{mine["version"]}"'}
        assert (await client.post("/intake/api/me/conflict-lifted", json=lift, headers=headers)).status_code in (404, 405)
        assert "Ophæv inhabiliteten" in (await lead.get(f"/intake/staff/{CARETAKER}", headers=HTML)).text
        assert (await lead.post(f"/intake/api/staff/{CARETAKER}/conflict-lifted", json=lift, headers=headers)).status_code == 204
        assert (await client.get(f"/intake/api/observations/{seen['id']}")).status_code == 200


async def test_a_lead_cannot_lift_her_own_conflict(intake: Running) -> None:
    async with browser(intake, as_=LEAD) as lead:
        form = {"id": str(uuid4()), "version": "0", "about": str(HOME), "kind": "relative"}
        assert (await lead.post("/intake/me/conflict", data=form, headers=HTML)).status_code == 303
        assert "Ophæv inhabiliteten" not in (await lead.get(f"/intake/staff/{LEAD}", headers=HTML)).text
        conflict = (await lead.get("/intake/api/me")).json()["conflicts"][0]["conflict_id"]
        body = {"id": str(uuid4()), "conflict_id": conflict}
        answer = await lead.post(f"/intake/api/staff/{LEAD}/conflict-lifted", json=body, headers={"If-Match": '"2"'})
        assert (answer.status_code, answer.json()["detail"]) == (422, "Man kan ikke selv ophæve sin inhabilitet.")


async def test_a_lead_cannot_lift_her_own_conflict_by_way_of_a_lead_she_makes_but_the_director_can(intake: Running) -> None:
    new = {"id": str(uuid4()), "person": "staff-new-1", "name": "Ny Testvang", "role": "social_lead"}
    async with browser(intake, as_=LEAD) as lead, browser(intake, as_=DIRECTOR) as director:
        assert (await lead.post("/intake/api/staff", json=new)).status_code == 204
        form = {"id": str(uuid4()), "version": "0", "about": str(HOME), "kind": "relative"}
        assert (await lead.post("/intake/me/conflict", data=form, headers=HTML)).status_code == 303
        later = {**new, "id": str(uuid4()), "person": "staff-new-2"}
        assert "så du kan ikke gøre nogen til boligsocial leder" in (await lead.post("/intake/api/staff", json=later)).text

        conflict = (await lead.get("/intake/api/me")).json()["conflicts"][0]["conflict_id"]
        body = {"id": str(uuid4()), "conflict_id": conflict}
        async with browser(intake, as_="staff-new-1") as new_lead:
            answer = await new_lead.post(f"/intake/api/staff/{LEAD}/conflict-lifted", json=body, headers={"If-Match": '"2"'})
            assert (answer.status_code, answer.json()["detail"]) == (422, "Den, der har givet dig din rolle, er den, inhabiliteten gælder.")

        page = (await director.get(f"/intake/staff/{LEAD}", headers=HTML)).text
        assert "Ophæv inhabiliteten" in page
        assert f"/intake/staff/{LEAD}/hat" not in page
        lifted = {**body, "id": str(uuid4()), "version": "2"}
        assert (await director.post(f"/intake/staff/{LEAD}/conflict-lifted", data=lifted, headers=HTML)).status_code == 303
        assert (await lead.get("/intake/api/me")).json()["conflicts"] == []


async def test_leads_and_the_director_see_who_did_what_and_when(intake: Running) -> None:
    form = {"id": str(uuid4()), "version": "0", "role": "dpo"}
    async with browser(intake, as_=LEAD) as lead, browser(intake, as_=DIRECTOR) as director, browser(intake, as_=OPERATOR) as operator:
        assert (await operator.post(f"/intake/staff/{CARETAKER}/hat", data=form, headers=HTML)).status_code == 303
        for who in (lead, director):
            happened = (await who.get(f"/intake/staff/{CARETAKER}", headers=HTML)).text.partition('id="happened-title"')[2]
            assert "Rolle eller afdelinger givet: " in happened
            assert "Inge Testvang" in happened
        assert 'id="happened-title"' not in (await operator.get(f"/intake/staff/{CARETAKER}", headers=HTML)).text


async def test_every_event_of_a_colleague_has_words() -> None:
    kinds = [kind for kind in vars(Colleague).values() if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event]
    assert {getattr(kind, "TOPIC", None) for kind in kinds} - {None} == set(HAPPENED)


async def test_an_operator_shuts_nobody_out_and_is_not_told_where_somebody_lives(intake: Running) -> None:
    form = {"id": str(uuid4()), "version": "0", "about": str(HOME), "kind": "own_home"}
    async with (
        browser(intake, as_=OPERATOR) as operator,
        browser(intake, as_=CARETAKER) as caretaker,
        browser(intake, as_=DIRECTOR) as director,
    ):
        refused = await operator.post(f"/intake/staff/{LEAD}/conflict", data=form, headers=HTML)
        assert refused.status_code == 422
        assert "Kun medarbejderen selv eller en boligsocial leder kan melde inhabilitet." in refused.text
        unknown = await caretaker.post("/intake/me/conflict", data={**form, "kind": "grudge"}, headers=HTML)
        assert unknown.status_code == 422
        assert 'id="f-kind-error"' in unknown.text

        assert (await caretaker.post("/intake/me/conflict", data=form, headers=HTML)).status_code == 303
        mine = (await caretaker.get("/intake/me", headers=HTML)).text
        assert "Egen bolig" in mine
        assert "Lyngstien 2" in mine
        for who, kind in ((operator, ""), (director, "own_home")):
            page = (await who.get(f"/intake/staff/{CARETAKER}", headers=HTML)).text
            assert "En bolig eller en sag" in page
            assert ("Egen bolig" in page) is bool(kind)
            assert "Lyngstien" not in page
            assert str(HOME)[:8] not in page
            [told] = (await who.get(f"/intake/api/staff/{CARETAKER}")).json()["conflicts"]
            assert (told["about"], told["kind"]) == (None, kind)


def observation_json() -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "home_id": str(HOME),
        "observed_at": NOW.isoformat(),
        "signals": ["home.hoarding"],
        "severity": "high",
        "consent_answer": "not_asked",
    }


async def test_a_caretaker_rings_who_stands_in_for_the_lead_and_who_is_on_call(intake: Running) -> None:
    await heard_of(intake, LEAD, Role.SOCIAL_LEAD, stand_in="staff-social-caretaker-1")
    await heard_of(intake, "staff-night-1", Role.SOCIAL_CARETAKER, on_call=True)
    async with browser(intake, as_=CARETAKER) as client:
        page = (await client.get("/intake/observations/new?estate=estate-1", headers=HTML)).text
    office = page.partition('class="office"')[2].partition("</p>")[0]
    assert "Ditlev Testvang" in office
    assert "staff-night-1" in office  # nobody told the name
    assert LEAD not in office
