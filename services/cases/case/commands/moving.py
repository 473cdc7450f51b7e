"""Open cases go on under another version of the procedure."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid5

from services.cases.case.commands.taking import TakeStep, content_of, take_step
from services.cases.case.rules.pinned import MoveToProcedure
from services.cases.case.rules.refusals import CaseIsClosed, ConcernIsDismissed
from shared.ground.fields import FreeText
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.privacy.personal import KeyIsDestroyed


async def move_each(service: Service, cases: Iterable[UUID], *, to: str, reason: FreeText, id: UUID, context: Context) -> int:
    """Move each of these cases by itself; answers how many.

    One that is over meanwhile stays where it is, and so does one about somebody whose words were erased: a reason could not be kept.

    Each is a decision of its own with an event of its own; sent again with the same id, those that were moved are not moved again.
    """
    moved = 0
    for case_id in cases:
        request = MoveToProcedure(id=uuid5(id, str(case_id)), procedure_version=to, reason=reason)
        command, apart = TakeStep(case_id=case_id, request=request), context.apart(at=service.clock.now())
        try:
            await service.do_once(take_step, command, apart, id=request.id, content=content_of(case_id, request), about=case_id)
        except (CaseIsClosed, ConcernIsDismissed, KeyIsDestroyed):
            continue
        moved += 1
    return moved
