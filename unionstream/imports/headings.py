"""Finding the row of headings and what each column means, by a sheet's data."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from shared.yamls import read_yaml
from unionstream.imports.cells import Cell, is_blank
from unionstream.imports.money import UNITS, YUAN
from unionstream.imports.plain import plain
from unionstream.imports.problems import FileUnusable
from unionstream.imports.sheets import Column, Sheet

REFERENCE = "reference"
_SEARCHED_ROWS = 20  # titles and notes stand above the headings, never this many
_BRACKETS = re.compile(r"\(([^()]*)\)$")


@dataclass(frozen=True)
class Columns:
    """Where the headings stand (rows count from 1), which column holds which field, the units of money."""

    row: int
    titles: tuple[str, ...]
    places: Mapping[str, int]
    units: Mapping[str, int]
    ignored: tuple[str, ...]


def find(sheet: Sheet, rows: Iterable[Sequence[Cell]]) -> Columns | None:
    """The first row that names two or more fields; None if none near the top does. Raises FileUnusable."""
    names = _fields(sheet)
    for number, cells in enumerate(rows, start=1):
        if number > _SEARCHED_ROWS:
            return None
        fields = [_field(names, str(cell)) for cell in cells]
        if len({field for field in fields if field}) > 1:
            return _columns(sheet, number, cells, fields)
    return None


def require(sheet: Sheet, columns: Columns, *, union_given: bool) -> None:
    """Every heading that this sheet cannot do without; raises FileUnusable naming the missing ones."""
    known = sheet.by_field
    groups = [(column.field,) for column in sheet.in_file if column.needed or _by_option_only(column)]
    missing = [
        _wanted([known[field] for field in group])
        for group in (*groups, *sheet.groups)
        if not {*group} & columns.places.keys()
        and not (union_given and any(known[field].option for field in group))
    ]
    if missing:
        raise FileUnusable(
            "heading-missing",
            "columns are missing",
            f"add a column for each: {'; '.join(missing)}",
            "; ".join(missing),
        )


def told(column: Column) -> str:
    """The heading in Chinese, and in English or as the field."""
    names = of(column)
    return f"{names[0]} ({names[-1] if names[-1].isascii() else column.field})"


def of(column: Column) -> tuple[str, ...]:
    """What may stand above the column; the first is what a template writes."""
    return column.headings or tuple(_shared()["fields"].get(column.field, ()))


def is_total(cells: Sequence[Cell]) -> bool:
    """True for a row whose first word is 合计 or the like."""
    first = next((cell for cell in cells if not is_blank(cell)), "")
    return isinstance(first, str) and plain(first) in _totals()


def _columns(sheet: Sheet, number: int, cells: Sequence[Cell], fields: Sequence[str | None]) -> Columns:
    names = _fields(sheet)
    titles = tuple(str(cell).strip() for cell in cells)
    places: dict[str, list[int]] = defaultdict(list)
    for place, field in enumerate(fields):
        if field:
            places[field].append(place)
    doubled = [titles[place] for found in places.values() if len(found) > 1 for place in found]
    if doubled:
        raise FileUnusable(
            "heading-twice", "columns mean the same", "keep one column of each", ", ".join(doubled)
        )
    unknown = [title for title, field in zip(titles, fields, strict=True) if title and not field]
    money = [column.field for column in sheet.of_kind("money") if column.field in places]
    return Columns(
        row=number,
        titles=titles,
        places={field: found[0] for field, found in places.items()},
        units={field: _unit(titles[places[field][0]], names) for field in money},
        ignored=tuple(title for title in unknown if plain(title) not in _silent()),
    )


def _unit(title: str, names: Mapping[str, str]) -> int:
    brackets = _BRACKETS.search(unicodedata.normalize("NFKC", title).strip().lower())
    if not brackets or plain(title) in names:
        return YUAN
    unit = UNITS.get(brackets[1].strip().removeprefix("单位:").strip())
    if unit is None:
        raise FileUnusable(
            "amount-unit-unknown",
            "the heading's unit is not understood",
            f"use one of {', '.join(UNITS)}",
            title,
        )
    return unit


def _field(names: Mapping[str, str], title: str) -> str | None:
    words = plain(title)
    return names.get(words) or names.get(_BRACKETS.sub("", words))


def _by_option_only(column: Column) -> bool:
    return column.required and column.option is not None


def _wanted(group: Sequence[Column]) -> str:
    """What to add: one of the columns, unless the command's option stands in."""
    option = ", or the option --to" if any(column.option for column in group) else ""
    return " or ".join(map(told, group)) + option


def _fields(sheet: Sheet) -> dict[str, str]:
    shared = _shared()["fields"]
    beside = {field: names or shared.get(field, ()) for field, names in sheet.beside.items()}
    columns = {column.field: of(column) for column in sheet.in_file}
    known = beside | columns | {REFERENCE: sheet.reference}
    return {plain(name): field for field, names in known.items() for name in names}


@cache
def _shared() -> dict[str, Any]:
    read: dict[str, Any] = read_yaml(Path(__file__).with_name("headings.yaml").read_text("utf-8"))
    return read


@cache
def _totals() -> frozenset[str]:
    return frozenset(plain(word) for word in _shared()["totals"])


@cache
def _silent() -> frozenset[str]:
    return frozenset(plain(word) for word in _shared()["silent"])
