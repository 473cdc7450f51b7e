"""The master key: what is no key, changing it while everything runs, in a KMS, and losing it (decision 0050)."""

from __future__ import annotations

import asyncio
import base64
import os
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from shared.privacy.key_in_token import token_at
from shared.privacy.master_key import KeyInFile, MasterKeyIsAway, WrongMasterKey, is_open_to_everybody, read_master_keys
from shared.privacy.master_keys import MASTER_KEY_WAS_CHANGED
from shared.privacy.personal import Personal, Sealed
from shared.privacy.rewrapping import CannotBeChanged, Rewrapping
from shared.privacy.vault import Vault
from shared.web.problems import problem_of
from tests.shared.diary import WRITING, Begin, begin
from tests.support.eventually import eventually
from tests.support.postgres import PostgresServer
from tests.support.services import ASSOCIATION, Running, browser, context_for, keys_for, running_service

pytestmark = pytest.mark.erases

MODULE = next(iter(Path("/usr/lib").glob("**/libsofthsm2.so")), None)
PIN = "1234"


def fresh() -> str:
    return base64.b64encode(os.urandom(32)).decode()


@pytest.fixture
async def writing(postgres: PostgresServer, vault_url: str, tmp_path: Path) -> AsyncIterator[Running]:
    (tmp_path / "master.key").write_text(fresh())
    owner = vault_url
    connection = await asyncpg.connect(owner)
    try:  # a vault of this test's own has to begin under its own key
        await connection.execute("truncate keys, master_key_check")
    finally:
        await connection.close()
    async with running_service(WRITING, postgres, tmp_path, vault_url=vault_url) as running:
        yield running


def file_of(running: Running) -> Path:
    return running.settings.master_key_file


def owner_of(running: Running) -> str:
    assert running.settings.owner_vault_url is not None
    return running.settings.owner_vault_url.get_secret_value()


def add(running: Running, line: str) -> None:
    with file_of(running).open("a", encoding="ascii") as file:
        file.write(f"\n{line}\n")


async def sealed_in(running: Running) -> Sealed:
    subject = uuid4()
    return (await keys_for(running, subject)).seal(Personal(subject, "ord"), of="e/f")


async def changed(running: Running) -> list[UUID]:
    async with Rewrapping.opened(owner_of(running), file_of(running)) as change:
        await change.begin()
        unreadable = await change.rewrap(batch=3)
        assert await change.end() is not bool(unreadable)
        return unreadable


async def opened_elsewhere(running: Running, sealed: Sealed, file: Path) -> str | None:
    """By a process that has nothing in memory."""
    vault = await Vault.opened(running.settings.vault_url.get_secret_value(), file)
    try:
        return (await vault.keyring([sealed.subject])).open(sealed)
    finally:
        await vault.close()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "it holds 0 keys"),
        ("no base64!", "line 1 is neither base64"),
        (base64.b64encode(bytes(16)).decode(), "line 1: a master key is 32 bytes in base64, and here are 16"),
        ("{fresh}\nshort", "line 2"),
        ("{fresh}\n{fresh}\n{fresh}", "it holds 3 keys"),
        ("\n".join([base64.b64encode(bytes(32)).decode()] * 2), "both lines are the same key"),
        ("æ", "it holds something else"),
        ("pkcs11:token=a;object=b?module-path=/m", "does not say pin-source"),
        ("pkcs11:token=a;object=b?module-path=/m&pin-source=/p&pin-value=4711", "a PIN does not stand in the URI"),
        ("pkcs11:token=a;object=b;serial=1?module-path=/m&pin-source=/p", "says serial"),
    ],
)
def test_a_file_that_is_no_key_is_refused_with_its_line_and_without_what_stands_there(tmp_path: Path, content: str, why: str) -> None:
    file = tmp_path / "master.key"
    content = re.sub("{fresh}", lambda _: fresh(), content)
    file.write_text(content, encoding="utf-8")
    with pytest.raises(WrongMasterKey) as refused:
        read_master_keys(file)
    assert why in str(refused.value)
    assert "BROBYGGER_MASTER_KEY_FILE" in str(refused.value)
    assert "4711" not in str(refused.value)
    assert all(len(line) < 20 or line not in str(refused.value) for line in content.splitlines())


