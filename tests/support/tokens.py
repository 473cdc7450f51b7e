"""A provider that says whatever a test wants it to say, with keys of its own: for what no real one would ever send."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import parse_qs

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey

ISSUER = "https://login.example.org/bakkegaarden"
CLIENT = "brobygger"
AUDIENCE = "brobygger-api"
LOGOUT: dict[str, dict[str, str]] = {"http://schemas.openid.net/event/backchannel-logout": {}}


class Pretended:
    """Answers discovery, keys and the token endpoint; `answer` takes the place of any of it."""

    def __init__(self) -> None:
        self.keys = [RSAKey.generate_key(2048, {"kid": "first", "use": "sig"})]
        self.issuer = ISSUER
        self.answer: httpx.Response | None = None
        self.is_away = False
        self.id_token = ""
        self.asked: list[str] = []
        self.more: dict[str, Any] = {}
        """What discovery says besides."""
        self.authorization = ""
        self.redeemed: list[dict[str, list[str]]] = []

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if self.is_away:
            raise httpx.ConnectError("away")
        if self.answer:
            return self.answer
        if request.url.path.endswith("/.well-known/openid-configuration"):
            names = {name: f"{ISSUER}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint")}
            return httpx.Response(200, json={"issuer": self.issuer, **names, **self.more})
        if request.url.path.endswith("/jwks_uri"):
            return httpx.Response(200, json={"keys": [key.as_dict(private=False) for key in self.keys]})
        self.authorization = request.headers.get("authorization", "")
        self.redeemed.append(parse_qs(request.content.decode()))
        return httpx.Response(200, json={"id_token": self.id_token, "access_token": "x", "token_type": "Bearer"})

    def signed(self, *, key: RSAKey | None = None, alg: str = "RS256", **claims: Any) -> str:
        """A token that is right but for what is handed in; a claim that is `None` is left out."""
        now = int(time.time())
        right = {"iss": ISSUER, "aud": CLIENT, "sub": "subject", "iat": now, "exp": now + 300}
        said = {name: value for name, value in {**right, **claims}.items() if value is not None}
        key = key or self.keys[-1]
        return jwt.encode({"alg": alg, "kid": key.kid}, said, key, algorithms=[alg])


def unsigned(token: str) -> str:
    """The same with `alg: none`, and nothing where the signature stood."""
    header = urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).rstrip(b"=").decode()
    return f"{header}.{token.split('.')[1]}."
