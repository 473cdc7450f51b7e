"""One's own part of a case, as pages and as JSON: whose it is, what is shown there, and what is done there."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from icalendar import Calendar

from services.cases.case.rules.accompaniment import PlanAccompaniment
from services.cases.case.rules.consents import GrantConsent
from services.cases.case.rules.damage_service import OrderDamageService
from services.cases.case.rules.deadlines import InformCaretaker
from services.cases.case.rules.ending import CloseCase
from services.cases.case.rules.follow_ups import CancelFollowUp
from services.cases.case.rules.handling import AddNote, RecordContact
from services.cases.case.rules.persons import NotePerson
from services.cases.case.rules.referrals import SendReferral
from services.cases.case.steps import FORMS_OF_A_PART, STEPS_OF_A_PART
from shared.words.vocabulary.people import Role
from tests.cases.case.living import CARETAKER, LEAD, SOCIAL_CARETAKER, erase_case, opened, raised, take
from tests.support.services import NOW, Running, browser

HTML = {"Accept": "text/html", "Accept-Language": "da"}
OTHER_CARETAKER = "staff-caretaker-2"
MEETING = NOW + timedelta(days=2)


async def asked_along(cases: Running, companion: str = CARETAKER, *, at: datetime = MEETING, **facts: Any) -> tuple[UUID, UUID]:
    """An open case with a meeting that somebody is asked along to."""
    case_id, visit_id = await opened(cases, **facts), uuid4()
    await take(cases, case_id, PlanAccompaniment, id=visit_id, companion=companion, meeting_at=at)
    return case_id, visit_id


@asynccontextmanager
async def part_of(cases: Running, case_id: UUID, who: str = CARETAKER) -> AsyncIterator[Part]:
    """The part of somebody, in their browser."""
    async with browser(cases, as_=who) as client:
        yield Part(client, case_id)


class Part:
    """What somebody does in their own part of a case."""

    def __init__(self, client: httpx.AsyncClient, case_id: UUID) -> None:
        self.client, self.case_id = client, case_id

    async def page(self, *, status: int = 200) -> str:
        answer = await self.client.get(f"/cases/{self.case_id}/part", headers=HTML)
        assert answer.status_code == status, answer.text
        return answer.text

    async def press(self, step: str, text: str, *, page: str = "") -> httpx.Response:
        """Press the button that says so, on a page that was opened before, or on a new one."""
        forms = re.findall(r'<form class="part-press".*?</form>', page or await self.page(), re.DOTALL)
        (form,) = [form for form in forms if f">{text}</button>" in form]
        assert f'action="/cases/{self.case_id}/part/{step}"' in form
        data = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
        return await self.client.post(f"/cases/{self.case_id}/part/{step}", data=data, headers=HTML)

    async def fill_in(self, step: str, **filled: str | list[str]) -> httpx.Response:
        """Open the form of a step, fill it in, send it."""
        address = f"/cases/{self.case_id}/part/{step}"
        shown = await self.client.get(address, headers=HTML)
        assert shown.status_code == 200
        data: dict[str, Any] = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown.text))
        return await self.client.post(address, data={**data, **filled}, headers=HTML)

    async def send(self, address: str, **body: Any) -> httpx.Response:
        """Take a step as JSON."""
        return await self.client.post(f"/cases/api/parts/{self.case_id}/{address}", json={"id": str(uuid4()), **body})

    async def json(self) -> dict[str, Any]:
        found: dict[str, Any] = (await self.client.get(f"/cases/api/parts/{self.case_id}")).json()
        return found


async def happened(cases: Running, case_id: UUID) -> list[str]:
    """What happened last in a case, by event."""
    rows = await cases.rows("select topic from events where stream_id = $1 order by version", case_id)
    return [row["topic"].removeprefix("case.") for row in rows]


# Whose it is


@pytest.mark.parametrize("who", [OTHER_CARETAKER, LEAD, SOCIAL_CARETAKER, "staff-clerk-1", "staff-auditor-1", "staff-director-1"])
async def test_who_neither_saw_it_nor_is_asked_along_has_no_part_in_it(cases: Running, who: str) -> None:
    case_id, visit_id = await asked_along(cases)
    said = 404 if who in (OTHER_CARETAKER, LEAD, SOCIAL_CARETAKER) else 403  # who has no part in any case is told that
    before = await happened(cases, case_id)
    async with part_of(cases, case_id, who) as part:
        await part.page(status=said)
        pages = [f"/cases/{case_id}/part/{step}" for step in FORMS_OF_A_PART]
        for address in [*pages, f"/cases/{case_id}/part/meetings/{visit_id}.ics", f"/cases/api/parts/{case_id}"]:
            assert (await part.client.get(address, headers=HTML)).status_code == said, address
        for step in FORMS_OF_A_PART:
            assert (await part.client.post(f"/cases/{case_id}/part/{step}", data={}, headers=HTML)).status_code == said
        assert (await part.send("eyes-kept", text="Der var lys.")).status_code == said
        assert (await part.send(f"accompaniments/{visit_id}/acceptance")).status_code == said

    assert await happened(cases, case_id) == before


async def test_a_part_of_a_case_that_is_not_there_is_not_found(cases: Running) -> None:
    case_id, _ = await asked_along(cases)
    async with part_of(cases, uuid4()) as part:
        await part.page(status=404)
    async with part_of(cases, case_id) as part:
        for address in (f"/cases/{case_id}/part/triage", f"/cases/{case_id}/part/meetings/{uuid4()}.ics"):
            assert (await part.client.get(address, headers=HTML)).status_code == 404


async def test_the_case_itself_stays_closed_to_both_and_the_look_says_who_looked_as_what(cases: Running) -> None:
    case_id, _ = await asked_along(cases, OTHER_CARETAKER)
    for who in (CARETAKER, OTHER_CARETAKER):
        async with part_of(cases, case_id, who) as part:
            await part.page()
            for address in (f"/cases/{case_id}", f"/cases/{case_id}/steps/kept-an-eye", f"/cases/api/cases/{case_id}", "/cases/"):
                assert (await part.client.get(address, headers=HTML)).status_code == 403

    looks = await cases.rows("select actor, purpose, action, relation from access_log where about = $1 order by actor", case_id)
    assert [tuple(look) for look in looks] == [
        (CARETAKER, "taking_part", "read_part", "observer"),
        (OTHER_CARETAKER, "taking_part", "read_part", "companion"),
    ]


async def test_nothing_of_the_case_stands_in_it(cases: Running) -> None:
    case_id, _ = await asked_along(cases)
    await take(cases, case_id, RecordContact, reached=True, channel="visit", note="Hemmelig kontakt")
    await take(cases, case_id, AddNote, text="Hemmeligt notat")
    await take(cases, case_id, NotePerson, name="Opdigtet Beboer", phone="70 00 00 00")
    await take(cases, case_id, SendReferral, target="municipal.visitation", channel="phone", content="Hemmelig henvisning")
    for who in (CARETAKER, LEAD):
        if who == LEAD:
            await take(cases, case_id, PlanAccompaniment, companion=LEAD, meeting_at=MEETING)
        async with part_of(cases, case_id, who) as part:
            shown = await part.page() + str(await part.json())
        for secret in ("Hemmelig", "Opdigtet", "70 00 00 00", "Visitationen", "municipal.visitation", "Orange", "elderly_care"):
            assert secret not in shown


# Coming along


async def test_the_caretaker_says_yes_and_changes_his_mind(cases: Running) -> None:
    case_id, visit_id = await asked_along(cases)
    async with part_of(cases, case_id) as part:
        page = await part.page()
        assert page.index("Vil du med?") < page.index("torsdag den 5. marts 2026") < page.index("Ravnebakken 4", page.index("Vil du med?"))
        answer = await part.press("accompaniment-answer", "Ja, jeg kommer med")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{case_id}/part")
        assert "Du kommer med" in await part.page()
        assert (await part.press("accompaniment-answer", "Nej, jeg kan ikke")).status_code == 303
        page = await part.page()
        assert "Du kan ikke komme med" in page
        assert "Læg det i din kalender" not in page
        assert (await part.json())["meetings"] == [{"visit_id": str(visit_id), "at": "2026-03-05T09:00:00Z", "comes": False, "done": False}]

    assert (await happened(cases, case_id))[-2:] == ["accompaniment_agreed", "accompaniment_declined"]
    async with browser(cases, as_=LEAD) as client:
        page = (await client.get(f"/cases/{case_id}", headers=HTML)).text
    assert "Asger Testvang kan ikke tage med til mødet" in page
    assert f"/cases/{case_id}/steps/accompaniment?visit_id={visit_id}" in page


async def test_a_companion_who_did_not_see_it_has_a_door_of_his_own_as_long_as_he_is_asked(cases: Running) -> None:
    case_id, visit_id = await asked_along(cases, OTHER_CARETAKER)
    async with part_of(cases, case_id, OTHER_CARETAKER) as part:
        page = await part.page()
        assert "Ravnebakken 4" in page
        assert not re.search("Skadesservice|spurgt beboeren|Det, du så", page)
        assert (await part.json())["steps"] == ["accompany", "keep_an_eye"]
        assert (await part.send("consents/granted", recipients=["gp"], wording="mundtlig-1")).status_code == 422
        assert (await part.send("damage-service-orders")).status_code == 422
        assert (await part.send(f"accompaniments/{visit_id}/acceptance")).status_code == 204
        answer = await part.press("accompaniment-answer", "Nej, jeg kan ikke")
        assert (answer.status_code, answer.headers["location"]) == (303, "/intake/")
        await part.page(status=404)
        assert (await part.send("eyes-kept", text="Der var lys.")).status_code == 404
        await take(cases, case_id, PlanAccompaniment, visit_id=visit_id, companion=CARETAKER, meeting_at=MEETING)
        await part.page(status=404)


async def test_somebody_who_works_on_cases_elsewhere_takes_no_more_than_their_part(cases: Running) -> None:
    case_id, visit_id = await asked_along(cases, SOCIAL_CARETAKER, estate="estate-9")
    other, _ = await asked_along(cases, LEAD)
    async with part_of(cases, case_id, SOCIAL_CARETAKER) as part:
        assert (await part.send("consents/granted", recipients=["gp"], wording="mundtlig-1")).status_code == 422
        assert (await part.send(f"accompaniments/{visit_id}/acceptance")).status_code == 204
    async with part_of(cases, other, LEAD) as part:
        assert (await part.send("eyes-kept", text="Der var lys.")).status_code == 204


async def test_a_yes_to_a_meeting_that_was_moved_meanwhile_is_refused_beside_the_new_time(cases: Running) -> None:
    case_id, visit_id = await asked_along(cases)
    async with part_of(cases, case_id) as part:
        page = await part.page()
        await take(cases, case_id, PlanAccompaniment, visit_id=visit_id, companion=CARETAKER, meeting_at=MEETING + timedelta(days=1))
        data = {"id": str(uuid4()), "comes": "yes", "visit_id": str(visit_id), "planned_for": MEETING.isoformat()}
        assert f'name="planned_for" value="{MEETING.isoformat()}"' in page
        answer = await part.client.post(f"/cases/{case_id}/part/accompaniment-answer", data=data, headers=HTML)

    assert answer.status_code == 422
    assert "Mødet er flyttet, siden du blev spurgt." in answer.text


async def test_he_says_that_he_was_there_when_it_has_begun(cases: Running) -> None:
    case_id, _ = await asked_along(cases)
    async with part_of(cases, case_id) as part:
        assert "Jeg var med" not in await part.page()
        cases.clock.lead_to(MEETING + timedelta(days=3))
        page = await part.page()
        assert "Nej, jeg kan ikke" not in page
        await part.press("accompanied", "Jeg var med")
        assert "Jeg var med" not in await part.page()

    assert (await happened(cases, case_id))[-1] == "accompaniment_done"


# The calendar


async def file_of(part: Part, visit_id: UUID) -> bytes:
    answer = await part.client.get(f"/cases/{part.case_id}/part/meetings/{visit_id}.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="moede.ics"'
    return answer.content


async def test_the_meeting_is_a_file_for_a_calendar(cases: Running) -> None:
    address = "Den Meget Lange Opdigtede Ravnebakkeallé 4, 3. til venstre; porten, 7190 Bakkelund"
    case_id, visit_id = await asked_along(cases, address=address)
    async with part_of(cases, case_id) as part:
        asked = await file_of(part, visit_id)
        await part.press("accompaniment-answer", "Ja, jeg kommer med")
        content = await file_of(part, visit_id)
        await part.press("accompaniment-answer", "Nej, jeg kan ikke")
        called_off = await file_of(part, visit_id)

    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert [line for line in lines if line.startswith(b"DT")] == [
        b"DTSTART:20260305T090000Z", b"DTEND:20260305T100000Z", b"DTSTAMP:20260303T090000Z",
    ]  # fmt: skip
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert (event["UID"], event["SUMMARY"], event["LOCATION"]) == (f"{visit_id}@brobygger", "Aftalt møde", address)
    assert (event["STATUS"], event["CLASS"]) == ("CONFIRMED", "PRIVATE")
    assert event["URL"] == f"{cases.settings.public_origin}/cases/{case_id}/part"
    assert set(event) == {
        "UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "CLASS", "SUMMARY", "URL", "LOCATION",
    }  # fmt: skip
    assert b"STATUS:TENTATIVE" in asked
    assert b"STATUS:CANCELLED" in called_off
    assert b"LOCATION" not in called_off


async def test_a_meeting_that_is_moved_is_the_same_one_in_the_calendar(cases: Running) -> None:
    case_id, visit_id = await asked_along(cases)
    async with part_of(cases, case_id) as part:
        (before,) = Calendar.from_ical(await file_of(part, visit_id)).walk("VEVENT")
        await take(cases, case_id, PlanAccompaniment, visit_id=visit_id, companion=CARETAKER, meeting_at=MEETING + timedelta(days=1))
        (after,) = Calendar.from_ical(await file_of(part, visit_id)).walk("VEVENT")

    assert before["UID"] == after["UID"]
    assert before.decoded("SEQUENCE") < after.decoded("SEQUENCE")
    assert after.decoded("DTSTART") == MEETING + timedelta(days=1)


async def test_a_meeting_that_goes_on_with_somebody_else_is_called_off_in_the_calendar(cases: Running) -> None:
    case_id, visit_id = await asked_along(cases)
    async with part_of(cases, case_id) as part:
        await part.press("accompaniment-answer", "Ja, jeg kommer med")
        (before,) = Calendar.from_ical(await file_of(part, visit_id)).walk("VEVENT")
        await take(cases, case_id, PlanAccompaniment, visit_id=visit_id, companion=OTHER_CARETAKER, meeting_at=MEETING)
        (after,) = Calendar.from_ical(await file_of(part, visit_id)).walk("VEVENT")

    assert (before["UID"], before["STATUS"], after["STATUS"]) == (after["UID"], "CONFIRMED", "CANCELLED")
    assert before.decoded("SEQUENCE") < after.decoded("SEQUENCE")
    assert "LOCATION" not in after


async def test_somebody_elses_meeting_is_not_in_ones_calendar(cases: Running) -> None:
    case_id, visit_id = await asked_along(cases, OTHER_CARETAKER)
    async with part_of(cases, case_id) as part:
        assert (await part.client.get(f"/cases/{case_id}/part/meetings/{visit_id}.ics")).status_code == 404


# What he saw, that he asked, whom he let in


async def test_what_he_sees_from_the_side_line_comes_on_the_case_there_is(cases: Running) -> None:
    case_id = await raised(cases)
    async with part_of(cases, case_id) as part:
        assert "Du skal ikke registrere det igen." in await part.page()
        empty = await part.fill_in("kept-an-eye", text="")
        assert (empty.status_code, "Skriv, hvad du så" in empty.text) == (422, True)
        assert (await part.fill_in("kept-an-eye", text="Hun stod i gården og hilste.")).status_code == 303
        assert "Hun stod i gården" not in await part.page()

    assert (await happened(cases, case_id))[-1] == "note_added"
    assert not await cases.value("select is_seen from case_list where case_id = $1", case_id)
    async with browser(cases, as_=LEAD) as client:
        assert "Hun stod i gården og hilste." in (await client.get(f"/cases/{case_id}", headers=HTML)).text


@pytest.mark.parametrize(
    ("answer", "event"), [("granted", "consent_granted"), ("declined", "consent_declined"), ("not_able", "consent_not_obtainable")]
)
async def test_he_asked_again_and_stands_as_the_one_who_asked(cases: Running, answer: str, event: str) -> None:
    case_id = await opened(cases)
    async with part_of(cases, case_id) as part:
        assert (await part.fill_in("consent", answer=answer, recipients=["volunteer"], wording="mundtlig-1")).status_code == 303

    assert (await happened(cases, case_id))[-1] == event
    asked_by = "select state::jsonb ->> 'asked_by' from events where stream_id = $1 order by version desc limit 1"
    assert await cases.value(asked_by, case_id) == CARETAKER


async def test_a_yes_is_taken_back_to_him_as_easily_as_it_was_given(cases: Running) -> None:
    case_id = await opened(cases)
    async with part_of(cases, case_id) as part:
        assert (await part.fill_in("withdrawal", recipient="damage_service")).status_code == 303
        assert "Bestil skadesservice" not in await part.page()

    assert (await happened(cases, case_id))[-1] == "consent_withdrawn"


async def test_what_the_resident_answered_others_is_not_found_out_by_trying(cases: Running) -> None:
    case_id = await opened(cases, scope=("pest_control",))
    await take(cases, case_id, GrantConsent, recipients=["gp"], wording="mundtlig-1")
    async with part_of(cases, case_id) as part:
        assert "Beboeren tager sit ja tilbage" in await part.page()
        for recipient in ("gp", "volunteer", "pest_control", "gp"):
            assert (await part.send("consents/withdrawn", recipient=recipient)).status_code == 204
            assert (await part.fill_in("withdrawal", recipient=recipient)).status_code == 303
        assert "Beboeren tager sit ja tilbage" in await part.page()

    assert (await happened(cases, case_id)).count("consent_withdrawn") == 2


async def test_he_orders_the_damage_service_lets_it_in_and_says_when_it_is_done(cases: Running) -> None:
    case_id = await opened(cases)
    async with part_of(cases, case_id) as part:
        await part.press("damage-service", "Bestil skadesservice")
        again = await part.fill_in("damage-service")
        assert (again.status_code, "er allerede bestilt" in again.text) == (422, True)
        page = await part.page()
        assert ("Bestil skadesservice" in page, "De er bestilt og skal lukkes ind." in page) == (False, True)
        await part.press("let-in", "Jeg har lukket dem ind")
        assert (await part.json())["orders"][0]["let_in"] is True
        await part.press("damage-service-done", "De er færdige")
        assert (await part.json())["orders"] == []

    assert (await happened(cases, case_id))[-3:] == ["damage_service_ordered", "damage_service_let_in", "damage_service_completed"]
    async with browser(cases, as_=LEAD) as client:
        assert "Skadesservice er lukket ind" in (await client.get(f"/cases/{case_id}", headers=HTML)).text


async def test_without_leave_he_does_not_order_it(cases: Running) -> None:
    case_id = await opened(cases, scope=("pest_control",))
    async with part_of(cases, case_id) as part:
        assert "Bestil skadesservice" not in await part.page()
        assert (await part.send("damage-service-orders")).status_code == 422
        assert (await part.send("damage-service-orders", basis="vital_interest", basis_reason="Det haster.")).status_code == 422
        assert (await part.fill_in("damage-service")).status_code == 422
    await take(
        cases, case_id, GrantConsent, by=CARETAKER, role=Role.CARETAKER, recipients=["damage_service"], wording="mundtlig-1"
    )  # fmt: skip
    async with part_of(cases, case_id) as part:
        assert (await part.send("damage-service-orders")).status_code == 204


async def test_where_the_procedure_keeps_it_from_caretakers_it_is_not_offered_and_refused(cases: Running) -> None:
    case_id = await opened(cases)
    under = next(value for key, value in cases.service.memo.items() if key[0] == "procedure")
    kept = {"order_damage_service": ("social_lead",), "let_in": ("social_lead",), "accompany": ("social_lead",)}
    under.document = under.document.model_copy(update={"steps": {**under.document.steps, **kept}})
    await take(cases, case_id, OrderDamageService)
    async with part_of(cases, case_id) as part:
        assert "Skadesservice" not in await part.page()
        assert (await part.json())["steps"] == ["ask_leave", "keep_an_eye"]
        assert (await part.json())["orders"] == []
        assert (await part.send("damage-service-orders")).status_code == 422


async def test_what_was_sent_twice_is_done_once_and_needs_no_version(cases: Running) -> None:
    case_id = await raised(cases)
    body = {"id": str(uuid4()), "text": "Der var lys i aftes."}
    async with part_of(cases, case_id) as part:
        address = f"/cases/api/parts/{case_id}/eyes-kept"
        answers = [await part.client.post(address, json=sent) for sent in (body, body, body | {"text": "Noget andet."})]

    assert [answer.status_code for answer in answers] == [204, 204, 409]
    assert (await happened(cases, case_id)).count("note_added") == 1


async def test_a_button_that_is_pressed_in_two_tabs_does_its_thing_once_and_says_so_twice(cases: Running) -> None:
    case_id, _ = await asked_along(cases)
    before = len(await happened(cases, case_id))
    async with part_of(cases, case_id) as part:
        for step, text in (
            ("accompaniment-answer", "Ja, jeg kommer med"),
            ("accompaniment-answer", "Nej, jeg kan ikke"),
            ("accompaniment-answer", "Ja, jeg kommer med"),
            ("damage-service", "Bestil skadesservice"),
            ("let-in", "Jeg har lukket dem ind"),
            ("damage-service-done", "De er færdige"),
        ):
            tabs = [await part.page() for _ in range(2)]
            answers = [await part.press(step, text, page=tab) for tab in tabs]
            assert [answer.status_code for answer in answers] == [303, 303], text
            assert len({answer.headers["set-cookie"] for answer in answers}) == 1, text

    assert (await happened(cases, case_id))[before:] == [
        "accompaniment_agreed",
        "accompaniment_declined",
        "accompaniment_agreed",
        "damage_service_ordered",
        "damage_service_let_in",
        "damage_service_completed",
    ]


# When it is over


async def test_when_it_is_over_he_reads_that_it_is_and_has_nothing_more_to_do(cases: Running) -> None:
    case_id, _ = await asked_along(cases, OTHER_CARETAKER)
    await take(cases, case_id, RecordContact, reached=True, channel="visit")
    async with browser(cases, as_=LEAD) as client:
        planned = (await client.get(f"/cases/api/cases/{case_id}")).json()["follow_ups"]
    for one in planned:
        await take(cases, case_id, CancelFollowUp, follow_up_id=one["follow_up_id"])
    await take(cases, case_id, CloseCase, outcome="handled_with_association_help")
    async with part_of(cases, case_id) as part:
        page = await part.page()
        assert "Der er taget hånd om det." in page
        assert not re.search("Skriv, hvad du så|Jeg har spurgt|Bestil", page)
        assert (await part.send("eyes-kept", text="Der var lys.")).status_code == 422
    assert (await happened(cases, case_id))[-2:] == ["companion_released", "closed"]
    async with part_of(cases, case_id, OTHER_CARETAKER) as part:
        await part.page(status=404)


@pytest.mark.erases
async def test_who_was_erased_has_no_address_in_it(cases: Running, vault_url: str) -> None:
    case_id, visit_id = await asked_along(cases)
    await erase_case(cases, case_id)
    async with part_of(cases, case_id) as part:
        page = await part.page()
        assert ("Adressen er slettet" in page, "Ravnebakken" in page) == (True, False)
        assert (await part.json())["address"] is None
        assert b"LOCATION" not in await file_of(part, visit_id)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("step", sorted(FORMS_OF_A_PART))
async def test_every_step_has_a_form_for_a_thumb(cases: Running, step: str, language: str) -> None:
    case_id, _ = await asked_along(cases)
    async with part_of(cases, case_id) as part:
        page = (await part.client.get(f"/cases/{case_id}/part/{step}", headers=HTML | {"Accept-Language": language})).text

    assert 'type="submit"' in page
    assert page.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_steps_of_a_part_have_addresses_of_their_own() -> None:
    assert sorted(STEPS_OF_A_PART) == [
        "/accompaniments/{visit_id}/acceptance",
        "/accompaniments/{visit_id}/done",
        "/accompaniments/{visit_id}/rejection",
        "/consents/declined",
        "/consents/granted",
        "/consents/not-obtainable",
        "/consents/withdrawn",
        "/damage-service-orders",
        "/damage-service-orders/{order_id}/completion",
        "/damage-service-orders/{order_id}/let-in",
        "/eyes-kept",
    ]


async def test_who_carries_the_case_asks_another_for_the_same_meeting_with_one_choice(cases: Running) -> None:
    case_id, visit_id = await asked_along(cases)
    await take(cases, case_id, RecordContact, reached=True, channel="visit")
    await take(cases, case_id, InformCaretaker, milestone="case_opened", channel="phone")
    async with part_of(cases, case_id) as part:
        await part.press("accompaniment-answer", "Nej, jeg kan ikke")
    async with browser(cases, as_=LEAD) as client:
        page = (await client.get(f"/cases/{case_id}", headers=HTML)).text
        (form,) = re.findall(rf'<form method="post" action="/cases/{case_id}/steps/accompaniment"[^>]*>.*?</form>', page, re.DOTALL)
        data = dict(re.findall(r'name="(id|version|visit_id|meeting_at)"[^>]* value="([^"]*)"', form))
        assert data["visit_id"] == str(visit_id)
        assert "Birte Testvang" not in form  # she has another estate
        answer = await client.post(f"/cases/{case_id}/steps/accompaniment", data={**data, "companion": SOCIAL_CARETAKER}, headers=HTML)
        assert answer.status_code == 303
        new = (await client.get(f"/cases/{case_id}/steps/accompaniment", headers=HTML)).text

    assert (await happened(cases, case_id))[-1] == "accompaniment_planned"
    assert re.search('name="visit_id" value=""', new)
    async with part_of(cases, case_id, SOCIAL_CARETAKER) as part:
        (meeting,) = (await part.json())["meetings"]
    assert meeting == {"visit_id": str(visit_id), "at": "2026-03-05T09:00:00Z", "comes": None, "done": False}
