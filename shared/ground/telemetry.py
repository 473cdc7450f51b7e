"""What operators can see: metrics for Prometheus. Never anything personal."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST


class Metrics:
    """The numbers of one service. Labels are codes and routes, never ids of people or cases."""

    def __init__(self, service: str) -> None:
        self.registry = CollectorRegistry()
        self.request_seconds = Histogram(
            "request_seconds",
            "Time to answer a request",
            ["method", "route", "status"],
            namespace="brobygger",
            subsystem=service,
            registry=self.registry,
        )
        self.outbox_depth = Gauge(
            "outbox_depth", "Messages that wait to be sent", namespace="brobygger", subsystem=service, registry=self.registry
        )
        self.outbox_age_seconds = Gauge(
            "outbox_age_seconds", "Age of the oldest message that waits", namespace="brobygger", subsystem=service, registry=self.registry
        )
        self.consumer_lag = Gauge(
            "consumer_lag",
            "Messages on the topics that are not taken in yet",
            namespace="brobygger",
            subsystem=service,
            registry=self.registry,
        )
        self.parked = Gauge("parked", "Messages that wait for a person", namespace="brobygger", subsystem=service, registry=self.registry)
        self.overdue = Gauge(
            "overdue", "Deadlines that passed without being met", namespace="brobygger", subsystem=service, registry=self.registry
        )

    def exposed(self) -> bytes:
        """The numbers in Prometheus' text format."""
        return generate_latest(self.registry)
