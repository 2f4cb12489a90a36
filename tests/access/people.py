"""Those who ask: holders of roles at several places of one tree, and tokens that are no good."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx

from tests.support.field import Field
from tests.support.signing import ISSUING
from unionstream.embedded.issuer import FOUNDER

ROLES = ("recorder", "approver", "auditor", "viewer", "operator")
PLACES = {"own": "town", "parent": "county", "child": "union", "sibling": "neighbour"}
"""Who holds every role, and where; what is asked for is the town's."""
KNOWN_SECONDS = 60.0


def subject(who: str, land: Field) -> str:
    """The subject of a token, another one for every tree."""
    return f"{who}:{land.province}"


def token(who: str, land: Field) -> str:
    """A token of theirs; `expired` and `foreign` are tokens of the town's own holder that are no good."""
    if who == "expired":
        return ISSUING.token(subject("own", land), seconds=-120)
    if who == "foreign":
        return ISSUING.token(subject("own", land), aud="another")
    if who == "pretender":  # says it is a founder in another claim than the one that counts
        claims: dict[str, Any] = {f"{FOUNDER}s": True, "roles": list(ROLES)}
        return ISSUING.token(subject("nobody", land), **claims)
    return ISSUING.token(subject(who, land))


def headers(who: str, land: Field) -> dict[str, str]:
    """What their requests carry."""
    return {"Authorization": f"Bearer {token(who, land)}"}


async def grant(land: Field, holder: str, role: str, unit: UUID, line: str | None = None) -> UUID:
    """A founder grants it."""
    body = {"unit": unit, "holder": holder, "role": role, "line": line, "granted_on": "2013-01-01"}
    return await land.tell("membership", "roles", body)


async def granted(land: Field) -> None:
    """All of PLACES hold all ROLES; `everywhere` says when every service knows it."""
    for who, place in PLACES.items():
        for role in ROLES:
            await grant(land, subject(who, land), role, getattr(land, place))


async def everywhere(land: Field) -> None:
    """Until every service knows them."""
    for who in PLACES:
        await known(land.urls, headers(who, land))


async def known(urls: Mapping[str, str], signed: Mapping[str, str], *, wanted: bool = True) -> None:
    """Until every service answers them somewhere (or no longer does)."""
    end = time.monotonic() + KNOWN_SECONDS
    async with httpx.AsyncClient(headers=signed, timeout=30, trust_env=False) as http:
        for name, url in urls.items():
            path = "/v1/cut" if name == "projection" else "/v1/streams"
            while (await http.get(url + path)).is_success is not wanted:
                assert time.monotonic() < end, f"{name} has not heard of it"
                await asyncio.sleep(0.02)
