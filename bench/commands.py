"""One command, durable, sixteen at once: against its own SQL by hand, and against an unmodified `eventsourcing` application."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.persistence import JSONTranscoder

from bench.place import service
from bench.result import Row, median_ratio
from services.cases.app import parts
from services.cases.case.commands.beginning import raise_concern
from services.cases.case.commands.taking import TakeStep, take_step
from services.cases.case.rules.case import Case
from services.cases.case.rules.concern import Origin, RaiseConcern, TriageConcern
from services.cases.case.rules.handling import AssignCase, OpenCase
from services.cases.case.rules.step import StepRequest, Taken
from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from services.cases.procedure.rules.in_force import ProcedureInForce
from services.cases.procedure.rules.reading import read_procedure
from shared.ground.database import connect
from shared.history import event_store
from shared.privacy.matter import case_of
from shared.privacy.personal import Personal, Sealed, SealedAsList
from shared.running.roles import freeze_garbage
from shared.words.vocabulary.people import Role
from tests.support.postgres import PostgresServer
from tests.support.services import NOW, Running, context_for, keys_for

AT_ONCE = 16
EACH = 12
"""Changes each case sees in a round; a case has a handful of events, as in life."""
CASES = AT_ONCE * 8
"""Cases in a round: enough that a round lasts half a second, and what only its first commands pay weighs little."""
ROUNDS = 5
HANDLERS = ("staff-social-lead-1", "staff-social-caretaker-1")
LEAD = context_for(Role.SOCIAL_LEAD)
PROCEDURE = (Path(__file__).parents[1] / "local/demo/bakkegaarden/procedure.yaml").read_text(encoding="utf-8")


async def measure(postgres: PostgresServer) -> list[Row]:
    async with service(parts(), postgres) as cases:
        freeze_garbage()
        await cases.service.do(adopt_procedure, AdoptProcedure(text=PROCEDURE), LEAD)
        statements = await _recorded(cases)
        by_hand, peer_ratio = [], []
        peer = _Peer(postgres.dsn(urlsplit(await postgres.new_database()).path[1:]))
        for _ in range(ROUNDS):
            mine = await _round(cases, _commands)
            floor = await _round(cases, lambda cases, ids: _statements(cases, ids, statements))
            theirs = await asyncio.to_thread(peer.round, await _histories(cases))
            by_hand.append((mine, floor))
            peer_ratio.append((mine, theirs))
        peer.close()
    per_second = sorted(mine for mine, _ in by_hand)[ROUNDS // 2]
    hand = sorted(floor for _, floor in by_hand)[ROUNDS // 2]
    library = sorted(theirs for _, theirs in peer_ratio)[ROUNDS // 2]
    what = "one command (load, decide, events, rows, outbox), durable, 16 at once"
    return [
        Row(
            what=what,
            against="the same SQL by hand in asyncpg",
            ratio=median_ratio(by_hand),
            bound=0.6,
            at_least=True,
            detail=f"{per_second:.0f}/s against {hand:.0f}/s",
        ),
        Row(
            what=what,
            against="the same decision in an unmodified eventsourcing application",
            ratio=median_ratio(peer_ratio),
            bound=4,
            at_least=True,
            detail=f"{per_second:.0f}/s against {library:.0f}/s",
        ),
    ]


async def _new_case(cases: Running) -> UUID:
    observation_id = uuid4()
    case_id = case_of(observation_id)
    keyring = await keys_for(cases, observation_id)
    address: Sealed = keyring.seal(Personal(observation_id, "Opdigtet Vænge 1"), of=f"{uuid4()}/address")
    origin = Origin(
        observation_id=observation_id, observer="staff-caretaker-1", observed_at=NOW, estate_id="estate-1", municipality="bakkelund",
    )  # fmt: skip
    raised = RaiseConcern(
        origin=origin, home=uuid4(), tenancy=uuid4(), signals=("home.hoarding",), severity="high", consent_answer="not_asked",
        consent_wording="", consent_scope=(), address=address, words=None,
    )  # fmt: skip
    await cases.service.do(raise_concern, raised, LEAD)
    await _take(cases, case_id, TriageConcern(id=uuid4(), severity="high", category="elderly_care"))
    await _take(cases, case_id, OpenCase(id=uuid4(), handler=HANDLERS[0]))
    return case_id


async def _take(cases: Running, case_id: UUID, request: StepRequest) -> None:
    await cases.service.do(take_step, TakeStep(case_id=case_id, request=request), LEAD)


async def _round(cases: Running, work: Callable[[Running, Sequence[UUID]], Awaitable[None]]) -> float:
    """Changes per second over fresh cases, sixteen at once."""
    ids = [await _new_case(cases) for _ in range(CASES)]
    begun = time.perf_counter()
    await asyncio.gather(*(work(cases, ids[n::AT_ONCE]) for n in range(AT_ONCE)))
    return len(ids) * EACH / (time.perf_counter() - begun)


async def _commands(cases: Running, ids: Sequence[UUID]) -> None:
    for n in range(EACH):
        for case_id in ids:
            await _take(cases, case_id, AssignCase(id=uuid4(), handler=HANDLERS[(n + 1) % 2]))


Statement = tuple[str, tuple[Any, ...]]


async def _recorded(cases: Running) -> tuple[UUID, int, list[Statement]]:
    """The statements one command makes, with their values, as the database saw them."""
    case_id = await _new_case(cases)
    for n in range(3):
        await _take(cases, case_id, AssignCase(id=uuid4(), handler=HANDLERS[(n + 1) % 2]))
    version = int(await cases.value("select max(version) from events where stream_id = $1", case_id))
    connection = await connect(cases.settings.database_url.get_secret_value())
    seen: list[Statement] = []
    try:
        connection.add_query_logger(lambda query: seen.append((query.query, tuple(query.args or ()))))
        async with cases.service.work(connection, LEAD) as work:  # the case is at hand, as in a round
            await take_step(TakeStep(case_id=case_id, request=AssignCase(id=uuid4(), handler=HANDLERS[0])), work)
        await asyncio.sleep(0)
    finally:
        await connection.close()
    if not any("insert into outbox" in sql for sql, _ in seen) or not any("insert into events" in sql for sql, _ in seen):
        raise RuntimeError("the recorded command does not write events and outbox")
    return case_id, version + 1, seen


async def _statements(cases: Running, ids: Sequence[UUID], recorded: tuple[UUID, int, list[Statement]]) -> None:
    """The same statements by hand: no aggregate, no mapper, no chain, no envelope; the values are the recorded ones under new ids."""
    model, version, statements = recorded
    begin = 4

    def value(given: Any, case_id: UUID, now: int) -> Any:
        if isinstance(given, UUID) and given == model:
            return case_id
        if isinstance(given, str) and given == str(model):
            return str(case_id)
        if isinstance(given, int) and not isinstance(given, bool) and given in (version - 1, version):
            return now + given - version
        return [value(each, case_id, now) for each in given] if isinstance(given, list) else given

    versions = {case_id: int(await cases.value("select max(version) from events where stream_id = $1", case_id)) for case_id in ids}
    for _ in range(EACH):
        for case_id in ids:
            versions[case_id] += 1
            async with cases.service.pool.acquire() as connection:
                for sql, values in statements:
                    await connection.execute(sql, *(value(each, case_id, versions[case_id]) for each in values))
    assert begin <= min(versions.values())


async def _histories(cases: Running) -> list[Any]:
    async with cases.service.read() as connection:
        history = await event_store.load(connection, await _new_case(cases), association="bakkegaarden")
    return list(history.events)


class _Cases(Application[UUID]):
    """The library's own application: its repository, recorder and mapper, nothing of ours but the aggregate."""

    def register_transcodings(self, transcoder: JSONTranscoder) -> None:
        super().register_transcodings(transcoder)
        transcoder.register(SealedAsList())

    def assign(self, case_id: UUID, handler: str, under: Any) -> None:
        case: Case = self.repository.get(case_id)
        taken = Taken(by=Role.SOCIAL_LEAD, who=HANDLERS[0], at=NOW, recorded_at=NOW, under=under, role_of=lambda _: Role.SOCIAL_LEAD)
        case.take(AssignCase(id=uuid4(), handler=handler), taken)
        self.save(case)


