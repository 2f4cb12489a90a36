"""Filling one row to send, cell by cell, so that a refusal always knows its field."""

from collections.abc import Callable, Mapping
from typing import Any

from unionstream.imports.cells import Cell, code, is_blank
from unionstream.imports.problems import CellInvalid


class RowInvalid(Exception):
    """The first cell of a row that cannot be read."""

    def __init__(self, field: str, cell: CellInvalid) -> None:
        """Names the field the cell belongs to."""
        super().__init__(field, cell.code)
        self.field = field
        self.cell = cell


class Fields:
    """`cells` of one row by field name in; `sent` is what goes to the service."""

    def __init__(self, cells: Mapping[str, Cell]) -> None:
        """Nothing is filled yet."""
        self.cells = cells
        self.sent: dict[str, Any] = {}

    def read(self, field: str, reader: Callable[[str], str]) -> str | None:
        """A cell with a code, narrowed before `reader` sees it; None if blank. Raises RowInvalid."""
        return self.take(field, lambda cell: reader(code(cell)))

    def take(self, field: str, reader: Callable[[Cell], str]) -> str | None:
        """A cell given to `reader` as it is; None if blank. Raises RowInvalid."""
        cell = self.cells.get(field, "")
        if is_blank(cell):
            return None
        try:
            return reader(cell)
        except CellInvalid as invalid:
            raise RowInvalid(field, invalid) from invalid

    def put(self, field: str, value: Any) -> None:
        """Sends `value` unless there is none."""
        if value is not None:
            self.sent[field] = value

    def must(self, field: str, value: str | None) -> None:
        """Sends `value`; raises RowInvalid if there is none."""
        if value is None:
            raise RowInvalid(field, CellInvalid("value-missing", "", "fill in the cell"))
        self.sent[field] = value
