"""One case of two hundred events, its page rendered: the longest story a person waits for."""

from __future__ import annotations

import statistics
import time
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from bench.place import procedure, service
from bench.result import Row
from services.cases.app import parts
from services.cases.case.rules.follow_ups import DoFollowUp, PlanFollowUp
from services.cases.case.rules.handling import AddNote, AssignCase, RecordContact
from services.cases.case.rules.step import StepRequest
from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from tests.cases.case.living import LEAD, SOCIAL_CARETAKER, opened, take
from tests.support.postgres import PostgresServer
from tests.support.services import Running, browser, context_for

EVENTS = 200
MOST_MS = 50.0
WARM = 5
"""Looks before the first one that counts: templates are compiled, plans made, keys fetched."""


async def measure(postgres: PostgresServer, *, quick: bool = False) -> list[Row]:
    """Everything from the request to the last byte, in this process: no network, but database, keys, access log and template."""
    events, times = (20, 2) if quick else (EVENTS, 100)
    async with service(parts(), postgres) as cases:
        await cases.service.do(adopt_procedure, AdoptProcedure(text=procedure()), context_for())
        case_id, noted = await _long_case(cases, events)
        async with browser(cases, as_=LEAD) as client:
            milliseconds = []
            for n in range(times + WARM):
                begun = time.perf_counter()
                answer = await client.get(f"/cases/{case_id}")
                if n >= WARM:
                    milliseconds.append((time.perf_counter() - begun) * 1e3)
            shown = answer.text.count(NOTE)
            if answer.status_code != 200 or shown < noted:
                raise RuntimeError(f"the page does not show the case: {answer.status_code}, {shown} notes of {noted}")
    median, slow = statistics.median(milliseconds), sorted(milliseconds)[int(len(milliseconds) * 0.95)]
    return [
        Row(
            what=f"one case of {events} events, page rendered", against=f"{MOST_MS:g} ms", ratio=median / MOST_MS, bound=1, at_least=False,
            detail=f"median {median:.1f} ms, 95 % under {slow:.1f} ms; {len(answer.content) / 1024:.0f} kB of HTML, all words opened",
        )
    ]  # fmt: skip


async def _long_case(cases: Running, events: int) -> tuple[UUID, int]:
    """Contacts, notes, follow-ups and changing hands, until there are so many events; answers the case and how many notes it has."""
    case_id = await opened(cases)
    hands, noted = (LEAD, SOCIAL_CARETAKER), 0
    for n in count():
        follow_up = uuid4()
        steps: tuple[tuple[type[StepRequest], dict[str, Any]], ...] = (
            (RecordContact, {"reached": bool(n % 3), "channel": "phone", "note": NOTE}),
            (AddNote, {"text": NOTE}),
            (PlanFollowUp, {"id": follow_up, "due": cases.clock.now() + timedelta(days=1)}),
            (DoFollowUp, {"follow_up_id": follow_up, "note": NOTE}),
            (AssignCase, {"handler": hands[n % 2]}),
        )
        for step, asked in steps:
            if await _length(cases, case_id) >= events:
                return case_id, noted
            cases.clock.lead_to(cases.clock.now() + timedelta(minutes=7))
            await take(cases, case_id, step, **asked)
            noted += NOTE in asked.values()
    raise AssertionError("unreachable")


async def _length(cases: Running, case_id: UUID) -> int:
    return int(await cases.value("select max(version) from events where stream_id = $1", case_id))


NOTE = "Har talt med hende i køkkenet. Hun vil gerne have hjælp til at komme af med poserne, men ikke have nogen boende."
