"""What the first release left is moved over once: no id of a home or a tenancy stands in the clear, and everything else is as it was.

That the code of today works on what was moved, `test_releases.py` says.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import asyncpg
import pytest

from shared.ground.database import connect, migrate
from shared.history import event_store, first_release
from shared.history.first_release import CannotBeMoved, Done, is_due_at, move
from shared.messaging.message import event_id
from shared.privacy.first_release import MovingVault
from shared.privacy.matter import About
from shared.privacy.personal import Sealed
from shared.privacy.vault import Vault
from tests.contracts.conftest import Data
from tests.support.installation import SERVICES
from tests.support.postgres import PostgresServer
from tests.support.release.dump import MASTER_KEY, releases
from tests.support.release.opened import copied, opened, parts_of
from tests.support.services import ROLE

FIRST = next(release for release in releases() if release.name == "0.1.0")
ASSOCIATION = "bakkegaarden"
MAY_HOLD_HOMES = {
    ("intake", "homes"),
    ("intake", "observations"),
    ("intake", "tenancies"),
    ("cases", "case_list"),
    ("notifications", "notice_list"),
    ("vault", "links"),
}
"""The register; and, for as long as the keys live, rows that people look things up in, and the links of the vault."""
MAY_HOLD_TENANCIES = MAY_HOLD_HOMES - {("intake", "homes"), ("notifications", "notice_list")}
BYTES = re.compile(r"\\\\x([0-9a-f]+)")
ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")


@pytest.fixture(scope="module")
async def left(postgres: PostgresServer) -> AsyncIterator[dict[str, str]]:
    async with FIRST.restored(postgres) as urls:
        yield urls


@pytest.fixture(scope="module")
async def moved(left: dict[str, str], postgres: PostgresServer) -> AsyncIterator[dict[str, str]]:
    async with copied(left, postgres) as urls:
        for name in SERVICES:
            await _move(urls, name)
        yield urls


@pytest.fixture
async def urls(left: dict[str, str], postgres: PostgresServer) -> AsyncIterator[dict[str, str]]:
    async with copied(left, postgres) as urls:
        yield urls


async def _move(urls: dict[str, str], name: str, *, although_broken: bool = False) -> Done | None:
    """As the command does it."""
    master = FIRST.directory / MASTER_KEY
    done = await move(parts_of(name), urls[name], owner_vault_url=urls["vault"], master_key_file=master, although_broken=although_broken)
    await migrate(urls["vault"], kind="vault", role=ROLE)
    await migrate(urls[name], read_models=parts_of(name).read_models, role=ROLE)
    return done


# What is not there any more


async def test_no_id_of_a_home_or_a_tenancy_is_left_in_the_clear(left: dict[str, str], moved: dict[str, str]) -> None:
    tenancies = set(await _column(left["intake"], "select tenancy_id from tenancies"))
    homes = set(await _column(left["intake"], "select home_id from homes"))
    before, found = [
        {(name, table): ids for name in place for table, ids in (await _ids_in(place[name])).items()} for place in (left, moved)
    ]
    assert {place for place, ids in before.items() if ids & tenancies} >= {
        ("reporting", "inbox"),
        ("cases", "events"),
        ("intake", "outbox"),
    }
    assert {place for place, ids in found.items() if ids & tenancies} <= MAY_HOLD_TENANCIES
    assert {place for place, ids in found.items() if ids & homes} <= MAY_HOLD_HOMES


async def test_nothing_leads_to_whoever_was_erased(left: dict[str, str], moved: dict[str, str]) -> None:
    [tenancy] = await _column(left["vault"], "select subject from keys where wrapped is null")
    found = {(name, table): ids for name in moved for table, ids in (await _ids_in(moved[name])).items()}
    assert not {place for place, ids in found.items() if tenancy in ids}
    assert (
        len(await _column(moved["vault"], "select id from keys where wrapped is null and matter = id")) == 3
    )  # tenancy, observation, case
    assert await _column(moved["vault"], "select distinct reason from keys where wrapped is null") == ["erasure_request"]
    assert not await _column(moved["vault"], "select links.id from links join keys on keys.id = links.matter where wrapped is null")


async def test_ids_that_were_made_of_a_tenancy_or_told_to_the_erp_are_others_now(left: dict[str, str], moved: dict[str, str]) -> None:
    """Whoever knows a tenancy could work out the one, and the ERP knows which home the other was about."""
    made_of = set[UUID]()
    for tenancy in await _column(left["intake"], "select tenancy_id from tenancies"):
        for version in range(1, 5):
            made_of.add(event_id(tenancy, version))
            for kind in ("started", "ended"):
                made_of |= {uuid5(event_id(tenancy, version), f"dk.brobygger.intake.tenancy_{kind}.v{n}") for n in (1, 2)}
    orders = set(
        await _column(moved["cases"], "select (state::jsonb -> 'order_id' ->> '_data_')::uuid from events where topic like '%order%'")
    )
    ordered = "select value from outbox where headers ->> 'ce_type' = 'dk.brobygger.erp.work_order_requested.v1'"
    outside = {UUID(json.loads(value)["order_id"]) for value in await _column(left["cases"], ordered)}
    assert orders
    assert outside
    for name in moved:
        for table, ids in (await _ids_in(moved[name])).items():
            assert not ids & (made_of | outside), (name, table)


# What is as it was


async def test_every_event_keeps_its_place_its_time_and_who_did_it(left: dict[str, str], moved: dict[str, str]) -> None:
    sql = "select position, association, version, topic, recorded_at, provenance::jsonb - 8 as who from events order by position"
    for name in SERVICES:
        assert await _rows(moved[name], sql) == await _rows(left[name], sql)


async def test_what_caused_an_event_is_a_message_that_was_consumed(moved: dict[str, str]) -> None:
    for name in ("intake", "cases", "notifications"):
        caused = (
            "select distinct provenance::jsonb ->> 8 from events where provenance::jsonb ->> 1 = 'system' and provenance::jsonb ->> 8 <> ''"
        )
        consumed = await _column(moved[name], "select message_id from inbox union select distinct stream_id::text from events")
        assert set(await _column(moved[name], caused)) <= set(consumed)


async def test_everything_that_was_published_is_known_where_it_was_consumed(moved: dict[str, str]) -> None:
    published = set[str]()
    for name in SERVICES:
        published |= set(await _column(moved[name], "select headers ->> 'ce_id' from outbox"))
    for name in SERVICES:
        consumed = await _column(moved[name], "select message_id from inbox where source not like '%/erp' and source not like '%/later'")
        assert set(consumed) <= published


async def test_a_new_chain_holds_and_the_root_of_the_one_before_is_noted(left: dict[str, str], moved: dict[str, str]) -> None:
    for name in ("intake", "cases", "notifications"):
        before, now = await _verified(left[name]), await _verified(moved[name])
        assert now.holds
        assert now.root != before.root
        assert (now.events, now.streams) == (before.events, before.streams)
        noted = await _rows(moved[name], "select association, streams, events, root, held from chains_before order by association")
        assert noted == [(whose, before.streams, before.events, before.root, True) for whose in ("", ASSOCIATION)]
    assert await _column(moved["reporting"], "select count(*) from chains_before") == [0]  # it has no events


async def test_whoever_checks_is_shown_the_root_of_the_chain_before(
    left: dict[str, str], moved: dict[str, str], postgres: PostgresServer, tmp_path: Path
) -> None:
    root = (await _verified(left["cases"])).root
    async with copied(moved, postgres) as urls, opened(FIRST, urls, postgres, tmp_path) as place:
        auditor = place.clients["staff-auditor-1"]
        page = (await auditor.get("/cases/audit/chain?formaal=audit&verify=1", headers={"Accept": "text/html"})).text
        answer = (await auditor.get("/cases/api/audit/chain")).json()
    assert root in page
    assert "Kæder før denne" in page
    assert answer["root"] != root
    assert [(before["root"], before["held"]) for before in answer["before"]] == [(root, True)]


async def test_the_note_is_not_rewritten(moved: dict[str, str]) -> None:
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await _column(moved["cases"], "update chains_before set root = '' returning root")


async def test_every_matter_knows_whom_it_is_about_and_opens(left: dict[str, str], moved: dict[str, str]) -> None:
    async with _vault(moved) as vault:
        for name, table, column in (("intake", "observations", "observation_id"), ("cases", "case_list", "case_id")):
            was = {row[0]: row for row in await _rows(left[name], f"select {column}, tenancy_id, home_id from {table}")}
            living = await _rows(moved[name], f"select {column}, tenancy_id, home_id from {table} where home_id is not null")
            assert len(living) == len(was) - 1
            for matter, tenancy, home in living:
                assert was[matter] == (matter, tenancy, home)
                links = {(each.link.about, each.link.id) for each in await vault.links_of(matter, association=ASSOCIATION)}
                assert links == {(About.TENANCY, tenancy), (About.HOME, home)}
        for name in ("intake", "cases"):
            shut = [sealed.of async for sealed in _sealed_in(moved[name]) if (await vault.keyring([sealed.subject])).open(sealed) is None]
            assert 0 < len(shut) < 10  # of whoever was erased


async def test_no_key_of_a_tenancy_is_left(left: dict[str, str], moved: dict[str, str]) -> None:
    old = await _column(left["vault"], "select subject from keys")
    assert not set(old) & set(await _column(moved["vault"], "select id from keys"))
    assert await _column(moved["vault"], "select to_regclass('moving')") == [None]


# Once, and whole


async def test_moved_again_there_is_nothing_to_do(moved: dict[str, str]) -> None:
    for name in SERVICES:
        assert not await is_due_at(moved[name], parts_of(name).first_release)
        assert await _move(moved, name) is None


async def test_what_is_of_today_has_nothing_to_move(data: Data) -> None:
    for name in SERVICES:
        assert not await is_due_at(data.now[name], parts_of(name).first_release)


async def test_the_old_keys_are_thrown_away_with_the_last_of_the_four(urls: dict[str, str]) -> None:
    over = []
    for name in SERVICES:
        done = await _move(urls, name)
        assert done is not None
        over.append(done.is_over)
    assert over == [False, False, False, True]


async def test_a_move_that_breaks_off_leaves_everything_as_it_was_and_goes_on_later(
    urls: dict[str, str], moved: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await _move(urls, "intake")
    before = await _rows(urls["cases"], "select * from events order by position")
    with monkeypatch.context() as broken:
        broken.setattr(first_release, "refill", _break_off)
        with pytest.raises(ConnectionError):
            await _move(urls, "cases")
    assert await _rows(urls["cases"], "select * from events order by position") == before
    for name in SERVICES[1:]:
        assert await _move(urls, name)
    rows = "select observation_id, home_id, tenancy_id from case_list order by 1"
    assert await _rows(urls["cases"], rows) == await _rows(moved["cases"], rows)
    assert (await _verified(urls["cases"])).holds


async def test_a_service_that_was_moved_but_not_noted_is_noted_later(urls: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(MovingVault, "note", _break_off)
        with pytest.raises(ConnectionError):
            await _move(urls, "intake")
    with pytest.raises(CannotBeMoved, match="first move intake"):
        await _move(urls, "cases")
    assert await _move(urls, "intake") is None
    assert await _move(urls, "cases")


async def test_who_only_speaks_of_matters_is_not_moved_before_who_begins_them(urls: dict[str, str]) -> None:
    with pytest.raises(CannotBeMoved, match="first move intake"):
        await _move(urls, "reporting")


async def test_a_chain_that_does_not_hold_is_not_moved_unless_somebody_says_so(urls: dict[str, str]) -> None:
    connection = await connect(urls["intake"])
    await connection.execute(
        "alter table events disable trigger events_are_immutable;"
        "update events set recorded_at = recorded_at + interval '1 day' where position = 5;"
        "alter table events enable trigger events_are_immutable"
    )
    await connection.close()
    with pytest.raises(CannotBeMoved, match="does not hold"):
        await _move(urls, "intake")
    assert await _move(urls, "intake", although_broken=True)
    assert await _column(urls["intake"], "select distinct held from chains_before") == [False]


async def test_an_operator_is_told_to_move_and_what_came_of_it(urls: dict[str, str]) -> None:
    assert await _commanded(urls, "intake", "migrate") == (1, "", FIRST_MOVE)
    code, said, _ = await _commanded(urls, "intake", "move")
    root = (await _rows(urls["intake"], "select root from chains_before where association = ''"))[0][0]
    assert code == 0
    assert said.splitlines()[-2:] == [f"78 events written anew; the chain before had the root {root}", "now move the next service"]
    assert await _commanded(urls, "intake", "move") == (0, "scripts: none; read models made again: none\nnothing to move\n", "")
    assert (await _commanded(urls, "intake", "verify"))[1].endswith(f" 78 events in 25 streams, root {root}\n")
    assert (await _commanded(urls, "notifications", "move"))[0] == 1


async def test_an_operator_checks_a_root_of_then_and_rebuilds_from_no_forged_history(urls: dict[str, str]) -> None:
    assert (await _commanded(urls, "intake", "move"))[0] == 0
    said = (await _commanded(urls, "intake", "verify"))[1].splitlines()[0].split()
    position, root = said[2].rstrip(":"), said[-1]
    assert (await _commanded(urls, "intake", f"verify --at {position} --root {root}"))[0] == 0
    assert (await _commanded(urls, "intake", f"verify --root {root}"))[0] == 2
    code, _, complained = await _commanded(urls, "intake", f"verify --at {position} --root {'0' * 64}")
    assert (code, complained) == (1, f"the root at position {position} is not the one that was noted: history was changed since\n")

    owner = await asyncpg.connect(urls["intake"])
    try:
        await owner.execute("alter table events disable trigger all")
        await owner.execute("update events set recorded_at = recorded_at + interval '1 day' where position = $1", int(position))
    finally:
        await owner.close()
    code, said_then, complained = await _commanded(urls, "intake", "rebuild")
    assert (code, said_then) == (1, "")
    assert complained.startswith("broken: stream ")
    assert "--although-broken" in complained
    code, said_then, complained = await _commanded(urls, "intake", "rebuild --although-broken")
    assert (code, said_then) == (0, "rebuilt from 78 events\n")
    assert complained.startswith("broken: stream ")


FIRST_MOVE = "this database holds what the first release stored: take a backup, then run `move` (docs/operations.md)\n"


async def _commanded(urls: dict[str, str], name: str, command: str) -> tuple[int | None, str, str]:
    """What a command of a service answers, and what it writes."""
    settings = {
        "DATABASE_URL": urls[name], "OWNER_DATABASE_URL": urls[name], "VAULT_URL": urls["vault"], "OWNER_VAULT_URL": urls["vault"],
        "MASTER_KEY_FILE": str(FIRST.directory / MASTER_KEY), "COOKIE_SECRET_FILE": str(FIRST.directory / MASTER_KEY),
        "ASSOCIATIONS": ASSOCIATION, "STAFF_FILE": str(FIRST.staff_file), "KAFKA": "127.0.0.1:1", "PUBLIC_ORIGIN": "http://127.0.0.1:1",
    }  # fmt: skip
    done = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", f"services.{name}", *command.split()),
        env={**os.environ, "COLUMNS": "200", **{f"BROBYGGER_{setting}": value for setting, value in settings.items()}},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await done.communicate()
    return done.returncode, said.decode(), complained.decode()


async def _break_off(*_: Any, **__: Any) -> None:
    raise ConnectionError


async def _column(url: str, sql: str) -> list[Any]:
    return [row[0] for row in await _rows(url, sql)]


async def _rows(url: str, sql: str) -> list[tuple[Any, ...]]:
    connection = await connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(sql)]
    finally:
        await connection.close()


async def _ids_in(url: str) -> dict[str, set[UUID]]:
    """Every id that stands anywhere in a table, however it is written; of the estates' events none, for they are the register of homes."""
    found = {}
    for table in await _column(url, "select table_name::text from information_schema.tables where table_schema = 'public'"):
        but = " where topic not like 'estate.%'" if table == "events" else ""
        rows = await _column(url, f'select to_jsonb(t)::text from "{table}" as t{but}')
        texts = [BYTES.sub(lambda found: bytes.fromhex(found[1]).decode("latin-1"), row) for row in rows]
        found[table] = {UUID(id) for text in (*rows, *texts) for id in ID.findall(text)}
    return found


async def _verified(url: str) -> event_store.Verified:
    connection = await connect(url)
    try:
        async with connection.transaction():
            return await event_store.verify(connection)
    finally:
        await connection.close()


async def _sealed_in(url: str) -> AsyncIterator[Sealed]:
    for state in await _column(url, "select state from events"):
        for value in event_store.MAPPER.transcoder.decode(state.encode()).values():
            if isinstance(value, Sealed):
                yield value


@asynccontextmanager
async def _vault(urls: dict[str, str]) -> AsyncIterator[Vault]:
    vault = await Vault.opened(urls["vault"], FIRST.directory / MASTER_KEY)
    try:
        yield vault
    finally:
        await vault.close()
