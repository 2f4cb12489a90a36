"""The fold: what one event moves. Pure functions of the event alone; unknown events move nothing."""

from collections.abc import Callable
from typing import Any

from services.projection.fold import finance, membership
from services.projection.fold.said import Dims, Move, NodeChange, TreeChange, Unfoldable
from services.projection.fold.tree import node_of, provisional_of, tree_changes_of
from shared.contracts import Event
from shared.contracts import finance as f
from shared.contracts import membership as m
from shared.envelope import Recorded

__all__ = [
    "Dims",
    "Move",
    "NodeChange",
    "TreeChange",
    "Unfoldable",
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
    f.DuesAssessed: finance.dues_assessed,
    f.DuesReceived: finance.dues_received,
    f.DuesRefunded: finance.dues_refunded,
    f.DuesOverdueFlagged: finance.dues_overdue_flagged,
    f.DuesWrittenOff: finance.dues_written_off,
    f.DuesTargetSet: finance.dues_target_set,
}


def moves_of(recorded: Recorded) -> tuple[Move, ...]:
    """The metrics this event moves, at the unit of its envelope; empty if none."""
    fold = _FOLDS.get(type(recorded.event))
    return fold(recorded, recorded.event) if fold else ()
