"""A good token is signed by a key of the issuer, for us, now; nothing else is, however it is dressed."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from shared.errors import NotSignedIn
from shared.http.keys import AGAIN_SECONDS, FRESH_SECONDS, LONGEST_SECONDS, IssuerUnavailable, KeyRing
from shared.http.tokens import (
    REMEMBERED,
    SKEW_SECONDS,
    Caller,
    Rules,
    TokenBroken,
    TokenExpired,
    TokenForeign,
    TokenMissing,
    Tokens,
    TokenTooLarge,
)

ISSUER, AUDIENCE = "https://issuer.example", "unionstream"
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
WEAK = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505  refused
ED, OTHER = ed25519.Ed25519PrivateKey.generate(), ed25519.Ed25519PrivateKey.generate()
EC = ec.generate_private_key(ec.SECP256R1())


def public(key: Any, kid: str, **more: str) -> dict[str, Any]:
    family: Any = {rsa.RSAPrivateKey: RSAAlgorithm, ec.EllipticCurvePrivateKey: ECAlgorithm}
    found = next((each for kind, each in family.items() if isinstance(key, kind)), OKPAlgorithm)
    return {**found.to_jwk(key.public_key(), as_dict=True), "kid": kid, **more}


KEYS = [public(RSA, "rsa"), public(ED, "ed"), public(EC, "ec"), public(WEAK, "weak")]


class Clock:
    """Both the issuer's and ours."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now


class Issuer:
    """Publishes keys, counts who asks, and may be away."""

    def __init__(self, keys: list[dict[str, Any]]) -> None:
        self.keys, self.asked, self.away = keys, 0, False

    async def fetch(self) -> bytes:
        self.asked += 1
        if self.away:
            raise OSError
        return json.dumps({"keys": self.keys}).encode()


def claims(**more: Any) -> dict[str, Any]:
    now = int(time.time())
    return {"iss": ISSUER, "aud": AUDIENCE, "sub": "ada", "exp": now + 600, "iat": now} | more


def token(said: dict[str, Any] | None = None, key: Any = ED, kid: str = "ed", alg: str = "EdDSA") -> str:
    return jwt.encode(claims() if said is None else said, key, algorithm=alg, headers={"kid": kid})


def checker(
    issuer: Issuer | None = None, founder: str = "", clock: Callable[[], float] = time.time
) -> Tokens:
    ring = KeyRing((issuer or Issuer(KEYS)).fetch, clock)
    return Tokens(Rules(ISSUER, AUDIENCE, founder), ring, clock)


@pytest.mark.parametrize(
    ("key", "kid", "alg"), [(RSA, "rsa", "RS256"), (ED, "ed", "EdDSA"), (EC, "ec", "ES256")]
)
async def test_a_token_of_the_issuer_tells_who_asks(key: Any, kid: str, alg: str) -> None:
    assert await checker().caller(f"Bearer {token(key=key, kid=kid, alg=alg)}") == Caller("ada")


def unsigned(alg: str, said: dict[str, Any], kid: str = "rsa") -> str:
    parts = [json.dumps({"alg": alg, "kid": kid}).encode(), json.dumps(said).encode(), b""]
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


def confused() -> str:
    """Signed with the issuer's public key as if it were a shared secret."""
    pem = RSA.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    algorithm = jwt.get_algorithm_by_name("HS256")
    whole = unsigned("HS256", claims()).rpartition(".")[0]
    sign = getattr(algorithm, "sign")  # noqa: B009  prepare_key refuses a PEM, as it should
    return f"{whole}.{base64.urlsafe_b64encode(sign(whole.encode(), pem)).decode().rstrip('=')}"


