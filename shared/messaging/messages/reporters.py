"""What intake tells of somebody who called about another: nothing of who it is, nor of what they told."""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field

from shared.messaging.message import Message

ReporterId = Annotated[UUID, Field(description="Whoever called; leads to nobody, and to nothing that was told.")]


class _Said(Message):
    TOPIC: ClassVar[str] = "brobygger.reporters"

    reporter_id: ReporterId


class ThanksMissed(_Said):
    """Nobody thanked them within two working days."""

    TYPE: ClassVar[str] = "dk.brobygger.intake.thanks_missed.v1"

    taken_by: Annotated[str, Field(description="Who took the call: an opaque staff id.")]
    due: Annotated[AwareDatetime, Field(description="Until when they were to be thanked.")]


class ReporterThanked(_Said):
    """They were thanked, in time or late."""

    TYPE: ClassVar[str] = "dk.brobygger.intake.reporter_thanked.v1"


MESSAGES: tuple[type[Message], ...] = (ThanksMissed, ReporterThanked)
