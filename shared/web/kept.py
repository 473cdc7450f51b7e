"""Who opened a form, and what was typed when the sign-in ran out: both travel in the page, sealed with a key of the server.

Nothing is stored here, and nothing of it can be read or made elsewhere; see docs/decisions/0034-a-form-loses-nothing.md.
"""

from __future__ import annotations

import hmac
import os
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.ground.provenance import Actor

OPENED_BY = "opened_by"
"""The hidden field of every form: who had it in front of them, and in which hat."""
KEPT = "kept"
"""The field that carries a form across signing in."""
VOUCHED = "vouched"
"""The field that carries who the provider says it is, while they choose a hat (`shared.web.openid`)."""
LANGUAGE = "lang"
"""The field of a form that is only to be shown in another language."""

KEPT_FOR_SECONDS = 30 * 60
KEPT_AT_MOST = 256 * 1024
"""Bytes of a form that is kept; no form that a rule would take is nearly as long."""
FORM_LIMIT = 640 * 1024
"""Bytes that a form may carry: more than its fields can, in any script, so that what is too long is told beside its field."""

_NONCE = 12


class Opener(NamedTuple):
    """Who opened a form, and for whom they did."""

    association: str
    person: str
    role: str
    on_behalf_of: str

    def is_person(self, actor: Actor) -> bool:
        return (self.association, self.person) == (actor.association, actor.id)


class Kept(NamedTuple):
    """A form as it was sent, where it was sent to, and whose it is."""

    association: str
    person: str
    address: str
    values: dict[str, list[str]]

    def is_of(self, actor: Actor) -> bool:
        return (self.association, self.person) == (actor.association, actor.id)


def opener(actor: Actor) -> Opener:
    """Whoever is signed in, as a form carries them."""
    return Opener(actor.association, actor.id, actor.role.value, actor.on_behalf_of or "")


def sealed_opener(secret_file: Path, actor: Actor) -> str:
    """What a form carries about who opened it."""
    return sealed(secret_file, OPENED_BY, list(opener(actor)))


def opened_opener(secret_file: Path, sealed: str) -> Opener | None:
    """Who opened a form; `None` when that is not ours."""
    found = opened(secret_file, OPENED_BY, sealed)
    return None if found is None else Opener(*found)


def keep(secret_file: Path, by: Opener, *, address: str, values: Mapping[str, list[str]]) -> str:
    """A form, sealed for the one who filled it in; empty when it is too long to be kept."""
    content = [by.association, by.person, address, values, int(time.time())]
    if len(orjson.dumps(content)) > KEPT_AT_MOST:
        return ""
    return sealed(secret_file, KEPT, content)


def kept(secret_file: Path, sealed: str) -> Kept | None:
    """What was kept; `None` when it is not ours, or too old."""
    found = opened(secret_file, KEPT, sealed)
    if found is None:
        return None
    *content, at = found
    return Kept(*content) if 0 <= int(time.time()) - at <= KEPT_FOR_SECONDS else None


def derived_id(secret_file: Path, *parts: str) -> UUID:
    """An id that follows from these, and that nobody can work out who has not the secret."""
    return UUID(bytes=hmac.digest(secret_in(secret_file), orjson.dumps(["brobygger ids", *parts]), "sha256")[:16], version=4)


def sealed(secret_file: Path, what: str, content: Any) -> str:
    """Something for us alone, to be had back by whoever carries it; `what` it is keeps it from being taken for anything else."""
    nonce = os.urandom(_NONCE)
    return urlsafe_b64encode(nonce + _box(secret_file).encrypt(nonce, orjson.dumps(content), what.encode())).decode()


def opened(secret_file: Path, what: str, sealed: str) -> Any:
    """What was sealed; `None` when that was not us."""
    try:
        raw = urlsafe_b64decode(sealed.encode())
        return orjson.loads(_box(secret_file).decrypt(raw[:_NONCE], raw[_NONCE:], what.encode()))
    except (ValueError, InvalidTag):
        return None


@lru_cache
def _box(secret_file: Path) -> AESGCM:
    return AESGCM(HKDF(SHA256(), length=32, salt=None, info=b"brobygger forms").derive(secret_in(secret_file)))


@lru_cache
def secret_in(secret_file: Path) -> bytes:
    """What signs and seals for all services of an origin; read once by a process."""
    return secret_file.read_text(encoding="utf-8").strip().encode()
