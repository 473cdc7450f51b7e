"""Where a matter belongs: moving it to another home and the people there, in the vault, where alone it stands whom it is about (S14)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from uuid import UUID

from shared.ground.errors import ChangedMeanwhile, NotAllowed, NotFound, Refusal, SameIdOtherContent, VersionMovedOn
from shared.privacy.matter import About, Link, MatterKind
from shared.privacy.personal import KeyIsDestroyed
from shared.privacy.vault import Vault


async def links_to(vault: Vault, *, association: str, home: UUID | None, tenancy: UUID | None) -> frozenset[Link]:
    """The links of a matter that is about a home and a tenancy: both, and everybody who lives there by what the tenancy says."""
    found = await vault.matters_about(association=association, about=About.TENANCY, id=tenancy) if tenancy else []
    people = {
        link for filed in found if filed.matter.kind is MatterKind.TENANCY for link in filed.matter.links if link.about is About.PERSON
    }
    places = {Link(About.HOME, home) if home else None, Link(About.TENANCY, tenancy) if tenancy else None} - {None}
    return frozenset(people | {link for link in places if link})


async def link_also(vault: Vault, matter: UUID, kind: MatterKind, links: Iterable[Link], *, association: str, by: str, why: str) -> None:
    """The matter is about these too: made before the event that says so, for a link without an event harms nobody."""
    await vault.move(matter, kind=kind, association=association, begins=links, by=by, why=why)


@asynccontextmanager
async def linked_alike(vault: Vault, matters: Mapping[UUID, MatterKind], *, association: str, by: str) -> AsyncIterator[None]:
    """Each of these matters is about everybody that one of them is about: none is erased before the last of them, for they lead to each
    other. It is so before that is decided, for an event without a link could not be erased; what is refused leaves no new link.
    """
    about = {matter: await vault.links_of(matter, association=association) for matter in matters}
    now = {matter: {(one.link.about, one.link.id): one.link for one in links if one.until is None} for matter, links in about.items()}
    everybody = {called: link for links in now.values() for called, link in links.items()}
    new = {matter: [_alike(link) for called, link in everybody.items() if called not in links] for matter, links in now.items()}
    for matter, links in new.items():
        await vault.move(matter, kind=matters[matter], association=association, begins=links, by=by, why="joined")
    try:
        yield
    except (Refusal, NotAllowed, NotFound, ChangedMeanwhile, VersionMovedOn, SameIdOtherContent, KeyIsDestroyed):
        for matter, links in new.items():
            await vault.move(matter, kind=matters[matter], association=association, ends=links, by=by, why="not_joined")
        raise


def _alike(link: Link) -> Link:
    """What a person is in one matter they are in the other; what a tenancy began with is one matter only (`WELCOMED`)."""
    return link if link.about is About.PERSON else Link(link.about, link.id)


async def link_only(vault: Vault, matter: UUID, kind: MatterKind, links: Iterable[Link], *, association: str, by: str, why: str) -> None:
    """The matter is about these and nobody else any more; that it was about others until now stays on record."""
    wanted = frozenset(links)
    called = {(link.about, link.id) for link in wanted}
    now = [one.link for one in await vault.links_of(matter, association=association) if one.until is None]
    ends = [link for link in now if (link.about, link.id) not in called]
    await vault.move(matter, kind=kind, association=association, ends=ends, begins=wanted, by=by, why=why)
