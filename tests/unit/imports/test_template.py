"""The workbook that people fill in."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from unionstream.imports import headings
from unionstream.imports.grid import Limits
from unionstream.imports.problems import FileUnusable
from unionstream.imports.reading import open_source
from unionstream.imports.sheets import sheet
from unionstream.imports.template import HEADINGS_ROW, NOTES_ROW, write_template


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "a.xlsx"
    write_template(sheet("members"), path)
    return path


def grid(path: Path) -> Worksheet:
    active = load_workbook(path).active
    assert isinstance(active, Worksheet)
    return active


def row(path: Path, number: int) -> list[str]:
    return [str(cell.value or "") for cell in grid(path)[number]]


def test_every_column_has_a_heading_that_is_understood_and_notes(written: Path) -> None:
    found = headings.find(sheet("members"), [row(written, number) for number in (1, NOTES_ROW, HEADINGS_ROW)])
    assert found is not None
    assert found.row == HEADINGS_ROW
    assert set(found.places) == {*sheet("members").by_field, "reference"}
    assert not found.ignored
    assert all("必填" in note or "选填" in note for note in row(written, NOTES_ROW))


def test_notes_say_what_must_be_filled_and_which_words_may_be_used(written: Path) -> None:
    notes = dict(zip(row(written, HEADINGS_ROW), row(written, NOTES_ROW), strict=True))
    assert notes["*姓名"].startswith("必填 required")
    assert notes["职工类别"].startswith("选填 optional")
    assert "农民工" in notes["职工类别"]
    assert notes["工会"].startswith("必填, 除非用 --to 指定")
    assert "例 e.g. 2024-03-05" in notes["*入会日期"]


def test_notes_say_which_columns_exclude_each_other_or_stand_in(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    write_template(sheet("dues-assessments"), path)
    notes = dict(zip(row(path, HEADINGS_ROW), row(path, NOTES_ROW), strict=True))
    assert notes["工资总额(元)"].startswith("只填一项 one of: 工资总额、应缴金额")
    assert notes["工会"].startswith("至少填一项 at least one of: 工会、缴款单位统一社会信用代码")


def test_a_list_drops_down_where_words_are_from_a_catalogue(written: Path) -> None:
    rules = grid(written).data_validations.dataValidation
    kind = next(rule for rule in rules if "F4" in rule.sqref)
    assert kind.formula1 == "'words'!$F$1:$F$4"
    words = load_workbook(written)["words"]
    assert [words.cell(number, 6).value for number in (1, 2)] == ["一般职工", "农民工"]
    assert words.sheet_state == "hidden"


def test_an_empty_template_has_nothing_to_import(written: Path) -> None:
    with pytest.raises(FileUnusable, match="file-empty"):
        open_source(written, sheet("members"), Limits())
