"""What happened to an erasure → the row its progress and its certificate are read from."""

from __future__ import annotations

from services.intake.erasure.rules.erasure import Erasure
from shared.ground.statements import ReadModelRows
from shared.history.aggregate import Event
from shared.words.vocabulary.erasure import ErasureState


async def project(connection: ReadModelRows, happened: Event) -> None:
    """Keep how far each has come; of whom it is stands nowhere in the open."""
    match happened:
        case Erasure.Begun(kind=kind, reason=reason, matters=matters):
            said = happened.provenance
            await connection.execute(
                "insert into erasures (erasure_id, association, begun_by, begun_at, kind, reason, state, matters)"
                " values ($1, $2, $3, $4, $5, $6, $7, $8)",
                happened.originator_id, said.association, said.actor, said.recorded_at, kind, reason, ErasureState.BEGUN.value, matters,
            )  # fmt: skip
        case Erasure.KeysDestroyed(at=at, matters=matters, texts=texts):
            await connection.execute(
                "update erasures set state = $2, destroyed_at = $3, matters = $4, texts = $5 where erasure_id = $1",
                happened.originator_id, ErasureState.DESTROYED.value, at, matters, texts,
            )  # fmt: skip
        case Erasure.CarriedOut(service=service, at=at):
            await connection.execute(
                "update erasures set carried_out = carried_out || $2::jsonb where erasure_id = $1",
                happened.originator_id, {service: at.isoformat()},
            )  # fmt: skip
        case Erasure.Certified(remains=remains, topics_until=topics_until):
            await connection.execute(
                "update erasures set state = $2, certified_at = $3, remains = $4, topics_until = $5 where erasure_id = $1",
                happened.originator_id, ErasureState.CERTIFIED.value, happened.provenance.recorded_at, remains, topics_until,
            )  # fmt: skip
