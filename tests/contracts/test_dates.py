"""Forty dates that people and machines really send, in every field that asks for a day or an instant, at every door.

Each is taken or refused in words beside its field; whatever is taken can be shown, and told to the other services.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as day
from itertools import product
from typing import Any
from uuid import UUID, uuid4

from services.contract import every_message
from shared.messaging.message import MessageRegistry
from tests.contracts.test_releases import HTML, VALUES
from tests.support.installation import CARETAKER, LEAD, SERVICES, Home, observation
from tests.support.release.opened import Opened
from tests.support.release.story import procedure

DATES: tuple[Any, ...] = (
    # two-digit and other short years
    "26-11-26T10:00:00+01:00", "0026-11-26T10:00:00+01:00", "0026-11-26", "26-11-26", "126-11-26", "0206-11-26T10:00:00Z",
    # the ends of calendars
    "0001-01-01T00:00:00Z", "0001-01-01", "0000-00-00", "1753-01-01T00:00:00Z", "1899-12-30", "1900-01-01T00:00:00+00:50",
    "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "2038-01-19T03:14:08Z", "9999-12-31T23:59:59Z", "9999-12-31", "10000-01-01",
    "+292278994-08-17",
    # days and hours that are not there, or are there twice
    "2026-02-29", "2026-02-30T10:00:00+01:00", "2026-13-01", "2026-03-29T02:30:00+01:00", "2026-03-29T02:30", "2026-10-25T02:30:00+02:00",
    "2026-10-25T02:30:00+01:00", "2026-10-25T02:30", "2026-11-26T24:00:00+01:00", "2026-11-26T23:59:60Z", "2026-11-26T25:61:00Z",
    # numbers that are no dates
    "0", "1795687200", "1795687200000", "20261126", 0, 1795687200, 1795687200.5, True,
    # other people's habits
    "26.11.2026", "26/11/2026 10:00", "2026-11-26 10:00", "2026-W48-4", "2026-11-26T10:00:00", "2026-11-26T10:00:00+99:00", "i morgen", "",
)  # fmt: skip


@dataclass(frozen=True)
class Door:
    """One field that asks for a date, and everything else that is asked for."""

    path: str
    field: str
    body: dict[str, Any]


def _doors(described: dict[str, Any]) -> Iterator[Door]:
    """Every field of every step that holds a day or an instant."""
    for path, operations in described["paths"].items():
        if "{case_id}" not in path or "post" not in operations:
            continue
        schema = operations["post"]["requestBody"]["content"]["application/json"]["schema"]
        schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        rest = {name: VALUES[name][0] for name in schema["properties"] if name in VALUES}
        for name, field in schema["properties"].items():
            if any(kind.get("format") in ("date", "date-time") for kind in (field, *field.get("anyOf", ()))):
                yield Door(path, name, {key: value for key, value in rest.items() if key != name})


async def test_whatever_date_a_step_is_sent_it_is_taken_or_refused_beside_its_field(place: Opened) -> None:
    lead = place.clients[LEAD]
    described = (await lead.get("/cases/api/openapi.json")).json()
    doors, taken = list(_doors(described)), 0
    cases = await place.addresses("{case_id}")
    for number, (door, date) in enumerate((door, date) for door in doors for date in DATES):
        case_id = cases[number % len(cases)]
        (observer,) = await place.column("cases", "select observer from case_list where case_id = $1", UUID(case_id))
        client = place.clients[observer] if "/parts/" in door.path else lead
        for address in await place.addresses_in(case_id, door.path):
            version = (await lead.get(f"/cases/api/cases/{case_id}")).headers["ETag"]
            body = {"id": str(uuid4()), **door.body, door.field: date}
            answer = await client.post(address, json=body, headers={"If-Match": version})
            assert answer.status_code in (204, 410, 422), f"{door.path} {door.field}: {date!r} → {answer.status_code}"
            if answer.status_code == 422:
                assert answer.headers["content-type"] == "application/problem+json"
            taken += answer.status_code == 204
    assert len(doors) >= 30
    assert taken
    await _everything_can_be_shown_and_told(place)


async def test_whatever_date_an_observation_is_sent_it_is_taken_or_refused_beside_its_field(place: Opened) -> None:
    client = place.clients[CARETAKER]
    home = (await place.column("intake", "select home_id from homes where estate_id = 'estate-1'"))[0]
    for date in DATES:
        sent = {**observation_in(home), "observed_at": date}
        answer = await client.post("/intake/api/observations", json=sent)
        assert answer.status_code in (201, 422), f"{date!r} → {answer.status_code}"
        form = {**{k: v for k, v in sent.items() if k != "id"}, "id": str(uuid4()), "estate": "estate-1", "observed_at": str(date)}
        answer = await client.post("/intake/observations/new", data=form, headers=HTML)
        assert answer.status_code in (303, 422), f"form {date!r} → {answer.status_code}"
    await _everything_can_be_shown_and_told(place)


async def test_whatever_date_a_page_is_asked_for_it_answers_in_words(place: Opened) -> None:
    (case_id, *_) = await place.addresses("{case_id}")
    for date in DATES:
        for path in (f"/cases/{case_id}/as-of?day=", f"/cases/api/cases/{case_id}/as-of/"):
            answer = await place.clients[LEAD].get(f"{path}{date}", headers=HTML if "?" in path else {})
            assert answer.status_code in (200, 404, 410, 422), f"{path} {date!r} → {answer.status_code}"


async def test_whatever_date_a_procedure_is_to_hold_from_it_is_adopted_or_refused_in_words(place: Opened) -> None:
    for number, date in enumerate(DATES):
        text = re.sub(r"(?m)^effective_on: .*$", f"effective_on: {date}", procedure(f"d-{number}", effective_on=day(2026, 1, 1)))
        answer = await place.clients[LEAD].post("/cases/api/procedure/versions", json={"text": text})
        assert answer.status_code in (204, 422), f"{date!r} → {answer.status_code}"
    await _everything_can_be_shown_and_told(place)


async def test_whatever_date_a_colleague_is_away_or_on_call_it_is_taken_or_refused_in_words(place: Opened) -> None:
    client = place.clients[LEAD]
    for (about, what), name, date in product((("me", "absence"), (f"staff/{CARETAKER}", "absence")), ("begins", "ends"), DATES):
        seen = await client.get(f"/intake/api/{about}")
        body = {"id": str(uuid4()), "begins": "2026-11-27T08:00:00+01:00", "ends": "2026-11-28T08:00:00+01:00", "stand_in": "", name: date}
        answer = await client.post(f"/intake/api/{about}/{what}", json=body, headers={"If-Match": seen.headers["ETag"]})
        assert answer.status_code in (204, 422), f"{about} {what} {name}: {date!r} → {answer.status_code}"
    for page in ("/intake/me", "/intake/staff", f"/intake/staff/{CARETAKER}"):
        assert (await client.get(page, headers=HTML)).status_code == 200
    await _everything_can_be_shown_and_told(place)


def observation_in(home: Any) -> dict[str, Any]:
    return observation(Home("estate-1", home, uuid4()))


async def _everything_can_be_shown_and_told(place: Opened) -> None:
    """Every case has its page, and every message that waits to be sent can be read by those it is sent to."""
    for case_id in await place.addresses("{case_id}"):
        page = await place.clients[LEAD].get(f"/cases/{case_id}", headers=HTML)
        assert page.status_code == 200
    language = MessageRegistry(every_message())
    for name in SERVICES:
        for key, headers, value in await place.services[name].rows("select key, headers, value from outbox"):
            language.read(headers=_bytes(headers).items(), key=key.encode(), value=bytes(value))


def _bytes(headers: Any) -> dict[str, bytes]:
    loaded = json.loads(headers) if isinstance(headers, str) else headers
    return {name: str(content).encode() for name, content in loaded.items()}
