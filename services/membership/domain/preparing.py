"""A union on its way: requested, approved by the next higher union, elected, established (DOMAIN ORG-03).

Whoever asks for it or reports its election does not approve. While it is open it holds its employers: no
employer is prepared twice at a time.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.membership.domain.approaching import check_without_union
from services.membership.domain.dates import check_happened, check_not_before
from services.membership.domain.electing import check_candidates
from services.membership.domain.employers import Employer
from services.membership.domain.unions import GRASSROOTS, Union, check_living
from shared.approval import refuse_own
from shared.catalogues import catalogue
from shared.contracts.membership import (
    FoundingElectionReported,
    PreparationCancelled,
    PreparationConcluded,
    PreparationRequested,
    PreparationStarted,
)
from shared.errors import Refused
from shared.work.kinds import Claim


class NotHigherUnion(Refused):
    """Unions are prepared with the approval of a union above the grassroots."""

    code = "not-a-higher-union"


class EmployerInPreparation(Refused):
    """Another open preparation has this employer."""

    code = "employer-in-preparation"


class PreparationDecided(Refused):
    """The request has been approved already."""

    code = "preparation-decided"


class PreparationNotStarted(Refused):
    """The next higher union has not approved the preparation yet."""

    code = "preparation-not-started"


class PreparationOver(Refused):
    """The preparation was cancelled, or its union was established."""

    code = "preparation-over"


class ElectionMissing(Refused):
    """No result of a founding election has been reported."""

    code = "election-missing"


class ElectionReportedAlready(Refused):
    """The result of the founding election has been reported."""

    code = "election-reported-already"


class Election(NamedTuple):
    """A founding election as reported: seats to fill, candidates for them, number of the report."""

    held_on: date
    seats: int
    candidates: int
    document: str
    recorder: str


class Preparation(BaseModel):
    """State of a preparation at `union`, the next higher one."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    employers: tuple[UUID, ...]
    recorder: str
    requested_on: date
    approver: str | None = None
    started_on: date | None = None
    reporter: str | None = None
    held_on: date | None = None
    seats: int = 0
    reported_on: date | None = None
    ended_on: date | None = None
    established: UUID | None = None


def claims(preparation: Preparation) -> frozenset[Claim]:
    """Its employers, while it is open."""
    if preparation.ended_on is not None:
        return frozenset()
    return frozenset(Claim("preparing", str(each)) for each in preparation.employers)


def decide_request(
    union: Union, employers: Mapping[UUID, Employer], recorder: str, on: date, today: date
) -> tuple[PreparationRequested, ...]:
    """Ask a living higher union to let a union be prepared at employers that have none."""
    check_happened(on, today)
    check_living(union, on)
    if union.level >= GRASSROOTS:
        raise NotHigherUnion(
            f"a union of level {union.level} approves no preparation",
            "union",
            str(union.level),
            "name the next higher union",
        )
    for id_, state in employers.items():
        check_without_union(id_, state)
    return (PreparationRequested(occurredon=on, employers=tuple(employers), recorder=recorder),)


def decide_approve(
    preparation: Preparation, document: str, approver: str, on: date, today: date
) -> tuple[PreparationStarted, ...]:
    """Approved in writing by somebody else: the preparation starts."""
    check_open(preparation)
    if preparation.started_on is not None:
        raise PreparationDecided(
            f"it was approved on {preparation.started_on.isoformat()}", "preparation", "", "nothing to do"
        )
    refuse_own(preparation.recorder, approver)
    check_happened(on, today)
    check_not_before(preparation.requested_on, on)
    return (
        PreparationStarted(
            occurredon=on,
            employers=preparation.employers,
            document=document,
            recorder=preparation.recorder,
            approver=approver,
        ),
    )


def decide_report_election(
    preparation: Preparation, election: Election, on: date, today: date
) -> tuple[FoundingElectionReported, ...]:
    """The meeting was held after the approval, and reported on or after its day."""
    check_open(preparation)
    if preparation.started_on is None:
        raise PreparationNotStarted(
            "the preparation is not approved yet", "preparation", "", "let the higher union approve it first"
        )
    if preparation.held_on is not None:
        raise ElectionReportedAlready(
            f"the election of {preparation.held_on.isoformat()} is reported",
            "preparation",
            "",
            "nothing to do",
        )
    check_happened(on, today)
    check_not_before(preparation.started_on, election.held_on, "held_on")
    check_not_before(election.held_on, on)
    check_candidates(election.seats, election.candidates)
    return (FoundingElectionReported(occurredon=on, **election._asdict()),)


def decide_cancel(
    preparation: Preparation, reason: str, on: date, today: date
) -> tuple[PreparationCancelled, ...]:
    """Given up for a reason of the catalogue; its employers are free again."""
    catalogue("preparation_cancel_reasons").checked(reason, "reason")
    check_open(preparation)
    check_happened(on, today)
    check_not_before(_latest(preparation), on)
    return (
        PreparationCancelled(
            occurredon=on,
            employers=preparation.employers,
            reason=reason,
            started=preparation.started_on is not None,
        ),
    )


def decide_conclude(
    preparation: Preparation, union: UUID, approver: str, on: date, today: date
) -> tuple[PreparationConcluded, ...]:
    """The union is established by somebody who neither asked for it nor reported its election."""
    check_open(preparation)
    if preparation.held_on is None or preparation.reporter is None:
        raise ElectionMissing(
            "no founding election has been reported",
            "preparation",
            "",
            "report the election, then establish the union",
        )
    refuse_own(preparation.recorder, approver)
    refuse_own(preparation.reporter, approver)
    check_happened(on, today, "approved_on")
    check_not_before(_latest(preparation), on, "approved_on")
    return (PreparationConcluded(occurredon=on, employers=preparation.employers, union=union),)


def check_open(preparation: Preparation) -> None:
    """Raises PreparationOver."""
    if preparation.ended_on is not None:
        raise PreparationOver(
            f"the preparation ended on {preparation.ended_on.isoformat()}",
            "preparation",
            str(preparation.established or ""),
            "request a new one",
        )


def evolve(preparation: Preparation | None, event: Any) -> Preparation:
    """The next state; the request is followed by `union`, which the envelope tells."""
    if preparation is None:
        raise TypeError(f"{type(event).__name__} before the preparation was requested")
    return preparation.model_copy(update=_change(event))


def requested(union: UUID, event: PreparationRequested) -> Preparation:
    """The first state."""
    return Preparation(
        union=union, employers=event.employers, recorder=event.recorder, requested_on=event.occurredon
    )


def _latest(preparation: Preparation) -> date:
    return preparation.reported_on or preparation.started_on or preparation.requested_on


def _change(event: Any) -> dict[str, Any]:
    match event:
        case PreparationStarted():
            return {"approver": event.approver, "started_on": event.occurredon}
        case FoundingElectionReported():
            return {
                "reporter": event.recorder,
                "held_on": event.held_on,
                "seats": event.seats,
                "reported_on": event.occurredon,
            }
        case PreparationCancelled():
            return {"ended_on": event.occurredon}
        case PreparationConcluded():
            return {"ended_on": event.occurredon, "established": event.union}
        case _:
            raise TypeError(f"{type(event).__name__} does not happen to a preparation")
