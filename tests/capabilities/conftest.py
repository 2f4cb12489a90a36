"""The whole system, embedded, once for a session; every test has a little country of its own on it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.support.field import Field, founded
from tests.support.signing import signing_client
from unionstream.embedded.stack import Stack


@pytest.fixture(scope="package")
def urls() -> Iterator[dict[str, str]]:
    """Where each service answers; the folder is within reach of the account that PostgreSQL runs as."""
    top = Path(tempfile.mkdtemp(prefix="unionstream-capabilities-"))
    top.chmod(0o711)
    try:
        with Stack(top / "data") as running:
            yield {name: running.url(name) for name in running.services}
    finally:
        shutil.rmtree(top, ignore_errors=True)


@pytest.fixture
async def field(urls: dict[str, str]) -> AsyncIterator[Field]:
    async with signing_client() as http:
        yield await founded(http, urls)
