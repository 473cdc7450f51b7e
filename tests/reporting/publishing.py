"""An association that publishes: a policy, lives that go on, and a clock that comes to the end of a month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from services.reporting.clock import publish_what_is_over
from services.reporting.trends.commands import AdoptPolicy, adopt_policy
from services.reporting.trends.rules.period import SETTLES, Month
from shared.ground.provenance import Actor, Context
from shared.messaging.message import ReceivedMessage
from shared.running.listener import Listener
from shared.words.vocabulary.people import Purpose, Role
from tests.reporting.lives import record
from tests.support.services import ASSOCIATION, Running

POLICY = """
version: "2026-1"
association: Boligforeningen Prøvegården
exact_for_a_year: [eviction_averted]
targets: {assessed: 90}
municipalities: {Aaby: Aaby Kommune, Beby: Beby Kommune, Ceby: Ceby Kommune}
estates:
  estate-1: {homes: 120, name: Nøddekrattet}
  estate-2: {homes: 80, name: Sneglehuset}
  estate-3: {homes: 60}
  estate-4: {homes: 12, name: Frøskoven}
"""


async def adopt(reporting: Running, text: str = POLICY) -> None:
    dpo = Actor(id="staff-dpo-1", role=Role.DPO, association=ASSOCIATION)
    context = Context(actor=dpo, purpose=Purpose.SUPERVISION, at=reporting.clock.now(), correlation_id=uuid4())
    await reporting.service.do(adopt_policy, AdoptPolicy(text=text), context)


async def hear(reporting: Running, said: Iterable[ReceivedMessage]) -> None:
    """What is said is heard then or later, and not before it is said."""
    told = list(said)
    reporting.clock.lead_to(max([reporting.clock.now(), *(heard.envelope.recorded_at for heard in told)]))
    await Listener(reporting.service).take_in([record(heard, offset) for offset, heard in enumerate(told)])


async def publish(reporting: Running, *, at: datetime) -> None:
    """The clock comes round at a moment."""
    reporting.clock.lead_to(at)
    await publish_what_is_over(reporting.service)


def settled(month: Month) -> datetime:
    """When a month is counted."""
    return month.ends + SETTLES
