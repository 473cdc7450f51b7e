"""Somebody can always stand in: three stories of people who work here, through all four services and a real broker."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx
import pytest

from local.demo.doors import erp_voice
from shared.messaging.messages.erp import TenancyStarted
from tests.support.eventually import eventually
from tests.support.installation import (
    CARETAKER,
    LEAD,
    OTHER_CARETAKER,
    PARTITIONS,
    PROCEDURE,
    SOCIAL_CARETAKER,
    Home,
    Installation,
    installation,
    moved_in,
    observation,
)
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import ASSOCIATION, NOW

HTML = {"Accept": "text/html"}
NIGHT = datetime(2026, 3, 7, 1, 30, tzinfo=UTC)
"""A Saturday at half past two in Denmark."""


@pytest.fixture
async def place(postgres: PostgresServer, quick_broker: Broker, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(postgres, quick_broker, tmp_path) as running:
        yield running


async def ask_about(place: Installation, who: str, whose: str, change: str, **body: Any) -> None:
    """Change something about a colleague, on the newest version; `whose` is `me` or a staff id."""
    address = "/intake/api/me" if whose == "me" else f"/intake/api/staff/{whose}"
    seen = await place.ask(who, "GET", address, expect=200)
    headers = {"If-Match": seen.headers["ETag"]}
    await place.ask(who, "POST", f"{address}/{change}", json={"id": str(uuid4()), **body}, headers=headers, expect=204)


async def everybody_knows(place: Installation, person: str, version: int) -> None:
    """Every service has heard what happened to somebody last."""

    async def heard() -> bool:
        known = [
            await service.pool.fetchval("select version from colleagues where person = $1", person) for service in place.services.values()
        ]
        return all(one is not None and one >= version for one in known)

    await eventually(heard, within=60)
    for service in place.services.values():
        await service.colleagues.refresh()


async def in_hat(place: Installation, who: str, hat: str) -> httpx.AsyncClient:
    """The browser of somebody who picks a card; kept under the hat's name, and closed with the others."""
    client = httpx.AsyncClient(base_url=place.origin, timeout=30, headers={"Origin": place.origin, "Sec-Fetch-Site": "same-origin"})
    signed_in = await client.post("/intake/sign-in", data={"person": who, "hat": hat})
    assert signed_in.status_code == 303, signed_in.text[:300]
    place._clients[f"{who} as {hat}"] = client
    return client


async def registered(place: Installation, who: str, home: Home, **but: Any) -> UUID:
    """Somebody sees something; answers the id of the case that comes of it, once it is there."""
    seen = observation(home, observed_at=place.clock.now().isoformat(), **but)
    await place.ask(who, "POST", "/intake/api/observations", json=seen, expect=201)
    case_id = uuid5(UUID(seen["id"]), "case")

    async def there() -> bool:
        return bool(await place.services["cases"].pool.fetchval("select true from case_list where case_id = $1", case_id))

    await eventually(there, within=60)
    return case_id


def mails_to(place: Installation, address: str) -> list[str]:
    return [mail.subject for mail in place.mailbox.mails() if address in mail.to]


