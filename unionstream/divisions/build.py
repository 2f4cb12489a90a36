"""Makes a file of divisions from the published package: the same source gives the same bytes.

    python -m unionstream.divisions.build SOURCE.tgz PROVINCE OUT.csv.xz [--edition 2023-06-30]

PROVINCE is two digits, or `all` for the whole country.
"""

import argparse
import csv
import io
import lzma
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from unionstream.divisions.model import COLUMNS, DivisionsInvalid
from unionstream.divisions.source import rows_of


def build(source: Path, province: str | None, edition: date, out: Path) -> int:
    """Writes the units of `province` (None: all) by code; answers how many. Raises DivisionsInvalid."""
    rows = sorted(rows_of(source, province), key=lambda row: row["code"])
    if not rows:
        raise DivisionsInvalid("province-unknown", 0, province or "all", "give two digits, 11 to 65")
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row | {"edition": edition.isoformat()} for row in rows)
    out.write_bytes(lzma.compress(text.getvalue().encode(), preset=9 | lzma.PRESET_EXTREME))
    return len(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line of this module."""
    parser = argparse.ArgumentParser(description="Make a compressed file of divisions")
    parser.add_argument("source", type=Path)
    parser.add_argument("province")
    parser.add_argument("out", type=Path)
    parser.add_argument("--edition", type=date.fromisoformat, default=date(2023, 6, 30))
    given = parser.parse_args(arguments)
    try:
        build(given.source, None if given.province == "all" else given.province, given.edition, given.out)
    except DivisionsInvalid as problem:
        parser.exit(2, f"{problem}\n")


if __name__ == "__main__":
    main()
