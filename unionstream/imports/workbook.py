"""Grids of an .xlsx workbook, read by calamine after the package has been looked into."""

import zipfile
from pathlib import Path

from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from unionstream.imports import package as packages
from unionstream.imports.grid import Grid, Limits
from unionstream.imports.problems import FileUnusable


def grids(path: Path, limits: Limits, wanted: str | None = None) -> list[Grid]:
    """Every visible sheet that holds anything, or the one called `wanted`; raises FileUnusable."""
    with packages.open_package(path, limits) as package:
        parts = [part for part in packages.sheets(package) if part.visible or part.name == wanted]
        chosen = [part for part in parts if wanted in {None, part.name}]
        if not chosen:
            names = ", ".join(part.name for part in parts)
            raise FileUnusable(
                "sheet-not-found", "there is no such sheet", f"use one of {names}", wanted or ""
            )
        packages.check_texts(package)
        found = [_grid(package, part, path, limits) for part in chosen]
    full = [grid for grid in found if grid is not None]
    if not full:
        raise FileUnusable("file-empty", "there is nothing in the workbook", "give a file with rows")
    return full


def _grid(package: zipfile.ZipFile, part: packages.SheetPart, path: Path, limits: Limits) -> Grid | None:
    watched = packages.check_sizes(package, part.part, limits)
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            sheet = workbook.get_sheet_by_name(part.name)
    except CalamineError as error:
        raise FileUnusable(
            "file-damaged", "the sheet cannot be read", "save the file again", part.name
        ) from error
    if sheet.start is None:
        return None
    return Grid(
        name=part.name,
        rows=sheet.iter_rows,
        merged=_merged(sheet),
        faults=packages.faults(package, part.part) if watched else {},
    )


def _merged(sheet: CalamineSheet) -> tuple[tuple[int, int, str], ...]:
    ranges = sheet.merged_cell_ranges or []
    return tuple(
        (
            top + 1,
            bottom + 1,
            f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right + 1)}{bottom + 1}",
        )
        for (top, left), (bottom, right) in ranges
    )
