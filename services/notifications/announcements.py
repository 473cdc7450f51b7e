"""What happened to notices → what we tell the others: whether they arrived."""

from __future__ import annotations

from collections.abc import Iterable

from services.notifications.notification.rules import Notice
from shared.history.aggregate import Event
from shared.history.unit_of_work import Opened
from shared.messaging.message import Message
from shared.messaging.messages.notifications import NoticeFailed, NoticeSent


def announce(happened: Event, _: Opened) -> Iterable[Message]:
    """A notice that arrived and one that was given up are news; the tries in between are not."""
    match happened:
        case Notice.Sent(originator_id=notice_id, recipient=recipient, kind=kind, about=about):
            yield NoticeSent(notice_id=notice_id, recipient=recipient, kind=kind, about=about)
        case Notice.Failed(originator_id=notice_id, recipient=recipient, kind=kind, about=about, reason=reason):
            yield NoticeFailed(notice_id=notice_id, recipient=recipient, kind=kind, about=about, reason=reason)
