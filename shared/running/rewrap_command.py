"""The command `rewrap`: the master key is changed, while everything runs (decision 0050)."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

import typer
from rich.console import Console

from shared.ground.settings import Settings
from shared.privacy.rewrapping import CannotBeChanged, Rewrapping


def rewrap_command(
    run: Callable[[Callable[[], Coroutine[Any, Any, None]]], None], settings_of: Callable[[], Settings], *, out: Console, err: Console
) -> Callable[..., None]:
    """The command, the same in every service: they share one vault. `run` does the work, with the settings of the environment."""

    def rewrap(sure: Annotated[bool, typer.Option("--sure", help="change it; otherwise only say how many keys are left")] = False) -> None:
        """Wrap every key by the newest master key of the key file, and end the one before. May be broken off and asked again."""

        async def work() -> None:
            settings = settings_of()
            if settings.owner_vault_url is None:
                err.print("BROBYGGER_OWNER_VAULT_URL is missing: the master key is changed as the owner of the vault", soft_wrap=True)
                raise typer.Exit(2)
            try:
                async with Rewrapping.opened(settings.owner_vault_url.get_secret_value(), settings.master_key_file) as change:
                    await _change(change, sure=sure, out=out, err=err)
            except CannotBeChanged as error:
                err.print(str(error), markup=False, soft_wrap=True)
                raise typer.Exit(1) from None

        run(work)

    return rewrap


async def _change(change: Rewrapping, *, sure: bool, out: Console, err: Console) -> None:
    standing = await change.standing()
    out.print(f"{standing.left} keys are not wrapped by {standing.name} yet", soft_wrap=True, highlight=False)
    if not sure:
        out.print("nothing is changed; say --sure")
        return
    await change.begin()
    unreadable = await change.rewrap(after=lambda done, left: out.print(f"{done} done, {left} left", highlight=False))
    for id in unreadable:
        err.print(f"nobody can open the key {id}: it was changed, or its master key is not in the file", soft_wrap=True, highlight=False)
    if not await change.end():
        err.print("some keys are left: the key before is needed still", soft_wrap=True)
        raise typer.Exit(1)
    out.print(f"every key is wrapped by {standing.name}; another key in the file opens nothing any more", soft_wrap=True, highlight=False)
