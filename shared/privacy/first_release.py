"""The vault while data of the first release is moved: a key for each matter, where there was one for each tenancy (decision 0023).

Goes with the rest of the moving, when no data of the first release is left to move.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from os import urandom
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import asyncpg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.ground.database import connect
from shared.privacy.master_keys import MasterKeys
from shared.privacy.matter import Matter, MatterKind
from shared.privacy.personal import Keyring, Personal, Sealed

BY, WHY = "system:move", "first_release"
"""Who made the links, and why: what the vault says of them for ever."""
UNREADABLE_BYTES = 24

_NOTES = """
    create table if not exists moving (old uuid primary key, new uuid not null, is_tenancy bool not null);
    create table if not exists moved (service text primary key)
"""
"""What is remembered until all four are moved: which ids were given up, and for which; and who is moved."""


@dataclass(frozen=True, slots=True)
class Anew:
    """A value on its way from one key to another. `text` is `None` where nothing opened it any more: then nothing ever will."""

    matter: UUID
    key: UUID
    """The data key that opens it from now on: its matter's, or one of its own inside it."""
    of: str
    text: str | None = field(repr=False)


def whereabouts(matter: UUID, of: str, text: object) -> Anew:
    """Where a matter is: all of it under one key of its own, whose id every service works out alike."""
    return Anew(matter, uuid5(matter, "whereabouts"), of, None if text is None else str(text))


def words(matter: UUID, of: str, text: str | None) -> Anew:
    """What somebody wrote, under a key of its own."""
    return Anew(matter, uuid5(matter, of), of, text)


@dataclass(frozen=True, slots=True)
class Renamed:
    """An id that told something, and the one that stands in its place from now on."""

    old: UUID
    new: UUID
    is_tenancy: bool = False


@dataclass(frozen=True, slots=True)
class Began:
    """A matter of before: since when it is one, and whose key what belongs to it was sealed with."""

    matter: Matter
    association: str
    since: datetime
    tenancy: UUID


New = tuple[UUID, UUID, MatterKind | None, str, tuple[datetime, str, str] | None]
"""A key to be made: its id, its matter, what that is, in which association, and when, by whom and why it is destroyed already."""


class MatterIsNotThere(Exception):
    """Something is sealed for a matter that the vault does not know: a service that begins it is not moved yet."""


