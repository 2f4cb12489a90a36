"""What has been read before, remembered only to read whole paths of the tree in one round the next time.

It may be stale: it decides what is fetched early, never what is answered.
"""

from uuid import UUID

from services.membership.commands.references import need_of
from shared.work.needs import Need, Own

REMEMBERED = 200_000
LONGEST_PATH = 16


class Ahead:
    """Which reference meant which union, and under which parent every unit was seen."""

    def __init__(self) -> None:
        """Nothing is remembered yet."""
        self._meant: dict[str, UUID] = {}
        self._above: dict[UUID, UUID | None] = {}

    def needs(self, reference: str) -> list[Need]:
        """What finding the union by this reference, and placing it in the tree, will probably read."""
        unit = self._meant.get(reference)
        return [need_of(reference), *(self.path(unit) if unit else ())]

    def path(self, unit: UUID) -> list[Need]:
        """The unit and those above it, as far as remembered."""
        path: list[Need] = []
        above: UUID | None = unit
        while above is not None and len(path) < LONGEST_PATH:
            path.append(Own(above))
            above = self._above.get(above)
        return path

    def meant(self, reference: str, unit: UUID) -> None:
        """Remember what a reference meant."""
        if len(self._meant) >= REMEMBERED:
            self._meant.clear()
        self._meant[reference] = unit

    def hung(self, unit: UUID, parent: UUID | None) -> None:
        """Remember where a unit hung."""
        if len(self._above) >= REMEMBERED:
            self._above.clear()
        self._above[unit] = parent
