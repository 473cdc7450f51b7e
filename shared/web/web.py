"""How a request becomes somebody who asks for something: sign-in, purpose, version, and an answer for every error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from secrets import token_hex
from typing import Annotated, Any, Protocol
from urllib.parse import quote, urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI, Header, Request, Response
from itsdangerous import BadData, TimestampSigner
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import SpanContext, TraceFlags, format_span_id, format_trace_id, get_current_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from uuid_utils.compat import uuid7

from shared.ground.errors import Refusal
from shared.ground.provenance import Actor, Context
from shared.ground.settings import Settings
from shared.history.service import Service
from shared.privacy.access import CHECKERS, Action, PurposeIsNotStated, usual_purpose
from shared.privacy.sign_ins import SignIn
from shared.privacy.staff import BETWEEN
from shared.web.forms import ShownAgain, address_of, filling
from shared.web.guards import (
    SIGN_IN_COOKIE,
    Answering,
    BodyLimit,
    Checked,
    LargerBody,
    Shedding,
    asked_by_a_person,
    json_on_the_api,
    known_host,
    one_host,
    readable_address,
    same_site,
)
from shared.web.kept import FORM_LIMIT, KEPT, OPENED_BY, keep, kept, opened_opener
from shared.web.navigation import Navigation
from shared.web.openapi import openapi
from shared.web.openid import machine
from shared.web.pagination import Cursors
from shared.web.problems import (
    HANDLED,
    SEE_OTHER,
    BodyIsBroken,
    NotSignedIn,
    TypedByAnother,
    VersionIsMalformed,
    VersionIsMissing,
    problem_of,
)
from shared.web.routes import PURPOSE, PURPOSE_HEADER, ServedRoute, served
from shared.web.website import SIGNED_IN_FOR_SECONDS, Website, navigation_of, page, static_files, website_of
from shared.words.language import language_of
from shared.words.vocabulary.people import Purpose

RENEWED_AFTER_SECONDS = 60 * 60
"""Whoever opens a page later than this gets another cookie …"""
SIGNED_IN_AT_MOST_SECONDS = 20 * 60 * 60
"""… but has to sign in again after this, however much they work."""
HOW = "#"
"""Before how somebody signed in; no staff id and no hat holds one."""
SINCE = "@"
"""Before the time of the first cookie, in one that was renewed."""


class PurposeIsUnknown(Refusal):
    """Formålet kendes ikke."""

    next_step = "Vælg et af de formål, der hører til din rolle."


class Served(Protocol):
    """What the pages and addresses of a service are made of; `shared.history.service.Parts` has it."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def routers(self) -> Iterable[APIRouter]: ...
    @property
    def templates(self) -> Iterable[Path]: ...
    @property
    def request_examples(self) -> Mapping[str, Mapping[str, Any]]: ...


class ServiceApp(FastAPI):
    """The web application of a service, which describes itself."""

    def openapi(self) -> dict[str, Any]:
        """Its API in OpenAPI's terms."""
        service: Service = self.state.service
        routes: list[ServedRoute] = self.state.routes
        navigation: Navigation = self.state.navigation
        return openapi(
            routes,
            title=self.title,
            origin=service.settings.public_origin,
            sign_in=navigation.sign_in,
            examples=service.parts.request_examples,
        )


