"""What can happen to the procedure of an association: it is adopted, version by version."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Self
from uuid import UUID, uuid5

from services.cases.procedure.rules.reading import read_procedure
from shared.ground.errors import Refusal
from shared.history.aggregate import Aggregate, AggregateCreated, Event

_PROCEDURES = UUID("6f0cbf1e-5b0a-5c6f-9d0e-0d9d3a1b7c52")


class VersionHasOtherContent(Refusal):
    """Den version er allerede vedtaget med et andet indhold."""

    field = "text"
    next_step = "En vedtaget procedure ændres ikke. Giv den nye procedure et nyt versionsnavn."


class VersionIsOlderThanTheNewest(Refusal):
    """Den nye version gælder fra en dag, der ligger før den nyeste vedtagne procedure."""

    field = "text"
    next_step = "Skriv en senere dato i effective_on."


def procedure_id(association: str) -> UUID:
    """The stream of an association's procedure; there is one."""
    return uuid5(_PROCEDURES, association)


class Procedure(Aggregate):
    """The procedure of one association through all its versions."""

    TOPIC = "procedure"

    class Begun(Event, AggregateCreated):
        TOPIC = "procedure.begun"

    class Adopted(Event):
        TOPIC = "procedure.adopted"
        version: str
        effective_on: str
        text: str
        digest: str

        def apply(self, procedure: Procedure) -> None:
            procedure.digests[self.version] = self.digest
            procedure.newest_from = self.effective_on

    def __init__(self) -> None:
        self.digests: dict[str, str] = {}
        self.newest_from = ""

    @classmethod
    def of(cls, association: str) -> Self:
        """The procedure of an association that has none yet."""
        return cls.begin(cls.Begun, id=procedure_id(association))

    def adopt(self, *, text: str) -> None:
        """Follow a new version from its day on; refuses what cannot be read and what contradicts what was adopted."""
        document = read_procedure(text)
        digest = sha256(text.encode()).hexdigest()
        adopted = self.digests.get(document.version)
        if adopted == digest:
            return
        if adopted is not None:
            raise VersionHasOtherContent
        if self.newest_from and document.effective_on < date.fromisoformat(self.newest_from):
            raise VersionIsOlderThanTheNewest
        self.trigger_event(self.Adopted, version=document.version, effective_on=document.effective_on.isoformat(), text=text, digest=digest)
