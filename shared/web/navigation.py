"""The way around the four services: which links somebody sees, and where they begin."""

from __future__ import annotations

from dataclasses import dataclass

from shared.privacy.access import Action, may_ever
from shared.words.language import marked
from shared.words.vocabulary.people import Role


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the navigation; shown to roles that may ever do its action."""

    text: str
    address: str
    action: Action


LINKS: tuple[Link, ...] = (
    Link(marked("Sager"), "/cases/", Action.READ_QUEUE),
    Link(marked("Mine observationer"), "/intake/", Action.READ_OWN_OBSERVATIONS),
    Link(marked("Ny observation"), "/intake/observations/new", Action.REGISTER_OBSERVATION),
    Link(marked("Revision"), "/cases/audit", Action.READ_ACCESS_LOG),
    Link(marked("Tal"), "/reporting/", Action.READ_FIGURES),
    Link(marked("Parkeret: sager"), "/cases/parked", Action.READ_PARKED),
    Link(marked("Parkeret: observationer"), "/intake/parked", Action.READ_PARKED),
    Link(marked("Parkeret: beskeder"), "/notifications/parked", Action.READ_PARKED),
    Link(marked("Parkeret: tal"), "/reporting/parked", Action.READ_PARKED),
    Link(marked("Beskeder"), "/notifications/", Action.READ_NOTICES),
    Link(marked("Mine beskeder"), "/notifications/mine", Action.READ_OWN_NOTICES),
    Link(marked("Procedure"), "/cases/procedure", Action.READ_PROCEDURE),
)
"""In the order of use; the first one a role sees is where it begins."""


def links_for(role: Role) -> list[Link]:
    """What a role sees in the navigation, most used first."""
    return [link for link in LINKS if may_ever(role, link.action)]


def link_above(path: str, role: Role) -> str:
    """The link whose part of the site a page belongs to: the longest address that the page's begins with; empty when there is none."""
    above = [link.address for link in links_for(role) if path == link.address or path.startswith(link.address.rstrip("/") + "/")]
    return max(above, key=len, default="")


def home_of(role: Role) -> str:
    """Where a role begins: the first link it has."""
    return next((link.address for link in links_for(role)), "/intake/")
