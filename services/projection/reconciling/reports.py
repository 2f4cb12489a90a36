"""Declared and reported figures held against relations, against each other, and against the computed ones."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from services.projection.catalogue import UnknownFigure, load
from services.projection.queries.derived import share
from services.projection.queries.refusals import NotYetEstablished
from services.projection.queries.snapshot import Snapshot
from services.projection.reconciling.differences import Difference, Event
from services.projection.reconciling.relations import broken
from services.projection.restating import reports as closed
from services.projection.restating.reports import ClosedPeriod

# Of every declaration the last row counts. $1: units (null: all), $2 and $3: their last days.
DECLARED = """
SELECT * FROM (
    SELECT DISTINCT ON (d.declaration) d.*, n.id AS unit_id
    FROM declared AS d JOIN node AS n ON n.key = d.unit
    WHERE ($1::integer[] IS NULL OR d.unit = ANY ($1)) AND d.last_day BETWEEN $2 AND $3
    ORDER BY d.declaration, d.sequence DESC) AS last
WHERE value IS NOT NULL ORDER BY unit, source, figure
"""
# Papers that say the same of $4 figures or more as another unit's. $1 one of them (null: any).
ALIKE = """
SELECT d.*, n.id AS unit_id FROM declared_alike($1, $2, $3, $4) AS d JOIN node AS n ON n.key = d.unit
ORDER BY d.unit, d.source, d.figure
"""
DIFFERING = """
SELECT c.lane, c.sequence, n.id AS unit, r.figure, r.value AS reported, s.own
FROM closing AS c JOIN reported AS r USING (report) JOIN standing AS s USING (report, figure)
JOIN node AS n ON n.key = c.unit
WHERE c.unit = $1 AND c.last_day BETWEEN $2 AND $3 AND r.value IS DISTINCT FROM s.own
ORDER BY c.last_day, r.figure
"""
# Fewer figures may be alike by chance.
LEAST_ALIKE = 3
ABOUT = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Declared:
    """One figure of a paper."""

    value: Decimal
    qualifier: str
    event: Event
    period: ClosedPeriod


@dataclass(frozen=True, slots=True)
class Paper:
    """All that one union declared from one paper, on one line, whatever the days of each figure."""

    unit: UUID
    source: str
    figures: dict[str, Declared] = field(default_factory=dict)

    @property
    def values(self) -> Mapping[str, Decimal]:
        """By figure."""
        return {name: each.value for name, each in self.figures.items()}

    @property
    def fingerprint(self) -> frozenset[tuple[str, Decimal]]:
        """The same for papers that say the same."""
        return frozenset(self.values.items())

    def events(self, *figures: str) -> tuple[Event, ...]:
        """The declarations of these figures."""
        return tuple(self.figures[name].event for name in figures)


async def papers(snapshot: Snapshot, units: Sequence[int] | None, days: tuple[date, date]) -> list[Paper]:
    """What was declared for periods that end within these days."""
    return _papers(await snapshot.connection.fetch(DECLARED, units, *days))


async def papers_alike(snapshot: Snapshot, unit: int | None, days: tuple[date, date]) -> list[Paper]:
    """Those that say the same as another union's: of one union (its key) and its likes, or of all."""
    return _papers(await snapshot.connection.fetch(ALIKE, unit, *days, LEAST_ALIKE))


def _papers(rows: Sequence[Any]) -> list[Paper]:
    found: dict[tuple[Any, ...], Paper] = {}
    for row in rows:
        paper = found.setdefault(
            (row["unit"], row["source"], row["line"]), Paper(row["unit_id"], row["source"])
        )
        period = ClosedPeriod(
            row["declaration"],
            row["unit_id"],
            row["unit"],
            row["line"],
            row["first_day"],
            row["last_day"],
            "",
        )
        event = row["lane"], row["sequence"]
        paper.figures[row["figure"]] = Declared(Decimal(row["value"]), row["qualifier"], event, period)
    return list(found.values())


