"""The file of refused rows."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.codes import person_number
from tests.support.rosters import MEMBER_TITLES, member_rows, write
from unionstream.imports import refused
from unionstream.imports.grid import Limits
from unionstream.imports.problems import RowProblem
from unionstream.imports.reading import Source, SourceRow, open_source
from unionstream.imports.rows import Given, SheetRows
from unionstream.imports.sheets import sheet as sheet_of

PROBLEM = RowProblem(
    "already-member", "document_number", "", "transfer the membership", "a member since 2005"
)


def read(path: Path) -> tuple[Source, list[SourceRow]]:
    source = open_source(path, sheet_of("members"), Limits())
    return source, list(source.rows(SheetRows(sheet_of("members"), Given(date(2026, 1, 1))).read))


@pytest.mark.parametrize("name", ["roster.xlsx", "roster.csv"])
def test_refused_rows_keep_their_columns_and_can_be_imported_again(tmp_path: Path, name: str) -> None:
    source, rows = read(write(tmp_path / name, MEMBER_TITLES, member_rows(3)))
    path = refused.write(tmp_path / name, source.columns.titles, [(rows[2], PROBLEM), (rows[0], PROBLEM)])
    assert path == tmp_path / f"roster.refused{Path(name).suffix}"
    again, back = read(path)
    assert again.columns.titles == (*MEMBER_TITLES, *refused.REASONS)
    assert [row.fields for row in back] == [rows[0].fields, rows[2].fields]
    assert back[1].cells[-6:-1] == (str(rows[2].number), *list(vars(PROBLEM).values())[:4])


def test_a_spreadsheet_program_opens_the_text_file_with_whole_numbers(tmp_path: Path) -> None:
    source, rows = read(write(tmp_path / "a.csv", MEMBER_TITLES, member_rows(1)))
    path = refused.write(tmp_path / "a.csv", source.columns.titles, [(rows[0], PROBLEM)])
    assert path is not None
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert f"{person_number(0)}\t".encode() in raw


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_nothing_in_the_file_can_act_as_a_formula(tmp_path: Path, name: str) -> None:
    line = list(next(iter(member_rows(1))))
    line[1] = "=cmd|' /C calc'!A0" if name == "a.csv" else "'=1+1"
    source, rows = read(write(tmp_path / name, MEMBER_TITLES, [line]))
    path = refused.write(tmp_path / name, source.columns.titles, [(rows[0], PROBLEM)])
    assert path is not None
    if name == "a.csv":
        assert ",'=cmd" in path.read_text("utf-8-sig")
    else:
        sheet = load_workbook(path).active
        assert sheet is not None
        assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "inlineStr", "n"}


def test_no_file_without_refused_rows_and_an_older_one_is_kept_aside(tmp_path: Path) -> None:
    source, rows = read(write(tmp_path / "a.csv", MEMBER_TITLES, member_rows(1)))
    refused.write(tmp_path / "a.csv", source.columns.titles, [(rows[0], PROBLEM)])
    assert refused.write(tmp_path / "a.csv", source.columns.titles, []) is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.refused.csv.bak"]


def test_the_file_may_be_read_by_whoever_may_read_the_input(tmp_path: Path) -> None:
    source, rows = read(write(tmp_path / "a.csv", MEMBER_TITLES, member_rows(1)))
    (tmp_path / "a.csv").chmod(0o640)
    path = refused.write(tmp_path / "a.csv", source.columns.titles, [(rows[0], PROBLEM)])
    assert path is not None
    assert path.stat().st_mode & 0o777 == 0o640
