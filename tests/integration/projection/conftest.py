"""One migrated projection database per module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.stage import Stage


@pytest.fixture(scope="module")
def stage(module_database: str) -> Iterator[Stage]:
    made = Stage(module_database)
    yield made
    made.close()
