"""The floor of registering: a FastAPI route that takes the same body and does two durable inserts, nothing else.

One in each of two databases, for links are durable in the vault before the first event of what they are about is (design.md §12).
"""

from __future__ import annotations

import sys
from datetime import datetime
from uuid import UUID

import asyncpg
import uvloop
from fastapi import FastAPI
from pydantic import BaseModel

from shared.running.serving import server

TABLE = "create table if not exists notes (id uuid primary key, body text not null)"

INSERT = "insert into notes (id, body) values ($1, $2)"


class Note(BaseModel):
    """What the caretaker's phone sends, as Pydantic reads it without being asked for more."""

    id: UUID
    home_id: UUID
    observed_at: datetime
    signals: list[str]
    severity: str
    consent_answer: str
    consent_wording: str
    consent_scope: list[str]
    words: str


async def serve(dsn: str, other_dsn: str, listen: str, pool_size: int) -> None:
    """Serve it as our services are served."""
    app = FastAPI()
    async with (
        asyncpg.create_pool(dsn, min_size=1, max_size=pool_size) as pool,
        asyncpg.create_pool(other_dsn, min_size=1, max_size=pool_size) as other,
    ):
        await pool.execute(TABLE)
        await other.execute(TABLE)

        @app.post("/notes", status_code=201)
        async def note(body: Note) -> dict[str, str]:
            await other.execute(INSERT, body.id, str(body.home_id))
            await pool.execute(INSERT, body.id, body.words)
            return {"id": str(body.id)}

        await server(app, listen).serve()


if __name__ == "__main__":
    uvloop.run(serve(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
