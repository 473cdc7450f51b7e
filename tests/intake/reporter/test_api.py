"""A call about somebody, as JSON and on pages: who called stays with whoever took the call."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.intake.clock import record_missed_thanks
from tests.intake.known import HOME, OBSERVATION
from tests.support.searching import Trace, derived
from tests.support.services import ASSOCIATION, Running, browser

HTML = {"Accept": "text/html", "Accept-Language": "da"}
REPORTER = UUID("018f0000-0000-4000-8000-00000000000d")
CALL: dict[str, Any] = {
    "id": str(OBSERVATION),
    "reporter_id": str(REPORTER),
    "source": "neighbour",
    "name": "Åse Opdigtet",
    "phone": "12 34 56 78",
    "home_id": str(HOME),
    "observed_at": "2026-03-03T09:30:00+01:00",
    "signals": ["not.seen", "mailbox.full"],
    "severity": "medium",
    "words": "Hun har ikke været ude i en uge.",
}


async def calls(client: httpx.AsyncClient, **changed: Any) -> httpx.Response:
    return await client.post("/intake/api/calls", json={**CALL, **changed})


async def test_a_neighbours_call_becomes_a_concern_that_nobody_here_saw(caretaker: httpx.AsyncClient, intake: Running) -> None:
    answer = await calls(caretaker)
    assert (answer.status_code, answer.headers["location"]) == (201, f"/intake/api/calls/{REPORTER}")
    assert (await calls(caretaker)).json() == answer.json()
    assert (await calls(caretaker, phone="87654321")).status_code == 409
    observation = (await caretaker.get(f"/intake/api/observations/{OBSERVATION}")).json()
    assert (observation["source"], observation["how"], observation["consent_answer"]) == ("neighbour", "phone", "not_asked")
    call = (await caretaker.get(f"/intake/api/calls/{REPORTER}")).json()
    assert (call["name"], call["phone"], call["source"]) == ("Åse Opdigtet", "12345678", "neighbour")
    said = await intake.rows("select value, headers::text from outbox where topic = 'brobygger.intake'")
    assert any(b'"neighbour"' in row["value"] for row in said)
    assert "Opdigtet" not in str(said)


async def test_the_reporter_is_about_nobody_and_no_link_leads_to_the_resident(caretaker: httpx.AsyncClient, intake: Running) -> None:
    await calls(caretaker)
    assert await intake.service.vault.links_of(REPORTER, association=ASSOCIATION) == []


async def test_nobody_else_sees_who_called(caretaker: httpx.AsyncClient, intake: Running) -> None:
    await calls(caretaker)
    for person in ("staff-social-lead-1", "staff-caretaker-2"):
        async with browser(intake, as_=person) as other:
            assert (await other.get(f"/intake/api/calls/{REPORTER}")).status_code == 404
            assert (await other.post(f"/intake/api/calls/{REPORTER}/thanked")).status_code == 404
            assert (await other.get("/intake/api/calls")).json() == {"items": []}


async def test_thanks_are_due_in_two_working_days_and_noted_when_they_did_not_come(caretaker: httpx.AsyncClient, intake: Running) -> None:
    await calls(caretaker)
    intake.clock.forward(timedelta(days=6))
    for _ in range(2):
        await record_missed_thanks(intake.service)
    assert (await caretaker.get("/intake/api/calls")).json()["items"][0]["is_late"] is True
    page = (await caretaker.get("/intake/calls", headers=HTML)).text
    assert "Der skulle være sagt tak" in page
    for _ in range(2):
        assert (await caretaker.post(f"/intake/calls/{REPORTER}/thanked", headers=HTML)).status_code == 303
    topics = await intake.service.pool.fetch("select topic from events where stream_id = $1 order by version", REPORTER)
    assert [row["topic"] for row in topics] == ["reporter.concern_received", "reporter.thanks_missed", "reporter.thanked"]


async def test_a_board_member_who_asks_gets_the_standard_answer(caretaker: httpx.AsyncClient) -> None:
    await calls(caretaker, source="board_member")
    asking = {"id": "018f0000-0000-7000-8000-0000000000e1"}
    for _ in range(2):
        answer = await caretaker.post(f"/intake/api/calls/{REPORTER}/outcome-asked", json=asking)
        assert answer.status_code == 200
        assert answer.json()["say"].startswith("Tak, fordi du ringede.")
    assert (await caretaker.get(f"/intake/api/calls/{REPORTER}")).json()["times_asked"] == 1
    assert "heller ikke, om der er en sag" in (await caretaker.get(f"/intake/calls/{REPORTER}", headers=HTML)).text


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"source": "anonymous", "name": "", "phone": "", "is_complaint": True}, "anonymous-complaint"),
        ({"is_complaint": True}, "complaint-is-no-concern"),
        ({"source": "anonymous"}, "anonymous-has-no-name"),
        ({"phone": "010203-1234"}, "phone-is-no-number"),
        ({"words": "x" * 501}, "text-too-long"),
        ({"signals": []}, "no-signal-is-ticked"),
        ({"severity": "purple"}, "severity-is-unknown"),
        ({"home_id": None, "place": "unknown"}, "place-is-not-described"),
    ],
)
async def test_what_is_refused_leaves_nothing_behind(
    refused_caretaker: httpx.AsyncClient, refusing_intake: Running, changed: dict[str, Any], code: str
) -> None:
    answer = await calls(refused_caretaker, **changed)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert await refusing_intake.value("select count(*) from reporters") == 0


async def test_a_source_that_nobody_calls_as_is_not_understood(refused_caretaker: httpx.AsyncClient) -> None:
    for source in ("resident", "observation", "erp", ""):
        assert (await calls(refused_caretaker, source=source)).status_code == 422


@pytest.mark.erases
async def test_an_erased_reporter_is_a_neighbour_without_a_name(caretaker: httpx.AsyncClient, intake: Running) -> None:
    await calls(caretaker)
    await intake.service.vault.destroy([REPORTER], association=ASSOCIATION, by="staff-dpo-1", reason="erasure_request")
    page = (await caretaker.get(f"/intake/calls/{REPORTER}", headers=HTML)).text
    assert "Navn og nummer er slettet." in page
    assert (await caretaker.get(f"/intake/api/observations/{OBSERVATION}")).json()["words"] == CALL["words"]


FORM = {
    "id": str(OBSERVATION), "reporter_id": str(REPORTER), "estate": "estate-1", "source": "neighbour",
    "name": "Åse <b>Opdigtet</b>", "phone": "12345678",
    "place": "home", "home_id": str(HOME), "observed_at": "2026-03-03T09:30", "signals": ["not.seen"], "severity": "medium",
    "words": "Ikke set.",
}  # fmt: skip


async def test_the_form_leads_to_the_thanks(caretaker: httpx.AsyncClient) -> None:
    assert 'value="board_member"' in (await caretaker.get("/intake/calls/new?estate=estate-1", headers=HTML)).text
    answer = await caretaker.post("/intake/calls/new", data=FORM, headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/intake/calls/{REPORTER}")
    page = (await caretaker.get(answer.headers["location"], headers=HTML)).text
    assert "Åse &lt;b&gt;Opdigtet" in page
    assert "Sig tak senest" in page


async def test_a_form_without_a_caller_is_shown_again(refused_caretaker: httpx.AsyncClient) -> None:
    answer = await refused_caretaker.post("/intake/calls/new", data=FORM | {"source": ""}, headers=HTML)
    assert answer.status_code == 422
    assert "Vælg, hvem der ringer." in answer.text


async def test_a_resident_who_calls_herself_is_no_reporter(caretaker: httpx.AsyncClient, intake: Running) -> None:
    own = FORM | {"source": "resident", "signals": [], "words": "Vil gerne tales med.", "name": "Eva Opdigtet"}
    answer = await caretaker.post("/intake/calls/new", data=own, headers=HTML)
    assert answer.headers["location"] == f"/intake/observations/{OBSERVATION}/receipt"
    found = (await caretaker.get(f"/intake/api/observations/{OBSERVATION}")).json()
    assert (found["source"], found["words"]) == ("resident", "Navn: Eva Opdigtet\nTelefon: 12345678\nVil gerne tales med.")
    assert await intake.value("select count(*) from reporters") == 0


async def test_what_was_told_and_who_told_it_have_nothing_in_common(caretaker: httpx.AsyncClient, intake: Running) -> None:
    intake.clock.forward(timedelta(minutes=17, microseconds=4711))
    await calls(caretaker)
    traces = [
        Trace(f"{table} {row['stream_id']}", str(dict(row)))
        for table in ("events", "outbox")
        for row in await intake.rows(f"select t.* , {'stream_id' if table == 'events' else 'key'}::text as stream_id from {table} t")
    ]
    both = [[trace for trace in traces if str(id) in trace.where] for id in (OBSERVATION, REPORTER)]
    values = [frozenset[str]().union(*(trace.values for trace in part)) for part in both]
    assert all(values)
    assert not values[0] & values[1]
    assert REPORTER.hex not in derived(OBSERVATION)
    taken = (await caretaker.get(f"/intake/api/calls/{REPORTER}")).json()
    assert str(OBSERVATION) not in str(taken)
    assert taken["received_at"][14:19] == "00:00"


SECOND = {"id": "018f0000-0000-7000-8000-0000000000b2", "reporter_id": "018f0000-0000-4000-8000-0000000000d2"}


async def test_who_is_not_to_be_trusted_is_flagged_by_a_lead_who_does_not_see_who_it_is(
    caretaker: httpx.AsyncClient, intake: Running
) -> None:
    await calls(caretaker)
    await calls(caretaker, **SECOND, name="")
    async with browser(intake, as_="staff-social-lead-1") as lead:
        page = (await lead.get("/intake/callers", headers=HTML)).text
        assert "2 opkald fra det samme nummer" in page
        assert "Opdigtet" not in page
        assert "12345678" not in page
        assert (await lead.post(f"/intake/callers/{REPORTER}/flag", data={f"reason-{REPORTER}": " "}, headers=HTML)).status_code == 422
        number = "Ringer om 010190-1234."
        refused = await lead.post(f"/intake/callers/{REPORTER}/flag", data={f"reason-{REPORTER}": number}, headers=HTML)
        assert refused.status_code == 422
        assert refused.text.count(number) == 1, "it stands beside the call it was written about, and nowhere else"
        flagged = await lead.post(
            f"/intake/callers/{REPORTER}/flag", data={f"reason-{REPORTER}": "Ringer om den samme hver dag."}, headers=HTML
        )
        assert flagged.status_code == 303
        seen = (await lead.get("/intake/api/callers")).json()["items"]
        assert {one["reporter_id"]: one["flag"] for one in seen}[str(REPORTER)] == "Ringer om den samme hver dag."
        assert (await lead.get(f"/intake/api/calls/{REPORTER}")).status_code == 404
    # Whoever takes the next call reads it; nobody reads it of whom it was told, and it is stored nowhere in the clear.
    page = (await caretaker.get(f"/intake/calls/{SECOND['reporter_id']}", headers=HTML)).text
    assert "Ringer om den samme hver dag." in page
    assert (await caretaker.get(f"/intake/api/calls/{SECOND['reporter_id']}")).json()["flags"] == ["Ringer om den samme hver dag."]
    assert "hver dag" not in (await caretaker.get(f"/intake/api/observations/{OBSERVATION}")).text
    stored = [row["t"] for table in ("events", "outbox", "reporters") for row in await intake.rows(f"select t::text as t from {table} t")]
    assert "hver dag" not in "".join(stored)
    assert (await caretaker.post(f"/intake/api/callers/{REPORTER}/flag", json={"reason": "x"})).status_code == 403
    async with browser(intake, as_="staff-social-lead-1") as lead:
        for _ in range(2):
            assert (await lead.post(f"/intake/api/callers/{REPORTER}/flag-taken-back")).status_code == 204
    assert (await caretaker.get(f"/intake/api/calls/{SECOND['reporter_id']}")).json()["flags"] == []


async def test_two_who_flag_the_same_have_a_reason_each_and_both_stand(caretaker: httpx.AsyncClient, intake: Running) -> None:
    await calls(caretaker)
    await calls(caretaker, **SECOND, name="")
    reasons = ["Ringer om den samme hver dag.", "Truede en kollega."]
    async with browser(intake, as_="staff-social-lead-1") as lead:
        for reason in (*reasons, reasons[0]):
            told = await lead.post(f"/intake/callers/{REPORTER}/flag", data={f"reason-{REPORTER}": reason}, headers=HTML)
            assert told.status_code == 303
        shown = (await lead.get("/intake/callers", headers=HTML)).text
        assert [shown.count(reason) for reason in reasons] == [1, 1]
    assert (await caretaker.get(f"/intake/api/calls/{SECOND['reporter_id']}")).json()["flags"] == reasons


async def test_what_is_written_about_others_stays_when_one_is_sent_and_in_another_language(
    caretaker: httpx.AsyncClient, intake: Running
) -> None:
    await calls(caretaker)
    await calls(caretaker, **SECOND, name="")
    typed = {f"reason-{REPORTER}": "Ringer om den samme hver dag.", f"reason-{SECOND['reporter_id']}": "Truede en kollega."}
    async with browser(intake, as_="staff-social-lead-1") as lead:
        english = await lead.post(f"/intake/callers/{REPORTER}/flag", data={**typed, "lang": "en"}, headers=HTML)
        assert (english.status_code, [english.text.count(reason) for reason in typed.values()]) == (200, [1, 1])
        assert "Marked:" not in english.text, "nothing is done"
        one = await lead.post(f"/intake/callers/{REPORTER}/flag", data={**typed, "lang": ""}, headers=HTML)
        assert "✓" in one.text
        assert f'name="reason-{REPORTER}"' not in one.text
        assert [one.text.count(reason) for reason in typed.values()] == [1, 1]


async def test_a_lead_thanks_whom_nobody_thanked_in_time_and_sees_who_it_is_until_then(
    caretaker: httpx.AsyncClient, intake: Running
) -> None:
    await calls(caretaker)
    intake.clock.forward(timedelta(days=6))
    await record_missed_thanks(intake.service)
    (said,) = await intake.rows("select value, key from outbox where headers ->> 'ce_type' like '%thanks_missed%'")
    assert str(OBSERVATION) not in said["value"].decode()
    assert b"staff-caretaker-1" in said["value"]
    async with browser(intake, as_="staff-social-lead-1") as lead:
        assert f"/intake/calls/{REPORTER}" in (await lead.get("/intake/callers", headers=HTML)).text
        assert "12345678" in (await lead.get(f"/intake/calls/{REPORTER}", headers=HTML)).text
        thanked = await lead.post(f"/intake/calls/{REPORTER}/thanked", headers=HTML)
        assert (thanked.status_code, thanked.headers["location"].split("?")[0]) == (303, "/intake/callers")
        assert (await lead.get(f"/intake/api/calls/{REPORTER}")).status_code == 404
    assert (await caretaker.get(f"/intake/api/calls/{REPORTER}")).json()["thanked_at"]


async def test_whoever_takes_a_call_is_told_truly_who_else_sees_who_called(caretaker: httpx.AsyncClient) -> None:
    for address in ("/intake/calls", "/intake/calls/new?estate=estate-1"):
        shown = (await caretaker.get(address, headers=HTML)).text
        assert all(word in shown for word in ("den, der dækker for dig", "den boligsociale leder", "Databeskyttelsesrådgiveren")), address
        assert not any(word in shown for word in ("Kun du", "kun du")), address


async def test_the_pages_of_calls_say_where_they_lead_and_when_it_was(caretaker: httpx.AsyncClient, intake: Running) -> None:
    chosen = (await caretaker.get("/intake/calls/new", headers=HTML)).text
    assert "<title>Nyt opkald: vælg afdeling" in chosen
    assert '<a class="back" href="/intake/calls">' in chosen
    await calls(caretaker)
    await calls(caretaker, **SECOND, name="")
    async with browser(intake, as_="staff-social-lead-1") as lead:
        await lead.post(f"/intake/callers/{REPORTER}/flag", data={f"reason-{REPORTER}": "Ringer om den samme hver dag"}, headers=HTML)
        intake.clock.forward(timedelta(days=9))
        await record_missed_thanks(intake.service)
        seen_by_lead = (await lead.get(f"/intake/calls/{REPORTER}", headers=HTML)).text
    shown = (await caretaker.get(f"/intake/calls/{SECOND['reporter_id']}", headers=HTML)).text
    assert "Ringer om den samme hver dag. Bekymringen vurderes" in shown
    assert "i timen fra" in shown
    assert 'href="/intake/observations">Se, hvor langt' in shown
    assert 'href="/intake/observations">Se, hvor langt' not in seen_by_lead
    assert '<a class="back" href="/intake/callers">' in seen_by_lead