def web_app(parts: Served, navigation: Navigation, *, extra: Iterable[APIRouter] = ()) -> ServiceApp:
    """The web application of one service, everything under `/<name>`; `extra` are routes that every service has.
    `navigation` leads around everything that stands behind the same address.

    Routers carry paths without the service's name. Before the first request somebody puts the running service on
    `app.state.service`.
    """
    prefix = f"/{parts.name}"
    website = website_of(parts.name, parts.title, tuple(parts.templates))
    routes = list(served((*extra, *parts.routers, static_files(website)), prefix=prefix))
    app = ServiceApp(
        routes=[*routes],
        title=parts.title,
        openapi_url=f"{prefix}/api/openapi.json",
        docs_url=None,  # their pages load scripts from foreign hosts
        redoc_url=None,
        middleware=[
            Middleware(Answering, answer=answered),
            Middleware(Shedding),
            Middleware(
                Checked, checks=(one_host, known_host, readable_address, asked_by_a_person, same_site, json_on_the_api(f"{prefix}/api/"))
            ),
            Middleware(BodyLimit, larger=_larger_bodies(routes)),
        ],
    )
    app.state.website = website
    app.state.navigation = navigation
    app.state.routes = routes
    for kind in (*HANDLED, ShownAgain):
        app.add_exception_handler(kind, answered)
    return app


async def answered(request: Request, error: Exception) -> Response:
    """The answer to an error: problem+json for programs, a page in plain words for people."""
    if isinstance(error, ShownAgain):
        return error.response
    website: Website = request.app.state.website
    if not wants_page(request):
        return problem_of(error).as_response(language=language_of(request), trace_id=trace_id(request))
    if isinstance(error, NotSignedIn):
        if request.method == "POST" and (what := await _kept(request)):
            elsewhere = service_of(request).settings.sign_in == "openid"
            response = page(request, "signed_out.html", kept=what, elsewhere=elsewhere, address=address_of(request))
            response.status_code = problem_of(error).status
            return response
        return RedirectResponse(_by_way_of(navigation_of(request).sign_in, request), SEE_OTHER)
    if isinstance(error, TypedByAnother):
        return typed_by_another(request, error)
    if isinstance(error, PurposeIsNotStated):
        return RedirectResponse(_by_way_of(navigation_of(request).purposes, request), SEE_OTHER)
    if "actor" not in request.scope.setdefault("state", {}):
        signed_in(request)
    return website.error_page(request, problem_of(error), trace_id=trace_id(request))


def wants_page(request: Request) -> bool:
    """Whether a person with a browser asks, rather than a program."""
    website: Website = request.app.state.website
    return not request.url.path.startswith(f"/{website.name}/api/") and "text/html" in request.headers.get("accept", "")


async def _kept(request: Request) -> str:
    """What was sent, sealed for the one who opened its form; empty when nobody knows whose it is, or it is too long."""
    secret_file = service_of(request).settings.cookie_secret_file
    try:
        form = await filling(request)
    except BodyIsBroken:
        return ""
    by = opened_opener(secret_file, form.take(OPENED_BY))
    request.state.form = None
    if (again := form.take(KEPT)) and kept(secret_file, again):  # asked for again before anybody had signed in
        return again
    return keep(secret_file, by, address=address_of(request), values=form.values) if by else ""


def typed_by_another(request: Request, error: TypedByAnother) -> Response:
    """That something waits for the one who typed it, and nothing of it; it travels in the page, as when the sign-in ran out."""
    request.state.form = None
    elsewhere = service_of(request).settings.sign_in == "openid"
    response = page(request, "typed_by_another.html", waits=error.kept, address=error.address, elsewhere=elsewhere)
    response.status_code = problem_of(error).status
    return response


# --- who asks -------------------------------------------------------------------------------------------------------


def service_of(request: Request) -> Service:
    """The running service."""
    service: Service = request.app.state.service
    return service


def cookie_for(settings: Settings, staff_id: str, hat: str, sign_in: SignIn | None = None) -> str:
    """The value of the sign-in cookie for somebody: an opaque id, the hat they wear, how they signed in, the time, and a signature."""
    how = sign_in or SignIn(token_hex(12))
    return _signer(settings.cookie_secret_file).sign(f"{staff_id}{BETWEEN}{hat}{HOW}{how}").decode()


