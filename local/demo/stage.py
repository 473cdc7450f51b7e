"""The demo from the outside: plays a script where it was not played yet, shows how far it is, and says where to look."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from local.demo.forgery import forge
from local.demo.player import Player
from local.demo.story import Script
from local.machine import Machine
from local.trouble import CannotStart
from shared.ground.clock import SettableClock
from shared.ground.working_days import ZONE

OURS = frozenset({"keys", "mails", "postgres", "postgres.log", "broker.log", "broker.pid", "played.json"})
"""What a demo leaves in its directory; nothing else there is ever deleted."""

CARDS = (
    ("Vicevært", "ser sine egne observationer, og hvad der blev af dem", "/intake/"),
    ("Boligsocial leder", "har køen af bekymringer og sager", "/cases/"),
    ("Social vicevært", "arbejder med sagerne i sine afdelinger", "/cases/"),
    ("Revisor og DPO", "læser en sag, som den stod en bestemt dag, og hvem der har set den", "/cases/"),
    ("Direktør", "ser tal, aldrig personer", "/reporting/"),
)


class Stage:
    """One demo in one data directory: what is written for a moment is played until then."""

    def __init__(self, data: Path, clock: SettableClock, out: Console, write: Callable[[datetime], Script], *, with_forgery: bool) -> None:
        self.data = data
        self._clock = clock
        self._out = out
        self._write = write
        self._with_forgery = with_forgery
        self._played = data / "played.json"

    def clear(self, *, again: bool) -> None:
        """Forget a demo that is to be played again, and one that was cut short. Raises `CannotStart` where something else lies."""
        if self._played.exists() and not again:
            return
        if not self.data.exists():
            return
        strange = {entry.name for entry in self.data.iterdir()} - OURS - {"lock", "running.json"}
        if strange:
            raise CannotStart(
                f"Mappen {self.data} indeholder noget andet end en demo ({', '.join(sorted(strange)[:3])}).",
                next_step="Flyt det, eller vælg en anden mappe med --data /en/anden/mappe.",
                english="The demo's directory holds something that is not the demo's.",
            )
        for name in OURS:
            place = self.data / name
            shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)

    async def perform(self, machine: Machine) -> None:
        """Play, say where to look, and stay."""
        if not self._played.exists():
            await self._play(machine)
        self._out.print(f"\n[bold]{machine.wanted.origin}[/bold]  Vælg et rollekort:")
        for card, what, path in CARDS:
            self._out.print(f"  {card:<18} {what} ({machine.wanted.origin}{path})")
        self._out.print(f"  Mails, der ville være sendt: {machine.wanted.origin}/mailbox. Stop med Ctrl-C.")
        self._tell_of_forgery(machine.wanted.origin)
        await asyncio.Event().wait()

    async def _play(self, machine: Machine) -> None:
        begun, now = time.monotonic(), datetime.now(ZONE)
        script = self._write(now)
        bar = Progress(TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=self._out)
        with bar:
            task = bar.add_task("Det begynder", total=None)
            player = Player(
                machine, self._clock, script, told=lambda what, done, of: bar.update(task, description=what, completed=done, total=of)
            )
            await player.play()
        for shut in player.shut[:20]:
            self._out.print(shut, markup=False)
        forged = await forge(machine.postgres) if self._with_forgery else None
        seconds = round(time.monotonic() - begun, 1)
        self._played.write_text(json.dumps({"seconds": seconds, "shut": len(player.shut), "forged": forged}))
        self._out.print(f"{(now.date() - script.begins).days} dage i Bakkegården på {seconds:.0f} sekunder.")

    def _tell_of_forgery(self, origin: str) -> None:
        forged = json.loads(self._played.read_text()).get("forged")
        if forged:
            case_id, number = forged
            self._out.print("\nTil revisor: én gammel hændelse er forfalsket med vilje, som en med disken i hænderne kunne gøre det.")
            self._out.print(f"  Her ses bruddet: {origin}/cases/audit/chain. Det er hændelse {number} i sagen {origin}/cases/{case_id}")
