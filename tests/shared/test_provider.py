"""What we believe of a provider: nothing that is not signed by it, for us, and of now."""

from __future__ import annotations

import time
from base64 import b64encode
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from shared.privacy.sign_in_file import SignInFile
from shared.web.problems import NotSignedIn, ProviderIsAway
from shared.web.provider import KEYS_AT_MOST_SECONDS, KEYS_FRESH_SECONDS, Provider, TokenIsWrong
from tests.support.tokens import AUDIENCE, CLIENT, ISSUER, LOGOUT, Pretended, unsigned

pytestmark = pytest.mark.quick
FILE = SignInFile.model_validate(
    {
        "issuer": ISSUER,
        "client": CLIENT,
        "audience": AUDIENCE,
        "hats": [{"group": "lead", "association": "bakkegaarden", "role": "social_lead"}],
    }
)


@pytest.fixture
def there() -> Pretended:
    return Pretended()


@pytest.fixture
def provider(there: Pretended) -> Provider:
    return Provider(FILE, secret="not a secret", redirect="https://here.example/back", transport=there.transport)


async def redeemed(provider: Provider, there: Pretended, token: str) -> dict[str, Any]:
    there.id_token = token
    return dict((await provider.redeemed("code", nonce="nonce", verifier="verifier", at=time.time())).claims)


async def test_a_token_that_is_right_says_who_it_is(provider: Provider, there: Pretended) -> None:
    assert (await redeemed(provider, there, there.signed(nonce="nonce")))["sub"] == "subject"
    assert there.redeemed[0]["code_verifier"] == ["verifier"]


async def test_our_secret_goes_as_the_provider_takes_it_and_never_into_an_address(provider: Provider, there: Pretended) -> None:
    await redeemed(provider, there, there.signed(nonce="nonce"))
    assert there.authorization == "Basic " + b64encode(b"brobygger:not+a+secret").decode()
    assert "client_secret" not in there.redeemed[0]
    there.more = {"token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"]}
    another = Provider(FILE, secret="not a secret", redirect="https://here.example/back", transport=there.transport)
    await redeemed(another, there, there.signed(nonce="nonce"))
    assert (there.authorization, there.redeemed[1]["client_secret"]) == ("", ["not a secret"])


def _wrong() -> dict[str, dict[str, Any]]:
    now = int(time.time())
    return {
        "for another audience": {"aud": "somebody-else"},
        "for no audience": {"aud": None},
        "from another issuer": {"iss": "https://elsewhere.example"},
        "expired": {"exp": now - 120},
        "that never expires": {"exp": None},
        "that expires at no number": {"exp": "tomorrow"},
        "from tomorrow": {"iat": now + 86400, "exp": now + 90000},
        "that is good from tomorrow": {"nbf": now + 86400},
        "without a subject": {"sub": None},
        "with an empty subject": {"sub": ""},
        "with a number as its subject": {"sub": 7},
        "with another nonce": {"nonce": "another"},
        "without a nonce": {"nonce": None},
        "for another party of two": {"aud": [CLIENT, "other"], "azp": "other"},
    }


@pytest.mark.parametrize("wrong", _wrong())
async def test_nobody_signs_in_with_a_token(provider: Provider, there: Pretended, wrong: str) -> None:
    with pytest.raises(TokenIsWrong):
        await redeemed(provider, there, there.signed(**{"nonce": "nonce", **_wrong()[wrong]}))


async def test_a_clock_that_is_half_a_minute_off_is_no_harm(provider: Provider, there: Pretended) -> None:
    now = int(time.time())
    await redeemed(provider, there, there.signed(nonce="nonce", iat=now + 30, nbf=now + 30))
    await redeemed(provider, there, there.signed(nonce="nonce", iat=now - 330, exp=now - 30))


async def test_a_token_without_a_signature_is_not_believed(provider: Provider, there: Pretended) -> None:
    right = there.signed(nonce="nonce")
    for token in (unsigned(right), right.rpartition(".")[0] + ".", right.rpartition(".")[0], "", "no token", "a.b.c", "....", right + "x"):
        with pytest.raises(TokenIsWrong):
            await redeemed(provider, there, token)


async def test_a_token_signed_by_another_key_is_not_believed_whatever_it_calls_it(provider: Provider, there: Pretended) -> None:
    for name in ("first", "another"):
        stranger = RSAKey.generate_key(2048, {"kid": name})
        with pytest.raises(TokenIsWrong):
            await redeemed(provider, there, there.signed(key=stranger, nonce="nonce"))


async def test_a_token_signed_with_what_everybody_knows_is_not_believed(provider: Provider, there: Pretended) -> None:
    for secret in (there.keys[0].as_pem(private=False), b"not a secret, but long enough for a signature"):
        key = OctKey.import_key(secret.replace(b"-----BEGIN", b"").replace(b"-----END", b""))
        now = int(time.time())
        said = {"iss": ISSUER, "aud": CLIENT, "sub": "subject", "iat": now, "exp": now + 300, "nonce": "nonce"}
        with pytest.raises(TokenIsWrong):
            await redeemed(provider, there, jwt.encode({"alg": "HS256", "kid": "first"}, said, key, algorithms=["HS256"]))


