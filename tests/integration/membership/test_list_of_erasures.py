"""The list of erasures lies on a topic: a database put back to before learns from it who was erased since."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from typing import Any
from uuid import UUID

import pytest

from services.membership.erasures import Applying, Publishing
from shared.errors import Unavailable
from tests.integration.membership.conftest import Membership
from tests.integration.membership.province import VILLAGE, member, settle
from tests.integration.membership.test_erasure import erased
from tests.support.servers import KafkaServer

PARTITIONS = 6
SECONDS = 180.0
FORGET = "DELETE FROM erasure"
PUT_BACK = "INSERT INTO person_vault (person, wrapped_key, record, identity) VALUES ($1, $2, $3, $4)"
KEPT = "SELECT person, wrapped_key, record, identity FROM person_vault WHERE person = $1"
OWNED = "SELECT count(*) FROM claim WHERE kind = 'identity' AND owner = $1"
CLAIM = "INSERT INTO claim (kind, value, owner) VALUES ('identity', $1, $2)"


async def test_a_database_put_back_erases_again_who_was_erased(
    membership: Membership, kafka: KafkaServer
) -> None:
    await settle(membership)
    id_ = await membership.done("members", member(2, VILLAGE, name="示例马可会员"))
    await membership.done(f"members/{id_}/leave", {"reason": "resigned", "left_on": "2009-01-01"})
    who = UUID((await membership.get(f"members/{id_}"))["person"])
    kept = await membership.pool.fetchrow(KEPT, who)
    assert kept is not None
    await erased(membership, who)
    async with running(Publishing(membership.pool, kafka.bootstrap, PARTITIONS).run()):
        await until(membership, "SELECT count(*) > 0 AND count(published) = count(*) FROM erasure")
    # As the backup had it: the record, the way to it, and no erasure.
    await membership.pool.execute(FORGET)
    await membership.pool.execute(PUT_BACK, *kept)
    await membership.pool.execute(CLAIM, kept["identity"], who)
    applying = Applying(membership.pool, kafka.bootstrap)
    with pytest.raises(Unavailable):
        applying.check()
    async with running(applying.run()):
        await until(membership, "SELECT count(*) > 0 FROM erasure")
        await ready(applying)
    applying.check()
    assert await membership.pool.fetchrow(KEPT, who) is None
    assert await membership.pool.fetchval(OWNED, who) == 0
    answer = await membership.http.get(f"/v1/members/{id_}/person")
    assert (answer.status_code, answer.json()["code"]) == (410, "person-erased")


async def test_a_broker_that_is_away_keeps_vaults_closed_and_nobody_waiting(membership: Membership) -> None:
    applying = Applying(membership.pool, "127.0.0.1:9")
    async with running(applying.run()):
        await ready(applying)
        with pytest.raises(Unavailable):
            applying.check()


@contextlib.asynccontextmanager
async def running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def ready(applying: Applying) -> None:
    async with asyncio.timeout(SECONDS):
        while True:
            if not await applying.ready():
                return
            await asyncio.sleep(0.05)


async def until(membership: Membership, question: str) -> None:
    async with asyncio.timeout(SECONDS):
        while True:
            if await membership.pool.fetchval(question):
                return
            await asyncio.sleep(0.05)
