"""The routes of a service at their full addresses; what holds for every one of them stands here, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from inspect import signature
from typing import Any

from fastapi import APIRouter
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from shared.web.problems import WRONG_METHOD, UnknownParameter

NO_CONTENT = 204
PURPOSE_HEADER = "Brobygger-Purpose"
PURPOSE = "formaal"
EVERYWHERE = frozenset({PURPOSE, "purpose", "lang"})
"""What every address takes: the purpose, in Danish or English, and the language of the answer."""

_OPTIONS = tuple(name for name in signature(APIRoute).parameters if name not in ("path", "endpoint"))


class ServedRoute(APIRoute):
    """A route of a service: answers HEAD wherever it answers GET, and as JSON refuses to be asked what it does not know."""

    strict = False
    """Whether it is part of the API: a page overlooks what it does not know, for links grow old."""

    @property
    def answers(self) -> set[str]:
        """The methods it answers."""
        methods = self.methods or set()
        return methods | {"HEAD"} if "GET" in methods else methods

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if not self.path_regex.match(scope["path"]):  # nearly every route is not the one
            return Match.NONE, {}
        match, child_scope = super().matches(scope)
        if match is Match.PARTIAL and scope["method"] in self.answers:
            match = Match.FULL
        return match, child_scope

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in self.answers:
            allow = {"Allow": ", ".join(sorted(_answered_at(scope)))}
            if scope["method"] == "OPTIONS":
                return await Response(status_code=NO_CONTENT, headers=allow)(scope, receive, send)
            raise HTTPException(WRONG_METHOD, headers=allow)
        if self.strict and scope["query_string"]:
            self._refuse_unknown(QueryParams(scope["query_string"]))
        if scope["method"] == "HEAD":
            # As a GET to whoever answers it; the outermost guard leaves the body out.
            scope.setdefault("state", {})
            scope = {**scope, "method": "GET"}
        await self.app(scope, receive, send)

    def _refuse_unknown(self, asked: QueryParams) -> None:
        known = query_parameters(self)
        if unknown := [name for name in asked if name not in known | EVERYWHERE]:
            raise UnknownParameter(unknown, known=known | EVERYWHERE)


def query_parameters(route: APIRoute) -> frozenset[str]:
    """The names of what a route takes in its query, its dependencies included."""
    return frozenset(field.alias for field in get_flat_params(route.dependant) if isinstance(field.field_info, Query))


def served(routers: Iterable[APIRouter], *, prefix: str) -> Iterator[ServedRoute]:
    """Every route of these routers under `prefix`. A router keeps them: finding out what a route takes is longer work than answering."""
    for router in routers:
        under: dict[str, list[ServedRoute]] = vars(router).setdefault("served", {})
        if prefix not in under:
            under[prefix] = [_served(route, prefix) for route in iter_route_contexts(router.routes)]
        yield from under[prefix]


def _served(route: RouteContext, prefix: str) -> ServedRoute:
    made = ServedRoute(f"{prefix}{route.path}", route.endpoint, **_options(route))  # type: ignore[arg-type]
    made.strict = str(route.path).startswith("/api/")
    return made


def _options(route: RouteContext) -> dict[str, Any]:
    """Everything a route was made with."""
    return {name: getattr(route, name) for name in _OPTIONS if hasattr(route, name)}


def _answered_at(scope: Scope) -> set[str]:
    """Every method that some route answers at this address."""
    routes: list[ServedRoute] = scope["app"].state.routes
    return {"OPTIONS"}.union(*(route.answers for route in routes if route.path_regex.match(scope["path"])))
