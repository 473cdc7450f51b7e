"""The way around what stands behind one address: which links somebody sees, where they begin, and where they sign in."""

from __future__ import annotations

from dataclasses import dataclass

from shared.privacy.access import Link, may_ever
from shared.words.vocabulary.people import Role


@dataclass(frozen=True, slots=True)
class Navigation:
    """The links of every service that people reach at the same address, and the entrance they share."""

    links: tuple[Link, ...]
    """In the order of use; the first one a role sees is where it begins."""
    entrance: str
    """Below this address people sign in and out."""
    purposes: str = ""
    """Where somebody who checks others says why."""

    @property
    def sign_in(self) -> str:
        """Where people say who they are."""
        return f"{self.entrance}/sign-in"

    @property
    def sign_in_there(self) -> str:
        """The way to where the association knows its people."""
        return f"{self.sign_in}/there"

    @property
    def sign_in_back(self) -> str:
        """Where they come back from there."""
        return f"{self.sign_in}/back"

    @property
    def sign_out_there(self) -> str:
        """Where we are told that somebody signed out there."""
        return f"{self.sign_out}/there"

    @property
    def sign_out(self) -> str:
        """Where they are nobody again."""
        return f"{self.entrance}/sign-out"

    def links_for(self, role: Role) -> list[Link]:
        """What a role sees, most used first."""
        return [link for link in self.links if may_ever(role, link.action)]

    def link_above(self, path: str, role: Role) -> str:
        """The link whose part of the site a page belongs to: the longest address that the page's begins with; empty when there is none."""
        addresses = [link.address for link in self.links_for(role)]
        return max((above for above in addresses if path == above or path.startswith(above.rstrip("/") + "/")), key=len, default="")

    def home_of(self, role: Role) -> str:
        """Where a role begins: the first link it has."""
        return next((link.address for link in self.links_for(role)), f"{self.entrance}/")
