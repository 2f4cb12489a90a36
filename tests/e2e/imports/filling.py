"""Templates filled in as people do, by Chinese headings, and imported through the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.e2e.conftest import CommandLine
from tests.e2e.settling import logged
from unionstream.imports import sheets
from unionstream.imports.template import HEADINGS_ROW, write_template

Line = Mapping[str, str | int | float | date]


@dataclass
class Importer:
    """Fills in templates in `folder` and imports them."""

    cli: CommandLine
    http: httpx.AsyncClient
    urls: Mapping[str, str]
    folder: Path

    async def check(
        self, sheet: str, good: Sequence[Line], bad: Mapping[str, Line], actor: str = "ada"
    ) -> None:
        """Good rows are created, bad ones refused for the reason they stand under; again nothing happens."""
        path = self._filled(sheet, [*good, *bad.values()])
        ended = 1 if bad else 0
        done = self.cli("import", sheet, path, "--actor", actor)
        counted = f"{len(good):,} created, 0 there before, {len(bad):,} refused"
        assert (done.code, counted in done.out) == (ended, True), done.out + done.err + self._told(path)
        assert self._reasons(path) == list(bad)

        before = await logged(self.http, self.urls)
        again = self.cli("import", sheet, path, "--actor", actor)
        counted = f"0 created, {len(good):,} there before, {len(bad):,} refused"
        assert (again.code, counted in again.out) == (ended, True), again.out + again.err
        assert await logged(self.http, self.urls) == before

    def _filled(self, sheet: str, lines: Sequence[Line]) -> Path:
        path = self.folder / f"{sheet}.xlsx"
        write_template(sheets.sheet(sheet), path)
        book = load_workbook(path)
        grid = book.active
        assert isinstance(grid, Worksheet)
        titles = {str(cell.value).lstrip("*"): n for n, cell in enumerate(grid[HEADINGS_ROW], start=1)}
        for number, line in enumerate(lines, start=HEADINGS_ROW + 1):
            for title, value in line.items():
                grid.cell(number, titles[title], value)
        book.save(path)
        return path

    def _reasons(self, path: Path) -> list[str]:
        return [row[row_of("原因 reason", titles)] for titles, row in _refused(path)]

    def _told(self, path: Path) -> str:
        return "\n".join(" | ".join(row) for _, row in _refused(path))


def row_of(title: str, titles: Sequence[str]) -> int:
    return list(titles).index(title)


def _refused(path: Path) -> list[tuple[list[str], list[str]]]:
    refused = path.with_name(f"{path.stem}.refused.xlsx")
    if not refused.exists():
        return []
    grid = load_workbook(refused).active
    assert isinstance(grid, Worksheet)
    titles, *rows = [[str(cell or "") for cell in row] for row in grid.iter_rows(values_only=True)]
    return [(titles, row) for row in rows]
