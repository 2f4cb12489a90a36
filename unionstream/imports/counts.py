"""Whole numbers as cadres write them: 1,234, 12人, 3 户."""

import re
import unicodedata

from unionstream.imports.cells import Cell, text
from unionstream.imports.problems import CellInvalid

# One word that says what is counted may stand behind the figure: 12人, 3户, 40人次.
_WHOLE = re.compile(
    r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.0*)?(?:人次|[人户件个家次名份套台天年月元期篇条项起场板块班支张分])?"
)
_LARGEST = 10**12
_YEAR = re.compile(r"(1[89][0-9]{2}|20[0-9]{2}|2100)年?度?")


def whole(cell: Cell, least: int = 0) -> int:
    """A whole number of `least` or more; refuses fractions and anything that could be read in two ways."""
    words = _words(cell)
    match = _WHOLE.fullmatch(words) if not isinstance(cell, bool) else None
    if match is None:
        raise CellInvalid("number-unreadable", words[:30], "write a whole number such as 12")
    count = int(match[2].replace(",", ""))
    if match[1] or count < least:
        raise CellInvalid("number-too-small", words[:30], f"write {least} or more")
    if count > _LARGEST:
        raise CellInvalid("number-too-large", words[:30], "compare it with what was counted")
    return count


def year(cell: Cell) -> int:
    """A calendar year: 2006, 2006年 or 2006年度."""
    match = _YEAR.fullmatch(_words(cell))
    if match is None:
        raise CellInvalid("year-unreadable", _words(cell)[:30], "write a year such as 2006")
    return int(match[1])


def _words(cell: Cell) -> str:
    written = f"{cell:.15g}" if isinstance(cell, float) else text(cell)
    return unicodedata.normalize("NFKC", written).replace(" ", "")
