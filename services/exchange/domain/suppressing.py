"""Small numbers in a table, hidden so that nobody gets them back from what is shown.

The table is taken with its totals: one more row, one more column. Every row and every column adds up to its
total, so a hidden number is found by subtraction as soon as it stands alone, and by a chain of subtractions
as soon as it stands at a bridge between others (Gusfield, A graph theoretic approach to statistical data
security, 1988). A reader knows more: that nothing hidden is zero, since zeros are shown. So a number is
hidden well only if it could be another one while all shown numbers stay, and no hidden one falls below 1.

    signed(cell)   the number, or its negative in a total: then every line of the wide table adds up to zero
    arcs           row -> column: the signed number could be greater; column -> row: less
    hidden well    there is a way around from one end of the cell to the other, not over the cell itself
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

Cell = tuple[int, int]
Numbers = Sequence[Sequence[int]]
Shown = list[list[int | None]]

SMALLEST = 1


def with_totals(numbers: Numbers) -> list[list[int]]:
    """The table with a total at the end of every row, and a last row of totals."""
    rows = [[*row, sum(row)] for row in numbers]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def suppressed(numbers: Numbers, entries: Numbers, threshold: int) -> Shown:
    """The table with its totals; None for what is hidden.

    `entries` says of how many events each number is made: a number of few is hidden as if it were small.
    """
    if not numbers or not numbers[0]:
        return []
    table = _Table(with_totals(numbers), with_totals(entries), threshold)
    table.hide()
    return [
        [None if (r, c) in table.hidden else number for c, number in enumerate(row)]
        for r, row in enumerate(table.numbers)
    ]


class _Table:
    def __init__(self, numbers: Numbers, entries: Numbers, threshold: int) -> None:
        self.numbers = numbers
        self._entries = entries
        self._threshold = threshold
        self._height, self._width = len(numbers), len(numbers[0])
        self._cells = list(product(range(self._height), range(self._width)))
        self.hidden: set[Cell] = {cell for cell in self._cells if self._small(cell)}

    def hide(self) -> None:
        """Until nothing hidden can be found again; every round hides one more at least."""
        while self._fill_lines() or self._go_around():
            pass

    def _small(self, cell: Cell) -> bool:
        return any(0 < table[cell[0]][cell[1]] < self._threshold for table in (self.numbers, self._entries))

    def _fill_lines(self) -> bool:
        """What is hidden in a line is known together, as its total less the rest: it must not be few."""
        before = len(self.hidden)
        for line, total in self._lines():
            inside = [cell for cell in line if cell in self.hidden]
            others = sorted((cell for cell in line if self._could_hide(cell)), key=self._price)
            while inside and total not in self.hidden and others and self._few(inside):
                inside.append(others.pop(0))
                self.hidden.add(inside[-1])
        return len(self.hidden) > before

    def _lines(self) -> Iterator[tuple[list[Cell], Cell]]:
        for r in range(self._height):
            yield [(r, c) for c in range(self._width - 1)], (r, self._width - 1)
        for c in range(self._width):
            yield [(r, c) for r in range(self._height - 1)], (self._height - 1, c)

    def _few(self, cells: Iterable[Cell]) -> bool:
        return sum(self._entries[r][c] for r, c in cells) < self._threshold

    def _could_hide(self, cell: Cell) -> bool:
        return cell not in self.hidden and self.numbers[cell[0]][cell[1]] > 0

    def _price(self, cell: Cell) -> tuple[bool, int]:
        """Totals are wanted most, and great numbers more than small ones."""
        return self._is_total(cell), self.numbers[cell[0]][cell[1]]

    def _is_total(self, cell: Cell) -> bool:
        return cell[0] == self._height - 1 or cell[1] == self._width - 1

    def _go_around(self) -> bool:
        """For what is not hidden well, three others that make a rectangle with it; else everything."""
        before = sorted(self.hidden)
        for cell in before:
            if not self._hidden_well(cell):
                self.hidden.update(self._rectangle(cell) or self._all())
        return len(self.hidden) > len(before)

    def _rectangle(self, cell: Cell) -> list[Cell]:
        r, c = cell
        corners = (
            [(r, c2), (r2, c), (r2, c2)]
            for r2, c2 in self._cells
            if r2 != r and c2 != c and all(self.numbers[y][x] for y, x in ((r, c2), (r2, c), (r2, c2)))
        )
        added = [[each for each in three if each not in self.hidden] for three in corners]
        return min(filter(None, added), key=self._cost, default=[])

    def _cost(self, cells: Sequence[Cell]) -> tuple[int, int, int]:
        prices = [self._price(cell) for cell in cells]
        return sum(total for total, _ in prices), len(cells), sum(number for _, number in prices)

    def _all(self) -> list[Cell]:
        return [cell for cell in self._cells if self._could_hide(cell)]

    def _hidden_well(self, cell: Cell) -> bool:
        r, c = cell
        greater, less = self._ways(cell)
        return (greater and self._leads(c, r, cell, from_row=False)) or (
            less and self._leads(r, c, cell, from_row=True)
        )

    def _ways(self, cell: Cell) -> tuple[bool, bool]:
        """Whether the signed number could be greater, and whether it could be less."""
        falls = self.numbers[cell[0]][cell[1]] > SMALLEST
        turned = self._is_total(cell) and cell != (self._height - 1, self._width - 1)
        return (falls, True) if turned else (True, falls)

    def _leads(self, start: int, goal: int, without: Cell, *, from_row: bool) -> bool:
        """Whether arcs lead from the start (a row or a column) to the goal (of the other sort)."""
        met, waiting = {(from_row, start)}, [(from_row, start)]
        while waiting:
            is_row, at = waiting.pop()
            for cell in self._at(at, is_row=is_row):
                if cell == without or not self._ways(cell)[0 if is_row else 1]:
                    continue
                there = (not is_row, cell[1] if is_row else cell[0])
                if there not in met:
                    met.add(there)
                    waiting.append(there)
        return (not from_row, goal) in met

    def _at(self, number: int, *, is_row: bool) -> list[Cell]:
        return [cell for cell in self.hidden if cell[0 if is_row else 1] == number]
