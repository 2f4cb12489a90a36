"""Dividing money to the fen."""

from collections.abc import Sequence

WHOLE_BP = 10_000


def part_of(fen: int, basis_points: int) -> int:
    """Fen times basis points, exact in integers, half a fen rounded up."""
    return (fen * basis_points + WHOLE_BP // 2) // WHOLE_BP


def divided(fen: int, weights: Sequence[int]) -> tuple[int, ...]:
    """`fen` by weights, to the fen, by largest remainder; ties go to the earlier part (DOMAIN FIN-04).

    The parts add up to `fen`. Raises ValueError for weights that are negative or all zero.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights are zero or more, and not all zero")
    floors = [fen * weight // whole for weight in weights]
    remainders = [fen * weight % whole for weight in weights]
    first = sorted(range(len(weights)), key=lambda place: (-remainders[place], place))
    for place in first[: fen - sum(floors)]:
        floors[place] += 1
    return tuple(floors)
