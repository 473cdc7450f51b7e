"""A day on which everything happens at once, so that every page has something to show, and some of it long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4, uuid5

from aiokafka import AIOKafkaProducer

from shared.messaging.messages.erp import TenancyStarted
from tests.support.eventually import eventually
from tests.support.installation import CARETAKER, DPO, LEAD, OPERATOR, Home, Installation, moved_in, observation
from tests.support.services import NOW

LONG_STREET = "Hverdagsrehabiliteringsafdelingsvænget ved Den Gamle Andelsboligforeningsadministrationsbygning"
LONG_WORD = "speciallægepraksisplanlægningsstabiliseringsperiode" * 3
CASES = ("long", "closed", "raised", "acute", "triaged", "dismissed", "declined", "one more", "another")


@dataclass(frozen=True)
class BusyDay:
    """What there is to look at."""

    observations: dict[str, UUID]
    check: UUID
    """A sample that is drawn, of which one look-up is asked about."""

    def case(self, which: str) -> UUID:
        return uuid5(self.observations[which], "case")


async def busy_day(place: Installation) -> BusyDay:
    """Register, take up, refer, forget, close; park a message; and let the clock find what nobody did."""
    homes = [*await moved_in(place, homes=len(CASES)), await _with_a_long_address(place)]
    seen: dict[str, UUID] = {}
    for which, home in zip(CASES, [homes[-1], *homes], strict=False):
        seen[which] = await _registered(place, home, which)
    day = BusyDay(seen, check=uuid4())
    for which in CASES:
        await _raised(place, day.case(which))
    await _worked_on(place, day.case("long"))
    place.clock.forward(timedelta(days=15))
    for which in ("long", "declined"):
        await _silence(place, day.case(which))
    await _closed(place, day.case("closed"))
    await place.step(LEAD, day.case("triaged"), "triage", severity="high", category="elderly_care")
    await place.step(LEAD, day.case("dismissed"), "dismissal", reason="explained")
    await _drawn(place, day.check)
    await _parked(place)
    await place.everything_is_heard()
    return day


async def _drawn(place: Installation, check: UUID) -> None:
    why = {"Brobygger-Purpose": "supervision"}
    body = {"id": str(check), "since": f"{NOW:%Y-%m-%d}", "until": f"{place.clock.now():%Y-%m-%d}", "stratum": "apart", "size": 2}
    address = f"/cases/api/spot-checks/{check}"
    await place.ask(DPO, "POST", "/cases/api/spot-checks", json=body, headers=why, expect=204)
    await place.ask(DPO, "POST", f"{address}/drawing", headers=why, expect=204)
    look = (await place.ask(DPO, "GET", address, headers=why, expect=200)).json()["sample"][0]["look"]
    await place.ask(DPO, "POST", f"{address}/looks/{look}/question", headers=why, expect=204)


async def _with_a_long_address(place: Installation) -> Home:
    home = Home("estate-2", uuid4(), uuid4())
    listed = [{"home_id": str(home.home_id), "street": LONG_STREET, "number": "117B", "floor": "12", "door": "th"}]
    entered = {"name": f"Afdelingen {LONG_STREET}", "municipality": "bakkelund", "homes": listed}
    await place.ask(OPERATOR, "PUT", "/intake/api/estates/estate-2", json=entered, expect=204)
    started = NOW.date().replace(year=2019)
    await place.erp_says(TenancyStarted(tenancy_id=home.tenancy_id, unit_id=home.home_id, estate_id=home.estate_id, started_on=started))

    async def heard() -> bool:
        query = "select count(*) from tenancies where tenancy_id = $1"
        return bool(await place.services["intake"].pool.fetchval(query, home.tenancy_id))

    await eventually(heard, within=60)
    return home


async def _registered(place: Installation, home: Home, which: str) -> UUID:
    but: dict[str, object] = {"severity": {"acute": "acute", "one more": "medium", "another": "low"}.get(which, "high")}
    if which == "long":
        but |= {
            "words": f"Der lugtede i hele opgangen. {LONG_WORD}\n\nHun sagde tak.",
            "signals": ["home.hoarding", "self.neglect", "smell", "pests"],
        }
    if which == "declined":
        but |= {"consent_answer": "declined", "consent_scope": []}
    body = observation(home, **but)
    await place.ask(CARETAKER, "POST", "/intake/api/observations", json=body, expect=201)
    return UUID(str(body["id"]))


async def _raised(place: Installation, case_id: UUID) -> None:
    async def there() -> bool:
        return (await place.ask(LEAD, "GET", f"/cases/api/cases/{case_id}")).status_code == 200

    await eventually(there, within=60)


async def _worked_on(place: Installation, case_id: UUID) -> None:
    async def step(path: str, **body: object) -> UUID:
        return await place.step(LEAD, case_id, path, **body)

    await step("triage", severity="high", category="elderly_care", reason="Hun kan ikke komme ind i sin egen stue.")
    await step("opening", handler=LEAD)
    await step("persons", name="Opdigtet Beboer", phone="70 00 00 00")
    await step("contacts", reached=False, channel="phone", note="Ingen tog telefonen.")
    await step("contacts", reached=True, channel="visit", note=f"Vi talte længe. {LONG_WORD}")
    await step("consents/granted", recipients=["volunteer", "municipal.bostoette"], wording="telefon-1")
    await step("consents/declined", recipients=["gp"], wording="telefon-1")
    answered = await step("referrals", target="municipal.visitation", channel="phone", content="Meget ophobning.")
    await step(f"referrals/{answered}/acknowledgement")
    await step("referrals", target="volunteer", channel="secure_mail")
    await step("damage-service-orders")
    await step("accompaniments", companion=CARETAKER, meeting_at=(NOW + timedelta(days=2)).isoformat())
    await step("caretaker-informed", milestone="in_good_hands", channel="phone")
    for number in range(12):
        await step("notes", text=f"Notat {number + 1}: der er aftalt en tid, og hun ved det.")


async def _closed(place: Installation, case_id: UUID) -> None:
    await place.step(LEAD, case_id, "triage", severity="high", category="elderly_care")
    await place.step(LEAD, case_id, "opening", handler=LEAD)
    await place.step(LEAD, case_id, "contacts", reached=True, channel="phone")
    for planned in (await place.case(LEAD, case_id))["follow_ups"]:
        await place.step(LEAD, case_id, f"follow-ups/{planned['follow_up_id']}/cancellation")
    await place.step(LEAD, case_id, "closing", outcome="handled_with_association_help")


async def _silence(place: Installation, case_id: UUID) -> None:
    async def noticed() -> bool:
        return any("missed" in topic for topic in await place.topics_of(case_id))

    await eventually(noticed, within=60)


async def _parked(place: Installation) -> None:
    async with AIOKafkaProducer(bootstrap_servers=place.broker.bootstrap, enable_idempotence=place.broker.kind != "embedded") as producer:
        await producer.send_and_wait("erp.inbound", b"this is no message of ours", key=b"nobody")

    async def waiting() -> bool:
        return "erp.inbound" in (await place.ask(OPERATOR, "GET", "/intake/parked")).text

    await eventually(waiting, within=60)
