"""What notifications tells the others: whether a notice arrived."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from shared.messaging.message import Message
from shared.messaging.messages.erasure import NotificationsCleaned
from shared.messaging.messages.fields import NoticeId, NoticeKind, Recipient


class _Said(Message):
    TOPIC: ClassVar[str] = "brobygger.notifications"

    notice_id: NoticeId
    recipient: Recipient
    kind: NoticeKind
    about: UUID
    """The case or observation the notice links to."""


class NoticeSent(_Said):
    """The mail server took it."""

    TYPE: ClassVar[str] = "dk.brobygger.notifications.notice_sent.v1"


class NoticeFailed(_Said):
    """It was given up after the last try; somebody has to ring instead."""

    TYPE: ClassVar[str] = "dk.brobygger.notifications.notice_failed.v1"

    reason: str
    """Why: what the mail server answered."""


MESSAGES: tuple[type[Message], ...] = (NoticeSent, NoticeFailed, NotificationsCleaned)
