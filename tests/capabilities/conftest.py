"""The whole system, embedded, once for a session; every test has a little country of its own on it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.support.field import Field, founded
from tests.support.signing import signing_client
from tests.support.stacks import running_stack


@pytest.fixture(scope="package")
def urls() -> Iterator[dict[str, str]]:
    """Where each service answers."""
    with running_stack("capabilities") as running:
        yield {name: running.url(name) for name in running.services}


@pytest.fixture
async def field(urls: dict[str, str]) -> AsyncIterator[Field]:
    async with signing_client() as http:
        yield await founded(http, urls)
