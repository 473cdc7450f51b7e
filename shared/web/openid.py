"""Signing in at a provider of the association's own: the way there and back, which hat, and the end of it (decision 0043)."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from fastapi import Request, Response

from shared.ground.errors import NotAllowed, Refusal
from shared.ground.provenance import Actor
from shared.ground.settings import Settings
from shared.history.service import Service
from shared.privacy.sign_in_file import READS, WRITES, SignInFile, read_sign_in_file
from shared.privacy.sign_ins import SignIn
from shared.web.guards import UNSAFE
from shared.web.kept import VOUCHED, opened, sealed, secret_in
from shared.web.navigation import Navigation
from shared.web.problems import NotSignedIn

if TYPE_CHECKING:
    from shared.web.provider import Provider, Token

ON_ITS_WAY = "brobygger-way-"
"""The cookie of somebody who is at the provider: one for each tab, sealed."""
ON_ITS_WAY_SECONDS = 10 * 60
CHOOSING_SECONDS = 10 * 60
_WAY = "on its way"
LONGEST = 4096

log = structlog.get_logger()


class SignInIsTooOld(Refusal):
    """Du var for længe om at logge ind, eller det er gjort færdigt i forvejen, så du er ikke logget ind herfra."""

    next_step = "Log ind igen."


class ProviderSaidNo(Refusal):
    """Login-tjenesten lod dig ikke komme ind."""

    next_step = "Log ind igen. Bliver det ved, så ring til dem, der står for jeres konti."


class NoHat(Refusal):
    """Du er logget ind hos foreningen, men du har ingen rolle i Brobygger."""

    next_step = "Spørg den boligsociale leder. Rollen skal stå både i Brobygger under medarbejdere og i en af foreningens grupper."


class TooManyGroups(Refusal):
    """Du er med i så mange grupper, at login-tjenesten ikke fortæller hvilke, så vi kan ikke se din rolle."""

    next_step = "Ring til dem, der står for jeres konti: De skal bruge approller eller kun sende de grupper, der hører til Brobygger."


def open_provider(settings: Settings) -> None:
    """Read the sign-in file, so that one that is wrong is said at the start; raises `SignInFileIsWrong`."""
    if settings.sign_in == "openid":
        _file(settings)


def provider_of(request: Request, service: Service, navigation: Navigation) -> Provider:
    """The provider, with what is known of it already in this process."""
    found: Provider | None = getattr(request.app.state, "provider", None)
    if found is None:
        # what one machine with role cards never needs is not loaded there
        from shared.web.provider import Provider

        settings = service.settings
        secret = _named(settings.sign_in_secret_file).read_text(encoding="utf-8").strip()
        found = Provider(_file(settings), secret=secret, redirect=f"{settings.public_origin}{navigation.sign_in_back}")
        request.app.state.provider = found
    return found


def _file(settings: Settings) -> SignInFile:
    return _read(_named(settings.sign_in_file), settings.associations)


def _named(file: Path | None) -> Path:
    """Settings that say `openid` name both files."""
    if file is None:
        raise FileNotFoundError
    return file


@lru_cache
def _read(path: Path, associations: tuple[str, ...]) -> SignInFile:
    return read_sign_in_file(path, associations=associations)


# --- the way there and back -----------------------------------------------------------------------------------------


async def send_there(response: Response, provider: Provider, settings: Settings, *, next: str) -> str:
    """Give the browser what it must bring back, and answer where it goes. Nothing of `next` or of who it is goes along."""
    state, nonce, verifier, now = (*(secrets.token_urlsafe(32) for _ in range(3)), time.time())
    address = await provider.way_there(state=state, nonce=nonce, verifier=verifier, at=now)
    value = sealed(settings.cookie_secret_file, _WAY, [state, nonce, verifier, next[:1000], int(now)])
    secure = settings.public_origin.startswith("https://")
    name = ON_ITS_WAY + _short(state)
    response.set_cookie(name, value, max_age=ON_ITS_WAY_SECONDS, httponly=True, samesite="lax", secure=secure)
    return address


async def came_back(request: Request, provider: Provider, service: Service) -> tuple[Token, str]:
    """Who it was, and where they were going; raises `SignInIsTooOld`, `ProviderSaidNo`, and what the provider's answer deserves.

    A state is good once, for the browser that was sent there with it.
    """
    state, code = request.query_params.get("state", ""), request.query_params.get("code", "")
    found = opened(service.settings.cookie_secret_file, _WAY, request.cookies.get(ON_ITS_WAY + _short(state), ""))
    if not found or not hmac.compare_digest(found[0].encode(), state.encode()) or not _is_recent(found[4], ON_ITS_WAY_SECONDS):
        raise SignInIsTooOld
    if not await service.vault.sign_ins.end(_fingerprint(service, "state", state)):
        raise SignInIsTooOld
    if not 0 < len(code) <= LONGEST:
        log.warning("sign_in.refused_by_provider")
        raise ProviderSaidNo
    return await provider.redeemed(code, nonce=found[1], verifier=found[2], at=time.time()), found[3]


def forget_the_way(request: Request, response: Response) -> None:
    """The browser need not bring it again."""
    response.delete_cookie(ON_ITS_WAY + _short(request.query_params.get("state", "")), httponly=True, samesite="lax")


def _short(state: str) -> str:
    return sha256(state.encode()).hexdigest()[:12]


def _is_recent(at: float, seconds: float) -> bool:
    return -1 <= time.time() - at <= seconds


# --- which hat ------------------------------------------------------------------------------------------------------


class Vouched:
    """Somebody the provider vouched for, and the hats that they may put on now."""

    def __init__(self, person: str, hats: list[str], sign_in: SignIn, *, at: float) -> None:
        self.person = person
        self.hats = hats
        self.sign_in = sign_in
        self.at = at

    @classmethod
    def by(cls, token: Token, provider: Provider, service: Service) -> Vouched:
        """Raises `NoHat`, `TooManyGroups`."""
        person, groups = provider.file.person_in(token.claims), provider.file.groups_in(token.claims)
        if groups is None:
            raise TooManyGroups
        worn = provider.file.hats_of(person, groups, service.staff, service.clock.now())
        if not worn:
            log.warning("sign_in.no_hat", groups=len(groups), is_known=service.staff.person(person) is not None)
            raise NoHat
        session = _fingerprint(service, "session", token.session) if token.session else ""
        sign_in = SignIn(secrets.token_hex(12), session, _fingerprint(service, "subject", token.subject))
        return cls(person, [one.code for one in worn], sign_in, at=time.time())

    def sealed(self, settings: Settings) -> str:
        """As a form carries it while they choose."""
        return sealed(settings.cookie_secret_file, VOUCHED, [self.person, self.hats, str(self.sign_in), int(self.at)])

    @classmethod
    def opened(cls, settings: Settings, text: str) -> Vouched:
        """Raises `SignInIsTooOld`."""
        found = opened(settings.cookie_secret_file, VOUCHED, text)
        if not found or not _is_recent(found[3], CHOOSING_SECONDS):
            raise SignInIsTooOld
        return cls(found[0], found[1], SignIn.read(found[2]), at=found[3])


async def end_what_ended_there(service: Service, provider: Provider, token: str) -> None:
    """The provider says that a session, or all of somebody's, is over: so is every sign-in of ours that came of it."""
    said = await provider.logged_out(token, at=time.time())
    number = said.claims.get("jti")
    if number and not await service.vault.sign_ins.end(_fingerprint(service, "told", str(number))):
        return  # told again, it does not end what began since
    what = ("session", said.session) if said.session else ("subject", said.subject)
    await service.vault.sign_ins.end(_fingerprint(service, *what))


