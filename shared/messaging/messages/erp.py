"""What the association's ERP tells us, and the codes it may know."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from shared.messaging.message import Message
from shared.messaging.messages.fields import EndedOn, EstateId, HomeId, OrderId, StartedOn, TenancyId, Work


class _FromErp(Message):
    TOPIC: ClassVar[str] = "erp.inbound"
    NEWER_REPLACES: ClassVar[bool] = True


class TenancyStarted(_FromErp):
    """A tenancy begins. Ids only: the ERP keeps the names."""

    TYPE: ClassVar[str] = "dk.brobygger.erp.tenancy_started.v1"

    tenancy_id: TenancyId
    unit_id: HomeId
    estate_id: EstateId
    started_on: StartedOn


class TenancyEnded(_FromErp):
    """A tenancy ends; the day given is its last."""

    TYPE: ClassVar[str] = "dk.brobygger.erp.tenancy_ended.v1"

    tenancy_id: TenancyId
    ended_on: EndedOn


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


INBOUND: tuple[type[Message], ...] = (TenancyStarted, TenancyEnded)
MESSAGES: tuple[type[Message], ...] = (*INBOUND, WorkOrderRequested)
