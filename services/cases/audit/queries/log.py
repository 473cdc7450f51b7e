"""The access log and the chain, for those who check."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import asyncpg
from pydantic import Field

from services.cases.audit.queries.chosen import EVERYTHING, LISTED, Chosen, Wanted
from services.cases.case.queries.history import facts_for
from services.cases.case.queries.within import WITHIN, within
from shared.ground.provenance import Context
from shared.ground.statements import named
from shared.history.service import Service
from shared.messaging.access_log import log_access
from shared.privacy.access import Action, Reach, Resource, allow
from shared.words.vocabulary.people import WITHOUT_A_RELATION, Look, Relation

LookNumber = Annotated[int, Field(ge=1, le=2**63 - 1)]
"""Its place in the log."""


_AMONG = f"select case_id from case_list where {WITHIN} and case_id = any(:streams)"  # noqa: S608  constants of our own


_LOOKS = f"""
    select position, at, coalesce(nullif(service, ''), 'cases') as service, actor, role, purpose, action, about, relation,
      on_behalf_of, selection, exists (select from case_list where case_id = about and case_list.association = :association) as is_a_case
    from access_log where association = :association
      and (:about::uuid is null or about = :about)
      and (:actor::text is null or actor = :actor or on_behalf_of = :actor)
      and (:role::text is null or role = :role)
      and (:stated::text is null or purpose = :stated)
      and (:relation::text is null or relation = :relation)
      and (:service::text is null or coalesce(nullif(service, ''), 'cases') = :service)
      and (:look::text is null or action = :look)
      and (:begins::timestamptz is null or at >= :begins)
      and (:ends::timestamptz is null or at < :ends)
      and (:with_lists::bool or action <> '{Look.SHOWN_IN_LIST}')
      and (:before::bigint is null or (at, position) < (
        select at, position from access_log where position = :before and association = :association
      ))
      and (about is null or about <> all(:shut_from::uuid[]))
      and not exists (select from case_list where case_id = about and home_id = any(:shut_from::uuid[]))
    order by at desc, position desc limit :rows
"""  # noqa: S608  constants of our own


@dataclass(frozen=True, kw_only=True, slots=True)
class LoggedLook:
    """Somebody looked: when, in which service, who, in which role, why, at what, and in which relation to it."""

    position: int
    at: datetime
    service: str
    actor: str
    role: str
    purpose: str
    action: str
    about: UUID | None
    relation: str
    on_behalf_of: str
    selection: str
    is_a_case: bool
    """Whether what it was about is a case here, or the observation of one."""

    @property
    def stands_out(self) -> bool:
        """Whether somebody looked at a matter with which they have nothing to do but where they work."""
        return self.about is not None and self.relation in WITHOUT_A_RELATION


async def looks(
    connection: asyncpg.Connection[Any],
    *,
    association: str,
    about: UUID | None = None,
    what: Chosen = EVERYTHING,
    before: int | None = None,
    limit: int = 50,
    shut_from: Collection[UUID] = (),
) -> list[LoggedLook]:
    """Looks of an association in all services, the newest first: one row more than `limit` when there is more.

    `before` is the place of the last look that was shown. What lists showed is there where one case, or that kind, was asked for: beside
    the one look at a list it would fill the page with a line for each case. None at cases, or in homes, that are `shut_from` the one who
    asks.
    """
    asked = named(
        _LOOKS,
        association=association,
        about=about,
        **{name: what.codes.get(name) for name in ("actor", *LISTED)},
        begins=what.begins,
        ends=what.ends,
        with_lists=about is not None or "look" in what.codes,
        before=before,
        shut_from=list(shut_from),
        rows=limit + 1,
    )
    return [LoggedLook(**dict(row)) for row in await connection.fetch(asked.sql, *asked.values)]


async def read_log(
    context: Context,
    service: Service,
    wanted: Wanted,
    *,
    about: UUID | None = None,
    before: int | None = None,
    limit: int,
    look: Look = Look.READ_ACCESS_LOG,
) -> list[LoggedLook]:
    """The same for somebody at a door, who may, and whose look at the log is written down with what they chose.

    Raises `NotAllowed`, `NotFound`, and what `Wanted.read` raises.
    """
    who = context.actor
    allow(context, Action.READ_ACCESS_LOG, Resource(association=who.association))
    what = wanted.read(service.staff.within(who.association))
    async with service.read() as connection:
        if about is not None:
            await facts_for(connection, about, context, Action.READ_ACCESS_LOG)
        found = await looks(
            connection, association=who.association, about=about, what=what, before=before, limit=limit, shut_from=who.shut_from
        )
        await log_access(connection, context, action=look, about=about, relation=Relation.ASSOCIATION, selection=str(what))
    return found


async def cases_among(connection: asyncpg.Connection[Any], streams: Collection[UUID], reach: Reach) -> frozenset[UUID]:
    """Which of these streams are cases within reach, so that they can be opened."""
    asked = named(_AMONG, **within(reach), streams=list(streams))
    found = await connection.fetch(asked.sql, *asked.values)
    return frozenset(row["case_id"] for row in found)
