"""Looks everywhere: every row, every record of every topic, every answer; for a text, and for ways from one thing to another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import asyncpg
from aiokafka import AIOKafkaConsumer
from starlette.routing import Route

from services.contract import every_message
from services.origin import NAVIGATION
from shared.ground.clock import SettableClock
from shared.messaging.message import event_id
from shared.messaging.messages.erp import TenancyStarted
from shared.messaging.messages.staff import ColleagueChanged
from shared.messaging.topics import TOPICS
from shared.running.operations import operations
from shared.web.web import web_app
from tests.support.installation import (
    AUDITOR,
    CARETAKER,
    DIRECTOR,
    DPO,
    LEAD,
    OPERATOR,
    OTHER_CARETAKER,
    SOCIAL_CARETAKER,
    Installation,
)

EVERYBODY = (CARETAKER, OTHER_CARETAKER, LEAD, SOCIAL_CARETAKER, OPERATOR, AUDITOR, DIRECTOR, DPO, "staff-clerk-1")
PURPOSES = {AUDITOR: "audit", DPO: "supervision"}

_UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\.\d{3,6}")
_END_OF_DAY = re.compile(r"(?:21|22):59:59\.999999")
"""The last of a Danish day, until when everything is due that is due in days: a day, and no moment."""
_HEX = re.compile(r"\\{1,2}x([0-9a-f]{2,})")


class TickingClock(SettableClock):
    """No two moments are the same, as in life: what has one moment in common has something to do with each other."""

    def now(self) -> datetime:
        return self.forward(timedelta(microseconds=137))

    def forward(self, by: timedelta) -> datetime:
        self._at = (self._at or datetime.now().astimezone()) + by
        return self._at


@dataclass(frozen=True, slots=True)
class Trace:
    """Something that is kept or answered somewhere, as text; bytes that are text, readable."""

    where: str
    text: str

    @property
    def values(self) -> frozenset[str]:
        """What it can have in common with something else: ids, and moments that are neither whole seconds nor the end of a day."""
        ids = {found.replace("-", "") for found in _UUID.findall(self.text.lower())}
        moments = {found.replace("T", " ").rstrip("0") for found in _MOMENT.findall(self.text) if not _END_OF_DAY.search(found)}
        return frozenset(ids | moments)


async def rows_of(urls: Mapping[str, str]) -> list[Trace]:
    """Every row of every table of these databases."""
    traces: list[Trace] = []
    for name, url in urls.items():
        connection = await asyncpg.connect(url)
        try:
            for table in await connection.fetch("select tablename from pg_tables where schemaname = 'public'"):
                rows = await connection.fetch(f'select t::text as line from "{table["tablename"]}" t')
                traces += [Trace(f"{name}.{table['tablename']}", _readable(row["line"])) for row in rows]
        finally:
            await connection.close()
    return traces


async def records_of(place: Installation) -> list[Trace]:
    """Every record of every topic, with key, headers and the moment of the record."""
    traces: list[Trace] = []
    consumer = AIOKafkaConsumer(*TOPICS, bootstrap_servers=place.broker.bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        while batches := await consumer.getmany(timeout_ms=3000):
            for batch in batches.values():
                for record in batch:
                    headers = b" ".join(name.encode() + b"=" + value for name, value in record.headers)
                    said = b" ".join((record.key or b"", headers, record.value or b""))
                    # Nothing that happens to a resident writes of a colleague, and the ERP speaks before anything comes of it: a
                    # millisecond in common with such a record is chance.
                    when = "" if record.topic in (ColleagueChanged.TOPIC, TenancyStarted.TOPIC) else _moment(record.timestamp)
                    traces.append(Trace(f"topic {record.topic}", f"{said.decode()} {when}"))
    finally:
        await consumer.stop()
    return traces


async def answers_of(place: Installation, names: Mapping[str, Collection[str]]) -> list[Trace]:
    """What everybody is answered at every address that can be read; `names` says what may stand in one."""
    traces: list[Trace] = []
    for path in _addresses(place, names):
        for who in EVERYBODY:
            headers = {"Accept": "text/html" if "/api/" not in path else "application/json"}
            if who in PURPOSES:
                headers["Brobygger-Purpose"] = PURPOSES[who]
            answer = await place.ask(who, "GET", path, headers=headers)
            assert answer.status_code < 500, f"{path} → {answer.status_code}"
            traces.append(Trace(f"GET {path} as {who}", answer.text))
    return traces


def saying(traces: Iterable[Trace], texts: Collection[str]) -> list[str]:
    """Where one of the texts stands; ids also without their hyphens."""
    wanted = {text.lower() for text in texts} | {text.replace("-", "").lower() for text in texts if _UUID.fullmatch(text)}
    return sorted({f"{trace.where}: {text}" for trace in traces for text in wanted if text in trace.text.lower()})


def derived(id: UUID) -> set[str]:
    """What anybody can make of an id: ids of messages about it, of its events, of its case."""
    made = {uuid5(id, message.TYPE) for message in every_message()} | {uuid5(id, name) for name in ("case", "welcome", "reporter")}
    for version in range(1, 12):
        event = event_id(id, version)
        made |= {event} | {uuid5(event, message.TYPE) for message in every_message()}
    return {one.hex for one in made}


def reached(traces: Iterable[Trace], begin: Collection[UUID], *, through: int = 8) -> dict[str, list[str]]:
    """Every value that a chain of equal values leads to, from these ids and what can be made of them, with the way there."""
    holders: dict[str, list[Trace]] = defaultdict(list)
    for trace in traces:
        for value in trace.values:
            holders[value].append(trace)
    ways: dict[str, list[str]] = {id.hex: [f"{id}"] for id in begin}
    for id in begin:
        for made in derived(id):
            ways.setdefault(made, [f"{id}", f"made of it: {made}"])
    edge = list(ways)
    for _ in range(through):
        following: list[str] = []
        for value in edge:
            for trace in holders.get(value, ()):
                for other in trace.values - ways.keys():
                    ways[other] = [*ways[value], f"{trace.where}: {other}"]
                    following.append(other)
        edge = following
    return ways


def _moment(milliseconds: int) -> str:
    """When Kafka says that a record was written; a whole second says nothing of its own."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}" + (f".{rest:03}" if rest else "")


def _readable(line: str) -> str:
    """A row as PostgreSQL writes it, with its bytes as text where they are."""
    return _HEX.sub(lambda found: _text(found[1]), line)


def _text(digits: str) -> str:
    try:
        text = bytes.fromhex(digits).decode()
    except ValueError:
        return "bytes"  # a key or a digest
    return text if text.isprintable() else "bytes"


def _addresses(place: Installation, names: Mapping[str, Collection[str]]) -> list[str]:
    found: list[str] = []
    for service in place.services.values():
        for route in web_app(service.parts, NAVIGATION, extra=(operations(service),)).routes:
            if not isinstance(route, Route) or "GET" not in (route.methods or ()) or "/static/" in route.path:
                continue
            filled = [route.path]
            for name in re.findall(r"{(\w+)", route.path):
                filled = [re.sub(rf"{{{name}[^}}]*}}", value, path, count=1) for path in filled for value in names.get(name, ("1",))]
            found += filled
    return sorted(set(found))
