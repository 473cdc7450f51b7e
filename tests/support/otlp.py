"""A collector of spans for a test: OTLP over HTTP, in protobuf, on a port of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from shared.ground.traces import ATTRIBUTES, PATH


@dataclass
class Collector:
    """What was sent to it."""

    endpoint: str = ""
    bodies: list[bytes] = field(default_factory=list)
    answers: int = 200

    @property
    def requests(self) -> list[ExportTraceServiceRequest]:
        return [ExportTraceServiceRequest.FromString(body) for body in self.bodies]

    @property
    def spans(self) -> list[Span]:
        return [span for sent in self.requests for each in sent.resource_spans for scope in each.scope_spans for span in scope.spans]

    def named(self, name: str) -> Span:
        [span] = [span for span in self.spans if span.name == name]
        return span


def said(span: Span) -> dict[str, object]:
    """The attributes of a span."""
    return {one.key: one.value.string_value or one.value.int_value for one in span.attributes}


def assert_nothing_about(collector: Collector, *tokens: str) -> None:
    """In no name, attribute, event, status or resource; searched for in what was sent too, so that no place is forgotten."""
    assert collector.bodies
    for token in tokens:
        assert not [body for body in collector.bodies if token.encode() in body], token
        assert not [each for each in collector.requests if token in str(each)], token
    for span in collector.spans:
        assert set(said(span)) <= ATTRIBUTES


@contextmanager
def collecting() -> Iterator[Collector]:
    """It listens meanwhile."""
    heard = Collector()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            assert (self.path, self.headers["content-type"]) == (PATH, "application/x-protobuf")
            heard.bodies.append(body)
            self.send_response(heard.answers)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    heard.endpoint = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
