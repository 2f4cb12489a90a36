"""Cells as text: what calamine or a CSV file gives, made into clean strings."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from unionstream.imports.problems import CellInvalid

Cell = str | int | float | bool | date | datetime | time | timedelta

# Excel keeps 15 significant digits of a number; a longer one has already been changed.
_MOST_DIGITS = 10**15
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\ufeff]")


def is_blank(cell: Cell) -> bool:
    """Nothing a person would see."""
    return isinstance(cell, str) and (not cell or cell.isspace())


def text(cell: Cell) -> str:
    """Words as written, white space collapsed, no leading apostrophe; refuses what cannot be written."""
    if isinstance(cell, str):
        return _words(cell)
    if isinstance(cell, datetime | date | time | timedelta):
        raise CellInvalid("text-expected", str(cell), "this is a date: write it as text")
    return number(cell)


def code(cell: Cell) -> str:
    """A number or code in half-width upper case without spaces; refuses a number that has lost digits."""
    words = text(cell)
    if not words.isascii():
        words = unicodedata.normalize("NFKC", words)
    words = _SPACES.sub("", words).upper()
    if _SCIENTIFIC.fullmatch(words):
        raise CellInvalid("number-lost-digits", words[:8], "format the column as text and enter it again")
    return words


def number(cell: float | bool) -> str:  # noqa: FBT001 - a cell may hold TRUE
    """A whole number as its digits, refused where a spreadsheet can no longer hold all of them."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if abs(cell) >= _MOST_DIGITS:
        raise CellInvalid("number-lost-digits", "", "format the column as text and enter the number again")
    return str(int(cell)) if cell == int(cell) else repr(cell)


def shown(cell: Cell) -> str:
    """The cell as it goes into a file of refused rows: always writable, nothing else changed."""
    if isinstance(cell, str) and cell.isprintable():
        return cell
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _MOST_DIGITS:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return "".join(char if _writable(char) else "\ufffd" for char in str(cell))


def _words(words: str) -> str:
    if words.isprintable() and "  " not in words:  # neither control characters nor odd spaces
        return words.strip().removeprefix("'")
    words = _SPACES.sub(" ", _INVISIBLE.sub("", words)).strip().removeprefix("'")
    if not all(map(_writable, words)):
        raise CellInvalid(
            "unreadable-characters", "", "delete the control characters, or export the file again"
        )
    return words


def _writable(char: str) -> bool:
    # Cc controls (NUL among them), Cs lone surrogates; tab and line ends may stand in a cell.
    return char in "\t\n\r" or unicodedata.category(char) not in {"Cc", "Cs"}
