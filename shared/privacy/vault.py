"""The keys of matters, each wrapped by the master key; whom each matter is about; and the destruction of keys (design.md §3.7, §12)."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import structlog
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from uuid_utils.compat import uuid7

from shared.ground.database import AWAY, connect, open_pool
from shared.ground.errors import IdIsOfSomethingElse
from shared.privacy.master_key import MasterKeyIsAway, WrongMasterKey
from shared.privacy.master_keys import CHANGED, CHANGING, MASTER_KEY_WAS_CHANGED, OPEN, MasterKeys
from shared.privacy.matter import About, Link, Matter, MatterKind, told_apart
from shared.privacy.personal import Keyring
from shared.privacy.proposals import Act, BeingErased, Change, Proposals
from shared.privacy.sign_ins import SignIns

KEPT = 20_000
"""Unwrapped keys kept in memory at most."""
DESTROYED = "key_destroyed"
DESTROYING = 7_201_003
"""The advisory lock of whoever destroys keys."""

log = structlog.get_logger()
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Begun:
    """What came of beginning matters: under which id each is known, and the keys to seal with."""

    ids: Mapping[Matter, UUID]
    keyring: Keyring


@dataclass(frozen=True, slots=True)
class Made:
    """What beginning matters wrote: under which id each is known, the secrets, those of texts with their matter, and which are new."""

    ids: Mapping[Matter, UUID]
    secrets: Mapping[UUID, bytes]
    texts: Mapping[UUID, tuple[UUID, bytes]]
    fresh: Collection[UUID]


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A matter with everybody it is and ever was about."""

    id: UUID
    kind: MatterKind
    since: datetime
    part_of: UUID | None = None
    now: set[Link] = field(default_factory=set)
    before: set[Link] = field(default_factory=set)
    """Links that ended."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A matter as the vault has it now."""

    matter: Matter
    since: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkInTime:
    """One link of a matter, with its history."""

    link: Link
    since: datetime
    made_by: str
    made_why: str
    until: datetime | None = None
    ended_by: str | None = None
    ended_why: str | None = None


Claim = tuple[UUID, UUID | None, str, MatterKind | None]
"""A key, the matter it is said to be of, in which association, and what that matter is said to be."""


