"""What the association's ERP tells us, and the codes it may know (domain.md §3.3)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.messaging.message import Message


class _FromErp(Message):
    TOPIC: ClassVar[str] = "erp.inbound"


class TenancyStarted(_FromErp):
    """A tenancy begins. Ids only: the ERP keeps the names."""

    TYPE: ClassVar[str] = "dk.brobygger.erp.tenancy_started.v1"

    tenancy_id: UUID
    unit_id: UUID
    estate_id: str
    started_on: date


class TenancyEnded(_FromErp):
    """A tenancy ends; the day given is its last."""

    TYPE: ClassVar[str] = "dk.brobygger.erp.tenancy_ended.v1"

    tenancy_id: UUID
    ended_on: date


class WorkOrderRequested(Message):
    """Please send the damage service to a unit. No reason, no social detail."""

    TYPE: ClassVar[str] = "dk.brobygger.erp.work_order_requested.v1"
    TOPIC: ClassVar[str] = "brobygger.erp"
    FOR_OUTSIDERS: ClassVar[bool] = True

    order_id: UUID
    unit_id: UUID
    work: str

    def subject_of(self, _stream_id: UUID) -> UUID:
        """The order; the ERP does not learn of a case."""
        return self.order_id


INBOUND: tuple[type[Message], ...] = (TenancyStarted, TenancyEnded)
MESSAGES: tuple[type[Message], ...] = (*INBOUND, WorkOrderRequested)
