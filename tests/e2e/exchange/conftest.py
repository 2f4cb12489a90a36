"""Three services and a broker: membership and finance tell, exchange delivers. Nobody else is needed."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.support.field import Field, founded
from tests.support.signing import signing_client
from tests.support.stacks import running_stack
from unionstream.embedded.processes import PROCESSES
from unionstream.embedded.stack import Stack

WANTED = {"membership", "finance", "exchange"}


@pytest.fixture(scope="package")
def stack() -> Iterator[Stack]:
    """What was delivered is told every second, so that no test waits for a minute."""
    os.environ["EXCHANGE_TELL_SECONDS"] = "1"
    try:
        few = [process for process in PROCESSES if process.name in WANTED]
        with running_stack("exchange", few) as running:
            yield running
    finally:
        del os.environ["EXCHANGE_TELL_SECONDS"]


@pytest.fixture
async def field(stack: Stack) -> AsyncIterator[Field]:
    async with signing_client() as http:
        yield await founded(http, {name: stack.url(name) for name in stack.services})
