"""A broker that is closed as docker-compose.yml closes it: who is believed there, and who may say and hear what."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import GroupAuthorizationFailedError, KafkaError, TopicAuthorizationFailedError
from pydantic import SecretStr

from services.cases.app import parts as cases
from services.intake.app import parts as intake
from services.reporting.app import parts as reporting
from services.rights import apply, rights
from shared.ground.settings import KafkaSettings
from shared.ground.wires import WireIsRefused, ends_soon
from shared.history.service import Parts
from shared.messaging.connections import greet, refused, wire
from shared.messaging.relay import Relay
from shared.messaging.rights import Kind, Operation, Right, grant
from shared.running.listener import Listener
from shared.running.operations import BrokerLook
from tests.shared.test_relay import at_work
from tests.support import apache_kafka
from tests.support.apache_kafka import ApacheKafka
from tests.support.eventually import eventually
from tests.support.memory import memory
from tests.support.postgres import PostgresServer
from tests.support.services import Running, running_service

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(not apache_kafka.available(), reason="passwords and rights are Apache Kafka's; the embedded broker has none"),
]


class Closed:
    """The broker, and everybody's settings for it."""

    def __init__(self, kafka: ApacheKafka, secrets: Path) -> None:
        self.kafka = kafka
        self.secrets = secrets

    def known_as(self, who: str, **otherwise: Any) -> KafkaSettings:
        """The settings of this identity."""
        password = SecretStr((self.secrets / f"kafka_{who}_password").read_text())
        said: dict[str, Any] = {
            "kafka": self.kafka.bootstrap,
            "kafka_user": who,
            "kafka_password": password,
            "kafka_ca_file": self.secrets / "authority",
        }
        return KafkaSettings(**(said | otherwise))


def new_secrets(directory: Path, **environment: str) -> Path:
    """What an installation makes at first."""
    subprocess.run(
        [ROOT / "deploy" / "new-secrets", directory], check=True, capture_output=True, env={"PATH": "/usr/bin:/bin", **environment}
    )
    return directory


@contextmanager
def closed_broker(secrets: Path) -> Iterator[Closed]:
    """Serving."""
    with tempfile.TemporaryDirectory(prefix="brobygger-test-closed-", dir=memory(), ignore_cleanup_errors=True) as directory:
        kafka = ApacheKafka(Path(directory), secrets)
        kafka.start()
        try:
            yield Closed(kafka, secrets)
        finally:
            kafka.kill()


async def serving(closed: Closed) -> None:
    """Wait until somebody is answered, whatever the answer."""
    for _ in range(120):
        try:
            await greet(closed.known_as("operator"))
        except WireIsRefused:
            return
        except (KafkaError, OSError):
            await asyncio.sleep(0.5)
        else:
            return
    raise TimeoutError


@pytest.fixture(scope="module")
def _closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Closed]:
    with closed_broker(new_secrets(tmp_path_factory.mktemp("wires") / "secrets")) as closed:
        asyncio.run(serving(closed))
        asyncio.run(apply(closed.known_as("operator", kafka_partitions=1)))
        yield closed


@pytest.fixture
def closed(_closed: Closed) -> Closed:
    return _closed


@asynccontextmanager
async def producer(settings: KafkaSettings) -> AsyncIterator[AIOKafkaProducer]:
    made = AIOKafkaProducer(**wire(settings), acks="all", enable_idempotence=True, request_timeout_ms=5000)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


@asynccontextmanager
async def consumer(settings: KafkaSettings, group: str | None = None) -> AsyncIterator[AIOKafkaConsumer]:
    made = AIOKafkaConsumer(**wire(settings), group_id=group, auto_offset_reset="earliest", enable_auto_commit=False)
    try:
        await made.start()
        yield made
    finally:
        await made.stop()


@pytest.mark.parametrize(("who", "topic"), [(right.who, right.name) for right in rights() if right.operation is Operation.WRITE])
async def test_everybody_says_what_is_theirs(closed: Closed, who: str, topic: str) -> None:
    async with producer(closed.known_as(who)) as speaks:
        assert (await speaks.send_and_wait(topic, b"x", key=b"k")).offset >= 0


