"""Building from a package and loading again: place-holders, skipped levels, damaged files."""

import csv
import io
import lzma
import tarfile
from pathlib import Path

import pytest

from unionstream.divisions import Division, DivisionsInvalid, load
from unionstream.divisions.build import main
from unionstream.divisions.model import COLUMNS

PLACES = {
    "provinces": ["11,北京市", "41,河南省", "44,广东省", "62,甘肃省"],
    "cities": ["1101,市辖区", "4190,省直辖县级行政区划", "4419,东莞市", "6202,嘉峪关市"],
    "areas": ["110101,东城区", "419001,济源市", "441900,东莞市", "620201,嘉峪关市"],
    "streets": ["110101001,东华门街道", "419001001,沁园街道", "441900003,东城街道", "620201100,新城镇"],
    "villages": ["110101001001,多福巷社区居委会", "441900003001,岗贝社区居民委员会"],
}


def package(folder: Path, places: dict[str, list[str]]) -> Path:
    archive = folder / "places.tgz"
    with tarfile.open(archive, "w:gz") as out:
        for name, lines in places.items():
            data = "\n".join(["code,name", *lines, ""]).encode()
            info = tarfile.TarInfo(f"package/dist/{name}.csv")
            info.size = len(data)
            out.addfile(info, io.BytesIO(data))
    return archive


def built(folder: Path, province: str, places: dict[str, list[str]] = PLACES) -> list[Division]:
    out = folder / "out.csv.xz"
    main([str(package(folder, places)), province, str(out)])
    return list(load(out))


def parents(divisions: list[Division]) -> dict[str, str | None]:
    names = {division.code: division.name for division in divisions}
    return {division.name: names.get(division.parent_code or "") for division in divisions}


def test_districts_of_a_municipality_hang_on_the_province(tmp_path: Path) -> None:
    assert parents(built(tmp_path, "11")) == {
        "北京市": None,
        "东城区": "北京市",
        "东华门街道": "东城区",
        "多福巷社区居委会": "东华门街道",
    }


def test_counties_directly_under_a_province_hang_on_it(tmp_path: Path) -> None:
    assert parents(built(tmp_path, "41")) == {"河南省": None, "济源市": "河南省", "沁园街道": "济源市"}


def test_towns_of_prefectures_without_counties_hang_on_the_prefecture(tmp_path: Path) -> None:
    assert parents(built(tmp_path, "44"))["东城街道"] == "东莞市"
    jiayuguan = built(tmp_path, "62")
    assert parents(jiayuguan) == {"甘肃省": None, "嘉峪关市": "甘肃省", "新城镇": "嘉峪关市"}
    assert [unit.level for unit in jiayuguan] == [1, 2, 4]


def test_the_whole_country_fits_in_one_file(tmp_path: Path) -> None:
    assert [unit.name for unit in built(tmp_path, "all") if unit.level == 1] == [
        "北京市",
        "河南省",
        "广东省",
        "甘肃省",
    ]


def test_the_same_source_gives_the_same_bytes(tmp_path: Path) -> None:
    archive = package(tmp_path, PLACES)
    main([str(archive), "44", str(tmp_path / "a")])
    main([str(archive), "44", str(tmp_path / "b")])
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize(("province", "message"), [("99", "province-unknown"), ("11", "division-twice")])
def test_a_source_that_does_not_serve_ends_with_its_reason(
    tmp_path: Path, province: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    doubled = PLACES | {"areas": [*PLACES["areas"], "110101,西城区"]}
    with pytest.raises(SystemExit) as ended:
        main([str(package(tmp_path, doubled)), province, str(tmp_path / "out")])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_archive_of_something_else_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(package(tmp_path, {"provinces": []})), "11", str(tmp_path / "out")])
    assert "divisions-source-unknown" in capsys.readouterr().err


GOOD = ["110000000000", "北京市", "1", "", "municipality", "2023-06-30"]
CHILD = ["110101000000", "东城区", "3", "110000000000", "district", "2023-06-30"]


def file_of(folder: Path, *rows: list[str], columns: tuple[str, ...] = COLUMNS) -> Path:
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    path = folder / "x.csv.xz"
    path.write_bytes(lzma.compress(text.getvalue().encode()))
    return path


@pytest.mark.parametrize(
    ("rows", "code", "line"),
    [
        ([GOOD, GOOD], "division-twice", 3),
        ([CHILD], "division-parent-unknown", 2),
        ([GOOD, CHILD, [*CHILD[:3], "", *CHILD[4:]]], "division-twice", 4),
        ([GOOD, [*CHILD[:3], "", *CHILD[4:]]], "division-without-parent", 3),
        (
            [GOOD, CHILD, ["110102000000", "西城区", "3", "110101000000", "", "2023-06-30"]],
            "division-upside-down",
            4,
        ),
        ([[*GOOD[:2], "2", *GOOD[3:]]], "division-malformed", 2),
        ([[GOOD[0], "", *GOOD[2:]]], "division-malformed", 2),
        ([[*GOOD[:5], "2023-02-29"]], "division-malformed", 2),
        ([["11010100000", *GOOD[1:]]], "division-malformed", 2),
        ([GOOD[:3]], "division-malformed", 2),
    ],
)
def test_a_damaged_file_is_refused_at_its_line(
    tmp_path: Path, rows: list[list[str]], code: str, line: int
) -> None:
    with pytest.raises(DivisionsInvalid) as caught:
        list(load(file_of(tmp_path, *rows)))
    assert (caught.value.code, caught.value.line) == (code, line)
    assert caught.value.remedy


def test_other_columns_no_file_and_no_archive_are_refused(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_text("code,name")
    cut = tmp_path / "cut"
    cut.write_bytes(file_of(tmp_path, GOOD).read_bytes()[:-20])
    for source, code in (
        (file_of(tmp_path, GOOD, columns=COLUMNS[::-1]), "divisions-columns"),
        ("98", "divisions-not-found"),
        (plain, "divisions-unreadable"),
        (cut, "divisions-unreadable"),
    ):
        with pytest.raises(DivisionsInvalid) as caught:
            list(load(source))
        assert caught.value.code == code