def test_a_file_that_others_can_read_is_told_from_one_that_is_ours(tmp_path: Path) -> None:
    file = tmp_path / "master.key"
    file.write_text(fresh())
    tmp_path.chmod(0o755)
    file.chmod(0o644)
    assert is_open_to_everybody(file)
    tmp_path.chmod(0o700)
    assert not is_open_to_everybody(file), "the directory keeps everybody out"
    tmp_path.chmod(0o755)
    file.chmod(0o600)
    assert not is_open_to_everybody(file)
    assert not is_open_to_everybody(tmp_path / "missing")


def test_keys_that_are_away_are_told_in_words_and_when_to_come_again() -> None:
    problem = problem_of(MasterKeyIsAway("the KMS does not answer"))
    assert (problem.status, problem.code, problem.headers) == (503, "keys-are-away", {"Retry-After": "30"})
    assert "Nøglerne" in problem.detail


def test_a_directory_and_no_file_are_no_keys(tmp_path: Path) -> None:
    with pytest.raises(WrongMasterKey, match="it is a directory"):
        read_master_keys(tmp_path)
    with pytest.raises(WrongMasterKey, match="there is none"):
        read_master_keys(tmp_path / "missing")


async def test_the_master_key_is_changed_while_a_service_works_and_the_old_one_opens_nothing(writing: Running, tmp_path: Path) -> None:
    old = tmp_path / "old.key"
    shutil.copyfile(file_of(writing), old)
    fingerprint = writing.service.fingerprint(["what was asked"])
    before = [await sealed_in(writing) for _ in range(7)]
    add(writing, fresh())
    made: list[Sealed] = []
    over = asyncio.Event()

    async def works() -> None:
        while not over.is_set():
            made.append(await sealed_in(writing))

    working = asyncio.create_task(works())
    assert await changed(writing) == []
    made_before = len(made)
    await eventually(lambda: len(made) >= made_before + 3)
    over.set()
    await working
    assert made_before > 0
    assert writing.service.fingerprint(["what was asked"]) == fingerprint
    new = tmp_path / "new.key"
    new.write_text(file_of(writing).read_text().split()[-1])
    for sealed in (*before, *made):
        assert await opened_elsewhere(writing, sealed, new) == "ord"
    with pytest.raises(WrongMasterKey, match="version 2"):
        await Vault.opened(writing.settings.vault_url.get_secret_value(), old)
    [key] = read_master_keys(old)
    connection = await asyncpg.connect(owner_of(writing))
    try:
        stored = await connection.fetch("select wrapped, id from keys where wrapped is not null")
        checks = await connection.fetch("select wrapped, fingerprinting from master_key_check where wrapped is not null")
    finally:
        await connection.close()
    assert len(stored) == len(before) + len(made)
    assert len(checks) == 1
    for wrapped, of in [*((row["wrapped"], row["id"].bytes) for row in stored), *((each, b"") for each in checks[0])]:
        with pytest.raises(WrongMasterKey):
            await key.unwrap([(wrapped, of)])


