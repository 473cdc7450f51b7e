"""Whatever anybody sends to any address of any service: never a fault of ours, always an answer that helps, and never their words back."""

from __future__ import annotations

import itertools
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID
from warnings import catch_warnings, simplefilter

import httpx
import pytest
import requests
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.openapi import from_dict

import services.cases.app
import services.intake.app
import services.notifications.app
import services.reporting.app
from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from shared.history.service import Parts
from shared.privacy.access import Action
from tests.cases.case.living import opened, raised
from tests.cases.conftest import PROCEDURE
from tests.intake.known import fill_register
from tests.support.postgres import PostgresServer
from tests.support.services import Running, browser, context_for, running_service

EXAMPLES = 4
"""Of what an address asks for, and as many of what it does not."""
MARK = "Ravnebakkeord"
"""A word no answer may say."""
WORDS = (MARK, f"{MARK}\x00", f"{MARK}\ud800")
"""With what no storage can hold; the half character cannot stand in an address."""
KEPT_BY_HTTP = frozenset({"content-type", "if-match", "accept", "brobygger-purpose", "x-correlation-id", "traceparent"})

MAY = {
    Action.REGISTER_OBSERVATION: "staff-caretaker-1",
    Action.READ_OWN_OBSERVATIONS: "staff-caretaker-1",
    Action.LINK_PLACE: "staff-caretaker-1",
    Action.ANSWER_REPORTER: "staff-caretaker-1",
    Action.FLAG_REPORTER: "staff-social-lead-1",
    Action.READ_REGISTER: "staff-operator-1",
    Action.MANAGE_REGISTER: "staff-operator-1",
    Action.READ_OVERVIEW: "staff-social-lead-1",
    Action.READ_QUEUE: "staff-social-lead-1",
    Action.READ_OVERVIEW: "staff-social-lead-1",
    Action.READ_CASE: "staff-social-lead-1",
    Action.WORK_ON_CASE: "staff-social-lead-1",
    Action.TAKE_PART: "staff-caretaker-1",
    Action.READ_PARKED: "staff-operator-1",
    Action.RETRY_PARKED: "staff-operator-1",
    Action.ERASE_PERSON: "staff-dpo-1",
    Action.READ_ERASURES: "staff-auditor-1",
    Action.REDACT_TEXT: "staff-dpo-1",
    Action.DRAW_LOOKS: "staff-dpo-1",
    Action.READ_SPOT_CHECKS: "staff-dpo-1",
    Action.ANSWER_FOR_LOOK: "staff-social-caretaker-1",
    Action.BREAK_GLASS: "staff-social-caretaker-1",
    Action.READ_GLASSES: "staff-social-lead-1",
    Action.REVIEW_GLASS: "staff-social-lead-1",
    Action.CORRECT_PERSON: "staff-social-lead-1",
    Action.READ_PROCEDURE: "staff-social-lead-1",
    Action.ADOPT_PROCEDURE: "staff-social-lead-1",
    Action.REVIEW_PROCEDURE: "staff-director-1",
    Action.READ_ACCESS_LOG: "staff-auditor-1",
    Action.VERIFY_CHAIN: "staff-auditor-1",
    Action.READ_FIGURES: "staff-director-1",
    Action.ADOPT_FIGURES_POLICY: "staff-dpo-1",
    Action.READ_NOTICES: "staff-operator-1",
    Action.READ_OWN_NOTICES: "staff-caretaker-1",
    Action.HAND_OVER: "staff-social-lead-1",
    Action.READ_STAFF: "staff-operator-1",
    Action.MANAGE_STAFF: "staff-operator-1",
    Action.LIFT_CONFLICT: "staff-director-1",
    Action.KEEP_OWN_DUTIES: "staff-director-1",
    Action.READ_PARKED: "staff-operator-1",
    Action.RETRY_PARKED: "staff-operator-1",
    Action.CORRECT_PERSON: "staff-social-lead-1",
    Action.ERASE_PERSON: "staff-dpo-1",
    Action.REDACT_TEXT: "staff-dpo-1",
}
"""Somebody who may: whoever may not is stopped before anything is read."""


SOMEBODY = "staff-social-caretaker-1"
"""About whom it is asked."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One request as it goes over the wire."""

    action: Action
    route: str
    method: str
    url: str
    headers: dict[str, str]
    content: bytes | None


Known = dict[str, str]
"""What stands in the addresses of a service and is really there."""


async def a_register(running: Running) -> Known:
    await fill_register(running)
    return {"estate_id": "estate-1", "person": SOMEBODY}


async def a_case(running: Running) -> Known:
    await running.service.do(adopt_procedure, AdoptProcedure(text=PROCEDURE.read_text(encoding="utf-8")), context_for())
    await raised(running)
    return {"case_id": str(await opened(running))}


async def nothing(running: Running) -> Known:
    return {}


SERVICES: dict[str, tuple[Callable[[], Parts], Callable[[Running], Awaitable[Known]]]] = {
    "intake": (services.intake.app.parts, a_register),
    "cases": (services.cases.app.parts, a_case),
    "reporting": (services.reporting.app.parts, nothing),
    "notifications": (services.notifications.app.parts, nothing),
}


