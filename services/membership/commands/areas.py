"""In which area a union is: local rules hold by it (`shared.rules`)."""

from uuid import UUID

from services.membership.aggregates import UNION
from shared.work.work import Work


def area_of(work: Work, unit: UUID) -> str:
    """The division code of the union, or of the nearest above it that has one; "" where none has."""
    for each in reversed(work.place(unit).lineage):
        union = work.get(UNION, each)
        if union is not None and union.division:
            return union.division
    return ""
