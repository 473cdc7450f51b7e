"""Pages: templates with the layout, dates in Danish, two languages, static files; see `shared.web.forms` for forms."""

from __future__ import annotations

import mimetypes
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from shared.ground import spoken
from shared.ground.errors import NotFound
from shared.ground.provenance import Actor
from shared.ground.settings import Settings
from shared.history.service import Service
from shared.privacy.access import Action
from shared.web.forms import Filled
from shared.web.guards import SIGN_IN_COOKIE
from shared.web.kept import KEPT, OPENED_BY, VOUCHED, sealed_opener
from shared.web.navigation import Navigation
from shared.web.problems import NOT_MODIFIED, SEE_OTHER, Problem
from shared.words.labels import codes, hint, label
from shared.words.language import LANGUAGE_COOKIE, LANGUAGES, Language, language_of, translated, translations, wished

SHARED = Path(__file__).parent
NOTICE_COOKIE = "besked"
SIGNED_IN_FOR_SECONDS = 12 * 60 * 60
"""How long a sign-in lasts when nobody works."""
_POSTED = re.compile(r'(<form\b[^>]*\bmethod="post"[^>]*>)(.*?</form>)', re.DOTALL)
_FILLED_IN = re.compile(f'id="f-|name="(?:{KEPT}|{VOUCHED})"')
"""What a form has that holds what somebody typed, or who the provider said they are."""
A_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file that belongs to the pages, in memory: there are few, and they are small."""

    content: bytes
    media_type: str
    digest: str


class Website:
    """The templates and static files of one service, with the shared ones.

    A subject's own static files stand in `templates/static/`; a file name is unique within a service.
    """

    def __init__(self, name: str, *, title: str, templates: tuple[Path, ...]) -> None:
        self.name = name
        self.title = title
        folders = (*templates, SHARED / "templates")
        self.files = _static_files((SHARED / "static", *(folder / "static" for folder in templates)))
        self._environments = {language: self._environment(language, folders) for language in LANGUAGES}

    def rendered(self, template: str, language: Language, values: Mapping[str, Any]) -> str:
        return self._environments[language].get_template(template).render(values)

    def address_of(self, file: str) -> str:
        """Where a static file is, by its content: a changed file has another address."""
        return f"/{self.name}/static/{file}?v={self.files[file].digest}"

    def error_page(self, request: Request, problem: Problem, *, trace_id: str) -> HTMLResponse:
        """A page that says what went wrong and what to do next."""
        response = page(request, "error.html", problem=problem, trace_id=trace_id)
        response.status_code = problem.status
        response.headers.update(problem.headers)
        return response

    def _environment(self, language: Language, folders: tuple[Path, ...]) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
            auto_reload=False,
        )
        catalogue = translations(language)
        environment.install_gettext_callables(catalogue.gettext, catalogue.ngettext, newstyle=True)  # type: ignore[attr-defined]
        environment.globals |= {
            "static": self.address_of,
            "lang": language,
            "service_name": self.name,
            "service_title": self.title,
            "codes": codes,
        }
        environment.filters |= {name: partial(filter, language=language) for name, filter in spoken.FILTERS.items()}
        environment.filters |= {"label": partial(label, language=language), "hint": partial(hint, language=language)}
        environment.filters["translated"] = partial(translated, language=language)
        return environment


@cache
def website_of(name: str, title: str, templates: tuple[Path, ...]) -> Website:
    """The website of a service; made once in a process, for its templates are compiled where they are first shown."""
    return Website(name, title=title, templates=templates)


def page(request: Request, template: str, **values: Any) -> HTMLResponse:
    """A page from a template. The template also gets `me`, `links`, `lang`, `path`, `notice`, `form`, and where to sign in and out.

    `form` is what somebody just sent and was refused, if so; else what the route passed; else an empty one.
    """
    website: Website = request.app.state.website
    navigation = navigation_of(request)
    language = language_of(request)
    actor: Actor | None = getattr(request.state, "actor", None)
    values["form"] = getattr(request.state, "form", None) or values.get("form") or Filled()
    notice = getattr(request.state, "notice", "") or _read_notice(request.cookies.get(NOTICE_COOKIE, ""))
    context = {
        "me": actor,
        **_hats(request, actor),
        "links": navigation.links_for(actor.role) if actor else [],
        "home": navigation.home_of(actor.role) if actor else navigation.sign_in,
        "sign_in": navigation.sign_in,
        "sign_out": navigation.sign_out,
        "path": request.url.path,
        "within": navigation.link_above(request.url.path, actor.role) if actor else "",
        "is_filled_in": _is_filled_in,
        "in_language": partial(_in_language, request),
        "here": _here(request, website),
        "waits": "",
        "notice": notice,
    }
    html = website.rendered(template, language, {**context, **values})
    response = HTMLResponse(_with_what_forms_carry(html, request, actor))
    if renewed := getattr(request.state, "renewed", None):
        let_in(response, renewed, request.app.state.service.settings)
    if notice:
        response.delete_cookie(NOTICE_COOKIE)
    if wished(request) in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=A_YEAR, httponly=True, samesite="strict")
    return response


def _here(request: Request, website: Website) -> str:
    """Where a page can be asked for again; where somebody came back from the provider, that is where one signs in."""
    navigation = navigation_of(request)
    if request.url.path == navigation.sign_in_back:
        return navigation.sign_in
    return request.url.path if request.method == "GET" else f"/{website.name}/"


def _in_language(request: Request, language: Language) -> str:
    """The same page in another language, with what was chosen on it: filters, and why somebody looks; a code that is used up is none."""
    is_here = request.method == "GET" and request.url.path != navigation_of(request).sign_in_back
    chosen = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"] if is_here else []
    return f"?{urlencode([*chosen, ('lang', language)])}"


def let_in(response: Response, cookie: str, settings: Settings) -> None:
    """Give a browser its sign-in. A link in a mail brings it along (`Lax`); what changes something is guarded by `same_site`."""
    secure = settings.public_origin.startswith("https://")
    response.set_cookie(SIGN_IN_COOKIE, cookie, max_age=SIGNED_IN_FOR_SECONDS, httponly=True, samesite="lax", secure=secure)


def _is_filled_in(html: str) -> bool:
    """Whether a form stands there that holds what somebody typed."""
    return any(_is_named(form) or _may_be_named(form) for form in _POSTED.finditer(html))


def _may_be_named(form: re.Match[str]) -> bool:
    begins, inside = form.groups()
    return " id=" not in begins and _FILLED_IN.search(inside) is not None


def _is_named(form: re.Match[str]) -> bool:
    """A template names it itself, where its fields stand around it, or say in another way what was typed."""
    return ' id="written"' in form[1]


def _with_what_forms_carry(html: str, request: Request, actor: Actor | None) -> str:
    """The page with who opened it in each of its forms, so that no template can leave it out; and a name for the one that is filled in."""
    field, named = "", any(_is_named(form) for form in _POSTED.finditer(html))
    if actor is not None:
        sealed = sealed_opener(request.app.state.service.settings.cookie_secret_file, actor)
        field = f'<input type="hidden" name="{OPENED_BY}" value="{sealed}">'

    def with_field(form: re.Match[str]) -> str:
        nonlocal named
        begins, inside = form.groups()
        if not named and _may_be_named(form):
            named, begins = True, begins[:-1] + ' id="written">'
        return begins + field + inside

    return _POSTED.sub(with_field, html)


def _hats(request: Request, actor: Actor | None) -> dict[str, Any]:
    """For whom the reader stands in, and whether there is another hat to wear."""
    if actor is None:
        return {"stands_in_for": "", "has_hats": False}
    service: Service = request.app.state.service
    staff = service.staff
    absent = staff.within(actor.association).name_of(actor.on_behalf_of) if actor.on_behalf_of else ""
    return {"stands_in_for": absent, "has_hats": len(staff.hats_of(actor.id, service.clock.now())) > 1}


def navigation_of(request: Request) -> Navigation:
    """The way around everything that stands behind the address of the request."""
    navigation: Navigation = request.app.state.navigation
    return navigation


class LinkTo(NamedTuple):
    """What stands in a cell of a table and leads somewhere."""

    text: str
    address: str


class StandsOut(NamedTuple):
    """What stands in a cell of a table and is not to be missed."""

    marked: str


Cell = str | int | datetime | LinkTo | StandsOut
"""What a row of a table is made of."""


def go_to(address: str, *, notice: str = "") -> RedirectResponse:
    """The answer after a form was done: go there. `notice` is a fixed Danish sentence, shown once on the next page.

    Mark it with `shared.words.language.marked`; never put anything about a person into it.
    """
    response = RedirectResponse(address, SEE_OTHER)
    if notice:
        response.set_cookie(NOTICE_COOKIE, urlsafe_b64encode(notice.encode()).decode(), max_age=60, httponly=True, samesite="strict")
    return response


def static_files(website: Website) -> APIRouter:
    """The route that serves a service's static files; kept by browsers for as long as the content is the same."""
    router = APIRouter(include_in_schema=False)

    @router.get("/static/{file:path}", openapi_extra={"x-action": Action.READ_STATIC})
    async def static_file(request: Request, file: str, v: str = "") -> Response:
        found = website.files.get(file)
        if found is None:
            raise NotFound("static file", file)
        headers = {
            "ETag": f'"{found.digest}"',
            "Cache-Control": f"public, max-age={A_YEAR}, immutable" if v == found.digest else "no-cache",
        }
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=NOT_MODIFIED, headers=headers)
        return Response(found.content, media_type=found.media_type, headers=headers)

    return router


def _static_files(folders: tuple[Path, ...]) -> dict[str, StaticFile]:
    found: dict[str, StaticFile] = {}
    for folder in folders:
        for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if file.is_file():
                content = file.read_bytes()
                media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
                found[file.relative_to(folder).as_posix()] = StaticFile(content, media_type, sha256(content).hexdigest()[:16])
    return found


def _read_notice(cookie: str) -> str:
    try:
        return urlsafe_b64decode(cookie).decode()[:200]
    except ValueError:
        return ""