@pytest.mark.erases
@pytest.mark.parametrize("name", SERVICES)
async def test_whatever_is_sent_is_answered_and_not_repeated(name: str, postgres: PostgresServer, tmp_path: Path, vault_url: str) -> None:
    parts, prepare = SERVICES[name]
    wrong: list[str] = []
    how_many = 0
    bounds: dict[str, Any] = {"person_a_minute": 1_000_000}  # otherwise most of it would only be told to wait
    async with running_service(parts(), postgres, tmp_path, vault_url=vault_url, **bounds) as running, everybody(running) as clients:
        known = await prepare(running)
        described = (await clients["staff-social-lead-1"].get(f"/{name}/api/openapi.json")).json()
        for sent in hostile(described, known):
            headers = {**await what_is_asked_for(running, sent.action), **sent.headers}
            answer = await clients[MAY[sent.action]].request(sent.method, sent.url, headers=headers, content=sent.content)
            wrong += [f"{sent.method} {sent.route}: {complaint}" for complaint in complaints(answer)]
            how_many += 1
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert how_many >= EXAMPLES


def complaints(answer: httpx.Response) -> Iterable[str]:
    """What is wrong with an answer."""
    if answer.status_code >= 500:
        yield f"{answer.status_code}"
    if answer.status_code < 400:
        return
    if MARK in answer.text:
        yield f"{answer.status_code} repeats what was sent: {answer.text}"
    if answer.headers.get("content-type") != "application/problem+json":
        yield f"{answer.status_code} as {answer.headers.get('content-type')}"
        return
    problem = answer.json()
    lacking = [field for field in ("type", "title", "code", "nextStep") if not problem.get(field)]
    if lacking:
        yield f"{answer.status_code} {problem.get('code')} without {lacking}"
    if problem.get("status") != answer.status_code:
        yield f"{answer.status_code} calls itself {problem.get('status')}"


async def what_is_asked_for(running: Running, action: Action) -> dict[str, str]:
    """A right version and a right purpose where the request says none, so that what it says reaches the rules."""
    match action:
        case Action.WORK_ON_CASE | Action.CORRECT_PERSON:
            return {"If-Match": f'"{await running.value("select max(version) from case_list")}"'}
        case Action.READ_STAFF | Action.MANAGE_STAFF | Action.LIFT_CONFLICT | Action.KEEP_OWN_DUTIES:
            who = MAY[action] if action == Action.KEEP_OWN_DUTIES else SOMEBODY
            return {"If-Match": f'"{await running.value("select coalesce(max(version), 0) from colleagues where person = $1", who)}"'}
        case Action.READ_ACCESS_LOG | Action.VERIFY_CHAIN:
            return {"Brobygger-Purpose": "audit"}
        case Action.REDACT_TEXT | Action.DRAW_LOOKS | Action.READ_SPOT_CHECKS:
            return {"Brobygger-Purpose": "supervision"}
        case _:
            return {}


@asynccontextmanager
async def everybody(running: Running) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    """A browser for each of those who may."""
    async with AsyncExitStack() as until_the_end:
        yield {who: await until_the_end.enter_async_context(browser(running, as_=who)) for who in sorted(set(MAY.values()))}


def hostile(described: dict[str, Any], known: Known) -> Iterable[Sent]:
    """The same requests in every run: right ones and wrong ones to each address, and all of them once more with a word in every text."""
    schema = from_dict(described)
    numbers = itertools.count(1)
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if "/api/" not in operation.path:
            continue
        action = Action(operation.definition.raw["x-action"])
        names = {parameter for parameter in known if f"{{{parameter}}}" in operation.path}
        for mode in GenerationMode:
            for case in examples_of(operation.as_strategy(generation_mode=mode)):
                yield sent_from(case, action)
                case.path_parameters = {**case.path_parameters, **{parameter: known[parameter] for parameter in names}}
                case.headers.pop("If-Match", None)
                case.body = fresh(case.body, next(numbers))
                sent = sent_from(case, action)
                yield sent
                for word in WORDS if isinstance(case.body, dict | list) else ():
                    yield replace(sent, content=json.dumps(said_in(fresh(case.body, next(numbers)), word)).encode())
                query = case.query
                for word in WORDS[:-1] if query else ():
                    case.query = {name: said_in(value, word) for name, value in query.items()}
                    yield sent_from(case, action)


def examples_of(strategy: st.SearchStrategy[Any]) -> list[Any]:
    """A few examples, the same in every run."""
    drawn: list[Any] = []

    @given(strategy)
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def draw(case: Any) -> None:
        drawn.append(case)

    with catch_warnings(), suppress(Unsatisfiable):  # an address that asks for nothing cannot be sent it wrongly
        simplefilter("ignore")  # that a strategy finds few examples is none of ours
        draw()
    return drawn


def sent_from(case: Any, action: Action) -> Sent:
    prepared = requests.Request(**case.as_transport_kwargs(base_url="http://127.0.0.1:8080")).prepare()
    content = prepared.body.encode() if isinstance(prepared.body, str) else prepared.body
    assert content is None or isinstance(content, bytes)
    headers = {
        name: value if isinstance(value, str) else value.decode("latin-1")
        for name, value in prepared.headers.items()
        if name.lower() in KEPT_BY_HTTP
    }
    assert prepared.method is not None
    assert prepared.url is not None
    return Sent(action=action, route=case.operation.path, method=prepared.method, url=prepared.url, headers=headers, content=content)


def fresh(body: Any, number: int) -> Any:
    """The same under an id of its own, where it had a proper one; else it would be taken for one that was sent before."""
    try:
        UUID(body["id"])
    except (TypeError, KeyError, ValueError, AttributeError):
        return body
    return {**body, "id": str(UUID(int=number))}


def said_in(value: Any, word: str) -> Any:
    """The same with the word behind every text but an id; and in a field that nobody knows, where the word is a plain one."""
    match value:
        case str():
            return value + word
        case list():
            return [said_in(each, word) for each in value]
        case dict():
            stranger = {word: word} if word == MARK else {}
            return {name: each if name == "id" else said_in(each, word) for name, each in value.items()} | stranger
        case _:
            return value
