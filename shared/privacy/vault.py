"""The keys of the people, each wrapped by the master key, and their destruction (design.md §3.7)."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from os import urandom
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.ground.database import connect, open_pool
from shared.privacy.personal import NONCE_BYTES, Keyring

CHECK = b"this installation's master key"
KEPT = 20_000
"""Unwrapped keys kept in memory at most."""
DESTROYED = "key_destroyed"


class WrongMasterKey(Exception):
    """The master key is not the one this vault was made with. Nothing starts; nothing is written in the clear."""


class MasterKey:
    """Wraps data keys; read from a file, never printed."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != 32:
            raise WrongMasterKey("a master key is 32 bytes in base64")
        self._wrapping = AESGCM(_derived(secret, b"wrapping"))
        self.fingerprinting = _derived(secret, b"fingerprints")
        """Keys the fingerprints of requests, so that they tell nothing about what was said."""

    @classmethod
    def read(cls, file: Path) -> MasterKey:
        """Raises `WrongMasterKey` for a file that holds no key."""
        try:
            return cls(b64decode(file.read_text(encoding="ascii").strip(), validate=True))
        except (ValueError, OSError) as error:
            raise WrongMasterKey(f"the master key file cannot be used: {type(error).__name__}") from error

    def wrap(self, secret: bytes, *, of: bytes) -> bytes:
        nonce = urandom(NONCE_BYTES)
        return nonce + self._wrapping.encrypt(nonce, secret, of)

    def unwrap(self, wrapped: bytes, *, of: bytes) -> bytes:
        try:
            return self._wrapping.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], of)
        except InvalidTag as error:
            raise WrongMasterKey("a key in the vault was not wrapped by this master key, or was changed") from error


class Vault:
    """Finds, makes and destroys data keys. Keys are kept in memory and forgotten the moment anyone destroys them."""

    def __init__(self, pool: asyncpg.Pool[Any], url: str, master_key: MasterKey) -> None:
        self._pool = pool
        self._url = url
        self._master = master_key
        self._kept: OrderedDict[UUID, AESGCM] = OrderedDict()
        self._may_keep = False
        self._hearing: asyncio.Task[None] | None = None
        self.fingerprinting = master_key.fingerprinting

    @classmethod
    async def opened(cls, url: str, master_key: MasterKey, *, size: int = 4) -> Vault:
        """Open the vault and prove that the master key fits; raises `WrongMasterKey`."""
        pool = await open_pool(url, size=size)
        try:
            await pool.execute(
                "insert into master_key_check (wrapped) values ($1) on conflict do nothing", master_key.wrap(CHECK, of=CHECK)
            )
            master_key.unwrap(await pool.fetchval("select wrapped from master_key_check"), of=CHECK)
        except BaseException:
            await pool.close()
            raise
        vault = cls(pool, url, master_key)
        ready = asyncio.Event()
        vault._hearing = asyncio.create_task(vault._hear_of_destruction(ready), name="vault: hear of destruction")
        await ready.wait()
        return vault

    async def close(self) -> None:
        if self._hearing:
            self._hearing.cancel()
            with suppress(asyncio.CancelledError):
                await self._hearing
        await self._pool.close()

    async def keyring(self, subjects: Iterable[UUID], *, association: str = "", make: bool = False) -> Keyring:
        """The keys of these subjects; `make` makes missing ones for the association.

        A subject without a key (destroyed, or never made and not to be made) opens nothing.
        """
        wanted = set(subjects)
        keys: dict[UUID, AESGCM | None] = {}
        for subject in wanted:
            if kept := self._kept.get(subject):
                keys[subject] = kept
                self._kept.move_to_end(subject)
        missing = wanted - keys.keys()
        if missing:
            if make:
                await self._make(missing, association)
            rows = await self._pool.fetch("select subject, wrapped from keys where subject = any($1::uuid[])", list(missing))
            for subject, wrapped in rows:
                keys[subject] = key = AESGCM(self._master.unwrap(wrapped, of=subject.bytes)) if wrapped else None
                if key and self._may_keep:
                    self._kept[subject] = key
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return Keyring({subject: keys.get(subject) for subject in wanted})

    async def answers(self) -> None:
        """Raises what the vault's database raises when it cannot be used."""
        await self._pool.execute("select 1 from master_key_check")

    async def destroy(self, subject: UUID, *, association: str, by: str, reason: str) -> bool:
        """Destroy a person's key: everything sealed under it is unreadable, everywhere, from now on.

        Answers whether there was a key to destroy. A destroyed subject never gets a new key.
        """
        self._kept.pop(subject, None)
        async with self._pool.acquire() as connection:
            destroyed = await connection.fetchval(
                "update keys set wrapped = null, destroyed_at = now(), destroyed_by = $3, reason = $4"
                " where subject = $1 and association = $2 and wrapped is not null returning true",
                subject, association, by, reason,
            )  # fmt: skip
            if destroyed:
                await connection.execute(f"notify {DESTROYED}, '{subject}'")
        return bool(destroyed)

    async def _make(self, subjects: set[UUID], association: str) -> None:
        wrapped = {subject: self._master.wrap(AESGCM.generate_key(256), of=subject.bytes) for subject in subjects}
        await self._pool.execute(
            "insert into keys (subject, association, wrapped) select s, $3, w from unnest($1::uuid[], $2::bytea[]) as t (s, w)"
            " on conflict do nothing",
            list(wrapped), list(wrapped.values()), association,
        )  # fmt: skip

    async def _hear_of_destruction(self, ready: asyncio.Event) -> None:
        """While nobody would tell us of a destroyed key, no key is kept."""
        while True:
            try:
                connection = await connect(self._url)
            except (OSError, asyncpg.PostgresError):
                ready.set()
                await asyncio.sleep(1)
                continue
            gone = asyncio.Event()
            connection.add_termination_listener(partial(_tell, gone))
            try:
                await connection.add_listener(DESTROYED, self._forget)
                self._may_keep = True
                ready.set()
                await gone.wait()
            finally:
                self._may_keep = False
                self._kept.clear()
                connection.terminate()

    def _forget(self, _connection: object, _pid: int, _channel: str, subject: object) -> None:
        self._kept.pop(UUID(str(subject)), None)


def _derived(secret: bytes, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"brobygger " + use).derive(secret)


def _tell(gone: asyncio.Event, _connection: object) -> None:
    gone.set()
