"""The Idempotency-Key of a request of many rows."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from shared.database import Pool
from shared.errors import Malformed
from shared.work.bulk import Bulk
from shared.work.desk import Desk
from shared.work.submission import KeyReused, RequestKey, Submission
from tests.support.jars import Add, ask

ONE = RequestKey("tester", "monday", b"1" * 32)
OTHER = RequestKey("tester", "monday", b"2" * 32)


def rows(jar: UUID, *numbers: int, most: int = 100) -> list[Submission]:
    return [ask(Add(jar=jar, most=most), reference=f"bank/{number}") for number in numbers]


async def kept(pool: Pool) -> int:
    return int(await pool.fetchval("SELECT count(*) FROM command_key"))


async def logged(pool: Pool) -> int:
    return int(await pool.fetchval("SELECT count(*) FROM event_log"))


async def test_another_body_under_the_same_key(pool: Pool, desks: list[Desk], jar: UUID) -> None:
    bulk = Bulk(pool, desks[0])
    await bulk.execute(rows(jar, 1, 2), ONE)
    with pytest.raises(KeyReused):
        await bulk.execute(rows(jar, 3), OTHER)
    assert await logged(pool) == 3


async def test_the_same_body_again_repeats_every_row(pool: Pool, desks: list[Desk], jar: UUID) -> None:
    bulk = Bulk(pool, desks[0])
    first = await bulk.execute(rows(jar, 1, 2), ONE)
    again = await bulk.execute(rows(jar, 1, 2), ONE)
    assert [row.repeated for row in first] == [False, False]
    assert [(row.repeated, row.id) for row in again] == [(True, row.id) for row in first]
    assert await kept(pool) == 1


async def test_the_same_request_at_once(pool: Pool, desks: list[Desk], jar: UUID) -> None:
    bulks = [Bulk(pool, desk) for desk in desks]
    results = await asyncio.gather(*(bulk.execute(rows(jar, 1, 2, 3), ONE) for bulk in bulks))
    assert sum(not row.repeated for result in results for row in result) == 3
    assert await kept(pool) == 1


async def test_two_bodies_under_one_key_at_once(pool: Pool, desks: list[Desk], jar: UUID) -> None:
    """Whichever comes first, the other one writes nothing."""
    asked = (
        Bulk(pool, desks[0]).execute(rows(jar, 1), ONE),
        Bulk(pool, desks[1]).execute(rows(jar, 2), OTHER),
    )
    results = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(result, KeyReused) for result in results) == 1
    assert await logged(pool) == 2


async def test_rows_that_are_all_refused_leave_the_key_free(pool: Pool, desks: list[Desk], jar: UUID) -> None:
    bulk = Bulk(pool, desks[0])
    await bulk.execute([*rows(jar, 1, most=0), Malformed("no number")], ONE)
    assert await kept(pool) == 0
    (row,) = await bulk.execute(rows(jar, 1), OTHER)
    assert row.problem is None


async def test_the_key_of_a_single_command_is_no_other(pool: Pool, desks: list[Desk], jar: UUID) -> None:
    await desks[0].execute([ask(Add(jar=jar), "monday")])
    with pytest.raises(KeyReused):
        await Bulk(pool, desks[0]).execute(rows(jar, 1), ONE)
