"""What the commands of intake's own have in common: who asks, on whose behalf, and how a refusal is told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import uuid4

import typer
from rich.console import Console

from shared.ground.errors import Refusal
from shared.ground.provenance import Actor, Context
from shared.ground.settings import Settings, SettingsAreMissing, from_environment
from shared.ground.spoken import in_a_terminal
from shared.history.service import Service
from shared.words.vocabulary.people import Purpose, Role

WRONG_USE = 2

out = Console()
err = Console(stderr=True)

Association = Annotated[str, typer.Option(help="needed when the installation has several")]


def run(work: Callable[[Service, Context], Awaitable[None]], association: str, *, of_any: bool = False) -> None:
    """As whoever runs the system, on behalf of an association."""
    try:
        settings = from_environment()
        asyncio.run(_as_operator(work, settings, association, of_any=of_any))
    except SettingsAreMissing as error:
        err.print(str(error), markup=False)
        raise typer.Exit(WRONG_USE) from None
    except Refusal as refusal:
        err.print(in_a_terminal(refusal), markup=False, soft_wrap=True)
        raise typer.Exit(1) from None


async def _as_operator(work: Callable[[Service, Context], Awaitable[None]], settings: Settings, association: str, *, of_any: bool) -> None:
    from services.intake.app import parts

    whose = association or settings.associations[0]
    if whose not in settings.associations or (not association and not of_any and len(settings.associations) > 1):
        err.print(f"say --association, one of: {', '.join(settings.associations)}")
        raise typer.Exit(WRONG_USE)
    async with Service.running(parts(), settings) as service:
        await work(service, context_of(whose, service))


def context_of(association: str, service: Service) -> Context:
    """The one who runs the system, on behalf of an association."""
    operator = Actor(id="system:operator", role=Role.OPERATOR, association=association)
    return Context(actor=operator, purpose=Purpose.OPERATION, at=service.clock.now(), correlation_id=uuid4())
