"""What a programme with a yearly cap has given to one recipient in one calendar year."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from shared.contracts.welfare import ReliefCounted

_NAMESPACE = UUID("5b7a4a2e-2a0c-5d0b-9a4d-41c06b1d8e33")


class ReliefTally(BaseModel):
    """`of` is a person, or a union whose every member is meant; sums by programme, in fen."""

    model_config = ConfigDict(frozen=True)

    of: UUID
    year: int
    sums: Mapping[str, int] = {}


class Counting(NamedTuple):
    """A payment (or, below zero, its reversal) that counts."""

    of: UUID
    programme: str
    case: UUID
    fen: int


def tally_id(of: UUID, year: int) -> UUID:
    """There is one per recipient and calendar year, across all unions."""
    return uuid5(_NAMESPACE, f"relief/{of}/{year}")


def counted(tally: ReliefTally | None, programme: str) -> int:
    """What the year has come to."""
    return tally.sums.get(programme, 0) if tally else 0


def decide_count(tally: ReliefTally | None, counting: Counting, on: date, year: int) -> tuple[ReliefCounted]:
    """The new sum of the year."""
    return (
        ReliefCounted(
            occurredon=on,
            of=counting.of,
            year=year,
            programme=counting.programme,
            case=counting.case,
            fen=counting.fen,
            total_fen=counted(tally, counting.programme) + counting.fen,
        ),
    )


def evolve(tally: ReliefTally | None, event: ReliefCounted) -> ReliefTally:
    """The tally after the event."""
    sums = tally.sums if tally else {}
    return ReliefTally(of=event.of, year=event.year, sums={**sums, event.programme: event.total_fen})
