"""What operators can see: metrics for Prometheus. Never anything personal."""

from __future__ import annotations

import time
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST
NAMESPACE = "brobygger"
VERSION = "0.2.0.dev0"
"""The release; pyproject.toml says the same (a test compares them)."""


class RoleMetrics:
    """The numbers of a role that serves no pages: how much it did, and when it last came round."""

    def __init__(
        self,
        role: str,
        *,
        messages: Callable[[str], Counter],
        unknown_types: Callable[[str], Counter],
        waits: Counter,
        failures: Counter,
        last_round: Gauge,
    ) -> None:
        self._messages = messages
        self._unknown_types = unknown_types
        self._waits = waits
        self._failures = failures
        self._last_round = last_round
        self._came_round: float | None = None
        self.role = role

    def round_done(self) -> None:
        """It works: it came round once more, whether there was something to do or not."""
        self._came_round = time.monotonic()
        self._last_round.set_to_current_time()

    def did(self, outcome: str, messages: int = 1) -> None:
        """So many messages were sent, consumed, seen again or parked."""
        self._messages(outcome).inc(messages)

    def passed(self, type: str, messages: int) -> None:
        """So many were of this type, which is not known here; the names are bounded by whoever calls."""
        self._unknown_types(type).inc(messages)

    def waits(self) -> None:
        """The broker or the database is away."""
        self._waits.inc()

    def failed(self) -> None:
        """Something went wrong that is a fault of ours."""
        self._failures.inc()

    @property
    def seconds_since_round(self) -> float | None:
        """How long ago it came round; `None` when it never did."""
        return None if self._came_round is None else time.monotonic() - self._came_round


class Metrics:
    """The numbers of one service, which stands in the label `service`. Other labels are codes and routes, never ids of people or cases."""

    def __init__(self, service: str) -> None:
        self.registry = registry = CollectorRegistry()
        """What the service knows, whichever of its processes is asked."""
        self.working = working = CollectorRegistry()
        """What every process of the service tells of itself: its roles, its memory and processor time."""
        ProcessCollector(registry=working)

        def gauge(name: str, words: str) -> Gauge:
            return Gauge(name, words, ["service"], namespace=NAMESPACE, registry=registry).labels(service)

        def counter(name: str, words: str, *labels: str) -> Counter:
            return Counter(name, words, ["service", *labels], namespace=NAMESPACE, registry=working)

        self.outbox_depth = gauge("outbox_depth", "Messages that wait to be sent")
        self.outbox_age_seconds = gauge("outbox_age_seconds", "Age of the oldest message that waits")
        self.consumer_lag = gauge("consumer_lag", "Messages on the topics that are not taken in yet")
        self.parked = gauge("parked", "Messages that wait for a person")
        self.waiting = gauge("waiting", "Messages that go in by themselves when what they are about is here")
        self.overdue = gauge("overdue", "Deadlines that passed without being met")
        self.broken_streams = gauge("broken_streams", "Histories that are not what was written")
        self.verified_at = gauge("chain_verified_timestamp_seconds", "When all histories were last verified; 0 where they never were")
        self.pool_size = gauge("database_connections", "Connections to the database that this process has open")
        self.pool_idle = gauge("database_connections_idle", "Those of them that nobody uses")

        self._service = service
        self._request_seconds = Histogram(
            "request_seconds", "Time to answer a request", ["service", "method", "route", "status"],
            namespace=NAMESPACE, registry=registry,
        )  # fmt: skip
        self._events = counter("events", "Events that were stored", "type")
        self._stored: dict[str, Counter] = {}
        self._mails = counter("mails", "Mails that were offered to the mail server", "outcome")
        self._messages = counter("messages", "Messages a role was done with", "role", "outcome")
        self._unknown_types = counter("unknown_types", "Messages of a type that is not known here, which were passed", "type")
        self._waits = counter("waits", "Times a role waited for the broker or the database", "role")
        self._failures = counter("failures", "Faults of ours that a role went on after", "role")
        self.turned_away = counter("turned_away", "Times the page without a sign-in was full").labels(service)
        self._last_round = Gauge(
            "last_round_timestamp_seconds", "When a role last came round", ["service", "role"], namespace=NAMESPACE, registry=working
        )
        build = Gauge("build_info", "Which release this process runs", ["service", "version"], namespace=NAMESPACE, registry=working)
        build.labels(service, VERSION).set(1)
        self._roles: dict[str, RoleMetrics] = {}

    def answered(self, method: str, route: str, status: str, *, seconds: float) -> None:
        """A request was answered; the route is the template."""
        self._request_seconds.labels(self._service, method, route, status).observe(seconds)

    def stored(self, type: str) -> None:
        """An event of this type was stored."""
        if type not in self._stored:
            self._stored[type] = self._events.labels(self._service, type)
        self._stored[type].inc()

    def mailed(self, outcome: str) -> None:
        """A mail was offered, and taken (`2xx`) or not, for a reason."""
        self._mails.labels(self._service, outcome).inc()

    def role(self, name: str) -> RoleMetrics:
        """The numbers of one role in this process."""
        if name not in self._roles:
            self._roles[name] = RoleMetrics(
                name,
                messages=lambda outcome: self._messages.labels(self._service, name, outcome),
                unknown_types=lambda type: self._unknown_types.labels(self._service, type),
                waits=self._waits.labels(self._service, name),
                failures=self._failures.labels(self._service, name),
                last_round=self._last_round.labels(self._service, name),
            )
        return self._roles[name]

    def exposed(self) -> bytes:
        """The numbers in Prometheus' text format."""
        return generate_latest(self.registry) + self.exposed_of_work()

    def exposed_of_work(self) -> bytes:
        """The same of the roles in this process alone."""
        return generate_latest(self.working)
