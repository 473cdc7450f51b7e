"""The texts an association works by, as releases left them: every release after it reads them."""

from __future__ import annotations

import shutil
from pathlib import Path

CONTRACTS = Path(__file__).parents[2] / "contracts"
DEMO = Path(__file__).parents[3] / "local/demo/bakkegaarden"
TODAY = {"procedures": DEMO / "procedure.yaml", "staff": DEMO / "staff.yaml"}
"""What the next release leaves, by the folder in which it will be kept."""


def texts(kind: str) -> dict[str, Path]:
    """Every text of a kind that a release left, by its release, and the demo's of today."""
    return {file.stem: file for file in sorted((CONTRACTS / kind).glob("*.yaml"))} | {"today": TODAY[kind]}


def keep(text: Path, folder: Path, *, version: str) -> None:
    """Keep a copy of what a release leaves, unless one before left the same."""
    if text.read_bytes() not in [file.read_bytes() for file in folder.iterdir()]:
        shutil.copyfile(text, folder / f"{version}.yaml")