async def test_a_change_that_is_broken_off_goes_on_and_what_was_destroyed_meanwhile_stays_so(writing: Running) -> None:
    before = sorted([await sealed_in(writing) for _ in range(9)], key=lambda sealed: sealed.subject)
    add(writing, fresh())

    def killed(_done: int, _left: int) -> None:
        raise asyncio.CancelledError

    async with Rewrapping.opened(owner_of(writing), file_of(writing)) as change:
        assert (await change.standing()).left == 9
        await change.begin()
        with pytest.raises(asyncio.CancelledError):
            await change.rewrap(batch=4, after=killed)
    for sealed in before:  # both keys open meanwhile
        assert await opened_elsewhere(writing, sealed, file_of(writing)) == "ord"
    await writing.service.vault.destroy([before[-1].subject], association=ASSOCIATION, by="dpo", reason="erasure_request")
    async with Rewrapping.opened(owner_of(writing), file_of(writing)) as change:
        assert (await change.standing()).left == 4
        assert await change.end() is False
    assert await changed(writing) == []
    assert [await opened_elsewhere(writing, sealed, file_of(writing)) for sealed in before] == ["ord"] * 8 + [None]
    assert await changed(writing) == [], "said again it changes nothing"


async def test_nothing_changes_before_everybody_who_is_here_has_the_new_key(writing: Running, tmp_path: Path) -> None:
    alone = tmp_path / "alone.key"
    shutil.copyfile(file_of(writing), alone)
    behind = await Vault.opened(writing.settings.vault_url.get_secret_value(), alone)
    add(writing, fresh())
    try:
        async with Rewrapping.opened(owner_of(writing), file_of(writing)) as change:
            with pytest.raises(CannotBeChanged, match="1 processes"):
                await change.begin(within=0.5)
            alone.write_text(file_of(writing).read_text())
            await change.begin()
    finally:
        await behind.close()


async def test_who_was_left_behind_writes_nothing_and_says_so_in_words(writing: Running, tmp_path: Path) -> None:
    both = tmp_path / "both.key"
    both.write_text(f"{file_of(writing).read_text()}\n{fresh()}")
    sealed = await sealed_in(writing)
    writing.service.vault.masters._file = tmp_path / "gone.key"
    owner = await asyncpg.connect(owner_of(writing))
    try:
        async with Rewrapping.opened(owner_of(writing), both) as change:
            version = await change._masters.note(owner, change._masters.in_file[-1])
            await change._use(version, 5)
        with pytest.raises(MasterKeyIsAway):
            await sealed_in(writing)
        with pytest.raises(asyncpg.PostgresError) as refused:  # a program of before, too
            await owner.execute(
                "insert into keys (id, matter, association, wrapped) select gen_random_uuid(), id, association, wrapped from keys limit 1"
            )
        assert refused.value.sqlstate == MASTER_KEY_WAS_CHANGED
    finally:
        await owner.close()
    writing.service.vault.masters._file = both
    assert await opened_elsewhere(writing, await sealed_in(writing), both) == "ord"
    assert await opened_elsewhere(writing, sealed, both) == "ord"


async def test_a_key_that_was_replaced_is_not_taken_up_again(writing: Running) -> None:
    old = file_of(writing).read_text().strip()
    new = fresh()
    add(writing, new)
    await changed(writing)
    file_of(writing).write_text(f"{new}\n{old}")
    with pytest.raises(CannotBeChanged, match="was replaced before"):
        await changed(writing)


async def test_a_wrap_that_was_changed_is_named_and_keeps_nobody_elses_from_going_on(writing: Running) -> None:
    before = [await sealed_in(writing) for _ in range(5)]
    owner = await asyncpg.connect(owner_of(writing))
    try:
        await owner.execute("update keys set wrapped = decode('00', 'hex') where id = $1", before[2].subject)
    finally:
        await owner.close()
    add(writing, fresh())
    assert await changed(writing) == [before[2].subject]


async def test_a_vault_from_before_is_under_the_key_that_is_there(writing: Running) -> None:
    sealed = await sealed_in(writing)
    fingerprint = writing.service.fingerprint(["what was asked"])
    [key] = read_master_keys(file_of(writing))
    assert isinstance(key, KeyInFile)
    assert key.fingerprinting == writing.service.vault.fingerprinting
    owner = await asyncpg.connect(owner_of(writing))
    try:
        await owner.execute("update master_key_check set name = null, fingerprinting = null")
    finally:
        await owner.close()
    assert await opened_elsewhere(writing, sealed, file_of(writing)) == "ord"
    assert writing.service.fingerprint(["what was asked"]) == fingerprint


