"""Keys of people: one each, wrapped, found again, and gone for good when destroyed. Never plain text instead."""

from __future__ import annotations

import base64
import os
from collections.abc import AsyncIterator, Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import asyncpg
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.privacy.master_key import WrongMasterKey, read_master_keys
from shared.privacy.personal import CannotBeOpened, KeyIsDestroyed, Keyring, Personal, Sealed, to_json
from shared.privacy.vault import Vault
from tests.shared.diary import WRITING, Begin, Diary, Write, begin, write
from tests.support.eventually import eventually
from tests.support.postgres import PostgresServer
from tests.support.properties import times
from tests.support.services import ASSOCIATION, NOW, Running, context_for, keys_for, running_service

KEY = AESGCM(bytes(32))

pytestmark = pytest.mark.erases


@pytest.fixture
async def writing(postgres: PostgresServer, vault_url: str, tmp_path: Path) -> AsyncIterator[Running]:
    async with running_service(WRITING, postgres, tmp_path, vault_url=vault_url) as running:
        yield running


async def test_a_key_that_is_destroyed_while_it_is_fetched_is_not_kept(writing: Running) -> None:
    master, url = writing.settings.master_key_file, writing.settings.vault_url.get_secret_value()
    reader, eraser = await Vault.opened(url, master), await Vault.opened(url, master)
    subject = uuid4()
    await keys_for(writing, subject)
    pool = reader._pool

    class Slow:
        """The answer is on its way when the key is destroyed, and that is heard first."""

        async def fetch(self, *asked: Any) -> Any:
            answer = await pool.fetch(*asked)
            await eraser.destroy([subject], association=ASSOCIATION, by="staff-dpo-1", reason="erasure_request")
            await eventually(lambda: reader._forgotten)
            return answer

    try:
        reader._pool = cast(Any, Slow())
        await reader.keyring([subject])
        reader._pool = pool
        assert not (await reader.keyring([subject])).holds(subject)
    finally:
        reader._pool = pool
        await reader.close()
        await eraser.close()


@given(st.text(max_size=600))
@settings(max_examples=times(0.5))
def test_what_is_sealed_opens_again(text: str) -> None:
    subject = uuid4()
    keyring = Keyring({subject: KEY})
    sealed = keyring.seal(Personal(subject, text.encode(errors="ignore").decode()), of="event/words")
    assert keyring.open(sealed) == text.encode(errors="ignore").decode()


def test_the_same_words_never_look_the_same() -> None:
    subject = uuid4()
    keyring = Keyring({subject: KEY})
    assert keyring.seal(Personal(subject, "ja"), of="a/b").box != keyring.seal(Personal(subject, "ja"), of="a/b").box


@pytest.mark.parametrize(
    "forge",
    [
        lambda s: Sealed(s.subject, "other/words", s.box),
        lambda s: Sealed(s.subject, s.of, s.box[:-8] + "AAAAAAA="),
        lambda s: Sealed(s.subject, s.of, "%%%"),
    ],
)
def test_a_sealed_value_that_was_moved_or_changed_does_not_open(forge: Callable[[Sealed], Sealed]) -> None:
    subject = uuid4()
    keyring = Keyring({subject: KEY})
    with pytest.raises(CannotBeOpened):
        keyring.open(forge(keyring.seal(Personal(subject, "hemmeligt"), of="event/words")))


def test_nothing_is_sealed_under_a_destroyed_key() -> None:
    subject = uuid4()
    with pytest.raises(KeyIsDestroyed):
        Keyring({subject: None}).seal(Personal(subject, "for sent"), of="event/words")


def test_what_nobody_sealed_goes_no_further_and_is_not_told() -> None:
    with pytest.raises(TypeError) as refused:
        to_json(Personal(uuid4(), "hemmeligt"))
    assert "hemmeligt" not in str(refused.value)
    assert to_json(None) is None


def test_personal_words_are_not_in_their_description() -> None:
    subject = uuid4()
    assert "hemmeligt" not in repr(Personal(subject, "hemmeligt"))


@pytest.mark.parametrize("content", ["", "not base64!", base64.b64encode(bytes(16)).decode()])
def test_a_file_without_a_key_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "master.key"
    file.write_text(content)
    with pytest.raises(WrongMasterKey):
        read_master_keys(file)


async def test_a_vault_does_not_open_with_another_master_key(writing: Running, tmp_path: Path) -> None:
    another = tmp_path / "another.key"
    another.write_text(base64.b64encode(os.urandom(32)).decode())
    with pytest.raises(WrongMasterKey, match=r"file:[0-9a-f]{16}"):
        await Vault.opened(writing.settings.vault_url.get_secret_value(), another)


async def test_a_key_is_made_once_and_found_again(writing: Running) -> None:
    subject = uuid4()
    first = await keys_for(writing, subject)
    second = await keys_for(writing, subject)
    assert second.open(first.seal(Personal(subject, "ord"), of="e/f")) == "ord"