async def test_a_lead_on_holiday_for_two_weeks_and_something_acute_at_night(place: Installation) -> None:
    home, *_ = await moved_in(place)
    await ask_about(
        place, LEAD, "me", "absence",
        begins=(NOW + timedelta(days=1)).isoformat(), ends=(NOW + timedelta(days=15)).isoformat(), stand_in=SOCIAL_CARETAKER,
    )  # fmt: skip
    new = {"person": "staff-new-1", "name": "Natalie Testvang", "role": "social_caretaker", "email": "night@example.test"}
    await place.ask(LEAD, "POST", "/intake/api/staff", json={"id": str(uuid4()), **new}, expect=204)
    await ask_about(
        place, LEAD, "staff-new-1", "on-call",
        begins=(NIGHT - timedelta(hours=12)).isoformat(), ends=(NIGHT + timedelta(hours=30)).isoformat(),
    )  # fmt: skip
    await everybody_knows(place, LEAD, 2)
    await everybody_knows(place, "staff-new-1", 2)

    # On Saturday night a caretaker finds somebody who must not wait. The stand-in and whoever is on call are told; the lead sleeps.
    place.clock.lead_to(NIGHT)
    case_id = await registered(place, CARETAKER, home, severity="acute")
    await eventually(lambda: mails_to(place, "social-caretaker-1@") and mails_to(place, "night@"), within=60)
    assert mails_to(place, "social-caretaker-1@")[0].startswith("AKUT")
    assert mails_to(place, "lead-1@") == []

    # On call one reads it and judges it, though it is on no estate of hers.
    await place.step("staff-new-1", case_id, "triage", severity="acute", category="elderly_care")

    # In the morning the stand-in puts on the lead's hat and opens the case, which only a lead may.
    place.clock.forward(timedelta(hours=6))
    lent = await in_hat(place, SOCIAL_CARETAKER, f"social_lead:bakkegaarden:{LEAD}")
    opening = {"id": str(uuid4()), "handler": SOCIAL_CARETAKER}

    async def opened() -> bool:
        """The clock may have noted something since she looked: then she looks again."""
        seen = await lent.get(f"/cases/api/cases/{case_id}")
        done = await lent.post(f"/cases/api/cases/{case_id}/opening", json=opening, headers={"If-Match": seen.headers["ETag"]})
        assert done.status_code in (204, 412), done.text
        return done.status_code == 204

    await eventually(opened, within=30)
    events = (await lent.get(f"/cases/api/cases/{case_id}/timeline")).json()["events"]
    who = {event["topic"]: (event["actor"], event["role"], event["on_behalf_of"]) for event in events}
    assert who["case.triaged"] == ("staff-new-1", "social_caretaker", "")
    assert who["case.opened"] == (SOCIAL_CARETAKER, "social_lead", LEAD)
    assert "for Citha Testvang" in (await lent.get("/cases/", headers=HTML)).text

    # Two weeks later the lead is back: the hat is hers alone, and the mails are too.
    place.clock.lead_to(NOW + timedelta(days=16))
    assert (await lent.get("/cases/", headers=HTML)).status_code == 303
    await registered(place, CARETAKER, home)
    await eventually(lambda: mails_to(place, "lead-1@"), within=60)


async def test_a_caretaker_who_is_himself_a_resident_of_the_estate(place: Installation) -> None:
    own, neighbour, *_ = await moved_in(place)
    await ask_about(place, OTHER_CARETAKER, "me", "conflict", about=str(own.home_id), kind="own_home")
    await ask_about(place, LEAD, OTHER_CARETAKER, "hat", role="social_caretaker", estates=["estate-1"])
    await everybody_knows(place, OTHER_CARETAKER, 3)

    # A colleague worries about his home. Neither as caretaker nor as social caretaker does he find out.
    theirs = await registered(place, CARETAKER, own)
    other = await registered(place, CARETAKER, neighbour)
    him = await in_hat(place, OTHER_CARETAKER, "social_caretaker:bakkegaarden")
    assert [one["case_id"] for one in (await him.get("/cases/api/cases")).json()["cases"]] == [str(other)]
    assert (await him.get(f"/cases/api/cases/{theirs}")).status_code == 404
    assert (await him.get(f"/cases/{theirs}", headers=HTML)).status_code == 404
    refused = await him.post("/intake/api/observations", json=observation(own))
    assert (refused.status_code, refused.json()["detail"]) == (422, "Du har meldt, at du er inhabil i den bolig.")

    # He cannot be made its handler, nor come along, and does not lift it himself; the lead does, when he has moved.
    await place.step(LEAD, theirs, "triage", severity="high", category="other")
    with pytest.raises(RuntimeError, match="Den valgte kollega er inhabil i sagen"):
        await place.step(LEAD, theirs, "opening", handler=OTHER_CARETAKER)
    conflict = (await him.get("/intake/api/me")).json()["conflicts"][0]["conflict_id"]
    await ask_about(place, LEAD, OTHER_CARETAKER, "conflict-lifted", conflict_id=conflict)
    await everybody_knows(place, OTHER_CARETAKER, 4)
    assert (await him.get(f"/cases/api/cases/{theirs}")).status_code == 200


