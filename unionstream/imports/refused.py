"""The file of refused rows beside the input: the same columns, then why; to be corrected and imported."""

import csv
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from unionstream.imports.problems import RowProblem
from unionstream.imports.reading import SourceRow

REASONS = ("行号 row", "原因 reason", "字段 field", "值 value", "处理办法 remedy", "说明 detail")
Refused = tuple[SourceRow, RowProblem]

# A spreadsheet program makes a longer bare number 1.23E+17 and takes a text with such a start for a formula.
_LONGEST_BARE_NUMBER = 11
_FORMULA_STARTS = ("=", "+", "-", "@")


def refused_path(source: Path) -> Path:
    """`roster.xlsx` gives `roster.refused.xlsx`; any text file gives `.refused.csv`."""
    ending = ".xlsx" if source.suffix.lower() == ".xlsx" else ".csv"
    return source.with_name(f"{source.stem}.refused{ending}")


def write(source: Path, titles: Sequence[str], refused: Iterable[Refused]) -> Path | None:
    """Writes the rows in the order of the input, whole or not at all; None, and no file, if there are none.

    A file of an earlier run, which somebody may be correcting, is kept beside it as `.bak`.
    """
    path = refused_path(source)
    lines = [
        _line(len(titles), row, problem) for row, problem in sorted(refused, key=lambda pair: pair[0].number)
    ]
    with suppress(FileNotFoundError):
        path.replace(path.with_name(path.name + ".bak"))
    if not lines:
        return None
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}.")
    os.close(handle)
    unfinished = Path(name)
    try:
        write_as = _as_xlsx if path.suffix == ".xlsx" else _as_csv
        write_as(unfinished, [[*titles, *REASONS], *lines])
        shutil.copymode(source, unfinished)  # it holds what the input holds, so the same people may read it
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def _line(width: int, row: SourceRow, problem: RowProblem) -> list[str]:
    cells = [*row.cells[:width], *[""] * (width - len(row.cells))]
    return [
        *cells,
        str(row.number),
        problem.code,
        problem.field,
        problem.value,
        problem.remedy,
        problem.detail,
    ]


def _as_csv(path: Path, lines: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([_inert(cell) for cell in line] for line in lines)


def _inert(cell: str) -> str:
    if cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return f"{cell}\t" if len(cell) > _LONGEST_BARE_NUMBER and cell[:-1].isdecimal() else cell


def _as_xlsx(path: Path, lines: Iterable[Sequence[str]]) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("refused")
    for line in lines:
        sheet.append([_text_cell(sheet, cell) for cell in line])
    with path.open("wb") as file:
        workbook.save(file)


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # never a formula, whatever it starts with
    cell.number_format = "@"
    return cell
