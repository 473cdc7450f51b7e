"""The four ways things go wrong; everything else is a bug."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID


class Refusal(Exception):
    """The rules say no.

    The docstring of the class is the Danish sentence shown to the person; `next_step` says what to do
    instead, `field` names the field of the form or body it is about. Never retried. Becomes 422.
    """

    next_step: str = ""
    field: str = ""

    def __init__(self, *, field: str = "", next_step: str = "") -> None:
        super().__init__((type(self).__doc__ or type(self).__name__).strip())
        self.field = field or type(self).field
        self.next_step = next_step or type(self).next_step


class Awaits(Refusal):
    """Beskeden handler om noget, der ikke er her endnu."""

    # What it is about is named by `awaited` (a code) and the id. A message that is refused so waits, and is taken in by itself
    # when somebody says that it is there now (`shared.messaging.parking.arrived`).
    next_step = "Den tages ind af sig selv, når det er her."
    awaited: ClassVar[str]

    def __init__(self, id: UUID) -> None:
        super().__init__()
        self.id = id


class NotFound(Exception):
    """There is no such thing, or not for the one who asks. Becomes 404."""

    def __init__(self, kind: str, id: object) -> None:
        super().__init__(f"no {kind} {id}")
        self.kind = kind


class BehindGlass(NotFound):
    """The same, for somebody who may break the glass before it, should there be anything behind. Says nothing of whether there is."""

    def __init__(self, kind: str, id: object, *, way_on: str) -> None:
        super().__init__(kind, id)
        self.way_on = way_on
        """The page where it is broken."""


class NotAllowed(Exception):
    """The one who asks may not do this (design.md §7). Becomes 403."""


class ChangedMeanwhile(Exception):
    """Somebody was faster. Tried again three times, then 409."""


class VersionMovedOn(Exception):
    """The version the person looked at is no longer the newest. Becomes 412, with the newest version."""

    def __init__(self, *, newest: int) -> None:
        super().__init__(f"newest version is {newest}")
        self.newest = newest


class HistoryIsBroken(Exception):
    """Events were taken out of a history behind us, so it cannot be gone through. Becomes 500, in words: nobody here did it wrong."""


class SameIdOtherContent(Exception):
    """An id that was used before came with another content. Becomes 409."""


class IdIsOfSomethingElse(SameIdOtherContent):
    """An id that something else has here: a matter of another kind, a person, a tenancy or a home. Becomes 409."""


class Unreadable(Exception):
    """A message that can never be understood. Parked with this reason; `code` is stable, for counting."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class UnknownType(Unreadable):
    """A message of a type that nobody here listens for: noted and passed, it holds nothing back."""

    def __init__(self, type: str) -> None:
        super().__init__("unknown-type", "Beskedtypen kendes ikke her.")
        self.type = type