WHO = sorted({right.who for right in rights()})
TOPICS = sorted({right.name for right in rights() if right.operation is Operation.DESCRIBE})


@pytest.mark.parametrize("who", WHO)
async def test_nobody_says_what_is_not_theirs(closed: Closed, who: str) -> None:
    allowed = {right.name for right in rights() if (right.who, right.operation) == (who, Operation.WRITE)}
    async with producer(closed.known_as(who)) as speaks:
        for topic in sorted(set(TOPICS) - allowed):
            with pytest.raises(TopicAuthorizationFailedError) as error:
                await speaks.send_and_wait(topic, b"x", key=b"k")
            assert refused(error.value, closed.known_as(who)) == f"{who} has no right to this topic: {topic}"


@pytest.mark.parametrize("who", WHO)
async def test_everybody_hears_what_is_for_them_and_nothing_else(closed: Closed, who: str) -> None:
    async with producer(closed.known_as("operator")) as speaks:
        for topic in TOPICS:
            await speaks.send_and_wait(topic, b"x", key=b"k")
    theirs = {right.name for right in rights() if (right.who, right.kind, right.operation) == (who, Kind.TOPIC, Operation.READ)}
    heard = await asyncio.gather(*(_hears(closed.known_as(who), topic) for topic in TOPICS))
    assert {topic for topic, was in zip(TOPICS, heard, strict=True) if was} == theirs


async def _hears(settings: KafkaSettings, topic: str) -> bool:
    """Whether what stands there arrives; whoever may not know of a topic waits for it in vain."""
    async with consumer(settings) as hears:
        hears.assign([TopicPartition(topic, 0)])
        hears.seek(TopicPartition(topic, 0), 0)
        try:
            return bool(await hears.getmany(timeout_ms=5000))
        except TopicAuthorizationFailedError:
            return False


async def test_nobody_takes_anothers_place_in_a_group(closed: Closed) -> None:
    async def intrude() -> None:
        async with consumer(closed.known_as("reporting"), "brobygger.cases") as hears:
            hears.subscribe(["brobygger.cases"])
            await asyncio.wait_for(hears.getmany(timeout_ms=5000), 10)

    with pytest.raises(GroupAuthorizationFailedError) as error:
        await intrude()
    assert refused(error.value, closed.known_as("reporting")) == "reporting has no right to this group: brobygger.cases"


async def test_rights_that_are_so_stay_and_others_are_taken_away(closed: Closed) -> None:
    operator = closed.known_as("operator", kafka_partitions=1)
    assert await apply(operator) == ([], [])
    too_much = Right("reporting", Operation.WRITE, Kind.TOPIC, "brobygger.cases")
    admin = AIOKafkaAdminClient(**wire(operator))
    try:
        await admin.start()
        assert await grant(admin, [*rights(), too_much]) == ([too_much], [])
    finally:
        await admin.close()
    assert await apply(operator) == ([], [too_much])


async def test_a_service_gives_itself_no_right(closed: Closed) -> None:
    with pytest.raises(KafkaError):
        await apply(closed.known_as("cases"))


async def test_a_wrong_password_is_said_and_not_shown(closed: Closed) -> None:
    with pytest.raises(WireIsRefused, match="localhost does not know cases by this password") as error:
        await greet(closed.known_as("cases", kafka_password=SecretStr("geheim")))
    assert "geheim" not in str(error.value)


async def test_another_authority_is_not_believed(closed: Closed, tmp_path: Path) -> None:
    other = new_secrets(tmp_path / "other")
    with pytest.raises(WireIsRefused, match="localhost: its certificate is not believed"):
        await greet(closed.known_as("cases", kafka_ca_file=other / "authority"))


async def test_another_name_than_the_certificates_is_not_believed(closed: Closed) -> None:
    address = closed.kafka.bootstrap.replace("localhost", "127.0.0.1")
    with pytest.raises(WireIsRefused, match=r"127\.0\.0\.1: its certificate is not believed: IP address mismatch"):
        await greet(closed.known_as("cases", kafka=address))


