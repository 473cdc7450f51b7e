"""What whoever writes a client reads of a service's API: its OpenAPI document, made of its routes and of what can go wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Set
from http import HTTPStatus
from inspect import getdoc
from typing import Any

from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from shared.privacy.access import OPEN_TO_ALL
from shared.web.guards import SIGN_IN_COOKIE, UNSAFE
from shared.web.problems import MEDIA_TYPE, Problem, every_problem
from shared.web.request_examples import example_of
from shared.web.routes import PURPOSE_HEADER, ServedRoute
from shared.words.vocabulary.people import Purpose

Json = dict[str, Any]

VERSION_HEADER = "If-Match"
SIGN_IN = "signIn"
PROGRAM = "program"
FRAMEWORKS_OWN = ("HTTPValidationError", "ValidationError")
"""How the framework would describe a mistake; ours are problems."""

TELLS_VERSION: Json = {
    "headers": {"ETag": {"description": "The version there is now, for `If-Match` of the next change.", "schema": {"type": "string"}}}
}
"""What a route says of an answer that carries its version: `responses={200: TELLS_VERSION}`."""

ABOUT = """
JSON for programs; people have pages. Every error is a problem (RFC 9457) with a stable `code`, in Danish, or in English where
`Accept-Language` prefers it. A query parameter that is not known is refused. `HEAD` is answered wherever `GET` is.

