"""A case of another estate cannot wait: the glass is broken, others are told and say whether it was right, a sample finds it, and an
erasure takes the words with it (decisions 0045 and 0046)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4, uuid5

import pytest

from shared.history.rebuild import rebuild
from shared.messaging.messages.erp import TenancyStarted
from tests.journeys.test_erasing import chains_hold, erased, read_models
from tests.support.eventually import eventually
from tests.support.installation import (
    AUDITOR,
    CARETAKER,
    DPO,
    LEAD,
    OPERATOR,
    SOCIAL_CARETAKER,
    Home,
    Installation,
    installation,
    moved_in,
    observation,
)
from tests.support.kafka import Broker
from tests.support.postgres import PostgresServer
from tests.support.services import NOW

HTML = {"Accept": "text/html", "Accept-Language": "da"}
WHY = {"Brobygger-Purpose": "supervision"}
PLANTED = "Zygmunta"
REASON = f"{PLANTED} råber, siger naboen, og den, der har sagen, er syg."


@pytest.fixture
async def place(postgres: PostgresServer, quick_broker: Broker, tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(postgres, quick_broker, tmp_path) as running:
        yield running


async def mailed(place: Installation, to: str, path: str) -> str:
    """The path that a mail to somebody leads to, which begins so; nobody is named in it. There may be more in the same mail."""
    link = re.compile(rf"{re.escape(place.origin)}({re.escape(path)}\S*)")

    def there() -> list[str]:
        return [found for mail in place.mailbox.mails() if to in mail.to for found in link.findall(mail.text)]

    found = await eventually(there, within=60)
    assert all(PLANTED not in mail.text for mail in place.mailbox.mails())
    (address,) = found
    return address


async def seen_in_another_estate(place: Installation) -> tuple[Home, UUID]:
    """A concern about somebody where the social caretaker does not work."""
    home = Home("estate-2", uuid4(), uuid4())
    listed = [{"home_id": str(home.home_id), "street": "Fjern Vænge", "number": "1", "floor": "", "door": ""}]
    estate = {"name": "Fjern Vænge", "municipality": "bakkelund", "homes": listed}
    await place.ask(OPERATOR, "PUT", "/intake/api/estates/estate-2", json=estate, expect=204)
    started = NOW.date().replace(year=2020)
    await place.erp_says(TenancyStarted(tenancy_id=home.tenancy_id, unit_id=home.home_id, estate_id=home.estate_id, started_on=started))

    async def heard() -> bool:
        known = "select count(*) from tenancies where tenancy_id = $1"
        return bool(await place.services["intake"].pool.fetchval(known, home.tenancy_id))

    await eventually(heard, within=60)
    said = observation(home)
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=said, expect=201)
    case_id = uuid5(UUID(said["id"]), "case")

    async def raised() -> bool:
        return bool(await place.services["cases"].pool.fetchval("select count(*) from case_list where case_id = $1", case_id))

    await eventually(raised, within=60)
    return home, case_id


async def test_a_glass_is_broken_reviewed_drawn_and_forgotten(place: Installation) -> None:
    await moved_in(place)
    home, case_id = await seen_in_another_estate(place)

    # She has the number of the case and cannot read it; the page that says so leads to the form.
    page = f"/cases/{case_id}"
    shut = await place.ask(SOCIAL_CARETAKER, "GET", page, headers=HTML, expect=404)
    form = f"/cases/glass?case={case_id}"
    assert f'href="{form}"' in shut.text
    assert str(case_id) in (await place.ask(SOCIAL_CARETAKER, "GET", form, headers=HTML, expect=200)).text
    body = {"id": str(uuid4()), "case_id": str(case_id), "reason": REASON}
    done = await place.ask(SOCIAL_CARETAKER, "POST", "/cases/glass", data=body, headers=HTML, expect=303)
    assert done.headers["location"] == page
    assert "Fjern Vænge 1" in (await place.ask(SOCIAL_CARETAKER, "GET", page, headers=HTML, expect=200)).text

    # The lead and the data protection officer are told at once, and read why and what was looked at.
    address = await mailed(place, "lead-1@example.test", "/cases/glasses/")
    assert await mailed(place, "dpo-1@example.test", "/cases/glasses/") == address == f"/cases/glasses/{body['id']}"
    shown = (await place.ask(LEAD, "GET", address, headers=HTML, expect=200)).text
    assert PLANTED in shown
    assert "Åbnede sagen" in shown

    # It is over by itself; the lead says whether it was right.
    await place.lead_to(NOW + timedelta(hours=3, minutes=1))
    await place.ask(SOCIAL_CARETAKER, "GET", page, headers=HTML, expect=404)
    verdict = {"verdict": "agreed", "words": f"{PLANTED} var i fare."}
    await place.ask(LEAD, "POST", f"{address}/review", data=verdict, headers=HTML, expect=303)

    # The data protection officer draws what has no relation to the case, and asks.
    plan = {"id": str(uuid4()), "since": f"{NOW:%Y-%m-%d}", "until": f"{NOW:%Y-%m-%d}", "stratum": "apart", "size": "1"}
    check = f"/cases/spot-checks/{plan['id']}"
    await place.ask(DPO, "POST", "/cases/spot-checks?formaal=supervision", data=plan, headers=HTML, expect=303)
    await place.ask(DPO, "POST", f"{check}/drawing?formaal=supervision", headers=HTML, expect=303)
    drawn = (await place.ask(DPO, "GET", check.replace("/cases", "/cases/api"), headers=WHY, expect=200)).json()
    (sampled,) = drawn["sample"]
    assert sampled["logged"]["stands_out"]
    asked = {"staff-social-caretaker-1": SOCIAL_CARETAKER, "staff-social-lead-1": LEAD}[sampled["logged"]["actor"]]
    await place.ask(DPO, "POST", f"{check}/looks/{sampled['look']}/question?formaal=supervision", headers=HTML, expect=303)
    to = {SOCIAL_CARETAKER: "social-caretaker-1@example.test", LEAD: "lead-1@example.test"}[asked]
    questions = await mailed(place, to, "/cases/own-looks")
    shown = (await place.ask(asked, "GET", questions, headers=HTML, expect=200)).text
    (action,) = re.findall(r'formaction="(/cases/own-looks/[^"]+)"', shown)
    written = {f"words-{plan['id']}-{sampled['look']}": f"{PLANTED} var i fare."}
    await place.ask(asked, "POST", action, data=written, headers=HTML, expect=303)
    finding = {f"finding-{sampled['look']}": "fine", f"words-{sampled['look']}": f"{PLANTED} var i fare."}
    await place.ask(DPO, "POST", f"{check}/looks/{sampled['look']}/finding?formaal=supervision", data=finding, headers=HTML, expect=303)
    assert (await place.ask(DPO, "GET", f"{check}?formaal=supervision", headers=HTML, expect=200)).text.count(PLANTED) == 2
    again = (await place.ask(AUDITOR, "GET", f"{check}?formaal=audit", headers=HTML, expect=200)).text
    assert "det samme udvalg" in again
    assert PLANTED not in again

    # Whoever it was about is erased: that somebody looked stays, and no word of it.
    await place.everything_is_heard()
    await erased(place, "whole_tenancy", home.tenancy_id)
    await place.everything_is_heard()
    for path in (f"{address}?formaal=supervision", f"{check}?formaal=supervision"):
        shown = (await place.ask(DPO, "GET", path, headers=HTML, expect=200)).text
        assert PLANTED not in shown
        assert "Det er slettet sammen med sagen." in shown
    assert "det samme udvalg" in (await place.ask(AUDITOR, "GET", f"{check}?formaal=audit", headers=HTML, expect=200)).text
    before = await read_models(place)
    service = place.services["cases"]
    await rebuild(service.parts, place.owner_urls["cases"], service.vault)
    assert await read_models(place) == before
    await chains_hold(place)


async def test_a_glass_that_nobody_reviewed_before_the_case_was_erased_waits_for_nobody(place: Installation) -> None:
    await moved_in(place)
    home, case_id = await seen_in_another_estate(place)
    body = {"id": str(uuid4()), "case_id": str(case_id), "reason": REASON}
    await place.ask(SOCIAL_CARETAKER, "POST", "/cases/api/glasses", json=body, expect=201)
    assert "1 brudt glas venter" in (await place.ask(LEAD, "GET", "/cases/", headers=HTML, expect=200)).text
    await place.everything_is_heard()
    await erased(place, "whole_tenancy", home.tenancy_id)

    async def forgotten() -> bool:
        return "brudt glas venter" not in (await place.ask(LEAD, "GET", "/cases/", headers=HTML, expect=200)).text

    await eventually(forgotten, within=60)
    verdict = {"verdict": "agreed", "words": "Ja."}
    await place.lead_to(NOW + timedelta(days=5))
    assert (await place.ask(LEAD, "POST", f"/cases/api/glasses/{body['id']}/review", json=verdict)).status_code == 410
    shown = (await place.ask(LEAD, "GET", f"/cases/glasses/{body['id']}", headers=HTML, expect=200)).text
    assert "Det er slettet sammen med sagen." in shown
    before = await read_models(place)
    service = place.services["cases"]
    await rebuild(service.parts, place.owner_urls["cases"], service.vault)
    assert await read_models(place) == before
