"""The routes of a service are made once in a process, however many applications serve them."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter

from shared.web.routes import served
from shared.web.website import website_of


def a_router() -> APIRouter:
    router = APIRouter()

    @router.get("/api/things")
    async def things() -> list[str]:
        return []

    return router


def test_another_application_serves_the_same_routes() -> None:
    router = a_router()
    first, second = ([*served([router], prefix="/one")] for _ in range(2))
    assert [route.path for route in first] == ["/one/api/things"]
    assert first[0] is second[0]


def test_under_another_prefix_they_are_others() -> None:
    router = a_router()
    (one,), (two,) = served([router], prefix="/one"), served([router], prefix="/two")
    assert (one.path, two.path) == ("/one/api/things", "/two/api/things")


def test_routers_do_not_share() -> None:
    one, two = served([a_router(), a_router()], prefix="/one")
    assert one is not two


def test_a_website_is_the_same_for_the_same_service_and_templates(tmp_path: Path) -> None:
    assert website_of("one", "En", (tmp_path,)) is website_of("one", "En", (tmp_path,))
    assert website_of("one", "En", (tmp_path,)) is not website_of("two", "To", (tmp_path,))
