"""Sign-ins that are over before their time, as every process of every service knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import asyncpg

KEPT_FOR = timedelta(days=1)
"""Longer than any sign-in lasts (twenty hours): what is older is over anyway."""
SWEPT_EVERY_SECONDS = 15 * 60
LATE = timedelta(minutes=1)
"""So long after its time a row may still come to be seen: whoever wrote it had not finished."""
_SINCE = "select what, extract(epoch from ended_at)::float8 as ended_at from ended_sign_ins where ended_at > $1"
BETWEEN = "!"


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a cookie says of how somebody signed in, in fingerprints: nobody can tell from them whose they are."""

    own: str
    """Of this sign-in alone."""
    session: str = ""
    """Of the session at the provider, which may have begun others of ours."""
    subject: str = ""
    """Of who it was at the provider."""

    def __str__(self) -> str:
        return BETWEEN.join((self.own, self.session, self.subject)).rstrip(BETWEEN)

    @property
    def is_by_provider(self) -> bool:
        """Whether a provider said who it is; with another way to sign in than when it began, a sign-in is none."""
        return bool(self.subject)

    @classmethod
    def read(cls, text: str) -> SignIn:
        return cls(*text.split(BETWEEN)[:3])


class SignIns:
    """The list of what has ended, at hand in memory: at once where it ended, within a second elsewhere."""

    def __init__(self, pool: asyncpg.Pool[Any]) -> None:
        self._pool = pool
        self._ended: dict[str, float] = {}
        self._newest = LATE.total_seconds()
        self._swept_at = monotonic()

    def is_over(self, sign_in: SignIn, *, began: float) -> bool:
        """Whether it was ended: itself, or everything of its session or subject that had begun by then."""
        if sign_in.own in self._ended:
            return True
        return any(began <= int(self._ended.get(what, -1.0)) for what in (sign_in.session, sign_in.subject) if what)

    async def end(self, what: str) -> bool:
        """Let it be over, for everybody and for good; answers whether it was not before. Said again, what began meanwhile ends too."""
        rows = await self._pool.fetch(
            "insert into ended_sign_ins as known (what) values ($1) on conflict (what) do update set ended_at = now()"
            " returning extract(epoch from ended_at)::float8 as ended_at, xmax = 0 as is_new",
            what,
        )
        [(self._ended[what], is_new)] = rows
        return bool(is_new)

    async def refresh(self) -> None:
        """Read what ended elsewhere since, and let go of what nobody can be signed in with any more."""
        rows = await self._pool.fetch(_SINCE, datetime.fromtimestamp(self._newest, UTC) - LATE)
        self._ended |= {row["what"]: row["ended_at"] for row in rows}
        self._newest = max((row["ended_at"] for row in rows), default=self._newest)
        if monotonic() - self._swept_at > SWEPT_EVERY_SECONDS:
            self._swept_at = monotonic()
            await self._pool.execute("delete from ended_sign_ins where ended_at < now() - $1::interval", KEPT_FOR)
            last = self._newest - KEPT_FOR.total_seconds()
            self._ended = {what: ended_at for what, ended_at in self._ended.items() if ended_at >= last}
