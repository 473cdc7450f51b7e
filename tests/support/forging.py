"""What somebody with the disk in their hands does to the history of a service."""

from __future__ import annotations

from shared.ground.database import connect
from tests.support.services import Running


async def behind_it(running: Running, sql: str, *values: object) -> None:
    """Something is done to the history that the service cannot do."""
    owner = await connect(running.owner_url)
    try:
        await owner.execute("alter table events disable trigger all")
        await owner.execute(sql, *values)
    finally:
        await owner.close()
