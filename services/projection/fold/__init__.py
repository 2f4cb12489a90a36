"""The fold: what one event moves. Pure functions of the event alone; unknown events move nothing.

Most folds are data (`declared`, from the catalogue's subjects). A function is written where what moves
depends on more than a field: the attributes before and after, or the kind of unit.
"""

from collections.abc import Callable
from typing import Any

from services.projection import catalogue
from services.projection.fold import membership
from services.projection.fold.declared import fold_of
from services.projection.fold.reports import Kept, kept_of
from services.projection.fold.said import Dims, Move, NodeChange, TreeChange, Unfoldable
from services.projection.fold.tree import node_of, provisional_of, tree_changes_of
from shared.contracts import RELEASED, Event
from shared.contracts import membership as m
from shared.envelope import Recorded

__all__ = [
    "Dims",
    "Kept",
    "Move",
    "NodeChange",
    "TreeChange",
    "Unfoldable",
    "kept_of",
    "moves_of",
    "node_of",
    "provisional_of",
    "tree_changes_of",
]

_FOLDS: dict[type[Event], Callable[[Recorded, Any], tuple[Move, ...]]] = {
    m.UnionEstablished: membership.union_established,
    m.UnionTypeChanged: membership.union_type_changed,
    m.UnionMerged: membership.union_ended,
    m.UnionDissolved: membership.union_ended,
    m.EmployerRegistered: membership.employer_registered,
    m.EmployerCovered: membership.employer_covered,
    m.EmployerUncovered: membership.employer_uncovered,
    m.EmployerScaleAssessed: membership.employer_scale_assessed,
    m.WorkforceReported: membership.workforce_reported,
    m.MemberJoined: membership.member_joined,
    m.MemberTransferredOut: membership.member_transferred_out,
    m.MemberTransferredIn: membership.member_transferred_in,
    m.MemberLeft: membership.member_left,
    m.MemberRetired: membership.member_retired,
    m.MemberRetained: membership.member_retained,
    m.MemberResumed: membership.member_resumed,
    m.MemberCorrected: membership.member_corrected,
    m.EstablishmentTargetSet: membership.establishment_target_set,
}


def _folds() -> dict[type[Event], Callable[[Recorded, Any], tuple[Move, ...]]]:
    book = catalogue.load()
    declared = {
        RELEASED[name]: fold_of(RELEASED[name], moves, book)
        for name, moves in book.declared.items()
        if name in RELEASED
    }
    for event, fold in _FOLDS.items():
        declared[event] = _both(fold, declared[event]) if event in declared else fold
    return declared


def _both(
    one: Callable[[Recorded, Any], tuple[Move, ...]], other: Callable[[Recorded, Any], tuple[Move, ...]]
) -> Callable[[Recorded, Any], tuple[Move, ...]]:
    return lambda recorded, event: one(recorded, event) + other(recorded, event)


FOLDS = _folds()


def moves_of(recorded: Recorded) -> tuple[Move, ...]:
    """The metrics this event moves, at the unit of its envelope; empty if none."""
    fold = FOLDS.get(type(recorded.event))
    return fold(recorded, recorded.event) if fold else ()
