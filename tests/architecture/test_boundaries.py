"""The shape of the house is guarded: who may import whom, and that no route forgets to ask who may."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from shared.privacy.access import Action
from shared.running.serving import closed_unless_asked
from shared.web.web import web_app

ROOT = Path(__file__).parents[2]
SERVICES = ("intake", "cases", "notifications", "reporting")


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


def routes() -> list[tuple[str, str, str | None]]:
    """Every route of every service: whose it is, its path, and the action it names."""
    found = []
    for name in SERVICES:
        parts = importlib.import_module(f"services.{name}.app").parts()
        for included in web_app(parts).routes:
            if hasattr(included, "effective_route_contexts"):
                for route in included.effective_route_contexts():
                    found.append((name, route.path, (route.openapi_extra or {}).get("x-action")))
    return found


def test_every_route_keeps_to_its_service_and_names_the_action_it_is() -> None:
    actions = {each.value for each in Action}
    every = routes()
    assert {name for name, _, _ in every} == set(SERVICES)
    assert len(every) >= 80
    for service, path, action in every:
        assert path.startswith(f"/{service}"), path
        assert action in actions, f"{path} names no action"


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
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=closed_unless_asked(app)), base_url="http://127.0.0.1") as client:
        yield client


async def test_a_route_that_forgets_to_ask_does_not_get_to_answer(forgetful: httpx.AsyncClient) -> None:
    answer = await forgetful.get("/x/forgot")
    assert answer.status_code == 500
    assert "plantet" not in answer.text


async def test_what_everybody_may_is_answered(forgetful: httpx.AsyncClient) -> None:
    assert (await forgetful.get("/x/open")).status_code == 200