async def test_a_key_that_was_changed_is_found_and_one_that_was_withdrawn_is_believed_no_longer(
    provider: Provider, there: Pretended
) -> None:
    now = time.time()
    before = there.signed(aud=AUDIENCE, exp=int(now) + 10**6)
    await provider.claims_of_a_machine(before, at=now)
    there.keys = [RSAKey.generate_key(2048, {"kid": "second", "use": "sig"})]
    await provider.claims_of_a_machine(there.signed(aud=AUDIENCE), at=now + 31)
    with pytest.raises(NotSignedIn):
        await provider.claims_of_a_machine(before, at=now + KEYS_FRESH_SECONDS)


async def test_tokens_with_keys_nobody_knows_make_us_ask_twice_a_minute_at_most(provider: Provider, there: Pretended) -> None:
    now, stranger = time.time(), RSAKey.generate_key(2048, {"kid": "another"})
    for _ in range(20):
        with pytest.raises(NotSignedIn):
            await provider.claims_of_a_machine(there.signed(key=stranger, aud=AUDIENCE), at=now)
    assert len([path for path in there.asked if path.endswith("jwks_uri")]) == 1


async def test_programs_work_on_for_half_a_day_while_the_provider_is_away_and_no_longer(provider: Provider, there: Pretended) -> None:
    now = time.time()
    token = there.signed(aud=AUDIENCE, exp=int(now) + 10**6)
    await provider.claims_of_a_machine(token, at=now)
    there.is_away = True
    await provider.claims_of_a_machine(token, at=now + 2 * KEYS_FRESH_SECONDS)
    with pytest.raises(ProviderIsAway):
        await provider.claims_of_a_machine(token, at=now + KEYS_AT_MOST_SECONDS)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<h1>Velkommen</h1>"),
        httpx.Response(500, json={}),
        httpx.Response(302, headers={"Location": "https://elsewhere.example"}),
        httpx.Response(200, json=[]),
        httpx.Response(200, content=b"{" + b" " * 2_000_000),
        httpx.Response(200, json={"issuer": "https://elsewhere.example"}),
        httpx.Response(200, json={"issuer": ISSUER, "authorization_endpoint": "http://elsewhere.example"}),
        httpx.Response(200, json={"issuer": ISSUER}),
    ],
    ids=["HTML", "an error", "a way elsewhere", "a list", "without end", "another issuer", "an address without TLS", "no address"],
)
async def test_a_provider_that_answers_this_is_away(provider: Provider, there: Pretended, answer: httpx.Response) -> None:
    there.answer = answer
    with pytest.raises(ProviderIsAway):
        await provider.way_there(state="state", nonce="nonce", verifier="verifier", at=time.time())


async def test_a_code_that_the_provider_refuses_signs_nobody_in(provider: Provider, there: Pretended) -> None:
    await provider.way_there(state="state", nonce="nonce", verifier="verifier", at=time.time())
    there.answer = httpx.Response(400, json={"error": "invalid_grant"})
    with pytest.raises(TokenIsWrong):
        await redeemed(provider, there, "")


async def test_a_token_of_a_person_is_none_of_a_program(provider: Provider, there: Pretended) -> None:
    with pytest.raises(NotSignedIn):
        await provider.claims_of_a_machine(there.signed(nonce="nonce"), at=time.time())


async def test_what_is_no_logout_ends_nothing(provider: Provider, there: Pretended) -> None:
    right: dict[str, Any] = {"events": LOGOUT, "sid": "session", "jti": "1"}
    assert (await provider.logged_out(there.signed(**right), at=time.time())).session == "session"
    several: list[dict[str, Any]] = [
        {"events": {}},
        {"events": None},
        {"nonce": "nonce"},
        {"sid": None, "sub": None},
        {"aud": "other"},
        {"exp": 1},
    ]
    for wrong in several:
        with pytest.raises(TokenIsWrong):
            await provider.logged_out(there.signed(**{**right, **wrong}), at=time.time())


async def test_four_thousand_groups_are_read_and_one_that_does_not_exist_gives_nothing(provider: Provider, there: Pretended) -> None:
    groups = [f"00000000-0000-4000-8000-{number:012}" for number in range(4000)]
    claims = await redeemed(provider, there, there.signed(nonce="nonce", groups=groups))
    assert FILE.groups_in(claims) == frozenset(groups)


def test_groups_that_the_provider_left_out_are_not_taken_for_none() -> None:
    assert FILE.groups_in({"_claim_names": {"groups": "src1"}}) is None
    assert FILE.groups_in({}) == frozenset()
    assert FILE.groups_in({"groups": "lead"}) == frozenset({"lead"})
    assert FILE.groups_in({"groups": [1, None, {"a": "b"}]}) == frozenset()
