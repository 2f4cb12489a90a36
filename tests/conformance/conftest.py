"""One stack for this folder, in it a little of everything, so that generated requests reach the rules."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conformance.known import Known, seeded
from tests.support.signing import signing_client
from tests.support.stacks import running_stack
from unionstream.embedded.deadline import run_aside
from unionstream.embedded.stack import Stack


@pytest.fixture(scope="package")
def stack() -> Iterator[Stack]:
    """The whole system, embedded."""
    with running_stack("conformance") as running:
        yield running


@pytest.fixture(scope="package")
def known(stack: Stack) -> Known:
    """Values of what there is, by the name of the parameter or field that takes them."""

    async def made() -> Known:
        async with signing_client() as http:
            return await seeded(http, {name: stack.url(name) for name in stack.services})

    return run_aside(made)
