"""An empty workbook to fill in: a title, notes above each column, the headings, drop-down lists of words."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from unionstream.imports import headings
from unionstream.imports.choices import allowed
from unionstream.imports.notes import note
from unionstream.imports.sheets import Column, Kind, Sheet

NOTES_ROW, HEADINGS_ROW = 2, 3
_LAST_LISTED_ROW = 5_000  # beyond it the words still count, only the list no longer drops down
_WORDS = "words"
_FORMATS: Mapping[Kind, str] = {"date": "yyyy-mm-dd", "money": "#,##0.00", "integer": "0", "year": "0"}
_REFERENCE_NOTE = (
    "选填 optional\n每行自己的编号; 再次导入时凭它认出同一行 what makes the row the same row when sent again"
)


def write_template(sheet: Sheet, path: Path) -> None:
    """Writes the workbook; what is filled in below the headings can be imported as it stands."""
    book = Workbook()
    grid = book.active
    assert isinstance(grid, Worksheet)
    grid.title = sheet.title.zh
    grid["A1"] = f"{sheet.title.zh} {sheet.title.en}"
    grid["A1"].font = Font(bold=True, size=14)
    for place, column in enumerate(sheet.in_file, start=1):
        _head(grid, place, title(column), note(sheet, column))
        grid.column_dimensions[get_column_letter(place)].number_format = _FORMATS.get(column.kind, "@")
    if sheet.reference:
        _head(grid, len(sheet.in_file) + 1, sheet.reference[0], _REFERENCE_NOTE)
        grid.column_dimensions[get_column_letter(len(sheet.in_file) + 1)].number_format = "@"
    grid.freeze_panes = f"A{HEADINGS_ROW + 1}"
    _add_lists(book, grid, sheet)
    book.save(path)


def title(column: Column) -> str:
    """The heading as the template writes it: a star where a cell is needed, yuan where money goes in."""
    unit = "(元)" if column.kind == "money" else ""
    return f"{'*' * column.needed}{headings.of(column)[0]}{unit}"


def _head(grid: Worksheet, place: int, heading: str, lines: str) -> None:
    above = grid.cell(NOTES_ROW, place, lines)
    above.alignment = Alignment(wrap_text=True, vertical="top")
    above.font = Font(size=9, color="666666")
    above.number_format = "@"
    cell = grid.cell(HEADINGS_ROW, place, heading)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="DDE7F3")
    grid.column_dimensions[get_column_letter(place)].width = max(18, 2 * len(heading) + 4)


def _add_lists(book: Workbook, grid: Worksheet, sheet: Sheet) -> None:
    listed = [(place, column) for place, column in enumerate(sheet.in_file, start=1) if column.by_word]
    if not listed:
        return
    words = book.create_sheet(_WORDS)
    words.sheet_state = "hidden"
    for place, column in listed:
        letter = get_column_letter(place)
        choices = allowed(column)
        for row, word in enumerate(choices, start=1):
            words.cell(row, place, word)
        found = f"{quote_sheetname(_WORDS)}!${letter}$1:${letter}${len(choices)}"
        rule = DataValidation(type="list", formula1=found, allow_blank=True, showErrorMessage=False)
        rule.add(f"{letter}{HEADINGS_ROW + 1}:{letter}{_LAST_LISTED_ROW}")
        grid.add_data_validation(rule)
