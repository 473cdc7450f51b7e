"""Which estate it is: chosen before the form, and again from it, with everything that was typed."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse

from services.intake.home.queries import EstateRow, estates_within
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.privacy.access import Action, reach
from shared.web.forms import Filled
from shared.web.website import page
from shared.words.vocabulary.beginning import PlaceKind

CHOOSE, CHOSEN = "choose", "chosen_estate"
"""The buttons of a form that is not to be sent yet: one leads to the estates, the others back from there."""


async def estates(context: Context, service: Service) -> tuple[list[EstateRow], list[EstateRow]]:
    """Their own, and the others they may tell of."""
    async with service.read() as connection:
        found = await estates_within(connection, reach(context, Action.REGISTER_OBSERVATION))
    own = [row for row in found if row.estate_id in context.actor.estates]
    return own, [row for row in found if row.estate_id not in context.actor.estates]


async def estates_page(request: Request, context: Context, service: Service, *, to: str, **values: object) -> HTMLResponse:
    """The estates to choose from; a form that somebody has filled in goes along."""
    own, others = await estates(context, service)
    sent = getattr(request.state, "form", None)
    return page(request, "choose_estate.html", to=to, own=own, others=others, typed=sent.values if sent else {}, **values)


def is_to_choose(form: Filled) -> bool:
    """Whether the estates are to be shown, and nothing else done."""
    return bool(form.value(CHOOSE)) and CHOSEN not in form.values


def chosen_estate(form: Filled) -> str | None:
    """The estate that was just chosen for a form that is to be shown again; `None` where none was. Empty is one that is not known."""
    if CHOSEN not in form.values:
        return None
    form.take(CHOOSE)
    estate = form.take(CHOSEN)
    if not estate:
        form.put(place=PlaceKind.UNKNOWN)
    elif form.value("place") == PlaceKind.UNKNOWN:
        form.put(place=PlaceKind.HOME)
    return estate
