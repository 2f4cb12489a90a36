"""The scenario as typed data."""

from datetime import date
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from shared.yamls import read_yaml

DATA = Path(__file__).parent / "data"


class Frozen(BaseModel):
    """Scenario data never changes while it is told; unknown words in it are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Province(Frozen):
    """How much of a province is loaded: all, or down to the county with one prefecture (or county) whole.

    `deepest` is the last level loaded: 5 with villages, 4 without.
    """

    province: str
    whole: bool
    whole_prefecture: str = ""
    deepest: int = 5


class Establishment(Frozen):
    """A union established in the town's year; sales in yuan decide whether it is above scale."""

    approved_on: date
    sales_yuan: int
    members: int


class Town(Frozen):
    """A town and its year; money in fen."""

    name: str
    code: str
    county: str
    successor: str
    merged_on: date
    villages: tuple[str, ...]
    year: int
    small_employers_per_village: int
    members_of_village_union: int
    enterprise_unions_before: int
    members_of_each_before: int
    established: tuple[Establishment, ...]
    in_sub_union: int
    in_group: int
    joining_elsewhere: int
    joining_after_august: int
    establishment_target: int
    dues_target_fen: int
    dues_to_july_fen: int
    dues_of_august_fen: int


class Prefecture(Frozen):
    """An industry union of a prefecture over two years."""

    code: str
    line: str
    year: int
    unions_before: int
    unions_established: int
    members_before: int
    members_joined: int
    joined_in_new_unions: int
    members_left: int


class Scenario(Frozen):
    """All of it."""

    provinces: tuple[Province, ...]
    founded_on: date
    town: Town
    prefecture: Prefecture


def read() -> Scenario:
    """The shipped scenario."""
    return Scenario.model_validate(read_yaml((DATA / "scenario.yaml").read_text("utf-8")))


def fingerprint() -> str:
    """Changes whenever the scenario changes, so that data loaded from an older one is recognised."""
    return sha256((DATA / "scenario.yaml").read_bytes()).hexdigest()[:16]
