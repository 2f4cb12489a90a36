"""The whole system with the local rules of the sample areas, once for a session."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from shared.rules import LOCAL_FOLDER
from tests.support.field import Field
from tests.support.signing import signing_client
from tests.support.stacks import running_stack


@pytest.fixture(scope="package")
def urls() -> Iterator[dict[str, str]]:
    """Where each service answers."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setitem(os.environ, LOCAL_FOLDER, str(Path(__file__).parent / "rules"))
        with running_stack("summaries") as running:
            yield {name: running.url(name) for name in running.services}


@pytest.fixture
async def nowhere(urls: dict[str, str]) -> AsyncIterator[Field]:
    """A field without units."""
    async with signing_client(timeout=120) as http:
        yield Field(http, urls)
