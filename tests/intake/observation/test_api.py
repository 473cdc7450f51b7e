"""What a phone may send, what it gets back, and what is refused at the door."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson
import pytest

from shared.privacy.matter import Matter, MatterKind, case_of
from shared.web.sign_in import cookie_for
from shared.words.vocabulary.people import Role
from tests.intake.known import FAR_HOME, HOME, OBSERVATION, REGISTRATION, VACANT_HOME, VACATED_HOME, registers
from tests.support.colleagues import heard_of, wears
from tests.support.services import ASSOCIATION, Running, browser

OTHER_ID = "018f0000-0000-7000-8000-00000000000c"
LENT_ID = "018f0000-0000-7000-8000-00000000000d"
NOWHERE = "018f0000-0000-7000-8000-00000000ffff"


async def how_many(intake: Running) -> int:
    count: int = await intake.value("select count(*) from events where topic = 'observation.registered'")
    return count


async def test_a_registration_is_taken_in_with_a_receipt(caretaker: httpx.AsyncClient) -> None:
    answer = await registers(caretaker)
    assert answer.status_code == 201
    assert answer.json() == {"id": str(OBSERVATION), "receipt": "0000-000B", "received_at": "2026-03-03T09:00:00Z"}
    assert answer.headers["location"] == f"/intake/api/observations/{OBSERVATION}"


async def test_the_observer_reads_it_back(caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    answer = await caretaker.get(f"/intake/api/observations/{OBSERVATION}")
    assert answer.status_code == 200
    assert answer.headers["etag"] == '"1"'
    shown = answer.json()
    progress = shown.pop("progress")
    assert shown == {
        "id": str(OBSERVATION),
        "receipt": "0000-000B",
        "version": 1,
        "observed_at": "2026-03-03T08:30:00Z",
        "received_at": "2026-03-03T09:00:00Z",
        "estate_id": "estate-1",
        "home_id": str(HOME),
        "source": "observation",
        "how": "seen",
        "place": "home",
        "area": "",
        "signals": ["home.hoarding", "self.neglect"],
        "severity": "high",
        "consent_answer": "granted",
        "consent_wording": "mundtlig-1",
        "consent_scope": ["municipal.visitation", "volunteer"],
        "address": "Lyngstien 2, st tv",
        "address_protected": False,
        "words": "Køkkenet er fyldt med poser til loftet.",
        "is_erased": False,
    }
    assert progress["state"] == "received"
    assert progress["told"] == []


async def test_what_has_not_changed_is_not_sent_again(caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    answer = await caretaker.get(f"/intake/api/observations/{OBSERVATION}", headers={"If-None-Match": '"1"'})
    assert (answer.status_code, answer.content) == (304, b"")


async def test_what_is_said_about_a_person_is_stored_sealed(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    stored = await intake.rows("select state from events union all select row_to_json(observations)::text from observations")
    sent = await intake.rows("select value, headers::text from outbox")
    everything = "".join(row["state"] for row in stored) + "".join(row["value"].decode() + row["headers"] for row in sent)
    assert "poser" not in everything
    assert "Lyngstien" not in "".join(row["value"].decode() for row in sent)
    words: dict[str, str] = await intake.value("select words from observations")
    assert words["of"].endswith("/words")


async def test_the_same_registration_twice_is_one_with_the_same_answer(intake: Running, caretaker: httpx.AsyncClient) -> None:
    first = await registers(caretaker)
    intake.clock.forward(timedelta(days=90))
    second = await registers(caretaker)
    assert (second.status_code, second.json()) == (201, first.json())
    assert await how_many(intake) == 1


async def test_the_same_registration_twice_at_once_is_one(intake: Running, caretaker: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(registers(caretaker) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert await how_many(intake) == 1


async def test_the_same_id_with_another_content_is_refused(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    answer = await registers(caretaker, severity="low")
    assert (answer.status_code, answer.json()["code"]) == (409, "same-id-other-content")
    assert await how_many(intake) == 1


async def test_the_same_id_from_somebody_else_is_refused(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    async with browser(intake, as_="staff-social-lead-1") as lead:
        assert (await registers(lead)).status_code == 409


async def test_an_id_that_belongs_to_something_else_is_not_taken(intake: Running, caretaker: httpx.AsyncClient) -> None:
    other, person, tenancy, home = (uuid4() for _ in range(4))
    matters = [Matter(other, MatterKind.TENANCY), Matter.about(uuid4(), MatterKind.CASE, home=home, tenancy=tenancy, people={person: ""})]
    await intake.service.vault.begin(matters, association=ASSOCIATION, by="test", why="test")
    for taken in (other, person, tenancy, home, HOME, VACANT_HOME):
        answer = await registers(caretaker, id=str(taken))
        assert (answer.status_code, answer.json()["code"]) == (409, "id-is-of-something-else")
        assert answer.json()["errors"][0]["pointer"] == "#/id"
    assert await how_many(intake) == 0


async def test_an_id_that_is_made_of_another_keeps_no_case_from_beginning(intake: Running, caretaker: httpx.AsyncClient) -> None:
    observation = uuid4()
    answer = await registers(caretaker, id=str(case_of(observation)))
    assert (answer.status_code, answer.json()["code"], answer.json()["errors"][0]["pointer"]) == (422, "id-is-made-of-another", "#/id")
    case = Matter(case_of(observation), MatterKind.CASE)
    begun = await intake.service.vault.begin([case], association=ASSOCIATION, by="test", why="test")
    assert begun.keyring.holds(case.id)


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"home_id": NOWHERE}, "home-is-unknown", "home_id"),
        ({"signals": []}, "no-signal-is-ticked", "signals"),
        ({"signals": ["dementia"]}, "signal-is-unknown", "signals"),
        ({"severity": "red"}, "severity-is-unknown", "severity"),
        ({"consent_answer": "maybe"}, "consent-answer-is-unknown", "consent_answer"),
        ({"consent_scope": ["neighbour"]}, "consent-scope-is-unknown", "consent_scope"),
        ({"consent_wording": ""}, "consent-without-wording", "consent_wording"),
        ({"consent_answer": "declined"}, "scope-without-consent", "consent_scope"),
        ({"observed_at": "2026-03-03T09:05:01Z"}, "observed-in-the-future", "observed_at"),
        ({"observed_at": "2025-03-03T09:00:00Z"}, "observed-too-long-ago", "observed_at"),
        ({"observed_at": "0001-01-01T00:00:00Z"}, "observed-too-long-ago", "observed_at"),
        ({"observed_at": "9999-12-31T23:59:59Z"}, "observed-in-the-future", "observed_at"),
        ({"words": "æ" * 501}, "text-too-long", "words"),
        ({"words": "Kortet: 000190-1234"}, "text-holds-cpr-number", "words"),
        ({"words": "poser\u0000"}, "text-holds-control-characters", "words"),
        ({"words": "\ud800"}, "text-holds-control-characters", "words"),
        ({"words": "poser\u202egniht"}, "text-holds-control-characters", "words"),
    ],
)
async def test_what_the_rules_refuse_is_told_with_its_field_and_what_to_do(
    refusing_intake: Running, refused_caretaker: httpx.AsyncClient, changed: dict[str, Any], code: str, field: str
) -> None:
    answer = await registers(refused_caretaker, **changed)
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"], problem["code"]) == (422, "application/problem+json", code)
    assert problem["errors"][0]["pointer"] == f"#/{field}"
    assert problem["nextStep"]
    assert await how_many(refusing_intake) == 0


@pytest.mark.parametrize("words", ["", "æøå ÆØÅ", "🐀🚿 i køkkenet", "שלום", "linje 1\nlinje 2", "æ" * 500])
async def test_words_come_back_as_they_were_written(caretaker: httpx.AsyncClient, words: str) -> None:
    assert (await registers(caretaker, words=words)).status_code == 201
    shown = (await caretaker.get(f"/intake/api/observations/{OBSERVATION}")).json()
    assert shown["words"] == (words or None)


async def test_what_was_seen_before_the_tenancy_ended_is_taken_in(caretaker: httpx.AsyncClient) -> None:
    answer = await registers(caretaker, home_id=str(VACATED_HOME), observed_at="2026-03-02T22:59:00Z")
    assert answer.status_code == 201


async def test_a_refused_registration_may_be_sent_again_put_right(caretaker: httpx.AsyncClient) -> None:
    assert (await registers(caretaker, severity="red")).status_code == 422
    assert (await registers(caretaker)).status_code == 201


async def test_an_acute_observation_is_taken_in_like_any_other(caretaker: httpx.AsyncClient) -> None:
    assert (await registers(caretaker, severity="acute", signals=["death.suspected"])).status_code == 201


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "not-an-id"},
        {"home_id": 7},
        {"observed_at": "2026-03-03T09:30:00"},
        {"observed_at": "yesterday"},
        {"signals": "smell"},
        {"signals": ["smell"] * 65},
        {"severity": "x" * 65},
        {"words": None},
        {"severity": "\ud800"},
        {"consent_wording": "mundtlig\u0000"},
        {"tenant_name": "Somebody"},
    ],
)
async def test_what_has_the_wrong_form_is_refused(refused_caretaker: httpx.AsyncClient, changed: dict[str, Any]) -> None:
    answer = await refused_caretaker.post(
        "/intake/api/observations", content=json.dumps({**REGISTRATION, **changed}), headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


async def test_nothing_that_was_sent_stands_in_the_answer(refused_caretaker: httpx.AsyncClient) -> None:
    answer = await registers(refused_caretaker, words="Hemmeligheden " + "æ" * 501, severity="hemmelig-kode")
    assert "emmelig" not in answer.text


@pytest.mark.parametrize("body", [b"{", b"", b"[]", b'{"id": }', b"\xff\xfe", b"null"])
async def test_broken_json_is_refused(refused_caretaker: httpx.AsyncClient, body: bytes) -> None:
    answer = await refused_caretaker.post("/intake/api/observations", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_hundred_megabytes_are_not_read(refusing_intake: Running, refused_caretaker: httpx.AsyncClient) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += 1
            yield b" " * 1024 * 1024

    answer = await refused_caretaker.post("/intake/api/observations", content=endless(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert read < 3


async def test_an_announced_hundred_megabytes_are_refused_at_once(refused_caretaker: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "application/json", "Content-Length": str(100 * 1024 * 1024)}
    answer = await refused_caretaker.post("/intake/api/observations", content=b"{}", headers=headers)
    assert answer.status_code == 413


async def test_a_caretaker_registers_on_every_estate_of_his_association_and_reads_only_his_own(
    intake: Running, caretaker: httpx.AsyncClient
) -> None:
    answer = await registers(caretaker, home_id=str(FAR_HOME))
    assert answer.status_code == 201
    assert (await caretaker.get(answer.headers["Location"])).status_code == 200
    async with browser(intake, as_="staff-caretaker-2") as other:
        assert (await other.get(answer.headers["Location"])).status_code == 404
        assert (await other.get("/intake/api/observations")).json()["items"] == []


async def listed_in(intake: Running, who: str, hat: str) -> list[str]:
    """The ids of what somebody registered, in one of their hats."""
    async with browser(intake) as client:
        client.cookies.set("brobygger", cookie_for(intake.settings, who, hat))
        return [one["id"] for one in (await client.get("/intake/api/observations")).json()["items"]]


async def in_hat(intake: Running, who: str, hat: str, id: str) -> httpx.Response:
    """Somebody registers something in one of their hats."""
    async with browser(intake) as client:
        client.cookies.set("brobygger", cookie_for(intake.settings, who, hat))
        return await registers(client, id=id)


async def test_a_hat_lists_what_was_registered_in_it(intake: Running) -> None:
    who, caretaker, clerk = "staff-caretaker-1", f"caretaker:{ASSOCIATION}", f"collections_clerk:{ASSOCIATION}"
    await wears(intake, who, Role.CARETAKER, Role.COLLECTIONS_CLERK)
    assert (await in_hat(intake, who, caretaker, str(OBSERVATION))).status_code == 201
    assert await listed_in(intake, who, caretaker) == [str(OBSERVATION)]
    assert await listed_in(intake, who, clerk) == []
    await heard_of(intake, who, Role.COLLECTIONS_CLERK, version=2)
    assert await listed_in(intake, who, clerk) == [str(OBSERVATION)]  # the other hat is gone: what they saw stays theirs


async def test_a_lent_hat_lists_what_is_of_whose_hat_it_is_since_they_are_away(intake: Running) -> None:
    lead, stand_in = "staff-social-lead-1", "staff-social-caretaker-1"
    own, lent = f"social_caretaker:{ASSOCIATION}", f"social_lead:{ASSOCIATION}:{lead}"
    await in_hat(intake, lead, f"social_lead:{ASSOCIATION}", str(OBSERVATION))
    await in_hat(intake, stand_in, own, OTHER_ID)
    intake.clock.forward(timedelta(days=1))
    await heard_of(intake, lead, Role.SOCIAL_LEAD, stand_in=stand_in, begins=intake.clock.now())
    assert (await in_hat(intake, stand_in, lent, LENT_ID)).status_code == 201
    assert await listed_in(intake, stand_in, lent) == [LENT_ID]
    assert await listed_in(intake, stand_in, own) == [OTHER_ID]


async def test_the_lead_registers_on_every_estate(intake: Running) -> None:
    async with browser(intake, as_="staff-social-lead-1") as lead:
        assert (await registers(lead, home_id=str(FAR_HOME))).status_code == 201


async def test_who_only_looks_does_not_register(refusing_intake: Running) -> None:
    for who in ("staff-auditor-1", "staff-director-1", "staff-operator-1", "staff-dpo-1"):
        async with browser(refusing_intake, as_=who) as client:
            assert (await registers(client)).status_code == 403


async def test_nobody_registers_without_signing_in(intake: Running) -> None:
    async with browser(intake) as stranger:
        assert (await registers(stranger)).status_code == 401


async def test_somebody_elses_observation_is_not_there(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    async with browser(intake, as_="staff-social-lead-1") as lead:
        assert (await lead.get(f"/intake/api/observations/{OBSERVATION}")).status_code == 404
        assert (await lead.get("/intake/api/observations")).json() == {"items": [], "next": ""}


async def test_an_unknown_observation_is_not_there(refused_caretaker: httpx.AsyncClient) -> None:
    assert (await refused_caretaker.get(f"/intake/api/observations/{NOWHERE}")).status_code == 404
    assert (await refused_caretaker.get("/intake/api/observations/not-an-id")).status_code == 404


async def test_a_list_goes_on_where_it_stopped_also_when_something_new_came(intake: Running, caretaker: httpx.AsyncClient) -> None:
    ids = [str(UUID(int=OBSERVATION.int + number)) for number in range(1, 6)]
    for id in ids[:4]:
        await registers(caretaker, id=id)
    first = (await caretaker.get("/intake/api/observations?limit=3")).json()
    intake.clock.forward(timedelta(seconds=1))
    await registers(caretaker, id=ids[4])
    second = (await caretaker.get("/intake/api/observations", params={"limit": 3, "cursor": first["next"]})).json()
    assert [item["id"] for item in first["items"]] == [ids[3], ids[2], ids[1]]
    assert [item["id"] for item in second["items"]] == [ids[0]]
    assert second["next"] == ""


async def test_a_forged_cursor_is_refused(refused_caretaker: httpx.AsyncClient) -> None:
    answer = await refused_caretaker.get("/intake/api/observations?cursor=forged")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


async def test_every_look_is_noted_with_its_purpose(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    await caretaker.get(f"/intake/api/observations/{OBSERVATION}")
    await caretaker.get("/intake/api/observations")
    looks = await intake.rows("select actor, role, purpose, action, about, relation from access_log order by position")
    assert [tuple(look) for look in looks] == [
        ("staff-caretaker-1", "caretaker", "own_observation", "read_observation", OBSERVATION, "observer"),
        ("staff-caretaker-1", "caretaker", "own_observation", "read_own_observations", None, "observer"),
    ]


@pytest.mark.erases
async def test_when_the_key_is_destroyed_nothing_personal_is_shown(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    await intake.service.vault.destroy([OBSERVATION], association=ASSOCIATION, by="staff-dpo-1", reason="erasure")
    shown = (await caretaker.get(f"/intake/api/observations/{OBSERVATION}")).json()
    assert (shown["address"], shown["words"], shown["is_erased"]) == (None, None, True)
    assert shown["signals"] == ["home.hoarding", "self.neglect"]


@pytest.mark.erases
async def test_what_was_erased_closes_no_home_for_help(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    await intake.service.vault.destroy([OBSERVATION], association=ASSOCIATION, by="staff-dpo-1", reason="erasure")
    answer = await registers(caretaker, id=OTHER_ID, severity="acute")
    assert answer.status_code == 201
    assert (await caretaker.get(f"/intake/api/observations/{OTHER_ID}")).json()["address"] == "Lyngstien 2, st tv"


@pytest.mark.parametrize("home", [VACANT_HOME, VACATED_HOME])
async def test_a_home_whose_tenancy_is_not_known_may_be_told_of(intake: Running, caretaker: httpx.AsyncClient, home: UUID) -> None:
    assert (await registers(caretaker, home_id=str(home))).status_code == 201
    assert await intake.value("select home_id from observations") == home
    assert await intake.value("select tenancy_id from observations") is None


async def test_registering_announces_it_to_the_others(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await registers(caretaker)
    rows = await intake.rows("select key, value, headers from outbox where topic = 'brobygger.intake' order by position desc limit 1")
    said = orjson.loads(rows[0]["value"])
    assert rows[0]["key"] == str(OBSERVATION)
    assert {name: said[name] for name in ("observation_id", "observer", "severity", "consent_answer")} == {
        "observation_id": str(OBSERVATION),
        "observer": "staff-caretaker-1",
        "severity": "high",
        "consent_answer": "granted",
    }
