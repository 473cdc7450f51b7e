"""Cases as JSON: versions, ids that are done once, who may, and what is hidden from whom."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.cases.case.living import SOCIAL_CARETAKER, opened, raised
from tests.support.services import Running, browser

LEAD = "staff-social-lead-1"


async def send(client: httpx.AsyncClient, case_id: UUID, step: str, version: int | None, **body: Any) -> httpx.Response:
    """Take a step as a program would."""
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return await client.post(f"/cases/api/cases/{case_id}/{step}", json={"id": str(uuid4()), **body}, headers=headers)


async def test_a_case_is_led_from_concern_to_end_as_json(cases: Running) -> None:
    case_id = await raised(cases)
    async with browser(cases, as_=LEAD) as client:
        version = (await client.get(f"/cases/api/cases/{case_id}")).headers["ETag"].strip('"')
        referral, order, visit, follow_up = (str(uuid4()) for _ in range(4))
        first_follow_ups: list[str] = []
        steps: list[tuple[str, dict[str, Any]]] = [
            ("seen", {}),
            ("triage", {"severity": "medium", "category": "elderly_care", "reason": "Hun bor alene."}),
            ("opening", {"handler": SOCIAL_CARETAKER}),
            ("assignment", {"handler": LEAD}),
            ("severity", {"severity": "high"}),
            ("contacts", {"reached": True, "channel": "visit", "note": "Hun tog imod."}),
            ("consents/granted", {"recipients": ["volunteer"], "wording": "mundtlig-1"}),
            ("consents/declined", {"recipients": ["gp"], "wording": "mundtlig-1"}),
            ("consents/not-obtainable", {"recipients": ["mediation"]}),
            ("consents/withdrawn", {"recipient": "volunteer"}),
            ("persons", {"phone": "70 00 00 00", "way_to_reach": "letter"}),
            ("notes", {"text": "Ring om formiddagen."}),
            ("eyes-kept", {"text": "Der var lys i aftes."}),
            ("referrals", {"id": referral, "target": "municipal.visitation", "channel": "digital_post", "content": "Ring til os."}),
            (f"referrals/{referral}/delivery", {}),
            (f"referrals/{referral}/acknowledgement", {}),
            (f"referrals/{referral}/acceptance", {}),
            (f"referrals/{referral}/answer", {"outcome": "help_established"}),
            ("damage-service-orders", {"id": order}),
            (f"damage-service-orders/{order}/completion", {}),
            ("accompaniments", {"id": visit, "companion": "staff-caretaker-1", "meeting_at": "2026-03-03T10:04:00+01:00"}),
            (f"accompaniments/{visit}/done", {}),
            ("follow-ups", {"id": follow_up, "due": "2026-03-04T12:00:00+01:00"}),
            (f"follow-ups/{follow_up}/done", {"note": "Det går godt."}),
            ("caretaker-informed", {"milestone": "help_established", "channel": "phone"}),
        ]
        for step, body in steps:
            answer = await send(client, case_id, step, int(version), **body)
            assert answer.status_code == 204, (step, answer.text)
            version = answer.headers["ETag"].strip('"')
        case = (await client.get(f"/cases/api/cases/{case_id}")).json()
        first_follow_ups = [one["follow_up_id"] for one in case["follow_ups"] if one["state"] == "open"]
        for one in first_follow_ups:
            version = (await send(client, case_id, f"follow-ups/{one}/cancellation", int(version))).headers["ETag"].strip('"')
        closed = await send(client, case_id, "closing", int(version), outcome="help_established")
        reopened = await send(client, case_id, "reopening", int(closed.headers["ETag"].strip('"')), reason="Det var ikke slut.")

        assert (closed.status_code, reopened.status_code, len(first_follow_ups)) == (204, 204, 2)
        assert (case["status"], case["severity"], case["handler"], case["seen"], case["reached"]) == ("open", "high", LEAD, True, True)
        assert case["address"] == "Ravnebakken 4"
        assert [(one["role"], one["way_to_reach"]) for one in case["persons"]] == [("resident", "letter")]
        assert case["referrals"][0] | {"answer_due": ""} == {
            "referral_id": referral, "target": "municipal.visitation", "answer_due": "", "acknowledged": True,
            "answered": "help_established", "silent_steps": 0,
        }  # fmt: skip
        told = (await client.get(f"/cases/api/cases/{case_id}/timeline")).json()["events"]
        notes = [event["words"]["text"] for event in told if event["topic"] == "case.note_added"]
        assert notes == ["Ring om formiddagen.", "Der var lys i aftes."]
        assert {event["actor"] for event in told[5:]} == {LEAD}


async def test_a_change_says_which_version_it_builds_on(cases: Running) -> None:
    case_id = await raised(cases)
    async with browser(cases, as_=LEAD) as client:
        without = await send(client, case_id, "triage", None, severity="low", category="other")
        stale = await send(client, case_id, "triage", 2, severity="low", category="other")
        malformed = await client.post(f"/cases/api/cases/{case_id}/seen", json={"id": str(uuid4())}, headers={"If-Match": "4"})

    assert (without.status_code, stale.status_code, malformed.status_code) == (428, 412, 400)
    assert stale.headers["ETag"] == '"4"'
    assert stale.json()["newestVersion"] == 4


async def test_the_same_id_is_done_once_and_with_another_content_refused(cases: Running) -> None:
    case_id = await raised(cases)
    body = {"id": str(uuid4()), "severity": "low", "category": "loneliness"}
    async with browser(cases, as_=LEAD) as client:
        first = await send(client, case_id, "triage", 4, **body)
        again = await send(client, case_id, "triage", 4, **body)
        other = await send(client, case_id, "triage", 6, **{**body, "severity": "acute"})

    assert (first.status_code, again.status_code, other.status_code) == (204, 204, 409)
    assert await cases.value("select version from case_list where case_id = $1", case_id) == 6


async def test_somebody_says_that_they_have_seen_it_and_looking_is_not_saying(cases: Running) -> None:
    case_id = await raised(cases)
    async with browser(cases, as_=LEAD) as client:
        looked = await client.get(f"/cases/api/cases/{case_id}")
        first = await send(client, case_id, "seen", 4)
        again = await send(client, case_id, "seen", 5)
        now = await client.get(f"/cases/api/cases/{case_id}")

    assert (looked.json()["seen"], looked.headers["ETag"]) == (False, '"4"')
    assert (first.status_code, first.headers["ETag"]) == (204, '"5"')
    assert (again.status_code, again.headers["ETag"]) == (204, '"5"')
    assert now.json()["seen"] is True


@pytest.mark.parametrize("who", ["staff-caretaker-1", "staff-director-1", "staff-clerk-1", "staff-operator-1"])
async def test_who_has_no_part_in_cases_reads_and_changes_nothing(cases: Running, who: str) -> None:
    case_id = await raised(cases)
    async with browser(cases, as_=who) as client:
        answers = [
            await client.get("/cases/api/cases"),
            await client.get(f"/cases/api/cases/{case_id}"),
            await client.get(f"/cases/api/cases/{case_id}/timeline"),
            await client.get(f"/cases/api/cases/{case_id}/as-of/2026-03-03"),
            await client.get("/cases/api/audit/looks"),
            await client.get("/cases/api/audit/chain"),
            await send(client, case_id, "triage", 4, severity="low", category="other"),
        ]

    assert [answer.status_code for answer in answers] == [403] * 7
    assert all("Ravnebakken" not in answer.text for answer in answers)


async def test_a_checker_reads_but_changes_nothing(cases: Running) -> None:
    case_id = await raised(cases)
    async with browser(cases, as_="staff-auditor-1") as client:
        client.headers["Brobygger-Purpose"] = "audit"
        assert (await send(client, case_id, "triage", 4, severity="low", category="other")).status_code == 403


async def test_nobody_who_is_not_signed_in_gets_in(cases: Running) -> None:
    async with browser(cases) as client:
        assert (await client.get("/cases/api/cases")).status_code == 401


async def test_a_social_caretaker_works_in_her_own_estates_and_with_what_she_was_given(cases: Running) -> None:
    own, elsewhere = await raised(cases, estate="estate-1"), await raised(cases, estate="estate-2")
    given = await opened(cases, estate="estate-2")
    async with browser(cases, as_=SOCIAL_CARETAKER) as client:
        shown = (await client.get("/cases/api/cases")).json()["cases"]
        assert {one["case_id"] for one in shown} == {str(own), str(given)}
        assert (await client.get(f"/cases/api/cases/{own}")).status_code == 200
        assert (await client.get(f"/cases/api/cases/{elsewhere}")).status_code == 404


async def test_a_case_of_another_association_is_not_found_and_neither_is_one_that_never_was(bare_cases: Running) -> None:
    from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
    from tests.cases.case.living import asking
    from tests.cases.conftest import PROCEDURE

    text = PROCEDURE.read_text(encoding="utf-8")
    await bare_cases.service.do(adopt_procedure, AdoptProcedure(text=text), asking(bare_cases, association="another"))
    elsewhere = await raised(bare_cases, association="another")
    async with browser(bare_cases, as_=LEAD) as client:
        answers = [
            await client.get(f"/cases/api/cases/{elsewhere}"),
            await client.get(f"/cases/api/cases/{uuid4()}"),
            await client.get("/cases/api/cases/7"),
            await send(client, elsewhere, "triage", 4, severity="low", category="other"),
        ]

    assert [answer.status_code for answer in answers] == [404] * 4


async def test_a_checker_says_why_and_sees_the_structure_but_not_the_words(cases: Running) -> None:
    case_id = await raised(cases)
    async with browser(cases, as_="staff-auditor-1") as client:
        without = await client.get(f"/cases/api/cases/{case_id}")
        client.headers["Brobygger-Purpose"] = "audit"
        case = await client.get(f"/cases/api/cases/{case_id}")
        told = await client.get(f"/cases/api/cases/{case_id}/timeline")
        looks = (await client.get(f"/cases/api/audit/looks?case_id={case_id}")).json()["looks"]
        chain = (await client.get(f"/cases/api/audit/chain?stream={case_id}")).json()

    assert (without.status_code, without.json()["code"]) == (422, "purpose-is-not-stated")
    assert case.json()["address"] is None
    assert all(event["words"] == {} for event in told.json()["events"])
    assert "Ravnebakken" not in case.text + told.text
    assert [(look["actor"], look["purpose"], look["action"]) for look in looks] == [("staff-auditor-1", "audit", "read_case")] * 2
    assert (chain["holds"], chain["events"], chain["broken"]) == (True, 4, [])


async def test_a_case_as_it_stood_and_before_it_was(cases: Running) -> None:
    case_id = await raised(cases)
    cases.clock.lead_to(datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
    async with browser(cases, as_=LEAD) as client:
        await send(client, case_id, "triage", 4, severity="low", category="loneliness")
        tuesday = await client.get(f"/cases/api/cases/{case_id}/as-of/2026-03-03")
        monday = await client.get(f"/cases/api/cases/{case_id}/as-of/2026-03-02")

    assert (tuesday.json()["status"], tuesday.json()["version"], monday.status_code) == ("raised", 4, 404)


@pytest.mark.parametrize(
    ("step", "body", "code", "pointer"),
    [
        ("triage", {"severity": "purple", "category": "other"}, "code-is-unknown", "#/severity"),
        ("triage", {"severity": "low", "category": "other", "reason": "000000-0000"}, "text-holds-cpr-number", "#/reason"),
        ("opening", {"handler": "staff-social-lead-1"}, "concern-is-not-triaged", None),
        ("opening", {"handler": "staff-caretaker-1"}, "caretakers-are-not-given-social-work", "#/handler"),
        ("referrals", {"target": "gp", "channel": "phone"}, "case-is-not-open", None),
        ("notes", {"text": " "}, "note-is-empty", "#/text"),
        ("notes", {"text": "x" * 501}, "text-too-long", "#/text"),
        ("triage", {"severity": "low"}, None, "#/category"),
        ("triage", {"severity": "low", "category": "other", "cpr": "1"}, None, "#"),
    ],
)
async def test_what_the_rules_refuse_is_said_in_danish_with_its_place(
    cases: Running, step: str, body: dict[str, str], code: str | None, pointer: str | None
) -> None:
    case_id = await raised(cases)
    async with browser(cases, as_=LEAD) as client:
        answer = await send(client, case_id, step, 4, **body)

    problem = answer.json()
    assert answer.status_code == 422
    assert code is None or problem["code"] == code
    assert pointer is None or problem["errors"][0]["pointer"] == pointer
    assert "000000" not in answer.text


async def test_the_queue_goes_on_where_it_stopped(cases: Running) -> None:
    seen = uuid4()
    of_ours = str(await raised(cases, severity="medium", observation=seen))
    everything = {of_ours, *[str(await raised(cases, severity=severity)) for severity in ("low", "high")]}
    async with browser(cases, as_=LEAD) as client:
        first = (await client.get("/cases/api/cases?limit=2")).json()
        second = (await client.get("/cases/api/cases", params={"limit": 2, "cursor": first["next"]})).json()
        forged = await client.get("/cases/api/cases?cursor=abc")
        narrowed = (await client.get("/cases/api/cases?severity=high")).json()["cases"]

    assert {one["case_id"] for one in first["cases"] + second["cases"]} == everything
    assert [one["case_id"] for one in first["cases"] + second["cases"] if one["observation_id"] == str(seen)] == [of_ours]
    assert second["next"] == ""
    assert forged.status_code == 400
    assert [(one["severity"], one["section"], one["due_kind"]) for one in narrowed] == [("high", "unseen", "triage")]


@pytest.mark.parametrize(
    ("step", "body", "pointer"),
    [
        ("follow-ups", {"due": "9999-12-31T23:59:59-12:00"}, "#/due"),
        ("accompaniments", {"companion": "staff-caretaker-1", "meeting_at": "9999-12-31T23:59:59-12:00"}, "#/meeting_at"),
        ("seen", {"happened_at": "0001-01-01T00:00:00+12:00"}, "#/happened_at"),
        ("consents/granted", {"recipients": ["volunteer"], "wording": "Hun bor alene"}, "#/wording"),
        ("consents/granted", {"recipients": ["volunteer"], "wording": "mundtlig\x001"}, "#/wording"),
    ],
)
async def test_a_time_outside_the_calendar_and_words_in_place_of_a_code_are_refused(
    cases: Running, step: str, body: dict[str, Any], pointer: str
) -> None:
    case_id = await opened(cases)
    async with browser(cases, as_=LEAD) as client:
        answer = await send(client, case_id, step, await cases.value("select version from case_list where case_id = $1", case_id), **body)
    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (422, [pointer])


async def test_the_queue_is_not_searched_for_what_no_storage_can_hold(cases: Running) -> None:
    async with browser(cases, as_=LEAD) as client:
        answer = await client.get("/cases/api/cases?severity=hi%00gh")
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable-request")
