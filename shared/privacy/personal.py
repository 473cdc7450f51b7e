"""A value that belongs to a person: in the open only while it is used, stored encrypted under the key of its matter."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from os import urandom
from typing import Any, ClassVar, overload
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.persistence import Transcoding

NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Personal:
    """A name, an address, a number, the id of a home or a person: plain, in memory only, never in `repr`, never storable.

    The store's transcoder does not know this class, so a value that nobody sealed stops the program
    instead of being written in the clear (design.md §3.7).
    """

    subject: UUID
    """The matter it belongs to."""
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PersonalText(Personal):
    """What somebody wrote. It gets a key of its own inside its matter, so that this one text can be redacted and the rest stands."""


@dataclass(frozen=True, slots=True)
class Whereabouts(Personal):
    """Where a matter is: its home, its tenancy, its address. All of one decision share a key of their own inside the matter, so that
    a wrong home can be taken out of it (S14)."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """The same value under a data key. May be stored, sent, copied; opens only with the key.

    `of` is the event and field it was sealed for, and is authenticated with the text: a sealed value
    that is put elsewhere under another name does not open.
    """

    __pydantic_config__: ClassVar = {"use_attribute_docstrings": True}

    subject: UUID
    """The data key that opens it: its matter's, or that of this one text."""
    of: str
    """The event and the field it was sealed for."""
    box: str = field(repr=False)
    """The nonce and what was encrypted, in base64."""

    @property
    def name(self) -> str:
        """The field it was sealed for."""
        return self.of.rpartition("/")[2]


class KeyIsDestroyed(Exception):
    """The matter's key is gone; nothing can be sealed for it any more."""


class CannotBeOpened(Exception):
    """The box was changed, or belongs elsewhere."""


class Keyring:
    """The data keys at hand for one piece of work; `None` stands for a destroyed key.

    `unused` are new keys of matters; each is used for one text, or for the whereabouts.
    """

    def __init__(self, keys: Mapping[UUID, AESGCM | None], *, unused: Mapping[UUID, Sequence[tuple[UUID, AESGCM]]] | None = None) -> None:
        self._keys = dict(keys)
        self._unused = {matter: list(new) for matter, new in (unused or {}).items()}
        self._where: dict[UUID, tuple[UUID, AESGCM]] = {}

    def again(self) -> Keyring:
        """The same keys for another try: what the one before sealed was not stored."""
        return Keyring(self._keys, unused=self._unused)

    def together_with(self, other: Keyring) -> Keyring:
        """The keys of both."""
        return Keyring({**self._keys, **other._keys}, unused={**self._unused, **other._unused})

    def seal(self, value: Personal, *, of: str) -> Sealed:
        """Encrypt with AES-256-GCM; `of` is associated data. Fails closed: `KeyIsDestroyed`, `KeyError`."""
        id, key = value.subject, self._keys[value.subject]
        if key is None:
            raise KeyIsDestroyed
        if isinstance(value, PersonalText):
            id, key = self._unused[value.subject].pop()
        elif isinstance(value, Whereabouts):
            id, key = self._where[value.subject] = self._where.get(value.subject) or self._unused[value.subject].pop()
        self._keys[id] = key
        nonce = urandom(NONCE_BYTES)
        box = nonce + key.encrypt(nonce, value.text.encode(), of.encode())
        return Sealed(subject=id, of=of, box=b64encode(box).decode())

    def open(self, sealed: Sealed) -> str | None:
        """The text, or `None` when its key was destroyed. Raises `CannotBeOpened` on a forgery."""
        key = self._keys[sealed.subject]
        if key is None:
            return None
        try:
            box = b64decode(sealed.box, validate=True)
            return key.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], sealed.of.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise CannotBeOpened from error

    def opened(self, sealed: Sealed | None) -> str | None:
        """The same for a value that may be missing."""
        return None if sealed is None else self.open(sealed)

    def holds(self, matter: UUID) -> bool:
        """Whether something can be sealed for a matter."""
        return self._keys.get(matter) is not None


NO_KEYS = Keyring({})


def own_keys(values: Iterable[Personal]) -> Counter[UUID]:
    """How many keys of their own these values need, of each matter."""
    values = list(values)
    return Counter(value.subject for value in values if isinstance(value, PersonalText)) + Counter(
        {value.subject for value in values if isinstance(value, Whereabouts)}
    )


class SealedAsList(Transcoding):
    """How a sealed value stands in a stored event."""

    type = Sealed
    name = "sealed"

    def encode(self, obj: Sealed) -> list[str]:
        return [obj.subject.hex, obj.of, obj.box]

    def decode(self, data: Any) -> Sealed:
        subject, of, box = data
        return Sealed(subject=UUID(subject), of=of, box=box)


@overload
def as_sealed(value: Personal | Sealed) -> Sealed: ...
@overload
def as_sealed(value: Personal | Sealed | None) -> Sealed | None: ...
def as_sealed(value: Personal | Sealed | None) -> Sealed | None:
    """What a field of a saved event holds: the unit of work has sealed it before anything is projected or announced.

    Fails closed: a value that is still in the open goes no further.
    """
    if isinstance(value, Personal):
        raise TypeError("a personal value that nobody sealed")
    return value


def to_json(value: Personal | Sealed | None) -> dict[str, str] | None:
    """How a field of a saved event stands in a read model."""
    sealed = as_sealed(value)
    return None if sealed is None else {"subject": str(sealed.subject), "of": sealed.of, "box": sealed.box}


@overload
def from_json(data: Mapping[str, str]) -> Sealed: ...
@overload
def from_json(data: Mapping[str, str] | None) -> Sealed | None: ...
def from_json(data: Mapping[str, str] | None) -> Sealed | None:
    """The sealed value of a read model's row."""
    return None if data is None else Sealed(subject=UUID(data["subject"]), of=data["of"], box=data["box"])
