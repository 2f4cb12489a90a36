"""What events say of the tree and of the units themselves. Pure: one event in."""

from services.projection.fold.said import (
    ALWAYS,
    PROVISIONAL,
    TERRITORIAL,
    Described,
    Ended,
    Named,
    NodeChange,
    TreeChange,
    Unfoldable,
)
from shared.catalogues import catalogue
from shared.contracts import Event
from shared.contracts import membership as m
from shared.envelope import Recorded

# Looked up by exact type: `isinstance` on pydantic classes costs more than all the rest of a fold.
PLACING = frozenset({m.UnionEstablished, m.UnionMoved, m.UnionJoinedLine, m.UnionLeftLine, m.UnionMerged})
DESCRIBING = frozenset(
    {m.UnionEstablished, m.UnionTypeChanged, m.UnionRenamed, m.UnionMerged, m.UnionDissolved}
)


def tree_changes_of(r: Recorded) -> tuple[TreeChange, ...]:
    """What the event itself decides of the tree; raises `Unfoldable` for an industry line nobody knows."""
    e = r.event
    if type(e) not in PLACING:
        return ()
    if isinstance(e, m.UnionEstablished):
        return _established(r, e)
    return (_placed(r, e),)


def provisional_of(r: Recorded) -> tuple[TreeChange, ...]:
    """What the event's lineage says of its units, good for any unit of which nothing real is known."""
    path = r.place.lineage
    above = (None, *path[:-1])
    return tuple(
        TreeChange(unit, TERRITORIAL, ALWAYS, PROVISIONAL, parent)
        for unit, parent in zip(path, above, strict=True)
    )


def node_of(r: Recorded) -> NodeChange | None:
    """The attributes of its unit that the event sets."""
    e = r.event
    if type(e) not in DESCRIBING:
        return None
    return NodeChange(
        r.subject,
        r.version,
        described=Described(e.level, e.kind, e.form)
        if isinstance(e, m.UnionEstablished | m.UnionTypeChanged)
        else None,
        named=Named(e.name, e.division) if isinstance(e, m.UnionEstablished | m.UnionRenamed) else None,
        established=e.occurredon if isinstance(e, m.UnionEstablished) else None,
        ended=_ended(e),
    )


def _ended(e: Event) -> Ended | None:
    match e:
        case m.UnionMerged():
            return Ended("merged", e.occurredon, e.successor)
        case m.UnionDissolved():
            return Ended("dissolved", e.occurredon)
        case _:
            return None


def _established(r: Recorded, e: m.UnionEstablished) -> tuple[TreeChange, ...]:
    unit, day, version = r.subject, e.occurredon, r.version
    return (
        TreeChange(unit, TERRITORIAL, day, version, e.parent, level=e.level),
        *(TreeChange(unit, _line(each.line), day, version, each.parent) for each in e.lines),
    )


def _placed(r: Recorded, e: Event) -> TreeChange:
    unit, day, version = r.subject, e.occurredon, r.version
    match e:
        case m.UnionMoved():
            return TreeChange(unit, TERRITORIAL, day, version, e.parent)
        case m.UnionJoinedLine():
            return TreeChange(unit, _line(e.line), day, version, e.parent)
        case m.UnionLeftLine():
            return TreeChange(unit, _line(e.line), day, version, None)
        case m.UnionMerged():
            return TreeChange(unit, TERRITORIAL, day, version, e.successor, merged=True)
        case _:
            msg = f"{e.wire_type()} places no unit"
            raise Unfoldable(msg)


def _line(name: str) -> int:
    entry = catalogue("lines").get(name)
    if entry is None or entry.number is None:
        msg = f"industry line {name!r} is not in the catalogue"
        raise Unfoldable(msg)
    return entry.number
