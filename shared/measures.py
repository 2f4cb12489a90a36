"""What targets are measured by, for those who set them and those who read them: a figure per population."""

from collections.abc import Mapping
from typing import Literal

from shared.catalogues import Catalogue, Entry, catalogue_of

PERCENT = 100


class Measure(Entry):
    """What its numbers count, sum or rate; `populations` are those it can count, each with its figure."""

    form: Literal["sum", "rate"]
    counted: str
    populations: Mapping[str, str]

    @property
    def scale(self) -> int:
        """A rate is set in percent."""
        return PERCENT if self.form == "rate" else 1


def measures() -> Catalogue[Measure]:
    """All measures by id."""
    return catalogue_of("target_measures", Measure)
