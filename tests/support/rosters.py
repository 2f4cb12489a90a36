"""Files of generated people and payments, as cadres keep them: `.xlsx` or `.csv`, Chinese headings."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

from tests.support.codes import credit_code, person_number

MEMBER_TITLES = ("序号", "姓名", "性别", "身份证号", "职工类别", "入会日期", "工会编码", "手机号码")
DUES_TITLES = ("凭证号", "缴款单位统一社会信用代码", "缴款单位", "金额(元)", "入库日期", "所属期", "渠道")
_FAMILY = "赵钱孙李周吴郑王冯陈"
_GIVEN = "一二三四五六七八九十"

Row = Sequence[str | int | float | date]


def member_rows(count: int, union: str = "330282121000") -> Iterator[Row]:
    """People of place 999999 who joined in 2006; every third is a migrant worker."""
    for index in range(count):
        number = person_number(index)
        yield (
            index + 1,
            f"{_FAMILY[index % 10]}{_GIVEN[index // 10 % 10]}{_GIVEN[index // 100 % 10]}",
            "男" if int(number[16]) % 2 else "女",
            number,
            "职工" if index % 3 else "农民工",
            date(2006, 1, 1) + timedelta(days=index % 365),
            union,
            f"1990000{index % 10_000:04d}",
        )


def dues_rows(count: int) -> Iterator[Row]:
    """Payments of employers that do not exist, 100.01 yuan and upward."""
    for index in range(count):
        yield (
            f"V{index:06d}",
            credit_code(index, "91"),
            f"单位{index}",
            f"{100 + index}.01",
            date(2006, 1 + index % 12, 15),
            "2006",
            "自收",
        )


def write(path: Path, titles: Row, rows: Iterable[Row], encoding: str = "utf-8-sig") -> Path:
    """A workbook or a comma-separated file, by the ending of `path`."""
    if path.suffix == ".xlsx":
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet("名册")
        for row in (titles, *rows):
            sheet.append(list(row))
        workbook.save(path)
    else:
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([titles, *rows])
    return path


def roster(path: Path, count: int, encoding: str = "utf-8-sig") -> Path:
    """A roster of `count` people."""
    return write(path, MEMBER_TITLES, member_rows(count), encoding)


def receipts(path: Path, count: int, encoding: str = "utf-8-sig") -> Path:
    """A list of `count` payments."""
    return write(path, DUES_TITLES, dues_rows(count), encoding)
