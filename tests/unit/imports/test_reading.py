"""Whole files: what is read, what is refused as a whole, what is refused row by row."""

from datetime import date
from pathlib import Path

import pytest

from tests.support.codes import credit_code, person_number
from tests.support.rosters import DUES_TITLES, MEMBER_TITLES, member_rows, receipts, roster, write
from unionstream.imports.grid import Limits
from unionstream.imports.problems import FileUnusable
from unionstream.imports.reading import Source, SourceRow, open_source
from unionstream.imports.rows import Given, SheetRows
from unionstream.imports.sheets import sheet

TODAY = date(2026, 11, 22)
TOWN = "330282121000"


def people(path: Path, union: str | None = None, *, old_cards: bool = False) -> list[SourceRow]:
    source = open_source(path, sheet("members"), Limits(), union_given=union is not None)
    return list(source.rows(SheetRows(source.sheet, Given(TODAY, union, old_cards=old_cards)).read))


def payments(path: Path, union: str | None = None) -> list[SourceRow]:
    source = open_source(path, sheet("dues"), Limits(), union_given=union is not None)
    return list(source.rows(SheetRows(source.sheet, Given(TODAY, union, source.columns.units)).read))


def problems(rows: list[SourceRow]) -> list[tuple[int, str, str]]:
    return [(row.number, row.problem.field, row.problem.code) for row in rows if row.problem]


def unusable(path: Path, name: str = "members", limits: Limits | None = None) -> FileUnusable:
    with pytest.raises(FileUnusable) as caught:
        open_source(path, sheet(name), limits or Limits())
    assert caught.value.remedy
    return caught.value


def test_workbook_and_text_file_say_the_same(tmp_path: Path) -> None:
    expected = [row.fields for row in people(roster(tmp_path / "a.xlsx", 40))]
    assert [row.fields for row in people(roster(tmp_path / "a.csv", 40))] == expected
    assert [row.fields for row in people(roster(tmp_path / "b.csv", 40, "gb18030"))] == expected
    assert [row.fields for row in people(roster(tmp_path / "c.csv", 40, "utf-8"))] == expected
    assert [row.fields for row in people(roster(tmp_path / "d.csv", 40, "utf-16"))] == expected


def test_a_member_is_read_as_the_service_takes_it(tmp_path: Path) -> None:
    first, second = people(roster(tmp_path / "a.xlsx", 2))
    assert first.number == 2
    assert first.fields is not None
    assert second.fields is not None
    assert first.fields | {"reference": ""} == {
        "union": TOWN,
        "document_kind": "citizen",
        "document_number": person_number(0),
        "name": "赵一一",
        "sex": "female",
        "worker_kind": "migrant",
        "joined_on": "2006-01-01",
        "phone": "19900000000",
        "reference": "",
    }
    assert second.fields["worker_kind"] == "general"
    assert first.fields["reference"] != second.fields["reference"]


def test_a_payment_is_read_as_the_service_takes_it(tmp_path: Path) -> None:
    (row,) = payments(receipts(tmp_path / "a.xlsx", 1))
    assert row.fields == {
        "payer_credit_code": credit_code(0, "91"),
        "channel": "own",
        "amount_fen": 10_001,
        "received_on": "2006-01-15",
        "period": "2006",
        "reference": "V000000",
    }


def test_a_payment_keeps_both_the_union_and_the_payer(tmp_path: Path) -> None:
    titles = ("工会编码", "纳税人识别号", "金额", "入库日期")
    path = write(
        tmp_path / "a.csv", titles, [(TOWN, credit_code(1, "91"), 5, "2006-03-05"), ("", "", 5, "2006-03-05")]
    )
    both, nobody = payments(path)
    assert both.fields is not None
    assert (both.fields["union"], both.fields["payer_credit_code"]) == (TOWN, credit_code(1, "91"))
    assert both.fields["period"] == "2006-03"
    assert problems([nobody]) == [(3, "union", "value-missing")]


def test_the_union_of_the_command_line_stands_in(tmp_path: Path) -> None:
    titles = ("姓名", "身份证号", "入会日期", "是否农民工")
    path = write(tmp_path / "a.csv", titles, [("甲", person_number(1), "2006/3/5", "是")])
    (row,) = people(path, TOWN)
    assert row.fields is not None
    assert (row.fields["union"], row.fields["sex"], row.fields["worker_kind"]) == (TOWN, "male", "migrant")


def test_equal_payments_stay_two_and_keep_their_references_when_read_again(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ("工会编码", "金额", "日期"), [(TOWN, "5", "2006-03-05")] * 2)
    first = [row.fields["reference"] for row in payments(path) if row.fields]
    assert len(set(first)) == 2
    assert [row.fields["reference"] for row in payments(path) if row.fields] == first


