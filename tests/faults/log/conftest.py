from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from shared.database import Pool
from tests.support.ledgers import make_ledger
from tests.support.servers import MakeTopic


@pytest.fixture
def topic(make_topic: MakeTopic) -> str:
    return make_topic("union.faults")


@pytest.fixture
async def published(database: str, topic: str) -> AsyncIterator[Pool]:
    """The log of `topic`."""
    pool = await make_ledger(database, topic, connections=20)
    yield pool
    await pool.close()
