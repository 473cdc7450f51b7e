"""What intake tells the others about the people who work here. Each message says all of it: who reads the newest knows the colleague."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from shared.messaging.message import Message
from shared.messaging.messages.fields import EstateId
from shared.privacy.personal import Sealed
from shared.words.vocabulary.matter import MatterKind


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)


class HatWorn(_Part):
    """What somebody is here: a role, and the estates that are theirs in it."""

    role: str
    """The role, as a code."""
    estates: tuple[EstateId, ...] = ()
    """Their own estates; empty where the role is for the whole association."""


class Away(_Part):
    """Somebody is away."""

    begins: AwareDatetime
    """From when."""
    ends: AwareDatetime
    """Until when."""
    stand_in: str = ""
    """Who does what they would do: an opaque staff id; empty where nobody was named."""


class OnCall(_Part):
    """Somebody is on call for what is acute."""

    begins: AwareDatetime
    """From when."""
    ends: AwareDatetime
    """Until when."""


class ColleagueChanged(Message):
    """Something about a colleague is another now; says everything that the others may know."""

    TYPE: ClassVar[str] = "dk.brobygger.intake.colleague_changed.v1"
    TOPIC: ClassVar[str] = "brobygger.staff"
    CLASSIFICATION: ClassVar[str] = "confidential"
    SEALED_KIND: ClassVar[MatterKind] = MatterKind.COLLEAGUE

    person: str
    """The colleague: an opaque staff id."""
    version: int
    """Grows with every change: what is older than what is known is no news."""
    hats: tuple[HatWorn, ...]
    """What they are here; empty once they have left."""
    name: Sealed | None = None
    """What they are called; opens only with the key of the colleague."""
    email: Sealed | None = None
    """Their work address, likewise; null when there is none."""
    phone: Sealed | None = None
    """Their work telephone, likewise; null when there is none."""
    absences: tuple[Away, ...] = ()
    """When they are away."""
    on_call: tuple[OnCall, ...] = ()
    """When they are on call."""
    shut_from: tuple[UUID, ...] = ()
    """Homes and cases they keep out of; never why."""
    stay: int = 1
    """Counts how often they began to work here."""


MESSAGES: tuple[type[Message], ...] = (ColleagueChanged,)
