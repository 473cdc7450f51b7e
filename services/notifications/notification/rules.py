"""One notice to one colleague: what can happen to it, and when it is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self
from uuid import UUID, uuid5

from shared.ground.errors import Refusal
from shared.history.aggregate import Aggregate, AggregateCreated, Event
from shared.privacy.personal import Sealed
from shared.words.vocabulary.notice import NoticeKind, WhyWithdrawn
from shared.words.vocabulary.observation import Severity
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

MAILS_IN_A_ROW = 5
"""Who had so many mails within `QUIET_FOR` hears the rest together, when it is over; what is urgent waits for nothing."""

NOTICES = UUID("5f0c2a8e-6d0b-5d9c-9a0e-3f2f6f1c7b10")
"""The namespace of notice ids; memory, never changed."""


SETTLING = timedelta(minutes=2)
"""How long a notice waits that is asked for late, so that whatever happened after it is heard before it is sent."""

LATE = timedelta(minutes=5)
"""A message that is older than that was waiting for us: most often others, of what came of it, wait behind it."""

_MISSED = frozenset({NoticeKind.REFERRAL_SILENT, NoticeKind.FOLLOW_UP_MISSED, NoticeKind.TRIAGE_MISSED, NoticeKind.FIRST_CONTACT_MISSED})
_ABOUT_MEETINGS = frozenset({NoticeKind.COMPANION_WANTED, NoticeKind.COMPANION_DECLINED, NoticeKind.VISIT_PLANNED})
_HANDLING = frozenset({NoticeKind.CASE_OPENED, NoticeKind.CASE_ASSIGNED})

NO_LONGER: dict[WhyWithdrawn, frozenset[NoticeKind]] = {
    WhyWithdrawn.CASE_OVER: frozenset(
        {NoticeKind.CONCERN_RAISED, NoticeKind.STANDS_STILL, NoticeKind.GOES_ON, *_HANDLING, *_MISSED, *_ABOUT_MEETINGS}
    ),
    WhyWithdrawn.STANDSTILL: frozenset({NoticeKind.CARETAKER_NOT_TOLD, NoticeKind.GOES_ON, *_MISSED, *_ABOUT_MEETINGS}),
    WhyWithdrawn.GOES_ON: frozenset({NoticeKind.STANDS_STILL}),
    WhyWithdrawn.SEEN: frozenset({NoticeKind.CONCERN_RAISED}),
    WhyWithdrawn.JUDGED: frozenset({NoticeKind.CONCERN_RAISED, NoticeKind.TRIAGE_MISSED}),
    WhyWithdrawn.HANDED_OVER: _HANDLING,
    WhyWithdrawn.MEETING_OFF: frozenset({NoticeKind.COMPANION_WANTED, NoticeKind.VISIT_PLANNED}),
    WhyWithdrawn.DONE: frozenset(
        {
            NoticeKind.CARETAKER_NOT_TOLD,
            NoticeKind.FIRST_CONTACT_MISSED,
            NoticeKind.REFERRAL_SILENT,
            NoticeKind.THANKS_MISSED,
            NoticeKind.VISIT_PLANNED,
        }
    ),
}
"""What is not sent any more, for each reason. That somebody is told how it ended, and that they are not needed, stays true."""

FOR_WHO_SAW_IT = frozenset(
    {
        NoticeKind.COMPANION_WANTED,
        NoticeKind.COMPANION_RELEASED,
        NoticeKind.VISIT_PLANNED,
        NoticeKind.IN_GOOD_HANDS,
        NoticeKind.OBSERVATION_NEWS,
        NoticeKind.THANKS_MISSED,
    }
)
"""What is told to who saw it, took the call or is asked along; everything else is for who works on cases."""

FOR_THE_DPO = frozenset({NoticeKind.WRONG_PERSON, NoticeKind.BREACH_ASSESSED, NoticeKind.GLASS_BROKEN, NoticeKind.CHAIN_BROKEN})
"""What is told to the data protection officer."""

FOR_ANYBODY = frozenset({NoticeKind.LOOK_QUESTIONED})
"""What is told to whoever it is about, in any role."""

WHO_SEES = frozenset({Role.CARETAKER, Role.COLLECTIONS_CLERK})
"""Those who register what they see and do not work on cases."""

_FOR: dict[Role, frozenset[NoticeKind]] = {
    **dict.fromkeys(WHO_SEES, FOR_WHO_SAW_IT),
    Role.DPO: FOR_THE_DPO,
    **dict.fromkeys((Role.AUDITOR, Role.OPERATOR), frozenset({NoticeKind.CHAIN_BROKEN})),
}


def not_for(role: Role) -> frozenset[NoticeKind]:
    """What is not for somebody in this role: a hat shows only what was told in it."""
    if role in SOCIAL_STAFF:
        return frozenset()
    return frozenset(NoticeKind) - _FOR.get(role, frozenset()) - FOR_ANYBODY


class State(StrEnum):
    """How far a notice has come."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    """Not needed any more: what it was about came to an end before it was sent."""


class LinkLeadsElsewhere(Refusal):
    """Et link i en besked skal være en sti på vores egen adresse."""

    next_step = "Ret linket i afsenderen, så det begynder med en skråstreg, og prøv beskeden igen."


def notice_id(*, message_id: str, recipient: str, kind: NoticeKind) -> UUID:
    """The same message, heard twice, asks for the same notice."""
    return uuid5(NOTICES, f"{message_id} {recipient} {kind}")


UNSAID_BY: dict[NoticeKind, NoticeKind] = {
    NoticeKind.COMPANION_WANTED: NoticeKind.COMPANION_RELEASED,
    NoticeKind.COMPANION_RELEASED: NoticeKind.COMPANION_WANTED,
    NoticeKind.STANDS_STILL: NoticeKind.GOES_ON,
    NoticeKind.GOES_ON: NoticeKind.STANDS_STILL,
}
"""What says the opposite: who was told that after it is told anew, however soon."""


def is_quiet(*, last_requested_at: datetime | None, now: datetime, unsaid_at: datetime | None = None) -> bool:
    """Whether the person was asked to look at the same thing so recently that another mail only disturbs.

    A last request that lies in the future (a clock was put back) keeps nothing quiet, and neither does one that was `unsaid_at` since.
    """
    if unsaid_at is not None and last_requested_at is not None and unsaid_at >= last_requested_at:
        return False
    return last_requested_at is not None and timedelta(0) <= now - last_requested_at < QUIET_FOR


class Notice(Aggregate):
    """Told to one person, about one case or observation, by one channel."""

    TOPIC = "notice"

    class Requested(Event, AggregateCreated):
        """Somebody is to know."""

        TOPIC = "notice.requested"
        class_version = 5

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
        is_urgent: bool
        """Whether it is about danger to life or about a child: then it is never taken back. In version 4, whether it was acute."""
        held_until: datetime | None
        """Until when it waits, because it was asked for late; `None` where it is sent at once, and before version 5."""

        @staticmethod
        def upcast_v4_v5(state: dict[str, Any]) -> None:
            """Version 4 took nothing back, and held nothing."""
            state["is_urgent"] = state["severity"] == Severity.ACUTE.value
            state["held_until"] = None

        def apply(self, notice: Notice) -> None:
            notice.recipient = self.recipient
            notice.kind = self.kind
            notice.about = self.about
            notice.is_urgent = self.is_urgent

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

    class Withdrawn(Event):
        """It was not sent and is not needed any more."""

        TOPIC = "notice.withdrawn"
        recipient: str
        kind: str
        about: UUID
        why: str

        def apply(self, notice: Notice) -> None:
            notice.state = State.WITHDRAWN

    def __init__(self) -> None:
        self.is_urgent = False
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
        is_urgent: bool = False,
        held_until: datetime | None = None,
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
            is_urgent=is_urgent or severity == Severity.ACUTE,
            held_until=None if is_urgent or severity == Severity.ACUTE else held_until,
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

    def withdraw(self, why: WhyWithdrawn) -> None:
        """It is not needed any more, for this reason. What is sent, given up or urgent stays as it is."""
        if self.state is State.WAITING and not self.is_urgent and self.kind in NO_LONGER[why]:
            self.trigger_event(self.Withdrawn, **self._whose(), why=why.value)

    def _whose(self) -> dict[str, Any]:
        """To whom and about what; stands in every event that others hear of."""
        return {"recipient": self.recipient, "kind": self.kind, "about": self.about}
