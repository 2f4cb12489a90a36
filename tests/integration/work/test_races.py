"""Several processes writing the same things at once: nothing lost, nothing doubled, nothing half-written."""

from __future__ import annotations

import asyncio
import random
from uuid import UUID

import pytest
from pydantic_core import from_json

from shared.clock import utc_now
from shared.database import Pool
from shared.errors import Unavailable
from shared.ids import new_id
from shared.log.sequencer import sequence
from shared.work.desk import Desk
from shared.work.submission import KeyReused, Outcome
from tests.support.jars import Add, Full, Label, Stumble, ask
from tests.support.ledgers import assert_chained, logged


async def pebbles(pool: Pool, jar: UUID) -> int:
    return int(await pool.fetchval("SELECT state ->> 'pebbles' FROM aggregate WHERE id = $1", jar))


async def assert_log_tells_the_state(pool: Pool) -> None:
    """Versions have no gap and stand in the log in order; folding the events gives the state."""
    for row in await pool.fetch(
        "SELECT subject, array_agg(version ORDER BY position) AS versions,"
        " array_agg(value ORDER BY position) AS values FROM event_log GROUP BY subject"
    ):
        state = await pool.fetchrow("SELECT version, state FROM aggregate WHERE id = $1", row["subject"])
        assert state is not None
        assert row["versions"] == list(range(1, state["version"] + 1))
        assert from_json(state["state"])["pebbles"] == sum(
            from_json(value)["data"]["pebbles"] for value in row["values"]
        )


async def settle(desk: Desk, *submissions: object) -> list[Outcome]:
    """As a caller does: after `Unavailable` the same again."""
    while True:
        try:
            return await desk.execute(list(submissions))  # type: ignore[arg-type]
        except Unavailable:
            await asyncio.sleep(0.01)


async def test_concurrent_commands_on_one_aggregate_lose_nothing(
    pool: Pool, desks: list[Desk], jar: UUID
) -> None:
    async def keep_adding(desk: Desk, seed: int) -> int:
        chance, done = random.Random(seed), 0
        for _ in range(15):
            group = [ask(Add(jar=jar)) for _ in range(chance.randint(1, 5))]
            done += sum(outcome.status == "done" for outcome in await settle(desk, *group))
        return done

    added = sum(await asyncio.gather(*(keep_adding(desk, seed) for seed, desk in enumerate(desks))))
    assert await pebbles(pool, jar) == added > 60
    await assert_log_tells_the_state(pool)


async def test_a_limit_holds_whoever_comes_first(pool: Pool, desks: list[Desk], jar: UUID) -> None:
    asked = [settle(desk, *(ask(Add(jar=jar, most=10)) for _ in range(5))) for desk in desks]
    outcomes = [outcome for each in await asyncio.gather(*asked) for outcome in each]
    assert sum(outcome.status == "done" for outcome in outcomes) == 10
    assert all(isinstance(o.problem, Full) for o in outcomes if o.status != "done")
    assert await pebbles(pool, jar) == 10


async def test_the_same_key_at_once_executes_once(pool: Pool, desks: list[Desk], jar: UUID) -> None:
    for number in range(10):
        command = ask(Add(jar=jar), f"key-{number}")
        outcomes = [each[0] for each in await asyncio.gather(*(settle(desk, command) for desk in desks * 2))]
        assert sorted(outcome.status for outcome in outcomes) == ["done", *["repeated"] * 7]
        assert len({outcome.answer for outcome in outcomes}) == 1
    assert await pebbles(pool, jar) == 10


async def test_the_same_key_twice_in_one_batch(pool: Pool, desks: list[Desk], jar: UUID) -> None:
    outcomes = await desks[0].execute([ask(Add(jar=jar), "one"), ask(Add(jar=jar), "one")])
    assert [outcome.status for outcome in outcomes] == ["done", "repeated"]
    assert await pebbles(pool, jar) == 1


