"""What only workbooks can hide: merged cells, formulas, macros, bombs, several sheets."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.codes import person_number
from tests.support.rosters import roster
from unionstream.imports.grid import Limits
from unionstream.imports.problems import FileUnusable
from unionstream.imports.reading import Source, open_source
from unionstream.imports.rows import Given, SheetRows
from unionstream.imports.sheets import sheet as sheet_of

TITLES = ["姓名", "身份证号", "入会日期", "工会编码"]
ROW = ["甲", person_number(1), date(2006, 3, 5), "330282121000"]


def workbook(path: Path, change: Callable[[Worksheet], object]) -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for line in (["会员名册"], TITLES, ROW, ROW, ["合计", "", "", ""]):
        sheet.append(line)
    change(sheet)
    book.save(path)
    return path


def opened(path: Path, sheet: str | None = None) -> Source:
    return open_source(path, sheet_of("members"), Limits(), tab=sheet)


def codes(source: Source) -> list[tuple[int, str]]:
    rows = source.rows(SheetRows(sheet_of("members"), Given(date(2026, 1, 1))).read)
    return [(row.number, row.problem.code if row.problem else "") for row in rows]


def unusable(path: Path) -> FileUnusable:
    with pytest.raises(FileUnusable) as caught:
        opened(path)
    return caught.value


def test_a_merged_title_and_a_merged_total_harm_nobody(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:D1")
        sheet.merge_cells("A5:C5")

    assert codes(opened(workbook(tmp_path / "a.xlsx", change))) == [(3, ""), (4, "")]


@pytest.mark.parametrize("cells", ["A3:A4", "C3:D3", "B4:B5", "B2:B3"])
def test_merged_cells_among_headings_or_data_are_refused_by_name(tmp_path: Path, cells: str) -> None:
    problem = unusable(workbook(tmp_path / "a.xlsx", lambda sheet: sheet.merge_cells(cells)))
    assert (problem.code, problem.value) == ("merged-cells", cells)


def test_a_formula_that_was_never_computed_refuses_its_row_only(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A3"] = '="甲"&"乙"'
        sheet["D5"] = "=SUM(D3:D4)"

    assert codes(opened(workbook(tmp_path / "a.xlsx", change))) == [(3, "formula-without-value"), (4, "")]


def test_a_computed_formula_counts_with_its_value(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda sheet: sheet.cell(3, 1, "=CONCAT()"))
    computed = tmp_path / "b.xlsx"
    old, new = b"<f>CONCAT()</f><v></v>", "<f>CONCAT()</f><v>甲乙</v>".encode()
    _rewritten(path, computed, lambda data: data.replace(old, new).replace(b"<v />", new[-13:]))
    rows = list(opened(computed).rows(SheetRows(sheet_of("members"), Given(date(2026, 1, 1))).read))
    assert rows[0].fields is not None
    assert rows[0].fields["name"] == "甲乙"


def test_an_error_value_refuses_its_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda sheet: sheet.cell(4, 4, "#N/A"))
    assert codes(opened(path)) == [(3, ""), (4, "cell-with-error")]


def test_an_identity_number_kept_as_a_number_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda sheet: sheet.cell(3, 2, 999999199202290018))
    assert codes(opened(path)) == [(3, "number-lost-digits"), (4, "")]


def test_codes_kept_as_numbers_and_serial_dates_are_read(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["D3"] = 330282121000
        sheet["C3"] = 38781

    assert codes(opened(workbook(tmp_path / "a.xlsx", change))) == [(3, ""), (4, "")]


def test_macros_are_refused_whatever_the_name(tmp_path: Path) -> None:
    path = roster(tmp_path / "a.xlsx", 1)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    assert unusable(path).code == "macro-file"
    assert unusable(roster(tmp_path / "b.xlsx", 1).rename(tmp_path / "b.xlsm")).code == "macro-file"


def test_macros_under_another_name_are_refused(tmp_path: Path) -> None:
    types = '<Override PartName="/xl/code.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    path, evil = roster(tmp_path / "a.xlsx", 1), tmp_path / "evil.xlsx"
    _rewritten(path, evil, lambda data: data.replace(b"</Types>", types.encode()), "[Content_Types].xml")
    assert unusable(evil).code == "macro-file"
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    enabled = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    _rewritten(path, evil, lambda data: data.replace(main, enabled), "[Content_Types].xml")
    assert unusable(evil).code == "macro-file"


@pytest.mark.parametrize("part", ["xl/worksheets/", "xl/workbook.xml", "xl/_rels/", "xl/styles.xml"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "cp037", "utf-7"])
def test_entities_in_another_encoding_are_refused(tmp_path: Path, part: str, encoding: str) -> None:
    path, evil = roster(tmp_path / "a.xlsx", 1), tmp_path / "evil.xlsx"
    bomb = '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>'

    def change(data: bytes) -> bytes:
        declared = f'<?xml version="1.0" encoding="{encoding}"?>'
        text = data.decode().partition("?>")[2] or data.decode()
        if encoding.startswith("utf-") and encoding != "utf-7":
            return (declared + bomb + text).encode(encoding)
        return declared.encode() + (bomb + text).encode(encoding, "xmlcharrefreplace")

    _rewritten(path, evil, change, part)
    assert unusable(evil).code == "workbook-unsafe"


def test_a_bomb_is_refused_by_its_declared_size(tmp_path: Path) -> None:
    path = roster(tmp_path / "a.xlsx", 1)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/a.bin", bytes(5_000_000))
    with pytest.raises(FileUnusable) as caught:
        open_source(path, sheet_of("members"), Limits(unpacked_bytes=4_000_000))
    assert caught.value.code == "unpacked-too-large"


@pytest.mark.parametrize(("cell", "code"), [("XFD3", "too-many-columns"), ("A1048576", "too-many-rows")])
def test_a_far_off_cell_is_refused_before_memory_is_laid_out(tmp_path: Path, cell: str, code: str) -> None:
    def change(sheet: Worksheet) -> None:
        sheet[cell] = "x"

    assert unusable(workbook(tmp_path / "a.xlsx", change)).code == code


def test_entities_and_other_packages_are_refused(tmp_path: Path) -> None:
    path = roster(tmp_path / "a.xlsx", 1)
    evil = tmp_path / "evil.xlsx"
    _rewritten(path, evil, lambda data: b'<!DOCTYPE x [<!ENTITY a "b">]>' + data)
    assert unusable(evil).code == "workbook-unsafe"
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("word/document.xml", b"x")
    assert unusable(other).code == "not-a-workbook"


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_part_that_is_longer_than_it_says_is_refused(tmp_path: Path, part: str) -> None:
    path = roster(tmp_path / "a.xlsx", 3)
    data = bytearray(path.read_bytes())
    entry = data.rindex(part.encode()) - 46  # the central directory comes last; its size field is at 24
    data[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    path.write_bytes(data)
    assert unusable(path).code == "file-damaged"


def test_shared_strings_and_cached_formulas_are_read_as_spreadsheet_programs_write_them(
    tmp_path: Path,
) -> None:
    texts = [*TITLES, "甲", person_number(1), "330282121000"]
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    titles = "".join(f'<c r="{column}1" t="s"><v>{place}</v></c>' for place, column in enumerate("ABCD"))
    row = (
        '<c r="A2" t="str"><f>C9</f><v>甲</v></c><c r="B2" t="s"><v>5</v></c>'
        '<c r="C2"><v>38781</v></c><c r="D2" t="s"><v>6</v></c>'
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package_relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{package_relations}">'
        f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{relations}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package_relations}">'
        f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/sharedStrings.xml": f"<sst {main}>{strings}</sst>",
        "xl/worksheets/sheet1.xml": f'<worksheet {main}><sheetData><row r="1">{titles}</row>'
        f'<row r="2">{row}</row></sheetData></worksheet>',
    }
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    (read,) = opened(path).rows(SheetRows(sheet_of("members"), Given(date(2026, 1, 1))).read)
    assert read.fields is not None
    assert (read.fields["name"], read.fields["joined_on"]) == ("甲", "2006-03-05")


def test_a_cut_workbook_is_refused(tmp_path: Path) -> None:
    path = roster(tmp_path / "a.xlsx", 50)
    path.write_bytes(path.read_bytes()[:-200])
    assert unusable(path).code == "file-damaged"


def test_the_one_sheet_with_headings_is_taken_and_two_are_a_question(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "说明"
    first.append(["请按要求填写"])
    for name in ("一月", "二月"):
        sheet = book.create_sheet(name)
        sheet.append(TITLES)
        sheet.append(ROW)
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert (unusable(path).code, unusable(path).value) == ("several-sheets", "一月, 二月")
    assert opened(path, "二月").total == 1
    with pytest.raises(FileUnusable, match="sheet-not-found"):
        opened(path, "三月")
    book["二月"].sheet_state = "hidden"
    book.save(path)
    assert opened(path).notices == ("sheets not used: 说明",)


def _rewritten(
    source: Path, target: Path, change: Callable[[bytes], bytes], where: str = "xl/worksheets/"
) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part.startswith(where) else data)
