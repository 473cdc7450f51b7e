"""The shape of the house is guarded: who may import whom, and that no route forgets to ask who may."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NoReturn
from uuid import uuid4

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from starlette.routing import Match

from services.origin import NAVIGATION
from shared.privacy.access import Action
from shared.running.serving import closed_unless_asked
from shared.web.problems import UnknownParameter
from shared.web.routes import EVERYWHERE, ServedRoute, query_parameters
from shared.web.web import web_app

ROOT = Path(__file__).parents[2]
SERVICES = ("intake", "cases", "notifications", "reporting")


@pytest.mark.processes
def test_the_import_contracts_hold() -> None:
    done = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_a_package_holds_a_sentence_about_itself_and_nothing_else() -> None:
    packages = [file for top in ("shared", "services", "local") for file in (ROOT / top).rglob("__init__.py")]
    assert len(packages) > 20
    for file in packages:
        code = compile(file.read_text(encoding="utf-8"), str(file), "exec")
        assert set(code.co_names) <= {"__doc__"}, f"{file} does something when it is imported"
        assert code.co_consts[0], f"{file} says nothing about itself"


def test_every_folder_with_code_is_a_package() -> None:
    """A folder without `__init__.py` can be imported, but no import contract sees what is in it."""
    folders = {file.parent for top in ("shared", "services", "local") for file in (ROOT / top).rglob("*.py")}
    folders |= {parent for folder in folders for parent in folder.parents if parent.is_relative_to(ROOT) and parent != ROOT}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def routes() -> list[ServedRoute]:
    """Every route of every service."""
    apps = (web_app(importlib.import_module(f"services.{name}.app").parts(), NAVIGATION) for name in SERVICES)
    return [route for app in apps for route in app.routes if isinstance(route, ServedRoute)]


def name_of(route: ServedRoute) -> str:
    """What the report calls a route."""
    return f"{method_of(route)} {route.path}"


def method_of(route: ServedRoute) -> str:
    """The one method it was made for."""
    [method] = route.methods or ["none"]
    return method


def test_every_route_keeps_to_its_service_and_names_the_action_it_is() -> None:
    actions = {each.value for each in Action}
    every = routes()
    assert {route.path.split("/")[1] for route in every} == set(SERVICES)
    assert len(every) >= 80
    for route in every:
        assert (route.openapi_extra or {}).get("x-action") in actions, f"{route.path} names no action"


@pytest.mark.parametrize("name", SERVICES)
def test_every_link_of_a_service_leads_to_a_page_of_its_own_that_is_what_the_link_is_for(name: str) -> None:
    parts = importlib.import_module(f"services.{name}.app").parts()
    pages = {(route.path, (route.openapi_extra or {}).get("x-action")) for route in routes() if method_of(route) == "GET"}
    pages.add((f"/{name}/parked", Action.READ_PARKED.value))  # every service has it (shared/running/operations.py)
    assert parts.links
    assert {(link.address, link.action.value) for link in parts.links} <= {page for page in pages if page[0].startswith(f"/{name}/")}
    assert set(parts.links) <= set(NAVIGATION.links)


def test_the_way_around_leads_to_nothing_but_the_links_of_services_and_to_the_entrance() -> None:
    offered = [link for name in SERVICES for link in importlib.import_module(f"services.{name}.app").parts().links]
    assert sorted(link.address for link in NAVIGATION.links) == sorted(link.address for link in offered)
    entrance = {route.path for route in routes() if (route.openapi_extra or {})["x-action"] == Action.SIGN_IN}
    there = {NAVIGATION.sign_in_there, NAVIGATION.sign_in_back, NAVIGATION.sign_out_there}
    assert entrance == {NAVIGATION.sign_in, NAVIGATION.sign_out, *there}


SERVICE_ADDRESS = re.compile(rf"(?<![\w.<>]){'/'}({'|'.join(SERVICES)})(?![\w-])")


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_look_is_told_to_the_one_log_by_the_service_in_which_it_was(name: str) -> None:
    """A look that a service forgot to tell would be missed by nobody (decision 0037); cases keeps the log, and tells it to nobody."""
    calls = [
        node
        for file in (ROOT / "services" / name).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "log_access"
    ]
    told_by = {ast.unparse(given.value) for call in calls for given in call.keywords if given.arg == "told_by"}
    assert len(calls) >= 2
    if name == "cases":
        assert told_by == set()
    else:
        assert told_by == {repr(name)}
        assert all(any(given.arg == "told_by" for given in call.keywords) for call in calls)


def test_nothing_shared_names_a_service_or_an_address_of_one() -> None:
    """What is shared by four services is told by them what they are called, where they are and whom they listen to."""
    named = []
    for file in (ROOT / "shared").rglob("*"):
        if file.suffix == ".py":
            texts = [node.value for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)]
        elif file.suffix in (".html", ".js", ".css"):
            texts = [file.read_text(encoding="utf-8")]
        else:
            continue
        named += [f"{file.relative_to(ROOT)}: {text[:80]}" for text in texts if isinstance(text, str) and _names_a_service(text)]
    assert named == []


def _names_a_service(text: str) -> bool:
    return text in SERVICES or bool(SERVICE_ADDRESS.search(text))


@pytest.mark.parametrize("route", routes(), ids=name_of)
def test_head_is_answered_wherever_get_is(route: ServedRoute) -> None:
    """And nowhere else: a change asked for by HEAD would be done without an answer."""
    scope = {"type": "http", "method": "HEAD", "path": address_of(route), "root_path": "", "headers": []}
    assert (route.matches(scope)[0] is Match.FULL) == (method_of(route) == "GET")


@pytest.mark.parametrize("route", [route for route in routes() if "/api/" in route.path], ids=name_of)
async def test_no_address_of_the_api_overlooks_what_it_does_not_know(route: ServedRoute) -> None:
    """Asked for by nobody in particular: the question is refused before anything is looked up."""
    app = FastAPI(routes=[route])
    scope = {"type": "http", "method": method_of(route), "path": address_of(route), "query_string": b"nobody_knows=2026-01-01&lang=en"}
    with pytest.raises(UnknownParameter) as refused:
        await app.router(scope | {"root_path": "", "headers": [], "app": app}, never, never)
    assert refused.value.unknown == ("nobody_knows",)
    assert refused.value.known == tuple(sorted(query_parameters(route) | EVERYWHERE))


def address_of(route: ServedRoute) -> str:
    """Some address that is the route's."""
    return re.sub(r"{[^}]*}", str(uuid4()), route.path)


async def never(*_: Any) -> NoReturn:
    raise AssertionError("nothing is read or answered")


@pytest.fixture
async def forgetful() -> AsyncIterator[httpx.AsyncClient]:
    router = APIRouter()

    @router.get("/x/open", openapi_extra={"x-action": Action.READ_HEALTH.value})
    async def open_route() -> str:
        return "everybody may"

    @router.get("/x/forgot", openapi_extra={"x-action": Action.READ_CASE.value})
    async def forgot() -> str:
        return "plantet-hemmelighed"

    app = FastAPI()
    app.include_router(router)
    guarded = closed_unless_asked(app, sign_in="/x/sign-in")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=guarded), base_url="http://127.0.0.1") as client:
        yield client


async def test_a_route_that_forgets_to_ask_does_not_get_to_answer(forgetful: httpx.AsyncClient) -> None:
    answer = await forgetful.get("/x/forgot")
    assert answer.status_code == 500
    assert "plantet" not in answer.text


async def test_what_everybody_may_is_answered(forgetful: httpx.AsyncClient) -> None:
    assert (await forgetful.get("/x/open")).status_code == 200
