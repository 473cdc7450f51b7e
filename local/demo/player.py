"""Plays a script: leads the clock from day to day, lets everybody do their work through the doors, and the clock its own."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from pydantic_core import to_jsonable_python

from local.demo.bakkegaarden.register import EstateEntry, HomeEntry
from local.demo.doors import Doors, DoorStayedShut, ErpVoice, erp_voice
from local.demo.entering import ASSOCIATION, LEAD, PROCEDURE, move_in
from local.demo.form import filled_in
from local.demo.story import Act, Away, BrokenGlass, Call, Forgotten, Happening, Look, PutRight, SampleDrawn, Script, Sight
from local.machine import PARTITIONS, Machine
from shared.ground.clock import SettableClock
from shared.ground.working_days import ZONE
from shared.messaging import outbox
from shared.messaging.messages.erp import TenancyEnded, TenancyStarted
from shared.running import roles
from shared.words.vocabulary.consent import AT_THE_DOOR
from shared.words.vocabulary.people import Purpose

PATIENCE_SECONDS = 30.0
NOT_YET = 404
"""The answer about a case whose observation is still on its way."""
NIGHT = time(23, 59)
"""When the clock's own work of a day is done: what was due that day is late from now on, or due."""

Told = Callable[[str, int, int], None]
"""Hears what is going on, how many happenings are done, and how many there are."""


class Player:
    """Plays one script on a running machine whose clock is led."""

    def __init__(self, machine: Machine, clock: SettableClock, script: Script, *, told: Told) -> None:
        self._machine = machine
        self._clock = clock
        self._script = script
        self._told = told
        self.shut: list[str] = []
        """Doors that stayed shut; empty when the story fits the rules."""

    async def play(self) -> None:
        """From the day the script begins until now; then the clock is let go."""
        self._clock.lead_to(datetime.combine(self._script.begins, time(6, 0), tzinfo=ZONE))
        voice = erp_voice(self._machine.broker.bootstrap, ASSOCIATION, partitions=PARTITIONS)
        async with Doors(self._machine.wanted.origin) as doors, voice as erp:
            self._told("Bakkegården flytter ind", 0, len(self._script.happenings))
            await move_in(self._machine, self._script.estates, today=self._script.begins)
            await self._days(doors, erp)
            await self._settled()
        self._clock.let_go()

    async def _days(self, doors: Doors, erp: ErpVoice) -> None:
        happenings, moving = self._script.happenings, _by_day(self._script.moving)
        today = datetime.now(ZONE).date()
        day, done = self._script.begins, 0
        while day <= today:
            await self._morning(day, moving.get(day, []), doors, erp)
            while done < len(happenings) and happenings[done].at.astimezone(ZONE).date() == day:
                self._clock.lead_to(happenings[done].at)
                await self._play(happenings[done], doors)
                done += 1
                self._told(f"{day:%d.%m.%Y}", done, len(happenings))
            if day < today:
                await self._night(day)
            day += timedelta(days=1)

    async def _morning(self, day: date, moving: list[tuple[EstateEntry, HomeEntry]], doors: Doors, erp: ErpVoice) -> None:
        """The ERP tells who moves; the procedure changes when its day comes."""
        self._clock.lead_to(datetime.combine(day, time(6, 0), tzinfo=ZONE))
        if moving:
            said = [TenancyEnded(tenancy_id=home.tenancy_id, ended_on=day - timedelta(days=1)) for _, home in moving]
            begun = [
                TenancyStarted(tenancy_id=home.next_tenancy_id, unit_id=home.home_id, estate_id=estate.estate_id, started_on=day)
                for estate, home in moving
            ]
            await erp.say([*said, *begun], at=self._clock.now())
            await self._register_knows(moving)
        text = PROCEDURE.read_text(encoding="utf-8")
        if f"effective_on: {day.isoformat()}" in text:
            await self._ask(doors, LEAD, "POST", "/cases/api/procedure/versions", json={"text": text})

    async def _register_knows(self, moving: list[tuple[EstateEntry, HomeEntry]]) -> None:
        """Until intake has heard who moved: a day passes in less than a second, and what is seen next is seen at who lives there now."""
        ended, begun = [home.tenancy_id for _, home in moving], [home.next_tenancy_id for _, home in moving]
        until = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while asyncio.get_running_loop().time() < until:
            async with self._machine.services["intake"].read() as connection:
                heard = await connection.fetchval(
                    "select count(*) from tenancies where tenancy_id = any($1) and ended_on is not null or tenancy_id = any($2)",
                    ended, begun,
                )  # fmt: skip
            if heard == len(ended) + len(begun):
                return
            await asyncio.sleep(0.03)
        self.shut.append(f"intake has heard of {heard} of those who move, not of all")

    async def _night(self, day: date) -> None:
        """The services' clocks look what did not happen."""
        self._clock.lead_to(datetime.combine(day, NIGHT, tzinfo=ZONE) + timedelta(minutes=2))
        for service in self._machine.services.values():
            if service.parts.clock_duties:
                await roles.do_duties(service)

    async def _play(self, happening: Happening, doors: Doors) -> None:
        match happening:
            case Sight():
                await self._ask(doors, happening.who, "POST", "/intake/api/observations", json=_as_json(happening))
            case Call():
                await self._ask(doors, happening.who, "POST", "/intake/api/calls", json=_as_told(happening))
            case Look():
                await self._ask(doors, happening.who, "GET", f"/cases/{happening.case_id}", headers={"Accept": "text/html"})
            case Act():
                await self._step(happening, doors)
            case BrokenGlass():
                await self._break(happening, doors)
            case SampleDrawn():
                await self._draw(happening, doors)
            case PutRight():
                await self._put_right(happening, doors)
            case Forgotten():
                tenancy = str(happening.tenancy_id)
                body = {"id": str(uuid4()), "kind": "whole_tenancy", "about": tenancy, "reason": "erasure_request", "sure": True}
                await self._ask(doors, happening.who, "POST", "/intake/api/erasures", json=body)
            case Away():
                seen = await doors.ask(happening.who, "GET", "/intake/api/me")
                body = {"id": str(uuid4()), "begins": happening.begins, "ends": happening.ends, "stand_in": happening.stand_in}
                await self._ask(
                    doors, happening.who, "POST", "/intake/api/me/absence",
                    json=to_jsonable_python(body), headers={"If-Match": seen.headers["ETag"]},
                )  # fmt: skip

    async def _step(self, act: Act, doors: Doors) -> None:
        """Open the form, fill it in, send it: what stands in it already (the version, the next follow-up) is kept."""
        path = f"/cases/{act.case_id}/{act.door}/{act.step}"
        page = await self._ask(doors, act.who, "GET", path, params=act.query, headers={"Accept": "text/html"})
        if page:
            await self._ask(
                doors, act.who, "POST", path, data={**filled_in(page, action=path), **act.fields}, headers={"Accept": "text/html"}
            )

    async def _break(self, glass: BrokenGlass, doors: Doors) -> None:
        """And look behind it."""
        body = {"id": str(uuid4()), "case_id": str(glass.case_id), "reason": glass.reason}
        await self._ask(doors, glass.who, "POST", "/cases/api/glasses", json=body)
        await self._ask(doors, glass.who, "GET", f"/cases/{glass.case_id}", headers={"Accept": "text/html"})

    async def _draw(self, sample: SampleDrawn, doors: Doors) -> None:
        """The seed first, then the sample."""
        until = sample.at.astimezone(ZONE).date()
        body = {"id": str(sample.check_id), "since": f"{sample.since}", "until": f"{until}", "size": sample.size}
        why = {"Brobygger-Purpose": Purpose.SUPERVISION.value}
        await self._ask(doors, sample.who, "POST", "/cases/api/spot-checks", json=body, headers=why)
        await self._ask(doors, sample.who, "POST", f"/cases/api/spot-checks/{sample.check_id}/drawing", headers=why)

    async def _put_right(self, to: PutRight, doors: Doors) -> None:
        """What the register says of the home goes with the form, as its page sends it."""
        listed = await doors.ask(to.who, "GET", f"/intake/api/right-homes/{to.case_id}", params={"estate": to.estate.estate_id})
        said = next(home for home in listed.json() if home["home_id"] == str(to.home.home_id))
        fields: dict[str, str | list[str]] = {name: str(value) for name, value in said.items() if value is not None}
        await self._step(Act(at=to.at, who=to.who, case_id=to.case_id, step="right-person", fields=fields, query={}), doors)

    async def _ask(self, doors: Doors, who: str, method: str, path: str, **what: object) -> str:
        """Ask; a case that has not been heard of yet is waited for. Notes doors that stay shut, and answers nothing then."""
        until = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while True:
            try:
                return (await doors.ask(who, method, path, **what)).text or "done"
            except DoorStayedShut as shut:
                if shut.status != NOT_YET or asyncio.get_running_loop().time() > until:
                    self.shut.append(str(shut))
                    return ""
                await asyncio.sleep(0.03)

    async def _settled(self) -> None:
        """Until nobody has anything left to say."""
        quiet = 0
        while quiet < 5:
            depths = []
            for service in self._machine.services.values():
                async with service.read() as connection:
                    depths.append((await outbox.depth(connection))[0])
            quiet = quiet + 1 if not any(depths) else 0
            await asyncio.sleep(0.2)


