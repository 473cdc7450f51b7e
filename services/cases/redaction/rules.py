"""A redaction: one text of a case is made unreadable, everywhere it was copied to, and the rest of the case stands."""

from __future__ import annotations

from typing import Self
from uuid import UUID, uuid5

from shared.ground.errors import Refusal
from shared.history.aggregate import Aggregate, AggregateCreated, Event
from shared.privacy.personal import Sealed
from shared.words.vocabulary.erasure import RedactionReason

NO_TEXTS = frozenset({"address", "home", "tenancy", "reference", "unit", "details"})
"""What nobody wrote: where it is, which goes with the case, and what is known of somebody, which goes with their part of it."""


class ThereIsNoSuchText(Refusal):
    """Der står ingen tekst på det sted i sagen."""

    field = "name"
    next_step = "Hent sagens tekster igen, og vælg en af dem."


class TextCannotGoAlone(Refusal):
    """Teksten har ingen nøgle for sig selv, så den kan kun forsvinde sammen med hele sagen."""

    field = "name"
    next_step = "Slet personen i stedet, eller lad teksten stå."


class RedactionHasNoReason(Refusal):
    """Vælg, hvorfor teksten skal fjernes."""

    field = "reason"
    next_step = "Vælg en af grundene på listen."


def text_in(events: list[Event], *, case_id: UUID, version: int, name: str) -> Sealed:
    """The text that stands under a name in one event of a case. Raises `ThereIsNoSuchText`, `TextCannotGoAlone`."""
    event = next((each for each in events if each.originator_version == version), None)
    found = vars(event).get(name) if event is not None and name not in NO_TEXTS else None
    if not isinstance(found, Sealed):
        raise ThereIsNoSuchText
    if found.subject == case_id:
        raise TextCannotGoAlone
    return found


def redaction_of(key: UUID) -> UUID:
    """The history of the redaction of a text, by the key that the text has for itself: redacted twice, it is redacted once."""
    return uuid5(key, "redaction")


class Redaction(Aggregate):
    """One text is taken out; first decided, then its key destroyed: what a crash interrupts goes on."""

    TOPIC = "redaction"

    class Decided(Event, AggregateCreated):
        """Somebody decided it. Which text it is stands here; what it said, nowhere any more."""

        TOPIC = "redaction.decided"

        case_id: UUID
        case_version: int
        """The event of the case in which it stands."""
        name: str
        """Its name there."""
        key: UUID
        reason: str

        def apply(self, redaction: Redaction) -> None:
            redaction.key, redaction.reason = self.key, self.reason

    class Done(Event):
        """The key of the text is destroyed."""

        TOPIC = "redaction.done"

        def apply(self, redaction: Redaction) -> None:
            redaction.is_done = True

    def __init__(self) -> None:
        self.key: UUID
        self.reason = ""
        self.is_done = False

    @classmethod
    def decide(cls, *, case_id: UUID, case_version: int, name: str, text: Sealed, reason: str) -> Self:
        """Decide it, with a reason."""
        if reason not in set(RedactionReason):
            raise RedactionHasNoReason
        return cls.begin(
            cls.Decided,
            id=redaction_of(text.subject),
            case_id=case_id,
            case_version=case_version,
            name=name,
            key=text.subject,
            reason=reason,
        )

    def key_is_destroyed(self) -> None:
        """Said again it is no news."""
        if not self.is_done:
            self.trigger_event(self.Done)
