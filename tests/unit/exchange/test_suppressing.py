"""Nothing that is hidden in a table can be had back, by subtraction or by trying what fits."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.exchange.domain.suppressing import Cell, Shown, suppressed, with_totals

Rows = list[list[int]]


@st.composite
def tables(draw: st.DrawFn, largest: int = 5, top: int = 40) -> Rows:
    height, width = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    numbers = st.one_of(st.integers(0, 6), st.integers(0, top))
    return [[draw(numbers) for _ in range(width)] for _ in range(height)]


def hidden_in(shown: Shown) -> list[Cell]:
    return [(r, c) for r, row in enumerate(shown) for c, each in enumerate(row) if each is None]


def lines_of(height: int, width: int) -> list[dict[Cell, int]]:
    """Every row and every column with its total: the parts less the total are zero."""
    rows = [{(r, c): 1 for c in range(width - 1)} | {(r, width - 1): -1} for r in range(height)]
    columns = [{(r, c): 1 for r in range(height - 1)} | {(height - 1, c): -1} for c in range(width)]
    return rows + columns


def found_by_subtraction(shown: Shown) -> set[Cell]:
    """Hidden cells that the equations fix, by elimination with exact fractions."""
    hidden = hidden_in(shown)
    matrix = [
        [Fraction(line.get(cell, 0)) for cell in hidden] for line in lines_of(len(shown), len(shown[0]))
    ]
    fixed, row = set(), 0
    for column in range(len(hidden)):
        pivot = next((r for r in range(row, len(matrix)) if matrix[r][column]), None)
        if pivot is None:
            continue
        matrix[row], matrix[pivot] = matrix[pivot], matrix[row]
        matrix[row] = [each / matrix[row][column] for each in matrix[row]]
        for r, each in enumerate(matrix):
            if r != row and each[column]:
                matrix[r] = [a - each[column] * b for a, b in zip(each, matrix[row], strict=True)]
        row += 1
    for each in matrix:
        if sum(1 for value in each if value) == 1:
            fixed.add(hidden[next(n for n, value in enumerate(each) if value)])
    return fixed


def could_be_another(shown: Shown, full: Rows) -> set[Cell]:
    """Hidden cells for which another table fits all that is shown; nothing hidden is below 1 in it."""
    hidden, found = hidden_in(shown), set[Cell]()
    inside = [cell for cell in hidden if cell[0] < len(full) - 1 and cell[1] < len(full[0]) - 1]
    for change in product((-1, 0, 1), repeat=len(inside)):
        other = [row[:-1] for row in full[:-1]]
        for (r, c), more in zip(inside, change, strict=True):
            other[r][c] += more
        table = with_totals(other)
        fits = all(
            (each is None and table[r][c] >= 1) or each == table[r][c]
            for r, row in enumerate(shown)
            for c, each in enumerate(row)
        )
        if fits:
            found |= {(r, c) for r, c in hidden if table[r][c] != full[r][c]}
    return found


@given(numbers=tables(), threshold=st.integers(2, 12))
@settings(max_examples=400, deadline=None)
def test_nothing_hidden_is_found_by_subtraction(numbers: Rows, threshold: int) -> None:
    assert found_by_subtraction(suppressed(numbers, numbers, threshold)) == set()


@given(numbers=tables(largest=3, top=12), threshold=st.integers(2, 6))
@settings(max_examples=150, deadline=None)
def test_every_hidden_number_could_be_another(numbers: Rows, threshold: int) -> None:
    shown = suppressed(numbers, numbers, threshold)
    assert could_be_another(shown, with_totals(numbers)) == set(hidden_in(shown))


@given(numbers=tables(), threshold=st.integers(2, 12))
@settings(max_examples=200, deadline=None)
def test_every_small_number_is_hidden_and_what_is_shown_is_true(numbers: Rows, threshold: int) -> None:
    shown, full = suppressed(numbers, numbers, threshold), with_totals(numbers)
    for r, row in enumerate(full):
        for c, number in enumerate(row):
            assert shown[r][c] in {None, number}
            assert not (0 < number < threshold and shown[r][c] is not None)
            assert not (number == 0 and shown[r][c] is None)


@given(numbers=tables(), threshold=st.integers(2, 12))
@settings(max_examples=200, deadline=None)
def test_what_is_hidden_in_a_line_with_a_shown_total_is_not_few_together(
    numbers: Rows, threshold: int
) -> None:
    shown = suppressed(numbers, numbers, threshold)
    full = with_totals(numbers)
    for line in lines_of(len(full), len(full[0])):
        total = next(cell for cell, sign in line.items() if sign < 0)
        together = [full[r][c] for (r, c), sign in line.items() if sign > 0 and shown[r][c] is None]
        if together and shown[total[0]][total[1]] is not None:
            assert sum(together) >= threshold


def test_a_number_made_of_few_events_is_hidden_however_great_it_is() -> None:
    people = [[900, 800], [700, 600]]
    events = [[2, 90], [80, 70]]
    assert suppressed(people, events, 5)[0][0] is None
    assert suppressed(people, people, 5) == with_totals(people)


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([[3, 20], [30, 40]], [[None, None, 23], [None, None, 70], [33, 60, 93]]),
        ([[10, 20], [30, 40]], [[10, 20, 30], [30, 40, 70], [40, 60, 100]]),
        ([[0, 20], [30, 40]], [[0, 20, 20], [30, 40, 70], [30, 60, 90]]),
        ([[1]], [[None, None], [None, None]]),
        ([], []),
    ],
)
def test_examples(numbers: Rows, shown: Shown) -> None:
    assert suppressed(numbers, numbers, 5) == shown


def test_the_check_of_this_test_finds_what_a_lone_hidden_number_gives_away() -> None:
    lone: Shown = [[None, 20, 23], [30, 40, 70], [33, 60, 93]]
    assert found_by_subtraction(lone) == {(0, 0)}
    chain: Shown = [[None, None, 23], [30, None, 72], [33, 62, 95]]
    assert found_by_subtraction(chain) == {(0, 0), (0, 1), (1, 1)}
