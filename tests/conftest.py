"""What every test may ask for: a PostgreSQL, databases in it, a broker and a browser, as real as this machine allows."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, cast

import pytest

from tests.support import kafka, marks, postgres, properties, workers
from tests.support.kafka import Broker, Brokers
from tests.support.otlp import Collector, collecting
from tests.support.postgres import PostgresServer, running_postgres
from tests.support.services import ERASES, vault_of_its_own, vault_of_the_run

if TYPE_CHECKING:
    from playwright.async_api import Browser

properties.settle()


def pytest_configure(config: pytest.Config) -> None:
    for name, meaning in marks.MARKS.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")
    config.addinivalue_line("markers", f"{ERASES}: destroys somebody's key, in a vault of its own")
    config.addinivalue_line("markers", f"{kafka.ON_EVERY_BROKER}: also on the broker of the one-machine form, where others need only Kafka")


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say at the top of the report what the tests run on (design.md §9)."""
    if config.option.markexpr == "quick":
        return ["quick: no servers"]
    return [f"PostgreSQL: {postgres.described()}", f"Kafka: {kafka.described()}"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is done to brokers is done to Apache Kafka; one story of each kind also to the embedded one."""
    if "any_broker" in metafunc.fixturenames:
        on_every = metafunc.definition.get_closest_marker(kafka.ON_EVERY_BROKER) is not None
        metafunc.parametrize("any_broker", kafka.ALL if on_every else kafka.ALL[:1], indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test is marked with what it stands on; what takes longest, and must be done by one worker, comes first."""
    for item in items:
        marks.mark(item)
    workers.share_out(items)


def pytest_collection_finish() -> None:
    """What is imported by now stays: the garbage collector need not look at it again and again."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """A quick test asks for nothing slow, not even by way of a fixture."""
    with marks.held_to_its_word(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """A quick test does nothing slow."""
    with marks.held_to_its_word(item):
        return (yield)


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


@pytest.fixture
async def vault_url(request: pytest.FixtureRequest, postgres: PostgresServer) -> AsyncIterator[str]:
    """The owner's address of the vault of this run; for a test marked `erases`, of a vault of its own."""
    if request.node.get_closest_marker(ERASES) is None:
        yield await vault_of_the_run(postgres)
        return
    url = await vault_of_its_own(postgres)
    yield url
    await postgres.drop(url)


@pytest.fixture(scope="session")
async def brokers() -> AsyncIterator[Brokers]:
    """The brokers of this test run, each started when it is wanted first."""
    async with Brokers() as running:
        yield running


@pytest.fixture
async def broker(brokers: Brokers) -> Broker:
    """The Kafka of this test run, where one is enough; shared, so begin with `await broker.clear()` when old messages disturb."""
    return await brokers.serving(kafka.kind())


@pytest.fixture
async def any_broker(request: pytest.FixtureRequest, brokers: Brokers) -> Broker:
    """Kafka, serving and without topics; a test may kill it or empty it."""
    return await brokers.empty(kafka.kind_to_harm(request.param))


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The browser of this test run; each person gets a context of their own with `in_front_of`."""
    from tests.support.browser import browsing  # Playwright is large: only those who look at pages wait for it

    async with browsing() as running:
        yield running


@pytest.fixture(scope="session")
async def firefox() -> AsyncIterator[Browser]:
    """Firefox, where a story is played in both; started when it is wanted first."""
    from tests.support.browser import FIREFOX, browsing

    async with browsing(FIREFOX) as running:
        yield running


@pytest.fixture(params=["browser", "firefox"], ids=["Chromium", "Firefox"])
def any_browser(request: pytest.FixtureRequest) -> Browser:
    """Each of those that people have."""
    return cast("Browser", request.getfixturevalue(request.param))


@pytest.fixture
def collector() -> Iterator[Collector]:
    """Takes spans, and shows them."""
    with collecting() as heard:
        yield heard
