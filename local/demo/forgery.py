"""One event that was changed behind everybody's back, so that whoever audits the demo has something to find (domain.md §10)."""

from __future__ import annotations

import asyncpg

from local.postgres import EmbeddedPostgres

OTHER_OUTCOME = "eviction_averted"
"""What the case is made to have ended with: the outcome that looks best in an annual report."""

_OLDEST_CLOSED = """
select position, stream_id, version from events
where topic = 'case.closed' and state::jsonb ->> 'outcome' not in ($1, 'help_established')
order by position limit 1
"""
_CHANGED = """
update events set state = regexp_replace(state, '"outcome":"[^"]*"', '"outcome":"' || $2 || '"') where position = $1
"""


async def forge(postgres: EmbeddedPostgres) -> tuple[str, int] | None:
    """Change how the oldest closed case ended, as somebody with the disk in their hands would; answers the case and the event's number.

    The story of the leak ended with help and is never touched. `None` where no case fits.
    """
    owner = await asyncpg.connect(postgres.dsn("cases"))
    try:
        async with owner.transaction():
            found = await owner.fetchrow(_OLDEST_CLOSED, OTHER_OUTCOME)
            if found is None:
                return None
            await owner.execute("alter table events disable trigger events_are_immutable")
            await owner.execute(_CHANGED, found["position"], OTHER_OUTCOME)
            await owner.execute("alter table events enable trigger events_are_immutable")
            return str(found["stream_id"]), found["version"]
    finally:
        await owner.close()
