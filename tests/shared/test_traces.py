"""Traces: off and not even loaded unless a collector is named; then spans of one story hang together, and say nothing about anybody."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from shared.ground.errors import Refusal
from shared.ground.settings import Settings, SettingsAreMissing, from_environment
from shared.ground.traces import OFF, traces_to
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.inbox import Record
from shared.messaging.relay import _Broker, _Waiting
from shared.messaging.topics import OUTSIDE
from shared.privacy.personal import Personal
from shared.running.listener import Listener
from tests.shared.diary import READING, WRITING, Begin, DiaryWritten, Write, begin, write
from tests.support.otlp import Collector, assert_nothing_about, said
from tests.support.postgres import PostgresServer
from tests.support.services import Running, browser, context_for, running_service

PLANTED = ("Plantine", "Plantevej 7", "0101011234", "12 34 56 78", "plantine@example.test")
TRACE = "0af7651916cd43dd8448eb211c80319c"
CALLED_BY = f"00-{TRACE}-b7ad6b7169203331-01"


@pytest.fixture
async def traced(postgres: PostgresServer, tmp_path: Path, collector: Collector) -> AsyncIterator[tuple[Running, Running]]:
    """A service that writes diaries and one that reads them; what they did is at the collector when they have ended."""
    (tmp_path / "writing").mkdir()
    (tmp_path / "reading").mkdir()
    async with (
        running_service(WRITING, postgres, tmp_path / "writing", otlp_endpoint=collector.endpoint) as writing,
        running_service(READING, postgres, tmp_path / "reading", otlp_endpoint=collector.endpoint) as reading,
    ):
        yield writing, reading


async def refuse(_: Write, work: UnitOfWork) -> None:
    raise _Refused


class _Refused(Refusal):
    """Plantine bor her ikke."""


async def test_one_story_hangs_together_and_nothing_in_it_is_about_anybody(
    traced: tuple[Running, Running], collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing, reading = traced
    diary_id = uuid4()
    context = replace(context_for(id="staff-plantine"), traceparent=CALLED_BY)
    await writing.service.do(begin, Begin(diary_id=diary_id), context)
    await writing.service.do(write, Write(diary_id=diary_id, words=Personal(diary_id, " ".join(PLANTED))), context)
    with pytest.raises(_Refused):
        await writing.service.do(refuse, Write(diary_id=diary_id, words=Personal(diary_id, PLANTED[0])), context)

    rows = await writing.rows("select position, topic, key, headers, value from outbox order by position")
    waiting = [_Waiting(*row) for row in rows]
    sent = await _sent(writing, waiting, monkeypatch)
    await Listener(reading.service).take_in(sent)

    await writing.service.traces.end()
    await reading.service.traces.end()
    names = {span.name for span in collector.spans}
    heard = f"take in {DiaryWritten.TYPE}"
    assert names == {"begin", "write", "refuse", "send brobygger.intake", heard, "take in dk.brobygger.writing.diary_begun.v1"}
    assert {span.trace_id.hex() for span in collector.spans} == {TRACE}
    assert {span.parent_span_id.hex() for span in collector.spans} == {"b7ad6b7169203331"}
    refused = collector.named("refuse")
    assert (refused.status.code, refused.status.message, said(refused), list(refused.events)) == (
        Status.STATUS_CODE_ERROR, "", {"error.type": "_Refused"}, [],
    )  # fmt: skip
    assert said(collector.named(heard)) == {
        "messaging.system": "kafka",
        "messaging.destination.name": "brobygger.intake",
        "brobygger.message.type": DiaryWritten.TYPE,
    }
    nothing_about_anybody(collector, str(diary_id), diary_id.hex, context.actor.id)


async def _sent(writing: Running, waiting: list[_Waiting], monkeypatch: pytest.MonkeyPatch) -> list[Record]:
    """Through the relay's own sending, to a producer that takes everything."""
    taken: list[Record] = []

    class Producer:
        async def send_and_wait(
            self, topic: str, value: bytes, *, key: bytes, headers: list[tuple[str, bytes]], timestamp_ms: int | None
        ) -> object:
            taken.append(Record(topic, 0, len(taken), key, tuple(headers), value))
            return type("Done", (), {"topic": topic, "partition": 0, "offset": len(taken)})

    broker = _Broker(writing.settings, writing.service.traces)
    broker._producer = Producer()
    _, failure = await broker.send(waiting)
    assert failure is None
    return taken


def nothing_about_anybody(collector: Collector, *more: str) -> None:
    assert_nothing_about(collector, *PLANTED, *more)


