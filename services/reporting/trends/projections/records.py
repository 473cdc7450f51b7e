"""What reporting remembers: of each case, referral, follow-up and notice only times, codes and counts.

There is no resident, no home, no address and no member of staff in any of them, so no figure can be about one.
The fields stand in the order of the columns in `tables.sql`; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter
from typing import ClassVar


@dataclass(slots=True)
class CaseFigures:
    """One concern, and the case that came of it."""

    TABLE: ClassVar[str] = "case_figures"

    case_id: str
    association: str
    estate_id: str = ""
    estate_name: str = ""
    municipality: str = ""
    signals: list[str] = field(default_factory=list)
    severity: str = ""
    severity_as_of: datetime | None = None
    """When what stands in `severity` was recorded; a message recorded earlier does not overrule it."""
    category: str = ""
    category_as_of: datetime | None = None
    consent: str = ""
    consent_as_of: datetime | None = None
    observed_at: datetime | None = None
    registered_at: datetime | None = None
    raised_at: datetime | None = None
    triage_due: datetime | None = None
    seen_at: datetime | None = None
    triaged_at: datetime | None = None
    dismissed_at: datetime | None = None
    opened_at: datetime | None = None
    opened_as_of: datetime | None = None
    """When it was last said to be open; later than `outcome_as_of` in a case that was opened again."""
    contact_due: datetime | None = None
    first_attempt_at: datetime | None = None
    first_contact_at: datetime | None = None
    first_contact_on_time: bool | None = None
    first_referral_at: datetime | None = None
    first_acknowledged_at: datetime | None = None
    first_answered_at: datetime | None = None
    first_told_at: datetime | None = None
    times_told: int = 0
    times_told_on_time: int = 0
    accompaniments: int = 0
    damage_ordered_at: datetime | None = None
    damage_completed_at: datetime | None = None
    missed_triage: int = 0
    missed_first_contact: int = 0
    missed_telling: int = 0
    closed_at: datetime | None = None
    outcome: str = ""
    outcome_as_of: datetime | None = None


@dataclass(slots=True)
class ReferralFigures:
    """One referral: to what kind of recipient, and whether an answer came."""

    TABLE: ClassVar[str] = "referral_figures"

    referral_id: str
    association: str
    case_id: str | None = None
    target: str = ""
    municipality: str = ""
    basis: str = ""
    sent_at: datetime | None = None
    answer_due: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_on_time: bool | None = None
    answered_at: datetime | None = None
    outcome: str = ""
    outcome_as_of: datetime | None = None
    silent_steps: int = 0


@dataclass(slots=True)
class FollowUpFigures:
    """One day on which somebody was to look again, and whether they did."""

    TABLE: ClassVar[str] = "follow_up_figures"

    follow_up_id: str
    association: str
    case_id: str | None = None
    due: datetime | None = None
    due_as_of: datetime | None = None
    done_at: datetime | None = None
    done_on_time: bool | None = None
    missed_at: datetime | None = None


@dataclass(slots=True)
class NoticeFigures:
    """One notice, and whether it arrived."""

    TABLE: ClassVar[str] = "notice_figures"

    notice_id: str
    association: str
    kind: str = ""
    sent_at: datetime | None = None
    failed_at: datetime | None = None


Kept = CaseFigures | ReferralFigures | FollowUpFigures | NoticeFigures
KINDS: tuple[type[Kept], ...] = (CaseFigures, ReferralFigures, FollowUpFigures, NoticeFigures)
"""In the order in which rows are locked and written, everywhere the same."""

COLUMNS: dict[type[Kept], tuple[str, ...]] = {kind: tuple(part.name for part in fields(kind)) for kind in KINDS}
AS_ROW = {kind: attrgetter(*columns) for kind, columns in COLUMNS.items()}
"""The record as the tuple of its columns."""


class Figures:
    """The records at hand, by id; a record that is asked for and not there begins empty.

    A message may come before the one that founds what it is about: intake and cases speak on topics of
    their own, and nothing orders the two.
    """

    __slots__ = ("cases", "follow_ups", "notices", "referrals")

    def __init__(self) -> None:
        self.cases: dict[str, CaseFigures] = {}
        self.referrals: dict[str, ReferralFigures] = {}
        self.follow_ups: dict[str, FollowUpFigures] = {}
        self.notices: dict[str, NoticeFigures] = {}

    def of(self, kind: type[Kept]) -> dict[str, Kept]:
        """All records of one kind."""
        held: dict[type[Kept], dict[str, Kept]] = {
            CaseFigures: self.cases,  # type: ignore[dict-item]
            ReferralFigures: self.referrals,  # type: ignore[dict-item]
            FollowUpFigures: self.follow_ups,  # type: ignore[dict-item]
            NoticeFigures: self.notices,  # type: ignore[dict-item]
        }
        return held[kind]

    def case(self, case_id: str, association: str) -> CaseFigures:
        record = self.cases.get(case_id)
        if record is None:
            record = self.cases[case_id] = CaseFigures(case_id, association)
        return record

    def referral(self, referral_id: str, association: str) -> ReferralFigures:
        record = self.referrals.get(referral_id)
        if record is None:
            record = self.referrals[referral_id] = ReferralFigures(referral_id, association)
        return record

    def follow_up(self, follow_up_id: str, association: str) -> FollowUpFigures:
        record = self.follow_ups.get(follow_up_id)
        if record is None:
            record = self.follow_ups[follow_up_id] = FollowUpFigures(follow_up_id, association)
        return record

    def notice(self, notice_id: str, association: str) -> NoticeFigures:
        record = self.notices.get(notice_id)
        if record is None:
            record = self.notices[notice_id] = NoticeFigures(notice_id, association)
        return record
