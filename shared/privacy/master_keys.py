"""The master keys of an installation: which of them wraps, which still opens, as the vault says and the key file can (decision 0050)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import urandom
from pathlib import Path
from typing import Any, Union
from uuid import UUID

import asyncpg

from shared.privacy.master_key import KeyInFile, MasterKey, MasterKeyIsAway, WrongMasterKey, read_master_keys

CHECK = b"this installation's master key"
FINGERPRINTING = b"what keys the fingerprints of requests"
CHANGED = "master_key_changed"
"""Told when there is a new master key, when it is the one in use, and when the one before has ended."""
CHANGING = 7_201_004
"""Advisory locks: 0 of whoever writes wraps, shared, and of a change; each open vault has `OPEN` and the versions that it knows."""
OPEN = -1
MASTER_KEY_WAS_CHANGED = "BB050"
"""What the vault says to whoever still wraps under the one before."""

Connection = Union["asyncpg.Pool[Any]", "asyncpg.Connection[Any]"]


class MasterKeys:
    """What a process knows of them. The file is read again whenever the vault knows one that it does not."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: Mapping[int, MasterKey] = {}
        self.in_file: Sequence[MasterKey] = ()
        """The newest last."""
        self.current = 0
        """The version everything new is wrapped under."""
        self.fingerprinting = b""
        """Keys the fingerprints of requests, so that they tell nothing about what was said."""

    @classmethod
    async def opened(cls, file: Path, connection: Connection) -> MasterKeys:
        """Prove that the key in use is at hand. A new vault begins under the newest key of the file. Raises `WrongMasterKey`."""
        keys = cls(file)
        await keys.refresh(connection)
        return keys

    @property
    def known(self) -> frozenset[int]:
        """The versions that can be opened here."""
        return frozenset(self._known)

    async def refresh(self, connection: Connection) -> None:
        """Read file and vault again; what was known stays when that fails. Raises `WrongMasterKey`, `MasterKeyIsAway`."""
        in_file = read_master_keys(self._file)
        if not await connection.fetchval("select exists (select from master_key_check)"):
            await _note(connection, 1, in_file[-1], urandom(32) if not isinstance(in_file[-1], KeyInFile) else in_file[-1].fingerprinting)
        await _name_the_first(connection, in_file)
        rows = await connection.fetch(
            "select version, name, wrapped, fingerprinting, since is not null as is_used from master_key_check where wrapped is not null"
        )
        by_name = {key.name: key for key in in_file}
        known = {row["version"]: by_name[row["name"]] for row in rows if row["name"] in by_name}
        current = max((row for row in rows if row["is_used"]), key=lambda row: row["version"])
        if current["version"] not in known:
            raise WrongMasterKey(
                f"the keys in the vault are wrapped by the master key {current['name'] or 'it was made with'}"
                f" (version {current['version']}), and the master key file has {' and '.join(by_name)}"
            )
        key = known[current["version"]]
        _, fingerprinting = await key.unwrap([(current["wrapped"], CHECK), (current["fingerprinting"], FINGERPRINTING)])
        self.in_file, self._known, self.current, self.fingerprinting = in_file, known, current["version"], fingerprinting

    async def proves(self, connection: Connection) -> None:
        """Ask the key in use for what only it can open. Raises `WrongMasterKey`, `MasterKeyIsAway`."""
        row = await connection.fetchrow(
            "select version, wrapped from master_key_check where since is not null and wrapped is not null order by version desc limit 1"
        )
        if row is None or row["version"] not in self._known:
            raise WrongMasterKey("the master key in use is not known here")
        await self._known[row["version"]].unwrap([(row["wrapped"], CHECK)])

    async def wrapped(self, secrets: Mapping[UUID, bytes]) -> tuple[int, dict[UUID, bytes]]:
        """These data keys under the master key in use, and its version."""
        version = self.current
        wrapped = await self._known[version].wrap((secret, id.bytes) for id, secret in secrets.items())
        return version, dict(zip(secrets, wrapped, strict=True))

    async def unwrapped(self, rows: Sequence[tuple[UUID, bytes, int]], connection: Connection) -> dict[UUID, bytes]:
        """What is in these wraps (id, wrap, version). Raises `WrongMasterKey` for what was changed, `MasterKeyIsAway`."""
        if not {version for *_, version in rows} <= self.known:
            await self.look_again(connection)
        found: dict[UUID, bytes] = {}
        for version in {version for *_, version in rows}:
            if version not in self._known:
                raise MasterKeyIsAway("a key is wrapped by a master key that is not in the master key file of this process")
            some = [(id, wrap) for id, wrap, of in rows if of == version]
            secrets = await self._known[version].unwrap((wrap, id.bytes) for id, wrap in some)
            found.update(zip((id for id, _ in some), secrets, strict=True))
        return found

    async def look_again(self, connection: Connection) -> None:
        """The same as `refresh` for somebody who works: what is not there now may come. Raises `MasterKeyIsAway`."""
        try:
            await self.refresh(connection)
        except WrongMasterKey as error:
            raise MasterKeyIsAway(str(error)) from error

    async def note(self, connection: Connection, key: MasterKey) -> int:
        """Make a key known that is to be used; answers its version, also where it was known before."""
        newest: int = await connection.fetchval("select max(version) from master_key_check")
        await _note(connection, newest + 1, key, self.fingerprinting, is_used=False)
        version: int = await connection.fetchval("select version from master_key_check where name = $1", key.name)
        return version


async def _note(connection: Connection, version: int, key: MasterKey, fingerprinting: bytes, *, is_used: bool = True) -> None:
    check, keyed = await key.wrap([(CHECK, CHECK), (fingerprinting, FINGERPRINTING)])
    await connection.execute(
        "insert into master_key_check (version, name, wrapped, fingerprinting, since)"
        " values ($1, $2, $3, $4, case when $5 then now() end) on conflict do nothing",
        version, key.name, check, keyed, is_used,
    )  # fmt: skip


async def _name_the_first(connection: Connection, in_file: Sequence[MasterKey]) -> None:
    """A vault from before master keys had names has one that was in a file, whose fingerprints stay what they were."""
    wrapped = await connection.fetchval("select wrapped from master_key_check where name is null")
    for key in in_file if wrapped else ():
        if not isinstance(key, KeyInFile):
            continue
        try:
            await key.unwrap([(wrapped, CHECK)])
        except WrongMasterKey:
            continue
        [keyed] = await key.wrap([(key.fingerprinting, FINGERPRINTING)])
        await connection.execute("update master_key_check set name = $1, fingerprinting = $2 where name is null", key.name, keyed)
