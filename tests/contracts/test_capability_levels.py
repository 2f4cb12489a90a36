"""Nothing of what the summaries demand is left out, and each is read as figures at several levels."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from shared import capabilities

ROOT = Path(__file__).parents[2]
FIRST, LAST = 1, 122
ALL = [f"CAP-{number:03d}" for number in range(FIRST, LAST + 1)]
SEVERAL = 2
SHOWN = capabilities.tests()

Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_the_register_has_no_gap() -> None:
    registered = {each.id for of_service in capabilities.register().values() for each in of_service}
    assert set(ALL) <= registered


@pytest.mark.parametrize("capability", ALL)
def test_a_capability_is_read_as_figures_at_several_levels(capability: str) -> None:
    """`field.agree(figures, unit, unit, …)` compares what the projection answers at every unit named."""
    levels = [_levels(*name.split("::")) for name in SHOWN.get(capability, ())]
    assert max(levels, default=0) >= SEVERAL, SHOWN.get(capability)


def _levels(path: str, test: str) -> int:
    functions = _functions(path)
    return max((_units(call) for call in _calls(functions, test, set())), default=0)


@cache
def _functions(path: str) -> dict[str, Function]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {each.name: each for each in ast.walk(tree) if isinstance(each, Function)}


def _calls(functions: dict[str, Function], name: str, seen: set[str]) -> Iterator[ast.Call]:
    """The calls of `agree` in a test, and in the functions of its file that it calls."""
    seen.add(name)
    for node in ast.walk(functions[name]):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Attribute(attr="agree"):
                yield node
            case ast.Name(id=called) if called in functions and called not in seen:
                yield from _calls(functions, called, seen)


def _units(call: ast.Call) -> int:
    return sum(SEVERAL if isinstance(each, ast.Starred) else 1 for each in call.args[1:])
