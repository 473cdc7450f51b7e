"""How a request becomes somebody who asks, and what never gets through the door."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import unquote
from uuid import UUID, uuid4

import pytest
from fastapi.routing import APIRoute
from itsdangerous import TimestampSigner
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from shared.privacy.access import Action
from shared.web.guards import Answering, Shedding
from shared.web.kept import FORM_LIMIT
from shared.web.problems import TooMuchAtOnce
from tests.shared.little_site.site import api, pages
from tests.support.eventually import eventually
from tests.support.services import Running, browser, cookie_of

REPORT = {"id": "019c0000-0000-7000-8000-000000000001", "severity": "high", "signals": ["smell"], "words": "Hun bad om hjælp."}
HTML = {"Accept": "text/html"}
CARETAKER = "staff-caretaker-1"


async def test_the_cookie_says_who_asks_and_the_role_says_why(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = (await client.get("/intake/api/asked")).json()
    assert answer["actor"] == "staff-caretaker-1"
    assert answer["purpose"] == "own_observation"
    assert answer["at"] == "2026-03-03T09:00:00+00:00"
    assert answer["service"] == "intake"


async def test_nobody_signed_in_is_a_problem_for_a_program(site: Running) -> None:
    async with browser(site) as client:
        answer = await client.get("/intake/api/asked")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not-signed-in"


async def test_nobody_signed_in_is_led_to_the_cards_and_back_without_what_was_searched_for(site: Running) -> None:
    async with browser(site) as client:
        answer = await client.get("/intake/form?q=hemmeligt", headers=HTML)
    assert answer.status_code == 303
    assert unquote(answer.headers["location"]) == "/intake/sign-in?next=/intake/form"


@pytest.mark.parametrize("change", ["forged", "old", "somebody-else", "nobody", "empty"])
async def test_a_cookie_that_is_not_ours_or_too_old_is_no_sign_in(site: Running, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = cookie_of(site, CARETAKER)
    match change:
        case "forged":
            cookie = cookie[:-5] + ("A" if cookie[-5] != "A" else "B") + cookie[-4:]  # the last letter carries bits that count for nothing
        case "old":
            with monkeypatch.context() as patched:
                patched.setattr(TimestampSigner, "get_timestamp", lambda _: 1_700_000_000)
                cookie = cookie_of(site, CARETAKER)
        case "somebody-else":
            cookie = cookie.replace("caretaker-1", "social-lead-1")
        case "nobody":
            cookie = cookie_of(site, "staff-gone")
        case "empty":
            cookie = ""
    async with browser(site) as client:
        answer = await client.get("/intake/api/asked", headers={"Cookie": f"brobygger={cookie}"})
    assert answer.status_code == 401


async def test_a_cookie_that_was_good_is_no_sign_in_half_a_day_later(site: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    now = TimestampSigner("any").get_timestamp()
    async with browser(site, as_=CARETAKER) as client:
        assert (await client.get("/intake/api/asked")).status_code == 200
        for hours, status in ((12, 200), (13, 401), (-1, 401)):
            monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _, later=hours: now + later * 3600)
            assert (await client.get("/intake/api/asked")).status_code == status


@pytest.mark.parametrize(
    ("headers", "query"),
    [({"Brobygger-Purpose": "case_work"}, ""), ({}, "?formaal=case_work"), ({}, "?purpose=case_work")],
)
async def test_a_purpose_may_be_named(site: Running, headers: dict[str, str], query: str) -> None:
    async with browser(site, as_="staff-social-lead-1") as client:
        answer = await client.get(f"/intake/api/asked{query}", headers=headers)
    assert answer.json()["purpose"] == "case_work"


async def test_a_purpose_nobody_knows_is_refused_without_repeating_it(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.get("/intake/api/asked", headers={"Brobygger-Purpose": "nysgerrighed"})
    assert answer.status_code == 422
    assert answer.json()["code"] == "purpose-is-unknown"
    assert "nysgerrighed" not in answer.text


async def test_what_is_not_ones_own_is_not_allowed(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        assert (await client.get("/intake/api/own/staff-caretaker-1")).status_code == 200
        refused = await client.get("/intake/api/own/staff-caretaker-2")
    assert refused.status_code == 403
    assert refused.json()["code"] == "not-allowed"


async def test_a_conversation_keeps_its_id_and_a_new_one_gets_one(site: Running) -> None:
    conversation = "019c0000-0000-7000-8000-0000000000aa"
    async with browser(site, as_=CARETAKER) as client:
        kept = (await client.get("/intake/api/asked", headers={"X-Correlation-Id": conversation})).json()["correlation"]
        made = (await client.get("/intake/api/asked", headers={"X-Correlation-Id": "not an id"})).json()["correlation"]
    assert kept == conversation
    assert UUID(made).version == 7


async def test_a_trace_goes_on_in_a_span_of_its_own(site: Running) -> None:
    carried = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    async with browser(site, as_=CARETAKER) as client:
        went_on = (await client.get("/intake/api/asked", headers={"traceparent": carried})).json()["traceparent"]
        began = (await client.get("/intake/api/asked", headers={"traceparent": "nonsense"})).json()["traceparent"]
    assert went_on.startswith("00-4bf92f3577b34da6a3ce929d0e0e4736-")
    assert went_on.endswith("-01")
    assert "00f067aa0ba902b7" not in went_on
    assert [len(part) for part in began.split("-")] == [2, 32, 16, 2]


@pytest.mark.parametrize(
    ("if_match", "status", "code"),
    [
        (None, 428, "version-is-missing"),
        ("7", 400, "version-is-malformed"),
        ('W/"7"', 400, "version-is-malformed"),
        ("*", 400, "version-is-malformed"),
    ],
)
async def test_a_change_says_which_version_it_builds_on(site: Running, if_match: str | None, status: int, code: str) -> None:
    headers = {} if if_match is None else {"If-Match": if_match}
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.put("/intake/api/things/1", json=REPORT, headers=headers)
    assert answer.status_code == status
    assert answer.json()["code"] == code


async def test_a_change_with_its_version_answers_with_the_next(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.put("/intake/api/things/1", json=REPORT, headers={"If-Match": '"7"'})
    assert answer.status_code == 200
    assert answer.headers["etag"] == '"8"'


# --- what never gets through ------------------------------------------------------------------------------------------


async def test_a_body_that_is_announced_too_large_is_not_read(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.put("/intake/api/things/1", content=b"x" * 65_537, headers={"If-Match": '"1"'})
    assert answer.status_code == 413
    assert answer.headers["connection"] == "close"


async def test_a_body_that_grows_too_large_is_not_kept_in_memory(site: Running) -> None:
    given = 0

    async def hundred_megabytes() -> AsyncIterator[bytes]:
        nonlocal given
        for _ in range(100):
            given += 1
            yield b"[" * 1_048_576

    async with browser(site, as_=CARETAKER) as client:
        headers = {"If-Match": '"1"', "Content-Type": "application/json"}
        answer = await client.put("/intake/api/things/1", content=hundred_megabytes(), headers=headers)
    assert answer.status_code == 413
    assert answer.json()["code"] == "too-large"
    assert given == 1


async def test_a_body_larger_than_it_said_is_refused_too(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.put(
            "/intake/api/things/1", content=_pieces(b"x" * 70_000), headers={"Content-Length": "10", "Content-Type": "application/json"}
        )
    assert answer.status_code == 413


async def test_a_form_that_is_too_large_is_refused_as_a_page(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.post(
            "/intake/form",
            content=_pieces(b"words=" + b"x" * (FORM_LIMIT + 1)),
            headers={**HTML, "Content-Type": "application/x-www-form-urlencoded"},
        )
    assert answer.status_code == 413
    assert "Det er for stort" in answer.text


async def test_a_route_may_take_more(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        taken = await client.post("/intake/api/file", content=b"x" * 150_000, headers={"Content-Type": "text/csv"})
        refused = await client.post("/intake/api/file", content=b"x" * 200_001, headers={"Content-Type": "text/csv"})
    assert taken.json() == {"bytes": 150_000}
    assert refused.status_code == 413


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://["},
        {"Origin": "ftp://127.0.0.1"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_site_cannot_use_somebodys_sign_in(site: Running, headers: dict[str, str]) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.post("/intake/form", data={"words": "x"}, headers=headers)
    assert answer.status_code == 403
    assert answer.json()["code"] == "comes-from-elsewhere"


@pytest.mark.parametrize("media_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
async def test_an_address_for_json_takes_nothing_a_foreign_form_could_send(site: Running, media_type: str) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.put("/intake/api/things/1", content=b"{}", headers={"Content-Type": media_type, "If-Match": '"1"'})
    assert answer.status_code == 415


@pytest.mark.parametrize("host", ["brobygger.example", "127.0.0.1.elsewhere.example", "192.168.1.10:8080", "[::2]:80"])
async def test_with_role_cards_only_the_machine_itself_is_answered(site: Running, host: str) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.get("/intake/api/asked", headers={"Host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize("address", ["/intake/api/asked?x=a%00b", "/intake/api/asked?a%00b=x", "/intake/api/%00"])
async def test_an_address_that_no_storage_could_hold_is_not_read(site: Running, address: str) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable-request")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:1234", "[::1]:8080", "LOCALHOST"])
async def test_the_machine_has_several_names(site: Running, host: str) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.get("/intake/api/asked", headers={"Host": host})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "path", ["/intake/form", "/intake/api/asked", "/intake/nowhere", "/intake/sign-in", "/intake/static/brobygger.css"]
)
async def test_every_answer_forbids_foreign_content_and_frames(site: Running, path: str) -> None:
    async with browser(site, as_=CARETAKER) as client:
        headers = (await client.get(path, headers=HTML)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert (headers["x-frame-options"], headers["x-permitted-cross-domain-policies"]) == ("DENY", "none")
    assert headers["cross-origin-embedder-policy"] == "require-corp"
    assert len(headers.get_list("content-security-policy")) == 1


@pytest.mark.parametrize("path", ["/intake/form", "/intake/api/asked"])
async def test_what_may_be_about_somebody_is_kept_nowhere(site: Running, path: str) -> None:
    async with browser(site, as_=CARETAKER) as client:
        assert (await client.get(path, headers=HTML)).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/intake/form", "/intake/api/asked", "/intake/nowhere", "/intake/static/brobygger.css", "/intake/health/live"]
)
async def test_head_says_what_get_says_without_its_body(site: Running, path: str) -> None:
    asked_alike = {**HTML, "traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01", "X-Correlation-Id": str(uuid4())}
    async with browser(site, as_=CARETAKER) as client:
        shown, told = await client.get(path, headers=asked_alike), await client.head(path, headers=asked_alike)
    assert told.status_code == shown.status_code
    assert told.content == b""
    assert shown.content != b""
    assert set(told.headers.items()) - {("content-length", told.headers["content-length"])} <= set(shown.headers.items())


async def test_head_of_a_page_leads_to_the_sign_in_as_get_does(site: Running) -> None:
    async with browser(site) as client:
        answer = await client.head("/intake/form", headers=HTML)
    assert answer.status_code == 303
    assert unquote(answer.headers["location"]) == "/intake/sign-in?next=/intake/form"


async def test_a_wrong_method_is_told_every_right_one(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.put("/intake/form", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"


async def test_what_may_be_done_at_an_address_can_be_asked(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.options("/intake/api/things/1")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, PUT"


@pytest.mark.parametrize("known", ['"7"', 'W/"7"', '"3", "7"', 'W/"3",W/"7"', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_what_somebody_has_already_is_not_sent_again(site: Running, method: str, known: str) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.request(method, "/intake/api/things/1", headers={"If-None-Match": known})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == '"7"'
    assert "content-type" not in answer.headers


@pytest.mark.parametrize("known", ['"8"', "7", '"', "", 'W/7, "70"'])
async def test_what_somebody_has_an_older_one_of_is_sent(site: Running, known: str) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.get("/intake/api/things/1", headers={"If-None-Match": known})
    assert (answer.status_code, answer.json()) == (200, {"number": 1})


@pytest.mark.parametrize("media_type", ["application/xml", "application/octet-stream", "image/png", "application/x-yaml"])
async def test_an_address_for_json_says_so_to_whoever_sends_something_else(site: Running, media_type: str) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.put("/intake/api/things/1", content=b"<a/>", headers={"Content-Type": media_type, "If-Match": '"1"'})
    assert (answer.status_code, answer.json()["code"]) == (415, "wrong-media-type")


@pytest.mark.parametrize(
    "header",
    [
        *({"Sec-Purpose": said} for said in ("prefetch;prerender", "prefetch", "prefetch;anonymous-client-ip", "Prefetch")),
        *({"Purpose": said} for said in ("prefetch", "preview")),
        *({"X-Purpose": said} for said in ("preview", "instant")),
        {"X-Moz": "prefetch"},
    ],
)
async def test_a_browser_that_looks_ahead_has_seen_nothing(site: Running, header: dict[str, str]) -> None:
    async with browser(site, as_=CARETAKER) as client:
        ahead = await client.get("/intake/form", headers={**HTML, **header})
        opened = await client.get("/intake/form", headers=HTML)
    assert (ahead.status_code, opened.status_code) == (503, 200)
    assert "Åbn siden." in ahead.text


async def test_a_request_for_two_hosts_is_for_none(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.get("/intake/api/asked", headers=[("Host", "127.0.0.1"), ("Host", "elsewhere.example")])
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable-request")


async def test_what_the_api_is_asked_and_does_not_know_is_named_with_what_it_knows(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.get("/intake/api/listed?limit=5&as_of=2026-01-01&lang=en")
        heard = await client.get("/intake/api/listed?limit=5&purpose=own_observation")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == "unknown-parameter"
    assert problem["errors"] == [{"detail": "Not known here.", "parameter": "as_of"}]
    assert "formaal, lang, limit, purpose" in problem["nextStep"]
    assert heard.status_code == 200


async def test_a_name_without_end_is_not_repeated_without_end(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.get(f"/intake/api/listed?{'x' * 5000}=1")
    assert len(answer.json()["errors"][0]["parameter"]) == 64


async def test_a_page_overlooks_what_it_does_not_know(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        assert (await client.get("/intake/form?utm_source=mail", headers=HTML)).status_code == 200


async def test_every_route_says_which_action_it_is(site: Running) -> None:
    routes = [route for router in (api, pages) for route in router.routes if isinstance(route, APIRoute)]
    assert routes
    assert all(route.openapi_extra and Action(route.openapi_extra["x-action"]) for route in routes)


async def test_the_description_of_the_api_is_openapi_3_1_with_the_problems_that_may_come(site: Running) -> None:
    async with browser(site) as client:
        described: dict[str, Any] = (await client.get("/intake/api/openapi.json")).json()
    assert described["openapi"].startswith("3.1")
    change = described["paths"]["/intake/api/things/{number}"]["put"]
    assert " ".join(change["responses"]) == "200 400 401 403 404 409 410 412 413 415 421 422 428 429 500 503"
    assert change["x-action"] == "read_own_observations"
    assert "HTTPValidationError" not in described["components"]["schemas"]


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


# --- more than can be answered ------------------------------------------------------------------------------------------


async def test_what_would_only_wait_is_refused_at_once_and_whoever_asks_for_health_is_answered() -> None:
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def slow(scope: Scope, _receive: Receive, _send: Send) -> None:
        if not scope["path"].endswith("/health/ready"):
            arrived.set()
            await go_on.wait()

    door = Shedding(slow, at_most=1)
    first = asyncio.create_task(asked_at(door, "/intake/form"))
    await arrived.wait()
    with pytest.raises(TooMuchAtOnce):
        await asked_at(door, "/intake/form")
    await asked_at(door, "/intake/health/ready")
    go_on.set()
    await first
    await asked_at(door, "/intake/form")


async def test_what_writes_takes_its_turn_when_all_of_it_is_here_and_a_page_waits_for_none() -> None:
    begun: list[str] = []
    go_on = asyncio.Event()

    async def works(scope: Scope, receive: Receive, _send: Send) -> None:
        while (await receive()).get("more_body"):
            pass
        begun.append(scope["path"])
        if scope["method"] == "POST":
            await go_on.wait()

    async def nothing(*_: Any) -> None: ...

    async def sent(path: str, *, pieces: asyncio.Queue[Message], method: str = "POST") -> None:
        await door({"type": "http", "path": path, "method": method, "headers": []}, pieces.get, nothing)

    def whole() -> asyncio.Queue[Message]:
        pieces: asyncio.Queue[Message] = asyncio.Queue()
        pieces.put_nowait({"type": "http.request", "body": b"", "more_body": False})
        return pieces

    door, slow = Shedding(works, writing_at_once=1), asyncio.Queue[Message]()
    slow.put_nowait({"type": "http.request", "body": b"half", "more_body": True})
    waiting = [asyncio.create_task(sent(path, pieces=pieces)) for path, pieces in (("/slow", slow), ("/one", whole()), ("/two", whole()))]
    await eventually(lambda: begun == ["/one"])
    await sent("/page", pieces=whole(), method="GET")
    assert begun == ["/one", "/page"], "the second waits at the door, and whoever is slow takes no turn"
    go_on.set()
    slow.put_nowait({"type": "http.request", "body": b"", "more_body": False})
    await asyncio.gather(*waiting)
    assert sorted(begun) == ["/one", "/page", "/slow", "/two"]


async def test_somebody_who_hangs_up_is_nothing_to_write_down() -> None:
    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def hang_up(_scope: Scope, receive: Receive, _send: Send) -> None:
        await Request({"type": "http", "method": "POST", "headers": []}, receive).body()

    async def answer(_request: Request, error: Exception) -> Response:
        raise AssertionError("nobody is there") from error

    await Answering(hang_up, answer=answer)({"type": "http", "method": "POST", "path": "/", "headers": []}, gone, gone)  # type: ignore[arg-type]


async def asked_at(door: Shedding, path: str) -> None:
    async def nothing(*_: Any) -> Any: ...

    await door({"type": "http", "method": "GET", "path": path, "headers": []}, nothing, nothing)
