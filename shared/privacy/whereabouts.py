"""Where a matter belongs: its home and the people there, as the vault knows them, where alone it stands whom it is about (S13, S14)."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from shared.privacy.matter import About, Link, MatterKind
from shared.privacy.vault import Vault
from shared.words.vocabulary.persons import BESIDE


async def links_to(vault: Vault, *, association: str, home: UUID | None, tenancy: UUID | None) -> frozenset[Link]:
    """The links of a matter that is about a home and a tenancy: both, and everybody who lives there by what the tenancy says."""
    found = await vault.matters_about(association=association, about=About.TENANCY, id=tenancy) if tenancy else []
    people = {
        link for filed in found if filed.matter.kind is MatterKind.TENANCY for link in filed.matter.links if link.about is About.PERSON
    }
    places = {Link(About.HOME, home) if home else None, Link(About.TENANCY, tenancy) if tenancy else None} - {None}
    return frozenset(people | {link for link in places if link})


async def everybody_in(vault: Vault, matters: Collection[UUID], *, association: str) -> frozenset[Link]:
    """Everybody whom one of these matters is about now. What a person is in one of them they are in all."""
    found = [one.link for matter in matters for one in await vault.links_of(matter, association=association) if one.until is None]
    return frozenset({link.id: link for link in found if link.about is About.PERSON}.values())


async def links_along(vault: Vault, matter: UUID, *, association: str, home: UUID, tenancy: UUID | None) -> frozenset[Link]:
    """The links of a matter that goes along with somebody who moved: the new home and tenancy, and the people it is about already.

    Whoever else lives in the new home has nothing to do with it, unless nobody knows yet whom it is about.
    """
    found = await links_to(vault, association=association, home=home, tenancy=tenancy)
    links = [one.link for one in await vault.links_of(matter, association=association) if one.until is None]
    people = frozenset(link for link in links if link.about is About.PERSON)
    return frozenset(link for link in found if link.about is not About.PERSON) | people if people else found


async def alike(vault: Vault, matter: UUID, *, association: str) -> frozenset[UUID]:
    """The matters that are about somebody this one is about; whoever only stands beside somebody makes no two of them alike."""
    return await vault.alike(matter, association=association, but=[role.value for role in BESIDE])
