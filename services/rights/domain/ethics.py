"""A review of professional ethics, once a semester: those reviewed by band."""

from datetime import date
from uuid import UUID, uuid5

from shared.contracts.rights import EthicsReviewed
from shared.errors import Refused
from shared.frozen import Frozen

REVIEWS = UUID("3d0d6f7e-1b63-5c2f-9d0b-7c1a54be6a02")


class BandsBesideReviewed(Refused):
    """The bands add up to all who were reviewed, each band once."""

    code = "bands-beside-reviewed"


class ReviewedAlready(Refused):
    """One review for each union, year and semester."""

    code = "ethics-reviewed-already"


class EthicsReview(Frozen):
    """One semester's review."""

    union: UUID
    semester: str
    reviewed: int
    on: date


def review_id(union: UUID, year: int, semester: str) -> UUID:
    """One for each union, year and semester."""
    return uuid5(REVIEWS, f"{union}/{year}/{semester}")


def decide_review(state: EthicsReview | None, reviewed: EthicsReviewed) -> tuple[EthicsReviewed]:
    """Everybody stands in one band."""
    if state is not None:
        raise ReviewedAlready(
            f"it was reviewed on {state.on}",
            field="semester",
            value=reviewed.semester,
            remedy="give the next semester",
        )
    names = [each.band for each in reviewed.bands]
    if len(set(names)) < len(names) or sum(each.people for each in reviewed.bands) != reviewed.reviewed:
        raise BandsBesideReviewed(
            f"{reviewed.reviewed} were reviewed",
            field="bands",
            value=str(sum(each.people for each in reviewed.bands)),
            remedy="give each band once, so that they add up to all reviewed",
        )
    return (reviewed,)


def evolve(_state: EthicsReview | None, event: EthicsReviewed) -> EthicsReview:
    """The review."""
    return EthicsReview(
        union=event.union, semester=event.semester, reviewed=event.reviewed, on=event.occurredon
    )
