"""Coverage that comes and goes between a browser and the origin under test, as in a cellar."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

CHUNK = 64 * 1024


class Mast:
    """Passes on what is sent to `origin`, while there is coverage; without, nobody answers at its address."""

    def __init__(self, origin: str) -> None:
        self._to = urlsplit(origin)
        self._port = 0
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def up(self) -> None:
        self._server = await asyncio.start_server(self._pass_on, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def down(self) -> None:
        """Nothing that is open stays so."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in list(self._open):
            writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, to = await asyncio.open_connection(self._to.hostname, self._to.port)
        both = {writer, to}
        self._open |= both
        try:
            await asyncio.gather(_copied(reader, to), _copied(there, writer))
        finally:
            self._open -= both


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while some := await reader.read(CHUNK):
            writer.write(some)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def coverage(origin: str) -> AsyncIterator[Mast]:
    """A mast that is up at first."""
    mast = Mast(origin)
    await mast.up()
    try:
        yield mast
    finally:
        await mast.down()
