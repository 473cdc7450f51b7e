"""What the register says of a home, so that whoever hands it on cannot change it: intake has the register, cases moves the case (S14)."""

from __future__ import annotations

import hmac
import json
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID


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

    def word(self, *, secret: bytes, association: str, case_id: UUID, day: date) -> str:
        """The register's word for it: for this case, on this day."""
        told = [" ".join(str(value).split()) for value in (association, case_id, day, *astuple(self))]
        return f"{day}:{hmac.new(secret, json.dumps(['register', *told]).encode(), sha256).hexdigest()}"

    def is_so(self, word: str, *, secret: bytes, association: str, case_id: UUID, day: date) -> bool:
        """Whether the register has said so today or yesterday: what it said long ago may not be so any more."""
        said = [self.word(secret=secret, association=association, case_id=case_id, day=day - timedelta(days=ago)) for ago in (0, 1)]
        return any([hmac.compare_digest(word.encode(), one.encode()) for one in said])