async def test_a_lost_key_takes_what_was_sealed_and_nothing_else_and_comes_back(writing: Running, tmp_path: Path) -> None:
    """Rehearsed: what docs/operations.md says of it."""
    subject = uuid4()
    await writing.service.do(begin, Begin(diary_id=subject), context_for())
    sealed = await sealed_in(writing)
    safe, lost = tmp_path / "safe.key", file_of(writing)
    shutil.copyfile(lost, safe)
    lost.write_text(fresh())
    with pytest.raises(WrongMasterKey) as refused:  # whoever starts says why, and writes nothing
        await Vault.opened(writing.settings.vault_url.get_secret_value(), lost)
    assert "wrapped by the master key file:" in str(refused.value)
    async with writing.service.read() as connection:  # events, ids and times need no key
        assert await connection.fetchval("select count(*) from events where stream_id = $1", subject) == 1
    shutil.copyfile(safe, lost)
    assert await opened_elsewhere(writing, sealed, lost) == "ord"


async def commanded(running: Running, *arguments: str) -> tuple[int | None, str, str]:
    settings = running.settings
    environment = {
        "DATABASE_URL": running.owner_url, "VAULT_URL": settings.vault_url.get_secret_value(), "OWNER_VAULT_URL": owner_of(running),
        "MASTER_KEY_FILE": str(settings.master_key_file), "COOKIE_SECRET_FILE": str(settings.cookie_secret_file),
        "ASSOCIATIONS": ASSOCIATION, "STAFF_FILE": str(settings.staff_file), "KAFKA": "127.0.0.1:1", "PUBLIC_ORIGIN": "http://127.0.0.1:1",
    }  # fmt: skip
    done = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.intake", *arguments),
        env={**os.environ, "COLUMNS": "200", **{f"BROBYGGER_{name}": value for name, value in environment.items()}},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, complained = await done.communicate()
    return done.returncode, said.decode(), complained.decode()


@pytest.mark.processes
async def test_an_operator_changes_it_and_is_told_how_many_are_left(writing: Running) -> None:
    before = [await sealed_in(writing) for _ in range(3)]
    old = file_of(writing).read_text()
    add(writing, fresh())
    name = read_master_keys(file_of(writing))[-1].name
    left = f"3 keys are not wrapped by {name} yet\n"
    assert await commanded(writing, "rewrap") == (0, f"{left}nothing is changed; say --sure\n", "")
    code, said, complained = await commanded(writing, "rewrap", "--sure")
    assert (code, complained) == (0, "")
    assert said == f"{left}3 done, 0 left\nevery key is wrapped by {name}; another key in the file opens nothing any more\n"
    assert [await opened_elsewhere(writing, sealed, file_of(writing)) for sealed in before] == ["ord"] * 3
    file_of(writing).write_text(old)
    code, _, complained = await commanded(writing, "rewrap", "--sure")
    assert (code, "Traceback" in complained) == (3, False)
    assert name in complained


@pytest.fixture
def hsm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A SoftHSM of this test's own, with a token and a key in it."""
    assert MODULE, "These tests need SoftHSM. Debian: apt-get install softhsm2."
    place = tmp_path / "hsm"
    (place / "tokens").mkdir(parents=True)
    (place / "pin").write_text(f"{PIN}\n")
    conf = place / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {place / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(conf))
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", "brobygger", "--pin", PIN, "--so-pin", "5678"],
        check=True, capture_output=True,
    )  # fmt: skip
    make = (
        "import sys, pkcs11; s = pkcs11.lib(sys.argv[1]).get_token(token_label='brobygger').open(user_pin=sys.argv[2], rw=True);"
        "s.generate_key(pkcs11.KeyType.AES, 256, label='m', store=True, template={pkcs11.Attribute.SENSITIVE: True,"
        " pkcs11.Attribute.EXTRACTABLE: False})"
    )
    subprocess.run([sys.executable, "-c", make, str(MODULE), PIN], check=True)
    yield place
    token_at(str(MODULE), "brobygger", str(place / "pin")).let_go()


