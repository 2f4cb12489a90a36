"""Growth: a figure now against what it was before, by the rule of the catalogue (DOMAIN STA-06).

No data before, a union that did not exist then, or nothing to divide by: no figure, never an infinite one.
"""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from services.projection.catalogue import Figure
from services.projection.queries.derived import change, period_before, year_before
from services.projection.queries.measured import Measured, joint

if TYPE_CHECKING:
    from services.projection.queries.figures import Reading


def days_before(figure: Figure, first: date, last: date) -> tuple[date, date]:
    """The days against which a growth is measured."""
    if figure.against == "period":
        return period_before(first, last)
    return year_before(first), year_before(last)


async def growth(reading: "Reading", figure: Figure, first: date, last: date) -> Measured:
    """The change, with both values."""
    of = reading.figure(figure.of or "")
    now = await reading.measured(of, first, last)
    before = await reading.measured(of, *days_before(figure, first, last))
    value = None
    if now.value is not None and before.value is not None and _existed(reading, before):
        value = _change(figure, now.value, before.value)
    return Measured(figure, value, joint(value, now, before), first, last, None, now, before)


def _existed(reading: "Reading", before: Measured) -> bool:
    # As-is the units of today are followed back, so the books of an older union may begin earlier.
    question = reading.question
    return (
        question.scope.basis == "as-is" or question.established is None or question.established <= before.last
    )


def _change(figure: Figure, now: int | Decimal, before: int | Decimal) -> int | Decimal | None:
    if figure.change != "percent":
        return now - before
    if before <= 0:
        return None
    return change(int(now), int(before), figure.scale, figure.decimals)