async def test_a_request_says_its_route_and_never_what_was_asked_for(
    postgres: PostgresServer, tmp_path: Path, collector: Collector
) -> None:
    from services.intake.app import parts

    observation_id = uuid4()
    async with (
        running_service(parts(), postgres, tmp_path, otlp_endpoint=collector.endpoint) as intake,
        browser(intake, as_="staff-social-lead-1") as client,
    ):
        answers = [
            await client.get(f"/intake/observations/{observation_id}", headers={"traceparent": CALLED_BY}),
            await client.get("/intake/api/homes", params={"q": PLANTED[1]}),
            await client.get(f"/intake/{PLANTED[0]}"),
            await client.post("/intake/api/observations", json={"words": " ".join(PLANTED)}),
        ]
    requests = [span for span in collector.spans if span.name == "request"]
    assert [said(span)["http.response.status_code"] for span in requests] == [answer.status_code for answer in answers]
    assert requests[0].kind == Span.SPAN_KIND_SERVER
    assert (requests[0].trace_id.hex(), requests[0].parent_span_id.hex()) == (TRACE, "b7ad6b7169203331")
    assert "{" in str(said(requests[0])["http.route"])
    assert said(requests[2])["http.route"] == "none"
    nothing_about_anybody(collector, str(observation_id), "Plantevej", "staff-social-lead-1")


async def test_what_follows_from_a_request_hangs_on_it(postgres: PostgresServer, tmp_path: Path, collector: Collector) -> None:
    from services.cases.app import parts
    from tests.cases.conftest import PROCEDURE

    async with (
        running_service(parts(), postgres, tmp_path, otlp_endpoint=collector.endpoint) as cases,
        browser(cases, as_="staff-social-lead-1") as client,
    ):
        answer = await client.post("/cases/api/procedure/versions", json={"text": PROCEDURE.read_text(encoding="utf-8")})
        stored = await cases.rows("select provenance from events")
    request = collector.named("request")
    works = [span for span in collector.spans if span.name not in ("request",)]
    assert works, answer.text
    assert {(span.trace_id, span.parent_span_id) for span in works} == {(request.trace_id, request.span_id)}
    assert all(f"{request.trace_id.hex()}-{request.span_id.hex()}" in row["provenance"] for row in stored)


async def test_a_span_refuses_to_say_anything_else(collector: Collector) -> None:
    traces = traces_to(collector.endpoint, service="intake")
    with pytest.raises(ValueError, match=r"url\.full"), traces.span("request", attributes={"url.full": PLANTED[1]}):
        pass
    await traces.end()
    nothing_about_anybody(collector)


async def test_what_outsiders_are_asked_hangs_on_nothing(collector: Collector) -> None:
    """Its headers carry no trace, so its span leads to no case."""
    traces = traces_to(collector.endpoint, service="cases")
    with traces.span(f"send {OUTSIDE}", kind="producer", parent=""):
        pass
    await traces.end()
    assert collector.named(f"send {OUTSIDE}").parent_span_id == b""


async def test_a_collector_that_takes_nothing_holds_nobody_up(collector: Collector) -> None:
    collector.answers = 503
    traces = traces_to(collector.endpoint, service="intake")
    for _ in range(3000):
        with traces.span("request"):
            pass
    async with asyncio.timeout(8):
        await traces.end()


@pytest.mark.sockets
async def test_a_collector_that_is_away_holds_nobody_up() -> None:
    traces = traces_to("http://127.0.0.1:1", service="intake")
    with traces.span("request"):
        pass
    async with asyncio.timeout(8):
        await traces.end()


@pytest.mark.processes
def test_it_is_off_and_not_even_loaded_unless_somebody_asks() -> None:
    assert traces_to("", service="intake") is OFF
    with OFF.span("request", attributes={"http.route": "/"}) as span:
        assert span.traceparent == ""
    look = (
        "import sys, services.notifications.app, shared.running.cli, shared.running.serving\n"
        "from shared.ground.traces import traces_to\n"
        "traces_to('', service='intake')\n"
        "print([name for name in sys.modules if name.startswith(('opentelemetry.exporter', 'opentelemetry.proto', 'requests'))])"
    )
    loaded = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["BROBYGGER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"])
def test_it_is_switched_on_by_either_name(traceable: None, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert from_environment().otlp_endpoint == ""
    monkeypatch.setenv(name, "http://collector:4318")
    assert from_environment().otlp_endpoint == "http://collector:4318"


@pytest.mark.parametrize("wrong", ["collector:4318", "ftp://collector", "http://user:secret@collector:4318", "http://collector:4318?x=1"])
def test_an_address_that_is_none_is_said_by_its_name(traceable: None, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("BROBYGGER_OTLP_ENDPOINT", wrong)
    with pytest.raises(SettingsAreMissing, match="BROBYGGER_OTLP_ENDPOINT") as refused:
        from_environment()
    assert "secret" not in str(refused.value)


@pytest.fixture
def traceable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Everything else that the environment must say."""
    for name in ("BROBYGGER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    needed = {name: "x" for name, field in Settings.model_fields.items() if field.is_required()} | {"kafka": "127.0.0.1:9092"}
    for name, value in needed.items():
        monkeypatch.setenv(f"BROBYGGER_{name.upper()}", value)
