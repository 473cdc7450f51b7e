"""A provider of OpenID Connect, as we ask it and as far as we believe it (OpenID Connect Core 1.0, RFC 7636, RFC 9700)."""

from __future__ import annotations

import asyncio
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import httpx
import orjson
import structlog
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from shared.ground.errors import Refusal
from shared.privacy.sign_in_file import LOOPBACK, SignInFile
from shared.web.problems import NotSignedIn, ProviderIsAway

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signed with a key that only the provider has: never `none`, never a secret that we have too."""
SKEW_SECONDS = 60
"""So much may its clock and ours differ."""
LARGEST_ANSWER = 1024 * 1024
KEYS_FRESH_SECONDS = 60 * 60
"""After this the keys are read again, so that one that was withdrawn is believed no longer …"""
KEYS_AT_MOST_SECONDS = 12 * 60 * 60
"""… and while the provider is away the old ones are believed for so long."""
ASKED_AGAIN_AFTER_SECONDS = 30
"""A token with a key we do not know makes us look, but not more often than this."""
AWAY_SECONDS = 3
"""A provider that just was away is not asked by everybody who waits."""
LOGGED_OUT = "http://schemas.openid.net/event/backchannel-logout"

log = structlog.get_logger()


class TokenIsWrong(Refusal):
    """Login-tjenestens svar kan ikke bruges, så du er ikke logget ind."""

    next_step = "Log ind igen. Bliver det ved, så ring til driften."


@dataclass(frozen=True, slots=True)
class Token:
    """What the provider says of somebody, checked."""

    claims: Mapping[str, Any]
    subject: str
    session: str


class Provider:
    """One issuer: found by discovery, asked for tokens, and its keys."""

    def __init__(self, file: SignInFile, *, secret: str, redirect: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.file = file
        self.redirect = redirect
        self._secret = secret
        self._transport = transport
        self._found: tuple[dict[str, Any], float] | None = None
        self._keys: tuple[KeySet, float] | None = None
        self._asked_at = float("-inf")
        self._reading = asyncio.Lock()
        self._registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
        self._registry.max_payload_length = LARGEST_ANSWER
        self._registry.max_header_length = 16 * 1024

    async def way_there(self, *, state: str, nonce: str, verifier: str, at: float) -> str:
        """The address at the provider where somebody says who they are."""
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code", "client_id": self.file.client, "redirect_uri": self.redirect, "scope": self.file.scope,
            "state": state, "nonce": nonce, "code_challenge": challenge, "code_challenge_method": "S256",
        }  # fmt: skip
        where = await self._address("authorization_endpoint", at)
        return f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}"

    async def way_out(self, *, back: str, at: float) -> str:
        """The address at the provider where its own session ends; empty where it has none, or is away."""
        try:
            where = await self._address("end_session_endpoint", at)
        except (ProviderIsAway, TokenIsWrong):
            return ""
        asked = urlencode({"client_id": self.file.client, "post_logout_redirect_uri": back})
        return f"{where}{'&' if '?' in where else '?'}{asked}"

    async def redeemed(self, code: str, *, nonce: str, verifier: str, at: float) -> Token:
        """Who it was, for the code they came back with; raises `TokenIsWrong`, `ProviderIsAway`."""
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": self.redirect, "code_verifier": verifier,
            "client_id": self.file.client,
        }  # fmt: skip
        where = await self._address("token_endpoint", at)
        answer = await self._ask("POST", where, form | self._in_the_form(), self._beside_the_form())
        said = answer.get("id_token")
        claims = await self._believed(said if isinstance(said, str) else "", audience=self.file.client, at=at)
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise TokenIsWrong
        if claims.get("azp", self.file.client) != self.file.client:
            raise TokenIsWrong
        subject = claims.get("sub")
        if not isinstance(subject, str) or not subject:
            raise TokenIsWrong
        return Token(claims, subject, str(claims.get("sid") or ""))

    async def logged_out(self, token: str, *, at: float) -> Token:
        """Whose session has ended there (OpenID Connect Back-Channel Logout 1.0 §2.6); raises `TokenIsWrong`."""
        claims = await self._believed(token, audience=self.file.client, at=at)
        events = claims.get("events")
        session, subject = str(claims.get("sid") or ""), str(claims.get("sub") or "")
        if not isinstance(events, Mapping) or LOGGED_OUT not in events or "nonce" in claims or not (session or subject):
            raise TokenIsWrong
        return Token(claims, subject, session)

    async def claims_of_a_machine(self, token: str, *, at: float) -> Mapping[str, Any]:
        """What an access token says; raises `NotSignedIn`, `ProviderIsAway`."""
        if self.file.audience is None:
            raise NotSignedIn
        try:
            return await self._believed(token, audience=self.file.audience, at=at)
        except TokenIsWrong:
            raise NotSignedIn from None

    async def _believed(self, token: str, *, audience: str, at: float) -> dict[str, Any]:
        """The claims of a token that is signed by the provider, for us, and of now; whatever else is wrong with it, nobody is told."""
        claims = await self._signed(token, at)
        issued, expires, begins = _moment(claims.get("iat")), _moment(claims.get("exp")), _moment(claims.get("nbf", 0))
        for_whom = claims.get("aud")
        right = (
            claims.get("iss") == self.file.issuer
            and audience in (for_whom if isinstance(for_whom, list) else [for_whom])
            and issued <= at + SKEW_SECONDS
            and begins <= at + SKEW_SECONDS
            and expires > at - SKEW_SECONDS
        )
        if not right:
            raise TokenIsWrong
        return claims

    async def _signed(self, token: str, at: float) -> dict[str, Any]:
        for looks_again in (False, True):
            keys = await self._key_set(at, anew=looks_again)
            try:
                claims = jwt.decode(token, keys, registry=self._registry).claims
            except (JoseError, ValueError, TypeError, KeyError, AttributeError):
                continue
            return claims if isinstance(claims, dict) else {}
        raise TokenIsWrong

    async def _key_set(self, at: float, *, anew: bool) -> KeySet:
        """The provider's keys; read again when they are old, or when a token has one that is not among them."""
        async with self._reading:
            age = at - self._keys[1] if self._keys else float("inf")
            if self._keys is None and abs(at - self._asked_at) < AWAY_SECONDS:
                raise ProviderIsAway
            may_ask = abs(at - self._asked_at) >= ASKED_AGAIN_AFTER_SECONDS
            if self._keys and (not may_ask or not (anew or not 0 <= age < KEYS_FRESH_SECONDS)):
                return self._keys[0]
            self._asked_at = at
            try:
                answer = await self._ask("GET", await self._address("jwks_uri", at))
                usable = [key for key in answer["keys"] if key.get("kty") in ("RSA", "EC") and key.get("use", "sig") == "sig"]
                self._keys = KeySet.import_key_set({"keys": usable}), at
            except (ProviderIsAway, JoseError, KeyError, TypeError, ValueError, AttributeError) as error:
                if self._keys and 0 <= age < KEYS_AT_MOST_SECONDS:
                    return self._keys[0]
                raise ProviderIsAway from error
            return self._keys[0]

    async def _address(self, name: str, at: float) -> str:
        """One of the provider's addresses, as it says itself."""
        if self._found is None or not 0 <= at - self._found[1] < KEYS_FRESH_SECONDS:
            answer = await self._ask("GET", f"{self.file.issuer.rstrip('/')}/.well-known/openid-configuration")
            if answer.get("issuer") != self.file.issuer:
                log.error("sign_in.another_issuer")
                raise ProviderIsAway
            self._found = answer, at
        address = self._found[0].get(name)
        parts = urlsplit(address) if isinstance(address, str) else None
        if parts is None or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
            raise ProviderIsAway
        return parts.geturl()

    def _in_the_form(self) -> dict[str, str]:
        """Our secret, where the provider takes it in the form; one that says nothing takes it as a header (Discovery 1.0 §3)."""
        takes = self._found[0].get("token_endpoint_auth_methods_supported") if self._found else None
        return {"client_secret": self._secret} if isinstance(takes, list) and "client_secret_post" in takes else {}

    def _beside_the_form(self) -> httpx.BasicAuth | None:
        return None if self._in_the_form() else httpx.BasicAuth(quote_plus(self.file.client), quote_plus(self._secret))

    async def _ask(
        self, method: str, address: str, form: Mapping[str, str] | None = None, auth: httpx.BasicAuth | None = None
    ) -> dict[str, Any]:
        """What the provider answers as JSON; what we sent refused is `TokenIsWrong`, all else that is no answer `ProviderIsAway`."""
        try:
            async with (
                httpx.AsyncClient(timeout=5, transport=self._transport) as client,
                client.stream(method, address, data=form, auth=auth, headers={"Accept": "application/json"}) as response,
            ):
                content = b""
                async for part in response.aiter_bytes():
                    content += part
                    if len(content) > LARGEST_ANSWER:
                        raise ProviderIsAway
            if form and 400 <= response.status_code < 500:
                raise TokenIsWrong
            answer = orjson.loads(content)
        except (httpx.HTTPError, httpx.InvalidURL, orjson.JSONDecodeError) as error:
            log.warning("sign_in.provider_away", error=type(error).__name__)
            raise ProviderIsAway from error
        if response.status_code != httpx.codes.OK or not isinstance(answer, dict):
            raise ProviderIsAway
        return answer


def _moment(said: object) -> float:
    """Seconds since 1970 as a token says them; what is no number is never the right time."""
    return float(said) if isinstance(said, int | float) and not isinstance(said, bool) else float("nan")
