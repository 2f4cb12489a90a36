"""Three services and a broker: membership and finance tell, exchange delivers. Nobody else is needed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.support.field import Field, founded
from tests.support.signing import signing_client
from unionstream.embedded.processes import PROCESSES
from unionstream.embedded.stack import Stack

WANTED = {"membership", "finance", "exchange"}


@pytest.fixture(scope="package")
def stack() -> Iterator[Stack]:
    """What was delivered is told every second, so that no test waits for a minute."""
    top = Path(tempfile.mkdtemp(prefix="unionstream-exchange-"))
    top.chmod(0o711)
    os.environ["EXCHANGE_TELL_SECONDS"] = "1"
    try:
        few = [process for process in PROCESSES if process.name in WANTED]
        with Stack(top / "data", processes=few) as running:
            yield running
    finally:
        del os.environ["EXCHANGE_TELL_SECONDS"]
        shutil.rmtree(top, ignore_errors=True)


@pytest.fixture
async def field(stack: Stack) -> AsyncIterator[Field]:
    async with signing_client() as http:
        yield await founded(http, {name: stack.url(name) for name in stack.services})
