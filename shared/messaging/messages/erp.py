"""What the association's ERP tells us, and the codes it may know."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.messaging.message import Message
from shared.messaging.messages.fields import DiedOn, EndedOn, EstateId, HomeId, MayDecide, OrderId, PersonId, StartedOn, TenancyId, Work
from shared.words.vocabulary.persons import OCCUPANTS

MOST_PERSONS = 30
"""In one tenancy."""

Role = Annotated[
    str,
    Field(
        max_length=60,
        description="What they are in it. More codes may come.",
        json_schema_extra={"examples": [role.value for role in OCCUPANTS]},
    ),
]
Persons = Annotated[
    tuple["Occupant", ...] | None,
    Field(max_length=MOST_PERSONS, description="Everybody who lives there now; null where that is not told, and then it is as it was."),
]
HouseholdSize = Annotated[
    str | None,
    Field(
        max_length=60,
        description="How many live there, roughly. More codes may come.",
        json_schema_extra={"examples": ["1", "2", "3-4", "5+"]},
    ),
]
UnitId = Annotated[
    UUID | None,
    Field(
        description="The home it is of. A tenancy whose start was not told here, or was erased since, has a home by it; null where that is"
        " not told."
    ),
]
IsProtected = Annotated[bool | None, Field(description="Whether somebody there has a protected address.")]


class _FromErp(Message):
    TOPIC: ClassVar[str] = "erp.inbound"
    FROM_OUTSIDERS: ClassVar[bool] = True
    NEWER_REPLACES: ClassVar[bool] = True


class Occupant(BaseModel):
    """Somebody who lives there: an id of the ERP's own, and what they are in the tenancy. Never a name, never a CPR number."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)

    person_id: PersonId
    role: Role = "tenant"


class TenancyStarted(_FromErp):
    """A tenancy begins. Ids only: the ERP keeps the names."""

    TYPE: ClassVar[str] = "dk.brobygger.erp.tenancy_started.v1"

    tenancy_id: TenancyId
    unit_id: HomeId
    estate_id: EstateId
    started_on: StartedOn
    persons: Persons = None
    household_size: HouseholdSize = None
    is_protected: IsProtected = None
    is_newly_rehoused: Annotated[
        bool, Field(description="Whether the municipality assigned the home to somebody who was homeless: they are welcomed by a visit.")
    ] = False


class TenancyChanged(_FromErp):
    """Who lives there, or what there is to know of the household, is another now. What is left out is as it was."""

    TYPE: ClassVar[str] = "dk.brobygger.erp.tenancy_changed.v1"

    tenancy_id: TenancyId
    persons: Persons = None
    household_size: HouseholdSize = None
    is_protected: IsProtected = None
    unit_id: UnitId = None


class TenantDeceased(_FromErp):
    """Somebody died. Everything outbound to them stops; a spouse who stays keeps their own."""

    TYPE: ClassVar[str] = "dk.brobygger.erp.tenant_deceased.v1"

    tenancy_id: TenancyId
    person_id: PersonId
    died_on: DiedOn
    unit_id: UnitId = None


class TenantDeceasedRetracted(_FromErp):
    """It was not true that they died."""

    TYPE: ClassVar[str] = "dk.brobygger.erp.tenant_deceased_retracted.v1"

    tenancy_id: TenancyId
    person_id: PersonId
    unit_id: UnitId = None


class GuardianAppointed(_FromErp):
    """Somebody decides for another: in what, the codes say."""

    TYPE: ClassVar[str] = "dk.brobygger.erp.guardian_appointed.v1"

    tenancy_id: TenancyId
    person_id: PersonId
    may_decide: MayDecide = ()
    unit_id: UnitId = None


class TenancyEnded(_FromErp):
    """A tenancy ends; the day given is its last."""

    TYPE: ClassVar[str] = "dk.brobygger.erp.tenancy_ended.v1"

    tenancy_id: TenancyId
    ended_on: EndedOn
    unit_id: UnitId = None


class TenancyEndWithdrawn(_FromErp):
    """A tenancy does not end after all: the notice was taken back, or told of the wrong one."""

    TYPE: ClassVar[str] = "dk.brobygger.erp.tenancy_end_withdrawn.v1"

    tenancy_id: TenancyId
    unit_id: UnitId = None


class TenancyInArrears(_FromErp):
    """Rent is owed: somebody asks whether help is wanted, long before a termination. No amount, and no more than once a month."""

    TYPE: ClassVar[str] = "dk.brobygger.erp.tenancy_in_arrears.v1"

    tenancy_id: TenancyId
    on: Annotated[date, Field(description="The day on which it was so; of the same month it is taken in once.")]
    months: Annotated[int, Field(ge=1, le=120, description="For how many months rent is owed, begun ones too.")]
    unit_id: UnitId = None


class WorkOrderRequested(Message):
    """Please send the damage service to a unit. No reason, no social detail."""

    TYPE: ClassVar[str] = "dk.brobygger.erp.work_order_requested.v1"
    TOPIC: ClassVar[str] = "brobygger.erp"
    FOR_OUTSIDERS: ClassVar[bool] = True

    order_id: OrderId
    unit_id: HomeId
    work: Work

    def subject_of(self, _stream_id: UUID) -> UUID:
        """The order; the ERP does not learn of a case."""
        return self.order_id


class WorkOrderCancelled(Message):
    """Please do not come any more: a work order that was asked for is taken back. No reason, no social detail."""

    TYPE: ClassVar[str] = "dk.brobygger.erp.work_order_cancelled.v1"
    TOPIC: ClassVar[str] = "brobygger.erp"
    FOR_OUTSIDERS: ClassVar[bool] = True

    order_id: OrderId

    def subject_of(self, _stream_id: UUID) -> UUID:
        """The order; the ERP does not learn of a case."""
        return self.order_id


INBOUND: tuple[type[Message], ...] = (
    TenancyStarted,
    TenancyChanged,
    TenancyEnded,
    TenantDeceased,
    TenantDeceasedRetracted,
    GuardianAppointed,
    TenancyEndWithdrawn,
    TenancyInArrears,
)
MESSAGES: tuple[type[Message], ...] = (*INBOUND, WorkOrderRequested, WorkOrderCancelled)