def weak() -> str:
    """Signed by a key of the issuer that is too short."""
    whole = unsigned("RS256", claims(), kid="weak").rpartition(".")[0]
    signature = WEAK.sign(whole.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{whole}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


BAD = {
    "nothing": (lambda: "", TokenMissing),
    "another scheme": (lambda: "Basic YTpi", TokenMissing),
    "no token behind the scheme": (lambda: "Bearer ", TokenMissing),
    "no token at all": (lambda: "Bearer abc", TokenBroken),
    "three dots": (lambda: "Bearer a.b.c", TokenBroken),
    "no signature": (lambda: f"Bearer {unsigned('none', claims())}", TokenBroken),
    "none in capitals": (lambda: f"Bearer {unsigned('NONE', claims())}", TokenBroken),
    "the public key as a secret": (lambda: f"Bearer {confused()}", TokenBroken),
    "another algorithm of the same key": (
        lambda: f"Bearer {token(key=RSA, kid='rsa', alg='PS256')}",
        TokenBroken,
    ),
    "the key of somebody else": (lambda: f"Bearer {token(key=OTHER)}", TokenBroken),
    "a key id that nobody has": (lambda: f"Bearer {token(kid='none')}", TokenBroken),
    "a key that is too short": (lambda: f"Bearer {weak()}", TokenBroken),
    "expired": (lambda: f"Bearer {token(claims(exp=int(time.time()) - SKEW_SECONDS - 5))}", TokenExpired),
    "not valid yet": (
        lambda: f"Bearer {token(claims(nbf=int(time.time()) + SKEW_SECONDS + 30))}",
        TokenExpired,
    ),
    "without an end": (
        lambda: f"Bearer {token({k: v for k, v in claims().items() if k != 'exp'})}",
        TokenBroken,
    ),
    "for somebody else": (lambda: f"Bearer {token(claims(aud='other'))}", TokenForeign),
    "by somebody else": (lambda: f"Bearer {token(claims(iss='https://other.example'))}", TokenForeign),
    "an address of a person as subject": (
        lambda: f"Bearer {token(claims(sub='ada@example.org'))}",
        TokenBroken,
    ),
    "a line break in the subject": (
        lambda: f"Bearer {token(claims(sub='ada' + chr(10) + 'admin'))}",
        TokenBroken,
    ),
    "without a subject": (
        lambda: f"Bearer {token({k: v for k, v in claims().items() if k != 'sub'})}",
        TokenBroken,
    ),
    "100 kB": (lambda: f"Bearer {token(claims(more='x' * 100_000))}", TokenTooLarge),
}


@pytest.mark.parametrize(("given", "refusal"), BAD.values(), ids=BAD)
async def test_what_is_no_token_for_us_is_refused(
    given: Callable[[], str], refusal: type[NotSignedIn]
) -> None:
    with pytest.raises(NotSignedIn) as caught:
        await checker().caller(given())
    assert type(caught.value) is refusal
    assert caught.value.remedy


async def test_clocks_may_differ_by_a_minute() -> None:
    late = token(claims(exp=int(time.time()) - SKEW_SECONDS + 20))
    assert await checker().caller(f"Bearer {late}") == Caller("ada")


async def test_a_header_that_must_be_understood_is_refused() -> None:
    odd = jwt.encode(claims(), ED, algorithm="EdDSA", headers={"kid": "ed", "crit": ["b64"], "b64": True})
    with pytest.raises(TokenBroken):
        await checker().caller(f"Bearer {odd}")


async def test_a_secret_among_the_keys_signs_nothing() -> None:
    secret = base64.urlsafe_b64encode(b"s" * 32).decode().rstrip("=")
    issuer = Issuer([{"kty": "oct", "kid": "shared", "k": secret}, *KEYS])
    with pytest.raises(TokenBroken):
        await checker(issuer).caller(f"Bearer {token(key='s' * 32, kid='shared', alg='HS256')}")


async def test_a_key_for_another_use_signs_nothing() -> None:
    issuer = Issuer([public(OTHER, "other", use="enc")])
    with pytest.raises(TokenBroken):
        await checker(issuer).caller(f"Bearer {token(key=OTHER, kid='other')}")


async def test_a_founder_is_one_only_where_the_claim_is_named() -> None:
    made = token(claims(first=True))
    assert await checker(founder="first").caller(f"Bearer {made}") == Caller("ada", founder=True)
    assert await checker().caller(f"Bearer {made}") == Caller("ada")
    assert await checker(founder="first").caller(f"Bearer {token(claims(first='yes'))}") == Caller("ada")


async def test_a_new_key_is_fetched_when_its_first_token_comes() -> None:
    issuer, clock = Issuer(KEYS), Clock()
    tokens = checker(issuer, clock=clock)
    await tokens.caller(f"Bearer {token()}")
    issuer.keys = [public(OTHER, "new")]
    clock.now += AGAIN_SECONDS + 1
    assert await tokens.caller(f"Bearer {token(key=OTHER, kid='new')}") == Caller("ada")
    assert issuer.asked == 2


async def test_unknown_key_ids_do_not_make_us_ask_again_and_again() -> None:
    issuer, clock = Issuer(KEYS), Clock()
    tokens = checker(issuer, clock=clock)
    for n in range(50):
        with pytest.raises(TokenBroken):
            await tokens.caller(f"Bearer {token(kid=f'unknown-{n}')}")
    assert issuer.asked == 1


async def test_a_key_that_the_issuer_has_withdrawn_is_no_longer_taken() -> None:
    issuer, clock = Issuer(KEYS), Clock()
    tokens = checker(issuer, clock=clock)
    await tokens.caller(f"Bearer {token(claims(jti='1'))}")
    issuer.keys = [public(RSA, "rsa")]
    clock.now += FRESH_SECONDS + 1
    with pytest.raises(TokenBroken):
        await tokens.caller(f"Bearer {token(claims(jti='1', exp=int(clock.now) + 600))}")


async def test_the_known_keys_serve_on_for_a_day_while_the_issuer_is_away() -> None:
    issuer, clock = Issuer(KEYS), Clock()
    tokens = checker(issuer, clock=clock)
    await tokens.caller(f"Bearer {token()}")
    issuer.away = True
    clock.now += FRESH_SECONDS + 1
    assert await tokens.caller(f"Bearer {token(claims(jti='2'))}") == Caller("ada")
    clock.now += LONGEST_SECONDS
    with pytest.raises(IssuerUnavailable):
        await tokens.caller(f"Bearer {token(claims(jti='3'))}")


async def test_a_token_is_checked_once_and_remembered_no_longer_than_it_is_good() -> None:
    issuer, clock = Issuer(KEYS), Clock()
    tokens, made = checker(issuer, clock=clock), token(claims(exp=int(time.time()) + 100))
    assert await tokens.caller(f"Bearer {made}") == await tokens.caller(f"Bearer {made}")
    issuer.keys = []
    clock.now += FRESH_SECONDS + 1
    with pytest.raises(NotSignedIn):
        await tokens.caller(f"Bearer {made}")


async def test_no_more_tokens_are_remembered_than_there_is_room_for() -> None:
    tokens = checker()
    for n in range(REMEMBERED + 10):
        tokens._remember(n.to_bytes(4), Caller("ada"), time.time() + 60)
    assert len(tokens._known) == REMEMBERED
