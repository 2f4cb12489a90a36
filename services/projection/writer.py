"""The worker's write side: a batch of records becomes rows, in the reader's transaction."""

import asyncio
import gc
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from services.projection.catalogue import Catalogue
from services.projection.fold.reports import TABLES
from services.projection.metrics import DEAD_LETTERS, FACTS
from services.projection.writing import nodes
from services.projection.writing.batch import DEAD_LETTER, FACT, TRAIL, TREE_CHANGE, Batch, Row, rows_of
from services.projection.writing.keys import Keys
from services.projection.writing.reading import Dead, read
from shared.database import Connection, Pool
from shared.errors import Problem
from shared.logs import log
from shared.reading.incoming import Incoming

Kind = tuple[str, str]  # why letters cannot be read, and their type

FOLD_AT_ONCE = 250  # then others of the same process have their turn
MOST_DEAD = 50
MOST_DEAD_SHARE = 0.2

KNOWN = "SELECT sequence, chain FROM trail WHERE lane = $1 AND sequence = ANY ($2::bigint[])"


class Found(NamedTuple):
    """Letters of one kind in a burst: how many, and where the first one lies."""

    letters: int
    first: str


class TooManyUnreadable(Problem):
    """So many events of a batch cannot be read that this release is more likely wrong than they are."""

    code = "too-many-unreadable"

    def __init__(self, records: int, kinds: Mapping[Kind, Found]) -> None:
        """`kinds`: the letters by reason and type."""
        dead = sum(found.letters for found in kinds.values())
        names = ", ".join(sorted(" ".join(kind).strip() for kind in kinds)[:5])
        super().__init__(
            f"{dead} of {records} events cannot be read ({names}): is this the right release?",
            field="type",
            value=names[:200],
            remedy="start the release that knows them; or, if they are to be parked whole:"
            " unionstream dlq admit --reason …",
        )
        self.kinds = kinds


class Writer:
    """Applies batches; holds only memory of keys, so any number may run."""

    def __init__(self, pool: Pool, book: Catalogue, admitted: Collection[Kind] = ()) -> None:
        """`pool` lends a second connection while keys are given; `admitted` kinds of letters are no burst."""
        self._admitted = frozenset(admitted)
        self._keys = Keys(pool)
        self._book = book

    async def __call__(self, connection: Connection, records: Sequence[Incoming]) -> None:
        """The reader's `Apply`; raises `TooManyUnreadable` on a burst of dead letters, with nothing done."""
        with _uncollected():
            await self._write(connection, records)

    async def _write(self, connection: Connection, records: Sequence[Incoming]) -> None:
        batch = Batch()
        for start in range(0, len(records), FOLD_AT_ONCE):
            for record in records[start : start + FOLD_AT_ONCE]:
                batch.add(read(record))
            await asyncio.sleep(0)
        self._refuse_bursts(batch, len(records))
        await self._keys.learn(batch.units, batch.combos())
        self._keys.settled.update(batch.placed())
        # No await since `learn`: nobody can make the memory forget what it has just learnt.
        rows = rows_of(batch, self._keys, self._book)
        attributes = nodes.rows_of(batch.node_changes(), self._keys.units)
        await _copy(connection, "fact", FACT, rows.facts)
        await _copy(connection, "trail", TRAIL, rows.trail)
        await _copy(connection, "tree_change", TREE_CHANGE, rows.tree)
        for table, kept in rows.kept.items():
            await _copy(connection, table, ("lane", "sequence", "unit", *TABLES[table]), kept)
        await _copy(connection, "dead_letter", DEAD_LETTER, rows.dead)
        await nodes.save(connection, attributes)
        FACTS.inc(len(rows.facts))
        _tell(batch)

    def _refuse_bursts(self, batch: Batch, records: int) -> None:
        dead = [each for each in batch.dead if (each.reason, each.type) not in self._admitted]
        if len(dead) > MOST_DEAD and len(dead) > MOST_DEAD_SHARE * records:
            raise TooManyUnreadable(records, _kinds(dead))

    async def known(
        self, connection: Connection, topic: str, stream: int, sequences: Sequence[int]
    ) -> Mapping[int, bytes]:
        """The reader's `KnownChain`: links from the trail, so that repeats of any age are compared."""
        rows = await connection.fetch(KNOWN, self._book.lane(topic, stream), list(sequences))
        return {row["sequence"]: row["chain"] for row in rows}


@contextmanager
def _uncollected() -> Iterator[None]:
    """A batch makes many objects and no cycles; to look for cycles meanwhile doubles its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def _copy(connection: Connection, table: str, columns: tuple[str, ...], rows: list[Row]) -> None:
    if rows:
        await connection.copy_records_to_table(table, records=rows, columns=columns)


def _kinds(dead: Sequence[Dead]) -> dict[Kind, Found]:
    kinds: dict[Kind, Found] = {}
    for each in dead:
        record = each.record
        first = f"{record.topic}/{record.stream}#{record.sequence}"
        known = kinds.get((each.reason, each.type), Found(0, first))
        kinds[each.reason, each.type] = known._replace(letters=known.letters + 1)
    return kinds


def _tell(batch: Batch) -> None:
    for dead in batch.dead:
        DEAD_LETTERS.labels(dead.reason).inc()
        where = {"topic": dead.record.topic, "stream": dead.record.stream, "sequence": dead.record.sequence}
        log.error("event_parked", reason=dead.reason, type=dead.type, **where)
