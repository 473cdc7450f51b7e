"""The DPO's pages: look up, decide, follow, and the certificate; and whoever else asks is shown nothing."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx
import pytest

from services.intake.clock import record_missed_thanks
from services.intake.erasure.commands import BeginErasing, begin_erasing, erase, finish_erasures, would_go
from services.intake.erasure.rules.whom import Whom
from shared.messaging.messages import erp
from shared.messaging.messages.erasure import ANSWERS, PersonErased
from shared.running.listener import Listener
from shared.words.vocabulary.erasure import ErasedKind
from shared.words.vocabulary.people import Purpose, Role
from tests.intake.known import HOME, OBSERVATION, REGISTRATION, record
from tests.intake.known import VACANT_HOME as HERS
from tests.support.colleagues import heard_of
from tests.support.services import ASSOCIATION, NOW, Running, browser, context_for

HTML = {"Accept": "text/html", "Accept-Language": "da"}
WHY = {"Brobygger-Purpose": "subject_access"}
PERSON = UUID("018f0000-0000-7000-8000-0000000000d1")
TENANCY = UUID("018f0000-0000-7000-8000-0000000000ad")
ID = re.compile(r'name="id" value="([0-9a-f-]+)"')
ABOUT_TENANCY = {"kind": "whole_tenancy", "about": str(TENANCY)}
ABOUT_PERSON = {"kind": "person", "about": str(PERSON)}

pytestmark = pytest.mark.erases


@pytest.fixture
async def dpo(intake: Running) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(intake, as_="staff-dpo-1") as client:
        yield client


async def lives_there(intake: Running, *, known: bool = True) -> None:
    """The ERP tells that somebody lives in the home; and who, if that is known."""
    persons = (erp.Occupant(person_id=PERSON),) if known else None
    started = erp.TenancyStarted(
        tenancy_id=TENANCY, unit_id=HERS, estate_id="estate-1", started_on=NOW.date().replace(year=2020), persons=persons
    )
    await Listener(intake.service).take_in([record(started, id="erp-1", key=TENANCY)])


async def is_seen(caretaker: httpx.AsyncClient) -> None:
    """A caretaker registers what he saw there."""
    seen = await caretaker.post("/intake/api/observations", json={**REGISTRATION, "home_id": str(HERS)})
    assert seen.status_code == 201, seen.text


async def everybody_answers(intake: Running, erasure_id: UUID) -> None:
    answers = [record(each(erasure_id=erasure_id), id=f"answer-{n}", key=erasure_id) for n, each in enumerate(ANSWERS)]
    await Listener(intake.service).take_in(answers)
    await finish_erasures(intake.service)


async def test_looked_up_decided_followed_and_certified(intake: Running, caretaker: httpx.AsyncClient, dpo: httpx.AsyncClient) -> None:
    await lives_there(intake)
    await is_seen(caretaker)
    looked = await dpo.post("/intake/erasures/look", data=ABOUT_PERSON, headers=HTML)
    assert looked.status_code == 200
    assert all(word in looked.text for word in ("Observation", "Lejemål", "En persons del"))
    assert "Hun sad" not in looked.text
    assert "Åben · Orange – alvorlig" in looked.text
    assert "Noget af det er ikke afsluttet" in looked.text
    id = ID.search(looked.text)
    assert id is not None

    unsure = await dpo.post("/intake/erasures", data={**ABOUT_PERSON, "id": id[1], "reason": "erasure_request"}, headers=HTML)
    assert unsure.status_code == 422
    assert "Det kan ikke fortrydes" in unsure.text
    decided = await dpo.post(
        "/intake/erasures", data={**ABOUT_PERSON, "id": id[1], "reason": "erasure_request", "sure": "true"}, headers=HTML
    )
    assert (decided.status_code, decided.headers["location"]) == (303, f"/intake/erasures/{id[1]}")

    waits = await dpo.get(decided.headers["location"], headers=HTML)
    assert "Sletning under vejs" in waits.text
    on_another_page = {**ABOUT_PERSON, "id": str(uuid4()), "reason": "erasure_request", "sure": "true"}
    again = await dpo.post("/intake/erasures", data=on_another_page, headers=HTML)
    assert again.status_code == 422
    assert "Her er intet at slette." in again.text
    assert await intake.value("select count(*) from erasures") == 1
    await everybody_answers(intake, UUID(id[1]))
    certificate = await dpo.get(decided.headers["location"], headers=HTML)
    assert "Sletteattest" in certificate.text
    for part in ("Observationer, opkald og boliger", "Sager", "Mails og henvisninger", "Tal og rapporter", "Beskeder mellem systemerne"):
        assert part in certificate.text
    assert "Kafka" not in certificate.text
    listed = await dpo.get("/intake/erasures", headers=HTML)
    assert "Gennemført" in listed.text
    for shown in (certificate.text, listed.text):
        assert not any(str(one) in shown for one in (PERSON, TENANCY, HERS, OBSERVATION))
    assert await intake.value("select count(*) from access_log where action = 'look_up_erasure' and about is null") == 3


async def test_in_another_language_the_decision_stands_there_and_nothing_is_erased(
    intake: Running, caretaker: httpx.AsyncClient, dpo: httpx.AsyncClient
) -> None:
    await lives_there(intake)
    await is_seen(caretaker)
    sent = {**ABOUT_PERSON, "id": str(uuid4()), "reason": "erasure_request", "sure": "true", "lang": "en"}
    shown = await dpo.post("/intake/erasures", data=sent, headers=HTML)
    assert shown.status_code == 200
    assert '<html lang="en">' in shown.text
    assert 'name="sure" value="true" checked' in shown.text
    assert f'name="id" value="{sent["id"]}"' in shown.text
    assert await intake.value("select count(*) from erasures") == 0


async def test_an_id_is_of_one_erasure_and_of_nothing_else(intake: Running, caretaker: httpx.AsyncClient, dpo: httpx.AsyncClient) -> None:
    await lives_there(intake)
    await is_seen(caretaker)
    other = UUID(int=4711)
    told = erp.TenancyStarted(
        tenancy_id=UUID(int=4712), unit_id=HOME, estate_id="estate-1", started_on=NOW.date(), persons=(erp.Occupant(person_id=other),)
    )
    await Listener(intake.service).take_in([record(told, id="erp-2", key=told.tenancy_id)])
    hers = {**ABOUT_PERSON, "id": str(uuid4()), "reason": "retention", "sure": True}

    async def answered(**but: Any) -> tuple[int, str]:
        answer = await dpo.post("/intake/api/erasures", json={**hers, **but})
        return answer.status_code, answer.json().get("code", answer.json().get("state"))

    matter = await intake.value("select id from tenancies where tenancy_id = $1", TENANCY)
    for taken in (OBSERVATION, matter):
        assert await answered(id=str(taken)) == (409, "id-is-of-something-else")
    refused = (409, "same-id-other-content")
    for _ in range(2):
        assert (await answered())[0] == 202
        assert [await answered(about=str(other)), await answered(reason="unlawful"), await answered(**ABOUT_TENANCY)] == [refused] * 3
        await everybody_answers(intake, UUID(str(hers["id"])))
    assert await answered() == (202, "certified"), "whose it was nobody knows any more, and nothing is left of her"
    assert await intake.value("select count(*) from occupants where person_id = $1", other) == 1
    assert await intake.value("select count(*) from erasures") == 1


async def test_what_goes_is_told_with_how_it_stands(intake: Running, caretaker: httpx.AsyncClient, dpo: httpx.AsyncClient) -> None:
    await lives_there(intake)
    await is_seen(caretaker)

    async def stands() -> list[tuple[str, bool | None, str]]:
        goes = (await dpo.post("/intake/api/erasures/look", json=ABOUT_PERSON)).json()["goes"]
        return [(one["kind"], one["is_open"], one["severity"]) for one in goes if one["is_open"] is not None]

    assert await stands() == [("observation", True, "high")]
    await intake.service.pool.execute("update observations set ended_at = now(), assessed_severity = 'low'")
    assert await stands() == [("observation", False, "low")]
    looked = await dpo.post("/intake/erasures/look", data=ABOUT_PERSON, headers=HTML)
    assert "Afsluttet · Grøn – opmærksom" in looked.text
    assert "Noget af det er ikke afsluttet" not in looked.text


@pytest.mark.parametrize("known", [True, False])
async def test_who_keeps_out_of_a_home_is_told_nothing_of_it_and_erases_nothing_there(
    intake: Running, caretaker: httpx.AsyncClient, dpo: httpx.AsyncClient, known: bool
) -> None:
    await lives_there(intake, known=known)
    await is_seen(caretaker)
    await heard_of(intake, "staff-dpo-1", Role.DPO, shut_from=(HERS,))
    seen = await intake.value("select observation_id from observations")
    for whom in (ABOUT_PERSON, ABOUT_TENANCY, {"kind": "whole_home", "about": str(HERS)}, {"kind": "matter", "about": str(seen)}):
        looked = await dpo.post("/intake/api/erasures/look", json=whom)
        assert (looked.status_code, looked.json()["code"]) == (422, "nothing-is-known"), whom
        erased = await dpo.post("/intake/api/erasures", json={**whom, "id": str(uuid4()), "reason": "erasure_request", "sure": True})
        assert (erased.status_code, erased.json()["code"]) == (422, "nothing-is-known"), whom
        page = await dpo.post("/intake/erasures/look", data=whom, headers=HTML)
        assert (page.status_code, str(PERSON) in page.text) == (422, False)
        found = await dpo.post("/intake/api/erasures/find", json={"text": whom["about"]}, headers={"Brobygger-Purpose": "subject_access"})
        assert found.json()["whom"] == [], whom
    assert await intake.value("select count(*) from erasures") == 0


async def test_where_a_person_is_known_the_person_is_chosen(intake: Running, caretaker: httpx.AsyncClient, dpo: httpx.AsyncClient) -> None:
    await lives_there(intake)
    await is_seen(caretaker)
    named = await dpo.post("/intake/erasures/look", data=ABOUT_TENANCY, headers=HTML)
    assert "én person ad gangen" in named.text
    assert f'value="{PERSON}"' in named.text
    assert 'name="sure"' not in named.text
    refused = await dpo.post("/intake/api/erasures/look", json=ABOUT_TENANCY)
    assert (refused.status_code, refused.json()["code"]) == (422, "people-are-known")
    home = await dpo.post("/intake/erasures/look", data={"kind": "whole_home", "about": str(HERS)}, headers=HTML)
    assert home.status_code == 200
    assert str(PERSON) in home.text


async def test_where_nobody_knows_who_lives_there_the_tenancy_goes(
    intake: Running, caretaker: httpx.AsyncClient, dpo: httpx.AsyncClient
) -> None:
    await lives_there(intake, known=False)
    await is_seen(caretaker)
    erased = await dpo.post("/intake/api/erasures", json={**ABOUT_TENANCY, "id": str(UUID(int=77)), "reason": "retention", "sure": True})
    assert (erased.status_code, erased.json()["matters"]) == (202, 2)
    row = await intake.rows("select home_id, tenancy_id from observations")
    assert [tuple(one) for one in row] == [(None, None)]
    again = await dpo.post("/intake/api/erasures/look", json=ABOUT_TENANCY)
    assert (again.status_code, again.json()["code"]) == (422, "nothing-is-known")


async def test_who_moved_into_a_home_of_which_nobody_knows_anything_is_not_there_to_erase(dpo: httpx.AsyncClient) -> None:
    nothing = await dpo.post("/intake/api/erasures/look", json={"kind": "whole_home", "about": str(HOME)})
    unknown = await dpo.post("/intake/api/erasures/look", json={"kind": "list", "about": str(HOME)})
    assert (nothing.status_code, unknown.status_code) == (422, 422)
    assert nothing.json()["nextStep"]


async def test_what_a_crash_left_the_clock_finishes_and_everybody_is_told_once(intake: Running, caretaker: httpx.AsyncClient) -> None:
    await lives_there(intake)
    await is_seen(caretaker)
    whom = Whom(kind=ErasedKind.PERSON, id=PERSON)
    goes = await would_go(intake.service, ASSOCIATION, whom)
    id = uuid5(PERSON, "erasure")
    listed = json.dumps(sorted(map(str, goes.matters)))
    of = f'{{"kind": "person", "id": "{PERSON}", "matters": {listed}, "let_go": [], "cases": [], "named": ["{PERSON}"]}}'
    begins = BeginErasing(id=id, kind=whom.kind, reason="retention", goes=goes, of=of)
    await intake.service.do(begin_erasing, begins, context_for(Role.DPO, purpose=Purpose.SUBJECT_ACCESS))
    for _ in range(3):
        intake.clock.forward(timedelta(minutes=1))
        await finish_erasures(intake.service)
    assert await intake.value("select count(*) from outbox where topic = $1", PersonErased.TOPIC) == 1
    assert await intake.value("select state from erasures") == "keys_destroyed"
    await everybody_answers(intake, id)
    await everybody_answers(intake, id)
    assert await intake.value("select count(*) from events where topic = 'erasure.certified'") == 1
    assert await intake.value("select certified_at from erasures") > NOW


@pytest.mark.parametrize("who", ["staff-social-lead-1", "staff-auditor-1", "staff-caretaker-1", "staff-operator-1", "staff-director-1"])
async def test_nobody_else_erases_or_is_told_of_it(intake: Running, who: str) -> None:
    async with browser(intake, as_=who) as other:
        answers = [
            await other.get("/intake/erasures/callers", headers=HTML),
            await other.get("/intake/api/erasures/callers"),
            await other.post("/intake/erasures/find", data={"text": "Lyngstien 10", "purpose": "subject_access"}, headers=HTML),
            await other.post("/intake/api/erasures/find", json={"text": "Lyngstien 10"}, headers=WHY),
            await other.post("/intake/api/erasures/look", json=ABOUT_TENANCY),
            await other.post("/intake/api/erasures", json={**ABOUT_TENANCY, "id": str(UUID(int=1)), "reason": "retention", "sure": True}),
        ]
        lists = [await other.get("/intake/erasures", headers=HTML), await other.get("/intake/api/erasures")]
    assert {answer.status_code for answer in answers} == {403}
    assert {answer.status_code for answer in lists} == {200 if who == "staff-auditor-1" else 403}


async def test_the_auditor_reads_every_certificate_and_can_decide_nothing(
    intake: Running, caretaker: httpx.AsyncClient, dpo: httpx.AsyncClient
) -> None:
    await lives_there(intake)
    await is_seen(caretaker)
    id = str(uuid4())
    await dpo.post("/intake/api/erasures", json={**ABOUT_PERSON, "id": id, "reason": "erasure_request", "sure": True})
    await everybody_answers(intake, UUID(id))
    async with browser(intake, as_="staff-auditor-1") as auditor:
        listed = await auditor.get("/intake/erasures", headers=HTML)
        certificate = await auditor.get(f"/intake/erasures/{id}", headers=HTML)
        assert (await auditor.get(f"/intake/api/erasures/{id}")).json()["state"] == "certified"
    assert f"/intake/erasures/{id}" in listed.text
    assert "/intake/erasures/find" not in listed.text
    assert "/intake/erasures/callers" not in listed.text
    assert "Sletteattest" in certificate.text


CALL: dict[str, Any] = {
    "id": str(OBSERVATION), "reporter_id": "018f0000-0000-4000-8000-00000000000d", "source": "neighbour", "name": "Åse Opdigtet",
    "phone": "12345678", "home_id": str(HERS), "observed_at": "2026-03-03T09:30:00+01:00", "signals": ["not.seen"], "severity": "medium",
    "words": "Hun har ikke været ude i en uge.",
}  # fmt: skip


async def test_who_called_about_somebody_is_found_and_erased_alone(
    intake: Running, caretaker: httpx.AsyncClient, dpo: httpx.AsyncClient
) -> None:
    await lives_there(intake)
    assert (await caretaker.post("/intake/api/calls", json=CALL)).status_code == 201
    for shown in (await dpo.get("/intake/erasures/callers", headers=HTML), await dpo.get("/intake/api/erasures/callers")):
        assert CALL["reporter_id"] in shown.text
        assert not any(word in shown.text for word in ("Opdigtet", "12345678", str(OBSERVATION)))
    assert (await caretaker.get("/intake/api/erasures/callers")).status_code == 403

    unstated = await dpo.post("/intake/erasures/callers", data={"about": CALL["reporter_id"]}, headers=HTML)
    assert unstated.status_code == 422
    assert (await dpo.get(f"/intake/api/erasures/callers/{CALL['reporter_id']}")).json()["code"] == "purpose-is-not-stated"
    opened = await dpo.post("/intake/erasures/callers", data={"about": CALL["reporter_id"], "purpose": "subject_access"}, headers=HTML)
    assert all(word in opened.text for word in ("Åse Opdigtet", "12345678", "En nabo"))
    assert str(OBSERVATION) not in opened.text
    read = (await dpo.get(f"/intake/api/erasures/callers/{CALL['reporter_id']}", headers=WHY)).json()
    assert (read["name"], read["phone"]) == ("Åse Opdigtet", "12345678")
    noted = await intake.rows("select purpose, about from access_log where action = 'read_call'")
    assert [tuple(one) for one in noted] == [("subject_access", UUID(CALL["reporter_id"]))] * 2

    about = {"kind": "one_matter", "about": CALL["reporter_id"]}
    looked = await dpo.post("/intake/erasures/look", data=about, headers=HTML)
    assert "Anmelder" in looked.text
    id = ID.search(looked.text)
    assert id is not None
    body = {**about, "id": id[1], "reason": "erasure_request", "sure": "true"}
    assert (await dpo.post("/intake/erasures", data=body, headers=HTML)).status_code == 303
    await everybody_answers(intake, UUID(id[1]))
    certificate = (await dpo.get(f"/intake/api/erasures/{id[1]}")).json()
    assert (certificate["state"], certificate["matters"]) == ("certified", 1)
    gone = await dpo.post("/intake/erasures/callers", data={"about": CALL["reporter_id"], "purpose": "subject_access"}, headers=HTML)
    assert "(slettet)" in gone.text
    assert "Åse" not in gone.text
    intake.clock.forward(timedelta(days=9))
    await record_missed_thanks(intake.service)
    assert await intake.value("select count(*) from events where topic = 'reporter.thanks_missed'") == 0
    assert (await caretaker.get(f"/intake/api/observations/{OBSERVATION}")).json()["words"] == CALL["words"]
    assert (await caretaker.post("/intake/api/calls", json=CALL)).status_code == 410
    assert await intake.value("select count(*) from reporters") == 1


SPELLED: dict[str, Callable[[UUID], bytes]] = {
    "upper": lambda id: str(id).upper().encode(),
    "bare": lambda id: id.hex.encode(),
    "braces": lambda id: f"{{{id}}}".encode(),
    "urn": lambda id: id.urn.upper().encode(),
    "utf-16": lambda id: f"{{'person_id': '{id}'}}".encode("utf-16"),
    "utf-32": lambda id: str(id).encode("utf-32-be"),
    "latin-1": lambda id: f"Beboeren på {id} er død".encode("latin-1"),
    "escaped": lambda id: str(id).replace("-", r"\u002D").replace("d", r"\u0064").encode(),
    "address": lambda id: str(id).replace("-", "%2d").encode(),
    "bytes": lambda id: b"\x01" + id.bytes + b"\xff",
}
"""How a message may spell an id."""


@pytest.mark.parametrize("where", ["key", "headers", "value"])
@pytest.mark.parametrize("spelling", SPELLED)
async def test_what_is_parked_and_names_them_in_any_spelling_is_emptied(intake: Running, spelling: str, where: str) -> None:
    await lives_there(intake)
    for person in (PERSON, UUID(int=PERSON.int + 1)):
        names = SPELLED[spelling](person)
        said = record(erp.TenancyEnded(tenancy_id=TENANCY, ended_on=NOW.date()), id=f"wrong-{person}", key=person)
        plain = replace(
            said,
            key=b"another",
            value=b"{",
            headers=tuple((n, v) for n, v in said.headers if n not in ("ce_subject", "ce_partitionkey", "ce_id")),
        )
        named: dict[str, Any] = {"key": names, "headers": (*plain.headers, ("ce_id", names)), "value": names}
        await Listener(intake.service).take_in([replace(plain, offset=person.int % 7, **{where: named[where]})])
    assert await intake.value("select count(*) from parked where value is not null") == 2
    whom = Whom(kind=ErasedKind.PERSON, id=PERSON)
    context = context_for(Role.DPO, purpose=Purpose.SUBJECT_ACCESS)
    await erase(whom, id=uuid4(), reason="erasure_request", sure=True, context=context, service=intake.service)
    left = await intake.rows("select value, key, headers, source, message_id from parked order by id")
    assert [row["value"] is None for row in left] == [True, False]
    assert (left[0]["key"], left[0]["headers"], left[0]["message_id"]) == (None, [], None)
