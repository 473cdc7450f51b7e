"""A master key in a KMS, reached by PKCS#11: an HSM, a smart card, SoftHSM. The key never leaves it (decision 0050)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from os import urandom
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl, unquote

from shared.privacy.master_key import Bound, MasterKeyIsAway, WrongMasterKey
from shared.privacy.personal import NONCE_BYTES

if TYPE_CHECKING:
    from pkcs11 import SecretKey, Session

TAG_BITS = 128
PATIENCE_SECONDS = 10
PROBE = b"whether it answers at all"
NEEDED = ("token", "object", "module-path", "pin-source")

T = TypeVar("T")

_ALONE = ThreadPoolExecutor(1, "pkcs11")
"""A module may know nothing of threads, and may hang: it is asked here, one thing at a time, and nobody waits for ever."""


def key_at(uri: str) -> KeyInToken:
    """The key a PKCS#11 URI (RFC 7512) names, such as
    `pkcs11:token=brobygger;object=master-2026?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=/run/secrets/pin`.

    Raises `WrongMasterKey` for one that does not say all of it.
    """
    path, _, query = uri.partition(":")[2].partition("?")
    said = {name: unquote(value) for name, _, value in (part.partition("=") for part in path.split(";"))}
    said |= dict(parse_qsl(query.replace("+", "%2B")))
    if "pin-value" in said:
        raise WrongMasterKey("a PIN does not stand in the URI: put it into a file, and name that as pin-source")
    if missing := [name for name in NEEDED if not said.get(name)]:
        raise WrongMasterKey(f"the PKCS#11 URI does not say {', '.join(missing)}")
    if strange := said.keys() - {*NEEDED, "type", ""}:
        raise WrongMasterKey(f"the PKCS#11 URI says {', '.join(sorted(strange))}, which is not known here")
    return KeyInToken(token_at(said["module-path"], said["token"], said["pin-source"].removeprefix("file:")), said["object"])


class Token:
    """A token, signed in to once in a process: whoever signs out of it signs everybody out."""

    def __init__(self, module: str, label: str, pin_file: str) -> None:
        self._module = module
        self._label = label
        self._pin_file = Path(pin_file)
        self._refused = ""
        self._session: Session | None = None
        self._keys: dict[str, SecretKey] = {}

    def key(self, label: str) -> SecretKey:
        """An AES key of 256 bits. Raises `MasterKeyIsAway`."""
        if label not in self._keys:
            self._keys[label] = self._found(self._session or self._opened(), label)
        return self._keys[label]

    def let_go(self) -> None:
        """Begin anew with the next question, from the module up: a session that only looks open stands for keys that are not there."""
        import pkcs11
        from pkcs11.exceptions import PKCS11Error

        self._session = None
        self._keys.clear()
        with suppress(PKCS11Error):
            pkcs11.lib(self._module).finalize()

    def _opened(self) -> Session:
        import pkcs11
        from pkcs11 import exceptions

        try:
            pin = self._pin_file.read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise MasterKeyIsAway(f"the file with the PIN of the KMS cannot be read ({type(error).__name__})") from error
        if pin == self._refused:
            raise MasterKeyIsAway("the KMS refused this PIN; it is not tried again, for that would lock the token")
        try:
            token = pkcs11.lib(self._module).get_token(token_label=self._label)
            self._session = token.open(user_pin=pin)
        except (exceptions.PinIncorrect, exceptions.PinInvalid, exceptions.PinLenRange) as error:
            self._refused = pin
            raise MasterKeyIsAway("the KMS refuses the PIN") from error
        except exceptions.PinLocked as error:
            raise MasterKeyIsAway("the KMS has locked the PIN: its security officer has to unlock it") from error
        except exceptions.NoSuchToken as error:
            raise MasterKeyIsAway("the KMS has no token of that name: is the label right, and is it there?") from error
        except exceptions.PKCS11Error as error:
            raise MasterKeyIsAway(f"the PKCS#11 module cannot be used ({type(error).__name__}): is it in its place?") from error
        return self._session

    def _found(self, session: Session, label: str) -> SecretKey:
        from pkcs11 import Attribute, KeyType, ObjectClass, exceptions

        try:
            found: Any = session.get_key(object_class=ObjectClass.SECRET_KEY, key_type=KeyType.AES, label=label)
            fits = found.key_length == 256 and found[Attribute.SENSITIVE]
        except exceptions.NoSuchKey as error:
            raise MasterKeyIsAway("the token has no AES key of that name") from error
        except exceptions.MultipleObjectsReturned as error:
            raise MasterKeyIsAway("the token has several keys of that name") from error
        if not fits:
            raise MasterKeyIsAway("a master key in a token is AES of 256 bits, and is marked as sensitive")
        key: SecretKey = found
        return key


@cache
def token_at(module: str, label: str, pin_file: str) -> Token:
    """The one token of that name in this process."""
    return Token(module, label, pin_file)


class KeyInToken:
    """A key in a token. What it wraps is opened once before anybody relies on it: nothing is sealed under a key that never comes back."""

    def __init__(self, token: Token, label: str) -> None:
        self._token = token
        self._label = label
        self.name = f"pkcs11:{token._label}/{label}"

    async def wrap(self, secrets: Iterable[Bound]) -> list[bytes]:
        several = list(secrets)
        return await self._asked(lambda key: [_wrapped(key, secret, of) for secret, of in several])

    async def unwrap(self, wrapped: Iterable[Bound]) -> list[bytes]:
        several = list(wrapped)
        return await self._asked(lambda key: [_unwrapped(key, each, of) for each, of in several])

    async def _asked(self, question: Callable[[SecretKey], T]) -> T:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await asyncio.get_running_loop().run_in_executor(_ALONE, self._answer, question)
        except TimeoutError as error:
            raise MasterKeyIsAway("the KMS does not answer") from error

    def _answer(self, question: Callable[[SecretKey], T]) -> T:
        """Asked twice: a session that ended is opened anew."""
        from pkcs11.exceptions import PKCS11Error

        try:
            try:
                return question(self._token.key(self._label))
            except PKCS11Error:
                self._token.let_go()
                return question(self._token.key(self._label))
        except MasterKeyIsAway:
            self._token.let_go()
            raise
        except PKCS11Error as error:
            self._token.let_go()
            raise MasterKeyIsAway(f"the KMS cannot answer ({type(error).__name__})") from error


def _wrapped(key: SecretKey, secret: bytes, of: bytes) -> bytes:
    nonce = urandom(NONCE_BYTES)
    wrapped = nonce + _encrypted(key, nonce, secret, of)
    if secret in wrapped or _decrypted(key, wrapped, of) != secret:
        raise MasterKeyIsAway("the KMS answers nonsense: what it wrapped does not open again")
    return wrapped


def _unwrapped(key: SecretKey, wrapped: bytes, of: bytes) -> bytes:
    """A token says of what is not its own no more than that it failed; so it is asked whether it can do anything at all."""
    from pkcs11.exceptions import PKCS11Error

    try:
        secret = _decrypted(key, wrapped, of)
    except PKCS11Error as error:
        _wrapped(key, PROBE, PROBE)
        raise WrongMasterKey("a key in the vault was not wrapped by this master key, or was changed") from error
    if len(secret) != len(wrapped) - NONCE_BYTES - TAG_BITS // 8:
        raise MasterKeyIsAway("the KMS answers nonsense: what it unwrapped is no key")
    return secret


def _encrypted(key: SecretKey, nonce: bytes, secret: bytes, of: bytes) -> bytes:
    from pkcs11 import GCMParams, Mechanism

    return bytes(key.encrypt(secret, mechanism=Mechanism.AES_GCM, mechanism_param=GCMParams(nonce, of, TAG_BITS)))  # type: ignore[attr-defined]


def _decrypted(key: SecretKey, wrapped: bytes, of: bytes) -> bytes:
    from pkcs11 import GCMParams, Mechanism

    param = GCMParams(wrapped[:NONCE_BYTES], of, TAG_BITS)
    return bytes(key.decrypt(wrapped[NONCE_BYTES:], mechanism=Mechanism.AES_GCM, mechanism_param=param))  # type: ignore[attr-defined]
