"""Which column is what."""

import pytest

from unionstream.imports import headings
from unionstream.imports.cells import Cell
from unionstream.imports.choices import choice
from unionstream.imports.headings import Columns
from unionstream.imports.problems import CellInvalid, FileUnusable
from unionstream.imports.sheets import sheet


def found(name: str, *rows: list[Cell]) -> Columns:
    columns = headings.find(sheet(name), rows)
    assert columns is not None
    return columns


def test_chinese_headings_below_a_title_are_found() -> None:
    columns = found(
        "members",
        ["某某工会会员名册"],
        [],
        ["序号", "＊姓 名", "身份证号码：", "入会日期（年/月/日）", "民族"],
    )
    assert columns.row == 3
    assert dict(columns.places) == {"name": 1, "document_number": 2, "joined_on": 3}
    assert columns.ignored == ("民族",)


def test_english_headings_are_found() -> None:
    columns = found("dues", ["Union code", "Amount (yuan)", "Paid on", "Period", "Reference"])
    assert set(columns.places) == {"union", "amount_fen", "received_on", "period", "reference"}


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("金额", 100),
        ("金额(元)", 100),
        ("缴款金额（万元）", 1_000_000),
        ("金额(单位:万元)", 1_000_000),
        ("Amount (fen)", 1),
    ],
)
def test_the_unit_of_money_stands_in_the_heading(title: str, unit: int) -> None:
    assert found("dues", [title, "日期"]).units == {"amount_fen": unit}


def test_an_unknown_unit_of_money_is_refused() -> None:
    with pytest.raises(FileUnusable, match="amount-unit-unknown"):
        found("dues", ["金额(美元)", "日期"])


def test_two_columns_for_one_thing_are_refused_by_name() -> None:
    with pytest.raises(FileUnusable) as caught:
        found("members", ["姓名", "身份证号", "会员姓名"])
    assert (caught.value.code, caught.value.value) == ("heading-twice", "姓名, 会员姓名")


def test_missing_headings_are_named() -> None:
    columns = found("members", ["姓名", "性别"])
    with pytest.raises(FileUnusable) as caught:
        headings.require(sheet("members"), columns, union_given=False)
    assert caught.value.code == "heading-missing"
    assert all(word in caught.value.value for word in ("身份证号", "入会日期", "--to"))


def test_a_union_given_on_the_command_line_needs_no_column() -> None:
    columns = found("dues", ["金额", "日期"])
    headings.require(sheet("dues"), columns, union_given=True)
    with pytest.raises(FileUnusable, match="heading-missing"):
        headings.require(sheet("dues"), columns, union_given=False)


def test_no_headings_in_a_file_of_something_else() -> None:
    assert headings.find(sheet("members"), [["a", "b"]] * 50) is None


@pytest.mark.parametrize("first", ["合计", "合 计：", "Total", "总计"])
def test_rows_of_totals_are_known(first: str) -> None:
    assert headings.is_total(["", first, 3.0])
    assert not headings.is_total([1.0, first])


@pytest.mark.parametrize(
    ("field", "words", "known"),
    [
        ("sex", "女", "female"),
        ("migrant", "是", "yes"),
        ("migrant", "否", "no"),
        ("channel", "税务代征", "tax"),
        ("worker_kind", "劳务派遣工", "dispatched"),
        ("document_kind", "港澳台居民居住证", "hmt_residence"),
    ],
)
def test_words_in_cells_become_catalogue_ids(field: str, words: str, known: str) -> None:
    name = "dues" if field == "channel" else "members"
    assert choice(sheet(name).by_field[field], words) == known


def test_an_unknown_word_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CellInvalid) as caught:
        choice(sheet("dues").by_field["channel"], "现金")
    assert caught.value.code == "channel-unknown"
    assert "税务" in caught.value.remedy