def _fingerprint(service: Service, what: str, of: str) -> str:
    key = secret_in(service.settings.cookie_secret_file)
    return hmac.digest(key, f"brobygger sign-in {what} {of}".encode(), "sha256").hex()[:32]


# --- programs -------------------------------------------------------------------------------------------------------


async def machine(request: Request, service: Service, navigation: Navigation) -> Actor | None:
    """The program that asks with a token of its own, below `/api/` only; `None` where there is no token. Raises `NotSignedIn`."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if service.settings.sign_in != "openid" or scheme.lower() != "bearer":
        return None
    if not request.url.path.startswith(f"/{service.name}/api/"):
        raise NotSignedIn
    provider = provider_of(request, service, navigation)
    claims = await provider.claims_of_a_machine(token.strip(), at=time.time())
    client = next((claims[name] for name in ("azp", "appid", "client_id") if name in claims), None)
    found = next((one for one in provider.file.machines if one.client == client), None)
    if found is None:
        raise NotSignedIn
    needed = WRITES if request.method in UNSAFE else READS
    if needed not in _scopes(claims):
        raise NotAllowed(f"a program without {needed}")
    return found.actor()


def _scopes(claims: Mapping[str, Any]) -> set[str]:
    """As Keycloak says them (`scope`), and as Entra ID does for a program (`roles`)."""
    scope, roles = claims.get("scope"), claims.get("roles")
    return {
        *(scope.split() if isinstance(scope, str) else ()),
        *(one for one in (roles if isinstance(roles, list) else ()) if isinstance(one, str)),
    }
