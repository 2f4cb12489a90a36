"""Rule parameters that hold between dates: a fact is judged by the rule of its business date, for good."""

from datetime import date
from functools import cache
from itertools import pairwise

import yaml
from pydantic import BaseModel, ConfigDict, Field

from shared.catalogues import FOLDER
from shared.errors import Refused


class NoRuleInForce(Refused):
    """On that date no value of the rule is known."""

    code = "no-rule-in-force"


class Rule(BaseModel):
    """One value from `valid_from` to the day before `valid_to`; `certainty` says how well it is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z_]+(\.[a-z_]+)+$")
    value: int
    valid_from: date
    valid_to: date | None = None
    issuer: str
    document: str
    certainty: str = Field(pattern="^(checked|second-hand|unchecked)$")

    def holds(self, on: date) -> bool:
        """Whether it is in force on a date."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@cache
def rules() -> tuple[Rule, ...]:
    """All values of all rules; raises ValueError when two values of one key overlap."""
    raw = yaml.safe_load((FOLDER / "rules.yaml").read_text(encoding="utf-8"))
    known = tuple(sorted((Rule.model_validate(each) for each in raw), key=lambda r: (r.key, r.valid_from)))
    for earlier, later in pairwise(known):
        if earlier.key == later.key and (earlier.valid_to is None or later.valid_from < earlier.valid_to):
            raise ValueError(f"two values of {later.key} hold on {later.valid_from}")
    return known


def rule(key: str, on: date) -> int:
    """The value in force on a business date; raises NoRuleInForce, or KeyError for an unwritten key."""
    values = [each for each in rules() if each.key == key]
    if not values:
        raise KeyError(key)
    for each in values:
        if each.holds(on):
            return each.value
    raise NoRuleInForce(
        f"no value of {key} is known for that day",
        field="on",
        value=on.isoformat(),
        remedy=f"the earliest known value holds from {values[0].valid_from}",
    )
