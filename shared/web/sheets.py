"""A form that was sent stays the same form: its number stands in the address, so that going back brings no new one.

A browser that goes back fetches a form anew. Would its id be made at each fetching, then what is sent again would be something else. So a
form has the number of its sheet of paper in its address (`?blanket=…`), and its id follows from that. A link without a number begins a new
sheet: whoever follows it is led to the same address with one. See docs/decisions/0034-a-form-loses-nothing.md.

A button that needs no words has no sheet: its id follows from what it stood under, so that two tabs have the same one.
"""

from __future__ import annotations

import time
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse
from uuid_utils.compat import uuid7

from shared.ground.provenance import Actor
from shared.web.forms import ShownAgain
from shared.web.kept import derived_id
from shared.web.problems import SEE_OTHER

SHEET = "blanket"
"""In the address of a form: the number of the sheet. It names nothing and nobody."""
LASTS_SECONDS = 12 * 60 * 60
"""A number that is older was kept with its address, as on the first screen of a phone: each time is another time then."""
_UNIX_MS_BITS = 48


async def _sheet(request: Request) -> None:
    number = request.query_params.get(SHEET, "")
    # Only a browser can go back; programs make their ids themselves.
    if not number and request.headers.get("sec-fetch-mode") == "navigate":
        query = urlencode([*parse_qsl(request.url.query, keep_blank_values=True), (SHEET, str(uuid7()))])
        raise ShownAgain(RedirectResponse(f"{request.url.path}?{query}", SEE_OTHER))
    request.state.sheet = _still_good(number) or str(uuid7())


A_SHEET = Depends(_sheet)
"""A dependency of each page that shows a form with `new_id`."""


def new_id(request: Request, field: str = "id") -> UUID:
    """The id of the form on this page: for the same person and sheet the same. Another field has its own."""
    if request.method != "GET":  # shown again: what was sent has its own
        return UUID(str(uuid7()))
    return _derived(request, SHEET, request.state.sheet, request.url.path, field)


def id_of_button(request: Request, *does: object, version: int) -> UUID:
    """The id of a button: for the same person, and the same thing in the same version, the same on each page it stands on."""
    return _derived(request, "button", str(version), *map(str, does))


def _derived(request: Request, *parts: str) -> UUID:
    actor: Actor | None = getattr(request.state, "actor", None)
    whose = (actor.association, actor.id) if actor else ()
    return derived_id(request.app.state.service.settings.cookie_secret_file, *parts, *whose)


def _still_good(number: str) -> str:
    """The number, if it is one of ours and of today; else nothing."""
    try:
        id = UUID(number)
    except ValueError:
        return ""
    made = (id.int >> (128 - _UNIX_MS_BITS)) / 1000
    return str(id) if 0 <= time.time() - made <= LASTS_SECONDS else ""
