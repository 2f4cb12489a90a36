"""Where a union hangs: one territorial parent at any date, any number of industry lines (DOMAIN ORG-06, 07).

Parents stand at a strictly higher level (a smaller number) whatever is recorded, so no sequence of moves,
backdated or not, can close a circle.
"""

from datetime import date
from uuid import UUID

from services.membership.domain.dates import NothingChanges, UnionEnded, check_foreseeable
from services.membership.domain.establishing import NewUnion
from services.membership.domain.unions import (
    GRASSROOTS,
    Timeline,
    Union,
    check_living,
)
from shared.catalogues import catalogue
from shared.contracts.membership import UnionJoinedLine, UnionLeftLine, UnionMoved
from shared.errors import Refused

INDUSTRY = "industry"
GENERAL = frozenset({"general", "federation"})
LINE_HEADS = frozenset({INDUSTRY, "general"})


class TreeUpsideDown(Refused):
    """The parent's level is not above the union's."""

    code = "tree-upside-down"


class TreeCycle(Refused):
    """The union would hang under itself."""

    code = "tree-cycle"


class ParentMissing(Refused):
    """Only a province has no parent."""

    code = "parent-missing"


class OutsideGrassrootsUnion(Refused):
    """Sub-unions and groups exist inside a grassroots union only."""

    code = "outside-grassroots-union"


class ParentNotOnLine(Refused):
    """On an industry line the parent is on that line, too, or is its head."""

    code = "parent-not-on-line"


class NotOnLine(Refused):
    """The union is not on that line on that date."""

    code = "not-on-line"


def check_place(level: int, parent: Union | None, on: date, kind: str = "") -> None:
    """Raises unless a union of this level may hang there on that date; levels may be skipped.

    An industry union may hang under the general union of its own level (DOMAIN ORG-07); a general union never
    hangs under an industry union of its level, so no circle can arise.
    """
    field = "parent"
    if parent is None:
        if level > 1:
            raise ParentMissing(
                "only a union of level 1 has no parent", field, "", "name the next higher union"
            )
        return
    beside = kind == INDUSTRY and parent.kind in GENERAL and parent.level == level
    check_above(level + beside, parent, on, field)
    if level > GRASSROOTS > parent.level:
        raise OutsideGrassrootsUnion(
            "a sub-union or group belongs to a grassroots union",
            field,
            str(parent.level),
            "name a union of level 6, or a sub-union",
        )


def check_above(level: int, parent: Union, on: date, field: str) -> None:
    """Raises TreeUpsideDown, or what `check_living` raises, for a parent that cannot be one."""
    if parent.level >= level:
        raise TreeUpsideDown(
            f"the parent's level {parent.level} is not above {level}",
            field,
            str(parent.level),
            "a parent has a smaller level number",
        )
    check_living(parent, on)


def check_lines(new: NewUnion, parents: dict[UUID, Union]) -> None:
    """The same for every industry line a new union starts on."""
    for each in new.lines:
        check_line(new.level, each.line, parents[each.parent], new.approved_on)


def check_line(level: int, line: str, parent: Union, on: date) -> None:
    """Raises unless a union of this level may hang there on that industry line."""
    catalogue("lines").checked(line, "line")
    if level > GRASSROOTS:
        raise OutsideGrassrootsUnion(
            "sub-unions and groups follow their grassroots union on every line",
            "line",
            line,
            "let the grassroots union join the line",
        )
    check_above(level, parent, on, "parent")
    if line not in parent.lines_on(on) and parent.kind not in LINE_HEADS:
        raise ParentNotOnLine(
            "on an industry line the parent is on it, too, or is its head",
            "parent",
            parent.kind,
            "name a union of that line, an industry union or a general union",
        )


def decide_move(
    unit: UUID, union: Union, target: tuple[UUID, Union, tuple[UUID, ...]], on: date, today: date
) -> tuple[UnionMoved, ...]:
    """Hang under another parent from `on` on, past or at most a year ahead.

    `target` is the parent's id, its state and its path in the tree, root first.
    """
    parent, state, path = target
    check_foreseeable(on, today)
    check_living(union, on)
    if unit in path:
        raise TreeCycle(
            "the parent is the union itself or hangs under it", "parent", str(parent), "name another parent"
        )
    check_place(union.level, state, on, union.kind)
    _check_ends_later(union.parents, state, on)
    old = union.parent(on)
    if old == parent:
        raise NothingChanges("the union hangs there already", "parent", str(parent), "nothing to do")
    return (UnionMoved(occurredon=on, old_parent=old, parent=parent),)


def decide_join_line(
    union: Union, line: str, target: tuple[UUID, Union], on: date, today: date
) -> tuple[UnionJoinedLine, ...]:
    """Hang under `target` on an industry line from `on` on; also moves on a line it is on already."""
    parent, state = target
    check_foreseeable(on, today)
    check_living(union, on)
    check_line(union.level, line, state, on)
    _check_ends_later(union.lines.get(line, ()), state, on)
    old = union.lines_on(on).get(line)
    if old == parent:
        raise NothingChanges("the union hangs there already", "parent", str(parent), "nothing to do")
    return (UnionJoinedLine(occurredon=on, line=line, old_parent=old, parent=parent),)


def decide_leave_line(union: Union, line: str, on: date, today: date) -> tuple[UnionLeftLine, ...]:
    """No longer on an industry line from `on` on."""
    catalogue("lines").checked(line, "line")
    check_foreseeable(on, today)
    check_living(union, on)
    old = union.lines_on(on).get(line)
    if old is None or on < min(entry.on for entry in union.lines[line]):
        raise NotOnLine("the union is not on that line on that date", "line", line, "check line and date")
    return (UnionLeftLine(occurredon=on, line=line, old_parent=old),)


def _check_ends_later(hung: Timeline, parent: Union, on: date) -> None:
    """A parent that ended since may be named for the past only where the union had moved away by then."""
    if parent.ended_on is None:
        return
    until = min((entry.on for entry in hung if entry.on > on), default=date.max)
    if until > parent.ended_on:
        raise UnionEnded(
            f"the parent ended on {parent.ended_on.isoformat()} and the union would still hang there",
            "parent",
            parent.name,
            "record first where the union went from that day on",
        )
