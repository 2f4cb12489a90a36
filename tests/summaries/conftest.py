"""The whole system with the local rules of the sample areas, once for a session."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from shared.rules import LOCAL_FOLDER
from tests.support.field import Field
from tests.support.signing import signing_client
from unionstream.embedded.stack import Stack


@pytest.fixture(scope="package")
def urls() -> Iterator[dict[str, str]]:
    """Where each service answers; the folder is within reach of the account that PostgreSQL runs as."""
    top = Path(tempfile.mkdtemp(prefix="unionstream-summaries-"))
    top.chmod(0o711)
    with pytest.MonkeyPatch.context() as environment:
        environment.setitem(os.environ, LOCAL_FOLDER, str(Path(__file__).parent / "rules"))
        try:
            with Stack(top / "data") as running:
                yield {name: running.url(name) for name in running.services}
        finally:
            shutil.rmtree(top, ignore_errors=True)


@pytest.fixture
async def nowhere(urls: dict[str, str]) -> AsyncIterator[Field]:
    """A field without units."""
    async with signing_client(timeout=120) as http:
        yield Field(http, urls)
