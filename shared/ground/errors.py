"""The four ways things go wrong; everything else is a bug."""


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


class NotFound(Exception):
    """There is no such thing, or not for the one who asks. Becomes 404."""

    def __init__(self, kind: str, id: object) -> None:
        super().__init__(f"no {kind} {id}")
        self.kind = kind


class NotAllowed(Exception):
    """The one who asks may not do this (design.md §7). Becomes 403."""


class ChangedMeanwhile(Exception):
    """Somebody was faster. Tried again three times, then 409."""


class VersionMovedOn(Exception):
    """The version the person looked at is no longer the newest. Becomes 412, with the newest version."""

    def __init__(self, *, newest: int) -> None:
        super().__init__(f"newest version is {newest}")
        self.newest = newest


class SameIdOtherContent(Exception):
    """An id that was used before came with another content. Becomes 409."""


class Unreadable(Exception):
    """A message that can never be understood. Parked with this reason; `code` is stable, for counting."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
