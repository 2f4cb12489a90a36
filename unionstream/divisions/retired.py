"""Units that were merged, renamed or recoded before the shipped edition (DOMAIN COD-10)."""

import csv
from collections.abc import Iterator
from datetime import date

from shared.codes import divisions as codes
from unionstream.divisions.loading import DATA
from unionstream.divisions.model import DivisionsInvalid, RetiredDivision


def load_retired(province: str) -> Iterator[RetiredDivision]:
    """The retired units of a province (two digits), parents before children. Raises DivisionsInvalid."""
    with (DATA / "retired.csv").open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            if row["code"].startswith(province):
                yield _retired(row, line)


def _retired(row: dict[str, str], line: int) -> RetiredDivision:
    try:
        unit = RetiredDivision(
            code=codes.checked(row["code"]),
            name=row["name"],
            level=codes.level(row["code"]),
            parent_code=codes.checked(row["parent"]),
            kind=row["kind"],
            valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
            valid_to=date.fromisoformat(row["valid_to"]),
            successor_code=codes.checked(row["successor"]),
            source=row["source"],
            certainty=row["certainty"],
        )
    except ValueError as error:
        raise DivisionsInvalid("division-malformed", line, row["code"], str(error)) from error
    if unit.valid_from and unit.valid_from >= unit.valid_to:
        raise DivisionsInvalid("division-dates-swapped", line, unit.code, "valid_to is the first day after")
    return unit
