"""What reporting remembers: of each case, referral, follow-up and notice only times, codes and counts.

There is no resident, no home, no address and no member of staff in any of them, so no figure can be about one.
The fields stand in the order of the columns in `tables.sql`; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, ClassVar


@dataclass(slots=True)
class CaseFigures:
    """One concern, and the case that came of it."""

    TABLE: ClassVar[str] = "case_figures"

    case_id: str
    association: str
    estate_id: str = ""
    estate_name: str = ""
    municipality: str = ""
    is_protected: bool = False
    """Whether the address is protected: then it is counted under no place."""
    is_protected_as_of: datetime | None = None
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
    dismissed_as_of: datetime | None = None
    """When it was dismissed the last time, and taken up again."""
    taken_up_as_of: datetime | None = None
    left_out: bool = False
    """Whether it is no case of its own: joined to another, or taken back as a mistake."""
    left_out_as_of: datetime | None = None
    is_erased: bool = False
    """Whether it is erased: it counts among what there was, and not among what is to be done."""
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
    accompanied_at: datetime | None = None
    damage_ordered_at: datetime | None = None
    damage_completed_at: datetime | None = None
    missed_triage: int = 0
    missed_first_contact: int = 0
    missed_telling: int = 0
    telling_missed_at: datetime | None = None
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


FigureRecord = CaseFigures | ReferralFigures | FollowUpFigures | NoticeFigures
KINDS: tuple[type[FigureRecord], ...] = (CaseFigures, ReferralFigures, FollowUpFigures, NoticeFigures)
"""In the order in which rows are locked and written, everywhere the same."""

COLUMNS: dict[type[FigureRecord], tuple[str, ...]] = {kind: tuple(part.name for part in fields(kind)) for kind in KINDS}
AS_ROW = {kind: attrgetter(*columns) for kind, columns in COLUMNS.items()}
"""The record as the tuple of its columns."""

Figures = Mapping[type[FigureRecord], dict[str, Any]]
"""All records at hand, by kind and id."""


def no_figures() -> Figures:
    """Nothing is remembered yet."""
    return {kind: {} for kind in KINDS}
