"""What events say of the tree and of the units, by example."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from services.projection.fold import TreeChange, Unfoldable, node_of, tree_changes_of
from services.projection.fold.said import Described, Ended, Named, NodeChange
from shared.contracts import Event
from shared.contracts import membership as m
from shared.envelope import Place, Provenance, Recorded

DAY = date(2024, 5, 17)
UNIT, PARENT, TRADE = (UUID(int=n) for n in range(1, 4))


def recorded(event: Event) -> Recorded:
    why = Provenance("user:999999", UUID(int=9), UUID(int=9))
    return Recorded(UUID(int=8), UNIT, 3, datetime.now(UTC), Place(UNIT, (UNIT,), (), UNIT), why, event)


ESTABLISHED = m.UnionEstablished(
    occurredon=DAY,
    name="N",
    level=6,
    kind="enterprise",
    form="committee",
    parent=PARENT,
    lines=(m.LineParent(line="education", parent=TRADE),),
    division="999999000000",
)
MERGED = m.UnionMerged(occurredon=DAY, successor=PARENT, kind="k", form="joint", level=6)


@pytest.mark.parametrize(
    ("event", "changes"),
    [
        (ESTABLISHED, (TreeChange(UNIT, 0, DAY, 3, PARENT, level=6), TreeChange(UNIT, 1, DAY, 3, TRADE))),
        (
            m.UnionMoved(occurredon=DAY, old_parent=None, parent=PARENT),
            (TreeChange(UNIT, 0, DAY, 3, PARENT),),
        ),
        (
            m.UnionJoinedLine(occurredon=DAY, line="health", old_parent=None, parent=TRADE),
            (TreeChange(UNIT, 2, DAY, 3, TRADE),),
        ),
        (
            m.UnionLeftLine(occurredon=DAY, line="health", old_parent=TRADE),
            (TreeChange(UNIT, 2, DAY, 3, None),),
        ),
        (MERGED, (TreeChange(UNIT, 0, DAY, 3, PARENT, merged=True),)),
        (m.UnionDissolved(occurredon=DAY, reason="closed", kind="k", form="joint", level=6), ()),
    ],
)
def test_an_event_changes_the_tree(event: Event, changes: tuple[TreeChange, ...]) -> None:
    assert tree_changes_of(recorded(event)) == changes


def test_an_unknown_line_cannot_be_folded() -> None:
    joined = m.UnionJoinedLine(occurredon=DAY, line="seafaring", old_parent=None, parent=TRADE)
    with pytest.raises(Unfoldable):
        tree_changes_of(recorded(joined))


@pytest.mark.parametrize(
    ("event", "change"),
    [
        (
            ESTABLISHED,
            NodeChange(
                UNIT,
                3,
                Described(6, "enterprise", "committee"),
                Named("N", "999999000000"),
                established=DAY,
            ),
        ),
        (
            m.UnionTypeChanged(occurredon=DAY, kind="k", level=6, old_form="committee", form="joint"),
            NodeChange(UNIT, 3, Described(6, "k", "joint")),
        ),
        (
            m.UnionRenamed(
                occurredon=DAY, old_name="A", name="B", old_division=None, division="999999000000"
            ),
            NodeChange(UNIT, 3, named=Named("B", "999999000000")),
        ),
        (MERGED, NodeChange(UNIT, 3, ended=Ended("merged", DAY, PARENT))),
        (
            m.UnionDissolved(occurredon=DAY, reason="closed", kind="k", form="joint", level=6),
            NodeChange(UNIT, 3, ended=Ended("dissolved", DAY)),
        ),
        (m.UnionMoved(occurredon=DAY, old_parent=None, parent=PARENT), None),
    ],
)
def test_an_event_describes_its_unit(event: Event, change: NodeChange | None) -> None:
    assert node_of(recorded(event)) == change
