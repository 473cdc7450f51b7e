"""One notice to one colleague: what can happen to it, and when it is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self
from uuid import UUID, uuid5

from shared.ground.errors import Refusal
from shared.history.aggregate import Aggregate, AggregateCreated, Event
from shared.privacy.personal import Sealed
from shared.words.vocabulary.notice import NoticeKind
from shared.words.vocabulary.people import SOCIAL_STAFF, Role

LADDER: tuple[timedelta, ...] = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(days=1),
)
"""How long to wait after the first, second, … attempt that failed; after the last step the notice is given up."""

QUIET_FOR = timedelta(minutes=10)
"""The same kind about the same thing to the same person within this time is one notice."""

NOTICES = UUID("5f0c2a8e-6d0b-5d9c-9a0e-3f2f6f1c7b10")
"""The namespace of notice ids; memory, never changed."""


FOR_WHO_SAW_IT = frozenset(
    {NoticeKind.COMPANION_WANTED, NoticeKind.COMPANION_RELEASED, NoticeKind.IN_GOOD_HANDS, NoticeKind.OBSERVATION_NEWS}
)
"""What is told to who saw it or is asked along; everything else is for who works on cases."""

WHO_SEES = frozenset({Role.CARETAKER, Role.COLLECTIONS_CLERK})
"""Those who register what they see and do not work on cases."""


def not_for(role: Role) -> frozenset[NoticeKind]:
    """What is not for somebody in this role: a hat shows only what was told in it."""
    if role in SOCIAL_STAFF:
        return frozenset()
    return frozenset(NoticeKind) - (FOR_WHO_SAW_IT if role in WHO_SEES else frozenset())


class State(StrEnum):
    """How far a notice has come."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class LinkLeadsElsewhere(Refusal):
    """Et link i en besked skal være en sti på vores egen adresse."""

    next_step = "Ret linket i afsenderen, så det begynder med en skråstreg, og prøv beskeden igen."


def notice_id(*, message_id: str, recipient: str, kind: NoticeKind) -> UUID:
    """The same message, heard twice, asks for the same notice."""
    return uuid5(NOTICES, f"{message_id} {recipient} {kind}")


def is_quiet(*, last_requested_at: datetime | None, now: datetime) -> bool:
    """Whether the person was asked to look at the same thing so recently that another mail only disturbs.

    A last request that lies in the future (a clock was put back) keeps nothing quiet.
    """
    return last_requested_at is not None and timedelta(0) <= now - last_requested_at < QUIET_FOR


class Notice(Aggregate):
    """Told to one person, about one case or observation, by one channel."""

    TOPIC = "notice"

    class Requested(Event, AggregateCreated):
        """Somebody is to know."""

        TOPIC = "notice.requested"
        class_version = 4

        recipient: str
        kind: str
        about: UUID
        link: str
        channel: str
        severity: str
        home: Sealed | None
        """Which home the case is about, where that was told; opens only with its key."""
        case_id: UUID | None
        """Which case it is about, also where it leads to the observation; `None` before version 3."""
        meant_for: str
        """Whom it is for: the recipient, or whom the recipient stands in for."""

        def apply(self, notice: Notice) -> None:
            notice.recipient = self.recipient
            notice.kind = self.kind
            notice.about = self.about

    class CaseMoved(Event):
        """The case it is about was about the wrong person: this is the right home, or there is none."""

        TOPIC = "notice.case_moved"
        home: Sealed | None

    class Sent(Event):
        """The mail server took it; whether it was read is not known. Says again to whom and about what, for those who hear of it."""

        TOPIC = "notice.sent"
        recipient: str
        kind: str
        about: UUID
        attempt: int
        reply: str

        def apply(self, notice: Notice) -> None:
            notice.attempts = self.attempt
            notice.state = State.SENT

    class AttemptFailed(Event):
        """It was not taken this time, and will be tried again."""

        TOPIC = "notice.attempt_failed"
        attempt: int
        reason: str
        next_try_at: datetime

        def apply(self, notice: Notice) -> None:
            notice.attempts = self.attempt

    class Failed(Event):
        """It was given up; somebody has to ring instead."""

        TOPIC = "notice.failed"
        recipient: str
        kind: str
        about: UUID
        attempt: int
        reason: str

        def apply(self, notice: Notice) -> None:
            notice.attempts = self.attempt
            notice.state = State.FAILED

    def __init__(self) -> None:
        self.recipient: str
        self.kind: str
        self.about: UUID
        self.state = State.WAITING
        self.attempts = 0

    @classmethod
    def request(
        cls,
        *,
        id: UUID,
        recipient: str,
        kind: NoticeKind,
        about: UUID,
        link: str,
        severity: str = "",
        home: Sealed | None = None,
        case_id: UUID | None = None,
        meant_for: str = "",
    ) -> Self:
        """Ask for a mail to a colleague; `link` is a path on our own origin."""
        if not link.startswith("/") or link.startswith("//") or not link.isprintable() or " " in link:
            raise LinkLeadsElsewhere
        return cls.begin(
            cls.Requested,
            id=id,
            recipient=recipient,
            kind=kind.value,
            about=about,
            link=link,
            channel="mail",
            severity=severity,
            home=home,
            case_id=case_id,
            meant_for=meant_for or recipient,
        )

    def follow_case(self, home: Sealed | None) -> None:
        """The case stands elsewhere now, or nowhere; who keeps out of a home goes by where it stands."""
        self.trigger_event(self.CaseMoved, home=home)

    def arrived(self, *, attempt: int, reply: str) -> None:
        """The mail server took the attempt; `reply` is the class of its answer, such as `2xx`.

        A success that is learned of late, after the notice was given up, is still a success.
        """
        if self.state is not State.SENT:
            self.trigger_event(self.Sent, **self._whose(), attempt=attempt, reply=reply)

    def did_not_arrive(self, *, attempt: int, reason: str, at: datetime, for_good: bool = False) -> None:
        """The attempt failed at `at`; try again by the ladder, or give up when it ends or trying again is of no use."""
        if self.state is not State.WAITING or attempt <= self.attempts:
            return
        if for_good or attempt > len(LADDER):
            self.trigger_event(self.Failed, **self._whose(), attempt=attempt, reason=reason)
        else:
            self.trigger_event(self.AttemptFailed, attempt=attempt, reason=reason, next_try_at=at + LADDER[attempt - 1])

    def _whose(self) -> dict[str, Any]:
        """To whom and about what; stands in every event that others hear of."""
        return {"recipient": self.recipient, "kind": self.kind, "about": self.about}