async def test_a_key_with_another_body_is_refused(pool: Pool, desks: list[Desk], jar: UUID) -> None:
    await desks[0].execute([ask(Add(jar=jar, pebbles=1), "one")])
    (outcome,) = await desks[1].execute([ask(Add(jar=jar, pebbles=2), "one")])
    assert isinstance(outcome.problem, KeyReused)
    assert await pebbles(pool, jar) == 1


async def test_a_refused_command_leaves_its_key_free(pool: Pool, desks: list[Desk], jar: UUID) -> None:
    """The facts may change, and the same request may then succeed."""
    command = ask(Add(jar=jar, pebbles=5, most=5), "one")
    await desks[0].execute([ask(Add(jar=jar, pebbles=1))])
    (refused,) = await desks[0].execute([command])
    assert isinstance(refused.problem, Full)
    await desks[0].execute([ask(Add(jar=jar, pebbles=-1))])
    (done,) = await desks[0].execute([command])
    assert done.status == "done"
    assert await pebbles(pool, jar) == 5


async def test_a_label_belongs_to_one_jar(pool: Pool, desks: list[Desk]) -> None:
    for number in range(10):
        label = f"label-{number}"
        asked = (settle(desk, ask(Label(jar=new_id(), label=label))) for desk in desks * 2)
        outcomes = [each[0] for each in await asyncio.gather(*asked)]
        assert sorted(outcome.status for outcome in outcomes) == ["done", *["refused"] * 7]
        assert {o.problem.code for o in outcomes if o.problem} == {"already-taken"}
    assert await pool.fetchval("SELECT count(*) FROM aggregate") == 10
    await assert_log_tells_the_state(pool)


async def test_a_label_given_up_is_free(pool: Pool, desks: list[Desk], jar: UUID) -> None:
    await desks[0].execute([ask(Label(jar=jar, label="second"))])
    held = await pool.fetch("SELECT value FROM claim WHERE kind = 'label'")
    assert [row["value"] for row in held] == ["second"]
    other = new_id()
    outcomes = await desks[1].execute(
        [
            ask(Label(jar=other, label="first")),
            ask(Label(jar=jar, label="third")),
            ask(Label(jar=other, label="second")),
        ]
    )
    assert [outcome.status for outcome in outcomes] == ["done"] * 3
    held = await pool.fetch("SELECT value, owner FROM claim WHERE kind = 'label' ORDER BY value")
    assert [tuple(row) for row in held] == [("second", other), ("third", jar)]


