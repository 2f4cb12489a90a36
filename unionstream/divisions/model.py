"""What one division is, and why a file of them is not usable."""

from dataclasses import dataclass
from datetime import date

COLUMNS = ("code", "name", "level", "parent", "kind", "edition")


@dataclass(frozen=True, slots=True)
class Division:
    """One real unit of one yearly edition; `parent_code` skips place-holders, so `level` may jump by two."""

    code: str
    name: str
    level: int
    parent_code: str | None
    kind: str
    edition: date


@dataclass(frozen=True, slots=True)
class RetiredDivision:
    """A unit that an edition no longer holds: `valid_from` included, None if unknown; `valid_to` excluded.

    `certainty` is `second-hand`, or `unchecked` with what is unsure named in `source`.
    """

    code: str
    name: str
    level: int
    parent_code: str
    kind: str
    valid_from: date | None
    valid_to: date
    successor_code: str
    source: str
    certainty: str


@dataclass(eq=False)  # not frozen: Python itself sets __traceback__
class DivisionsInvalid(Exception):
    """A file of divisions that cannot be used: stable `code`, `line` and `value` at fault, the `remedy`."""

    code: str
    line: int
    value: str
    remedy: str

    def __str__(self) -> str:
        """The sentence for terminals."""
        return f"{self.code} in line {self.line}: {self.value} ({self.remedy})"
