"""Votes of a congress: quorum and majority are reckoned from the roll, never from those present."""

from datetime import date
from typing import NamedTuple

from shared.errors import Refused
from shared.rules import rule


class MoreVotesThanDelegates(Refused):
    """More people than are on the roll, or more votes than people present."""

    code = "more-votes-than-delegates"


class CongressWithoutQuorum(Refused):
    """Fewer than two thirds of the delegates are there: nothing can be decided (DOMAIN RIG-09)."""

    code = "congress-without-quorum"


class Vote(NamedTuple):
    """One vote: delegates on the roll that day, those present, and how they voted."""

    delegates: int
    present: int
    in_favour: int
    against: int
    abstained: int


def quorate(delegates: int, present: int, on: date) -> bool:
    """Whether two thirds of the roll are there, by the rule of the day."""
    return present * 3 >= delegates * rule("congress.quorum_thirds", on)


def refuse_unsound(vote: Vote, on: date) -> None:
    """Raises MoreVotesThanDelegates, CongressWithoutQuorum."""
    refuse_crowd(vote.delegates, vote.present)
    votes = vote.in_favour + vote.against + vote.abstained
    if votes > vote.present:
        raise MoreVotesThanDelegates(
            f"{vote.present} are present",
            field="in_favour",
            value=str(votes),
            remedy="the votes add up to those present at most",
        )
    if not quorate(vote.delegates, vote.present, on):
        raise CongressWithoutQuorum(
            f"{vote.present} of {vote.delegates} delegates are there",
            field="present",
            value=str(vote.present),
            remedy="vote when two thirds of the delegates are there",
        )


def refuse_crowd(delegates: int, present: int) -> None:
    """Raises MoreVotesThanDelegates when more are present than on the roll."""
    if present > delegates:
        raise MoreVotesThanDelegates(
            f"{delegates} delegates are on the roll",
            field="present",
            value=str(present),
            remedy="correct the roll, or the number of those present",
        )


def carried(vote: Vote, on: date) -> bool:
    """Whether more than half of ALL delegates are in favour (DOMAIN RIG-01, RIG-09)."""
    return vote.in_favour * 100 > vote.delegates * rule("congress.majority_percent", on)
