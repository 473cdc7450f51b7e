"""What the register says of a home, so that whoever hands it on cannot change it: intake has the register, cases moves the case (S14)."""

from __future__ import annotations

import hmac
import json
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from enum import Enum, auto
from hashlib import sha256
from typing import Any
from uuid import UUID


class Heard(Enum):
    """What the register's word says of a home."""

    NOT_SO = auto()
    SO = auto()
    PROTECTED = auto()
    """It is so, and the address of who lives there is protected."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SaidHome:
    """A home, who lives there, and where it lies."""

    home_id: UUID
    tenancy_id: UUID | None
    address: str
    estate_id: str
    estate_name: str
    municipality: str
    has_many_homes: bool

    def word(self, *, is_protected: bool, secret: bytes, association: str, case_id: UUID, day: date) -> str:
        """The register's word for it: for this case, on this day.

        Whether the address of who lives there is protected is said with it to who has the secret, and to nobody who hands it on.
        """
        told = [" ".join(str(value).split()) for value in (association, case_id, day, *astuple(self))]
        told += ["protected"] * is_protected
        return f"{day}:{hmac.new(secret, json.dumps(['register', *told]).encode(), sha256).hexdigest()}"

    def heard(self, word: str, *, secret: bytes, association: str, case_id: UUID, day: date) -> Heard:
        """Whether the register has said so today or yesterday, and how: what it said long ago may not be so any more."""
        asked: dict[str, Any] = {"secret": secret, "association": association, "case_id": case_id}
        said = {
            heard: [self.word(is_protected=heard is Heard.PROTECTED, day=day - timedelta(days=ago), **asked) for ago in (0, 1)]
            for heard in (Heard.SO, Heard.PROTECTED)
        }
        found = [heard for heard, words in said.items() for one in words if hmac.compare_digest(word.encode(), one.encode())]
        return found[0] if found else Heard.NOT_SO