def uri(hsm: Path, **other: str) -> str:
    said = {"token": "brobygger", "object": "m", "module": str(MODULE), "pin": str(hsm / "pin")} | other
    return f"pkcs11:token={said['token']};object={said['object']}?module-path={said['module']}&pin-source=file:{said['pin']}"


@pytest.mark.processes
async def test_the_master_key_moves_into_a_kms_and_answers_503_while_that_is_away(writing: Running, hsm: Path) -> None:
    sealed = await sealed_in(writing)
    add(writing, uri(hsm))
    assert await changed(writing) == []
    file_of(writing).write_text(uri(hsm))
    assert await opened_elsewhere(writing, sealed, file_of(writing)) == "ord"
    await sealed_in(writing)
    (hsm / "tokens").rename(hsm / "away")
    with pytest.raises(MasterKeyIsAway):
        await sealed_in(writing)
    with pytest.raises(MasterKeyIsAway):
        await Vault.opened(writing.settings.vault_url.get_secret_value(), file_of(writing))
    async with browser(writing) as client:
        answer = await client.get("/writing/health/ready")
        assert (answer.status_code, answer.json()["vault"]) == (503, "without its key")
    (hsm / "away").rename(hsm / "tokens")
    assert await opened_elsewhere(writing, await sealed_in(writing), file_of(writing)) == "ord"


@pytest.mark.processes
@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"token": "another"}, "no token of that name"),
        ({"object": "another"}, "no AES key of that name"),
        ({"module": "/nowhere.so"}, "module cannot be used"),
        ({"pin": "/nowhere/pin"}, "file with the PIN"),
    ],
)
async def test_a_kms_that_is_not_as_it_was_named_says_what_is_missing(hsm: Path, tmp_path: Path, other: dict[str, str], why: str) -> None:
    file = tmp_path / "kms.key"
    file.write_text(uri(hsm, **other))
    [key] = read_master_keys(file)
    with pytest.raises(MasterKeyIsAway, match=why):
        await key.wrap([(bytes(32), b"of")])


@pytest.mark.processes
async def test_a_wrong_pin_is_tried_once_for_three_would_lock_the_token(hsm: Path, tmp_path: Path) -> None:
    wrong, file = tmp_path / "wrong.pin", tmp_path / "kms.key"
    wrong.write_text("9999")
    file.write_text(uri(hsm, pin=str(wrong)))
    [key] = read_master_keys(file)
    for why in ("refuses the PIN", "not tried again", "not tried again"):
        with pytest.raises(MasterKeyIsAway, match=why) as refused:
            await key.wrap([(bytes(32), b"of")])
        assert "9999" not in str(refused.value)
    wrong.write_text(PIN)
    [wrapped] = await key.wrap([(bytes(32), b"of")])
    assert await key.unwrap([(wrapped, b"of")]) == [bytes(32)]


@pytest.mark.processes
async def test_a_kms_that_answers_nonsense_is_not_believed(hsm: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from shared.privacy import key_in_token

    file = tmp_path / "kms.key"
    file.write_text(uri(hsm))
    [key] = read_master_keys(file)
    [wrapped] = await key.wrap([(bytes(32), b"of")])
    with pytest.raises(WrongMasterKey):
        await key.unwrap([(wrapped, b"another")])
    monkeypatch.setattr(key_in_token, "_encrypted", lambda *_: b"x" * 48)
    with pytest.raises(MasterKeyIsAway):
        await key.wrap([(bytes(32), b"of")])
    monkeypatch.setattr(key_in_token, "_decrypted", lambda *_: b"short")
    with pytest.raises(MasterKeyIsAway, match="nonsense"):
        await key.unwrap([(wrapped, b"of")])
