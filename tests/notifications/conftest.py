"""Notifications at work, with and without a mail server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from services.notifications.app import parts
from tests.notifications.mail_server import MailServer, mail_server
from tests.support.kept import assert_kept_as_replayed
from tests.support.postgres import PostgresServer
from tests.support.services import Running, running_service


@pytest.fixture
def mails() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
async def notifications(postgres: PostgresServer, tmp_path: Path, mails: MailServer) -> AsyncIterator[Running]:
    sender = "Brobygger <brobygger@bakkegaarden.example>"
    async with running_service(parts(), postgres, tmp_path, smtp=mails.address, mail_from=sender) as running:
        yield running
        await assert_kept_as_replayed(running.service)