class MovingVault:
    """The vault, as its owner. Everything it writes may be written twice, so that a move that was broken off goes on."""

    def __init__(self, connection: asyncpg.Connection[Any], masters: MasterKeys) -> None:
        self._connection = connection
        self._masters = masters
        self._old = Keyring({})
        self._destroyed: dict[UUID, tuple[datetime, str, str]] = {}
        self.tenancies: frozenset[UUID] = frozenset()
        """What were subjects of keys, and are none any more."""
        self.ids: Mapping[UUID, UUID] = {}
        """Each id that told something, and the one in its place."""

    @classmethod
    @asynccontextmanager
    async def opened(cls, owner_url: str, master_key_file: Path) -> AsyncIterator[MovingVault]:
        """Prove that the master key fits, and find what is remembered; raises `WrongMasterKey`."""
        connection = await connect(owner_url)
        try:
            yield cls(connection, await MasterKeys.opened(master_key_file, connection))
        finally:
            await connection.close()

    async def begin(self) -> None:
        """Remember from now on, and know what was remembered before."""
        await self._connection.execute(_NOTES)
        await self._read()

    async def rename(self, renamed: Collection[Renamed]) -> None:
        """Give these ids up; who was given a new one before keeps it."""
        if renamed:
            await self._connection.executemany(
                "insert into moving (old, new, is_tenancy) values ($1, $2, $3) on conflict do nothing",
                [(each.old, each.new, each.is_tenancy) for each in renamed],
            )
        await self._read()

    async def _read(self) -> None:
        rows = await self._connection.fetch("select old, new, is_tenancy from moving")
        self.ids = {UUID(bytes=row["old"].bytes): UUID(bytes=row["new"].bytes) for row in rows}
        self.tenancies = frozenset(UUID(bytes=row["old"].bytes) for row in rows if row["is_tenancy"])
        gone = await self._connection.fetch(
            "select id, destroyed_at, destroyed_by, reason from keys where id = any($1::uuid[]) and wrapped is null", list(self.tenancies)
        )
        self._destroyed.update({id: (at, by, reason) for id, at, by, reason in gone})
        self._old = Keyring(dict.fromkeys(self.tenancies) | await self._found(self.tenancies))

    def open(self, sealed: Sealed | None) -> str | None:
        """What was sealed for a tenancy; `None` where its key was destroyed."""
        return self._old.opened(sealed)

    async def make_known(self, began: Sequence[Began]) -> None:
        """A key and links for each matter; one whose tenancy was erased is erased, and linked to nobody."""
        new = {each.matter.id: each for each in reversed(began)}.values()
        keys = [(each.matter.id, each.matter.id, each.matter.kind, each.association, self._destroyed.get(each.tenancy)) for each in new]
        links = [
            (matter.id, matter.kind, each.association, link.about, link.id, link.role, each.since, BY, WHY)
            for each in began
            if each.tenancy not in self._destroyed
            for matter in (each.matter,)
            for link in matter.links
        ]
        async with self._connection.transaction():
            await self._add(keys)
            await self._connection.executemany(
                "insert into links (matter, matter_kind, association, about, id, role, since, made_by, made_why)"
                " values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (matter, about, id) where until is null do nothing",
                links,
            )

    async def seal(self, values: Iterable[Anew]) -> dict[Anew, Sealed]:
        """Each value under its key, which is made where it is not there; under none that anybody has where its matter is erased."""
        wanted = {value: value.key for value in values}
        matters = {value.key: value.matter for value in wanted}
        keyring = await self._keys(matters)
        return {value: self._sealed(value, keyring) for value in wanted}

    def _sealed(self, value: Anew, keyring: Keyring) -> Sealed:
        if value.text is not None and keyring.holds(value.key):
            return keyring.seal(Personal(value.key, value.text), of=value.of)
        nobodys = Keyring({value.key: AESGCM(AESGCM.generate_key(256))})
        return nobodys.seal(Personal(value.key, urandom(UNREADABLE_BYTES).hex()), of=value.of)

    async def _keys(self, matters: Mapping[UUID, UUID]) -> Keyring:
        """The keys with these ids, by their matters."""
        there = await self._found(matters)
        missing = matters.keys() - there.keys()
        if missing:
            rows = await self._connection.fetch(
                "select id, association, destroyed_at, destroyed_by, reason from keys where id = any($1::uuid[])",
                list({matters[key] for key in missing}),
            )
            of = {row["id"]: row for row in rows}
            if {matters[key] for key in missing} - of.keys():
                raise MatterIsNotThere
            new: list[New] = []
            for key in missing:
                _, association, at, by, reason = of[matters[key]]
                new.append((key, matters[key], None, association, (at, by, reason) if at else None))
            await self._add(new)
            there |= await self._found(missing)
        return Keyring(there)

    async def _found(self, ids: Iterable[UUID]) -> dict[UUID, AESGCM | None]:
        rows = [
            tuple(row) for row in await self._connection.fetch("select id, wrapped, master from keys where id = any($1::uuid[])", list(ids))
        ]
        secrets = await self._masters.unwrapped([row for row in rows if row[1]], self._connection)
        return {id: AESGCM(secrets[id]) if id in secrets else None for id, *_ in rows}

    async def _add(self, keys: Sequence[New]) -> None:
        master, wrapped = await self._masters.wrapped({id: AESGCM.generate_key(256) for id, *_, destroyed in keys if not destroyed})
        await self._connection.executemany(
            "insert into keys (id, matter, kind, association, wrapped, master, destroyed_at, destroyed_by, reason)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
            [
                (id, matter, kind, association, wrapped.get(id), master, *(destroyed or (None, None, None)))
                for id, matter, kind, association, destroyed in keys
            ],
        )

    async def is_moved(self, service: str) -> bool:
        """Whether a service was moved before this one."""
        return await self._remembers() and bool(await self._connection.fetchval("select true from moved where service = $1", service))

    async def note(self, service: str, *, of: Collection[str]) -> bool:
        """A service is moved. When all `of` them are, the keys of tenancies are thrown away and nothing is remembered; answers whether."""
        if not await self._remembers():
            return False
        async with self._connection.transaction():
            await self._connection.execute("lock table moved")
            await self._connection.execute("insert into moved (service) values ($1) on conflict do nothing", service)
            done = {row["service"] for row in await self._connection.fetch("select service from moved")}
            if not done >= set(of):
                return False
            await self._connection.execute(
                "delete from keys where id in (select old from moving where is_tenancy);"
                "update keys set kind = 'colleague' where id = matter and kind is null;"  # nobody else had one then
                "drop table moving; drop table moved"
            )
        return True

    async def _remembers(self) -> bool:
        return bool(await self._connection.fetchval("select to_regclass('moved') is not null"))
