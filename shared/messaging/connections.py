"""Connections to Kafka: how they are made, as whom (decision 0044), and whether they held: only behind a broken one can there be another
broker, or one that forgot (decision 0003)."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.conn import create_conn
from aiokafka.errors import (
    AuthenticationFailedError,
    GroupAuthorizationFailedError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
)

from shared.ground import wires
from shared.ground.settings import KafkaSettings

log = structlog.get_logger()


def wire(settings: KafkaSettings) -> dict[str, Any]:
    """How a client of aiokafka, whichever, reaches the broker of these settings."""
    return {"bootstrap_servers": settings.kafka, **_secured(settings)}


def _secured(settings: KafkaSettings) -> dict[str, Any]:
    if settings.kafka_ca_file is None:
        return {}
    tls = {"ssl_context": _trusting(settings.kafka_ca_file)}
    if not settings.kafka_user:
        return {"security_protocol": "SSL", **tls}
    return {
        "security_protocol": "SASL_SSL",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": settings.kafka_user,
        "sasl_plain_password": settings.kafka_password.get_secret_value(),
        **tls,
    }


@lru_cache(maxsize=4)
def _trusting(ca_file: Path) -> ssl.SSLContext:
    """A reading of the file for each process: a new authority wants a new start, as every other secret does."""
    return ssl.create_default_context(cafile=str(ca_file))


async def greet(settings: KafkaSettings) -> datetime | None:
    """Shake hands as a client would, which then is told in one word only that it may not come in.

    Answers when the certificate of the broker ends; raises `WireIsRefused` where it, or we, are not believed, and `OSError` where
    nobody is there. In the clear there is nothing to ask.
    """
    if settings.kafka_ca_file is None:
        return None
    host, _, port = settings.kafka.split(",")[0].strip().rpartition(":")
    try:
        connection = await create_conn(host.strip("[]"), int(port), request_timeout_ms=5000, **_secured(settings))
    except ssl.SSLCertVerificationError as error:
        raise wires.WireIsRefused(f"{host}: {wires.why(error)} ({settings.kafka_ca_file.name})") from error
    except (AuthenticationFailedError, SaslAuthenticationFailed) as error:
        raise wires.WireIsRefused(f"{host} does not know {settings.kafka_user} by this password (BROBYGGER_KAFKA_PASSWORD)") from error
    try:
        end = wires.ends_at(connection._writer.get_extra_info("peercert"))
    finally:
        await connection.close()
    if end and wires.ends_soon(end, datetime.now(UTC)):
        _warn(host, end.date().isoformat())
    return end


@lru_cache(maxsize=16)
def _warn(host: str, day: str) -> None:
    """Once in a process: operators ask every few seconds."""
    log.warning("certificate.ends_soon", of=host, at=day)


def refused(error: Exception, settings: KafkaSettings) -> str | None:
    """Why the broker, or the database, would not have us, in words for a log; `None` where somebody is only away."""
    if isinstance(error, (TopicAuthorizationFailedError, GroupAuthorizationFailedError)):
        kind = "topic" if isinstance(error, TopicAuthorizationFailedError) else "group"
        return f"{settings.kafka_user or 'somebody without a name'} has no right to this {kind}: {', '.join(_names(error))}"
    return wires.why(error)


def _names(error: Exception) -> list[str]:
    return [str(name) for said in error.args for name in ([said] if isinstance(said, str) else said)]


class Connections:
    """Those of one client, since it was made or `renew` was called.

    aiokafka connects again by itself and tells nobody, so we look at the connections it holds.
    """

    def __init__(self, client: AIOKafkaConsumer | AIOKafkaProducer) -> None:
        self._client = client.client if isinstance(client, AIOKafkaProducer) else client._client
        self._seen: set[Any] = set()
        self.renew()

    def renew(self) -> None:
        """Count from here."""
        self._seen = {each for each in self._client._conns.values() if each.connected()}

    def broke(self) -> bool:
        """Whether one of them broke."""
        self._seen.update(self._client._conns.values())
        return not all(each.connected() for each in self._seen)
