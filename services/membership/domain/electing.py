"""What holds for every election: secret, more candidates than seats, seats by members (DOMAIN ORG-15, 16)."""

from collections.abc import Iterator
from datetime import date

from shared.errors import Refused
from shared.rules import rule_or_none

BASIS_POINTS = 10_000
MARGIN = "election.margin_bp"
SEATS = "committee.seats"
"""`committee.seats.from_26.lowest` and the like: seats of a committee by the members of its union."""
SIZES = (11, 26, 101, 201, 501, 1001, 5001, 10001, 50001)


class FewerCandidatesThanSeats(Refused):
    """Somebody must stand for every seat."""

    code = "fewer-candidates-than-seats"


def check_candidates(seats: int, candidates: int) -> None:
    """Raises FewerCandidatesThanSeats."""
    if candidates < seats:
        raise FewerCandidatesThanSeats(
            f"{candidates} candidates stand for {seats} seats",
            "candidates",
            str(candidates),
            "count those who stood, also without success",
        )


def election_warnings(
    seats: int, candidates: int, members: int | None, on: date, area: str = ""
) -> Iterator[str]:
    """What is unusual about it: too little choice, an even committee, too large or small for the members."""
    if (candidates - seats) * BASIS_POINTS < seats * (rule_or_none(MARGIN, on, area) or 0):
        yield "election-margin-small"
    if seats % 2 == 0:
        yield "even-number-of-seats"
    if (
        members is not None
        and (bounds := seats_for(members, on, area))
        and not bounds[0] <= seats <= bounds[1]
    ):
        yield "seats-unusual-for-members"


def seats_for(members: int, on: date, area: str = "") -> tuple[int, int] | None:
    """Least and most seats of a committee of so many members; None where no rule says it."""
    size = max((each for each in SIZES if each <= members), default=None)
    if size is None:
        return None
    lowest = rule_or_none(f"{SEATS}.from_{size}.lowest", on, area)
    highest = rule_or_none(f"{SEATS}.from_{size}.highest", on, area)
    return None if lowest is None or highest is None else (lowest, highest)
