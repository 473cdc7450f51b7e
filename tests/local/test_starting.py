"""What keeps it from starting is said in plain words, with what to do about it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local.keys import keys_in
from local.machine import NOTE
from local.operating import operate
from local.postgres import EmbeddedPostgres, version
from local.trouble import CannotStart
from tests.local.running import ROOT, Run, beside
from tests.support.eventually import eventually

Up = Callable[..., Run]


async def test_a_second_start_on_the_same_data_says_where_the_first_runs_and_leaves_it_alone(up: Up, place: Path) -> None:
    first = await up().ready()
    second = up()
    assert second.ended() == 1
    assert f"Brobygger kører allerede på {first.origin}" in second.said
    assert "already running" in second.said
    await first.ready()


async def test_what_runs_takes_an_operators_command_without_a_setting(up: Up, place: Path) -> None:
    def asked(*command: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "local", "operate", "--data", str(place / "data"), *command]
        return subprocess.run(line, cwd=ROOT, env={**os.environ, "COLUMNS": "200"}, capture_output=True, text=True, check=False)

    run = await up().ready()
    verified = asked("cases", "verify", "--at", "0")
    assert (verified.returncode, verified.stderr) == (0, "")
    assert "0 events in 0 streams" in verified.stdout
    assert "--newest" in asked("intake", "load", "--help").stdout
    assert (place / "data" / NOTE).stat().st_mode & 0o077 == 0
    nothing = asked("intake", "load", "no-such-file.csv")
    assert nothing.returncode != 0
    assert "no-such-file.csv" in nothing.stdout + nothing.stderr
    run.interrupt()
    assert asked("cases", "verify").returncode == 1
    assert "Brobygger kører ikke" in asked("cases", "verify").stdout


@pytest.mark.parametrize(
    "said", ["", "[]", '{"pid": 1}', '{"pid": 1, "services": null}', '{"pid": 999999999, "services": {"cases": {}}}', "{"]
)
def test_a_note_that_is_no_note_runs_nothing(tmp_path: Path, said: str) -> None:
    (tmp_path / NOTE).write_text(said)
    with pytest.raises(CannotStart, match="Brobygger kører ikke"):
        operate([tmp_path / NOTE], "cases", ["verify"])


@pytest.mark.processes
def test_of_several_that_run_one_is_to_be_named_and_what_is_left_over_is_none(tmp_path: Path) -> None:
    notes = [tmp_path / "up.json", tmp_path / "demo.json"]
    for note in notes:
        note.write_text(json.dumps({"pid": os.getpid(), "services": {"cases": {"BROBYGGER_ASSOCIATIONS": "x"}}}))
    with pytest.raises(CannotStart, match="Der kører flere"):
        operate(notes, "cases", ["verify"])
    notes[0].write_text('{"pid": 99999999, "services": {"cases": {"BROBYGGER_ASSOCIATIONS": "x"}}}')
    assert operate(notes, "cases", ["verify", "--help"]) == 0


def test_a_taken_port_is_named_with_the_way_to_choose_another(up: Up, place: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = up(port=port)
        assert run.ended() == 1
    assert f"Port {port} kan ikke bruges" in run.said
    assert f"make up PORT={port + 1}" in run.said
    assert beside(place / "data") == []


def test_role_cards_refuse_an_address_that_others_can_reach(up: Up, place: Path) -> None:
    run = up(arguments=("--address", "0.0.0.0"))
    assert run.ended() == 1
    assert "Rollekort kan kun bruges på denne maskine" in run.said
    assert beside(place / "data") == []


def test_a_data_directory_that_is_a_file_is_refused_in_plain_words(up: Up, place: Path) -> None:
    (place / "data").write_text("not a directory")
    run = up()
    assert run.ended() == 1
    assert "kan ikke bruges" in run.said
    assert "DATA=" in run.said
    assert "Traceback" not in run.said


async def test_another_master_key_stops_the_start_and_changes_nothing(up: Up, place: Path) -> None:
    (await up().ready()).interrupt()
    key = place / "data" / "keys" / "master.key"
    right = key.read_text()
    key.unlink()
    wrong = up()
    assert wrong.ended() == 1
    assert "passer ikke til data" in wrong.said
    assert beside(place / "data") == []
    key.write_text(right)
    await up().ready()


@pytest.mark.parametrize("after_seconds", [0.3, 0.8, 1.2, 1.6, 2.2, 3.0])
async def test_ctrl_c_in_the_middle_of_the_first_start_leaves_no_process_and_the_next_start_works(
    up: Up, place: Path, after_seconds: float
) -> None:
    run = up()
    with pytest.raises(Exception):  # noqa: B017, PT011 -- only to let the time pass
        run.process.wait(after_seconds)
    run.interrupt()
    await eventually(lambda: beside(place / "data") == [], within=10)
    await up().ready()


def test_a_full_disk_is_said_before_anything_is_written(place: Path) -> None:
    server = EmbeddedPostgres(place / "data", needed_bytes=10**18)
    with pytest.raises(CannotStart, match="Disken er fuld"):
        server.start()
    assert list((place / "data").iterdir()) == []


def test_a_disk_that_fills_up_while_the_database_starts_is_said_as_such(place: Path) -> None:
    server = EmbeddedPostgres(place / "data")
    server.log.write_text('FATAL:  could not write lock file "postmaster.pid": No space left on device\n')
    assert "Disken er fuld" in str(server._why_not())


@pytest.mark.processes  # as root, the user the database runs as is made first
def test_a_directory_with_something_else_in_it_is_not_touched(place: Path) -> None:
    (place / "data").mkdir()
    (place / "data" / "holiday.jpg").write_text("sun")
    with pytest.raises(CannotStart, match="noget andet end en database"):
        EmbeddedPostgres(place / "data").start()
    assert (place / "data" / "holiday.jpg").read_text() == "sun"


@pytest.mark.processes
def test_what_a_cut_short_first_start_left_is_made_anew(place: Path) -> None:
    (place / "data" / "base").mkdir(parents=True)
    (place / "data" / "postgresql.conf").write_text("half")
    server = EmbeddedPostgres(place / "data")
    server.start()
    server.stop()


@pytest.mark.processes
def test_data_of_another_postgresql_version_is_refused_and_kept(place: Path) -> None:
    server = EmbeddedPostgres(place / "data")
    server.start()
    server.stop()
    (place / "data" / "PG_VERSION").write_text("17\n")
    with pytest.raises(CannotStart, match=f"skrevet af PostgreSQL 17, men her er version {version()}"):
        server.start()
    (place / "data" / "PG_VERSION").write_text(f"{version().split('.')[0]}\n")
    server.start()
    server.stop()


@pytest.mark.processes
def test_a_server_left_by_a_killed_run_is_ended_and_its_data_kept(place: Path) -> None:
    left_over = EmbeddedPostgres(place / "data")
    left_over.start()
    before = left_over.pid
    healed = EmbeddedPostgres(place / "data")
    healed.start()
    assert healed.pid != before
    assert left_over.has_ended()
    healed.stop()


@pytest.mark.processes
def test_a_database_that_lost_its_power_starts_again(place: Path) -> None:
    server = EmbeddedPostgres(place / "data")
    server.start()
    server.kill()
    server.start()
    assert server.pid
    server.stop()


@pytest.fixture
def far_down(place: Path) -> Iterator[EmbeddedPostgres]:
    """Its data lie so deep that its socket stands elsewhere, where others may write."""
    server = EmbeddedPostgres(place / ("d" * 100) / "data")
    yield server
    shutil.rmtree(server.socket, ignore_errors=True)


@pytest.mark.processes
def test_a_directory_that_somebody_else_made_for_the_socket_is_not_used(
    far_down: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    far_down.socket.mkdir(mode=0o777)
    monkeypatch.setattr(os, "geteuid", lambda: far_down.socket.stat().st_uid + 1)  # whoever made it is another
    with pytest.raises(CannotStart, match="tilhører en anden"):
        far_down.start()


@pytest.mark.processes
def test_a_link_that_leads_the_socket_elsewhere_is_not_followed(far_down: EmbeddedPostgres, place: Path) -> None:
    (place / "elsewhere").mkdir()
    far_down.socket.symlink_to(place / "elsewhere")
    try:
        with pytest.raises(CannotStart, match="tilhører en anden"):
            far_down.start()
    finally:
        far_down.socket.unlink()


@pytest.mark.processes
def test_the_socket_and_what_the_database_logs_are_for_its_owner_alone(far_down: EmbeddedPostgres) -> None:
    far_down.socket.mkdir()
    far_down.socket.chmod(0o777)
    far_down.log.parent.mkdir(parents=True)
    far_down.log.touch(mode=0o644)
    far_down.start()
    try:
        assert (far_down.socket / ".s.PGSQL.5432").exists()
        assert [oct(each.stat().st_mode & 0o777) for each in (far_down.socket, far_down.log)] == ["0o700", "0o600"]
    finally:
        far_down.stop()


def test_a_key_that_others_may_read_is_for_its_owner_alone_from_the_next_start_on(place: Path) -> None:
    keys = keys_in(place / "keys")
    keys.master.chmod(0o644)
    keys_in(place / "keys")
    assert keys.master.stat().st_mode & 0o777 == 0o600


def test_keys_are_made_once_and_only_their_owner_may_read_them(place: Path) -> None:
    first = keys_in(place / "keys")
    master = first.master.read_text()
    assert keys_in(place / "keys").master.read_text() == master
    assert first.cookies.read_text() != master
    assert [oct(file.stat().st_mode & 0o777) for file in (first.master, first.cookies, place / "keys")] == ["0o600", "0o600", "0o700"]


async def test_a_stop_from_the_system_ends_it_as_ctrl_c_does(up: Up, place: Path) -> None:
    run = await up().ready()
    os.kill(run.process.pid, signal.SIGTERM)
    assert run.ended() == 0
    assert beside(place / "data") == []
    assert "Brobygger er stoppet. Data er gemt." in run.said