class Vault:
    """Finds, makes and destroys data keys. Keys are kept in memory and forgotten the moment anyone destroys them."""

    def __init__(self, pool: asyncpg.Pool[Any], url: str, masters: MasterKeys) -> None:
        self._pool = pool
        self._url = url
        self.masters = masters
        self._kept: OrderedDict[UUID, AESGCM] = OrderedDict()
        self._may_keep = False
        self._forgotten = 0
        """How often a key was forgotten: what was asked for before that may be what has to be forgotten, and is not kept."""
        self._hearing: asyncio.Task[None] | None = None
        self.proposals = Proposals(pool)
        self.sign_ins = SignIns(pool)

    @classmethod
    async def opened(cls, url: str, master_key_file: Path, *, size: int = 4) -> Vault:
        """Open the vault and prove that the master key fits; raises `WrongMasterKey`, `MasterKeyIsAway`."""
        pool = await open_pool(url, size=size)
        try:
            masters = await MasterKeys.opened(master_key_file, pool)
        except BaseException:
            await pool.close()
            raise
        vault = cls(pool, url, masters)
        ready = asyncio.Event()
        vault._hearing = asyncio.create_task(vault._hear_of_destruction(ready), name="vault: hear of destruction")
        await ready.wait()
        return vault

    @property
    def fingerprinting(self) -> bytes:
        """Keys the fingerprints of requests; it stays what it is when the master key changes."""
        return self.masters.fingerprinting

    async def close(self) -> None:
        if self._hearing:
            self._hearing.cancel()
            with suppress(asyncio.CancelledError):
                await self._hearing
        await self._pool.close()

    async def begin(
        self,
        matters: Iterable[Matter],
        *,
        association: str,
        by: str,
        why: str,
        own_keys: Mapping[UUID, int] | None = None,
        act: Act | None = None,
    ) -> Begun:
        """Make the key and the links of each matter, durable before its first event is, and so many keys for texts in it.

        Said again it changes nothing: a tenancy, or a person's part of something, that is a matter already keeps the id it has. With an
        `act` the links are only proposed. Raises `IdIsOfSomethingElse` where it is that of another matter, or of somebody or something a
        matter is about, and `BeingErased`.
        """
        new = list(dict.fromkeys(matters))
        return await self._under_the_key_in_use(
            lambda: self._begin(new, association=association, by=by, why=why, own_keys=own_keys, act=act)
        )

    async def _begin(
        self,
        new: Sequence[Matter],
        *,
        association: str,
        by: str,
        why: str,
        own_keys: Mapping[UUID, int] | None,
        act: Act | None,
        tries: int = 4,
    ) -> Begun:
        if act is None:
            try:
                made = await self._made(self._pool, new, association=association, by=by, why=why, own_keys=own_keys)
            except asyncpg.UniqueViolationError:  # somebody began the same tenancy, or the same part, at this moment: now it is known
                if tries == 1:
                    raise
                return await self._begin(new, association=association, by=by, why=why, own_keys=own_keys, act=None, tries=tries - 1)
        else:
            async with self.proposals.alone() as connection:
                made = await self._made(connection, new, association=association, by=by, why=why, own_keys=own_keys, is_proposed=True)
                changes = [Change(matter=made.ids[one], kind=one.kind, links=one.links, part_of=one.part_of) for one in new]
                await self.proposals.write(connection, act, changes)
        kinds = {id: matter.kind for matter, id in made.ids.items()}
        fresh = made.fresh
        keyring = Keyring(
            {id: AESGCM(secret) for id, secret in made.secrets.items() if id in fresh},
            unused={
                matter: [(id, AESGCM(secret)) for id, (of, secret) in made.texts.items() if of == matter]
                for matter in (own_keys or {})
                if matter in fresh
            },
        )
        old = made.secrets.keys() - fresh
        if old:
            await self._must_be_these(old, kinds, association, named=[link.id for matter in new for link in matter.links])
        if old or (own_keys or {}).keys() - fresh:
            before = {matter: count for matter, count in (own_keys or {}).items() if matter not in fresh}
            keyring = keyring.together_with(await self.keyring(old, own_keys=before))
        return Begun(made.ids, keyring)

    async def _made(
        self,
        connection: asyncpg.Pool[Any] | asyncpg.Connection[Any],
        new: Sequence[Matter],
        *,
        association: str,
        by: str,
        why: str,
        own_keys: Mapping[UUID, int] | None,
        is_proposed: bool = False,
    ) -> Made:
        """The keys, and the links unless they are only proposed, in one statement."""
        ids = await self._known(new, association, connection)
        for matter in new:
            if identity := _identity(matter):
                ids.setdefault(identity, matter.id)
        begun = {matter: ids.get(_identity(matter), matter.id) for matter in new}
        secrets = {id: AESGCM.generate_key(256) for id in begun.values()}
        texts = {uuid7(): (matter, AESGCM.generate_key(256)) for matter, count in (own_keys or {}).items() for _ in range(count)}
        kinds = {id: matter.kind for matter, id in begun.items()}
        master, wrapped = await self.masters.wrapped(secrets | {id: secret for id, (_, secret) in texts.items()})
        keys: list[tuple[Any, ...]] = [(id, id, kinds[id], wrapped[id]) for id in secrets]
        keys += [(id, matter, None, wrapped[id]) for id, (matter, _) in texts.items()]
        links = [
            (begun[matter], matter.kind, matter.part_of, link.about, link.id, link.role, matter.kind is MatterKind.TENANCY)
            for matter in new
            for link in matter.links
            if not is_proposed
        ]
        alike = [(begun[matter], matter.kind, matter.like) for matter in new if matter.like is not None]
        rows = await connection.fetch(
            "with told as (select * from unnest($4::uuid[], $5::uuid[], $6::text[], $7::bytea[]) as t (id, matter, kind, wrapped)),"
            " begun as (insert into keys (id, matter, kind, association, wrapped, master)"
            " select id, matter, kind, $1, wrapped, $18 from told where id = matter and not exists (select from links"
            " where links.about in ('person', 'tenancy', 'home') and links.id = told.id)"
            " and not exists (select from erasing where erasing.id = any($12::uuid[])) on conflict do nothing returning id),"
            " texts as (insert into keys (id, matter, association, wrapped, master)"
            " select id, matter, $1, wrapped, $18 from told where id <> matter and matter in (select id from begun)),"
            " linked as (insert into links (matter, matter_kind, part_of, association, about, id, role, made_by, made_why)"
            " select matter, kind, part_of, $1, about, id, role, $2, $3 from unnest("
            " $8::uuid[], $9::text[], $10::uuid[], $11::text[], $12::uuid[], $13::text[], $14::bool[])"
            " as t (matter, kind, part_of, about, id, role, grows) where grows or matter in (select id from begun)"
            " on conflict (matter, about, id) where until is null do nothing),"
            " alike as (insert into links (matter, matter_kind, association, about, id, role, made_by, made_why)"
            " select t.matter, t.kind, $1, about, links.id, role, $2, $3 from unnest($15::uuid[], $16::text[], $17::uuid[])"
            " as t (matter, kind, alike) join links on links.matter = t.alike and until is null and links.association = $1"
            " where t.matter in (select id from begun) and not exists (select from erasing where erasing.id = links.id))"
            " select id from begun",
            association, by, why, *_columns(keys, 4), *_columns(links, 7), *_columns(alike, 3), master,
        )  # fmt: skip
        return Made(begun, secrets, texts, {row["id"] for row in rows})

    async def _must_be_these(
        self, ids: Collection[UUID], kinds: Mapping[UUID, MatterKind], association: str, *, named: Sequence[UUID]
    ) -> None:
        """An id is made where the fact arises, so somebody may name one that is something else's: then nothing is sealed with its key."""
        rows = await self._pool.fetch("select id, association, kind from keys where id = any($1::uuid[])", list(ids))
        if len(rows) < len(ids) and await self._pool.fetchval("select exists (select from erasing where id = any($1::uuid[]))", named):
            raise BeingErased
        if {row["id"]: (row["association"], row["kind"]) for row in rows} != {id: (association, kinds[id]) for id in ids}:
            raise IdIsOfSomethingElse

    async def _known(
        self, matters: Sequence[Matter], association: str, connection: asyncpg.Pool[Any] | asyncpg.Connection[Any]
    ) -> dict[Identity | None, UUID]:
        """Those tenancies and parts that are matters already, or are proposed to be, and under which id."""
        wanted = {identity for matter in matters if (identity := _identity(matter))}
        if not wanted:
            return {}
        rows = await connection.fetch(
            "with said as (select matter, matter_kind, part_of, about, id, role, until is null as holds from links where association = $1"
            " and id = any($2::uuid[]) union all select matter, matter_kind, part_of, t.about, t.id, t.role, true from proposed,"
            " unnest(abouts, ids, roles) as t (about, id, role) where association = $1 and t.id = any($2::uuid[]))"
            " select case when matter_kind = 'observation' then role else part_of::text end as of, id, matter from said"
            " where matter_kind = 'observation' and about = 'tenancy' and role <> ''"
            " or holds and (matter_kind = 'tenancy' and about = 'tenancy' or matter_kind = 'part' and about = 'person')",
            association, [id for _, id in wanted],
        )  # fmt: skip
        found = {(row["of"] and told_apart(row["of"]), row["id"]): row["matter"] for row in rows}
        return {identity: matter for identity, matter in found.items() if identity in wanted}

    async def begun(self) -> list[tuple[UUID, str, str]]:
        """What began with a tenancy lately, in which association, and as what, as long as it has a key.

        What the register has not known for so long is nothing to begin with any more.
        """
        rows = await self._pool.fetch(
            "select links.matter, links.association, role from links join keys on keys.id = links.matter and wrapped is not null"
            " where matter_kind = 'observation' and about = 'tenancy' and role <> '' and until is null"
            " and since > now() - interval '100 days' order by links.matter"
        )
        return [tuple(row) for row in rows]

    async def known_as(self, matter: Matter, *, association: str) -> UUID | None:
        """Under which id a tenancy, or a person's part of something, is a matter already; `None` where it is none."""
        return (await self._known([matter], association, self._pool)).get(_identity(matter))

    async def keyring(self, wanted: Iterable[UUID], *, own_keys: Mapping[UUID, int] | None = None) -> Keyring:
        """The keys with these ids, and so many new ones for texts of each matter.

        A key that is destroyed, or was never made, opens nothing; a matter without a key gets none for a text either.
        """
        wanted = set(wanted) | (own_keys or {}).keys()
        keys: dict[UUID, AESGCM | None] = {}
        for id in wanted:
            if kept := self._kept.get(id):
                keys[id] = kept
                self._kept.move_to_end(id)
        missing = wanted - keys.keys()
        if missing:
            asked_at = self._forgotten
            rows = await self._pool.fetch(
                "select id, wrapped, master from keys where id = any($1::uuid[]) and wrapped is not null", list(missing)
            )
            for id, secret in (await self.masters.unwrapped([tuple(row) for row in rows], self._pool)).items():
                keys[id] = key = AESGCM(secret)
                self._keep(id, key, asked_at)
        unused = {
            matter: await self._under_the_key_in_use(partial(self._make_for_texts, matter, count))
            for matter, count in (own_keys or {}).items()
            if keys.get(matter)
        }
        return Keyring({id: keys.get(id) for id in wanted}, unused=unused)

    async def strange(self, keys: Iterable[Claim]) -> set[Claim]:
        """Which of these keys open something and are not of the matter that is said: not its own, of a text in it, or of a person's part of
        it; nor of that association, or of such a matter."""
        rows = await self._pool.fetch(
            "select t.* from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as t (id, whose, association, kind)"
            " join keys on keys.id = t.id and wrapped is not null"
            " where keys.association <> t.association or not (keys.matter is not distinct from whose or exists"
            " (select from links where links.matter = keys.matter and links.part_of = whose)"
            " or exists (select from proposed where proposed.matter = keys.matter and proposed.part_of = whose))"
            " or (t.kind is not null and not exists (select from keys as own where own.id = keys.matter and own.kind = t.kind))",
            *_columns(list(set(keys)), 4),
        )
        return {(row["id"], row["whose"], row["association"], MatterKind(row["kind"]) if row["kind"] else None) for row in rows}

    async def _make_for_texts(self, matter: UUID, count: int) -> list[tuple[UUID, AESGCM]]:
        """Keys of their own for texts of a matter, unless its key is destroyed at this very moment."""
        made: list[tuple[UUID, bytes]] = [(uuid7(), AESGCM.generate_key(256)) for _ in range(count)]
        asked_at = self._forgotten
        master, wrapped = await self.masters.wrapped(dict(made))
        alive = await self._pool.fetchval(
            "with alive as (select id, association from keys where id = $1 and wrapped is not null for share),"
            " made as (insert into keys (id, matter, association, wrapped, master)"
            " select t.id, alive.id, alive.association, t.wrapped, $4 from alive, unnest($2::uuid[], $3::bytea[]) as t (id, wrapped))"
            " select true from alive",
            matter, *_columns(list(wrapped.items()), 2), master,
        )  # fmt: skip
        if not alive:
            return []
        unused = [(id, AESGCM(secret)) for id, secret in made]
        for id, key in unused:
            self._keep(id, key, asked_at)
        return unused

    async def _under_the_key_in_use(self, work: Callable[[], Awaitable[T]]) -> T:
        """Work that makes keys, once more where the master key was changed meanwhile: nothing of the first try is stored then."""
        for is_last in (False, True):
            try:
                return await work()
            except asyncpg.PostgresError as error:
                if error.sqlstate != MASTER_KEY_WAS_CHANGED:
                    raise
                if is_last:
                    raise MasterKeyIsAway("the master key is being changed") from error
                await self.masters.look_again(self._pool)
        raise AssertionError

    def _keep(self, id: UUID, key: AESGCM, asked_at: int) -> None:
        if self._may_keep and asked_at == self._forgotten:
            self._kept[id] = key
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    async def matters_about(self, *, association: str, about: About, id: UUID) -> list[Filed]:
        """Every matter that is about a person, a tenancy or a home now, with everybody else it is about."""
        rows = await self._pool.fetch(
            "select matter, matter_kind, about, id, role, since from links where until is null and matter in"
            " (select matter from links where association = $1 and about = $2 and id = $3 and until is null)"
            " order by matter, about, id",
            association, about, id,
        )  # fmt: skip
        return _filed(rows)

    async def alike(self, matter: UUID, *, association: str, but: Iterable[str] = ()) -> frozenset[UUID]:
        """The other matters that are now about somebody this one is about, themselves or by a part of theirs; `but` are roles that do not
        count. Whoever lives together with somebody is not them: a tenancy is no person.
        """
        rows = await self._pool.fetch(
            "with persons as (select distinct id from links where association = $1 and (matter = $2 or part_of = $2)"
            " and about = 'person' and until is null and role <> all($3::text[]))"
            " select distinct coalesce(part_of, matter) as matter from links where association = $1 and id in (select id from persons)"
            " and about = 'person' and until is null and role <> all($3::text[])",
            association, matter, list(but),
        )  # fmt: skip
        return frozenset(row["matter"] for row in rows) - {matter}

    async def links_of(self, matter: UUID, *, association: str) -> list[LinkInTime]:
        """Whom a matter is and was about, oldest first: since and until when, by whom, why."""
        rows = await self._pool.fetch(
            "select about, id, role, since, made_by, made_why, until, ended_by, ended_why from links"
            " where matter = $1 and association = $2 order by since, about, id",
            matter, association,
        )  # fmt: skip
        return [
            LinkInTime(
                link=Link(About(row["about"]), row["id"], row["role"]),
                since=row["since"],
                made_by=row["made_by"],
                made_why=row["made_why"],
                until=row["until"],
                ended_by=row["ended_by"],
                ended_why=row["ended_why"],
            )
            for row in rows
        ]

    async def files(self, *, association: str, matters: Iterable[UUID] = (), about: Iterable[tuple[About, UUID]] = ()) -> list[File]:
        """These matters, and those that are or ever were about one of these, with the parts of all and every link, ended ones too."""
        named = list(about)
        rows = await self._pool.fetch(
            "with named as (select unnest($2::uuid[]) as matter union select matter from links where association = $1"
            " and (about, id) in (select * from unnest($3::text[], $4::uuid[])))"
            " select matter, matter_kind, part_of, about, id, role, since, until is null as holds from links where association = $1"
            " and (matter in (select matter from named) or part_of in (select matter from named)) order by since, matter, about, id",
            association, list(matters), [kind for kind, _ in named], [id for _, id in named],
        )  # fmt: skip
        files: dict[UUID, File] = {}
        for row in rows:
            file = files.setdefault(
                row["matter"],
                File(id=row["matter"], kind=MatterKind(row["matter_kind"]), since=row["since"], part_of=row["part_of"]),
            )
            link = Link(About(row["about"]), row["id"], row["role"])
            (file.now if row["holds"] else file.before).add(link)
        return list(files.values())

    async def unlinked(self, matter: UUID, *, association: str) -> File | None:
        """A matter that nobody knows whom it is about, if there is one with a key."""
        row = await self._pool.fetchrow(
            "select kind, made_at from keys where id = $1 and matter = id and kind is not null and association = $2 and wrapped is not null"
            " and not exists (select from links where links.matter = keys.id)",
            matter, association,
        )  # fmt: skip
        return File(id=matter, kind=MatterKind(row["kind"]), since=row["made_at"]) if row else None

    async def texts_in(self, matters: Iterable[UUID], *, association: str) -> int:
        """How many texts have or had a key of their own in these matters."""
        count: int = await self._pool.fetchval(
            "select count(*) from keys where matter = any($1::uuid[]) and matter <> id and association = $2",
            list(set(matters)), association,
        )  # fmt: skip
        return count

    async def settle(self, act: UUID, *, has_happened: bool) -> None:
        """Make what an act proposed, or let go of it. Said again it changes nothing."""
        if not has_happened:
            await self.proposals.let_go(act)
            return
        for text, association, by, why in await self.proposals.texts_of(act):
            await self.redact(text, association=association, by=by, reason=why)
        await self.proposals.make(act)

    async def destroy(
        self, matters: Iterable[UUID], *, association: str, by: str, reason: str, let_go: Iterable[tuple[UUID, About, UUID]] = ()
    ) -> list[UUID]:
        """Destroy the keys of matters and of every text in them, and forget whom they were about: unreadable, everywhere, from now on.

        `let_go` are links of other matters that are forgotten too, as if they had never been. Answers those that had a key to destroy. A
        destroyed matter never gets a new key.
        """
        wanted, lost = list(set(matters)), list(let_go)
        async with self._destroying() as connection:
            rows = await connection.fetch(
                "update keys set wrapped = null, destroyed_at = date_trunc('day', now()), destroyed_by = $3, reason = $4"
                " where matter = any($1::uuid[]) and association = $2 and wrapped is not null returning id, matter",
                wanted, association, by, reason,
            )  # fmt: skip
            await connection.execute("delete from links where matter = any($1::uuid[]) and association = $2", wanted, association)
            await connection.execute(
                "delete from links where association = $1"
                " and (matter, about, id) in (select * from unnest($2::uuid[], $3::text[], $4::uuid[]))",
                association, *_columns(lost, 3),
            )  # fmt: skip
            await self._tell_of(connection, [row["id"] for row in rows])
        return sorted({row["matter"] for row in rows})

    async def redact(self, text: UUID, *, association: str, by: str, reason: str) -> bool:
        """Destroy the key of one text; everything else of its matter stays. Answers whether there was a text with a key of its own."""
        async with self._destroying() as connection:
            done = await connection.fetchval(
                "update keys set wrapped = null, destroyed_at = date_trunc('day', now()), destroyed_by = $3, reason = $4"
                " where id = $1 and matter <> id and association = $2 and wrapped is not null returning true",
                text, association, by, reason,
            )  # fmt: skip
            await self._tell_of(connection, [text])
        return bool(done)

    async def destroyed_since(self, moment: datetime) -> list[tuple[UUID, str, str, str]]:
        """The keys destroyed since that day (id, association, by, reason): the list that a restored backup is brought up to date with.

        Only the day is kept: the moment would tell which matters went together.
        """
        rows = await self._pool.fetch(
            "select id, association, destroyed_by, reason from keys where destroyed_at >= date_trunc('day', $1::timestamptz) order by id",
            moment,
        )
        return [tuple(row) for row in rows]

    async def destroy_again(self, keys: Iterable[UUID], *, by: str, reason: str) -> list[UUID]:
        """Destroy these keys once more, in a vault that was restored from before they were; answers the matters among them that had one."""
        wanted = list(set(keys))
        async with self._destroying() as connection:
            rows = await connection.fetch(
                "update keys set wrapped = null, destroyed_at = date_trunc('day', now()), destroyed_by = $2, reason = $3"
                " where (id = any($1::uuid[]) or matter = any($1::uuid[])) and wrapped is not null returning id, matter",
                wanted, by, reason,
            )  # fmt: skip
            await connection.execute("delete from links where matter = any($1::uuid[])", wanted)
            await self._tell_of(connection, [row["id"] for row in rows])
        return sorted({row["matter"] for row in rows if row["id"] == row["matter"]})

    @asynccontextmanager
    async def _destroying(self) -> AsyncIterator[Any]:
        """A transaction that destroys keys, one at a time. At its end what is left of all keys of that day is written anew, shuffled: which
        transaction wrote a row (`xmin`), which rows lie side by side, and when each was made would tell which matters went together, and so
        were about one person."""
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute("select pg_advisory_xact_lock($1)", DESTROYING)
            yield connection
            gone = await connection.fetch("select id from keys where destroyed_at = date_trunc('day', now()) order by gen_random_uuid()")
            await connection.executemany("update keys set made_at = destroyed_at where id = $1", [(row["id"],) for row in gone])

    async def _tell_of(self, connection: Any, destroyed: Iterable[UUID]) -> None:
        for id in destroyed:
            self._kept.pop(id, None)
            await connection.execute(f"notify {DESTROYED}, '{id}'")

    async def _hear_of_destruction(self, ready: asyncio.Event) -> None:
        """While nobody would tell us of a destroyed key, no key is kept."""
        while True:
            try:
                connection = await connect(self._url)
            except (OSError, asyncpg.PostgresError):
                ready.set()
                await asyncio.sleep(1)
                continue
            stirred, said = asyncio.Event(), set[int]()
            connection.add_termination_listener(partial(_stir, stirred))
            try:
                await connection.add_listener(DESTROYED, self._forget)
                await connection.add_listener(CHANGED, partial(_stir, stirred))
                self._may_keep = True
                while not connection.is_closed():
                    stirred.clear()
                    await self._say_which_are_known(connection, said)
                    ready.set()
                    await stirred.wait()
            except (asyncpg.PostgresError, *AWAY) as error:
                log.warning("vault.not_heard", error=type(error).__name__)
                ready.set()
                await asyncio.sleep(1)
            finally:
                self._may_keep = False
                self._forgotten += 1
                self._kept.clear()
                connection.terminate()

    async def _say_which_are_known(self, connection: asyncpg.Connection[Any], said: set[int]) -> None:
        """Locks that last as long as this connection: whoever changes the master key sees who is here and would be left behind."""
        try:
            await self.masters.refresh(connection)
            known = {OPEN, *self.masters.known}
        except (WrongMasterKey, MasterKeyIsAway) as error:
            log.error("master_key.not_at_hand", why=str(error))
            known = {OPEN}
        for version in known - said:
            await connection.execute("select pg_advisory_lock_shared($1, $2)", CHANGING, version)
        for version in said - known:
            await connection.execute("select pg_advisory_unlock_shared($1, $2)", CHANGING, version)
        said.clear()
        said.update(known)

    def _forget(self, _connection: object, _pid: int, _channel: str, id: object) -> None:
        self._forgotten += 1
        self._kept.pop(UUID(str(id)), None)


