"""What every test may ask for: a PostgreSQL, databases in it, and a broker, as real as this machine allows."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

import pytest

from tests.support import kafka, postgres
from tests.support.kafka import Broker, running_broker
from tests.support.postgres import PostgresServer, running_postgres


def pytest_report_header() -> list[str]:
    """Say at the top of the report what the tests run on (design.md §9)."""
    return [f"PostgreSQL: {postgres.described()}", f"Kafka: {kafka.described()}"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests about brokers run on each that is here."""
    if "any_broker" in metafunc.fixturenames:
        metafunc.parametrize("any_broker", kafka.kinds(), indirect=True)


@pytest.fixture(scope="session", name="postgres")
async def running_server() -> AsyncIterator[PostgresServer]:
    """The PostgreSQL server of this test run; `await postgres.new_database()` or `.copy_of(template, prepare)` for a database."""
    async with running_postgres() as server:
        yield server


@pytest.fixture
async def new_database(postgres: PostgresServer) -> AsyncIterator[str]:
    """The address of an empty database."""
    dsn = await postgres.new_database()
    yield dsn
    await postgres.drop(dsn)


@pytest.fixture(scope="session")
async def broker() -> AsyncIterator[Broker]:
    """The Kafka of this test run, where one is enough; shared, so begin with `await broker.clear()` when old messages disturb."""
    async with running_broker(kafka.kind()) as running:
        yield running


@pytest.fixture(scope="session")
async def _brokers() -> AsyncIterator[dict[str, Broker]]:
    async with contextlib.AsyncExitStack() as until_the_end:
        running: dict[str, Broker] = {}
        for kind in kafka.kinds():
            running[kind] = await until_the_end.enter_async_context(running_broker(kind))
        yield running


@pytest.fixture
async def any_broker(request: pytest.FixtureRequest, _brokers: dict[str, Broker]) -> Broker:
    """Each broker that is here, one after the other, serving and without topics; a test may kill it or empty it."""
    broker = _brokers[request.param]
    if not await broker.is_serving():
        await broker.kill()
        await broker.start()
    if broker.keeps_data:
        await broker.clear()
    else:
        await broker.empty()  # quicker than deleting topics, and it forgets the groups of earlier tests too
    return broker