class _Peer:
    """Sixteen threads on one application, as its documentation runs it."""

    def __init__(self, dsn: str) -> None:
        parts = urlsplit(dsn)
        where = parse_qs(parts.query)
        env = {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": parts.path[1:], "POSTGRES_HOST": where["host"][0], "POSTGRES_PORT": where.get("port", ["5432"])[0],
            "POSTGRES_USER": parts.username or "postgres", "POSTGRES_PASSWORD": "unused",
            "POSTGRES_POOL_SIZE": str(AT_ONCE), "POSTGRES_MAX_OVERFLOW": "8",
        }  # fmt: skip
        self._application = _Cases(env={**os.environ, **env})
        self._threads = ThreadPoolExecutor(AT_ONCE)

    def round(self, history: list[Any]) -> float:
        under = ProcedureInForce(read_procedure(PROCEDURE))
        ids = [self._copy(history) for _ in range(CASES)]

        def work(mine: Sequence[UUID]) -> None:
            for n in range(EACH):
                for case_id in mine:
                    self._application.assign(case_id, HANDLERS[(n + 1) % 2], under)

        begun = time.perf_counter()
        list(self._threads.map(work, [ids[n::AT_ONCE] for n in range(AT_ONCE)]))
        return len(ids) * EACH / (time.perf_counter() - begun)

    def _copy(self, history: list[Any]) -> UUID:
        """A case of the same age, in the library's own store."""
        case_id = uuid4()
        events = []
        for happened in history:
            copy = object.__new__(type(happened))
            copy.__dict__.update({name: value for name, value in vars(happened).items() if name != "_provenance"})
            copy.__dict__["originator_id"] = case_id
            events.append(copy)
        self._application.save(*events)
        return case_id

    def close(self) -> None:
        self._threads.shutdown()
        self._application.close()