async def test_a_destroyed_key_opens_nothing_and_is_never_made_again(writing: Running) -> None:
    subject = uuid4()
    keyring = await keys_for(writing, subject)
    sealed = keyring.seal(Personal(subject, "ord"), of="e/f")
    assert await writing.service.vault.destroy([subject], association="bakkegaarden", by="dpo", reason="erasure_request")
    assert (await writing.service.keyring([sealed])).open(sealed) is None
    again = await keys_for(writing, subject)
    with pytest.raises(KeyIsDestroyed):
        again.seal(Personal(subject, "nye ord"), of="e/f")


async def test_another_association_cannot_destroy_a_key(writing: Running) -> None:
    subject = uuid4()
    await keys_for(writing, subject)
    assert not await writing.service.vault.destroy([subject], association="andre", by="dpo", reason="erasure_request")


async def test_a_key_destroyed_elsewhere_is_forgotten_here(writing: Running) -> None:
    """Another process destroys; this one must not go on opening from memory."""
    subject = uuid4()
    keyring = await keys_for(writing, subject)
    sealed = keyring.seal(Personal(subject, "ord"), of="e/f")
    elsewhere = await Vault.opened(writing.settings.vault_url.get_secret_value(), writing.settings.master_key_file)
    try:
        await elsewhere.destroy([subject], association="bakkegaarden", by="dpo", reason="erasure_request")
    finally:
        await elsewhere.close()

    async def forgotten() -> bool:
        return (await writing.service.keyring([sealed])).open(sealed) is None

    await eventually(forgotten, within=5)


async def test_erasing_a_person_leaves_the_chain_standing(writing: Running) -> None:
    subject = uuid4()
    await writing.service.do(begin, Begin(diary_id=subject), context_for())
    await writing.service.do(write, Write(diary_id=subject, words=Personal(subject, "plantet hemmelighed")), context_for())
    await writing.service.vault.destroy([subject], association="bakkegaarden", by="dpo", reason="erasure_request")
    from shared.history import event_store

    async with writing.service.read() as connection, connection.transaction():
        assert (await event_store.verify(connection)).holds
        history = await event_store.load(connection, subject, association="bakkegaarden")
    newest = history.events[-1]
    assert isinstance(newest, Diary.Written)
    assert isinstance(newest.words, Sealed)
    assert (await writing.service.keyring([newest.words])).open(newest.words) is None


async def test_no_words_stand_in_any_table_in_the_clear(writing: Running) -> None:
    subject = uuid4()
    await writing.service.do(begin, Begin(diary_id=subject), context_for())
    await writing.service.do_once(
        write,
        Write(diary_id=subject, words=Personal(subject, "plantet-hemmelighed")),
        context_for(),
        id=uuid4(),
        content={"words": "plantet-hemmelighed"},
    )
    for url in (writing.owner_url, writing.settings.owner_vault_url.get_secret_value()):  # type: ignore[union-attr]
        connection = await asyncpg.connect(url)
        try:
            for table in await connection.fetch("select tablename from pg_tables where schemaname = 'public'"):
                rows = await connection.fetch(f'select t::text as line from "{table["tablename"]}" t')
                for row in rows:
                    assert "plantet-hemmelighed" not in row["line"]
                    assert b"plantet-hemmelighed".hex() not in row["line"]
        finally:
            await connection.close()


async def test_nothing_about_the_rows_tells_which_keys_were_destroyed_together(writing: Running) -> None:
    vault = writing.service.vault
    together, later = [uuid4() for _ in range(20)], [uuid4() for _ in range(20)]
    for id in (*together, *later):
        await keys_for(writing, id, own_keys=1)
    before = await vault.destroyed_since(NOW)
    await vault.destroy(together, association=ASSOCIATION, by="dpo", reason="erasure_request")
    await vault.destroy(later[:10], association=ASSOCIATION, by="dpo", reason="erasure_request")
    await vault.destroy_again(later[10:], by="dpo", reason="restored")
    assert {id for id, *_ in await vault.destroyed_since(NOW)} >= {id for id, *_ in before} | {*together, *later}
    owner = writing.settings.owner_vault_url
    assert owner is not None
    connection = await asyncpg.connect(owner.get_secret_value())
    try:
        rows = await connection.fetch(
            "select matter, xmin::text as written_by, made_at, destroyed_at from keys where wrapped is null order by ctid"
        )
    finally:
        await connection.close()
    assert len({row["written_by"] for row in rows}) == 1
    assert len({(row["made_at"], row["destroyed_at"]) for row in rows}) == 1
    order = [row["matter"] in together for row in rows if row["matter"] in {*together, *later}]
    assert sum(one != other for one, other in pairwise(order)) > 8, "they lie among each other"