def test_each_bad_row_is_refused_alone_with_field_and_code(tmp_path: Path) -> None:
    good = next(iter(member_rows(1)))
    bad: list[tuple[int, object]] = [
        (1, "张\x01三"),
        (1, ""),
        (2, "未知"),
        (3, "999999199002290013"),
        (3, "99999919920229001"),
        (3, "1.1E+17"),
        (3, "110105491231002"),
        (5, "2023-02-29"),
        (6, "天元镇"),
        (7, "abc"),
    ]
    rows = [[*good[:place], value, *good[place + 1 :]] for place, value in bad]
    read = people(write(tmp_path / "a.csv", MEMBER_TITLES, [good, *rows, good]))  # type: ignore[list-item]
    assert problems(read) == [
        (3, "name", "unreadable-characters"),
        (4, "name", "value-missing"),
        (5, "sex", "sex-unknown"),
        (6, "document_number", "citizen-number-impossible-day"),
        (7, "document_number", "citizen-number-malformed"),
        (8, "document_number", "number-lost-digits"),
        (9, "document_number", "citizen-number-of-old-card"),
        (10, "joined_on", "date-impossible"),
        (11, "union", "union-not-a-code"),
        (12, "phone", "phone-unreadable"),
    ]
    assert read[0].fields
    assert read[-1].fields


def test_old_cards_are_converted_only_on_request(tmp_path: Path) -> None:
    titles = ("姓名", "身份证号", "入会日期")
    path = write(tmp_path / "a.csv", titles, [("甲", "110105491231002", "2006-03-05")])
    source = open_source(path, sheet("members"), Limits(), union_given=True)
    reader = SheetRows(source.sheet, Given(TODAY, TOWN, old_cards=True))
    (row,) = source.rows(reader.read)
    assert row.fields is not None
    assert row.fields["document_number"] == "11010519491231002X"
    assert reader.doubts == {"old-card-converted": 1}


def test_a_sex_other_than_the_numbers_is_a_doubt(tmp_path: Path) -> None:
    titles = ("姓名", "身份证号", "入会日期", "性别")
    path = write(tmp_path / "a.csv", titles, [("甲", person_number(1), "2006-03-05", "女")])
    reader = SheetRows(sheet("members"), Given(TODAY, TOWN))
    (row,) = open_source(path, sheet("members"), Limits(), union_given=True).rows(reader.read)
    assert row.fields is not None
    assert (row.fields["sex"], reader.doubts["sex-differs-from-number"]) == ("female", 1)


def test_a_voucher_used_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    line = ("V1", credit_code(1, "91"), "", "5", "2006-03-05", "2006", "")
    rows = payments(write(tmp_path / "a.csv", DUES_TITLES, [line, line]))
    assert problems(rows) == [(3, "reference", "reference-twice")]


def test_blank_rows_and_totals_are_left_out_and_told(tmp_path: Path) -> None:
    text = "工会缴费表\n\n工会编码;金额(万元);日期\n\n330282121000;28。6;2006-03-05\n;;\n合计;28.6;\n\n"
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    source = open_source(path, sheet("dues"), Limits())
    (row,) = source.rows(SheetRows(source.sheet, Given(TODAY, None, source.columns.units)).read)
    assert source.total == 1
    assert source.notices == ("row 7 is a total and was left out",)
    assert row.number == 5
    assert row.fields is not None
    assert row.fields["amount_fen"] == 28_600_000


def test_a_separator_inside_a_cell_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("工会编码,金额,日期\n330282121000,1,234,2006-03-05\n", "utf-8")
    assert problems(payments(path)) == [(2, "", "too-many-cells")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"\n\n", "file-empty"),
        ("姓名,身份证号,入会日期,工会\n".encode(), "file-empty"),
        (b"a,b,c\n1,2,3\n", "headings-not-found"),
        ("姓名,性别\n甲,男\n".encode(), "heading-missing"),
        ('姓名,身份证号,入会日期,工会\n"甲"乙,1,2,3\n'.encode(), "quotes-unbalanced"),
        ('姓名,身份证号,入会日期,工会\n"甲,1,2,3\n'.encode(), "quotes-unbalanced"),
        ("姓名,身份证号,入会日期,工会\n甲,".encode() + b"\xed\xa0\x80,2,3\n", "encoding-broken"),
        (b"\xff\xfe\x00\xd8\x00\x00", "encoding-broken"),
        (b"\xd0\xcf\x11\xe0 old workbook", "old-or-locked-workbook"),
        (b"PK\x03\x04 cut", "file-damaged"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert unusable(path).code == code


def test_no_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert unusable(tmp_path / "none.csv").code == "file-not-readable"
    assert unusable(tmp_path).code == "file-not-readable"


def test_limits_are_told(tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx"):
        path = roster(tmp_path / name, 11)
        assert unusable(path, limits=Limits(rows=10)).code == "too-many-rows"
        assert unusable(path, limits=Limits(file_bytes=100)).code == "file-too-large"
        source: Source = open_source(path, sheet("members"), Limits(rows=11))
        assert source.total == 11


def test_a_row_does_not_show_what_stands_in_it(tmp_path: Path) -> None:
    (row,) = people(roster(tmp_path / "a.csv", 1))
    assert person_number(0) not in repr(row)
    assert "赵" not in repr(row)
