"""The unions above, and the rules of the area, as dues need them."""

from datetime import date
from uuid import UUID

from services.finance.domain.sharing import GRASSROOTS_LEVEL, Incoming, Sharing, shared
from shared.referring import area_of
from shared.units import UNIT
from shared.work.work import Work

Above = tuple[tuple[UUID, int], ...]


def above_of(work: Work, union: UUID, on: date) -> Above:
    """The unions above on the territorial line on a date, nearest first, with their levels."""
    found: list[tuple[UUID, int]] = []
    here = work.copied(UNIT, union).parent_on(on)
    while here is not None:
        copy = work.copied(UNIT, here)
        found.append((here, copy.level))
        here = copy.parent_on(on)
    return tuple(found)


def next_upper(work: Work, union: UUID, on: date) -> UUID | None:
    """The nearest union above that is not itself a grassroots union; None for the root."""
    return next((id_ for id_, level in above_of(work, union, on) if level < GRASSROOTS_LEVEL), None)


def sharing_of(work: Work, union: UUID, said: tuple[int, date, str, str | None]) -> Sharing:
    """How dues of a union are shared; `said` is amount, date, channel and size of the payer."""
    amount_fen, on, channel, payer_size = said
    return shared(
        Incoming(
            amount_fen,
            on,
            channel,
            payer_size,
            area_of(work, union),
            work.copied(UNIT, union).level,
            above_of(work, union, on),
        )
    )
