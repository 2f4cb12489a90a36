"""From a file to rows that can be sent: opened once to be judged as a whole, then walked row by row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from unionstream.imports import delimited, headings, workbook
from unionstream.imports.cells import Cell, code, is_blank, shown
from unionstream.imports.fields import RowInvalid, taken
from unionstream.imports.grid import Grid, Limits
from unionstream.imports.headings import REFERENCE, Columns
from unionstream.imports.personal import refuse_identity_number
from unionstream.imports.problems import CellInvalid, FileUnusable, RowProblem
from unionstream.imports.references import References
from unionstream.imports.rows import ReadRow
from unionstream.imports.sheets import Sheet

_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_PACKAGE = b"PK\x03\x04"

Read = Callable[[Mapping[str, Cell]], ReadRow]


@dataclass(frozen=True)
class SourceRow:
    """One row with something in it: `fields` to send, or the `problem` that keeps it here."""

    number: int
    cells: tuple[str, ...] = field(repr=False)
    fields: dict[str, Any] | None = field(repr=False)
    problem: RowProblem | None


@dataclass(frozen=True)
class Source:
    """A file that can be read; `total` rows of data, everything odd about the file itself in `notices`."""

    sheet: Sheet
    columns: Columns
    total: int
    notices: tuple[str, ...]
    _grid: Grid

    def rows(self, read: Read) -> Iterator[SourceRow]:
        """The rows of data, in order, numbered as a spreadsheet program numbers them; may be called again."""
        references = References(f"{self.sheet.name}:" if self.sheet.mark is None else self.sheet.mark)
        for number, cells in _data(self._grid, self.columns):
            yield self._row(number, cells, read, references)

    def _row(self, number: int, cells: Sequence[Cell], read: Read, references: References) -> SourceRow:
        kept = tuple(map(shown, cells))
        fields, problem = None, self._grid.faults.get(number)
        try:
            if problem is None:
                fields = self._fields(cells, read, references)
        except RowInvalid as invalid:
            problem = RowProblem(invalid.cell.code, invalid.field, invalid.cell.value, invalid.cell.remedy)
        return SourceRow(number, kept, fields, problem)

    def _fields(self, cells: Sequence[Cell], read: Read, references: References) -> dict[str, Any]:
        beyond = [cell for cell in cells[len(self.columns.titles) :] if not is_blank(cell)]
        if beyond:
            raise RowInvalid("", CellInvalid("too-many-cells", "", "look for a separator inside a cell"))
        places = self.columns.places
        named = {name: cells[place] for name, place in places.items() if place < len(cells)}
        row = read(named)
        given = taken(named, REFERENCE, code) or ""
        try:
            if not self.sheet.personal:
                refuse_identity_number(given)
            return row.sent | {"reference": references.of(row.key, given)}
        except CellInvalid as invalid:
            raise RowInvalid(REFERENCE, invalid) from invalid


def open_source(
    path: Path, sheet: Sheet, limits: Limits, *, tab: str | None = None, union_given: bool = False
) -> Source:
    """The file, judged as a whole before any row is used; raises FileUnusable."""
    grid, columns, notices = _chosen(_grids(path, limits, tab), sheet)
    headings.require(sheet, columns, union_given=union_given)
    _refuse_merged(grid, columns)
    totals = _totals(grid, columns)
    total = sum(1 for _ in _below(grid, columns)) - len(totals)
    if total > limits.rows:
        raise FileUnusable(
            "too-many-rows", f"{total:,} rows, at most {limits.rows:,}", "split the file", f"{total:,}"
        )
    if total == 0:
        raise FileUnusable("file-empty", "there are no rows below the headings", "give a file with rows")
    if columns.ignored:
        notices.append(f"columns not used: {', '.join(columns.ignored)}")
    notices += [f"row {number} is a total and was left out" for number in totals]
    return Source(sheet, columns, total, tuple(notices), grid)


def _grids(path: Path, limits: Limits, tab: str | None) -> list[Grid]:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        reason = error.strerror or "not readable"
        raise FileUnusable(
            "file-not-readable", reason, "give the path of an .xlsx or .csv file", path.name
        ) from error
    if size > limits.file_bytes:
        most = limits.file_bytes // (1024 * 1024)
        raise FileUnusable("file-too-large", f"the file has over {most} MB", "split the file")
    ending = path.suffix.lower()
    if ending in {".xlsm", ".xltm", ".xlsb"}:
        raise FileUnusable("macro-file", "the workbook may hold macros", "save it as .xlsx", ending)
    if start.startswith(_OLD_FORMAT):
        raise FileUnusable(
            "old-or-locked-workbook",
            "an .xls file, or one with a password",
            "save it as .xlsx without password",
        )
    if start.startswith(_PACKAGE):
        return workbook.grids(path, limits, tab)
    if ending == ".xlsx":
        raise FileUnusable("file-damaged", "the file is no .xlsx workbook", "save it again as .xlsx")
    return [delimited.grid(path)]


def _chosen(grids: Sequence[Grid], sheet: Sheet) -> tuple[Grid, Columns, list[str]]:
    found = [(grid, columns) for grid in grids if (columns := headings.find(sheet, grid.rows()))]
    if not found:
        raise FileUnusable(
            "headings-not-found",
            "no row of headings near the top",
            f"put headings such as {headings.of(sheet.columns[0])[0]} above the columns",
        )
    if len(found) > 1:
        names = ", ".join(grid.name for grid, _ in found)
        raise FileUnusable("several-sheets", "several sheets could be meant", "name one with --sheet", names)
    grid, columns = found[0]
    others = ", ".join(other.name for other in grids if other is not grid)
    return grid, columns, [f"sheets not used: {others}"] if others else []


def _refuse_merged(grid: Grid, columns: Columns) -> None:
    """Merged cells above the headings (a title) or in a row of totals harm nobody; any other hides values."""
    suspects = [(first, last, name) for first, last, name in grid.merged if last >= columns.row]
    totals = set(_totals(grid, columns)) if suspects else set()
    hidden = [name for first, last, name in suspects if not set(range(first, last + 1)) <= totals]
    if hidden:
        more = " …" if len(hidden) > 5 else ""
        raise FileUnusable(
            "merged-cells",
            "merged cells hide values",
            "unmerge them, fill every cell",
            ", ".join(hidden[:5]) + more,
        )


def _data(grid: Grid, columns: Columns) -> Iterator[tuple[int, list[Cell]]]:
    for number, cells in _below(grid, columns):
        if not headings.is_total(cells):
            yield number, cells


def _totals(grid: Grid, columns: Columns) -> list[int]:
    return [number for number, cells in _below(grid, columns) if headings.is_total(cells)]


def _below(grid: Grid, columns: Columns) -> Iterator[tuple[int, list[Cell]]]:
    for number, cells in enumerate(grid.rows(), start=1):
        if number > columns.row and not all(map(is_blank, cells)):
            yield number, cells
