"""What intake tells when somebody is erased, and what each service answers when it has cleaned its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.messaging.message import Message
from shared.privacy.personal import Sealed

ErasureId = Annotated[UUID, Field(description="The erasure. It tells nothing of whom it is about.")]


class PersonErased(Message):
    """The keys of matters are destroyed: whoever holds rows of them in the clear empties those, and says so.

    Which matters is sealed, for together they would tell that they are about the same person. The key lives until everybody has answered.
    """

    TYPE: ClassVar[str] = "dk.brobygger.intake.person_erased.v1"
    TOPIC: ClassVar[str] = "brobygger.erasure"
    CLASSIFICATION: ClassVar[str] = "confidential"
    SEALED_OF: ClassVar[str] = "erasure_id"
    SEALED_AS: ClassVar[Mapping[str, str]] = {"matters": "listed"}

    erasure_id: ErasureId
    matters: Annotated[
        Sealed,
        Field(description="Which matters are destroyed, and which lost a link, as JSON; opens only until the erasure is certified."),
    ]


class ErasureCarriedOut(Message):
    """A service holds nothing of it in the clear any more."""

    erasure_id: ErasureId


class CasesCleaned(ErasureCarriedOut):
    """Cases holds nothing of it in the clear any more."""

    TYPE: ClassVar[str] = "dk.brobygger.cases.erasure_carried_out.v1"
    TOPIC: ClassVar[str] = "brobygger.cases"


class NotificationsCleaned(ErasureCarriedOut):
    """Notifications holds nothing of it in the clear any more."""

    TYPE: ClassVar[str] = "dk.brobygger.notifications.erasure_carried_out.v1"
    TOPIC: ClassVar[str] = "brobygger.notifications"


class ReportingCleaned(ErasureCarriedOut):
    """Reporting holds nothing of it in the clear; it never did."""

    TYPE: ClassVar[str] = "dk.brobygger.reporting.erasure_carried_out.v1"
    TOPIC: ClassVar[str] = "brobygger.reporting"


ANSWERS: tuple[type[ErasureCarriedOut], ...] = (CasesCleaned, NotificationsCleaned, ReportingCleaned)
