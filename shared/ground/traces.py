"""Spans for OpenTelemetry, where an installation names somewhere to send them; nothing, and nothing loaded, where it does not.

A span says which kind of thing was done, when and how it ended: a route's template, the type of a message, a code. Never an id, an
address, a query, a sentence or the words of an error (decision 0041). Which spans belong together is said by the W3C trace context that
requests, events and messages carry anyway.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Thread
from typing import Any, Literal, Protocol

from shared.ground.telemetry import NAMESPACE, VERSION

Kind = Literal["internal", "server", "client", "producer", "consumer"]
Value = str | int

ATTRIBUTES = frozenset(
    {
        "http.request.method",
        "http.route",
        "http.response.status_code",
        "messaging.system",
        "messaging.destination.name",
        "messaging.batch.message_count",
        "brobygger.message.type",
        "brobygger.outcome",
        "error.type",
    }
)
"""All that a span may say; the first ones are called what OpenTelemetry calls them. Codes and counts, without exception."""
PATH = "/v1/traces"
"""Where OTLP over HTTP takes spans."""
SENDS_WITHIN = 5.0
"""Seconds that one sending may take, with all its tries."""
ENDS_WITHIN = 3.0
"""Seconds that what is left may take when the process ends."""


class Span(Protocol):
    """Something that is being done."""

    @property
    def traceparent(self) -> str:
        """What others name as what theirs came of; empty where nothing is traced."""
        ...

    def note(self, attributes: Mapping[str, Value]) -> None:
        """How it went; raises `ValueError` for what a span may not say."""
        ...


class Traces(Protocol):
    """Where spans go."""

    def span(
        self, name: str, *, kind: Kind = "internal", parent: str = "", attributes: Mapping[str, Value] = {}
    ) -> AbstractContextManager[Span]:
        """What is done inside; `parent` is the W3C trace context it came with."""
        ...

    async def end(self) -> None:
        """Send what is left, and let go of the rest."""
        ...


class _Nothing:
    traceparent = ""

    def note(self, attributes: Mapping[str, Value]) -> None:
        """Nobody listens."""

    def span(
        self, name: str, *, kind: Kind = "internal", parent: str = "", attributes: Mapping[str, Value] = {}
    ) -> AbstractContextManager[Span]:
        return _NOTHING_IN_HAND

    async def end(self) -> None:
        """Nothing is left."""


OFF = _Nothing()
"""How it is where nothing is said."""
_NOTHING_IN_HAND: AbstractContextManager[Span] = nullcontext(OFF)


def traces_to(endpoint: str, *, service: str) -> Traces:
    """Where the spans of a service go; nowhere without an endpoint."""
    return _Sent(endpoint, service=service) if endpoint else OFF


class _Sent:
    """To a collector, in batches, from a thread of its own; one that is away costs the spans and nothing else."""

    def __init__(self, endpoint: str, *, service: str) -> None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
        from opentelemetry.sdk.trace.sampling import ALWAYS_ON
        from opentelemetry.trace import SpanKind, StatusCode, format_span_id, format_trace_id
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        named = Resource.create({"service.namespace": NAMESPACE, "service.name": service, "service.version": VERSION})
        self._exporter = OTLPSpanExporter(endpoint=endpoint.rstrip("/") + PATH, timeout=SENDS_WITHIN)
        self._provider = TracerProvider(resource=named, sampler=ALWAYS_ON, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(self._exporter))
        self._tracer = self._provider.get_tracer(NAMESPACE, VERSION)
        self._kinds = SpanKind
        self._error = StatusCode.ERROR
        propagator = TraceContextTextMapPropagator()
        self._came_of: Callable[[str], Any] = lambda parent: propagator.extract({"traceparent": parent} if parent else {})

        def said(span: Any) -> str:
            where = span.get_span_context()
            return f"00-{format_trace_id(where.trace_id)}-{format_span_id(where.span_id)}-{where.trace_flags:02x}"

        self._said = said

    @contextmanager
    def span(self, name: str, *, kind: Kind = "internal", parent: str = "", attributes: Mapping[str, Value] = {}) -> Iterator[Span]:
        span = self._tracer.start_span(name, context=self._came_of(parent), kind=self._kinds[kind.upper()])
        noted = _Noted(span, self._said(span), failed=self._error)
        try:
            noted.note(attributes)
            yield noted
        except BaseException as error:
            noted.failed(type(error))
            raise
        finally:
            span.end()

    async def end(self) -> None:
        ending = Thread(target=self._provider.shutdown, name="traces: what is left", daemon=True)
        ending.start()
        await asyncio.to_thread(ending.join, ENDS_WITHIN)
        if ending.is_alive():  # nobody takes them
            self._exporter.shutdown()  # type: ignore[no-untyped-call]


class _Noted:
    def __init__(self, span: Any, traceparent: str, *, failed: Any) -> None:
        self._span = span
        self._failed = failed
        self.traceparent = traceparent

    def note(self, attributes: Mapping[str, Value]) -> None:
        if strange := attributes.keys() - ATTRIBUTES:
            raise ValueError(f"a span does not say {', '.join(sorted(strange))}")
        self._span.set_attributes(attributes)

    def failed(self, kind: type[BaseException]) -> None:
        """Of which kind the error was; what it says stays here."""
        self._span.set_status(self._failed)
        self.note({"error.type": kind.__qualname__})
