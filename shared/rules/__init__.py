"""Rules with numbers in them, as data that holds between dates, for the whole country or one area.

A fact is judged by the rule in force on its business date in its area, for good: a later line never rewrites
an earlier fact. The most local line wins. Lines ship in this folder; a province adds its own in the folder
that the environment variable UNIONSTREAM_RULES names.
"""

import os
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.errors import Refused
from shared.yamls import read_yaml

FOLDER = Path(__file__).parent
LOCAL_FOLDER = "UNIONSTREAM_RULES"


class NoRuleInForce(Refused):
    """On that date no value of the rule is known."""

    code = "no-rule-in-force"


class Rule(BaseModel):
    """One value from `valid_from` to the day before `valid_to`; `certainty` says how well it is known.

    `level` is who sets it: national, province, prefecture, county, town or the grassroots union itself;
    `area` the digits of the division code for which it holds ("" everywhere).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z_0-9]+(\.[a-z_0-9]+)+$")
    value: int
    valid_from: date
    valid_to: date | None = None
    level: Literal["N", "P", "M", "C", "T", "G"] = "N"
    area: str = Field(default="", pattern=r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})?$")
    issuer: str
    document: str
    certainty: Literal["checked", "second-hand", "unchecked"]

    def holds(self, on: date) -> bool:
        """Whether it is in force on a date."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@cache
def rules() -> tuple[Rule, ...]:
    """All values of all rules; raises ValueError when two values of one key and area overlap."""
    known = tuple(
        sorted((Rule.model_validate(each) for each in _lines()), key=lambda r: (r.key, r.area, r.valid_from))
    )
    for earlier, later in pairwise(known):
        overlap = earlier.valid_to is None or later.valid_from < earlier.valid_to
        if (earlier.key, earlier.area) == (later.key, later.area) and overlap:
            raise ValueError(f"two values of {later.key} hold on {later.valid_from} in {later.area or 'all'}")
    return known


def rule(key: str, on: date, area: str = "") -> int:
    """The value in force on a business date in an area (a division code, "" for none in particular).

    Raises NoRuleInForce, or KeyError for a key that nobody has written.
    """
    values = _of(key)
    holding = [each for each in values if each.holds(on) and area.startswith(each.area)]
    if holding:
        return max(holding, key=lambda each: len(each.area)).value
    raise NoRuleInForce(
        f"no value of {key} is known for that day",
        field="on",
        value=on.isoformat(),
        remedy=f"the earliest known value holds from {min(each.valid_from for each in values)}",
    )


def rule_or_none(key: str, on: date, area: str = "") -> int | None:
    """The same, None where no value is in force: for caps and limits that not every area has."""
    try:
        return rule(key, on, area)
    except NoRuleInForce:
        return None


@cache
def _of(key: str) -> tuple[Rule, ...]:
    values = tuple(each for each in rules() if each.key == key)
    if not values:
        raise KeyError(key)
    return values


def _lines() -> Iterator[object]:
    local = os.environ.get(LOCAL_FOLDER)
    for folder in (FOLDER, *([Path(local)] if local else [])):
        for path in sorted(folder.glob("*.yaml")):
            yield from read_yaml(path.read_text(encoding="utf-8")) or ()
