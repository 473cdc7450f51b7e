"""`python -m services.intake erase | erased | erase-again`: erasing from the command line, and after a backup was restored."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from uuid_utils.compat import uuid7

from services.intake.by_hand import WRONG_USE, Association, context_of, err, out, run
from services.intake.erasure.commands import erase as erase_person
from services.intake.erasure.commands import erase_again as erase_listed
from services.intake.erasure.commands import would_go_now
from services.intake.erasure.queries import receipt, standing_of
from services.intake.erasure.rules.whom import Whom
from shared.ground.provenance import Context
from shared.history.service import Service
from shared.words.vocabulary.erasure import ErasedKind, ErasureReason, Stays

cli = typer.Typer()


@cli.command()
def erase(
    kind: Annotated[ErasedKind, typer.Argument(help="person, or where nobody knows who it is: whole_tenancy, whole_home, one_matter")],
    about: Annotated[UUID, typer.Argument(help="its id: in the ERP, the register, or of the observation")],
    reason: Annotated[ErasureReason, typer.Option(help="why")] = ErasureReason.REQUEST,
    association: Association = "",
    sure: Annotated[bool, typer.Option("--sure", help="destroy; otherwise only say what would go")] = False,
) -> None:
    """Erase a person, or what is about a tenancy, a home or one matter of which nobody knows the person. There is no way back."""
    whom = Whom(kind=kind, id=about)

    async def work(service: Service, context: Context) -> None:
        whose = context.actor.association
        goes, _ = await would_go_now(whom, whose, service)
        async with service.read() as connection:
            standing = await standing_of(connection, whose, goes.matters)
        for each in goes.destroyed:
            now = f" open, {standing[each.id].severity}" if each.id in standing and standing[each.id].is_open else ""
            out.print(f"{'goes' if sure else 'would go'}: {each.kind} {each.since:%Y-%m-%d} {receipt(each)}{now}", soft_wrap=True)
        out.print(f"{len(goes.stays)} matters stay, without the link to them")
        if Stays.NOBODY in goes.stays.values() or goes.without_home:
            out.print("what was seen in the home is about nobody that is known here: if it is theirs, erase whole_home too", soft_wrap=True)
        if not sure:
            out.print("nothing is destroyed; say --sure")
            return
        id = UUID(str(uuid7()))
        await erase_person(whom, id=id, reason=reason.value, sure=True, context=context, service=service)
        out.print(f"keys destroyed; the certificate will stand at /intake/erasures/{id}", soft_wrap=True)

    run(work, association)


@cli.command()
def erased(
    since: Annotated[datetime | None, typer.Option(help="only keys destroyed since this day (ISO 8601)")] = None,
) -> None:
    """The list of destroyed keys, a line each: association and id, which lead to nobody. Keep it beside the backups."""

    async def work(service: Service, _: Context) -> None:
        for id, association, _by, _reason in await service.vault.destroyed_since(since.astimezone() if since else _EVER):
            out.print(f"{association} {id}", soft_wrap=True, highlight=False)

    run(work, "", of_any=True)


@cli.command(name="erase-again")
def erase_again(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="a list that `erased` wrote")]) -> None:
    """After a backup from before was restored: destroy the keys on the list again, and clean the rows in all services."""
    lines = [line.split() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    try:
        listed = [(association, UUID(id)) for association, id in lines]
    except ValueError:
        err.print("every line is an association and an id, as `erased` wrote them")
        raise typer.Exit(WRONG_USE) from None

    async def work(service: Service, context: Context) -> None:
        for association in dict.fromkeys(whose for whose, _ in listed):
            keys = {id for whose, id in listed if whose == association}
            done = await erase_listed(keys, id=UUID(str(uuid7())), context=context_of(association, service), service=service)
            out.print(f"{association}: {done} matters destroyed again", soft_wrap=True)

    run(work, "", of_any=True)


_EVER = datetime(2000, 1, 1, tzinfo=UTC)
