"""The writer on a real database: once is enough, half is nothing, and what cannot be read is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.projection.writer import MOST_DEAD, TooManyUnreadable
from shared.contracts import membership as m
from shared.envelope import decode, encode
from shared.reading.incoming import Incoming
from tests.support.histories import (
    EXAMPLES,
    HISTORIES,
    UNITS,
    History,
    history_of,
    interleaved,
    numbered,
    on,
    uid,
)
from tests.support.stage import Stage
from tests.support.streams import Ledger

BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
    ],
)
BORN = [11] * len(UNITS)
WRITTEN = ("fact", "trail", "tree_change", "dead_letter", "stream_progress")


@pytest.fixture
def empty(stage: Stage) -> Stage:
    stage.reset()
    return stage


def written(stage: Stage) -> dict[str, list[Any]]:
    tables = {table: sorted(map(repr, stage.fetch(f"SELECT * FROM {table}"))) for table in WRITTEN}
    nodes = "SELECT id, level, kind, name, status, version, established, ended FROM node"
    return tables | {"node": sorted(map(repr, stage.fetch(nodes)))}


def of(values: Sequence[bytes]) -> list[Incoming]:
    """These values as one stream of membership."""
    ledger = Ledger("union.membership")
    return [ledger.add(0, value) for value in values]


@BOUNDED
@given(history=HISTORIES, seed=st.integers(0, 2**32))
def test_a_batch_twice_leaves_what_it_left_once(stage: Stage, history: History, seed: int) -> None:
    stage.reset()
    for batch in interleaved(history, seed):
        stage.deliver(batch)
        once = written(stage)
        stage.deliver(batch)
        assert written(stage) == once


def test_every_event_has_its_row_in_the_trail(empty: Stage) -> None:
    records = numbered(history_of([("member", 8, 1, 20), ("dues", 9, 3, 30)], BORN))
    empty.deliver(records)
    trail = {
        (row["lane"], row["sequence"]): row
        for row in empty.fetch("SELECT t.*, n.id AS union FROM trail AS t JOIN node AS n ON n.key = t.unit")
    }
    assert len(trail) == len(records)
    for record in records:
        row = trail[(0 if record.topic == "union.membership" else 24) + record.stream, record.sequence]
        event = decode(record.value)
        assert (row["id"], row["type"], row["subject"]) == (event.id, event.event.wire_type(), event.subject)
        assert (row["union"], row["version"]) == (event.place.unit, event.version)
        assert (row["recorded"], row["sequenced"]) == (event.time, record.sequenced)
        assert (row["day"], row["chain"]) == (event.event.occurredon, record.chain)


def test_when_the_transaction_fails_nothing_is_written(empty: Stage) -> None:
    records = numbered(history_of([("member", 8, 1, 20)], BORN))
    before = written(empty)

    async def refuse_trail() -> None:
        await empty.connection.execute(
            "ALTER TABLE trail ADD CONSTRAINT nobody CHECK (sequence < 0) NOT VALID"
        )

    async def allow_trail() -> None:
        await empty.connection.execute("ALTER TABLE trail DROP CONSTRAINT nobody")

    empty.run(refuse_trail())
    try:
        with pytest.raises(asyncpg.CheckViolationError):
            empty.deliver(records)
    finally:
        empty.run(allow_trail())
    left = written(empty)
    assert {table: left[table] for table in WRITTEN} == {table: before[table] for table in WRITTEN}
    empty.deliver(records)
    assert empty.fetch("SELECT count(*) FROM trail")[0][0] == len(records)


BROKEN = {
    "undecodable": b"no event",
    "unknown-type": b'{"type": "union.membership.UnionSung.v9", "data": {}}',
}


@pytest.mark.parametrize("reason", BROKEN)
def test_what_cannot_be_read_is_kept_whole_and_the_stream_goes_on(empty: Stage, reason: str) -> None:
    good = [encode(event) for event in history_of([], BORN).events[:2]]
    empty.deliver(of([good[0], BROKEN[reason], good[1]]))
    dead = empty.fetch("SELECT lane, sequence, reason, value FROM dead_letter")
    assert [tuple(row) for row in dead] == [(0, 2, reason, BROKEN[reason])]
    assert [row[0] for row in empty.fetch("SELECT sequence FROM trail ORDER BY 1")] == [1, 2, 3]
    assert empty.fetch("SELECT count(*) FROM fact")[0][0] == 2


IMPOSSIBLE = [
    m.UnionJoinedLine(occurredon=on(1), line="seafaring", old_parent=None, parent=UUID(int=1)),
    m.MemberJoined(occurredon=date(1, 1, 1), person=UUID(int=1), sex="female", worker_kind="general"),
    m.MemberJoined(occurredon=on(1), person=UUID(int=1), sex="fe\x00male", worker_kind="general"),
    m.EstablishmentTargetSet(
        occurredon=on(1), year=0, population="enterprise", old_unions=None, unions=1, issuer=UUID(int=1)
    ),
    m.EstablishmentTargetSet(
        occurredon=on(1),
        year=2024,
        population="enterprise",
        old_unions=None,
        unions=10**30,
        issuer=UUID(int=1),
    ),
]


@pytest.mark.parametrize("event", IMPOSSIBLE)
def test_what_no_table_could_hold_is_kept_too(empty: Stage, event: m.MembershipEvent) -> None:
    first = history_of([], BORN).events[0]
    empty.deliver(of([encode(first), encode(replace(first, event=event))]))
    assert [tuple(row) for row in empty.fetch("SELECT sequence, reason FROM dead_letter")] == [
        (2, "impossible")
    ]


def test_a_burst_of_unreadable_events_stops_the_worker(empty: Stage) -> None:
    with pytest.raises(TooManyUnreadable):
        empty.deliver(of([b"%d" % n for n in range(MOST_DEAD + 1)]))
    assert empty.fetch("SELECT count(*) FROM trail")[0][0] == 0
    assert {row[0] for row in empty.fetch("SELECT sequence FROM stream_progress")} == {0}


@pytest.mark.parametrize("table", ["fact", "trail", "tree_change"])
@pytest.mark.parametrize("change", ["UPDATE {} SET sequence = 0", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_is_written_stays(empty: Stage, table: str, change: str) -> None:
    async def attempt() -> None:
        async with empty.connection.transaction():
            await empty.connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER append_only")
            await empty.connection.execute(change.format(table))

    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        empty.run(attempt())


def test_attributes_follow_the_highest_version_in_any_order(empty: Stage) -> None:
    births = history_of([], BORN)
    names = [f"name {n}" for n in range(4)]
    for old, new in pairwise(names):
        renamed = m.UnionRenamed(occurredon=on(50), old_name=old, name=new, old_division=None, division=None)
        births.record("group0", uid("group0"), renamed)
    values = [encode(event) for event in births.events if event.subject == uid("group0")]
    assert len(values) == 4
    # A unit below the grassroots that changed its union changes its stream: the later part may come first.
    later, earlier = Ledger("union.membership"), Ledger("union.membership")
    empty.deliver([later.add(1, value) for value in values[2:]])
    empty.deliver([earlier.add(0, value) for value in values[:2]])
    row = empty.fetch("SELECT name, level, version, established FROM node WHERE id = $1", uid("group0"))[0]
    assert tuple(row) == ("name 3", 8, 4, on(11))


def test_repeats_are_compared_with_the_trail(empty: Stage) -> None:
    records = of([encode(event) for event in history_of([], BORN).events])
    empty.deliver(records)
    forged = replace(records[3], chain=b"\x01" * 32)
    empty.deliver([forged])
    assert [
        tuple(row) for row in empty.fetch("SELECT stream, halted FROM stream_progress WHERE halted <> ''")
    ] == [(0, "fork")]
