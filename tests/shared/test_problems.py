"""What went wrong, in words and numbers, and never with what somebody wrote."""

from __future__ import annotations

import json
from typing import Any

import asyncpg
import pytest
import structlog.testing
from jinja2 import TemplateNotFound
from starlette.responses import Response

from shared.ground.database import DatabaseIsAway
from shared.ground.errors import ChangedMeanwhile, NotAllowed, NotFound, Refusal, SameIdOtherContent, VersionMovedOn
from shared.privacy.personal import KeyIsDestroyed
from shared.web.pagination import CursorIsForged
from shared.web.problems import NotSignedIn, code_of, problem_of
from tests.support.services import Running, browser

REPORT = {"id": "019c0000-0000-7000-8000-000000000001", "severity": "high", "signals": ["smell"], "words": "Hun bad om hjælp."}
HTML = {"Accept": "text/html"}
CARETAKER = "staff-caretaker-1"


class CaseIsClosed(Refusal):
    """Sagen er
    lukket."""

    next_step = "Genåbn den først."


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (CaseIsClosed(), 422, "case-is-closed"),
        (NotFound("Case", 1), 404, "not-found"),
        (NotAllowed(), 403, "not-allowed"),
        (NotSignedIn(), 401, "not-signed-in"),
        (ChangedMeanwhile(), 409, "changed-meanwhile"),
        (SameIdOtherContent(), 409, "same-id-other-content"),
        (VersionMovedOn(newest=7), 412, "version-moved-on"),
        (CursorIsForged(), 400, "cursor-is-forged"),
        (KeyIsDestroyed(), 410, "person-is-erased"),
        (ConnectionRefusedError(), 503, "unavailable"),
        (TimeoutError(), 503, "unavailable"),
        (DatabaseIsAway(), 503, "unavailable"),
        (asyncpg.AdminShutdownError(), 503, "unavailable"),
        (asyncpg.InterfaceError("pool is closing"), 503, "unavailable"),
        (TemplateNotFound("case.html"), 500, "unexpected"),
        (FileNotFoundError(2, "hemmelig"), 500, "unexpected"),
        (ZeroDivisionError(), 500, "unexpected"),
    ],
)
def test_every_error_has_a_number_a_code_and_something_to_do_next(error: Exception, status: int, code: str) -> None:
    problem = problem_of(error)
    assert (problem.status, problem.code) == (status, code)
    assert problem.title
    assert problem.next_step


def test_a_refusal_says_its_sentence_on_one_line_with_the_field_it_is_about() -> None:
    body = _body(problem_of(CaseIsClosed(field="outcome")).as_response(trace_id="4bf9"))
    assert body == {
        "type": "urn:brobygger:problem:case-is-closed",
        "title": "Sagen er lukket.",
        "status": 422,
        "detail": "Sagen er lukket.",
        "code": "case-is-closed",
        "nextStep": "Genåbn den først.",
        "traceId": "4bf9",
        "errors": [{"detail": "Sagen er lukket.", "pointer": "#/outcome"}],
    }


def test_a_version_that_moved_on_says_which_is_newest() -> None:
    response = problem_of(VersionMovedOn(newest=7)).as_response()
    assert _body(response)["newestVersion"] == 7
    assert _body(response)["detail"] == "Det, du så på, er ændret siden."
    assert response.headers["etag"] == '"7"'


def test_a_problem_speaks_english_to_those_who_prefer_it() -> None:
    body = _body(problem_of(NotFound("Case", 1)).as_response(language="en"))
    assert body["title"] == "It does not exist"


@pytest.mark.parametrize(("kind", "code"), [(CaseIsClosed, "case-is-closed"), (NotFound, "not-found")])
def test_a_code_is_the_name_in_small_letters(kind: type[Exception], code: str) -> None:
    assert code_of(kind) == code


@pytest.mark.parametrize(
    ("change", "pointer", "detail"),
    [
        ({"id": "hemmeligt"}, "#/id", "Er ikke et gyldigt id."),
        ({"severity": "hemmeligt"}, "#/severity", "Vælg en af mulighederne."),
        ({"signals": [{"hemmeligt": 1}]}, "#/signals/0", "Skal være tekst."),
        ({"words": "hemmeligt" * 200}, "#/words", "Må højst være 1000 tegn."),
    ],
)
async def test_what_is_wrong_in_a_body_is_pointed_at_and_never_repeated(
    site: Running, change: dict[str, object], pointer: str, detail: str
) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.put("/intake/api/things/1", json={**REPORT, **change}, headers={"If-Match": '"1"'})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"detail": detail, "pointer": pointer}]
    assert "hemmeligt" not in answer.text


async def test_what_is_missing_is_named(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.put("/intake/api/things/1", json={}, headers={"If-Match": '"1"'})
    assert answer.json()["errors"] == [
        {"detail": "Skal udfyldes.", "pointer": "#/id"},
        {"detail": "Skal udfyldes.", "pointer": "#/severity"},
    ]


async def test_a_wrong_parameter_is_named_by_its_name(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.get("/intake/api/listed?limit=0")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"detail": "Skal være mindst 1.", "parameter": "limit"}]


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"id": '])
async def test_json_that_is_broken_is_unreadable(site: Running, body: bytes) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.put("/intake/api/things/1", content=body, headers={"If-Match": '"1"', "Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["code"] == "unreadable-request"


async def test_an_address_that_cannot_be_is_not_found(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answers = [await client.put("/intake/api/things/x", json=REPORT, headers={"If-Match": '"1"'}), await client.get("/intake/api/no")]
    assert [answer.status_code for answer in answers] == [404, 404]


async def test_a_method_that_does_not_fit_is_told_which_do(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.delete("/intake/api/things/1")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, PUT"


async def test_a_refusal_in_the_api_is_a_problem(site: Running) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.get("/intake/api/wrong/refused")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"detail": "Sæt kryds ved mindst ét tegn.", "pointer": "#/signals"}]
    assert answer.json()["nextStep"] == "Vælg det, du selv så."


@pytest.mark.parametrize(("kind", "status"), [("bug", 500), ("away", 503)])
async def test_a_bug_tells_nothing_about_itself_but_the_trace(site: Running, kind: str, status: int) -> None:
    async with browser(site, as_=CARETAKER) as client:
        with structlog.testing.capture_logs() as lines:
            answer = await client.get(f"/intake/api/wrong/{kind}")
    assert answer.status_code == status
    assert "hemmelig" not in answer.text
    assert "hemmelig" not in str(lines)
    assert len(lines) == 1
    assert lines[0]["trace_id"] == answer.json()["traceId"]


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [("not-found", 404, "Det findes ikke"), ("bug", 500, "Noget gik galt hos os"), ("moved", 412, "Der er kommet en nyere version")],
)
async def test_people_get_a_page_that_says_what_to_do(site: Running, kind: str, status: int, words: str) -> None:
    async with browser(site, as_=CARETAKER) as client:
        answer = await client.get(f"/intake/wrong/{kind}", headers=HTML)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert words in answer.text
    assert "Det kan du gøre:" in answer.text
    assert "Asger Testvang" in answer.text
    assert "hemmelig" not in answer.text


async def test_people_who_are_lost_get_a_page_too(site: Running) -> None:
    async with browser(site) as client:
        answer = await client.get("/intake/nowhere", headers=HTML)
    assert answer.status_code == 404
    assert "Det findes ikke" in answer.text


def _body(response: Response) -> Any:
    return json.loads(bytes(response.body))