def within(paper: Paper) -> Iterator[Difference]:
    """What one paper contradicts itself in: relations, and rates that do not follow from their parts."""
    approximate = {name for name, each in paper.figures.items() if each.qualifier != "exact"}
    for each in broken(paper.values):
        relation = each.relation
        if relation.how == "equal" and relation.figures & approximate:
            continue
        yield Difference(
            "relation", paper.unit, relation.id, f"{each.right:f}", f"{each.left:f}", relation.zh,
            paper.events(*sorted(relation.figures)), relation.assumed,
        )  # fmt: skip
    for name, declared in paper.figures.items():
        yield from _rate(paper, name, declared)


def _rate(paper: Paper, name: str, declared: Declared) -> Iterator[Difference]:
    figure = load().figures.get(name)
    parts = figure.parts if figure is not None and figure.kind == "ratio" else ()
    if figure is None or len(parts) != len(paper.values.keys() & set(parts)) or not parts:
        return
    above, below = (int(paper.values[part]) for part in parts)
    decimals = max(0, -int(declared.value.as_tuple().exponent))
    expected = share(above, below, figure.scale, decimals) if below > 0 else None
    if expected is not None and expected != declared.value and declared.qualifier == "exact":
        yield Difference(
            "rate", paper.unit, name, str(expected), str(declared.value), f"{parts[0]} / {parts[1]}",
            paper.events(name, *parts),
        )  # fmt: skip


def identical(found: Sequence[Paper]) -> Iterator[Difference]:
    """Papers of different unions that say the same of three figures or more."""
    alike: dict[frozenset[tuple[str, Decimal]], list[Paper]] = defaultdict(list)
    for paper in found:
        if len(paper.figures) >= LEAST_ALIKE:
            alike[paper.fingerprint].append(paper)
    for same in alike.values():
        first = same[0]
        for other in same[1:]:
            if other.unit != first.unit:
                count, names = len(first.figures), sorted(first.figures)
                yield Difference(
                    "identical", other.unit, "", str(first.unit), str(other.unit), f"{count} ×",
                    (*first.events(*names), *other.events(*names)),
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """A declared figure beside the computed one (exact text; `trouble` is the code of why there is none)."""

    figure: str
    declared: Declared
    computed: str | None
    trouble: str
    agrees: bool


async def compared(snapshot: Snapshot, paper: Paper) -> list[Compared]:
    """Every figure of a paper; it agrees as far as its qualifier allows."""
    return [await _compared(snapshot, name, declared) for name, declared in paper.figures.items()]


async def against_computed(snapshot: Snapshot, paper: Paper) -> list[Difference]:
    """Declared figures that the computed ones do not bear out."""
    return [
        Difference(
            "declared", paper.unit, each.figure, each.computed or each.trouble, str(each.declared.value),
            each.declared.qualifier, (each.declared.event,),
        )
        for each in await compared(snapshot, paper)
        if not each.agrees
    ]  # fmt: skip


async def _compared(snapshot: Snapshot, name: str, declared: Declared) -> Compared:
    if name not in load().figures:
        return Compared(name, declared, None, UnknownFigure.code, agrees=False)
    try:
        computed = (await closed.values(snapshot, declared.period, [name]))[name]
    except NotYetEstablished as problem:
        return Compared(name, declared, None, problem.code, agrees=False)
    return Compared(name, declared, computed, "", _borne_out(declared, computed))


async def reported_otherwise(snapshot: Snapshot, unit: int, days: tuple[date, date]) -> list[Difference]:
    """Figures that were reported otherwise than they were at the cut of the closing."""
    rows = await snapshot.connection.fetch(DIFFERING, unit, *days)
    return [
        Difference(
            "reported", row["unit"], row["figure"], row["own"] or "", row["reported"] or "", "",
            ((row["lane"], row["sequence"]),),
        )
        for row in rows
    ]  # fmt: skip


def _borne_out(declared: Declared, computed: str | None) -> bool:
    try:
        exact = Decimal(computed or "")
    except ArithmeticError:
        return False
    places = Decimal(1).scaleb(int(declared.value.as_tuple().exponent))
    match declared.qualifier:
        case "over":
            return exact >= declared.value
        case "nearly":
            return exact <= declared.value
        case "about":
            return abs(exact - declared.value) <= abs(declared.value) * ABOUT
        case _:
            return exact.quantize(places, ROUND_HALF_UP) == declared.value