async def test_a_certificate_that_ends_tomorrow_is_believed_and_warned_of(tmp_path: Path, logged: list[dict[str, Any]]) -> None:
    with closed_broker(new_secrets(tmp_path / "secrets", BROBYGGER_CERTIFICATE_DAYS="1")) as closed:
        await serving(closed)
        end = await greet(closed.known_as("operator"))
    assert end is not None
    assert ends_soon(end, datetime.now(UTC))
    assert {"event": "certificate.ends_soon", "of": "localhost", "at": end.date().isoformat(), "log_level": "warning"} in logged
    assert not ends_soon(end, end - timedelta(days=31))


async def test_a_certificate_that_has_ended_is_refused_by_its_name(tmp_path: Path) -> None:
    """Apache Kafka does not start with one, so it is shown by somebody who has started long ago."""
    secrets = new_secrets(tmp_path / "secrets", BROBYGGER_CERTIFICATE_DAYS="0")
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(secrets / "kafka_server")
    async with await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0, ssl=tls) as server:
        port = server.sockets[0].getsockname()[1]
        settings = KafkaSettings(
            kafka=f"localhost:{port}", kafka_user="cases", kafka_password=SecretStr("x"), kafka_ca_file=secrets / "authority"
        )
        with pytest.raises(WireIsRefused, match="localhost: its certificate is not believed: certificate has expired"):
            await greet(settings)


@pytest.fixture
def logged() -> Iterator[list[dict[str, Any]]]:
    with structlog.testing.capture_logs() as lines:
        yield lines  # type: ignore[misc]


async def _queued(running: Running, topic: str) -> None:
    """What nobody can read is enough to see whether it comes through."""
    await running.service.pool.execute(
        "insert into outbox (bucket, topic, key, headers, value) values (0, $1, 'k', $2, $3)", topic, {"ce_type": "x"}, b"{}"
    )


@asynccontextmanager
async def _of(closed: Closed, parts: Parts, postgres: PostgresServer, folder: Path) -> AsyncIterator[Running]:
    known = closed.known_as(parts.name)
    said = {name: getattr(known, name) for name in ("kafka", "kafka_user", "kafka_password", "kafka_ca_file")}
    async with running_service(parts, postgres, folder, **said) as running:
        yield running


async def test_services_speak_and_listen_as_themselves(closed: Closed, postgres: PostgresServer, tmp_path: Path) -> None:
    async with (
        _of(closed, intake(), postgres, tmp_path) as speaks,
        _of(closed, cases(), postgres, tmp_path) as hears,
        at_work(Relay(speaks.settings), Listener(hears.service)),
    ):
        await _queued(speaks, "brobygger.intake")

        async def parked() -> bool:
            return bool(await hears.rows("select 1 from parked where topic = 'brobygger.intake' and value = '{}'"))

        await eventually(parked, within=60)
        assert (await BrokerLook(hears.service).now())[0] == "up"


async def test_a_service_that_says_what_is_anothers_is_refused_and_says_so_in_its_log(
    closed: Closed, postgres: PostgresServer, tmp_path: Path, logged: list[dict[str, Any]]
) -> None:
    async with _of(closed, reporting(), postgres, tmp_path) as speaks, at_work(Relay(speaks.settings)):
        await _queued(speaks, "brobygger.cases")
        said = "reporting has no right to this topic: brobygger.cases"

        async def refusal() -> bool:
            return any(line["event"] == "relay.waits" and line["why"] == said for line in logged)

        await eventually(refusal, within=60)
        assert not await speaks.rows("select 1 from outbox where sent_at is not null")


async def test_a_service_with_a_wrong_password_says_so_in_its_log(
    closed: Closed, postgres: PostgresServer, tmp_path: Path, logged: list[dict[str, Any]]
) -> None:
    async with _of(closed, reporting(), postgres, tmp_path) as speaks:
        wrong = speaks.settings.model_copy(update={"kafka_password": SecretStr("geheim")})
        async with at_work(Relay(wrong)):

            async def refusal() -> bool:
                return any("does not know reporting by this password" in str(line.get("why")) for line in logged)

            await eventually(refusal, within=60)
    assert "geheim" not in str(logged)
