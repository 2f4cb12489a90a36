"""Grids of text files: UTF-8 with or without mark, UTF-16 with mark, GB18030; comma, semicolon or tab."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from unionstream.imports.cells import Cell
from unionstream.imports.grid import Grid
from unionstream.imports.problems import FileUnusable

_CHUNK = 1 << 20
_DELIMITERS = ",;\t"
_REMEDY = "save the file as CSV UTF-8"


def grid(path: Path) -> Grid:
    """The file as one sheet, decoded strictly; raises FileUnusable, here or while walking the rows."""
    encoding = _encoding(path)
    delimiter = _delimiter(path, encoding)
    return Grid(name=path.name, rows=lambda: _rows(path, encoding, delimiter))


def _rows(path: Path, encoding: str, delimiter: str) -> Iterator[list[Cell]]:
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            yield from reader
        except csv.Error as error:
            raise FileUnusable(
                "quotes-unbalanced",
                str(error),
                "double a quote inside a quoted cell",
                f"line {reader.line_num}",
            ) from error


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    elif start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8", "gb18030"]
    for encoding in candidates:
        fault = _first_fault(path, encoding)
        if fault is None:
            return encoding
        line, characters_before = fault
        # Text in another encoding fails at its first Chinese character; text that was fine so far is damaged.
        if characters_before > 2 or encoding == candidates[-1]:
            raise FileUnusable(
                "encoding-broken",
                f"not readable as {encoding.upper()} in line {line}",
                _REMEDY,
                f"line {line}",
            )
    raise AssertionError(candidates)


def _first_fault(path: Path, encoding: str) -> tuple[int, int] | None:
    """Line of the first undecodable byte and how many characters beyond ASCII stood before it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, beyond_ascii = 1, 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                before = error.object[: error.start].decode(encoding, errors="ignore")
                return line + before.count("\n"), beyond_ascii + _beyond_ascii(before)
            line += text.count("\n")
            beyond_ascii += _beyond_ascii(text)
            if not chunk:
                return None


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", errors="ignore"))


def _delimiter(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, newline="") as file:
        sample = [line for _, line in zip(range(20), file, strict=False)]
    if not any(line.strip() for line in sample):
        raise FileUnusable("file-empty", "there is nothing in the file", "give a file with rows")
    return max(_DELIMITERS, key=lambda mark: sum(line.count(mark) for line in sample))
