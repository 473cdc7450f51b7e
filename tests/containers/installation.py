"""One whole installation from docker-compose.yml, under a name and a port of its own, with secrets made for it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import AF_INET, SOCK_STREAM, socket
from typing import Any
from uuid import uuid4

import httpx

ROOT = Path(__file__).parents[2]
STAFF = ROOT / "local" / "demo" / "bakkegaarden" / "staff.yaml"
PROCEDURE = STAFF.with_name("procedure.yaml")
ASSOCIATION = "bakkegaarden"
SERVICES = ("intake", "cases", "notifications", "reporting")
ROLES = ("serve", "relay", "listen", "clock")
OFFICIAL_KAFKA = "/etc/kafka/docker/run"


class Failed(Exception):
    """A program ended badly; the message is what it wrote."""


@dataclass(frozen=True, kw_only=True)
class Container:
    """What Docker says of a container."""

    name: str
    state: str
    health: str
    exit_code: int
    restarts: int
    started_at: str


class Installation:
    """Docker Compose with everything of this installation in its environment; no `.env` is read or written."""

    def __init__(self, *, project: str, secrets: Path, port: int, metrics_port: int) -> None:
        self.project = project
        self.port = port
        self._secrets = secrets
        self.origin = f"http://127.0.0.1:{port}"
        self.numbers = f"http://127.0.0.1:{metrics_port}"
        self._environment = {
            **os.environ,
            "COMPOSE_PROJECT_NAME": project,
            "BROBYGGER_ASSOCIATIONS": ASSOCIATION,
            "BROBYGGER_PUBLIC_ORIGIN": self.origin,
            "BROBYGGER_PORT": str(port),
            "BROBYGGER_METRICS_PORT": str(metrics_port),
            "BROBYGGER_STAFF_FILE": str(STAFF),
            "BROBYGGER_SECRETS": str(secrets),
            "KAFKA_COMMAND": os.environ.get("KAFKA_COMMAND") or _kafka_command(),
        }

    def compose(self, *arguments: str, check: bool = True, said: str = "") -> str:
        """Run docker compose, with something on its standard input; answers what it wrote."""
        return self._ran([str(ROOT / "deploy" / "compose"), *arguments], check=check, said=said)

    def run(self, program: str, *arguments: str) -> str:
        """Run one of the programs in deploy/ for this installation."""
        return self._ran([str(ROOT / "deploy" / program), *arguments])

    def secret(self, name: str) -> str:
        """What deploy/new-secrets made."""
        return (self._secrets / name).read_text()

    def adopt_procedure(self) -> None:
        """The association follows the procedure of the demo; the same again changes nothing."""
        self.compose(
            "exec", "-T", "cases-serve", "python", "-m", "services.cases", "adopt", "/dev/stdin", said=PROCEDURE.read_text(encoding="utf-8")
        )

    def command(self, service: str, *arguments: str) -> str:
        """The command line of a service, in its running container."""
        return self.compose("exec", "-T", f"{service}-serve", "python", "-m", f"services.{service}", *arguments)

    def sql(self, role: str, statement: str) -> str:
        """Run SQL as one of the roles of the databases, with that role's own address. Raises `Failed`."""
        address = (self._secrets / f"{role}_url").read_text(encoding="ascii").replace("@postgres:5432", "@localhost:5432")
        return self.compose("exec", "-T", "postgres", "psql", "-v", "ON_ERROR_STOP=1", "-qAtX", "-d", address, "-c", statement)

    def containers(self) -> dict[str, Container]:
        """Every container of the installation, by the name of its service in the compose file."""
        ids = self._ran(["docker", "ps", "-aq", "--filter", f"label=com.docker.compose.project={self.project}"]).split()
        if not ids:
            return {}
        found: list[dict[str, Any]] = json.loads(self._ran(["docker", "inspect", *ids]))
        return {
            one["Config"]["Labels"]["com.docker.compose.service"]: Container(
                name=one["Name"].removeprefix("/"),
                state=one["State"]["Status"],
                health=one["State"].get("Health", {}).get("Status", ""),
                exit_code=one["State"]["ExitCode"],
                restarts=one["RestartCount"],
                started_at=one["State"]["StartedAt"],
            )
            for one in found
        }

    def is_well(self) -> bool:
        """Everything that should run runs and is healthy; the migrations, and the giving of rights, have ended well."""
        containers = self.containers()
        unwell = {
            name: (one.state, one.health, one.exit_code)
            for name, one in containers.items()
            if (one.state, one.exit_code) != ("exited", 0) and (one.state, one.health) != ("running", "healthy")
        }
        assert len(containers) == len(SERVICES) * (len(ROLES) + 1) + 5
        assert not unwell, unwell
        return True

    def kill(self, name: str) -> None:
        """kill -9 the program inside a container, as the kernel would when memory runs out."""
        script = 'for p in /proc/[0-9]*; do case $(tr "\\0" " " <$p/cmdline) in "python -m"*) kill -9 ${p#/proc/};; esac; done'
        self.compose("exec", "-T", name, "sh", "-c", script, check=False)

    @contextmanager
    def signed_in(self, person: str) -> Iterator[httpx.Client]:
        """Somebody with a role card, through the proxy."""
        with httpx.Client(base_url=self.origin, timeout=20) as client:
            answer = client.post("/intake/sign-in", data={"person": person})
            assert answer.status_code == 303, answer.text
            yield client

    def _ran(self, command: list[str], *, check: bool = True, said: str = "") -> str:
        done = subprocess.run(command, capture_output=True, text=True, input=said, check=False, env=self._environment, cwd=ROOT)
        if check and done.returncode:
            raise Failed(done.stderr[-2000:])
        return done.stdout

    def remove_volume(self, name: str) -> None:
        """Throw away what one container kept."""
        self._ran(["docker", "volume", "rm", f"{self.project}_{name}"])

    def remove(self) -> None:
        """Everything of it, volumes included."""
        self.compose("down", "--volumes", "--remove-orphans", "--timeout", "5", check=False)


@contextmanager
def installed(directory: Path) -> Iterator[Installation]:
    """An installation that is gone afterwards. The image is built before; what its base images are is Docker's business."""
    secrets = directory / "secrets"
    subprocess.run([ROOT / "deploy" / "new-secrets", secrets], check=True, capture_output=True)
    subprocess.run(["docker", "build", "--quiet", "--tag", "brobygger:local", ROOT], check=True, capture_output=True)
    installation = Installation(project=f"brobygger-{uuid4().hex[:8]}", secrets=secrets, port=free_port(), metrics_port=free_port())
    try:
        yield installation
    finally:
        installation.remove()


def free_port() -> int:
    with socket(AF_INET, SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _kafka_command() -> str:
    """What starts Kafka in the image that is here: the official way, or what a stand-in for it says itself."""
    seen = subprocess.run(["docker", "image", "inspect", "apache/kafka:4.1.0"], capture_output=True, text=True, check=False)
    command: list[str] = (json.loads(seen.stdout or "[]") or [{}])[0].get("Config", {}).get("Cmd") or [OFFICIAL_KAFKA]
    return command[-1]
