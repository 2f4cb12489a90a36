"""The public keys of the issuer: from its address or from a file, kept, renewed, and never trusted blindly.

Keys that can also sign (secrets), keys for another use and keys that are too short are left out, so that no
token can have them misused. A key id that is unknown makes the keys be fetched once more, at most every few
seconds; while the issuer is away the keys last fetched serve on for a day.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK, PyJWTError
from pydantic_core import from_json

from shared.errors import Unavailable
from shared.logs import log

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
FRESH_SECONDS = 600.0
LONGEST_SECONDS = 86_400.0
AGAIN_SECONDS = 10.0
ANSWER_SECONDS = 5.0
LARGEST_BYTES = 256 * 1024
MOST_KEYS = 64
SHORTEST_RSA = 2048
LOOPBACK = {"localhost", "127.0.0.1", "::1"}

Fetch = Callable[[], Awaitable[bytes]]


class IssuerUnavailable(Unavailable):
    """The keys of the issuer cannot be had, so no token can be checked."""

    code = "issuer-unavailable"


class KeyRing:
    """The keys by their ids."""

    def __init__(self, fetch: Fetch, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing is fetched before a token asks for a key."""
        self._fetch = fetch
        self._clock = clock
        self._keys: dict[str, PyJWK] = {}
        self._fetched = self._tried = float("-inf")
        self._one = asyncio.Lock()

    async def key(self, kid: str) -> PyJWK | None:
        """The key of that id, None if the issuer has none; raises IssuerUnavailable without any keys."""
        age = self._clock() - self._fetched
        if age > FRESH_SECONDS or kid not in self._keys:
            await self._renew()
        if self._clock() - self._fetched > LONGEST_SECONDS:
            raise IssuerUnavailable("the issuer of tokens cannot be reached", remedy="repeat it in a moment")
        return self._keys.get(kid)

    async def _renew(self) -> None:
        asked = self._clock()
        async with self._one:
            if self._tried >= asked or self._clock() - self._tried < AGAIN_SECONDS:
                return
            self._tried = self._clock()
            try:
                self._keys = dict(_usable(await self._fetch()))
            except (OSError, ValueError, TypeError, KeyError, httpx.HTTPError) as error:
                log.warning("issuer_keys_missing", error=type(error).__name__)
            else:
                self._fetched = self._clock()


def _usable(raw: bytes) -> Iterator[tuple[str, PyJWK]]:
    if len(raw) > LARGEST_BYTES:
        raise ValueError(len(raw))
    for each in from_json(raw)["keys"][:MOST_KEYS]:
        key = _key(each)
        if key is not None:
            yield str(each["kid"]), key


def _key(raw: Any) -> PyJWK | None:
    if not isinstance(raw, dict) or raw.get("kty") == "oct" or raw.get("use", "sig") != "sig" or "d" in raw:
        return None
    try:
        key = PyJWK(raw)
    except (PyJWTError, ValueError):
        return None
    short = isinstance(key.key, RSAPublicKey) and key.key.key_size < SHORTEST_RSA
    return None if short or "kid" not in raw or key.algorithm_name not in ALGORITHMS else key


def source_of(issuer: str, keys: str) -> Fetch:
    """Where the keys come from: a file, an address, or the one that the issuer's own description names."""
    if keys and "://" not in keys:
        file = Path(keys)
        return lambda: asyncio.to_thread(file.read_bytes)
    address = _safe(keys or f"{issuer.rstrip('/')}/.well-known/openid-configuration")

    async def fetch() -> bytes:
        async with httpx.AsyncClient(timeout=ANSWER_SECONDS) as http:
            if keys:
                return await _got(http, address)
            described = from_json(await _got(http, address))
            if described["issuer"] != issuer:
                raise ValueError(described["issuer"])
            return await _got(http, _safe(str(described["jwks_uri"])))

    return fetch


def _safe(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        msg = "keys are fetched over https only"
        raise ValueError(msg)
    return address


async def _got(http: httpx.AsyncClient, address: str) -> bytes:
    async with http.stream("GET", address, headers={"Accept": "application/json"}) as answer:
        answer.raise_for_status()
        found = b""
        async for part in answer.aiter_bytes():
            found += part
            if len(found) > LARGEST_BYTES:
                raise ValueError(len(found))
        return found
