from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from shared.database import Pool
from shared.ids import new_id
from shared.work.desk import Desk
from tests.support.jars import USE_CASES, Label, ask, look
from tests.support.ledgers import make_ledger


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Pool]:
    pool = await make_ledger(database, "union.jars", connections=12)
    yield pool
    await pool.close()


@pytest.fixture
def desks(pool: Pool) -> list[Desk]:
    """As many processes of one service: each decides on its own, they share the database only."""
    return [Desk(pool, USE_CASES, look) for _ in range(4)]


@pytest.fixture
async def jar(desks: list[Desk]) -> UUID:
    """A jar that is there already."""
    jar = new_id()
    await desks[0].execute([ask(Label(jar=jar, label="first"))])
    return jar
