"""Erasing a person: nothing that is left anywhere says who it was, or leads back to them; what is shared stays; help stays open."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import asyncpg
import pytest
from uuid_utils.compat import uuid7

from services.intake.erasure.commands import erase_again
from shared.history import event_store
from shared.history.rebuild import rebuild
from shared.messaging.messages.erp import Occupant, TenancyChanged, TenancyEnded, TenancyStarted, TenantDeceased
from shared.words.vocabulary.people import Purpose, Role
from tests.support.eventually import eventually
from tests.support.installation import (
    CARETAKER,
    DPO,
    LEAD,
    OPERATOR,
    OTHER_CARETAKER,
    PROCEDURE,
    SERVICES,
    Home,
    Installation,
    installation,
    observation,
)
from tests.support.kafka import Broker, Brokers
from tests.support.postgres import PostgresServer
from tests.support.release.dump import dumped
from tests.support.searching import TickingClock, Trace, answers_of, reached, records_of, rows_of, saying
from tests.support.services import ASSOCIATION, NOW, context_for, make_role

WORDS, NAME, PHONE = "plantet-ord-5c1e", "Plantine Plantesen", "55 66 77 88"
LANGUAGE = "so-plantet7"
"""One that nobody else in the test speaks."""
NEIGHBOUR, NUMBER = "Plantulus Nabosen", "87654321"
REDACTED = "om-naboen-81d2"
STREET = "Opdigtet Vænge"
ESTATE, ESTATE_NAME = "faa-huse-4e7b", "Plantehusgaarden"
"""So few homes that it leads to whoever lives there."""


@dataclass
class Resident:
    """Somebody who lives in a home, with everything that says who they are, and what is known about them."""

    home: Home
    person_id: UUID
    address: str
    observation_id: str = ""
    case_id: UUID = field(default_factory=uuid4)

    @property
    def ids(self) -> tuple[UUID, ...]:
        """By which the register and the ERP know them."""
        return (self.home.home_id, self.home.tenancy_id, self.person_id)


@pytest.fixture
async def place(postgres: PostgresServer, quick_broker: Broker, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(postgres, quick_broker, tmp_path, clock=TickingClock(NOW)) as running:
        yield running


async def moves_in(place: Installation, *households: int) -> list[list[Resident]]:
    """An estate with a home for each household of so many, of whom the ERP tells."""
    await place.ask(LEAD, "POST", "/cases/api/procedure/versions", json={"text": PROCEDURE.read_text(encoding="utf-8")})
    homes = [Home(ESTATE, uuid4(), uuid4()) for _ in households]
    listed = [
        {"home_id": str(home.home_id), "street": STREET, "number": str(n), "floor": "", "door": ""}
        for n, home in enumerate(homes, start=71)
    ]
    estate = {"name": ESTATE_NAME, "municipality": "bakkelund", "homes": listed}
    await place.ask(OPERATOR, "PUT", f"/intake/api/estates/{ESTATE}", json=estate, expect=204)
    everybody = [
        [Resident(home, uuid4(), f"{STREET} {n}") for _ in range(people)]
        for n, (home, people) in enumerate(zip(homes, households, strict=True), start=71)
    ]
    for household in everybody:  # one by one: what is told together has its moment in common
        home = household[0].home
        persons = tuple(Occupant(person_id=one.person_id, role="tenant" if n == 0 else "co_tenant") for n, one in enumerate(household))
        started = TenancyStarted(
            tenancy_id=home.tenancy_id,
            unit_id=home.home_id,
            estate_id=ESTATE,
            started_on=NOW.date().replace(year=2020),
            persons=persons,
        )
        await place.erp_says(started)
        await eventually(lambda home=home: _is_told(place, home), within=60)  # type: ignore[misc]
    return everybody


async def _is_told(place: Installation, home: Home) -> bool:
    return bool(await place.services["intake"].pool.fetchval("select count(*) from tenancies where tenancy_id = $1", home.tenancy_id))


async def is_helped(place: Installation, *household: Resident) -> None:
    """A caretaker sees something in the home; it becomes a case with everything that a case can say."""
    one = household[0]
    seen = observation(one.home, words=f"Hun sad i køkkenet {WORDS}")
    case_id = uuid5(UUID(seen["id"]), "case")
    for each in household:
        each.observation_id, each.case_id = seen["id"], case_id
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=seen, expect=201)

    async def there() -> bool:
        return (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}")).status_code == 200

    await eventually(there, within=60)
    await place.step(LEAD, case_id, "triage", severity="high", category="elderly_care", reason=f"Alvorligt {WORDS}")
    await place.step(LEAD, case_id, "opening", handler=LEAD)
    await place.step(LEAD, case_id, "contacts", reached=True, channel="phone", note=f"Talte med hende {WORDS}")
    await place.step(LEAD, case_id, "persons", name=NAME, phone=PHONE)
    await place.step(LEAD, case_id, "referrals", target="municipal.visitation", channel="phone", content=f"Kort {WORDS}")
    await place.step(LEAD, case_id, "damage-service-orders")
    await place.step(LEAD, case_id, "accompaniments", companion=CARETAKER, meeting_at=NOW.replace(day=5).isoformat())
    await place.step(LEAD, case_id, "caretaker-informed", milestone="in_good_hands", channel="phone")
    await place.everything_is_heard()

    async def told() -> bool:
        progress = (await place.ask(CARETAKER, "GET", f"/intake/api/observations/{seen['id']}", expect=200)).json()["progress"]
        notices = await place.services["notifications"].pool.fetchval("select count(*) from notice_list where case_id = $1", case_id)
        return bool(progress["told"]) and notices >= 2

    await eventually(told, within=60)


async def erased(place: Installation, kind: str, about: UUID) -> dict[str, Any]:
    """The DPO erases them; answers the certificate."""
    body = {"id": str(uuid7()), "kind": kind, "about": str(about), "reason": "erasure_request", "sure": True}
    await place.ask(DPO, "POST", "/intake/api/erasures", json=body, expect=202)
    found: dict[str, Any] = {}

    async def certified() -> bool:
        found.update((await place.ask(DPO, "GET", f"/intake/api/erasures/{body['id']}", expect=200)).json())
        return bool(found["state"] == "certified")

    await eventually(certified, within=60)
    return found


def databases(place: Installation) -> dict[str, str]:
    vault = place.services["cases"].settings.owner_vault_url
    assert vault is not None
    return {**place.owner_urls, "vault": vault.get_secret_value()}


async def read_models(place: Installation) -> dict[str, list[str]]:
    """Every row of every read model."""
    found: dict[str, list[str]] = {}
    for name, service in place.services.items():
        tables = {f"{name}.{table}" for model in service.parts.read_models for table in model.tables}
        found |= {table: [] for table in tables}
        for trace in await rows_of({name: place.owner_urls[name]}):
            if trace.where in tables:
                found[trace.where].append(trace.text)
    return {table: sorted(rows) for table, rows in found.items()}


async def chains_hold(place: Installation) -> None:
    for name in ("intake", "cases", "notifications"):
        async with place.services[name].read() as connection, connection.transaction():
            assert (await event_store.verify(connection)).holds


def of_the_building(where: str, text: str) -> bool:
    """The register of homes knows that a home exists, where, and nothing of who lives there."""
    if where == "intake.homes" or (where == "intake.events" and ",estate." in text):
        return True
    chosen_from = where.startswith("GET /intake/observations/") and "/place as " in where
    return chosen_from or where.startswith(("GET /intake/api/estates/", "GET /intake/observations/new"))


def is_about(trace: Trace, her: Resident) -> bool:
    """Whether it names her case, or what was seen."""
    return any(id in trace.text or id.replace("-", "") in trace.text for id in (str(her.case_id), her.observation_id))


async def test_nothing_that_is_left_says_who_it_was_or_leads_back_to_them(place: Installation, capfd: pytest.CaptureFixture[str]) -> None:
    [[her], [neighbour]] = await moves_in(place, 1, 1)
    await is_helped(place, her)
    await is_helped(place, neighbour)
    for _ in range(2):  # both stand on one list, and it is noted who saw them
        await place.ask(LEAD, "GET", "/cases/", headers={"Accept": "text/html"}, expect=200)
    ids = [str(id) for id in her.ids]

    # Before, the search finds her: it is a search that finds.
    before = await rows_of(databases(place))
    known_there = {trace.where for trace in before if is_about(trace, her) and ESTATE in trace.text}
    assert known_there == {"intake.observations", "cases.case_list"}, "rows know the estate; no event, message or answer says it"
    for id in ids:
        assert saying([trace for trace in before if not of_the_building(trace.where, trace.text)], [id])
    assert her.case_id.hex in reached([trace for trace in before if not of_the_building(trace.where, trace.text)], her.ids)

    looked = await place.ask(DPO, "POST", "/intake/api/erasures/look", json={"kind": "person", "about": str(her.person_id)}, expect=200)
    assert {matter["kind"] for matter in looked.json()["goes"]} == {"observation", "case", "tenancy", "part"}
    asked = (
        "select distinct matter from links where id = any($1::uuid[]) or part_of in (select matter from links where id = any($1::uuid[]))"
    )
    matters = {row["matter"] for row in await _vault(place, asked, list(her.ids))}
    certificate = await erased(place, "person", her.person_id)
    assert set(certificate["carried_out"]) == set(SERVICES)
    assert certificate["matters"] == len(matters) == 5, "observation, case and tenancy, and her parts of both"
    assert certificate["texts"] >= 6
    assert certificate["topics_until"]

    # That somebody looked stays, in the one log: at her case in cases, and at what was seen in intake.
    seen = "select service, action from access_log where about = $1"
    looks = {(row["service"], row["action"]) for row in await place.services["cases"].pool.fetch(seen, her.case_id)}
    assert {("", "read_case"), ("", "shown_in_list"), ("intake", "read_observation")} <= looks

    # No table, topic, answer, mail or log says who it was.
    rows, records = await rows_of(databases(place)), await records_of(place)
    theirs = [trace for trace in rows if not of_the_building(trace.where, trace.text)]
    said = [*ids, WORDS, NAME, PHONE]
    ours = [trace for trace in records if not trace.where.startswith(("topic erp.", "topic brobygger.erp"))]
    assert not saying(ours, said)
    assert not saying(theirs, [*said, her.address])
    hers = [trace for trace in [*theirs, *ours] if is_about(trace, her)]
    assert len(hers) > 20
    assert not saying(hers, [ESTATE, ESTATE_NAME])
    names = {
        "case_id": [str(her.case_id)],
        "observation_id": [her.observation_id],
        "erasure_id": [certificate["erasure_id"]],
        "estate_id": [ESTATE],
        "day": [str(NOW.date())],
        "person": [CARETAKER],
        "step": ["note", "absence"],
    }
    answers = [trace for trace in await answers_of(place, names) if not of_the_building(trace.where, trace.text)]
    assert len(answers) > 200
    assert not saying(answers, [*ids, her.address])
    assert not saying([trace for trace in answers if str(her.case_id) in trace.where], [WORDS, NAME, PHONE])
    about_her = [trace for trace in answers if str(her.case_id) in trace.where or her.observation_id in trace.where]
    lists = ("/right-home/", "/new-home/")  # of all estates there are, whomever the case is about
    assert not saying([trace for trace in about_her if not any(one in trace.where for one in lists)], [ESTATE, ESTATE_NAME])
    mails = [f"{mail.text} {mail.to}" for mail in place.mailbox.mails()]
    logged = "".join(capfd.readouterr())
    assert not any(text in said_there for text in said for said_there in (*mails, logged))

    # And no chain of equal values leads from her to anything that was about her; what the ERP said and was told is a link of it too.
    ways = reached([*theirs, *records], her.ids)
    assert {id.hex: ways[id.hex] for id in (*matters, UUID(her.observation_id), her.case_id) if id.hex in ways} == {}
    assert neighbour.case_id.hex in reached([*theirs, *records], neighbour.ids), "the same search finds who was not erased"

    # The rows are what a rebuild makes of them, and nothing was changed in history.
    live = await read_models(place)
    for name, service in place.services.items():
        await rebuild(service.parts, place.owner_urls[name], service.vault)
    assert await read_models(place) == live
    await chains_hold(place)


@pytest.mark.parametrize("names_the_home", [True, False])
async def test_who_goes_on_living_there_and_is_told_of_again_is_erased_again(place: Installation, names_the_home: bool) -> None:
    [[her]] = await moves_in(place, 1)
    await is_helped(place, her)
    await erased(place, "person", her.person_id)
    unit = her.home.home_id if names_the_home else None
    await place.erp_says(
        TenancyChanged(tenancy_id=her.home.tenancy_id, unit_id=unit, persons=(Occupant(person_id=her.person_id, role="tenant"),))
    )
    await place.erp_says(TenancyEnded(tenancy_id=her.home.tenancy_id, unit_id=unit, ended_on=NOW.date().replace(year=2027)))

    async def is_told_again() -> bool:
        told = "select count(*) from tenancies where tenancy_id = $1 and ended_on is not null"
        return bool(await place.services["intake"].pool.fetchval(told, her.home.tenancy_id))

    await eventually(is_told_again, within=60)
    await is_helped(place, her)
    look = {"kind": "person", "about": str(her.person_id)}
    goes = (await place.ask(DPO, "POST", "/intake/api/erasures/look", json=look, expect=200)).json()
    await erased(place, "person", her.person_id)
    if names_the_home:
        assert {"observation", "case"} < {matter["kind"] for matter in goes["goes"]}
        assert goes["without_home"] == 0
    else:
        assert goes["without_home"] == 1, "what was seen in the home is not found, and that is said"
        await erased(place, "whole_home", her.home.home_id)
    theirs = [trace for trace in await rows_of(databases(place)) if not of_the_building(trace.where, trace.text)]
    assert not saying(theirs, [str(id) for id in her.ids])
    case = await place.ask(LEAD, "GET", f"/cases/api/cases/{her.case_id}/timeline", expect=200)
    assert WORDS not in case.text
    assert await place.services["cases"].pool.fetchval("select count(*) from case_list where not is_over") == 0
    await chains_hold(place)


async def is_told_of(place: Installation, her: Resident) -> tuple[str, str]:
    """A neighbour rings about her; answers the observation, and who rang."""
    call: dict[str, Any] = {
        "id": str(uuid7()), "reporter_id": str(uuid4()), "source": "neighbour", "name": NEIGHBOUR, "phone": NUMBER,
        "home_id": str(her.home.home_id), "observed_at": NOW.isoformat(), "signals": ["not.seen"], "severity": "medium",
        "words": f"Ikke set {WORDS}",
    }  # fmt: skip
    await place.ask(CARETAKER, "POST", "/intake/api/calls", json=call, expect=201)
    case_id = uuid5(UUID(call["id"]), "case")

    async def there() -> bool:
        return (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}")).status_code == 200

    await eventually(there, within=60)
    await place.ask(CARETAKER, "GET", f"/intake/api/calls/{call['reporter_id']}", expect=200)
    await place.ask(CARETAKER, "POST", f"/intake/api/calls/{call['reporter_id']}/thanked", expect=204)
    await place.everything_is_heard()
    return call["id"], call["reporter_id"]


async def test_who_told_and_whom_it_was_about_are_erased_apart_and_neither_leads_to_the_other(place: Installation) -> None:
    [[her], [neighbour]] = await moves_in(place, 1, 1)
    first, told = await is_told_of(place, her)
    second, told_too = await is_told_of(place, neighbour)
    theirs = [UUID(first), uuid5(UUID(first), "case"), *her.ids]

    # Her: what was told of her is gone; whoever told it is thanked still, and nothing leads there.
    await erased(place, "person", her.person_id)
    call = (await place.ask(CARETAKER, "GET", f"/intake/api/calls/{told}", expect=200)).json()
    assert (call["name"], call["phone"]) == (NEIGHBOUR, NUMBER)
    traces = [
        trace for trace in [*await rows_of(databases(place)), *await records_of(place)] if not of_the_building(trace.where, trace.text)
    ]
    assert reached(traces, theirs).get(UUID(told).hex) is None
    ways = reached(traces, [UUID(told)])
    assert {one.hex: ways[one.hex] for one in theirs if one.hex in ways} == {}

    # Whoever told of the neighbour: found by the DPO among those who rang, and gone, with the case as it was.
    listed = (await place.ask(DPO, "GET", "/intake/api/erasures/callers", expect=200)).json()["callers"]
    assert {one["reporter_id"] for one in listed} == {told, told_too}
    for one in (told, told_too):
        certificate = await erased(place, "one_matter", UUID(one))
        assert certificate["matters"] == 1
    rows, records = await rows_of(databases(place)), await records_of(place)
    assert not saying([*rows, *records], [NEIGHBOUR, NUMBER])
    answers = await answers_of(place, {"reporter_id": [told, told_too], "case_id": [str(uuid5(UUID(second), "case"))]})
    assert not saying(answers, [NEIGHBOUR, NUMBER])
    assert reached([*rows, *records], [UUID(second), *neighbour.ids]).get(UUID(told_too).hex) is None
    case = await place.ask(LEAD, "GET", f"/cases/api/cases/{uuid5(UUID(second), 'case')}/timeline", expect=200)
    assert WORDS in case.text
    live = await read_models(place)
    for name, service in place.services.items():
        await rebuild(service.parts, place.owner_urls[name], service.vault)
    assert await read_models(place) == live
    await chains_hold(place)


def _without_ids(page: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}", "", page)


async def _vault(place: Installation, sql: str, *values: Any) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(databases(place)["vault"])
    try:
        return list(await connection.fetch(sql, *values))
    finally:
        await connection.close()


async def test_right_after_an_erasure_danger_in_the_home_is_taken_in(place: Installation) -> None:
    [[her]] = await moves_in(place, 1)
    await is_helped(place, her)
    await erased(place, "person", her.person_id)
    again = observation(her.home, severity="acute", words="Hun ligger på gulvet", consent_answer="not_able", consent_scope=[])
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=again, expect=201)
    case_id = uuid5(UUID(again["id"]), "case")

    async def there() -> bool:
        return (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}")).status_code == 200

    await eventually(there, within=60)
    assert (await place.case(LEAD, case_id))["address"] == her.address
    # The ERP goes on telling of the tenancy, and is understood.
    await place.erp_says(TenancyEnded(tenancy_id=her.home.tenancy_id, ended_on=NOW.date()))
    await eventually(lambda: _is_told(place, her.home), within=60)
    # What was sent before the erasure and is sent again is erased, whatever it says; to whoever did not send it, it is just taken.
    first = observation(her.home, id=her.observation_id, words=f"Hun sad i køkkenet {WORDS}")
    guess = observation(her.home, id=her.observation_id, words="Et gæt")
    for who, status, code in ((CARETAKER, 410, "person-is-erased"), (OTHER_CARETAKER, 409, "same-id-other-content")):
        answers = [await place.ask(who, "POST", "/intake/api/observations", json=body) for body in (first, guess)]
        assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(status, code)] * 2
    alive = await place.ask(OTHER_CARETAKER, "POST", "/intake/api/observations", json={**again, "words": "Et gæt"})
    assert (alive.status_code, alive.json()["code"]) == (409, "same-id-other-content")
    assert not await place.services["intake"].pool.fetchval(
        "select count(*) from idempotency_keys where answer is not null and id = $1", UUID(her.observation_id)
    )
    # Whoever has no access is answered as for an observation that never was, and as for any case that is somebody else's.
    doors = ("/intake/api/observations/{}", "/intake/observations/{}"), ("/cases/api/cases/{}", "/cases/{}", "/cases/{}/part")
    for paths, id, other in zip(doors, (her.observation_id, str(her.case_id)), (str(uuid4()), str(case_id)), strict=True):
        for path in paths:
            gone, else_ = [await place.ask(OTHER_CARETAKER, "GET", path.format(each)) for each in (id, other)]
            assert (gone.status_code, _without_ids(gone.text)) == (else_.status_code, _without_ids(else_.text))
    assert not await place.services["intake"].pool.fetchval("select count(*) from parked")


async def test_what_began_with_somebody_who_was_homeless_leads_to_no_tenancy(place: Installation) -> None:
    [[her]] = await moves_in(place, 1)
    moved = TenancyStarted(
        tenancy_id=her.home.tenancy_id, unit_id=her.home.home_id, estate_id=ESTATE, started_on=NOW.date().replace(year=2020),
        persons=(Occupant(person_id=her.person_id, role="tenant"),), is_newly_rehoused=True,
    )  # fmt: skip
    newcomer = moved.model_copy(update={"tenancy_id": uuid4(), "persons": (Occupant(person_id=uuid4(), role="tenant"),)})
    await place.erp_says(TenancyEnded(tenancy_id=her.home.tenancy_id, ended_on=NOW.date().replace(day=1)))
    await place.erp_says(newcomer.model_copy(update={"started_on": NOW.date()}))

    async def welcomed() -> bool:
        return bool(await place.services["cases"].pool.fetchval("select count(*) from case_list where source = 'welcome'"))

    await eventually(welcomed, within=60)
    await place.everything_is_heard()
    [tenancy] = await _vault(
        place, "select matter from links where matter_kind = 'tenancy' and about = 'tenancy' and id = $1", newcomer.tenancy_id
    )
    [observation] = await place.services["intake"].pool.fetch(
        "select observation_id from observations where tenancy_id = $1", newcomer.tenancy_id
    )
    began = (observation["observation_id"], uuid5(observation["observation_id"], "case"))
    assert newcomer.persons
    await erased(place, "person", newcomer.persons[0].person_id)
    traces = [trace for trace in await rows_of(databases(place)) if not of_the_building(trace.where, trace.text)]
    ways = reached([*traces, *await records_of(place)], [tenancy["matter"], newcomer.tenancy_id])
    assert {id.hex: ways[id.hex] for id in began if id.hex in ways} == {}


async def test_what_two_share_stays_until_the_last_of_them_goes(place: Installation) -> None:
    [[her, him]] = await moves_in(place, 2)
    await is_helped(place, her, him)
    first = await erased(place, "person", her.person_id)
    assert first["matters"] == 1, "her part of the tenancy"
    rows = await rows_of(databases(place))
    assert not saying(rows, [str(her.person_id)])
    assert saying(rows, [str(him.person_id)])
    case = await place.ask(LEAD, "GET", f"/cases/api/cases/{her.case_id}/timeline", expect=200)
    assert WORDS in case.text
    again = {"id": str(uuid7()), "kind": "person", "about": str(her.person_id), "reason": "erasure_request", "sure": True}
    refused = await place.ask(DPO, "POST", "/intake/api/erasures", json=again)
    assert refused.status_code == 422
    assert refused.json()["nextStep"]

    last = await erased(place, "person", him.person_id)
    assert last["matters"] >= 4
    case = await place.ask(LEAD, "GET", f"/cases/api/cases/{her.case_id}/timeline", expect=200)
    assert WORDS not in case.text
    theirs = [trace for trace in await rows_of(databases(place)) if not of_the_building(trace.where, trace.text)]
    assert not saying(theirs, [str(id) for id in (*her.ids, *him.ids)])
    await chains_hold(place)


async def test_one_of_two_spouses_is_erased_and_the_others_yes_still_holds(place: Installation) -> None:
    [[her, him]] = await moves_in(place, 2)
    seen = observation(her.home, consent_answer="not_asked", consent_scope=[], words=f"Set {WORDS}")
    case_id = uuid5(UUID(seen["id"]), "case")
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=seen, expect=201)

    async def there() -> bool:
        return (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}")).status_code == 200

    await eventually(there, within=60)
    await place.step(LEAD, case_id, "triage", severity="high", category="elderly_care")
    await place.step(LEAD, case_id, "opening", handler=LEAD)
    # The form offers the two whom the ERP tells of, and each is part of the case under their own key.
    form = (await place.ask(LEAD, "GET", f"/cases/{case_id}/steps/person", headers={"Accept": "text/html"}, expect=200)).text
    assert str(her.person_id) in form
    hers = await place.step(LEAD, case_id, "persons", role="tenant", known_as=str(her.person_id), name=NAME, phone=PHONE, language=LANGUAGE)
    his = await place.step(LEAD, case_id, "persons", role="co_tenant", known_as=str(him.person_id), name="Opdigtet Ægtemand", language="so")
    twice = {"id": str(uuid7()), "role": "child", "known_as": str(him.person_id)}
    version = (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}")).headers["ETag"]
    refused = await place.ask(LEAD, "POST", f"/cases/api/cases/{case_id}/persons", json=twice, headers={"If-Match": version}, expect=422)
    assert refused.json()["code"] == "person-is-part-already"

    # She says no, he says yes: neither is the other's.
    asked = {"recipients": ["volunteer"], "wording": "mundtlig-1"}
    await place.step(LEAD, case_id, "consents/declined", person=str(hers), **asked)
    await place.step(LEAD, case_id, "consents/granted", person=str(his), **asked)
    await place.step(LEAD, case_id, "referrals", target="volunteer", channel="phone", person=str(his), information=["contact"])
    with pytest.raises(RuntimeError, match="Beboeren har sagt nej"):
        await place.step(LEAD, case_id, "referrals", target="volunteer", channel="phone", person=str(hers))

    first = await erased(place, "person", her.person_id)
    assert first["matters"] == 2, "her part of the tenancy, and of the case"
    page = (await place.ask(LEAD, "GET", f"/cases/{case_id}", headers={"Accept": "text/html"}, expect=200)).text
    assert (NAME in page, PHONE in page, "Opdigtet Ægtemand" in page, WORDS in page) == (False, False, True, True)
    rows, records = await rows_of(databases(place)), await records_of(place)
    ours = [trace for trace in [*rows, *records] if trace.where != "topic erp.inbound"]
    assert not saying(ours, [str(her.person_id), NAME, PHONE, LANGUAGE])
    assert reached(ours, [her.person_id]).get(hers.hex) is None
    await place.step(LEAD, case_id, "referrals", target="volunteer", channel="phone", person=str(his), information=["contact"])
    for step, more in (("consents/granted", asked), ("referrals", {"target": "volunteer", "channel": "phone"})):
        with pytest.raises(RuntimeError, match="Personen er slettet"):
            await place.step(LEAD, case_id, step, person=str(hers), **more)
    offered = (await place.ask(LEAD, "GET", f"/cases/{case_id}/steps/referral", headers={"Accept": "text/html"}, expect=200)).text
    assert (str(hers) in offered, str(his) in offered) == (False, True)
    assert LANGUAGE not in (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}/timeline", expect=200)).text
    await chains_hold(place)


async def test_what_was_refused_keeps_nobody_from_being_erased_and_brings_nobody_back(place: Installation) -> None:
    [[her], [stranger]] = await moves_in(place, 1, 1)
    await is_helped(place, her)
    case = f"/cases/api/cases/{her.case_id}"
    said = await place.right_home(LEAD, her.case_id, home_id=str(stranger.home.home_id), estate_id=ESTATE)
    looked = (await place.ask(LEAD, "GET", case, expect=200)).headers["ETag"]

    async def refused(path: str, version: str, **body: Any) -> int:
        answer = await place.ask(LEAD, "POST", f"{case}/{path}", json={"id": str(uuid7()), **body}, headers={"If-Match": version})
        return answer.status_code

    async def linked() -> set[UUID]:
        return {row["id"] for row in await _vault(place, "select id from links where matter = $1 or part_of = $1", her.case_id)}

    before = await linked()
    assert await refused("right-person", looked, **said) == 422, "nobody has stopped it"
    await place.step(LEAD, her.case_id, "freeze", reason="Det er naboen.")
    assert await refused("right-person", looked, **said) == 412
    await place.step(LEAD, her.case_id, "going-on", reason="Det var den rigtige.")
    assert await refused("persons", looked, role="co_tenant", known_as=str(stranger.person_id), name="En fremmed") == 412
    assert await linked() == before
    form = (await place.ask(LEAD, "GET", f"/cases/{her.case_id}/steps/person", headers={"Accept": "text/html"}, expect=200)).text
    assert str(stranger.person_id) not in form

    await erased(place, "person", her.person_id)
    row = (await place.services["cases"].pool.fetch("select status, home_id, tenancy_id from case_list where case_id = $1", her.case_id))[0]
    assert tuple(row) == ("erased", None, None)
    now = (await place.ask(LEAD, "GET", case, expect=200)).headers["ETag"]
    for version in (looked, now):  # a form that was opened before, and one that is sent anew
        assert await refused("persons", version, role="resident", known_as=str(her.person_id), name=NAME) in (410, 412, 422)
    assert not await linked()
    assert not await _vault(place, "select 1 from links where id = any($1)", [her.person_id, her.home.tenancy_id])
    assert not await _vault(place, "select 1 from proposed union all select 1 from erasing")
    rows = [trace for trace in await rows_of(databases(place)) if not of_the_building(trace.where, trace.text)]
    assert not saying(rows, [str(her.person_id), NAME])


async def test_whoever_is_named_while_they_are_erased_is_not_linked_again(place: Installation) -> None:
    [[her, him]] = await moves_in(place, 2)
    await is_helped(place, her, him)
    case = f"/cases/api/cases/{her.case_id}"
    looked = (await place.ask(LEAD, "GET", case, expect=200)).headers["ETag"]

    async def named() -> int:
        body = {"id": str(uuid7()), "role": "co_tenant", "known_as": str(her.person_id), "name": "Nævnt Igensen", "language": "da"}
        return (await place.ask(LEAD, "POST", f"{case}/persons", json=body, headers={"If-Match": looked})).status_code

    erasing = asyncio.create_task(erased(place, "person", her.person_id))
    answers = [await named() for _ in range(6)]
    await erasing
    assert set(answers) <= {204, 410, 412, 422}
    assert answers.count(204) <= 1
    assert not await _vault(place, "select 1 from links where id = $1", her.person_id)
    assert not await _vault(place, "select 1 from proposed union all select 1 from erasing")
    page = (await place.ask(LEAD, "GET", f"/cases/{her.case_id}", headers={"Accept": "text/html"}, expect=200)).text
    assert "Nævnt Igensen" not in page


async def test_whoever_is_named_only_in_what_could_not_be_taken_in_is_erased_from_it(place: Installation) -> None:
    somebody, nowhere = uuid4(), uuid4()
    persons = (Occupant(person_id=somebody, role="tenant"),)
    await place.erp_says(TenancyStarted(tenancy_id=uuid4(), unit_id=nowhere, estate_id=ESTATE, started_on=NOW.date(), persons=persons))
    intake = place.services["intake"].pool
    await eventually(lambda: intake.fetchval("select count(*) from parked where value is not null"), within=60)
    assert not await _vault(place, "select 1 from links where id = $1", somebody)
    assert (await erased(place, "person", somebody))["matters"] == 0
    assert not await intake.fetchval("select count(*) from parked where value is not null")
    assert not saying(await rows_of(databases(place)), [str(somebody)])


async def test_who_a_case_was_about_by_mistake_is_erased_from_it_and_the_case_stays(place: Installation) -> None:
    [[her], [neighbour]] = await moves_in(place, 1, 1)
    await is_helped(place, her)
    told = (await place.ask(LEAD, "GET", f"/cases/api/cases/{her.case_id}/timeline", expect=200)).json()["events"]
    (order,) = [event["words"]["reference"] for event in told if event["topic"] == "case.damage_service_ordered"]
    await place.step(LEAD, her.case_id, "freeze", reason="Det er naboen.")
    await place.step(LEAD, her.case_id, "right-person", home_id=str(neighbour.home.home_id), estate_id=ESTATE)

    async def follows() -> bool:
        moved = "select count(*) from observations where home_id = $1"
        return bool(await place.services["intake"].pool.fetchval(moved, neighbour.home.home_id))

    await eventually(follows, within=60)
    await erased(place, "person", her.person_id)
    theirs = [trace for trace in await rows_of(databases(place)) if not of_the_building(trace.where, trace.text)]
    assert not saying(theirs, [str(id) for id in her.ids])
    case = await place.ask(LEAD, "GET", f"/cases/api/cases/{her.case_id}/timeline", expect=200)
    assert WORDS in case.text
    assert not saying([Trace("the case", case.text)], [*(str(id) for id in her.ids), her.address, order])
    orders = [record.text for record in await records_of(place) if record.where == "topic brobygger.erp" and order in record.text]
    assert str(her.home.home_id) in orders[0], "under the order's id the ERP was told of her home"


async def test_after_a_backup_of_the_day_before_the_list_of_the_erased_does_it_again(
    postgres: PostgresServer, brokers: Brokers, quick_broker: Broker, tmp_path: Path
) -> None:
    async with installation(postgres, quick_broker, tmp_path, clock=TickingClock(NOW)) as place:
        [[her], [she, him]] = await moves_in(place, 1, 2)
        await is_helped(place, her)
        await is_helped(place, she, him)
        await place.step(LEAD, him.case_id, "notes", text=f"Om en anden {REDACTED}")
        note = (await place.case(LEAD, him.case_id))["version"]
        backup = {name: await dumped(url) for name, url in databases(place).items()}
        for one in (her, she):
            await erased(place, "person", one.person_id)
        redacts = {"version": note, "name": "text", "reason": "other_person"}
        why = {"Brobygger-Purpose": "supervision"}
        await place.ask(DPO, "POST", f"/cases/api/cases/{him.case_id}/redactions", json=redacts, headers=why, expect=204)
        listed = await place.services["intake"].vault.destroyed_since(NOW)
        left_at = place.clock.now()
    assert not saying_ids(listed, (*her.ids, *she.ids))

    data = {name: await postgres.new_database() for name in backup}
    for name, url in data.items():
        await make_role(url)
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(backup[name])
            await connection.execute(GRANTS)
        finally:
            await connection.close()
    broker = await brokers.empty(quick_broker.kind)
    async with installation(postgres, broker, tmp_path, clock=TickingClock(left_at), data=data) as place:
        assert saying(await rows_of(data), [str(her.person_id)]), "the backup knows her"
        intake = place.services["intake"]
        context = context_for(Role.OPERATOR, id="system:operator", at=place.clock.now(), purpose=Purpose.OPERATION)
        await erase_again(
            {id for id, association, *_ in listed if association == ASSOCIATION}, id=UUID(str(uuid7())), context=context, service=intake
        )

        async def certified() -> bool:
            return bool(await intake.pool.fetchval("select count(*) from erasures where certified_at is not null"))

        await eventually(certified, within=60)
        theirs = [trace for trace in await rows_of(data) if not of_the_building(trace.where, trace.text)]
        assert not saying(theirs, [*(str(id) for id in her.ids), str(she.person_id)])
        assert saying(theirs, [str(him.person_id)])
        theirs_still = (await place.ask(LEAD, "GET", f"/cases/api/cases/{him.case_id}/timeline", expect=200)).text
        assert WORDS in theirs_still
        assert REDACTED not in theirs_still
        assert WORDS not in (await place.ask(LEAD, "GET", f"/cases/api/cases/{her.case_id}/timeline", expect=200)).text
        await chains_hold(place)
    for url in data.values():
        await postgres.drop(url)


def saying_ids(listed: list[tuple[UUID, str, str, str]], ids: tuple[UUID, ...]) -> bool:
    return any(str(id) in str(line) for id in ids for line in listed)


GRANTS = """
grant usage on schema public to brobygger_test_service;
grant select, insert, update, delete on all tables in schema public to brobygger_test_service;
"""


async def has_case(place: Installation, seen: dict[str, Any], who: str = CARETAKER) -> UUID:
    """Somebody registers it, and it waits to be judged."""
    case_id = uuid5(UUID(seen["id"]), "case")
    await place.ask(who, "POST", "/intake/api/observations", json=seen, expect=201)

    async def there() -> bool:
        return (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}")).status_code == 200

    await eventually(there, within=60)
    return case_id


async def somebody_moves_in_with(place: Installation, her: Resident) -> Resident:
    """The ERP tells of one more in her home."""
    him = Resident(her.home, uuid4(), her.address)
    both = (Occupant(person_id=her.person_id, role="tenant"), Occupant(person_id=him.person_id, role="co_tenant"))
    await place.erp_says(TenancyChanged(tenancy_id=her.home.tenancy_id, persons=both))

    async def is_known() -> bool:
        told = "select count(*) from occupants where person_id = $1"
        return bool(await place.services["intake"].pool.fetchval(told, him.person_id))

    await eventually(is_known, within=60)
    return him


async def two_concerns(place: Installation) -> tuple[Resident, Resident, tuple[str, UUID], tuple[str, UUID]]:
    """One about her alone, a second one about her and whoever came to live with her."""
    [[her]] = await moves_in(place, 1)
    first = observation(her.home, words=f"Kun om hende {WORDS}", observed_at=(NOW - timedelta(days=6, microseconds=4711)).isoformat())
    alone = await has_case(place, first)
    him = await somebody_moves_in_with(place, her)
    second = observation(her.home, words="Om dem begge", observed_at=(NOW - timedelta(microseconds=815)).isoformat())
    both = await has_case(place, second, OTHER_CARETAKER)
    assert (await place.case(LEAD, both))["pattern"]
    await place.step(LEAD, both, "triage", severity="high", category="loneliness")
    await place.step(LEAD, both, "opening", handler=LEAD)
    return her, him, (first["id"], alone), (second["id"], both)


async def test_a_case_of_one_leads_to_none_of_those_who_live_there_still(place: Installation) -> None:
    her, him, (first, alone), (second, both) = await two_concerns(place)
    # What the ERP tells of the tenancy is told in both.
    await place.erp_says(TenancyEnded(tenancy_id=her.home.tenancy_id, ended_on=NOW.date().replace(year=2027)))

    async def moves_on() -> bool:
        told = "select count(distinct stream_id) from events where topic = 'case.resident_moved'"
        return await place.services["cases"].pool.fetchval(told) == 2  # type: ignore[no-any-return]

    await eventually(moves_on, within=60)
    await place.everything_is_heard()
    await erased(place, "person", her.person_id)
    assert (await place.case(LEAD, alone))["status"] == "erased"
    assert (await place.case(LEAD, both))["address"] == him.address
    traces = [
        trace for trace in [*await rows_of(databases(place)), *await records_of(place)] if not of_the_building(trace.where, trace.text)
    ]
    ways = reached(traces, [alone, UUID(first)])
    assert {id.hex: ways[id.hex] for id in (both, UUID(second), *him.ids) if id.hex in ways} == {}
    await chains_hold(place)


async def test_what_was_joined_is_about_the_same_people_and_goes_with_the_last_of_them(place: Installation) -> None:
    her, him, (first, alone), (second, both) = await two_concerns(place)
    await place.step(LEAD, alone, "joining", into=str(both))
    await place.everything_is_heard()
    look = {"kind": "person", "about": str(her.person_id)}
    goes = (await place.ask(DPO, "POST", "/intake/api/erasures/look", json=look, expect=200)).json()
    assert {matter["kind"] for matter in goes["goes"]} == {"part"}
    assert goes["stays"] == [{"why": "shared", "matters": 5}], "the tenancy, and both concerns with what was seen"
    await erased(place, "person", her.person_id)
    ours = [trace for trace in [*await rows_of(databases(place)), *await records_of(place)] if trace.where != "topic erp.inbound"]
    assert not saying(ours, [str(her.person_id)])
    assert (await place.case(LEAD, alone))["joined_to"] == str(both)

    # Parted again they stay what they were said to be: their histories name each other.
    await place.step(LEAD, both, "splitting", observations=[first])
    await erased(place, "person", him.person_id)
    traces = [
        trace for trace in [*await rows_of(databases(place)), *await records_of(place)] if not of_the_building(trace.where, trace.text)
    ]
    assert {(await place.case(LEAD, case))["status"] for case in (alone, both)} == {"erased"}
    ways = reached(traces, [*her.ids, *him.ids])
    assert {id.hex: ways[id.hex] for id in (alone, both, UUID(first), UUID(second)) if id.hex in ways} == {}
    await chains_hold(place)


async def test_whom_a_case_without_a_home_is_about_goes_with_it_and_what_others_share_is_said_to_stay(place: Installation) -> None:
    [[her], [him]] = await moves_in(place, 1, 1)
    somewhere: dict[str, Any] = {
        "home_id": None,
        "place": "unknown",
        "where": "Rækkehusene ved åen",
        "consent_answer": "not_asked",
        "consent_scope": [],
    }
    seen, cases = [], []
    for n in range(2):
        seen.append(observation(her.home, **somewhere, words=f"Set {WORDS} {n}", id=str(uuid7())))
        case = await has_case(place, seen[n])
        await place.step(LEAD, case, "triage", severity="high", category="loneliness", reason=f"Fordi {WORDS}")
        await place.step(LEAD, case, "opening", handler=LEAD)
        await place.step(LEAD, case, "persons", role="resident", known_as=str(her.person_id), name=NAME)
        await place.step(LEAD, case, "notes", text=f"Noteret {WORDS}")
        cases.append(case)
    shared = await place.step(LEAD, cases[1], "persons", role="co_tenant", known_as=str(him.person_id), name="Opdigtet Medlejer")
    assert shared
    look = {"kind": "person", "about": str(her.person_id)}
    goes = (await place.ask(DPO, "POST", "/intake/api/erasures/look", json=look, expect=200)).json()
    assert sorted(matter["kind"] for matter in goes["goes"]) == ["case", "observation", "part", "part", "part", "tenancy"]
    assert goes["stays"] == [{"why": "shared", "matters": 2}]
    await erased(place, "person", her.person_id)
    alone, both = [(await place.ask(LEAD, "GET", f"/cases/api/cases/{case}/timeline", expect=200)).text for case in cases]
    assert (WORDS in alone, NAME in alone) == (False, False)
    assert (WORDS in both, NAME in both) == (True, False), "the DPO may redact it"
    assert (await place.case(LEAD, cases[0]))["status"] == "erased"
    assert WORDS not in (await place.ask(CARETAKER, "GET", f"/intake/api/observations/{seen[0]['id']}")).text
    await erased(place, "person", him.person_id)
    assert WORDS not in (await place.ask(LEAD, "GET", f"/cases/api/cases/{cases[1]}/timeline", expect=200)).text
    await chains_hold(place)


async def test_who_is_known_only_because_they_died_takes_along_what_is_about_the_tenancy(place: Installation) -> None:
    [[her]] = await moves_in(place, 1)
    nobody, died = Home(ESTATE, her.home.home_id, uuid4()), uuid4()
    await place.erp_says(TenancyEnded(tenancy_id=her.home.tenancy_id, ended_on=NOW.date().replace(year=2025)))
    await place.erp_says(
        TenancyStarted(
            tenancy_id=nobody.tenancy_id, unit_id=nobody.home_id, estate_id=ESTATE, started_on=NOW.date().replace(year=2025, day=2)
        )
    )
    await eventually(lambda: _is_told(place, nobody), within=60)
    case = await has_case(place, observation(nobody, words=WORDS))
    await place.erp_says(TenantDeceased(tenancy_id=nobody.tenancy_id, person_id=died, died_on=NOW.date()))

    async def is_known() -> bool:
        return bool(await place.services["cases"].pool.fetchval("select count(*) from events where topic = 'case.resident_died'"))

    await eventually(is_known, within=60)
    await erased(place, "person", died)
    assert (await place.case(LEAD, case))["status"] == "erased"
    theirs = [trace for trace in await rows_of(databases(place)) if not of_the_building(trace.where, trace.text)]
    assert not saying(theirs, [str(died), str(nobody.tenancy_id), WORDS])
    assert WORDS not in (await place.ask(LEAD, "GET", f"/cases/api/cases/{case}/timeline", expect=200)).text
    await chains_hold(place)
