"""How a cell is read, by the kind of its column; kinds that need more than the cell are read in `rows`."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from unionstream.imports import counts, dates, places
from unionstream.imports.cells import Cell, code, text
from unionstream.imports.choices import choice
from unionstream.imports.problems import CellInvalid
from unionstream.imports.sheets import Column, Kind

_SEPARATORS = re.compile("[、,;]")  # full-width ones are narrowed before

Reader = Callable[[Column, Cell], Any]


def phone(words: str) -> str:
    """Digits, with a plus at most; raises CellInvalid without showing the number."""
    bare = words.replace("-", "")
    if not bare.removeprefix("+").isdecimal() or not 5 <= len(bare) <= 16:
        raise CellInvalid("phone-unreadable", f"({len(words)} characters)", "give digits, or leave it empty")
    return bare


def _chosen(column: Column, cell: Cell) -> str | int:
    found = choice(column, code(cell))
    return int(found) if column.number else found


def _items(column: Column, cell: Cell) -> list[Any]:
    assert column.each is not None
    read = READERS[column.each]
    return [read(column, item) for item in _SEPARATORS.split(code(cell)) if item]


READERS: Mapping[Kind, Reader] = {
    "text": lambda _, cell: text(cell),
    "code": lambda _, cell: code(cell),
    "date": lambda _, cell: dates.day(cell).isoformat(),
    "period": lambda _, cell: dates.period(cell),
    "year": lambda _, cell: counts.year(cell),
    "integer": lambda column, cell: counts.whole(cell, column.least or 0),
    "yes_no": lambda column, cell: choice(column, code(cell)) == "yes",
    "choice": _chosen,
    "sex": lambda column, cell: choice(column, code(cell)),
    "phone": lambda _, cell: phone(code(cell)),
    "credit_code": lambda _, cell: places.employer(code(cell)),
    "division": lambda _, cell: places.division(code(cell)),
    "list": _items,
    "employer_id": lambda _, cell: places.employer(code(cell)),
    "union_id": lambda _, cell: places.union(code(cell)),
    "id": lambda _, cell: places.id_(code(cell)),
    "union": lambda _, cell: places.union(code(cell)),
}
