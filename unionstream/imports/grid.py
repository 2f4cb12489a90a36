"""What every kind of file is made into before its meaning is read: rows of cells that can be walked twice."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from unionstream.imports.cells import Cell
from unionstream.imports.problems import RowProblem


@dataclass(frozen=True)
class Limits:
    """Where reading stops, so that no file can exhaust the machine."""

    rows: int = 100_000
    columns: int = 100
    file_bytes: int = 256 * 1024 * 1024
    unpacked_bytes: int = 512 * 1024 * 1024


@dataclass(frozen=True)
class Grid:
    """One sheet: `rows` starts anew on every call and gives every row from the first, blank ones too.

    `merged` are the ranges of merged cells as (first row, last row, name such as A5:A7), rows counted from 1.
    `faults` are rows that hold a cell without a usable value, by row number.
    """

    name: str
    rows: Callable[[], Iterator[list[Cell]]]
    merged: tuple[tuple[int, int, str], ...] = ()
    faults: Mapping[int, RowProblem] = field(default_factory=dict)
