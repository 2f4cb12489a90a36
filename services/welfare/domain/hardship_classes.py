"""Which class of hardship the rules of a day make of a household's means (DOMAIN WEL-01, WEL-02)."""

from datetime import date
from typing import NamedTuple

from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.rules import rule_or_none
from shared.shares import WHOLE_BP

NONE = "none"
MONTHS = 12


class HardshipClass(Entry):
    """A class with its validity; see the head of the catalogue."""

    valid_from: date | None = None
    valid_to: date | None = None
    income_key: str | None = None
    loss_key: str | None = None
    at_most: bool = False

    def holds(self, on: date) -> bool:
        """Whether the class is in use on a day."""
        return (self.valid_from or date.min) <= on < (self.valid_to or date.max)


class Means(NamedTuple):
    """A household's year in fen, how many live on it, and the monthly standard per head (None: unknown)."""

    size: int
    income_fen: int
    costs_fen: int
    loss_fen: int
    standard_fen: int | None


def classes() -> Catalogue[HardshipClass]:
    """All classes, old ones included."""
    return catalogue_of("hardship_classes", HardshipClass)


def standard(on: date, area: str) -> int | None:
    """The standard of subsistence per head and month in an area, in fen."""
    return rule_or_none("hardship.standard_fen", on, area)


def computed(means: Means, on: date, area: str) -> str:
    """The first class in use that fits, or `none`."""
    fitting = (
        each.id for each in classes().values() if each.holds(on) and _fits(each, means, on=on, area=area)
    )
    return next(fitting, NONE)


def _fits(kind: HardshipClass, means: Means, *, on: date, area: str) -> bool:
    share = rule_or_none(kind.income_key or kind.loss_key or "", on, area)
    if share is None:
        return False
    if kind.loss_key:
        return means.loss_fen * WHOLE_BP > means.income_fen * share
    if means.standard_fen is None:
        return False
    left = (means.income_fen - means.costs_fen) * WHOLE_BP
    limit = means.standard_fen * share * MONTHS * means.size
    return left <= limit if kind.at_most else left < limit
