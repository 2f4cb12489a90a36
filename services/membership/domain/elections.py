"""The election of the next committee: prepared, held, reported, approved (DOMAIN ORG-03, ORG-15).

Whoever reports it to the next higher union does not approve it.
"""

from datetime import date
from typing import NamedTuple

from services.membership.domain.committees import ONE_DAY, Committee, check_electing, check_term, term_end
from services.membership.domain.dates import check_foreseeable, check_happened, check_not_before
from services.membership.domain.electing import check_candidates
from services.membership.domain.unions import Union
from shared.approval import refuse_own
from shared.contracts.membership import CommitteeElected, ElectionHeld, ElectionPrepared, ElectionReported
from shared.errors import Malformed, Refused


class ElectionNotAtThisStage(Refused):
    """Prepared, held, reported, approved: in this order."""

    code = "election-not-at-this-stage"


class MoreVotersThanEntitled(Malformed):
    """Nobody votes who may not."""

    code = "more-voters-than-entitled"


class Plan(NamedTuple):
    """Seats to fill, and the day on which it is to be."""

    seats: int
    planned_on: date


class Ballot(NamedTuple):
    """An election as held: people entitled to vote, and those of them who did."""

    seats: int
    candidates: int
    entitled: int
    voting: int


class Approval(NamedTuple):
    """What the next higher union says: the number of its paper, its actor, the term in years."""

    document: str
    approver: str
    years: int


def decide_prepare(
    committee: Committee | None, union: Union, plan: Plan, on: date, today: date
) -> tuple[ElectionPrepared, ...]:
    """The election of the next committee; planned anew as often as needed until it is held."""
    check_happened(on, today)
    check_electing(union, on)
    state = committee or Committee()
    _check_stage(state, "", "prepared", "elected")
    check_foreseeable(plan.planned_on, today, "planned_on")
    check_not_before(on, plan.planned_on, "planned_on")
    return (ElectionPrepared(occurredon=on, ordinal=state.ordinal + 1, **plan._asdict()),)


def decide_hold(
    committee: Committee, ballot: Ballot, warnings: tuple[str, ...], on: date, today: date
) -> tuple[ElectionHeld, ...]:
    """By secret vote; what is unusual about it is recorded with it."""
    _check_stage(committee, "prepared")
    check_happened(on, today)
    check_not_before(committee.stage_on, on)
    check_candidates(ballot.seats, ballot.candidates)
    if ballot.voting > ballot.entitled:
        raise MoreVotersThanEntitled(
            f"{ballot.voting} voted, {ballot.entitled} were entitled",
            "voting",
            str(ballot.voting),
            "count those entitled, and those of them who voted",
        )
    next_one = committee.ordinal + 1
    return (ElectionHeld(occurredon=on, ordinal=next_one, warnings=warnings, **ballot._asdict()),)


def decide_report(
    committee: Committee, document: str, recorder: str, on: date, today: date
) -> tuple[ElectionReported, ...]:
    """To the next higher union."""
    _check_stage(committee, "held")
    check_happened(on, today)
    check_not_before(committee.stage_on, on)
    next_one = committee.ordinal + 1
    return (ElectionReported(occurredon=on, ordinal=next_one, document=document, recorder=recorder),)


def decide_approve(
    committee: Committee, union: Union, approval: Approval, on: date, today: date
) -> tuple[CommitteeElected, ...]:
    """The next higher union approves: the term begins."""
    _check_stage(committee, "reported")
    refuse_own(committee.recorder or "", approval.approver)
    check_happened(on, today)
    check_electing(union, on)
    check_not_before(committee.stage_on, on)
    check_term(union.level, approval.years, on)
    return (
        CommitteeElected(
            occurredon=on,
            ordinal=committee.ordinal + 1,
            seats=committee.next_seats,
            term_years=approval.years,
            term_until=term_end(on, approval.years),
            first=committee.since is None,
            due_ends_on=max(committee.until + ONE_DAY, on) if committee.until else None,
            document=approval.document,
            recorder=committee.recorder,
            approver=approval.approver,
        ),
    )


def _check_stage(committee: Committee, *stages: str) -> None:
    if committee.stage not in stages:
        raise ElectionNotAtThisStage(
            f"the election is {committee.stage or 'not prepared'}",
            "union",
            committee.stage,
            "prepare, hold, report, approve: in this order",
        )
