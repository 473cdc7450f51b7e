"""`python -m services.cases adopt <file>`: the association follows a new version of its procedure."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from rich.console import Console

from services.cases.procedure.commands import AdoptProcedure, adopt_procedure
from services.cases.procedure.rules.oddities import Odd
from shared.ground.errors import Refusal
from shared.ground.provenance import Actor, Context
from shared.ground.settings import SettingsAreMissing, from_environment
from shared.ground.spoken import how_long, in_a_terminal
from shared.history.service import Service
from shared.words.vocabulary.people import Purpose, Role
from shared.words.vocabulary.procedure import Oddity

IS_PROPOSED = 3
"""The exit code of a procedure that is read and waits for somebody: a script does not go on as if it held."""

cli = typer.Typer()
out = Console()
err = Console(stderr=True)


@cli.command()
def adopt(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="the procedure as YAML")],
    association: Annotated[str, typer.Option(help="needed when the installation has several")] = "",
) -> None:
    """Adopt the procedure in a file; every mistake in it is named with its line.

    Where something is odd about it, it is only proposed, and the exit code is 3: somebody confirms it on the procedure's page.
    """
    try:
        version, odd = asyncio.run(_adopt(file.read_text(encoding="utf-8"), association))
    except SettingsAreMissing as error:
        err.print(str(error), markup=False)
        raise typer.Exit(2) from None
    except Refusal as refusal:
        err.print(in_a_terminal(refusal), markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    whose = association or "the association"
    if odd:
        for one in odd:
            there = f" ({how_long(one.value, language='en')})" if one.value else ""
            err.print(f"{one.place}: {Oddity(one.what).label.en}{there}", markup=False, soft_wrap=True)
        err.print(f"{version} is proposed; {whose} follows it when a social lead or the director has confirmed it", soft_wrap=True)
        raise typer.Exit(IS_PROPOSED)
    out.print(f"{whose} follows {version}")


async def _adopt(text: str, association: str) -> tuple[str, tuple[Odd, ...]]:
    from services.cases.app import parts
    from services.cases.procedure.rules.reading import read_procedure

    settings = from_environment()
    whose = association or settings.associations[0]
    if whose not in settings.associations or (not association and len(settings.associations) > 1):
        err.print(f"say --association, one of: {', '.join(settings.associations)}")
        raise typer.Exit(2)
    async with Service.running(parts(), settings) as service:
        odd = await adopt_by_operator(service, text, association=whose)
    return read_procedure(text).version, odd


async def adopt_by_operator(service: Service, text: str, *, association: str) -> tuple[Odd, ...]:
    """Adopt as the one who runs the system, on behalf of the association."""
    operator = Actor(id="system:operator", role=Role.OPERATOR, association=association)
    context = Context(actor=operator, purpose=Purpose.OPERATION, at=service.clock.now(), correlation_id=uuid4())
    return await service.do(adopt_procedure, AdoptProcedure(text=text), context)
