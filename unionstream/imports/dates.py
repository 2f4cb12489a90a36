"""Dates and periods as cadres write them: ISO, slashes, 2006年3月5日, Excel's serial numbers."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache

from unionstream.imports.cells import Cell, text
from unionstream.imports.problems import CellInvalid

_EPOCH = date(1899, 12, 30)  # day 0 of the 1900 system, which counts a 29 February 1900 that never was
_FIRST_SERIAL, _LAST_SERIAL = 61, 73050  # 1900-03-01 to 2099-12-31
_DAY = re.compile(r"([0-9]{4})(?:[-/.年])([0-9]{1,2})(?:[-/.月])([0-9]{1,2})日?(?:[ T][0-9:.]+)?")
_COMPACT_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SERIAL = re.compile(r"[0-9]{5}(\.[0-9]+)?")
_MONTH = re.compile(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})月?|([0-9]{2}))")
_QUARTER = re.compile(r"([0-9]{4})[-年]?(?:Q([1-4])|第?([1-4一二三四])季度?)", re.IGNORECASE)
_QUARTERS = "一二三四"
_YEAR = re.compile(r"([0-9]{4})(?:年度?)?")


def day(cell: Cell) -> date:
    """A calendar day; a time of day beside it is dropped. Refuses impossible and ambiguous days."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_serial(float(cell))
    return _day_of_text(unicodedata.normalize("NFKC", text(cell)))


def period(cell: Cell) -> str:
    """`YYYY`, `YYYY-MM` or `YYYY-Qn`: what the money is for. A date stands for its month."""
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m}"
    words = unicodedata.normalize("NFKC", text(cell))
    if match := _YEAR.fullmatch(words):
        return match[1]
    if (match := _MONTH.fullmatch(words)) and 1 <= (month := int(match[2] or match[3])) <= 12:
        return f"{match[1]}-{month:02d}"
    if match := _QUARTER.fullmatch(words):
        quarter = match[2] or match[3]
        return f"{match[1]}-Q{_QUARTERS.find(quarter) + 1 or quarter}"
    if _DAY.fullmatch(words):
        return f"{_day_of_text(words):%Y-%m}"
    raise CellInvalid("period-unreadable", words[:20], "write 2006, 2006-03 or 2006-Q1")


@lru_cache(maxsize=4096)
def _day_of_text(words: str) -> date:
    if match := _DAY.fullmatch(words) or _COMPACT_DAY.fullmatch(words):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            raise CellInvalid("date-impossible", words[:20], "there is no such day") from None
    if _SERIAL.fullmatch(words):
        return _from_serial(float(words))
    raise CellInvalid("date-unreadable", words[:20], "write 2006-03-05, 2006/3/5 or 2006年3月5日")


def _from_serial(serial: float) -> date:
    if serial >= 19000101 and serial == int(serial):
        return _day_of_text(str(int(serial)))
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        raise CellInvalid(
            "date-unreadable", f"{serial:g}", "format the column as a date, or write 2006-03-05"
        )
    return _EPOCH + timedelta(days=int(serial))
