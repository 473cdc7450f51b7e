"""What happened to a procedure → one row for each version, and one for each estate it is for."""

from __future__ import annotations

from datetime import date

from services.cases.procedure.rules.adoption import Procedure
from shared.ground.statements import Rows
from shared.history.aggregate import Event
from shared.words.vocabulary.procedure import VersionState

_PROPOSED = """
    insert into procedure_version
      (association, version, effective_on, adopted_in_order, text, digest, state, oddities, proposed_at, proposed_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    on conflict (association, version) do update set effective_on = excluded.effective_on, adopted_in_order = excluded.adopted_in_order,
      text = excluded.text, digest = excluded.digest, state = excluded.state, oddities = excluded.oddities,
      proposed_at = excluded.proposed_at, proposed_by = excluded.proposed_by,
      withdrawn_at = null, withdrawn_by = '', withdrawn_reason = ''
"""
# What was said of a proposal stays beside the version that came of it; of another text under the same name nothing was said.
_ADOPTED = """
    insert into procedure_version as old (association, version, effective_on, adopted_in_order, text, digest, state, adopted_at, adopted_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (association, version) do update set effective_on = excluded.effective_on, adopted_in_order = excluded.adopted_in_order,
      text = excluded.text, digest = excluded.digest, state = excluded.state,
      adopted_at = excluded.adopted_at, adopted_by = excluded.adopted_by,
      oddities = case when old.digest = excluded.digest then old.oddities else '[]' end,
      proposed_at = case when old.digest = excluded.digest then old.proposed_at end,
      proposed_by = case when old.digest = excluded.digest then old.proposed_by else '' end,
      withdrawn_at = null, withdrawn_by = '', withdrawn_reason = ''
"""
_WITHDRAWN = """
    update procedure_version set state = $3, withdrawn_at = $4, withdrawn_by = $5, withdrawn_reason = $6
    where association = $1 and version = $2
"""


async def project(connection: Rows, happened: Event) -> None:
    """Write the row of a version, or of an estate, as it is now."""
    match happened:
        case Procedure.EstateNoted(estate_id=estate_id, municipality=municipality):
            await connection.execute(
                "insert into noted_estate (association, estate_id, municipality) values ($1, $2, $3)"
                " on conflict (association, estate_id) do update set municipality = excluded.municipality",
                happened.provenance.association, estate_id, municipality,
            )  # fmt: skip
        case Procedure.Proposed(version=version, effective_on=effective_on, text=text, digest=digest, oddities=oddities):
            who = happened.provenance
            await connection.execute(
                _PROPOSED, who.association, version, date.fromisoformat(effective_on), happened.originator_version, text, digest,
                VersionState.PROPOSED.value, oddities, who.recorded_at, who.actor,
            )  # fmt: skip
        case Procedure.Adopted(version=version, effective_on=effective_on, text=text, digest=digest):
            who = happened.provenance
            await connection.execute(
                _ADOPTED, who.association, version, date.fromisoformat(effective_on), happened.originator_version, text, digest,
                VersionState.ADOPTED.value, who.recorded_at, who.actor,
            )  # fmt: skip
        case Procedure.Withdrawn(version=version, reason=reason):
            who = happened.provenance
            await connection.execute(
                _WITHDRAWN, who.association, version, VersionState.WITHDRAWN.value, who.recorded_at, who.actor, reason,
            )  # fmt: skip
