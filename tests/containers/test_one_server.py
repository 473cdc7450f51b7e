"""What the files of the one-server setup promise: hardened, no secrets inside, only loopback, owners apart."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
import yaml

from shared.web.problems import every_problem

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
CONTAINERS: dict[str, dict[str, Any]] = COMPOSE["services"]
SERVICES = ("intake", "cases", "notifications", "reporting")
ON_A_NETWORK: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "on-a-network.yml").read_text(encoding="utf-8"))
PROXY = "".join((ROOT / "deploy" / "nginx" / f"{part}.conf").read_text(encoding="utf-8") for part in ("http", "pages", "in-the-clear"))
ROLES = ("serve", "relay", "listen", "clock")
MIGRATIONS = [f"{service}-migrate" for service in SERVICES]
ONCE = [*MIGRATIONS, "kafka-rights"]
"""What ends when it is done."""


def _sources(container: dict[str, Any]) -> set[str]:
    return {secret if isinstance(secret, str) else secret["source"] for secret in container.get("secrets", [])}


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_container_is_hardened_and_bounded(name: str) -> None:
    container = CONTAINERS[name]
    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]
    assert not container["user"].startswith("0")
    assert container["mem_limit"]
    assert container["cpus"]
    assert "privileged" not in container


@pytest.mark.parametrize("name", sorted(set(CONTAINERS) - set(ONCE)))
def test_what_keeps_running_tells_how_it_is_and_is_started_again(name: str) -> None:
    assert CONTAINERS[name]["healthcheck"]["test"][0] == "CMD"
    assert CONTAINERS[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(set(CONTAINERS) - set(ONCE)))
def test_what_starts_slowly_together_with_everything_else_is_not_ill(name: str) -> None:
    assert CONTAINERS[name]["healthcheck"]["start_period"] == "120s"


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_runs_in_its_four_roles_once_its_database_is_migrated(service: str) -> None:
    for role in ROLES:
        container = CONTAINERS[f"{service}-{role}"]
        assert container["command"][:2] == [f"services.{service}", role]
        assert container["depends_on"][f"{service}-migrate"] == {"condition": "service_completed_successfully"}
    assert CONTAINERS[f"{service}-migrate"]["restart"] == "no"


@pytest.mark.parametrize("service", SERVICES)
def test_each_role_is_asked_how_it_is_at_the_door_it_opens(service: str) -> None:
    for role in ROLES:
        container = CONTAINERS[f"{service}-{role}"]
        [door] = [argument.removeprefix("unix:") for argument in container["command"] if argument.startswith("unix:")]
        assert container["healthcheck"]["test"][1:3] == ["ready", door]
        assert f"sockets:{Path(door).parent}" in container.get("volumes", CONTAINERS[f"{service}-serve"]["volumes"])


def test_the_proxy_leads_operators_to_every_door() -> None:
    doors = re.search(r"location ~ \^/\(([\w|]+)\)/\(([\w|]+)\)/", PROXY)
    assert doors is not None
    assert [tuple(names.split("|")) for names in doors.groups()] == [SERVICES, ROLES[1:]]


def test_the_proxy_speaks_to_programs_as_the_services_do() -> None:
    said = [(int(status), json.loads(body)) for status, body in re.findall(r"return (\d+) '(\{.*\})';", PROXY)]
    known = [problem.as_json() for problem in every_problem()]
    assert [status for status, _ in said] == [body["status"] for _, body in said] == [413, 429, 503]
    for _, body in said:  # only the proxy knows that a part is away: the detail is its own
        [ours] = [problem for problem in known if problem["code"] == body["code"]]
        assert {**body, "detail": ""} == {**ours, "detail": ""}


def test_only_migrations_hold_the_address_of_an_owner() -> None:
    holders = {name for name, container in CONTAINERS.items() if any(source.endswith("_owner_url") for source in _sources(container))}
    assert holders == set(MIGRATIONS)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_holds_the_address_of_no_database_but_its_own_and_the_vault(service: str) -> None:
    for role in ROLES:
        addresses = {source for source in _sources(CONTAINERS[f"{service}-{role}"]) if source.endswith("_url")}
        assert addresses == {f"{service}_service_url", "vault_service_url"}


def test_only_the_proxy_is_published_and_only_on_the_loopback_address() -> None:
    published = {name: container["ports"] for name, container in CONTAINERS.items() if "ports" in container}
    assert published == {"proxy": ["127.0.0.1:${BROBYGGER_PORT:-8080}:8080", "127.0.0.1:${BROBYGGER_METRICS_PORT:-9464}:9464"]}


def test_on_a_network_stands_nothing_but_the_proxy_and_only_where_people_sign_in_at_a_provider() -> None:
    published = {name: container["ports"] for name, container in ON_A_NETWORK["services"].items() if "ports" in container}
    assert published == {"proxy": ["${BROBYGGER_HTTPS_PORT:-443}:8443", "${BROBYGGER_HTTP_PORT:-80}:8080"]}
    reaching_out = {name for name, container in ON_A_NETWORK["services"].items() if container.get("networks")}
    assert reaching_out == {f"{service}-serve" for service in SERVICES}


@pytest.mark.processes
@pytest.mark.parametrize(
    ("said", "is_on_a_network"),
    [("", False), ("role_cards", False), ("openid", True), ('"openid"', True), ("'openid' ", True), ("openid\r", True)],
)
def test_the_file_for_a_network_is_taken_where_people_sign_in_at_a_provider(tmp_path: Path, said: str, is_on_a_network: bool) -> None:
    for name in ("compose", "settings.sh"):
        (tmp_path / "deploy").mkdir(exist_ok=True)
        shutil.copy(ROOT / "deploy" / name, tmp_path / "deploy" / name)
    (tmp_path / ".env").write_text(f"#BROBYGGER_SIGN_IN=openid\nBROBYGGER_SIGN_IN_FILE=openid\nBROBYGGER_SIGN_IN={said}\n")
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "docker-compose").write_text('#!/bin/sh\necho "$@"\n')
    (programs / "docker").write_text("#!/bin/sh\nexit 1\n")
    for program in programs.iterdir():
        program.chmod(0o755)
    ran = subprocess.run(
        [tmp_path / "deploy" / "compose", "up", "-d"],
        capture_output=True, text=True, check=True, env={"PATH": f"{programs}:/usr/bin:/bin"},
    )  # fmt: skip
    assert ran.stdout.strip() == ("-f docker-compose.yml -f deploy/on-a-network.yml up -d" if is_on_a_network else "up -d")


def test_the_key_of_the_proxy_and_the_secret_of_the_provider_are_with_whoever_needs_them() -> None:
    def holders(secret: str) -> set[str]:
        return {name for name, container in CONTAINERS.items() if secret in _sources(container)}

    assert holders("proxy_key") == {"proxy"}
    assert not holders("sign_in_secret") & set(ONCE)
    assert holders("sign_in_secret") >= {f"{service}-serve" for service in SERVICES}


def test_databases_and_broker_are_on_networks_that_lead_nowhere() -> None:
    assert CONTAINERS["postgres"]["networks"] == ["data"]
    assert CONTAINERS["kafka"]["networks"] == ["broker"]
    assert COMPOSE["networks"]["data"] == COMPOSE["networks"]["broker"] == {"internal": True}


def test_no_secret_stands_in_the_compose_file_or_has_a_default() -> None:
    for container in CONTAINERS.values():
        for variable, value in container.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|KEY|TOKEN|_URL", variable) and not variable.endswith("STORE_TYPE"):
                assert variable.endswith(("_FILE", "STORE_LOCATION"))
                assert str(value).startswith("/run/secrets/")
    for secret in COMPOSE["secrets"].values():
        assert re.match(r"\$\{BROBYGGER_SECRETS:\?", secret["file"])


def test_topics_are_never_made_by_the_broker_itself() -> None:
    assert CONTAINERS["kafka"]["environment"]["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] == "false"


@pytest.fixture
def new_secrets(tmp_path: Path) -> Path:
    """The secrets of a new installation."""
    directory = tmp_path / "secrets"
    subprocess.run([ROOT / "deploy" / "new-secrets", directory], check=True, capture_output=True)
    return directory


def test_the_script_makes_every_secret_the_compose_file_asks_for(new_secrets: Path) -> None:
    asked_for = {str(secret["file"]).rpartition("/")[2] for secret in COMPOSE["secrets"].values()}
    for_no_container = {"authority_key", "kafka_erp_password"}
    assert {file.name for file in new_secrets.iterdir()} == asked_for | for_no_container


def test_secrets_are_in_a_directory_nobody_else_may_enter(new_secrets: Path) -> None:
    assert new_secrets.stat().st_mode & 0o777 == 0o700


def test_the_master_key_is_32_bytes_and_no_two_passwords_are_the_same(new_secrets: Path) -> None:
    assert len(b64decode((new_secrets / "master_key").read_text())) == 32
    passwords = re.findall(r"password '(\w+)'", (new_secrets / "postgres_roles.sql").read_text())
    assert len(set(passwords)) == len(passwords) == 10
    assert all(len(password) == 48 for password in passwords)


def test_secrets_are_never_overwritten(new_secrets: Path) -> None:
    before = {file.name: file.read_bytes() for file in new_secrets.iterdir()}
    subprocess.run([ROOT / "deploy" / "new-secrets", new_secrets], check=True, capture_output=True)
    assert {file.name: file.read_bytes() for file in new_secrets.iterdir()} == before


def test_what_is_missing_is_made_and_an_address_from_before_asks_for_tls(new_secrets: Path) -> None:
    address = new_secrets / "cases_service_url"
    now = address.read_text()
    address.chmod(0o600)
    address.write_text(now.partition("?")[0])
    certificate = (new_secrets / "kafka_server").read_bytes()
    (new_secrets / "kafka_server").unlink()
    subprocess.run([ROOT / "deploy" / "new-secrets", new_secrets], check=True, capture_output=True)
    assert address.read_text() == now
    assert (new_secrets / "kafka_server").read_bytes() != certificate


def test_no_container_is_given_the_key_of_the_authority(new_secrets: Path) -> None:
    assert "authority_key" not in {source for container in CONTAINERS.values() for source in _sources(container)}
    assert (new_secrets / "authority_key").stat().st_mode & 0o777 == 0o400


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_knows_the_broker_by_one_name_which_is_its_own(service: str) -> None:
    for role in (*ROLES, "migrate"):
        container = CONTAINERS[f"{service}-{role}"]
        assert container["environment"]["BROBYGGER_KAFKA_USER"] == service
        assert {source for source in _sources(container) if source.startswith("kafka_")} == {f"kafka_{service}_password"}


def _cluster_id(directory: Path) -> str:
    started = subprocess.run(
        ["bash", ROOT / "deploy" / "kafka" / "start", "printenv", "CLUSTER_ID"],
        env={"PATH": "/usr/bin:/bin", "KAFKA_LOG_DIRS": str(directory)}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return started.stdout.strip()


@pytest.mark.processes
def test_a_broker_with_its_old_data_keeps_its_cluster_id(tmp_path: Path) -> None:
    (tmp_path / "meta.properties").write_text("#\nnode.id=1\nversion=1\ncluster.id=ADzVnt633-7FwaOwov7o3w\n")
    assert _cluster_id(tmp_path) == "ADzVnt633-7FwaOwov7o3w"


@pytest.mark.processes
def test_a_broker_with_new_data_gets_a_cluster_id_of_its_own(tmp_path: Path) -> None:
    first, second = _cluster_id(tmp_path), _cluster_id(tmp_path)
    assert first != second
    assert len(b64decode(first.replace("-", "+").replace("_", "/") + "==")) == 16


def _locked(file: str) -> dict[str, frozenset[str]]:
    text = (ROOT / file).read_text(encoding="utf-8")
    entries = re.findall(r"^(\S+==\S+)(.*?)(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    return {name: frozenset(re.findall(r"sha256:[0-9a-f]{64}", rest)) for name, rest in entries}


def test_the_image_holds_the_very_versions_everything_is_tested_with() -> None:
    everything, image = _locked("requirements.lock"), _locked("requirements-runtime.lock")
    assert image
    assert {name: hashes for name, hashes in image.items() if everything.get(name) != hashes} == {}