def _by_day(moving: Iterable[tuple[date, EstateEntry, HomeEntry]]) -> dict[date, list[tuple[EstateEntry, HomeEntry]]]:
    by_day: dict[date, list[tuple[EstateEntry, HomeEntry]]] = defaultdict(list)
    for day, estate, home in moving:
        by_day[day].append((estate, home))
    return by_day


def _as_told(call: Call) -> dict[str, object]:
    place: dict[str, object] = {"home_id": str(call.home.home_id)} if call.home else {}
    if call.area:
        place = {"place": "common_area", "area": call.area, "estate_id": call.estate.estate_id}
    return {
        "id": str(call.observation_id),
        "reporter_id": str(uuid4()),
        "source": call.source,
        "name": call.name,
        "phone": call.phone,
        "observed_at": call.at.isoformat(),
        "signals": list(call.signals),
        "severity": call.severity,
        "words": call.words,
    } | place


def _as_json(sight: Sight) -> dict[str, object]:
    answered = sight.consent_answer in ("granted", "declined")
    return {
        "id": str(sight.observation_id),
        "home_id": str(sight.home.home_id),
        "observed_at": sight.at.isoformat(),
        "signals": list(sight.signals),
        "severity": sight.severity,
        "consent_answer": sight.consent_answer,
        "consent_wording": AT_THE_DOOR.version if answered else "",
        "consent_scope": list(sight.consent_scope),
        "words": sight.words,
    }
