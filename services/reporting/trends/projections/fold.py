"""How one message changes what is remembered: a pure fold, the same for the live listener and for a rebuild.

Three rules make the order of arrival unimportant, as far as Kafka leaves it open: the *earliest* of a kind wins
for every "first" time; what was *recorded last* wins for every present state (severity, category, consent, outcome);
counts only add. That a message counts once is the inbox's work.

Messages come as parsed JSON, not as Pydantic models: the live listener has validated them before, a rebuild reads
what the inbox already accepted, and a million validations are not free. A field that is added to the language later
must therefore be read with a default here. The ids of a million observations are not free either, so they are not
the standard library's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any, Final

from uuid_utils import UUID, uuid5

from services.reporting.trends.projections.records import (
    CaseFigures,
    FigureRecord,
    Figures,
    FollowUpFigures,
    NoticeFigures,
    ReferralFigures,
)
from shared.messaging.messages import cases, intake, notifications
from shared.words.vocabulary.waiting import DeadlineKind

Data = Mapping[str, Any]
Change = Callable[[Any, Data, datetime, datetime], None]
"""What a message changes in a record: (the record, the message, when it happened, when it was recorded)."""
Fold = tuple[type[FigureRecord], Callable[[Data], str], tuple[Change, ...]]
"""The kind of record, which of them the message is about, and the changes in it."""

TIMES: Final = frozenset({"answer_due", "contact_due", "due", "observed_at", "triage_due"})
"""The fields of messages that are moments, and text in JSON."""
MISSED: Final[Mapping[str, str]] = {
    DeadlineKind.TRIAGE: "missed_triage",
    DeadlineKind.FIRST_CONTACT: "missed_first_contact",
    DeadlineKind.TELL_CARETAKER: "missed_telling",
}


def case_of(observation_id: str) -> str:
    """The case an observation becomes; cases makes its ids so that everybody can know them beforehand."""
    return str(uuid5(UUID(observation_id), "case"))


# The rules


def earliest(name: str, **beside: str) -> Change:
    """The first time something happened; and `beside` it, what is said of that time."""
    readers = [(field, _reader(said)) for field, said in beside.items()]

    def change(record: Any, message: Data, at: datetime, _: datetime) -> None:
        held = getattr(record, name)
        if held is None or at < held:
            setattr(record, name, at)
            for field, read in readers:
                setattr(record, field, read(message))

    return change


def latest(name: str, said: str = "", *, since: str = "") -> Change:
    """How it is now: what was recorded last, and of the same moment what was said last; and `since` when."""
    as_of, read = f"{name}_as_of", _reader(said or name)

    def change(record: Any, message: Data, at: datetime, recorded: datetime) -> None:
        held = getattr(record, as_of)
        if held is None or recorded >= held:
            setattr(record, name, read(message))
            setattr(record, as_of, recorded)
            if since:
                setattr(record, since, at)

    return change


def count(name: str, *, only_if: str = "") -> Change:
    """How often; or only how often this was true."""

    def change(record: Any, message: Data, _: datetime, __: datetime) -> None:
        if not only_if or message[only_if]:
            setattr(record, name, getattr(record, name) + 1)

    return change


def same(*names: str) -> Change:
    """What stays as it is said, under the same name."""
    readers = [(name, _reader(name)) for name in names]

    def change(record: Any, message: Data, _: datetime, __: datetime) -> None:
        for name, read in readers:
            setattr(record, name, read(message))

    return change


def _erased(case: CaseFigures, _: Data, __: datetime, ___: datetime) -> None:
    """For good; and what was recorded later, late."""
    case.is_erased = True


def _reader(name: str) -> Callable[[Data], Any]:
    return (lambda message: datetime.fromisoformat(message[name])) if name in TIMES else itemgetter(name)


# What no rule says


def _named(case: CaseFigures, message: Data, at: datetime, recorded: datetime) -> None:
    """What cases says about the concern is the same or newer, and comes later in every life of a case."""
    case.estate_name = message.get("estate_name", "")
    _protected(case, message, at, recorded)
    if case.raised_at is None:
        _origin(case, message, at, recorded)


def _protected(case: CaseFigures, message: Data, at: datetime, recorded: datetime) -> None:
    """What cases said last holds; of what intake knew when it was told, or its home was found, only that it is protected is news."""
    if message.get("is_protected"):
        _said_to_be_protected(case, message, at, recorded)


def _reached(case: CaseFigures, message: Data, at: datetime, recorded: datetime) -> None:
    if message["reached"]:
        _contact(case, message, at, recorded)


def _open(case: CaseFigures, _: Data, __: datetime, recorded: datetime) -> None:
    """Until it is closed. When it was opened, and was to be in contact, first is not changed when it is opened again."""
    if case.opened_as_of is None or recorded > case.opened_as_of:
        case.opened_as_of = recorded


def _newest(name: str) -> Change:
    """When it was said the last time."""

    def change(case: CaseFigures, _: Data, __: datetime, recorded: datetime) -> None:
        held = getattr(case, name)
        setattr(case, name, recorded if held is None else max(held, recorded))

    return change


def _left_out(is_so: bool) -> Change:
    """Whether it is counted by itself; what was recorded last holds."""

    def change(case: CaseFigures, _: Data, __: datetime, recorded: datetime) -> None:
        if case.left_out_as_of is None or recorded >= case.left_out_as_of:
            case.left_out, case.left_out_as_of = is_so, recorded

    return change


def _missed(case: CaseFigures, message: Data, at: datetime, recorded: datetime) -> None:
    if counter := MISSED.get(message["kind"]):
        setattr(case, counter, getattr(case, counter) + 1)
    if message["kind"] == DeadlineKind.TELL_CARETAKER:
        _telling_missed(case, message, at, recorded)


def _silent(referral: ReferralFigures, message: Data, _: datetime, __: datetime) -> None:
    referral.silent_steps = max(referral.silent_steps, message["step"])


_origin = same("observed_at", "estate_id", "municipality", "signals")
_telling_missed = earliest("telling_missed_at")
_contact = earliest("first_contact_at", first_contact_on_time="on_time")
_said_to_be_protected = latest("is_protected")
_severity, _category, _consent = latest("severity"), latest("category"), latest("consent", "consent_answer")


# What each message changes


def _case(*changes: Change) -> Fold:
    return CaseFigures, itemgetter("case_id"), changes


def _case_to_be(*changes: Change) -> Fold:
    return CaseFigures, lambda message: case_of(message["observation_id"]), changes


def _referral(*changes: Change) -> Fold:
    return ReferralFigures, itemgetter("referral_id"), (same("case_id"), *changes)


def _follow_up(*changes: Change) -> Fold:
    return FollowUpFigures, itemgetter("follow_up_id"), (same("case_id"), *changes)


def _notice(*changes: Change) -> Fold:
    return NoticeFigures, itemgetter("notice_id"), (same("kind"), *changes)


FOLDS: Final[Mapping[str, tuple[Fold, ...]]] = {
    intake.ObservationRegistered.TYPE: (_case_to_be(earliest("registered_at"), _named, _severity, _consent),),
    intake.PlaceLinked.TYPE: (_case_to_be(_protected),),
    cases.ConcernRaised.TYPE: (_case(earliest("raised_at"), _origin, same("triage_due"), _severity, _consent),),
    cases.ConcernSeen.TYPE: (_case(earliest("seen_at")),),
    cases.ConcernTriaged.TYPE: (_case(earliest("triaged_at"), _severity, _category),),
    cases.ConcernDismissed.TYPE: (_case(earliest("dismissed_at"), _newest("dismissed_as_of")),),
    cases.ConcernTakenUpAgain.TYPE: (_case(_newest("taken_up_as_of")),),
    cases.ConcernLinked.TYPE: (_case(_left_out(True)),),
    cases.ConcernStandsAlone.TYPE: (_case(_left_out(False)),),
    cases.CaseRetracted.TYPE: (_case(_left_out(True)),),
    cases.AddressProtectionNoted.TYPE: (_case(_said_to_be_protected),),
    cases.CaseErased.TYPE: (_case(_erased),),
    cases.WrongPersonCorrected.TYPE: (_case(same("estate_id", "municipality")),),
    cases.CaseOpened.TYPE: (_case(earliest("opened_at", contact_due="contact_due"), _open, _severity, _category),),
    cases.CaseReopened.TYPE: (_case(_open),),
    cases.CaseClosed.TYPE: (_case(latest("outcome", since="closed_at")),),
    cases.SeverityChanged.TYPE: (_case(_severity),),
    cases.ConsentRecorded.TYPE: (_case(latest("consent", "answer")),),
    cases.ContactMade.TYPE: (_case(earliest("first_attempt_at"), _reached),),
    cases.ReferralSent.TYPE: (
        _case(earliest("first_referral_at")),
        _referral(earliest("sent_at"), same("target", "municipality", "basis", "answer_due")),
    ),
    cases.ReferralAcknowledged.TYPE: (
        _case(earliest("first_acknowledged_at")),
        _referral(earliest("acknowledged_at", acknowledged_on_time="on_time")),
    ),
    cases.ReferralAnswered.TYPE: (_case(earliest("first_answered_at")), _referral(earliest("answered_at"), latest("outcome"))),
    cases.ReferralSilent.TYPE: (_referral(_silent),),
    cases.DamageServiceOrdered.TYPE: (_case(earliest("damage_ordered_at")),),
    cases.DamageServiceCompleted.TYPE: (_case(earliest("damage_completed_at")),),
    cases.AccompanimentPlanned.TYPE: (_case(count("accompaniments"), earliest("accompanied_at")),),
    cases.FollowUpPlanned.TYPE: (_follow_up(latest("due")),),
    cases.FollowUpDone.TYPE: (_follow_up(earliest("done_at", done_on_time="on_time")),),
    cases.FollowUpMissed.TYPE: (_follow_up(earliest("missed_at")),),
    cases.DeadlineMissed.TYPE: (_case(_missed),),
    cases.CaretakerInformed.TYPE: (_case(earliest("first_told_at"), count("times_told"), count("times_told_on_time", only_if="on_time")),),
    notifications.NoticeSent.TYPE: (_notice(earliest("sent_at")),),
    notifications.NoticeFailed.TYPE: (_notice(earliest("failed_at")),),
}
"""The messages that are counted. Others (a new handler, a tenancy, a new procedure) say nothing about a figure."""


def fold(figures: Figures, kind: str, at: datetime, recorded: datetime, association: str, message: Data) -> None:
    """Let one message change what is remembered; a kind that is not counted changes nothing.

    A message may come before the one that founds what it is about, for intake and cases speak on topics of their own and
    nothing orders the two: a record that is not there yet begins empty.
    """
    for record_kind, id_of, changes in FOLDS.get(kind, ()):
        records, id = figures[record_kind], id_of(message)
        record = records.get(id)
        if record is None:
            record = records[id] = record_kind(id, association)
        for change in changes:
            change(record, message, at, recorded)
