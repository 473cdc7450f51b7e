"""What operators can see: metrics for Prometheus. Never anything personal."""

from __future__ import annotations

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST
NAMESPACE = "brobygger"


class RoleMetrics:
    """The numbers of a role that serves no pages: how much it did, and when it last came round."""

    def __init__(self, metrics: Metrics, role: str) -> None:
        self._messages = metrics.messages
        self._unknown_types = metrics.unknown_types
        self._waits = metrics.waits.labels(role)
        self._failures = metrics.failures.labels(role)
        self._last_round = metrics.last_round.labels(role)
        self._came_round: float | None = None
        self.role = role

    def round_done(self) -> None:
        """It works: it came round once more, whether there was something to do or not."""
        self._came_round = time.monotonic()
        self._last_round.set_to_current_time()

    def did(self, outcome: str, messages: int = 1) -> None:
        """So many messages were sent, consumed, seen again or parked."""
        self._messages.labels(self.role, outcome).inc(messages)

    def passed(self, type: str, messages: int) -> None:
        """So many were of this type, which is not known here; the names are bounded by whoever calls."""
        self._unknown_types.labels(type).inc(messages)

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
    """The numbers of one service. Labels are codes and routes, never ids of people or cases."""

    def __init__(self, service: str) -> None:
        self.registry = registry = CollectorRegistry()
        self.request_seconds = Histogram(
            "request_seconds", "Time to answer a request", ["method", "route", "status"],
            namespace=NAMESPACE, subsystem=service, registry=registry,
        )  # fmt: skip

        def gauge(name: str, words: str) -> Gauge:
            return Gauge(name, words, namespace=NAMESPACE, subsystem=service, registry=registry)

        self.outbox_depth = gauge("outbox_depth", "Messages that wait to be sent")
        self.outbox_age_seconds = gauge("outbox_age_seconds", "Age of the oldest message that waits")
        self.consumer_lag = gauge("consumer_lag", "Messages on the topics that are not taken in yet")
        self.parked = gauge("parked", "Messages that wait for a person")
        self.waiting = gauge("waiting", "Messages that go in by themselves when what they are about is here")
        self.overdue = gauge("overdue", "Deadlines that passed without being met")

        self.working = working = CollectorRegistry()
        """What every process of the service tells of itself: its roles, its memory and processor time."""
        ProcessCollector(registry=working)

        def counter(name: str, words: str, labels: list[str]) -> Counter:
            return Counter(name, words, labels, namespace=NAMESPACE, subsystem=service, registry=working)

        self.messages = counter("messages", "Messages a role was done with", ["role", "outcome"])
        self.unknown_types = counter("unknown_types", "Messages of a type that is not known here, which were passed", ["type"])
        self.waits = counter("waits", "Times a role waited for the broker or the database", ["role"])
        self.failures = counter("failures", "Faults of ours that a role went on after", ["role"])
        self.turned_away = Counter(
            "turned_away", "Times the page without a sign-in was full", namespace=NAMESPACE, subsystem=service, registry=registry
        )
        self.last_round = Gauge(
            "last_round_timestamp_seconds", "When a role last came round", ["role"],
            namespace=NAMESPACE, subsystem=service, registry=working,
        )  # fmt: skip
        self._roles: dict[str, RoleMetrics] = {}

    def role(self, name: str) -> RoleMetrics:
        """The numbers of one role in this process."""
        return self._roles.setdefault(name, RoleMetrics(self, name))

    def exposed(self) -> bytes:
        """The numbers in Prometheus' text format."""
        return generate_latest(self.registry) + self.exposed_of_work()

    def exposed_of_work(self) -> bytes:
        """The same of the roles in this process alone."""
        return generate_latest(self.working)
