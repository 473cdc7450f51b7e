"""What a colleague is after what happened → the line every service has of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.intake.staff.rules.colleague import Colleague
from services.intake.staff.rules.working import CameBack, DetailsChanged, TakenOn
from shared.ground.statements import Rows
from shared.history.aggregate import Aggregate, Event
from shared.history.colleagues import keep
from shared.messaging.messages.staff import Away, ColleagueChanged, HatWorn, OnCall
from shared.privacy.personal import as_sealed


async def reflect(connection: Rows, colleague: Aggregate, happened: Sequence[Event]) -> None:
    """Keep the line here as the others will keep it; other subjects have none."""
    if isinstance(colleague, Colleague):
        await keep(connection, happened[-1].provenance.association, ColleagueChanged(**facts_of(colleague, happened)))


def facts_of(colleague: Colleague, happened: Sequence[Event]) -> dict[str, Any]:
    """All of it, after what happened. What was sealed just now stands sealed in the event, and still open in the colleague."""
    news = [event for event in happened if isinstance(event, (TakenOn, CameBack, DetailsChanged))]
    called = news[-1] if news else colleague
    absences = sorted(colleague.absences.values(), key=lambda one: one.begins)
    turns = sorted(colleague.turns.values(), key=lambda one: one.begins)
    return {
        "person": colleague.person,
        "version": colleague.version,
        "name": as_sealed(called.name),
        "email": as_sealed(called.email),
        "phone": as_sealed(called.phone),
        "hats": tuple(HatWorn(role=role, estates=tuple(estates)) for role, estates in colleague.hats.items()),
        "absences": tuple(Away(begins=one.begins, ends=one.ends, stand_in=one.stand_in) for one in absences),
        "on_call": tuple(OnCall(begins=one.begins, ends=one.ends) for one in turns),
        "stay": colleague.stay,
        "shut_from": tuple(sorted({conflict.about for conflict in colleague.conflicts.values()})),
    }
