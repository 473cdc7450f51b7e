"""The installation's two secrets, made at the first start and kept beside the data."""

from __future__ import annotations

import os
import secrets
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from local.trouble import CannotStart

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """Where the secrets lie; only our own user may read them."""

    master: Path
    cookies: Path


def keys_in(directory: Path) -> KeyFiles:
    """The secrets of this directory, made when it has none. Raises `CannotStart` when they cannot be written."""
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        return KeyFiles(master=_kept(directory / "master.key"), cookies=_kept(directory / "cookies.key"))
    except OSError as error:
        raise CannotStart(
            f"Nøglerne i {directory} kan ikke læses eller skrives ({error.strerror}).",
            next_step="Giv din bruger adgang til mappen, eller vælg en anden datamappe med DATA=/en/anden/mappe.",
            english=f"The keys in {directory} can be neither read nor written.",
        ) from error


def _kept(file: Path) -> Path:
    if not file.exists():
        # Written aside and moved: a start that is cut short leaves no half key behind.
        half = file.with_suffix(".new")
        half.unlink(missing_ok=True)
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as to:
            to.write(b64encode(secrets.token_bytes(SECRET_BYTES)).decode())
            to.flush()
            os.fsync(to.fileno())
        half.rename(file)
    file.chmod(0o600)  # one that was copied here may be readable to everybody
    file.read_bytes()
    return file