What changes something carries an `id` made by whoever asks: sent again with the same content it is answered the same and done
once. A change of something that has versions names the version it builds on.
"""


def openapi(routes: Iterable[ServedRoute], *, title: str, origin: str, sign_in: str, examples: Mapping[str, Mapping[str, Any]]) -> Json:
    """The document of one service; `origin` is where people and programs reach it, `sign_in` where they say who they are, and `examples`
    are what its requests say, by the name of their model."""
    shown = [route for route in routes if route.include_in_schema]
    described = {(route.path_format, method.lower()): route for route in shown for method in route.methods or ()}
    document = get_openapi(
        title=f"Brobygger: {title}",
        version="1.0.0",
        description=ABOUT.strip(),
        routes=shown,
        servers=[{"url": origin, "description": "This installation."}],
        tags=list(_tags(shown)),
    )
    for (path, method), route in described.items():
        _complete(document["paths"][path][method], route, examples)
    answers = {status for path in document["paths"].values() for operation in path.values() for status in operation["responses"]}
    _add_components(document.setdefault("components", {}), answers=answers, sign_in=origin + sign_in)
    return document


def _tags(routes: Iterable[ServedRoute]) -> Iterator[Json]:
    """Each tag with what the module of its routes says of itself."""
    modules = {str(tag): sys.modules[route.endpoint.__module__] for route in routes for tag in route.tags}
    for tag, module in modules.items():
        yield {"name": tag, "description": (getdoc(module) or "").split("\n\n")[0]}


def _complete(operation: Json, route: ServedRoute, examples: Mapping[str, Mapping[str, Any]]) -> None:
    """What the framework does not say of an operation: its plain name, who may ask, under which version, and what can go wrong."""
    operation["operationId"] = route.name
    operation["security"] = [{SIGN_IN: []}, {PROGRAM: []}] if _asks_who(route) else []
    for parameter in operation.get("parameters", ()):
        if parameter["name"] == VERSION_HEADER:
            parameter |= {"required": True, "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$', "examples": ['"7"']}}
            parameter["description"] = "The version the change builds on: the `ETag` of what was read, as it is."
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body is not None and (example := _example(route, examples)) is not None:
        body["example"] = example
    if _asks_who(route):
        operation.setdefault("parameters", []).append({"$ref": "#/components/parameters/Purpose"})
    own = {status: answer for status, answer in operation["responses"].items() if not _is_frameworks(answer)}
    if _has_versions(operation):
        for status in own.keys() & {"200", "201", "204"}:
            own[status]["headers"] = TELLS_VERSION["headers"]
    refused = {str(status.value): {"$ref": f"#/components/responses/{_name(status)}"} for status in _what_can_go_wrong(operation, route)}
    operation["responses"] = dict(sorted((refused | own).items()))


def _example(route: ServedRoute, examples: Mapping[str, Mapping[str, Any]]) -> Json | None:
    asked = route.body_field.field_info.annotation if route.body_field else None
    return example_of(asked, examples.get(asked.__name__, {})) if isinstance(asked, type) and issubclass(asked, BaseModel) else None


def _what_can_go_wrong(operation: Json, route: ServedRoute) -> Iterator[HTTPStatus]:
    """The problems that may come of asking for this, as far as its form tells."""
    yield HTTPStatus.MISDIRECTED_REQUEST
    if not route.strict:
        return
    yield from (HTTPStatus.BAD_REQUEST, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE)
    if _asks_who(route):
        yield from (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS)
    if any(parameter.get("in") == "path" or parameter.get("schema", {}).get("format") == "uuid" for parameter in _parameters(operation)):
        yield HTTPStatus.NOT_FOUND
    if UNSAFE.intersection(route.methods or ()):
        yield from (HTTPStatus.CONFLICT, HTTPStatus.GONE, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if _has_versions(operation):
        yield from (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED)


def _asks_who(route: ServedRoute) -> bool:
    return (route.openapi_extra or {}).get("x-action") not in OPEN_TO_ALL


def _has_versions(operation: Json) -> bool:
    return any(parameter.get("name") == VERSION_HEADER for parameter in _parameters(operation))


def _parameters(operation: Json) -> list[Json]:
    parameters: list[Json] = operation.get("parameters", [])
    return parameters


def _is_frameworks(answer: Json) -> bool:
    return any(f"/{name}'" in str(answer) for name in FRAMEWORKS_OWN)


def _name(status: HTTPStatus) -> str:
    return f"Problem{status.value}"


def _add_components(components: Json, *, answers: Set[str], sign_in: str) -> None:
    """What operations refer to; `answers` are the numbers they answer with."""
    schemas = components.setdefault("schemas", {})
    for name in FRAMEWORKS_OWN:
        schemas.pop(name, None)
    schemas["Problem"] = PROBLEM
    components["securitySchemes"] = {
        SIGN_IN: {
            "type": "apiKey",
            "in": "cookie",
            "name": SIGN_IN_COOKIE,
            "description": f"The cookie that comes of sending a form to {sign_in} whose field `person` is somebody's id in the staff file.",
        },
        PROGRAM: {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "Where people sign in at a provider: an access token of it by client credentials, for a program that the"
            " sign-in file names, with the scope `brobygger.read` to look and `brobygger.write` to change.",
        },
    }
    components["parameters"] = {"Purpose": PURPOSE}
    components["responses"] = {_name(HTTPStatus(status)): answer for status, answer in _responses() if str(status) in answers}


def _responses() -> Iterator[tuple[int, Json]]:
    """One for each number, with an example of every problem that has it."""
    alike: dict[int, list[Problem]] = {}
    for problem in every_problem():
        alike.setdefault(problem.status, []).append(problem)
    for status, problems in alike.items():
        bodies = {problem.code: problem.as_json(language="en", trace_id="4bf92f3577b34da6a3ce929d0e0e4736") for problem in problems}
        yield (
            status,
            {
                "description": " · ".join(body["title"] for body in bodies.values()),
                "content": {
                    MEDIA_TYPE: {
                        "schema": {"$ref": "#/components/schemas/Problem"},
                        "examples": {code: {"value": body} for code, body in bodies.items()},
                    }
                },
            },
        )


PURPOSE: Mapping[str, Any] = {
    "name": PURPOSE_HEADER,
    "in": "header",
    "description": "Why it is asked. Whoever checks others must say so; without it the usual purpose of the role is meant.",
    "schema": {"type": "string", "enum": [purpose.value for purpose in Purpose]},
}


def _text(description: str, **more: Any) -> Json:
    return {"type": "string", "description": description, **more}


PROBLEM: Mapping[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "What went wrong and what to do next (RFC 9457).",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": _text("The kind of problem: `urn:brobygger:problem:` and the code.", format="uri"),
        "title": _text("The kind of problem in words."),
        "status": {"type": "integer", "description": "The status of the answer."},
        "detail": _text("What is wrong here."),
        "code": _text("The kind of problem; never changes."),
        "nextStep": _text("What to do about it."),
        "traceId": _text("What to name when asking about it."),
        "newestVersion": {"type": "integer", "description": "The version there is now, where another was named."},
        "errors": {
            "type": "array",
            "description": "Each place that is wrong; what was sent is never repeated.",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "detail": _text("What is wrong there."),
                    "pointer": _text("Where in the body: a JSON pointer as a fragment."),
                    "parameter": _text("Which parameter."),
                },
            },
        },
    },
}
