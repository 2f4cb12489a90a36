"""The language of scenario files: it computes, and nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from unionstream.demo.expressions import BadExpression, compute, filled, names_in, scope_of
from unionstream.demo.functions import FUNCTIONS, generated

NUMBERS = {"members": 376, "unions": 7, "_hidden": 1}


def value(source: str) -> object:
    return compute(source, scope_of(FUNCTIONS, generated(3), NUMBERS))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("members - 30 * unions", 166),
        ("spread(members, unions)", [54, 54, 54, 54, 54, 53, 53]),
        ("sum(spread(members, unions)) == members", True),
        ("parts({'deep': 2, 'relative': 1})", ["deep", "deep", "relative"]),
        ("[n * k for n in range(2) for k in [1, 2]]", [0, 0, 1, 2]),
        ("days('2006-01-01', '2006-01-31', 3)", [date(2006, 1, day) for day in (1, 16, 31)]),
        ("days('2006-01-01', '2006-01-31', 1)", [date(2006, 1, 1)]),
        ("year_of(after('2006-12-31', 1))", 2007),
        ("percent(5, 8)", Decimal("62.50")),
        ("percent(912800, 1600000, 0)", Decimal(57)),
        ("ratio(1, 8, 2)", Decimal("0.13")),
        ("draws(['a'], [5], [4])", [[{"fund": "a", "fen": 4}]]),
        ("draws(['a', 'b'], [5, 3], [4, 4])[1]", [{"fund": "a", "fen": 1}, {"fund": "b", "fen": 3}]),
        ("[] if members else unions", []),
    ],
)
def test_it_computes(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "members.real",
        "().__class__",
        "_hidden",
        "__builtins__",
        "open('x')",
        "(lambda: 1)()",
        "spread(1, 2)(3)",
        "f'{members}'",
        "nobody",
        "1 / 0",
        "1 +",
        "[x for x in range(3)][5]",
        "draws(['a'], [5], [6])",
    ],
)
def test_anything_else_is_refused_by_name(source: str) -> None:
    with pytest.raises(BadExpression) as refused:
        value(source)
    assert source in str(refused.value)


def test_bodies_are_filled_and_empty_fields_left_out() -> None:
    scope = scope_of(FUNCTIONS, NUMBERS)
    body = {"n": "=unions", "on": "2006-{'%02d' % unions}-01", "none": None, "deep": [{"a": "= 1 + 1"}, "x"]}
    assert filled(body, scope) == {"n": 7, "on": "2006-07-01", "deep": [{"a": 2}, "x"]}


def test_names_are_those_of_quantities_not_of_functions() -> None:
    assert names_in("round(members / unions, 2) + spread(a, 3)[0]") == {"members", "unions", "a"}


def test_generated_numbers_differ_between_stories() -> None:
    one, other = generated(1), generated(2)
    numbers = [story[name](n) for story in (one, other) for name in ("person", "company") for n in range(50)]
    assert len(set(numbers)) == len(numbers)
    assert one["woman"](4) == one["person"](8)
    assert int(one["man"](4)[16]) % 2 == 1
    with pytest.raises(BadExpression, match="at most"):
        value("person(50000)")
