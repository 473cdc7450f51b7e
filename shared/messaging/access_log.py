"""Every look at a case, a search or a figure leaves a line: who, why, and in which relation (domain.md §2.6).

One service keeps the log of all (decision 0037): the others tell it of each look, in the statement that writes down their own line.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from shared.ground.provenance import Context, Provenance
from shared.ground.statements import Statement, combined
from shared.messaging import outbox
from shared.messaging.message import Envelope, envelope_for
from shared.messaging.messages.looks import Looked
from shared.words.vocabulary.people import Look

_LINE = (
    "insert into access_log"
    " (at, association, actor, role, purpose, action, about, relation, correlation_id, on_behalf_of, selection, service)"
    " select $1::timestamptz, $2::text, $3::text, $4::text, $5::text, $6::text, $7::uuid, $8::text, $9::uuid, $10::text, $11::text,"
    " $12::text"
)
_WITH_WHAT_WAS_SHOWN = (
    f"{_LINE} union all select date_trunc('hour', $1::timestamptz), $2, $3, $4, $5, $13, shown.about, shown.relation, gen_random_uuid(),"  # noqa: S608 -- constants
    " $10, '', $12 from unnest($14::uuid[], $15::text[]) as shown (about, relation) on conflict do nothing"
)


async def log_access(
    connection: asyncpg.Connection[Any],
    context: Context,
    *,
    action: str,
    about: UUID | None = None,
    relation: str = "none",
    selection: str = "",
    shown: Mapping[UUID, str] | None = None,
    told_by: str = "",
) -> None:
    """Write down one look, and tell whoever keeps the log of all.

    `relation` is the one who looks to what is looked at: a `Relation`; `selection` is what they chose of it. `shown` are the cases of a
    list, each with that relation. Every one of them has a line of its own, once an hour for the same reader, with no moment and no id in
    common: together they would lead from one that was erased to those that are not. `told_by` is the service that tells of it; the one
    that keeps the log of all tells nobody.
    """
    who = context.actor
    looked = Looked(
        look=action,
        purpose=context.purpose.value,
        relation=str(relation),
        about=about,
        on_behalf_of=context.on_behalf_of,
        selection=selection,
    )
    written = _line(
        looked, at=context.at, association=who.association, actor=who.id, role=who.role.value, correlation_id=context.correlation_id,
        service=told_by,
    )  # fmt: skip
    if shown:
        more = (Look.SHOWN_IN_LIST.value, list(shown), [str(each) for each in shown.values()])
        written = Statement(_WITH_WHAT_WAS_SHOWN, (*written.values, *more))
    if told_by:
        written = combined(written, outbox.addition([(_envelope(looked, context, told_by), looked)]))
    await connection.execute(written.sql, *written.values)


def heard(told: Looked, envelope: Envelope, *, correlation_id: UUID, about: UUID | None) -> Statement:
    """The line of a look that another service tells of; `about` is what the matter is known as here."""
    return _line(
        told.model_copy(update={"about": about}), at=envelope.time, association=envelope.association, actor=envelope.actor,
        role=envelope.actor_role, correlation_id=correlation_id, service=envelope.source.rpartition("/")[2],
    )  # fmt: skip


def _line(looked: Looked, *, at: datetime, association: str, actor: str, role: str, correlation_id: UUID, service: str) -> Statement:
    values = (
        at, association, actor, role, looked.purpose, looked.look, looked.about, looked.relation, correlation_id, looked.on_behalf_of,
        looked.selection, service,
    )  # fmt: skip
    return Statement(_LINE, values)


def _envelope(looked: Looked, context: Context, service: str) -> Envelope:
    """In an order of its own: nothing waits behind a look, and its key leads to nobody."""
    provenance = Provenance(
        association=context.actor.association,
        actor=context.actor.id,
        role=context.actor.role.value,
        on_behalf_of=context.on_behalf_of,
        happened_at=context.at,
        recorded_at=context.at,
        purpose=context.purpose.value,
        basis="",
        procedure_version="",
        correlation_id=str(context.correlation_id),
        causation_id="",
        traceparent="",
    )
    return envelope_for(looked, service=service, stream_id=uuid4(), version=1, provenance=provenance)
