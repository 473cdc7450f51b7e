"""Apache Kafka without containers: jars fetched once by Maven, run in KRaft mode on Java 17."""

from __future__ import annotations

import base64
import functools
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from uuid import uuid4

import yaml
from filelock import FileLock

from local.broker import free_port
from local.child import start_child

VERSION = "4.1.0"
ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".local" / "kafka" / VERSION

POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>dk.brobygger</groupId><artifactId>kafka-for-tests</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{VERSION}</version>
  </dependency></dependencies>
</project>
"""

COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
JAVA_OPTIONS = ("-Xms96m", "-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Djava.awt.headless=true")

LOGGING = """<?xml version="1.0" encoding="UTF-8"?>
<Configuration status="ERROR"><Appenders><Console name="out"><PatternLayout pattern="%d %p %m (%c)%n"/></Console></Appenders>
<Loggers><Root level="WARN"><AppenderRef ref="out"/></Root></Loggers></Configuration>
"""


@functools.cache
def available() -> bool:
    """Whether Java 17 is here and the jars are, or could be fetched."""
    if os.environ.get("BROBYGGER_TEST_APACHE") == "no" or not java_is_new_enough():
        return False
    try:
        _libraries()
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def new_cluster_id() -> str:
    """A random id in the form Kafka wants; never with a leading dash, which its tool takes for an option."""
    while (made := base64.urlsafe_b64encode(uuid4().bytes).decode().rstrip("=")).startswith("-"):
        pass
    return made


def java_is_new_enough() -> bool:
    java = shutil.which("java")
    if java is None:
        return False
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return found is not None and int(found[1]) >= 17


def _libraries() -> Path:
    """Where the jars lie; fetched at the first use, and kept."""
    libraries = CACHE / "libs"
    if libraries.is_dir():
        return libraries
    CACHE.mkdir(parents=True, exist_ok=True)
    with FileLock(CACHE / "fetching.lock"):
        if not libraries.is_dir():
            _fetch(libraries)
    return libraries


def _fetch(libraries: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise FileNotFoundError("mvn")
    with tempfile.TemporaryDirectory(dir=CACHE) as place:
        (Path(place) / "pom.xml").write_text(POM)
        subprocess.run(
            [maven, "-B", "-q", COPY, "-DincludeScope=runtime", f"-DoutputDirectory={place}/libs"],
            cwd=place,
            check=True,
            capture_output=True,
            timeout=600,
        )
        (Path(place) / "libs").rename(libraries)


class ApacheKafka:
    """One node, broker and controller at once, on ports that stay the same over restarts.

    With the secrets of an installation (deploy/new-secrets) it is closed as docker-compose.yml closes it: TLS, passwords, rights.
    """

    def __init__(self, directory: Path, secrets: Path | None = None) -> None:
        self._directory = directory
        self._secrets = secrets
        self._port, self._controller_port = free_port(), free_port()
        self.bootstrap = f"{'localhost' if secrets else '127.0.0.1'}:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Format when there is no data, and run; it serves a few seconds later."""
        if not self._data.exists():
            self._format()
        self._process = start_child([*self._java(), "kafka.Kafka", str(self._settings)], log=self._directory / "kafka.log")

    def stop(self) -> None:
        """End in order; a broker that does not is killed."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def kill(self) -> None:
        """End as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def forget(self) -> None:
        """Throw the data away; the next start is another cluster."""
        shutil.rmtree(self._data, ignore_errors=True)

    @property
    def _data(self) -> Path:
        return self._directory / "data"

    @property
    def _settings(self) -> Path:
        return self._directory / "server.properties"

    def _java(self) -> list[str]:
        java = shutil.which("java")
        if java is None:
            raise FileNotFoundError("java")
        logging = self._directory / "log4j2.xml"
        logging.write_text(LOGGING)
        return [java, *JAVA_OPTIONS, f"-Dlog4j2.configurationFile={logging}", "-cp", f"{_libraries()}/*"]

    def _format(self) -> None:
        settings = {
            "process.roles": "broker,controller",
            "node.id": "1",
            "controller.quorum.voters": f"1@127.0.0.1:{self._controller_port}",
            "listeners": f"PLAINTEXT://127.0.0.1:{self._port},CONTROLLER://127.0.0.1:{self._controller_port}",
            "advertised.listeners": f"PLAINTEXT://{self.bootstrap}",
            "controller.listener.names": "CONTROLLER",
            "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
            "log.dirs": str(self._data),
            "auto.create.topics.enable": "false",
            "offsets.topic.replication.factor": "1",
            "offsets.topic.num.partitions": "4",
            "transaction.state.log.replication.factor": "1",
            "transaction.state.log.min.isr": "1",
            "transaction.state.log.num.partitions": "2",
            "share.coordinator.state.topic.replication.factor": "1",
            "share.coordinator.state.topic.min.isr": "1",
            "group.initial.rebalance.delay.ms": "0",
            "controlled.shutdown.max.retries": "1",
            # A killed broker counts as alive this long, and its successor waits for it.
            "broker.session.timeout.ms": "1500",
            "broker.heartbeat.interval.ms": "300",
            "num.network.threads": "2",
            "num.io.threads": "2",
            "log.cleaner.dedupe.buffer.size": "8388608",
            **(self._closed(self._secrets) if self._secrets else {}),
        }
        self._directory.mkdir(parents=True, exist_ok=True)
        self._settings.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        subprocess.run(
            [*self._java(), "kafka.tools.StorageTool", "format", "-t", new_cluster_id(), "-c", str(self._settings)]
            + ([f"@{self._secrets / 'kafka_users'}"] if self._secrets else []),
            check=True,
            capture_output=True,
            timeout=60,
        )

    def _closed(self, secrets: Path) -> dict[str, str]:
        """What the compose file sets to close the broker, with the files where they are here."""
        compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
        said: dict[str, str] = compose["x-closed-broker"]
        named = {name.removeprefix("KAFKA_").replace("___", "-").replace("_", ".").lower(): str(value) for name, value in said.items()}
        return {name: value.replace("/run/secrets", str(secrets)) for name, value in named.items()} | {
            "listeners": f"SERVICES://127.0.0.1:{self._port},CONTROLLER://127.0.0.1:{self._controller_port}",
            "advertised.listeners": f"SERVICES://{self.bootstrap}",
        }
