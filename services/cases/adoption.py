"""`python -m services.cases adopt <file>`: the association follows a new version of its procedure."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from rich.console import Console

from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from shared.ground.errors import Refusal
from shared.ground.provenance import Actor, Context
from shared.ground.settings import SettingsAreMissing, from_environment
from shared.history.service import Service
from shared.words.vocabulary.people import Purpose, Role

cli = typer.Typer()
out = Console()
err = Console(stderr=True)


@cli.command()
def adopt(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="the procedure as YAML")],
    association: Annotated[str, typer.Option(help="needed when the installation has several")] = "",
) -> None:
    """Adopt the procedure in a file; every mistake in it is named with its line."""
    try:
        version = asyncio.run(_adopt(file.read_text(encoding="utf-8"), association))
    except SettingsAreMissing as error:
        err.print(str(error), markup=False)
        raise typer.Exit(2) from None
    except Refusal as refusal:
        err.print(f"{refusal} {refusal.next_step}", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    out.print(f"{association or 'the association'} follows {version}")


async def _adopt(text: str, association: str) -> str:
    from services.cases.app import parts
    from services.cases.procedure.rules.reading import read_procedure

    settings = from_environment()
    whose = association or settings.associations[0]
    if whose not in settings.associations or (not association and len(settings.associations) > 1):
        err.print(f"say --association, one of: {', '.join(settings.associations)}")
        raise typer.Exit(2)
    async with Service.running(parts(), settings) as service:
        await adopt_by_operator(service, text, association=whose)
    return read_procedure(text).version


async def adopt_by_operator(service: Service, text: str, *, association: str) -> None:
    """Adopt as the one who runs the system, on behalf of the association."""
    operator = Actor(id="system:operator", role=Role.OPERATOR, association=association)
    context = Context(actor=operator, purpose=Purpose.OPERATION, at=service.clock.now(), correlation_id=uuid4())
    await service.do(adopt_procedure, AdoptProcedure(text=text), context)