def _renewed(settings: Settings, signed: str, signed_at: float) -> str | None:
    """The cookie of somebody who works on: signed now, with the time of the first beside the hat. `None` while it is new, or at the end."""
    signer = _signer(settings.cookie_secret_file)
    who, _, began = signed.partition(SINCE)
    first = int(began or signed_at)
    now = signer.get_timestamp()
    if now - signed_at < RENEWED_AFTER_SECONDS or now - first > SIGNED_IN_AT_MOST_SECONDS - SIGNED_IN_FOR_SECONDS:
        return None
    return signer.sign(f"{who}{SINCE}{first}").decode()


def _parts(signed: str, signed_at: float) -> tuple[str, int, SignIn | None]:
    """Who and which hat, since when, and how they signed in; a cookie that does not say how is of an earlier release, and is no sign-in."""
    who, _, began = signed.partition(SINCE)
    who, _, how = who.partition(HOW)
    return who, int(began or signed_at), SignIn.read(how) if how else None


def cursors_of(service: Service, *, list_name: str) -> Cursors:
    """Writes and reads where one list goes on."""
    return Cursors(_secret(service.settings.cookie_secret_file), list_name=list_name)


def signed_in(request: Request) -> Actor | None:
    """Who is signed in and in which hat, if the signature is ours, not too old, and the person still has the hat.

    A cookie that names no hat is no sign-in: whoever has one hat now may have had another when it was made.
    """
    service = service_of(request)
    actor: Actor | None = None
    by_provider = service.settings.sign_in == "openid"
    if cookie := request.cookies.get(SIGN_IN_COOKIE):
        with suppress(BadData, UnicodeDecodeError):
            signed, signed_at = _signed(service.settings.cookie_secret_file, cookie)
            if 0 <= _signer(service.settings.cookie_secret_file).get_timestamp() - signed_at <= SIGNED_IN_FOR_SECONDS:
                who, began, how = _parts(signed, signed_at)
                staff_id, _, hat = who.partition(BETWEEN)
                if hat and how and not service.vault.sign_ins.is_over(how, began=began) and how.is_by_provider == by_provider:
                    actor = service.staff.actor(staff_id, hat=hat, at=service.clock.now())
                    request.state.sign_in = how
                request.state.renewed = _renewed(service.settings, signed, signed_at) if actor else None
    request.state.actor = actor
    return actor


async def context_of(request: Request) -> Context:
    """Who asks, why, when, and in which conversation. Raises `NotSignedIn`, `PurposeIsUnknown`."""
    actor = await machine(request, service_of(request), navigation_of(request)) or signed_in(request)
    if actor is None:
        raise NotSignedIn
    stated = _stated_purpose(request)
    return Context(
        actor=actor,
        purpose=stated or usual_purpose(actor.role, action_of(request)),
        purpose_is_stated=stated is not None,
        at=service_of(request).clock.now(),
        correlation_id=_correlation(request),
        traceparent=traceparent(request),
        on_behalf_of=actor.on_behalf_of,
    )


async def _running(request: Request) -> Service:
    return service_of(request)


RequestContext = Annotated[Context, Depends(context_of)]
"""The argument of a route that needs to know who asks; every route that shows or does something takes it."""

Running = Annotated[Service, Depends(_running)]
"""The argument of a route that needs the running service."""


def action_of(request: Request) -> Action | None:
    """The action the route declares as `x-action`."""
    extra = getattr(request.scope.get("route"), "openapi_extra", None) or {}
    declared = extra.get("x-action")
    return Action(declared) if declared else None


def _stated_purpose(request: Request) -> Purpose | None:
    """In a header, or in the address in Danish or English; `None` when nobody said why. Raises `PurposeIsUnknown`."""
    named = request.headers.get(PURPOSE_HEADER) or request.query_params.get(PURPOSE) or request.query_params.get("purpose")
    try:
        return Purpose(named) if named else None
    except ValueError:
        raise PurposeIsUnknown from None


@dataclass(frozen=True, slots=True)
class CarriedPurpose:
    """The purpose as a page says it again in its links and forms, so that it is stated once; empty for those who need not state one."""

    code: str

    @property
    def query(self) -> str:
        """`?formaal=audit`, or nothing."""
        return f"?{PURPOSE}={self.code}" if self.code else ""


