"""Figures that an unread event may still move: flagged while it waits among the dead letters."""

from collections.abc import Collection

from services.projection.catalogue import Catalogue
from services.projection.queries.cut import Cut
from services.projection.queries.snapshot import Snapshot

WAITING = """
SELECT DISTINCT type FROM dead_letter
WHERE redriven IS NULL AND dropped IS NULL AND sequence <= ($1::bigint[])[lane + 1]
"""

# These move no metric by themselves, but they decide where everything counts.
TREE = ("UnionEstablished", "UnionMoved", "UnionJoinedLine", "UnionLeftLine", "UnionMerged")


async def incomplete(snapshot: Snapshot, book: Catalogue, cut: Cut) -> frozenset[str]:
    """Ids of the metrics that an event waiting at this cut may move; all of them if its type is not known."""
    rows = await snapshot.connection.fetch(WAITING, list(cut.numbers))
    return touched([row["type"] for row in rows], book)


def touched(types: Collection[str], book: Catalogue) -> frozenset[str]:
    """Ids of the metrics that unread events of these types may move."""
    if any(name not in book.moves or _places(name) for name in types):
        return frozenset(book.metrics)
    return frozenset(metric for name in types for metric in book.moves[name])


def _places(name: str) -> bool:
    return any(f".{each}." in name for each in TREE)
