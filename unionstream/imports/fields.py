"""Cells of one row by field, so that a refusal always knows its field."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from unionstream.imports.cells import Cell, is_blank
from unionstream.imports.problems import CellInvalid

T = TypeVar("T")


class RowInvalid(Exception):
    """The first cell of a row that cannot be read."""

    def __init__(self, field: str, cell: CellInvalid) -> None:
        """Names the field the cell belongs to."""
        super().__init__(field, cell.code)
        self.field = field
        self.cell = cell


def taken(cells: Mapping[str, Cell], field: str, reader: Callable[[Cell], T]) -> T | None:
    """What `reader` makes of the cell; None if it is blank. Raises RowInvalid."""
    cell = cells.get(field, "")
    if is_blank(cell):
        return None
    try:
        return reader(cell)
    except CellInvalid as invalid:
        raise RowInvalid(field, invalid) from invalid


def missing(field: str, remedy: str = "fill in the cell") -> RowInvalid:
    """A value that a row cannot do without."""
    return RowInvalid(field, CellInvalid("value-missing", "", remedy))
