"""Links that are proposed before something is decided, and made or let go of when it has happened or was refused (decision 0024).

Whom a matter is about stands in the vault, and what happens in another database. What is proposed is durable before the first event that
needs it, and is no link: nobody finds it, and no erasure counts it. What a crash leaves between the two is settled by the clock.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, cast
from uuid import UUID, uuid4

import asyncpg

from shared.privacy.matter import About, Link, MatterKind
from shared.privacy.personal import KeyIsDestroyed

PROPOSING = 7_201_004
"""The advisory lock of whoever proposes or settles: which matter a tenancy or a part is, is looked up and said under it."""


class BeingErased(KeyIsDestroyed):
    """Somebody whom it would be about is being erased at this moment: nothing new is linked to them."""


class Others(StrEnum):
    """What becomes of the other links of a matter."""

    STAY = "stay"
    PEOPLE_END = "people_end"
    END = "end"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What an act does to the links of one matter."""

    matter: UUID
    kind: MatterKind
    links: frozenset[Link] = frozenset()
    """It is about these."""
    part_of: UUID | None = None
    others: Others = Others.STAY
    texts: tuple[UUID, ...] = ()
    """Keys in it that are destroyed: they opened where it was by mistake (S14)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """Something that is about to be decided, by whom and why."""

    service: str
    association: str
    by: str
    why: str
    id: UUID = field(default_factory=uuid4)


class Proposals:
    """What is proposed in a vault."""

    def __init__(self, pool: asyncpg.Pool[Any]) -> None:
        self._pool = pool

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[asyncpg.Connection[Any]]:
        """A transaction in which nobody else proposes or settles."""
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute("select pg_advisory_xact_lock($1)", PROPOSING)
            yield cast("asyncpg.Connection[Any]", connection)

    async def propose(self, act: Act, changes: Iterable[Change]) -> None:
        """Write down what is to become of the links. Raises `BeingErased`, `KeyIsDestroyed`."""
        async with self.alone() as connection:
            await self.write(connection, act, changes)

    async def write(self, connection: asyncpg.Connection[Any], act: Act, changes: Iterable[Change]) -> None:
        """The same on a connection that is `alone`."""
        wanted = list(changes)
        rows = await connection.fetch(
            "select matter, about, id, role from links where association = $1 and matter = any($2::uuid[]) and until is null",
            act.association, [change.matter for change in wanted],
        )  # fmt: skip
        standing: dict[UUID, set[Link]] = {}
        for row in rows:
            standing.setdefault(row["matter"], set()).add(Link(About(row["about"]), row["id"], row["role"]))
        waiting = {row["matter"] for row in await connection.fetch("select matter from proposed")}
        news = [change for change in wanted if change.matter in waiting or _is_news(change, standing.get(change.matter, set()))]
        for change in news:
            await self._must_be_free(connection, change)
            links = sorted(change.links, key=lambda link: (link.about, link.id))
            await connection.execute(
                "insert into proposed (act, service, association, matter, matter_kind, part_of, others, abouts, ids, roles, texts,"
                " made_by, made_why) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                act.id, act.service, act.association, change.matter, change.kind, change.part_of, change.others,
                [link.about for link in links], [link.id for link in links], [link.role for link in links], list(change.texts),
                act.by, act.why,
            )  # fmt: skip

    async def _must_be_free(self, connection: asyncpg.Connection[Any], change: Change) -> None:
        named = {change.matter, *(link.id for link in change.links)} | ({change.part_of} if change.part_of else set())
        if await connection.fetchval("select exists (select from erasing where id = any($1::uuid[]))", list(named)):
            raise BeingErased
        if change.part_of and await connection.fetchval("select wrapped is null from keys where id = $1", change.part_of):
            raise KeyIsDestroyed

    async def texts_of(self, act: UUID) -> list[tuple[UUID, str, str, str]]:
        """The keys that are destroyed because of an act: id, association, by whom, why."""
        rows = await self._pool.fetch("select unnest(texts) as id, association, made_by, made_why from proposed where act = $1", act)
        return [tuple(row) for row in rows]

    async def make(self, act: UUID) -> None:
        """It has happened: what it proposed is so. Said again it changes nothing."""
        async with self.alone() as connection:
            for row in await connection.fetch("select * from proposed where act = $1 order by n", act):
                if row["others"] != Others.STAY:
                    await connection.execute(
                        "update links set until = now(), ended_by = $3, ended_why = $4"
                        " where matter = $1 and association = $2 and until is null and (about = 'person' or $5)"
                        " and (about, id) not in (select * from unnest($6::text[], $7::uuid[]))",
                        row["matter"], row["association"], row["made_by"], row["made_why"], row["others"] == Others.END,
                        row["abouts"], row["ids"],
                    )  # fmt: skip
                await connection.execute(
                    "insert into links (matter, matter_kind, part_of, association, about, id, role, made_by, made_why)"
                    " select $1, $2, $3, $4, about, id, role, $5, $6 from unnest($7::text[], $8::uuid[], $9::text[]) as t (about, id, role)"
                    " where exists (select from keys where keys.id = $1 and wrapped is not null)"
                    " on conflict (matter, about, id) where until is null do update set role = excluded.role where links.about = 'person'",
                    row["matter"], row["matter_kind"], row["part_of"], row["association"], row["made_by"], row["made_why"],
                    row["abouts"], row["ids"], row["roles"],
                )  # fmt: skip
            await connection.execute("delete from proposed where act = $1", act)

    async def let_go(self, act: UUID) -> None:
        """It was refused: nothing of it was ever so. A key that began with it stays, and is nobody's."""
        await self._pool.execute("delete from proposed where act = $1", act)

    async def left_behind(self, service: str, *, after: timedelta) -> list[UUID]:
        """The acts of a service that nobody has settled for so long, the oldest first."""
        rows = await self._pool.fetch(
            "select act from proposed where service = $1 and at < now() - $2::interval group by act order by min(n)", service, after
        )
        return [row["act"] for row in rows]

    async def with_home(self, matter: UUID, home: UUID) -> frozenset[Link]:
        """Whom it is about together with a home, as somebody is about to say, or has said just now."""
        rows = await self._pool.fetch(
            "select abouts, ids, roles from proposed where matter = $1 and $2 = any(ids) and 'home' = any(abouts)", matter, home
        )
        return frozenset(
            Link(About(about), id, role) for row in rows for about, id, role in zip(row["abouts"], row["ids"], row["roles"], strict=True)
        )

    async def begin_erasing(self, erasure: UUID, named: Sequence[UUID]) -> bool:
        """From now on nothing new is linked to these; answers whether nothing is proposed that names one of them."""
        async with self._pool.acquire() as connection:
            async with connection.transaction():  # whoever is writing a link has ended when this is written, and whoever begins to sees it
                await connection.execute("lock table links, proposed in share mode")
                await connection.executemany(
                    "insert into erasing (erasure, id) values ($1, $2) on conflict do nothing", [(erasure, id) for id in named]
                )
            return not await connection.fetchval(
                "select exists (select from proposed where matter = any($1::uuid[]) or part_of = any($1::uuid[]) or ids && $1::uuid[])",
                list(named),
            )

    async def end_erasing(self, erasure: UUID) -> None:
        """They are erased: nothing says here who that was."""
        await self._pool.execute("delete from erasing where erasure = $1", erasure)


def _is_news(change: Change, standing: set[Link]) -> bool:
    called = {(link.about, link.id) for link in change.links}
    others = {link for link in standing if (link.about, link.id) not in called}
    if change.others is Others.PEOPLE_END:
        others = {link for link in others if link.about is About.PERSON}
    return bool(change.texts) or not change.links <= standing or (change.others is not Others.STAY and bool(others))