async def test_a_colleague_with_hats_in_two_associations(place: Installation) -> None:
    """The second association is served by the same installation, with a lead of its own from the staff file."""
    file = Path(place.services["intake"].settings.master_key_file).with_name("two.yaml")
    file.write_text(TWO, encoding="utf-8")
    for service in place.services.values():
        service.settings = service.settings.model_copy(update={"staff_file": file, "associations": (ASSOCIATION, "fjordbo")})
    home, *_ = await moved_in(place)
    far = Home("strand", uuid4(), uuid4())
    await place.ask("staff-fjord-lead-1", "POST", "/cases/api/procedure/versions", json={"text": PROCEDURE.read_text(encoding="utf-8")})
    listed = [{"home_id": str(far.home_id), "street": "Strandvej", "number": "1", "floor": "", "door": ""}]
    entered = {"name": "Stranden", "municipality": "havnstrup", "homes": listed}
    await place.ask("staff-fjord-operator-1", "PUT", "/intake/api/estates/strand", json=entered, expect=204)
    async with erp_voice(place.broker.bootstrap, "fjordbo", partitions=PARTITIONS) as erp:
        started = TenancyStarted(
            tenancy_id=far.tenancy_id, unit_id=far.home_id, estate_id="strand", started_on=NOW.date().replace(year=2020)
        )
        await erp.say((started,), at=place.clock.now())

    async def moved() -> bool:
        return bool(await place.services["intake"].pool.fetchval("select true from tenancies where tenancy_id = $1", far.tenancy_id))

    await eventually(moved, within=60)
    ours, theirs = await registered(place, CARETAKER, home), await registered(place, "staff-fjord-lead-1", far)

    # The same person, twice on the sign-in page; which hat is worn decides what is seen, and stands on what is done.
    for hat, mine, not_mine, association in (
        ("social_caretaker:bakkegaarden", ours, theirs, ASSOCIATION),
        ("social_lead:fjordbo", theirs, ours, "fjordbo"),
    ):
        client = await in_hat(place, "staff-both-1", hat)
        assert [one["case_id"] for one in (await client.get("/cases/api/cases")).json()["cases"]] == [str(mine)]
        assert (await client.get(f"/cases/api/cases/{not_mine}")).status_code == 404
        etag = (await client.get(f"/cases/api/cases/{mine}")).headers["ETag"]
        body = {"id": str(uuid4()), "severity": "high", "category": "other"}
        done = await client.post(f"/cases/api/cases/{mine}/triage", json=body, headers={"If-Match": etag})
        assert done.status_code == 204, done.text
        events = (await client.get(f"/cases/api/cases/{mine}/timeline")).json()["events"]
        assert (events[-1]["actor"], events[-1]["role"]) == ("staff-both-1", hat.partition(":")[0])
        said = await place.services["cases"].pool.fetchval(
            "select association from events where stream_id = $1 order by version desc limit 1", mine
        )
        assert said == association

    # Where she leads she is told of what arrives; where she does not, she is not.
    await eventually(lambda: mails_to(place, "both@"), within=60)
    assert len(mails_to(place, "both@")) == 1


TWO = """
association: bakkegaarden
staff:
  - {id: staff-caretaker-1, name: Asger Testvang, role: caretaker, estates: [estate-1]}
  - {id: staff-social-lead-1, name: Citha Testvang, role: social_lead, email: lead-1@example.test}
  - {id: staff-operator-1, name: Inge Testvang, role: operator}
  - {id: staff-fjord-lead-1, name: Fjord Testvang, role: social_lead, association: fjordbo, email: fjord@example.test}
  - {id: staff-fjord-operator-1, name: Finn Testvang, role: operator, association: fjordbo}
  - id: staff-both-1
    name: Begge Testvang
    email: both@example.test
    hats:
      - {role: social_caretaker, estates: [estate-1]}
      - {role: social_lead, association: fjordbo}
"""
