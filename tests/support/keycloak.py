"""Keycloak as it is distributed, fetched once by Maven, with the realm of `tests/support/providers/realm.json`."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from filelock import FileLock

from local.broker import free_port
from local.child import start_child, wait_for
from tests.support import apache_kafka

VERSION = "26.7.3"
CACHE = Path(__file__).resolve().parents[2] / ".local" / "keycloak" / VERSION
REALM = Path(__file__).parent / "providers" / "realm.json"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
JAVA_OPTIONS = "-Xms64m -Xmx400m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"


@functools.cache
def available() -> bool:
    """Whether Java 17 is here and the distribution is, or could be fetched."""
    try:
        return apache_kafka.java_is_new_enough() and _distribution().is_dir()
    except (OSError, subprocess.SubprocessError):
        return False


def _distribution() -> Path:
    folder = CACHE / f"keycloak-{VERSION}"
    if folder.is_dir():
        return folder
    CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(CACHE / "fetching.lock"):
        if not folder.is_dir():
            _fetch(folder)
    return folder


def _fetch(folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise FileNotFoundError("mvn")
    name = f"org.keycloak:keycloak-quarkus-dist:{VERSION}:zip"
    with tempfile.TemporaryDirectory(dir=CACHE) as place:
        subprocess.run(
            [maven, "-B", "-q", COPY, f"-Dartifact={name}", f"-DoutputDirectory={place}"], check=True, capture_output=True, timeout=600
        )
        with zipfile.ZipFile(next(Path(place).glob("*.zip"))) as packed:
            packed.extractall(place)
        (Path(place) / folder.name).rename(folder)


@contextmanager
def keycloak(directory: Path, *, origin: str, secret: str) -> Iterator[str]:
    """A server whose realm sends people back to `origin`; its issuer."""
    home, port = directory / "keycloak", free_port()
    shutil.copytree(_distribution(), home)
    (home / "data" / "import").mkdir(parents=True)
    realm = REALM.read_text(encoding="utf-8").replace("ORIGIN", origin).replace("SECRET", secret)
    (home / "data" / "import" / "realm.json").write_text(realm, encoding="utf-8")
    issuer = f"http://127.0.0.1:{port}/realms/bakkegaarden"
    options = ["start-dev", "--import-realm", "--http-host=127.0.0.1", f"--http-port={port}", "--cache=local"]
    run = ["env", f"JAVA_OPTS={JAVA_OPTIONS}", "bash", str(home / "bin" / "kc.sh"), *options]
    process = start_child(run, log=directory / "keycloak.log")
    try:
        if not wait_for(lambda: process.poll() is not None or _answers(issuer), within=180) or process.poll() is not None:
            raise TimeoutError((directory / "keycloak.log").read_text(encoding="utf-8", errors="replace")[-2000:])
        yield issuer
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()
        shutil.rmtree(home, ignore_errors=True)


def _answers(issuer: str) -> bool:
    try:
        return httpx.get(issuer, timeout=2).status_code == 200
    except httpx.HTTPError:
        return False
