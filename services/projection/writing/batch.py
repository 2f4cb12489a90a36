"""The rows of a batch: facts, trail, tree changes, dead letters, attributes. Pure once the keys are known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from services.projection.catalogue import Catalogue
from services.projection.fold import Dims, NodeChange, TreeChange, provisional_of
from services.projection.fold.said import TERRITORIAL
from services.projection.writing import nodes
from services.projection.writing.keys import Keys
from services.projection.writing.reading import Dead, Folded
from shared.envelope import Place

FACT = ("lane", "sequence", "metric", "unit", "day", "amount", "combo", "subject")
TRAIL = (
    *("lane", "sequence", "id", "type", "unit", "subject", "version", "day"),
    *("recorded", "sequenced", "actor", "correlation", "chain"),
)
TREE_CHANGE = ("unit", "line", "effective", "version", "parent", "merged", "level", "lane", "sequence")
DEAD_LETTER = ("lane", "sequence", "type", "reason", "value")

Row = tuple[Any, ...]


@dataclass
class Batch:
    """What becomes of the records of one transaction."""

    folded: list[Folded] = field(default_factory=list)
    dead: list[Dead] = field(default_factory=list)

    def add(self, read: Folded | Dead) -> None:
        """One more record."""
        if isinstance(read, Folded):
            self.folded.append(read)
        else:
            self.dead.append(read)

    def placed(self) -> Iterable[UUID]:
        """The units that this batch places on the territorial line."""
        return (change.unit for each in self.folded for change in each.tree if change.line == TERRITORIAL)

    def units(self, familiar: Mapping[UUID, Place]) -> set[UUID]:
        """All units the rows will name, but for those of places that are `familiar` by their unit."""
        found: set[UUID] = set()
        for each in self.folded:
            place = each.event.place
            if familiar.get(place.unit) is not place:
                found.update(place.lineage)
                found.add(place.unit)
            if each.node:
                found.update(nodes.needed(each.node))
            for change in each.tree:
                found.update((change.unit,) if change.parent is None else (change.unit, change.parent))
        return found

    def combos(self) -> set[Dims]:
        """All breakdown values of the facts."""
        return {move.dims for each in self.folded for move in each.moves}

    def node_changes(self) -> list[NodeChange]:
        """Attributes of units."""
        return [each.node for each in self.folded if each.node]


@dataclass
class Rows:
    """The rows of a batch, ready for COPY."""

    facts: list[Row] = field(default_factory=list)
    trail: list[Row] = field(default_factory=list)
    tree: list[Row] = field(default_factory=list)
    dead: list[Row] = field(default_factory=list)
    kept: dict[str, list[Row]] = field(default_factory=dict)


def rows_of(batch: Batch, keys: Keys, book: Catalogue) -> Rows:
    """All rows; `keys` has learnt the batch's units and combos."""
    rows = Rows()
    said: dict[tuple[int, UUID], UUID | None] = {}
    for each in batch.folded:
        lane = book.lane(each.record.topic, each.record.stream)
        _add(rows, each, lane, keys)
        for change in (*each.tree, *_provisional(each, lane, keys, said)):
            rows.tree.append(_tree_row(change, lane, each.record.sequence, keys.units))
    for dead in batch.dead:
        lane, record = book.lane(dead.record.topic, dead.record.stream), dead.record
        rows.dead.append((lane, record.sequence, dead.type, dead.reason, record.value))
        rows.trail.append(
            (lane, record.sequence, None, dead.type, *(None,) * 5, record.sequenced, None, None, record.chain)
        )
    return rows


def _add(rows: Rows, each: Folded, lane: int, keys: Keys) -> None:
    record, recorded = each.record, each.event
    sequence, event, why = record.sequence, recorded.event, recorded.provenance
    unit = keys.units[recorded.place.unit]
    for table, values in each.kept:
        rows.kept.setdefault(table, []).append((lane, sequence, unit, *values))
    for metric, day, amount, dims, subject in each.moves:
        rows.facts.append((lane, sequence, metric, unit, day, amount, keys.combos[dims], subject))
    what = (lane, sequence, recorded.id, event.wire_type(), unit, recorded.subject, recorded.version)
    rows.trail.append(
        (
            *what,
            event.occurredon,
            recorded.time,
            record.sequenced,
            why.actor,
            why.correlation,
            record.chain,
        )
    )


def _provisional(
    each: Folded, lane: int, keys: Keys, said: dict[tuple[int, UUID], UUID | None]
) -> Sequence[TreeChange]:
    """What the lineage says of units that are not settled; the same again in the same lane is left out."""
    where, settled = each.event.place, keys.settled
    if keys.familiar.get(where.unit) is where:
        return ()
    if settled.issuperset(where.lineage):
        keys.familiar[where.unit] = where
        return ()
    fresh = []
    for change in provisional_of(each.event):
        place = (lane, change.unit)
        if change.unit not in settled and said.get(place, change.unit) != change.parent:
            said[place] = change.parent
            fresh.append(change)
    return fresh


def _tree_row(change: TreeChange, lane: int, sequence: int, units: dict[UUID, int]) -> Row:
    parent = None if change.parent is None else units[change.parent]
    unit, line, effective, version, _, merged, level = change
    return units[unit], line, effective, version, parent, merged, level, lane, sequence
