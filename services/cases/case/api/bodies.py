"""What is sent to take a step in a case."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from services.cases.case.rules.codes import Basis, HowAsked


def _in_the_calendar(moment: datetime) -> datetime:
    """The same instant in UTC; what lies beyond the first or last day there is in UTC is no time at all."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError from error


Code = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
"""Codes, ids of staff and versions stand in events as they are, unsealed; so nobody can write words in their place."""
Moment = Annotated[AwareDatetime, AfterValidator(_in_the_calendar)]
Words = Annotated[str, Field(max_length=2000)]
"""Free text about the resident; the rules say how long it may be, and refuse what must not be kept."""


class Taken(BaseModel):
    """Every step carries an id made by the one who asks: sent again, it is done once."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    happened_at: Moment | None = None
    """When it was done, if that was earlier than now."""


class Triage(Taken):
    severity: Code
    category: Code
    reason: Words = ""


class Dismissal(Taken):
    reason: Code
    remark: Words = ""


class Handler(Taken):
    handler: Code


class Severity(Taken):
    severity: Code
    reason: Words = ""


class Contact(Taken):
    reached: bool
    channel: Code
    note: Words = ""


class Note(Taken):
    text: Words


class ResidentDetails(Taken):
    name: Words = ""
    phone: Words = ""


class Informed(Taken):
    milestone: Code
    channel: Code


class Closing(Taken):
    outcome: Code
    remark: Words = ""


class Reopening(Taken):
    reason: Words = ""


Recipients = Annotated[list[Code], Field(min_length=1, max_length=20)]


class Granted(Taken):
    recipients: Recipients
    wording: Code
    how: Code = HowAsked.ORAL.value
    valid_until: Moment | None = None


class Declined(Taken):
    recipients: Recipients
    wording: Code
    how: Code = HowAsked.ORAL.value


class NotObtainable(Taken):
    recipients: Recipients


class Withdrawn(Taken):
    recipient: Code
    how: Code = HowAsked.ORAL.value


class Referral(Taken):
    """The `id` becomes the referral's."""

    target: Code
    channel: Code
    basis: Code = Basis.CONSENT.value
    basis_reason: Words = ""
    content: Words = ""


class Rejection(Taken):
    reason: Words = ""


class ReferralAnswer(Taken):
    outcome: Code


class DamageService(Taken):
    """The `id` becomes the order's."""

    basis: Code = Basis.CONSENT.value
    basis_reason: Words = ""


class Accompaniment(Taken):
    """The `id` becomes the meeting's, unless `visit_id` names one that is moved."""

    companion: Code
    meeting_at: Moment
    visit_id: UUID | None = None


class FollowUp(Taken):
    """The `id` becomes the follow-up's."""

    due: Moment


class FollowedUp(Taken):
    note: Words = ""
