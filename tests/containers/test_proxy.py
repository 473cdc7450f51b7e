"""The proxy for real, with the files that docker compose gives it; the services behind it are stand-ins that say what reached them."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest

from shared.web.guards import HEADERS
from shared.web.problems import TooOften, problem_of
from tests.containers.installation import ROOT, free_port
from tests.support.certificates import NAME, certificate
from tests.support.eventually import eventually

CONF = ROOT / "deploy" / "nginx"
NGINX = shutil.which("nginx") or next((path for path in ("/usr/sbin/nginx",) if Path(path).exists()), "")
pytestmark = pytest.mark.processes


class Proxy:
    """Where it answers, and the folder that is its whole world: its configuration with other ports and paths in it."""

    def __init__(self, folder: Path) -> None:
        assert NGINX, "These tests need nginx. Debian: apt-get install nginx-light."
        self.folder = folder
        self.clear, self.encrypted, self.numbers = free_port(), free_port(), free_port()
        self.http, self.https = f"http://127.0.0.1:{self.clear}", f"https://localhost:{self.encrypted}"
        self.secrets = folder / "secrets"
        for name in ("nginx", "secrets", "run", "tmp"):
            (folder / name).mkdir()
        here = {
            "/run/brobygger": f"{folder}/run", "/run/secrets": f"{folder}/secrets", "/tmp/": f"{folder}/tmp/",
            "listen 8080": f"listen 127.0.0.1:{self.clear}", "listen 8443": f"listen 127.0.0.1:{self.encrypted}",
            "listen 9464": f"listen 127.0.0.1:{self.numbers}",
        }  # fmt: skip
        for file in CONF.iterdir():
            text = re.sub("|".join(here), lambda found: here[found[0]], file.read_text(encoding="utf-8"))
            (folder / "nginx" / file.name).write_text(text, encoding="utf-8")

    def with_certificate(self, *, days: float = 60) -> Proxy:
        for kind, file in zip(("certificate", "key"), certificate(self.folder / "made", days=days), strict=True):
            shutil.copyfile(file, self.secrets / f"proxy_{kind}")
        return self

    def starting(self, **environment: str) -> list[str]:
        return ["env", "-i", f"PATH={Path(NGINX).parent}:/usr/bin:/bin", *(f"{n}={v}" for n, v in environment.items()), *self._start()]

    def _start(self) -> list[str]:
        return ["bash", str(self.folder / "nginx" / "start")]

    @asynccontextmanager
    async def running(self, sign_in: str = "openid") -> AsyncIterator[Proxy]:
        async with AsyncExitStack() as until_the_end:
            for service in ("intake", "cases", "notifications", "reporting"):
                server = await asyncio.start_unix_server(_stand_in, self.folder / "run" / f"{service}.sock")
                until_the_end.push_async_callback(server.wait_closed)
                until_the_end.callback(server.close)
                os.chmod(self.folder / "run" / f"{service}.sock", 0o777)
            for folder in (self.folder, *self.folder.parents[:3]):  # with several workers a test's folder lies one deeper
                if folder.stat().st_uid == os.getuid():
                    os.chmod(folder, folder.stat().st_mode | 0o055)
            log = until_the_end.enter_context((self.folder / "log").open("wb"))
            command = self.starting(BROBYGGER_SIGN_IN=sign_in, BROBYGGER_PUBLIC_ORIGIN=self.https)
            process = await asyncio.create_subprocess_exec(*command, stdout=log, stderr=log)
            try:
                await eventually(self._answers, within=20)
                yield self
            finally:
                if process.returncode is None:
                    process.terminate()
                await process.wait()

    async def _answers(self) -> bool:
        try:
            async with httpx.AsyncClient() as client:
                return (await client.get(f"{self.http}/healthz")).status_code == 200
        except httpx.TransportError:
            said = (self.folder / "log").read_text()
            raise AssertionError(said) from None


async def _stand_in(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A service that answers everything with what was asked, and is never tired."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = re.search(rb"(?i)content-length: (\d+)", head)
            await reader.readexactly(int(length[1]) if length else 0)
            body = json.dumps({"asked": head.decode()}).encode()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


@pytest.fixture
def proxy(tmp_path: Path) -> Proxy:
    return Proxy(tmp_path)


@pytest.fixture
async def encrypted(proxy: Proxy) -> AsyncIterator[Proxy]:
    async with proxy.with_certificate().running() as running:
        yield running


@pytest.fixture
async def client(encrypted: Proxy) -> AsyncIterator[httpx.AsyncClient]:
    trust = ssl.create_default_context(cafile=str(encrypted.secrets / "proxy_certificate"))
    async with httpx.AsyncClient(base_url=encrypted.https, verify=trust) as client:
        yield client


async def test_people_are_led_to_where_it_is_encrypted_and_a_program_is_refused(encrypted: Proxy) -> None:
    async with httpx.AsyncClient(base_url=encrypted.http, headers={"Host": "elsewhere.example"}) as client:
        page, asked = await client.get("/cases/queue?side=2"), await client.get("/cases/api/cases")
    assert (page.status_code, page.headers["location"]) == (301, f"{encrypted.https}/cases/queue?side=2")
    assert (asked.status_code, asked.json()["code"], asked.headers["content-type"]) == (403, "only-with-tls", "application/problem+json")
    assert "strict-transport-security" not in page.headers


@pytest.mark.parametrize("path", ["/cases/queue", "/nowhere", "/", "/cases/metrics", "/healthz"])
async def test_every_answer_says_that_there_is_tls_from_now_on_and_once(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.headers.get_list("strict-transport-security") == ["max-age=63072000; includeSubDomains"]


@pytest.mark.parametrize("path", ["/nowhere", "/", "/cases/metrics", "/cases/health/ready", "/cases/relay/health/live"])
async def test_what_the_proxy_answers_itself_says_what_the_services_say(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert answer.status_code in (302, 404)
    for name, value in HEADERS:
        [said] = answer.headers.get_list(name.decode())
        assert said == value.decode() or name == b"content-security-policy"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["server"] == "nginx"


async def test_what_the_services_say_is_passed_on_with_nothing_beside_it(client: httpx.AsyncClient) -> None:
    answer = await client.get("/cases/queue", headers={"X-Forwarded-For": "1.2.3.4"})
    assert set(answer.headers) == {"server", "date", "content-type", "content-length", "connection", "strict-transport-security"}
    assert "x-forwarded-proto: https" in answer.json()["asked"].lower()
    assert "1.2.3.4" not in answer.json()["asked"]


async def test_mails_that_were_caught_are_on_no_network(client: httpx.AsyncClient) -> None:
    assert (await client.get("/mailbox")).status_code == 404


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated")
@pytest.mark.parametrize(("version", "is_spoken"), [("TLSv1_1", False), ("TLSv1_2", True), ("TLSv1_3", True)])
async def test_only_modern_protocols_are_spoken(encrypted: Proxy, version: str, is_spoken: bool) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
    spoken = True
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", encrypted.encrypted, ssl=context)
        writer.close()
    except ssl.SSLError:
        spoken = False
    assert spoken is is_spoken


@pytest.mark.parametrize("cipher", ["AES128-SHA", "ECDHE-ECDSA-AES128-SHA"])
async def test_no_cipher_without_forward_secrecy_or_authentication_is_spoken(encrypted: Proxy, cipher: str) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(f"{cipher}:@SECLEVEL=0")
    with pytest.raises(ssl.SSLError):
        await asyncio.open_connection("127.0.0.1", encrypted.encrypted, ssl=context)


# --- starting -------------------------------------------------------------------------------------------------------


def _refusal(proxy: Proxy, **environment: str) -> str:
    said = {"BROBYGGER_SIGN_IN": "openid", "BROBYGGER_PUBLIC_ORIGIN": f"https://{NAME}"} | environment
    started = subprocess.run(proxy.starting(**said), capture_output=True, text=True, timeout=20, check=False)
    assert started.returncode == 2
    return started.stderr


def test_with_a_provider_it_does_not_start_without_a_certificate(proxy: Proxy) -> None:
    (proxy.secrets / "proxy_certificate").touch()
    assert "BROBYGGER_SIGN_IN=openid needs a certificate: deploy/certificate" in _refusal(proxy)


def test_a_certificate_that_has_ended_is_refused_by_its_name(proxy: Proxy) -> None:
    assert f"the certificate of {NAME} ended on" in _refusal(proxy.with_certificate(days=-1))


@pytest.mark.parametrize("origin", ["http://brobygger.example", "https://brobygger.example/", 'https://a";x', ""])
def test_an_origin_that_is_no_name_with_tls_is_refused(proxy: Proxy, origin: str) -> None:
    assert "BROBYGGER_PUBLIC_ORIGIN" in _refusal(proxy.with_certificate(), BROBYGGER_PUBLIC_ORIGIN=origin)


def test_another_way_to_sign_in_is_refused(proxy: Proxy) -> None:
    assert "role_cards or openid" in _refusal(proxy.with_certificate(), BROBYGGER_SIGN_IN="OpenID")


async def test_with_role_cards_it_speaks_in_the_clear_and_promises_nothing(proxy: Proxy) -> None:
    async with proxy.running("role_cards") as running, httpx.AsyncClient(base_url=running.http) as client:
        answer = await client.get("/cases/queue")
        numbers = await client.get(f"http://127.0.0.1:{running.numbers}/cases/health/ready")
    assert (answer.status_code, numbers.status_code) == (200, 200)
    assert "strict-transport-security" not in answer.headers


# --- how often ------------------------------------------------------------------------------------------------------


async def _asked(client: httpx.AsyncClient, path: str, times: int, **headers: str) -> list[httpx.Response]:
    slots = asyncio.Semaphore(50)

    async def one() -> httpx.Response:
        async with slots:
            return await client.get(path, headers=headers)

    return await asyncio.gather(*(one() for _ in range(times)))


async def test_a_sender_nobody_knows_is_told_to_wait_while_who_is_signed_in_goes_on(client: httpx.AsyncClient) -> None:
    answers = await _asked(client, "/cases/queue", 2500)
    often = next(answer for answer in answers if answer.status_code == 429)
    assert sum(answer.status_code == 200 for answer in answers) >= 1500
    assert (often.headers["retry-after"], often.headers["content-type"]) == ("10", "text/html; charset=utf-8")
    assert "Vent 10 sekunder" in often.text
    assert 'lang="en">More was asked for' in often.text
    asked = next(answer for answer in await _asked(client, "/cases/api/cases", 300) if answer.status_code == 429)
    ours = problem_of(TooOften(int(asked.headers["retry-after"]))).as_json()
    assert {**asked.json(), "detail": ""} == {**ours, "detail": ""}
    assert asked.headers["content-type"] == "application/problem+json"
    known = await _asked(client, "/cases/queue", 50, Cookie="brobygger=x")
    assert {answer.status_code for answer in known} == {200}
    program = await _asked(client, "/cases/api/cases", 50, Authorization="Bearer x")
    assert {answer.status_code for answer in program} == {200}


async def test_a_thousand_phones_behind_one_address_sign_in_at_once_and_a_program_that_goes_on_does_not(client: httpx.AsyncClient) -> None:
    morning = await _asked(client, "/intake/sign-in", 1000, Cookie="brobygger=old")
    assert {answer.status_code for answer in morning} == {200}
    later = await _asked(client, "/intake/sign-in/there", 2000, Cookie="brobygger=old")
    assert {answer.status_code for answer in later} == {200, 429}


async def test_a_thousand_phones_behind_one_address_send_what_they_kept(client: httpx.AsyncClient) -> None:
    answers = await _asked(client, "/intake/api/observations", 4000, Cookie="brobygger=known")
    assert {answer.status_code for answer in answers} == {200}


# --- a new certificate ----------------------------------------------------------------------------------------------


def _taken(proxy: Proxy, *files: Path, origin: str = f"https://{NAME}") -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "BROBYGGER_SECRETS": str(proxy.secrets), "BROBYGGER_PUBLIC_ORIGIN": origin}
    command = [str(ROOT / "deploy" / "certificate"), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)


def test_a_new_certificate_goes_into_the_files_that_are_there(proxy: Proxy) -> None:
    for name in ("proxy_certificate", "proxy_key"):
        (proxy.secrets / name).touch(mode=0o444)
    before = [(proxy.secrets / name).stat().st_ino for name in ("proxy_certificate", "proxy_key")]
    chain, key = certificate(proxy.folder / "new")
    done = _taken(proxy, chain, key)
    assert (done.returncode, done.stderr) == (0, "")
    assert "is good until" in done.stdout
    assert (proxy.secrets / "proxy_certificate").read_bytes() == chain.read_bytes()
    assert (proxy.secrets / "proxy_key").read_bytes() == key.read_bytes()
    assert [(proxy.secrets / name).stat().st_ino for name in ("proxy_certificate", "proxy_key")] == before


@pytest.mark.parametrize("wrong", ["ended", "another key", "another name", "no certificate", "no key", "the wrong way round"])
def test_a_certificate_that_would_not_do_is_refused_and_nothing_is_changed(proxy: Proxy, wrong: str) -> None:
    chain, key = certificate(proxy.folder / "new", days=-1 if wrong == "ended" else 60)
    other_chain, other_key = certificate(proxy.folder / "other", name="elsewhere.example")
    nothing = proxy.folder / "nothing"
    nothing.write_text("nothing")
    files, said = {
        "ended": ((chain, key), "the certificate ended on"),
        "another key": ((chain, other_key), "the key is not that of the certificate"),
        "another name": ((other_chain, other_key), f"is not for {NAME}"),
        "no certificate": ((nothing, key), "holds no certificate"),
        "no key": ((chain, nothing), "holds no key"),
        "the wrong way round": ((key, chain), "holds no certificate"),
    }[wrong]
    done = _taken(proxy, *files)
    assert done.returncode == 1
    assert said in done.stderr
    assert list(proxy.secrets.iterdir()) == []
