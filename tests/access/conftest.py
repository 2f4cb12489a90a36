"""One stack for this folder; one tree with holders of roles in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from uuid import UUID

import httpx
import pytest

from tests.access.people import everywhere, granted
from tests.support.field import Field, founded
from tests.support.signing import signing_client
from tests.support.stacks import running_stack
from unionstream.embedded.deadline import run_aside
from unionstream.embedded.stack import Stack


@pytest.fixture(scope="package")
def stack() -> Iterator[Stack]:
    """The whole system, embedded."""
    with running_stack("access") as running:
        yield running


@pytest.fixture(scope="package")
def urls(stack: Stack) -> dict[str, str]:
    return {name: stack.url(name) for name in stack.services}


async def tree(http: httpx.AsyncClient, urls: dict[str, str]) -> Field:
    """As `founded`, with a second town, `neighbour`, and its union, `far`."""
    land = await founded(http, urls)
    land.units["neighbour"] = await establish(land, "neighbour", 4, land.county)
    land.units["far"] = await establish(land, "far", 6, land.units["neighbour"])
    return land


async def establish(land: Field, name: str, level: int, parent: UUID, **more: object) -> UUID:
    body = {
        "name": f"示例{name}工会",
        "level": level,
        "kind": "enterprise" if level == 6 else "general",
        "parent": parent,
        "approved_on": "2000-01-01",
        "taken_over": True,
    }
    return await land.tell("membership", "unions", body | more)


@pytest.fixture(scope="package")
def units(urls: dict[str, str]) -> dict[str, UUID]:
    """The tree, whose holders of roles every service knows."""

    async def made() -> dict[str, UUID]:
        async with signing_client() as http:
            land = await tree(http, urls)
            await granted(land)
            await everywhere(land)
            return land.units

    return run_aside(made)


@pytest.fixture
async def land(urls: dict[str, str], units: dict[str, UUID]) -> AsyncIterator[Field]:
    """That tree, for the founder's own questions."""
    async with signing_client() as http:
        yield Field(http, urls, units)