def carried_purpose(context: Context) -> CarriedPurpose:
    """What the links of a page for somebody carry along."""
    return CarriedPurpose(context.purpose.value if context.actor.role in CHECKERS else "")


def _correlation(request: Request) -> UUID:
    try:
        return UUID(request.headers.get("X-Correlation-Id", ""))
    except ValueError:
        return uuid7()


@lru_cache
def _secret(file: Path) -> str:
    return file.read_text(encoding="utf-8").strip()


@lru_cache(maxsize=1000)
def _signed(file: Path, cookie: str) -> tuple[str, float]:
    """Whom and which hat a cookie names, and since when; raises `BadData`. A signature that is ours stays so: only its age is looked at."""
    signed, signed_at = _signer(file).unsign(cookie, return_timestamp=True)
    return signed.decode(), signed_at.timestamp()


@lru_cache
def _signer(file: Path) -> TimestampSigner:
    return TimestampSigner(_secret(file), salt="brobygger sign-in")


def _by_way_of(page: str, request: Request) -> str:
    """A page that asks something first, and from there back here. Only the path is kept: what somebody searched for stays out of it."""
    back = request.url.path if request.method == "GET" else f"/{request.app.state.website.name}/"
    return f"{page}?{urlencode({'next': back}, quote_via=quote)}"


# --- traces ---------------------------------------------------------------------------------------------------------

_ids = RandomIdGenerator()
_propagator = TraceContextTextMapPropagator()


def traceparent(request: Request) -> str:
    """The W3C trace of this request: a new span of the caller's trace, or a new trace."""
    state = request.scope.setdefault("state", {})
    known: str | None = state.get("traceparent")
    if known is None:
        known = state["traceparent"] = _new_span(request.headers.get("traceparent"))
    return known


def trace_id(request: Request) -> str:
    """The trace's 32 digits, for the person who rings about an error."""
    return traceparent(request)[3:35]


def _new_span(carried: str | None) -> str:
    caller: SpanContext | None = None
    if carried:
        caller = get_current_span(_propagator.extract({"traceparent": carried})).get_span_context()
    if caller is not None and caller.is_valid:
        return f"00-{format_trace_id(caller.trace_id)}-{format_span_id(_ids.generate_span_id())}-{caller.trace_flags:02x}"
    return f"00-{format_trace_id(_ids.generate_trace_id())}-{format_span_id(_ids.generate_span_id())}-{TraceFlags.DEFAULT:02x}"


# --- versions -------------------------------------------------------------------------------------------------------

_ETAG = re.compile(r'"(\d{1,9})"')


async def if_match(if_match: Annotated[str | None, Header(alias="If-Match")] = None) -> int:
    """The version a change builds on, from `If-Match: "7"`. Raises `VersionIsMissing`, `VersionIsMalformed`."""
    if if_match is None:
        raise VersionIsMissing
    found = _ETAG.fullmatch(if_match.strip())
    if found is None:
        raise VersionIsMalformed
    return int(found[1])


IfMatch = Annotated[int, Depends(if_match)]
"""The argument of an API route that changes something."""


def etag(version: int) -> dict[str, str]:
    """The header that says which version an answer shows: `Response(..., headers=etag(case.version))`."""
    return {"ETag": f'"{version}"'}


# --- putting the application together -------------------------------------------------------------------------------


def _larger_bodies(routes: Iterable[ServedRoute]) -> list[LargerBody]:
    """The routes that declare `openapi_extra={"x-body-limit": bytes}`, and those that a form on a page is sent to."""
    limits = [(route.path_regex, (route.openapi_extra or {}).get("x-body-limit") or _form_limit(route)) for route in routes]
    return [LargerBody(path, int(limit)) for path, limit in limits if limit]


def _form_limit(route: ServedRoute) -> int:
    return FORM_LIMIT if any(each.call is filling for each in route.dependant.dependencies) else 0
