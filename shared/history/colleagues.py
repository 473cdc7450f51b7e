"""The people who work here, as every process of every service has them: from the table of what intake said, as it changes.

No request asks for it: it is in memory. What somebody changes in this process is there when it has been done; what
another process changed, within a second. Until a colleague has a history, the staff file says who they are.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import monotonic
from typing import Any

import asyncpg

from shared.ground.statements import Rows
from shared.history.unit_of_work import UnitOfWork
from shared.messaging.messages.staff import ColleagueChanged
from shared.privacy.personal import Keyring, Sealed
from shared.privacy.staff import Absence, Hat, Person, StaffDirectory, Turn
from shared.privacy.vault import Vault
from shared.words.vocabulary.people import Role

READ_ANEW_SECONDS = 60.0
"""So often everything is read although nothing changed: a key that was destroyed takes the name with it."""

_KEPT = (
    "insert into colleagues (association, person, version, said) values ($1, $2, $3, $4)"
    " on conflict (association, person) do update set version = excluded.version, said = excluded.said"
    " where colleagues.version <= excluded.version"
)


async def keep(rows: Rows, association: str, said: ColleagueChanged) -> None:
    """Note what was said of a colleague; what is older than what is known changes nothing."""
    await rows.execute(_KEPT, association, said.person, said.version, said.model_dump(mode="json"))


async def hear(message: ColleagueChanged, work: UnitOfWork) -> None:
    """The reaction of a service that only wants to know."""
    await keep(await work.rows(), work.association, message)
    work.changes_staff = True


class Colleagues:
    """Who works here, at hand in memory."""

    def __init__(self, pool: asyncpg.Pool[Any], vault: Vault) -> None:
        self._pool = pool
        self._vault = vault
        self._heard: tuple[Person, ...] = ()
        self._stamp: object = None
        self._read_at = 0.0
        self._reading = asyncio.Lock()
        self._files: dict[Path, StaffDirectory] = {}
        self._directory: tuple[object, StaffDirectory] | None = None

    def directory(self, *, file: Path, associations: Iterable[str]) -> StaffDirectory:
        """Those of the served associations; raises `StaffFileIsWrong` where the file is needed and cannot be used."""
        whose = tuple(associations)
        made_of = (file, whose, self._heard)
        if self._directory is None or self._directory[0] != made_of:
            if file not in self._files:
                self._files[file] = StaffDirectory.read(file)
            known = self._files[file].with_news(self._heard).known
            self._directory = made_of, StaffDirectory(person for person in known if person.association in whose)
        return self._directory[1]

    async def refresh(self) -> None:
        """Look whether anybody is another now, and read it if so; one after the other, so that what is older never comes last."""
        async with self._reading:
            await self._read()

    async def _read(self) -> None:
        async with self._pool.acquire() as connection:
            stamp = tuple(await connection.fetchrow("select count(*), coalesce(sum(version), 0) from colleagues") or ())
            if stamp == self._stamp and monotonic() - self._read_at < READ_ANEW_SECONDS:
                return
            rows = await connection.fetch("select association, said from colleagues order by association, person")
        said = [(row["association"], ColleagueChanged.model_validate(row["said"])) for row in rows]
        keyring = await self._vault.keyring(sealed.subject for _, colleague in said for sealed in _sealed(colleague))
        heard = tuple(person_of(association, colleague, keyring) for association, colleague in said)
        if heard != self._heard:
            self._heard = heard
        self._stamp, self._read_at = stamp, monotonic()


async def people_in(connection: asyncpg.Connection[Any], association: str) -> list[Person]:
    """Everybody who has a history in an association, as it is at this very instant; called by their ids, for no key is asked for."""
    found = await connection.fetch("select said from colleagues where association = $1 order by person", association)
    nameless = dict.fromkeys(("name", "email", "phone"))
    return [person_of(association, ColleagueChanged.model_validate(row["said"] | nameless), Keyring({})) for row in found]


def person_of(association: str, said: ColleagueChanged, keyring: Keyring) -> Person:
    """A colleague as the rules of access know them."""

    def opened(sealed: Sealed | None) -> str:
        return (keyring.open(sealed) or "") if sealed else ""

    return Person(
        id=said.person,
        name=opened(said.name) or said.person,
        association=association,
        hats=tuple(_hats(said)),
        email=opened(said.email),
        phone=opened(said.phone),
        absences=tuple(Absence(away.begins, away.ends, away.stand_in) for away in said.absences),
        turns=tuple(Turn(turn.begins, turn.ends) for turn in said.on_call),
        shut_from=frozenset(said.shut_from),
        stay=said.stay,
    )


def _hats(said: ColleagueChanged) -> Iterator[Hat]:
    """Those whose role is known here: what a later release has as well is nothing that may be worn yet."""
    roles: Sequence[str] = list(Role)
    for hat in said.hats:
        if hat.role in roles:
            yield Hat(Role(hat.role), frozenset(hat.estates))


def _sealed(said: ColleagueChanged) -> Iterator[Sealed]:
    yield from (sealed for sealed in (said.name, said.email, said.phone) if sealed)
