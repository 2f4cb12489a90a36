"""Copies in the database: the same whatever the order of streams and the cuts between batches."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.contracts import Event, membership
from shared.copies import apply_copies
from shared.database import Connection
from shared.envelope import Place, Provenance, Recorded, encode
from shared.ids import new_id
from shared.reading.incoming import Incoming
from shared.units import EMPLOYER, UNIT, UnitCopy
from tests.support import applied

DAY = date(2026, 1, 5)
MOMENT = datetime(2026, 1, 5, tzinfo=UTC)
WHY = Provenance("test", new_id(), new_id())
APPLY = apply_copies([UNIT, EMPLOYER])


@pytest.fixture(scope="module")
def built(module_database: str) -> str:
    asyncio.run(applied.build(module_database))
    return module_database


def value(subject: UUID, version: int, event: Event, unit: UUID) -> bytes:
    place = Place(unit, (unit,), (), unit)
    return encode(Recorded(new_id(), subject, version, MOMENT, place, WHY, event))


def incoming(values: Sequence[bytes]) -> list[Incoming]:
    return [Incoming("union.membership", 0, n, MOMENT, b"", each, 0, n) for n, each in enumerate(values, 1)]


def world(unique: str) -> tuple[UUID, UUID, list[bytes]]:
    """A union that is renamed and moved, and the employer it covers."""
    union, employer, parent, other = (uuid4() for _ in range(4))
    events = [
        (
            union,
            membership.UnionEstablished(
                occurredon=DAY,
                name="Test union",
                level=6,
                kind="enterprise",
                form="committee",
                parent=parent,
                division=f"{unique}-old",
            ),
        ),
        (
            union,
            membership.UnionRenamed(
                occurredon=DAY,
                old_name="Test union",
                name="New name",
                old_division=f"{unique}-old",
                division=f"{unique}-new",
            ),
        ),
        (union, membership.UnionMoved(occurredon=DAY, old_parent=parent, parent=other)),
        (
            employer,
            membership.EmployerRegistered(
                occurredon=DAY, name="Test works", kind="private", credit_code=unique
            ),
        ),
        (employer, membership.EmployerCovered(occurredon=DAY, employer=employer, employer_kind="private")),
    ]
    versions: dict[UUID, int] = {}
    values = []
    for subject, event in events:
        versions[subject] = versions.get(subject, 0) + 1
        values.append(value(subject, versions[subject], event, union))
    return union, employer, values


async def copy_of(connection: Connection, kind: str, id_: UUID) -> str | None:
    found: str | None = await connection.fetchval(
        "SELECT state::text FROM copy WHERE kind = $1 AND id = $2", kind, id_
    )
    return found


@given(data=st.data())
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_any_order_and_any_cuts_end_in_the_same_copies(built: str, data: st.DataObject) -> None:
    unique = uuid4().hex
    union, employer, values = world(unique)
    arriving = data.draw(st.permutations(values))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(values)), max_size=4)))
    connection = await asyncpg.connect(built)
    try:
        for start, end in itertools.pairwise([0, *cuts, len(values)]):
            async with connection.transaction():
                await APPLY(connection, incoming(arriving[start:end]))
        state = UNIT.state.model_validate_json(await copy_of(connection, "union", union) or "")
        assert isinstance(state, UnitCopy)
        assert (state.name, state.division, len(state.hung)) == ("New name", f"{unique}-new", 2)
        kept = EMPLOYER.state.model_validate_json(await copy_of(connection, "employer", employer) or "")
        assert kept.union == union
        names = await connection.fetch(
            "SELECT value, id FROM copy_name WHERE value LIKE $1 ORDER BY value", f"{unique}%"
        )
        assert [tuple(row) for row in names] == [
            (unique, employer),
            (f"{unique}-new", union),
            (f"{unique}-old", union),
        ]
        assert await connection.fetchval("SELECT count(*) FROM copy_waiting WHERE id = $1", union) == 0
        version = await connection.fetchval(
            "SELECT version FROM copy WHERE kind = 'union' AND id = $1", union
        )
        assert version == 3
    finally:
        await connection.close()


async def test_what_comes_before_the_birth_is_not_shown(built: str) -> None:
    union, _, values = world(uuid4().hex)
    connection = await asyncpg.connect(built)
    try:
        async with connection.transaction():
            await APPLY(connection, incoming(values[1:3]))
        assert await copy_of(connection, "union", union) is None
        assert await connection.fetchval("SELECT count(*) FROM copy_waiting WHERE id = $1", union) == 2
    finally:
        await connection.close()


async def test_what_cannot_be_read_or_is_not_known_is_passed_by(built: str) -> None:
    union, _, values = world(uuid4().hex)
    strange = values[0].replace(b"UnionEstablished.v1", b"UnionEnchanted.v1")
    connection = await asyncpg.connect(built)
    try:
        async with connection.transaction():
            await APPLY(connection, incoming([b"{", strange, b"\x00", values[0]]))
        assert await copy_of(connection, "union", union) is not None
    finally:
        await connection.close()


async def test_two_workers_that_tell_of_one_employer_lose_neither_word(built: str) -> None:
    """Unions whose streams are read by two workers cover one employer, each for a while."""
    unique = uuid4().hex
    _, employer, values = world(unique)
    unions = [uuid4() for _ in range(20)]
    covered = membership.EmployerCovered(occurredon=DAY, employer=employer, employer_kind="private")

    async def worker(mine: Sequence[UUID]) -> None:
        connection = await asyncpg.connect(built)
        try:
            for union in mine:
                async with connection.transaction():
                    await APPLY(
                        connection, incoming([value(employer, 3 + unions.index(union), covered, union)])
                    )
        finally:
            await connection.close()

    await asyncio.gather(worker(unions[:10]), worker(unions[10:]), worker_of(built, values))
    connection = await asyncpg.connect(built)
    try:
        kept = EMPLOYER.state.model_validate_json(await copy_of(connection, "employer", employer) or "")
        assert set(unions) <= set(kept.covers)
    finally:
        await connection.close()


async def worker_of(url: str, values: Sequence[bytes]) -> None:
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await APPLY(connection, incoming(values))
    finally:
        await connection.close()
