"""What a service has heard of a colleague, without anybody having to say it over Kafka."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shared.history.colleagues import keep
from shared.messaging.messages.staff import Away, ColleagueChanged, HatWorn, OnCall
from shared.words.vocabulary.people import Role
from tests.support.services import ASSOCIATION, NOW, Running


async def wears(running: Running, person: str, *roles: Role, version: int = 1) -> None:
    """Somebody with several hats, as intake told of them last."""
    said = ColleagueChanged(person=person, version=version, hats=tuple(HatWorn(role=role.value, estates=()) for role in roles))
    async with running.service.transaction() as connection:
        await keep(connection, ASSOCIATION, said)
    await running.service.colleagues.refresh()


TWO_WEEKS = timedelta(days=14)


async def heard_of(
    running: Running,
    person: str,
    role: Role,
    *,
    estates: tuple[str, ...] = (),
    stand_in: str | None = None,
    on_call: bool = False,
    shut_from: tuple[UUID, ...] = (),
    begins: datetime = NOW - timedelta(days=1),
    version: int = 1,
) -> None:
    """Somebody as intake told of them last: away with a stand-in, or on call, for two weeks that began yesterday."""
    span: dict[str, Any] = {"begins": begins, "ends": begins + TWO_WEEKS}
    said = ColleagueChanged(
        person=person,
        version=version,
        hats=(HatWorn(role=role.value, estates=estates),),
        absences=(Away(**span, stand_in=stand_in),) if stand_in is not None else (),
        on_call=(OnCall(**span),) if on_call else (),
        shut_from=shut_from,
    )
    async with running.service.transaction() as connection:
        await keep(connection, ASSOCIATION, said)
    await running.service.colleagues.refresh()