async def test_labels_that_change_hands_do_not_lock_each_other_for_good(
    pool: Pool, desks: list[Desk]
) -> None:
    """Two jars keep swapping three labels from four sides; a deadlock is met by deciding again."""
    jars, names = [new_id(), new_id()], ["a", "b", "c"]
    await desks[0].execute([ask(Label(jar=jar, label=name)) for jar, name in zip(jars, names, strict=False)])

    async def swap(desk: Desk, seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(20):
            group = [ask(Label(jar=chance.choice(jars), label=chance.choice(names))) for _ in range(3)]
            await settle(desk, *group)

    await asyncio.gather(*(swap(desk, seed) for seed, desk in enumerate(desks)))
    held = {
        row["owner"]: row["value"] for row in await pool.fetch("SELECT * FROM claim WHERE kind = 'label'")
    }
    states = await pool.fetch("SELECT id, state ->> 'label' AS label FROM aggregate")
    assert held == {row["id"]: row["label"] for row in states}
    await assert_log_tells_the_state(pool)


async def test_overlapping_batches_in_opposite_order(pool: Pool, desks: list[Desk]) -> None:
    """Each writes all jars, from both ends: the rows are locked in one order for everybody."""
    jars = [new_id() for _ in range(30)]
    await desks[0].execute([ask(Label(jar=jar, label=str(jar))) for jar in jars])
    orders = [jars, jars[::-1], jars[15:] + jars[:15], jars[1::2] + jars[::2]]

    async def add_all(desk: Desk, order: list[UUID]) -> None:
        for _ in range(5):
            await settle(desk, *(ask(Add(jar=jar)) for jar in order))

    await asyncio.gather(*(add_all(desk, order) for desk, order in zip(desks, orders, strict=True)))
    assert {
        row["n"] for row in await pool.fetch("SELECT (state ->> 'pebbles')::int AS n FROM aggregate")
    } == {20}
    assert (
        await pool.fetchval("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") == 0
    )
    await assert_log_tells_the_state(pool)


async def test_a_reference_counts_once_for_good(pool: Pool, desks: list[Desk], jar: UUID) -> None:
    rows = [ask(Add(jar=jar), reference=f"bank/{number}") for number in range(20)]
    outcomes = [each for some in await asyncio.gather(*(settle(d, *rows) for d in desks)) for each in some]
    assert sum(outcome.status == "done" for outcome in outcomes) == 20
    assert sum(outcome.status == "repeated" for outcome in outcomes) == 60
    assert await pebbles(pool, jar) == 20


async def test_a_version_that_has_passed_is_refused(desks: list[Desk], jar: UUID) -> None:
    asked = [settle(desk, ask(Add(jar=jar), if_match=1)) for desk in desks]
    outcomes = [each[0] for each in await asyncio.gather(*asked)]
    assert sorted(outcome.status for outcome in outcomes) == ["done", "refused", "refused", "refused"]
    assert {o.problem.code for o in outcomes if o.problem} == {"changed-meanwhile"}


async def test_a_defect_in_one_command_leaves_the_others(pool: Pool, desks: list[Desk], jar: UUID) -> None:
    outcomes = await desks[0].execute([ask(Add(jar=jar)), ask(Stumble(jar=jar)), ask(Add(jar=jar))])
    assert [outcome.status for outcome in outcomes] == ["done", "refused", "done"]
    assert await pebbles(pool, jar) == 2
    await assert_log_tells_the_state(pool)


@pytest.mark.parametrize("late", ["key", "claim", "version"])
async def test_a_conflict_at_the_last_moment_writes_nothing(
    pool: Pool, desks: list[Desk], jar: UUID, late: str
) -> None:
    """Somebody else writes between this batch's reading and writing; it must decide again, and only once."""
    other, meddled = new_id(), False
    attempt = desks[0]._write
    meddling = {
        "key": [ask(Add(jar=jar), "one")],
        "claim": [ask(Label(jar=new_id(), label="wanted"))],
        "version": [ask(Add(jar=jar))],
    }[late]

    async def meddle(connection: object, batch: object) -> None:
        nonlocal meddled
        if not meddled:
            meddled = True
            await desks[1].execute(meddling)
        await attempt(connection, batch)  # type: ignore[arg-type]

    desks[0]._write = meddle  # type: ignore[method-assign]
    outcomes = await desks[0].execute([ask(Label(jar=other, label="wanted")), ask(Add(jar=jar), "one")])
    assert meddled
    expected = {"key": ["done", "repeated"], "claim": ["refused", "done"], "version": ["done", "done"]}[late]
    assert [outcome.status for outcome in outcomes] == expected
    assert await pebbles(pool, jar) == {"key": 1, "claim": 1, "version": 2}[late]
    await assert_log_tells_the_state(pool)


async def test_what_was_raced_for_is_numbered_in_order(pool: Pool, desks: list[Desk], jar: UUID) -> None:
    async def add(desk: Desk) -> None:
        for _ in range(10):
            await settle(desk, ask(Add(jar=jar)))

    async def number() -> None:
        async with pool.acquire() as connection:
            while await pool.fetchval("SELECT coalesce(sum(sequence), 0) FROM stream_head") < 41:
                await sequence(connection, utc_now(), 3)
                await asyncio.sleep(0.001)

    async with asyncio.timeout(20):
        await asyncio.gather(number(), *(add(desk) for desk in desks))
    story = await logged(pool)
    (lines,) = story.values()
    assert [int(from_json(line[3])["streamversion"]) for line in lines] == list(range(1, 42))
    assert_chained("union.jars", story)
