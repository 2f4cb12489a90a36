"""One stack for this folder, in it a little of everything, so that generated requests reach the rules."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.known import Known, seeded
from tests.support.signing import signing_client
from unionstream.embedded.deadline import run_aside
from unionstream.embedded.stack import Stack


@pytest.fixture(scope="package")
def stack() -> Iterator[Stack]:
    """The whole system, embedded, in a folder within reach of the account that PostgreSQL runs as."""
    top = Path(tempfile.mkdtemp(prefix="unionstream-conformance-"))
    top.chmod(0o711)
    try:
        with Stack(top / "data") as running:
            yield running
    finally:
        shutil.rmtree(top, ignore_errors=True)


@pytest.fixture(scope="package")
def known(stack: Stack) -> Known:
    """Values of what there is, by the name of the parameter or field that takes them."""

    async def made() -> Known:
        async with signing_client() as http:
            return await seeded(http, {name: stack.url(name) for name in stack.services})

    return run_aside(made)
