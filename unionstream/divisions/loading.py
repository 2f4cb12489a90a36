"""Loading a file of divisions, checking everything a tree of unions would stumble over."""

import csv
import io
import lzma
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from shared.codes import divisions as codes
from shared.codes.refusal import InvalidCode
from unionstream.divisions.model import COLUMNS, Division, DivisionsInvalid

DATA = Path(__file__).parent / "data"


def load(source: str | Path) -> Iterator[Division]:
    """The units of a shipped province (`"33"`) or of a file made by `build`, parents before children.

    Raises DivisionsInvalid at the first line at fault, and for a province that is not shipped.
    """
    levels: dict[str, int] = {}
    for line, row in enumerate(_rows(_path(source)), start=2):
        division = _division(row, line)
        _check_place(division, levels, line)
        levels[division.code] = division.level
        yield division


def shipped() -> tuple[str, ...]:
    """The provinces that come with the package, as two digits."""
    return tuple(sorted(path.name.removesuffix(".csv.xz") for path in DATA.glob("*.csv.xz")))


def _path(source: str | Path) -> Path:
    path = DATA / f"{source}.csv.xz" if isinstance(source, str) and len(source) == 2 else Path(source)
    if not path.is_file():
        here = ", ".join(shipped())
        raise DivisionsInvalid("divisions-not-found", 0, str(source), f"give a file, or one of {here}")
    return path


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with lzma.open(path) as packed:
            reader = csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8", newline=""))
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise DivisionsInvalid("divisions-columns", 1, str(reader.fieldnames), ",".join(COLUMNS))
            yield from reader
    except (lzma.LZMAError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise DivisionsInvalid("divisions-unreadable", 0, path.name, f"build it again: {error}") from error


def _division(row: dict[str, str], line: int) -> Division:
    try:
        code = codes.checked(row["code"])
        level, edition = int(row["level"]), date.fromisoformat(row["edition"])
    except (InvalidCode, ValueError, TypeError) as error:
        raise DivisionsInvalid("division-malformed", line, str(row.get("code")), str(error)) from error
    if not row["name"] or level != codes.level(code):
        raise DivisionsInvalid(
            "division-malformed", line, code, "name missing, or level not that of the code"
        )
    return Division(code, row["name"], level, row["parent"] or None, row["kind"], edition)


def _check_place(division: Division, levels: dict[str, int], line: int) -> None:
    if division.code in levels:
        raise DivisionsInvalid("division-twice", line, division.code, "keep one of the two")
    if division.parent_code is None:
        if division.level == 1:
            return
        raise DivisionsInvalid("division-without-parent", line, division.code, "only a province has none")
    above = levels.get(division.parent_code)
    if above is None:
        raise DivisionsInvalid(
            "division-parent-unknown", line, division.parent_code, "list every parent before its children"
        )
    if above >= division.level:
        raise DivisionsInvalid("division-upside-down", line, division.code, f"its parent has level {above}")
