"""What the fields of messages mean, each said once. Values are ids, codes and times; what a code may be stands with the field."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from shared.privacy.personal import Sealed

# --- what it is about -------------------------------------------------------------------------------------------------

ObservationId = Annotated[UUID, Field(description="The observation, by the id it got where it was made.")]
CaseId = Annotated[UUID, Field(description="The case, from the concern it begins with to its end.")]
ReferralId = Annotated[UUID, Field(description="The referral.")]
OrderId = Annotated[UUID, Field(description="The order; the same when it is said again.")]
VisitId = Annotated[UUID, Field(description="The meeting; the same when it is moved.")]
FollowUpId = Annotated[UUID, Field(description="The follow-up.")]
NoticeId = Annotated[UUID, Field(description="The notice.")]
TenancyId = Annotated[UUID, Field(description="The tenancy. It has one id for ever; a new tenant is a new tenancy.")]
HomeId = Annotated[UUID, Field(description="The home, by the id the register of homes has it under.")]
EstateId = Annotated[str, Field(description="The estate, by the code the register of homes has it under.")]
Municipality = Annotated[str, Field(description="The municipality, as a code.")]

# --- people who work here: opaque staff ids, never names -----------------------------------------------------------------

Observer = Annotated[str, Field(description="Who saw it: an opaque staff id.")]
Handler = Annotated[str, Field(description="Who carries the case: an opaque staff id; empty while nobody does.")]
Companion = Annotated[str, Field(description="Who comes along: an opaque staff id.")]
Recipient = Annotated[str, Field(description="Who was to be told: an opaque staff id.")]

# --- times ------------------------------------------------------------------------------------------------------------

ObservedAt = Annotated[AwareDatetime, Field(description="When it was seen, which may be long before it was written down.")]
TriageDue = Annotated[AwareDatetime, Field(description="Until when somebody is to have judged it.")]
ContactDue = Annotated[AwareDatetime, Field(description="Until when the resident is to be reached.")]
AnswerDue = Annotated[AwareDatetime, Field(description="Until when the recipient is to have answered.")]
StartedOn = Annotated[date, Field(description="The first day of the tenancy.")]
EndedOn = Annotated[date, Field(description="The last day of the tenancy.")]
OnTime = Annotated[bool, Field(description="Whether it came before its deadline.")]

# --- codes ------------------------------------------------------------------------------------------------------------

Severity = Annotated[str, Field(description="How serious it is.")]
Category = Annotated[str, Field(description="What it is about.")]
Signals = Annotated[tuple[str, ...], Field(description="The signs that were ticked.")]
ConsentAnswer = Annotated[str, Field(description="What the resident answered when asked whether it may be passed on.")]
Target = Annotated[str, Field(description="Whom it was passed on to.")]

# --- what opens only with a key -----------------------------------------------------------------------------------------

Address = Annotated[Sealed, Field(description="Where it was seen; opens only with the key of the matter.")]
Words = Annotated[
    Sealed | None, Field(description="What the observer wrote; opens only with the key of the matter. Null when there was nothing.")
]