def _stir(stirred: asyncio.Event, *_: object) -> None:
    stirred.set()


Identity = tuple[str | None, UUID]
"""Which tenancy of the ERP (`None`, its id), whose part of what, or what began with a tenancy (as what, its id), a matter is."""


def _identity(matter: Matter) -> Identity | None:
    """What a matter is told apart by besides its id, which whoever begins it makes anew each time."""
    if matter.kind is MatterKind.OBSERVATION:
        return next(((told_apart(link.role), link.id) for link in matter.links if link.about is About.TENANCY and link.role), None)
    about = About.PERSON if matter.part_of else About.TENANCY if matter.kind is MatterKind.TENANCY else None
    of = str(matter.part_of) if matter.part_of else None
    return next(((of, link.id) for link in matter.links if link.about is about), None)


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    """Rows as the arrays that `unnest` takes."""
    return [[row[n] for row in rows] for n in range(width)]


def _filed(rows: Sequence[Any]) -> list[Filed]:
    filed: dict[UUID, tuple[str, datetime, set[Link]]] = {}
    for row in rows:
        _, since, links = filed.setdefault(row["matter"], (row["matter_kind"], row["since"], set()))
        links.add(Link(About(row["about"]), row["id"], row["role"]))
        filed[row["matter"]] = (row["matter_kind"], min(since, row["since"]), links)
    return [Filed(Matter(id, MatterKind(kind), frozenset(links)), since) for id, (kind, since, links) in filed.items()]
