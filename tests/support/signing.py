"""How tests sign in: one issuer for the whole session, whose key every stack and command line is told of.

Whoever a request names as `extensions=asking_as("ada")` asks, as a founder.
"""

from __future__ import annotations

import atexit
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

import httpx

from shared.http.keys import KeyRing
from shared.http.tokens import Rules, Tokens
from unionstream.embedded.issuer import AUDIENCE, FOUNDER, ISSUER, KEY_FILE, issuer_of
from unionstream.signing import Signed, asking_as, signed

__all__ = ["AUTH", "ISSUING", "asking_as", "known_tokens", "signing_client", "signing_in"]


def _make_key() -> None:
    handle, name = tempfile.mkstemp(prefix="unionstream-issuer-")
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
    os.environ[KEY_FILE] = name
    atexit.register(Path(name).unlink, missing_ok=True)
    atexit.register(_public().unlink, missing_ok=True)
    _public().write_text(issuer_of(Path()).key_set(), encoding="ascii")


def _public() -> Path:
    return Path(f"{os.environ[KEY_FILE]}.jwks")


if KEY_FILE not in os.environ:  # the workers of a session are told by its first process
    _make_key()

ISSUING = issuer_of(Path())
AUTH: Signed = signed(Path(), "ada")


def signing_client(**more: Any) -> httpx.AsyncClient:
    """A client that signs in."""
    known: dict[str, Any] = {"auth": AUTH, "timeout": 60, "trust_env": False}
    return httpx.AsyncClient(**known | more)


def signing_in(prefix: str) -> dict[str, str]:
    """What a service of that prefix is told about the issuer, for its environment."""
    told = {"OIDC_ISSUER": ISSUER, "OIDC_KEYS": str(_public()), "OIDC_FOUNDER_CLAIM": FOUNDER}
    return {f"{prefix}_{name}": value for name, value in told.items()}


def known_tokens() -> Tokens:
    """What an application of a test is given to know them by."""

    async def fetch() -> bytes:
        return ISSUING.key_set().encode()

    return Tokens(Rules(ISSUER, AUDIENCE, FOUNDER), KeyRing(fetch))
