"""A master key: what wraps and unwraps data keys. 32 bytes in a file of ours, or a key in a KMS that never leaves it (decision 0050)."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable
from os import urandom
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.privacy.personal import NONCE_BYTES

SECRET_BYTES = 32
MOST_KEYS = 2
"""The key in use and, while it is being changed, the one that comes after it."""
SECRETS = Path("/run/secrets")
"""Where a container finds its secrets: readable to everybody in there, and to nobody else."""

Bound = tuple[bytes, bytes]
"""What is wrapped, or to be, and what it is bound to: it opens for that only."""


class WrongMasterKey(Exception):
    """The master key is not the one this vault was made with. Nothing starts; nothing is written in the clear."""


class MasterKeyIsAway(ConnectionError):
    """Data keys can be neither opened nor made now; the same may be tried again. Whoever waits for a database waits for this too."""


class MasterKey(Protocol):
    """Wraps data keys and unwraps them. Raises `WrongMasterKey` for what it did not wrap, and `MasterKeyIsAway`."""

    @property
    def name(self) -> str:
        """What it is told apart by; it says nothing of the secret."""

    async def wrap(self, secrets: Iterable[Bound]) -> list[bytes]: ...

    async def unwrap(self, wrapped: Iterable[Bound]) -> list[bytes]: ...


class KeyInFile:
    """32 bytes that stood in a file. Never printed."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != SECRET_BYTES:
            raise WrongMasterKey(f"a master key is {SECRET_BYTES} bytes in base64, and here are {len(secret)}")
        self._wrapping = AESGCM(_derived(secret, b"wrapping"))
        self.name = f"file:{_derived(secret, b'name')[:8].hex()}"
        self.fingerprinting = _derived(secret, b"fingerprints")
        """What keyed the fingerprints of requests, before the vault had a secret of its own for them."""

    async def wrap(self, secrets: Iterable[Bound]) -> list[bytes]:
        return [self._wrapped(secret, of) for secret, of in secrets]

    async def unwrap(self, wrapped: Iterable[Bound]) -> list[bytes]:
        return [self._unwrapped(each, of) for each, of in wrapped]

    def _wrapped(self, secret: bytes, of: bytes) -> bytes:
        nonce = urandom(NONCE_BYTES)
        return nonce + self._wrapping.encrypt(nonce, secret, of)

    def _unwrapped(self, wrapped: bytes, of: bytes) -> bytes:
        try:
            return self._wrapping.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], of)
        except (InvalidTag, ValueError) as error:
            raise WrongMasterKey("a key in the vault was not wrapped by this master key, or was changed") from error


def read_master_keys(file: Path) -> tuple[MasterKey, ...]:
    """The keys a file names, a line each: 32 bytes in base64, or the PKCS#11 URI of a key in a KMS; the newest is the last.

    Raises `WrongMasterKey`, which says what is wrong in which line and nothing of what stands there.
    """
    try:
        lines = [line.strip() for line in file.read_text(encoding="ascii").splitlines()]
    except IsADirectoryError as error:
        raise _unusable("it is a directory; where a secret is missing, Docker makes one in its place") from error
    except FileNotFoundError as error:
        raise _unusable("there is none") from error
    except PermissionError as error:
        raise _unusable("it may not be read by us") from error
    except (OSError, ValueError) as error:
        raise _unusable(f"it holds something else ({type(error).__name__})") from error
    keys = [_in_line(number, line) for number, line in enumerate(lines, 1) if line]
    if not 1 <= len(keys) <= MOST_KEYS:
        raise _unusable(f"it holds {len(keys)} keys; one it has to be, or two while it is being changed")
    if len({key.name for key in keys}) < len(keys):
        raise _unusable("both lines are the same key")
    return tuple(keys)


def _in_line(number: int, line: str) -> MasterKey:
    try:
        if line.lower().startswith("pkcs11:"):
            from shared.privacy.key_in_token import key_at  # loads nothing of anybody's before it is wanted

            return key_at(line)
        return KeyInFile(b64decode(line, validate=True))
    except WrongMasterKey as error:
        raise _unusable(f"line {number}: {error}") from error
    except ValueError as error:
        raise _unusable(f"line {number} is neither base64 nor a PKCS#11 URI") from error


def _unusable(why: str) -> WrongMasterKey:
    return WrongMasterKey(f"the master key file (BROBYGGER_MASTER_KEY_FILE) cannot be used: {why}")


def is_open_to_everybody(file: Path) -> bool:
    """Whether other users of this machine can read it."""
    return file.parent != SECRETS and file.is_file() and bool(file.stat().st_mode & 0o004) and bool(file.parent.stat().st_mode & 0o001)


def _derived(secret: bytes, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"brobygger " + use).derive(secret)
