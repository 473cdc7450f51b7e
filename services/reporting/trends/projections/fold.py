"""How one message changes what is remembered: a pure fold, the same for the live listener and for a rebuild.

Three rules make the order of arrival unimportant, as far as Kafka leaves it open: the *earliest* of a kind wins
for every "first" time; what was *recorded last* wins for every present state (severity, category, consent, outcome);
counts only add. That a message counts once is the inbox's work.

Messages come as parsed JSON, not as Pydantic models: the live listener has validated them before, a rebuild reads
what the inbox already accepted, and a million validations are not free. A field that is added to the language later
must therefore be read with a default here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from services.reporting.trends.projections.records import Figures
from shared.messaging.messages import cases, intake, notifications
from shared.words.vocabulary.waiting import DeadlineKind

Data = Mapping[str, Any]
Fold = Callable[[Figures, Data, datetime, datetime, str], None]
"""(what is remembered, the message, when it happened, when it was recorded, association)"""

moment: Final = datetime.fromisoformat


def case_of(observation_id: str) -> str:
    """The case an observation becomes; cases makes its ids so that everybody can know them beforehand."""
    return str(uuid5(UUID(observation_id), "case"))


def _observation_registered(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    case = figures.case(case_of(data["observation_id"]), association)
    if case.registered_at is None or at < case.registered_at:
        case.registered_at = at
    case.estate_name = data.get("estate_name", "")
    if case.raised_at is None:
        # What cases says about the concern is the same or newer, and comes later in every life of a case.
        case.observed_at = moment(data["observed_at"])
        case.estate_id = data["estate_id"]
        case.municipality = data["municipality"]
        case.signals = list(data["signals"])
    _state_severity(case, data["severity"], recorded)
    _state_consent(case, data["consent_answer"], recorded)


def _concern_raised(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    case = figures.case(data["case_id"], association)
    if case.raised_at is None or at < case.raised_at:
        case.raised_at = at
    case.observed_at = moment(data["observed_at"])
    case.estate_id = data["estate_id"]
    case.municipality = data["municipality"]
    case.signals = list(data["signals"])
    case.triage_due = moment(data["triage_due"])
    _state_severity(case, data["severity"], recorded)
    _state_consent(case, data["consent_answer"], recorded)


def _concern_seen(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    case = figures.case(data["case_id"], association)
    if case.seen_at is None or at < case.seen_at:
        case.seen_at = at


def _concern_triaged(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    case = figures.case(data["case_id"], association)
    if case.triaged_at is None or at < case.triaged_at:
        case.triaged_at = at
    _state_severity(case, data["severity"], recorded)
    _state_category(case, data["category"], recorded)


def _concern_dismissed(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    case = figures.case(data["case_id"], association)
    if case.dismissed_at is None or at < case.dismissed_at:
        case.dismissed_at = at


def _case_opened(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    case = figures.case(data["case_id"], association)
    if case.opened_at is None or at < case.opened_at:
        case.opened_at = at
        case.contact_due = moment(data["contact_due"])
    if case.opened_as_of is None or recorded > case.opened_as_of:
        case.opened_as_of = recorded
    _state_severity(case, data["severity"], recorded)
    _state_category(case, data["category"], recorded)


def _severity_changed(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    _state_severity(figures.case(data["case_id"], association), data["severity"], recorded)


def _consent_recorded(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    _state_consent(figures.case(data["case_id"], association), data["answer"], recorded)


def _contact_made(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    case = figures.case(data["case_id"], association)
    if case.first_attempt_at is None or at < case.first_attempt_at:
        case.first_attempt_at = at
    if data["reached"] and (case.first_contact_at is None or at < case.first_contact_at):
        case.first_contact_at = at
        case.first_contact_on_time = data["on_time"]


def _referral_sent(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    case = figures.case(data["case_id"], association)
    if case.first_referral_at is None or at < case.first_referral_at:
        case.first_referral_at = at
    referral = figures.referral(data["referral_id"], association)
    referral.case_id = data["case_id"]
    referral.target = data["target"]
    referral.municipality = data["municipality"]
    referral.basis = data["basis"]
    referral.sent_at = at
    referral.answer_due = moment(data["answer_due"])


def _referral_acknowledged(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    case = figures.case(data["case_id"], association)
    if case.first_acknowledged_at is None or at < case.first_acknowledged_at:
        case.first_acknowledged_at = at
    referral = figures.referral(data["referral_id"], association)
    referral.case_id = data["case_id"]
    if referral.acknowledged_at is None or at < referral.acknowledged_at:
        referral.acknowledged_at = at
        referral.acknowledged_on_time = data["on_time"]


def _referral_answered(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    case = figures.case(data["case_id"], association)
    if case.first_answered_at is None or at < case.first_answered_at:
        case.first_answered_at = at
    referral = figures.referral(data["referral_id"], association)
    referral.case_id = data["case_id"]
    if referral.answered_at is None or at < referral.answered_at:
        referral.answered_at = at
    if referral.outcome_as_of is None or recorded >= referral.outcome_as_of:
        referral.outcome = data["outcome"]
        referral.outcome_as_of = recorded


def _referral_silent(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    referral = figures.referral(data["referral_id"], association)
    referral.case_id = data["case_id"]
    if data["step"] > referral.silent_steps:
        referral.silent_steps = data["step"]


def _damage_service_ordered(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    case = figures.case(data["case_id"], association)
    if case.damage_ordered_at is None or at < case.damage_ordered_at:
        case.damage_ordered_at = at


def _damage_service_completed(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    case = figures.case(data["case_id"], association)
    if case.damage_completed_at is None or at < case.damage_completed_at:
        case.damage_completed_at = at


def _accompaniment_planned(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    figures.case(data["case_id"], association).accompaniments += 1


def _follow_up_planned(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    follow_up = figures.follow_up(data["follow_up_id"], association)
    follow_up.case_id = data["case_id"]
    if follow_up.due_as_of is None or recorded >= follow_up.due_as_of:
        follow_up.due = moment(data["due"])
        follow_up.due_as_of = recorded


def _follow_up_done(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    follow_up = figures.follow_up(data["follow_up_id"], association)
    follow_up.case_id = data["case_id"]
    if follow_up.done_at is None or at < follow_up.done_at:
        follow_up.done_at = at
        follow_up.done_on_time = data["on_time"]


def _follow_up_missed(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    follow_up = figures.follow_up(data["follow_up_id"], association)
    follow_up.case_id = data["case_id"]
    if follow_up.missed_at is None or at < follow_up.missed_at:
        follow_up.missed_at = at


def _deadline_missed(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    case = figures.case(data["case_id"], association)
    match data["kind"]:
        case DeadlineKind.TRIAGE:
            case.missed_triage += 1
        case DeadlineKind.FIRST_CONTACT:
            case.missed_first_contact += 1
        case DeadlineKind.TELL_CARETAKER:
            case.missed_telling += 1


def _caretaker_informed(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    case = figures.case(data["case_id"], association)
    if case.first_told_at is None or at < case.first_told_at:
        case.first_told_at = at
    case.times_told += 1
    if data["on_time"]:
        case.times_told_on_time += 1


def _case_closed(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    case = figures.case(data["case_id"], association)
    if case.outcome_as_of is None or recorded >= case.outcome_as_of:
        case.closed_at = at
        case.outcome = data["outcome"]
        case.outcome_as_of = recorded


def _case_reopened(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    """Open again until it is closed again. When it was opened, and was to be in contact, first is not changed by that."""
    case = figures.case(data["case_id"], association)
    if case.opened_as_of is None or recorded > case.opened_as_of:
        case.opened_as_of = recorded


def _notice_sent(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    notice = figures.notice(data["notice_id"], association)
    notice.kind = data["kind"]
    if notice.sent_at is None or at < notice.sent_at:
        notice.sent_at = at


def _notice_failed(figures: Figures, data: Data, at: datetime, recorded: datetime, association: str) -> None:
    notice = figures.notice(data["notice_id"], association)
    notice.kind = data["kind"]
    if notice.failed_at is None or at < notice.failed_at:
        notice.failed_at = at


def _state_severity(case: Any, severity: str, recorded: datetime) -> None:
    if case.severity_as_of is None or recorded >= case.severity_as_of:
        case.severity = severity
        case.severity_as_of = recorded


def _state_category(case: Any, category: str, recorded: datetime) -> None:
    if case.category_as_of is None or recorded >= case.category_as_of:
        case.category = category
        case.category_as_of = recorded


def _state_consent(case: Any, answer: str, recorded: datetime) -> None:
    if case.consent_as_of is None or recorded >= case.consent_as_of:
        case.consent = answer
        case.consent_as_of = recorded


FOLDS: dict[str, Fold] = {
    intake.ObservationRegistered.TYPE: _observation_registered,
    cases.ConcernRaised.TYPE: _concern_raised,
    cases.ConcernSeen.TYPE: _concern_seen,
    cases.ConcernTriaged.TYPE: _concern_triaged,
    cases.ConcernDismissed.TYPE: _concern_dismissed,
    cases.CaseOpened.TYPE: _case_opened,
    cases.SeverityChanged.TYPE: _severity_changed,
    cases.ConsentRecorded.TYPE: _consent_recorded,
    cases.ContactMade.TYPE: _contact_made,
    cases.ReferralSent.TYPE: _referral_sent,
    cases.ReferralAcknowledged.TYPE: _referral_acknowledged,
    cases.ReferralAnswered.TYPE: _referral_answered,
    cases.ReferralSilent.TYPE: _referral_silent,
    cases.DamageServiceOrdered.TYPE: _damage_service_ordered,
    cases.DamageServiceCompleted.TYPE: _damage_service_completed,
    cases.AccompanimentPlanned.TYPE: _accompaniment_planned,
    cases.FollowUpPlanned.TYPE: _follow_up_planned,
    cases.FollowUpDone.TYPE: _follow_up_done,
    cases.FollowUpMissed.TYPE: _follow_up_missed,
    cases.DeadlineMissed.TYPE: _deadline_missed,
    cases.CaretakerInformed.TYPE: _caretaker_informed,
    cases.CaseClosed.TYPE: _case_closed,
    cases.CaseReopened.TYPE: _case_reopened,
    notifications.NoticeSent.TYPE: _notice_sent,
    notifications.NoticeFailed.TYPE: _notice_failed,
}
"""The messages that are counted. Others (a new handler, a tenancy, a new procedure) say nothing about a figure."""


def fold(figures: Figures, kind: str, at: datetime, recorded: datetime, association: str, data: Data) -> None:
    """Let one message change what is remembered; a kind that is not counted changes nothing."""
    change = FOLDS.get(kind)
    if change is not None:
        change(figures, data, at, recorded, association)
