"""What every service tells of its own history: whether it still is what was written."""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.messaging.message import Message

BrokenId = Annotated[UUID, Field(description="The finding. It tells nothing of what the history is about.")]


class _Said(Message):
    TOPIC: ClassVar[str] = "brobygger.chain"
    SAID_BY_ALL: ClassVar[bool] = True

    broken_id: BrokenId


class ChainBroken(_Said):
    """A history of the service that speaks was changed behind it: those who check, and those who run it, are to know."""

    TYPE: ClassVar[str] = "dk.brobygger.chain.broken.v1"


class ChainMended(_Said):
    """That history is what was written again, or is gone."""

    TYPE: ClassVar[str] = "dk.brobygger.chain.mended.v1"


MESSAGES: tuple[type[Message], ...] = (ChainBroken, ChainMended)
