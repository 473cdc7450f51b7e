"""The command `parked`: the desk for what could not be taken in, in a terminal (decision 0021)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from shared.ground.errors import NotFound, Refusal
from shared.ground.spoken import in_a_terminal
from shared.history.service import Service
from shared.messaging import parked_desk, unknown_types
from shared.running.receiver import Receiver

MOST_SHOWN = 60
"""Characters of a key, which is foreign input."""

Work = Callable[[Service], Awaitable[None]]


def parked_command(run: Callable[[Work], None], *, out: Console, err: Console) -> Callable[..., None]:
    """The command of one service; `run` does some work with it."""

    def parked(
        retry: Annotated[int | None, typer.Option(help="take in this one, and what waits behind it")] = None,
        retry_all: Annotated[bool, typer.Option("--retry-all", help="take in everything that can be taken in")] = False,
        aside: Annotated[int | None, typer.Option(help="put this one aside, with --by and --reason; the rest goes on")] = None,
        take_up: Annotated[int | None, typer.Option(help="take this one up again, with --by and --reason")] = None,
        by: Annotated[str, typer.Option(help="who decides: the id of a colleague")] = "",
        reason: Annotated[str, typer.Option(help="why, in few words and with nothing about people")] = "",
        settled: Annotated[bool, typer.Option("--settled", help="list those that were put aside or replaced")] = False,
        after: Annotated[int, typer.Option(help="go on after this id")] = 0,
        limit: Annotated[int, typer.Option(min=1, max=500, help="how many")] = 50,
    ) -> None:
        """List the messages that could not be taken in, try them again, put one aside, or take it up again."""

        async def work(service: Service) -> None:
            receiver = Receiver(service)
            if retry is not None or retry_all:
                taken, left = await receiver.retry(id=retry)
                out.print(f"{taken} taken in, {left} still wait")
            elif aside is not None or take_up is not None:
                if not by.strip():
                    err.print("nothing was decided: say who decides with --by")
                    raise typer.Exit(2)
                who = f"operator:{by.strip()}"
                try:
                    if aside is not None:
                        await receiver.put_aside(aside, by=who, reason=reason)
                    elif take_up is not None:
                        await receiver.take_up(take_up, by=who, reason=reason)
                except Refusal as error:
                    err.print(in_a_terminal(error), markup=False, soft_wrap=True)
                    raise typer.Exit(2) from None
                except NotFound:
                    err.print("there is no such message")
                    raise typer.Exit(2) from None
                out.print("put aside" if aside is not None else "taken up again, and tried")
            else:
                await _show(service, out, settled=settled, after=after, limit=limit)

        run(work)

    return parked


async def _show(service: Service, out: Console, *, settled: bool, after: int, limit: int) -> None:
    async with service.read() as connection:
        found = await parked_desk.listed(connection, reader=service.name, settled=settled, after=after, limit=limit + 1)
        types = await unknown_types.seen(connection, reader=service.name)
    rows = found[:limit]
    if not rows:
        out.print("nothing was put aside" if settled else "nothing is parked")
    else:
        out.print(_table_of(rows))
    if len(found) > limit:
        out.print(f"there are more: --after {rows[-1].id}")
    if types and not settled:
        passed = Table("type that is not known here", "passed", "first", "last")
        for each in types:
            passed.add_row(plain(each.type), str(each.messages), f"{each.first_seen:%Y-%m-%d %H:%M}", f"{each.last_seen:%Y-%m-%d %H:%M}")
        out.print(passed)


def _table_of(rows: list[parked_desk.Listed]) -> Table:
    table = Table("id", "since", "kind", "topic", "key", "code", "reason", "tries", "decided")
    for row in rows:
        decided = [f"{one.decision} {one.at:%Y-%m-%d %H:%M} {one.by}: {one.reason}" for one in row.decisions]
        table.add_row(
            str(row.id), f"{row.parked_at:%Y-%m-%d %H:%M}", plain(row.outcome or row.kind.value), plain(row.topic),
            plain((row.key or "")[:MOST_SHOWN]), plain(row.code), plain(row.reason), str(row.tries), plain("; ".join(decided)),
        )  # fmt: skip
    return table


def plain(text: Any) -> Text:
    """Foreign text for a terminal: no markup, and nothing that a terminal obeys."""
    return Text("".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in str(text)))
