"""The small language of scenario files: expressions over named numbers, and texts with expressions in them.

A text that begins with `=` is an expression and keeps its type; in other texts `{expression}` is filled in.
Expressions are arithmetic, comparisons, lists, slices and calls of the functions offered: no attributes, no
names that begin with an underscore, so data can compute and do nothing else.
"""

import ast
import re
from collections.abc import Mapping
from functools import cache
from types import CodeType
from typing import Any

Scope = dict[str, Any]

_ALLOWED = (
    ast.Expression,
    ast.Constant,
    ast.Name,
    ast.Load,
    ast.Store,
    ast.BinOp,
    ast.UnaryOp,
    ast.BoolOp,
    ast.Compare,
    ast.IfExp,
    ast.Call,
    ast.Subscript,
    ast.Slice,
    ast.List,
    ast.Tuple,
    ast.Dict,
    ast.ListComp,
    ast.DictComp,
    ast.comprehension,
    ast.operator,
    ast.unaryop,
    ast.boolop,
    ast.cmpop,
    ast.keyword,
)
_IN_BRACES = re.compile(r"\{([^{}]+)\}")


class BadExpression(ValueError):
    """An expression that cannot be read or computed; says which one and why."""


def compute(source: str, scope: Scope) -> Any:
    """The value of an expression. Raises BadExpression."""
    code = _compiled(source.removeprefix("=").strip())
    try:
        return eval(code, scope)  # noqa: S307 - nodes looked through, no builtins  # nosec B307
    except BadExpression:
        raise
    except Exception as why:
        raise BadExpression(f"“{source}”: {type(why).__name__}: {why}") from why


def filled(template: Any, scope: Scope) -> Any:
    """A body with every expression in it replaced by its value; what has the value None is left out."""
    if isinstance(template, str):
        return _text(template, scope)
    if isinstance(template, Mapping):
        pairs = ((name, filled(value, scope)) for name, value in template.items())
        return {name: value for name, value in pairs if value is not None}
    if isinstance(template, list | tuple):
        return [filled(value, scope) for value in template]
    return template


def names_within(template: str) -> set[str]:
    """The names that the expressions in a text use. Raises BadExpression."""
    if template.startswith("="):
        return names_in(template[1:].strip())
    return {name for source in _IN_BRACES.findall(template) for name in names_in(source)}


def scope_of(*layers: Mapping[str, Any]) -> Scope:
    """A scope in which later layers cover earlier ones."""
    scope: Scope = {"__builtins__": {}}
    for layer in layers:
        scope.update(layer)
    return scope


def names_in(source: str) -> set[str]:
    """The names that an expression uses, functions that it calls apart. Raises BadExpression."""
    nodes = list(ast.walk(_tree(source)))
    called = {
        node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    return {node.id for node in nodes if isinstance(node, ast.Name)} - called


def _text(template: str, scope: Scope) -> Any:
    if template.startswith("="):
        return compute(template, scope)
    return _IN_BRACES.sub(lambda found: str(compute(found[1], scope)), template)


@cache
def _compiled(source: str) -> CodeType:
    return compile(_tree(source), "<scenario>", "eval")


def _tree(source: str) -> ast.Expression:
    try:
        tree = ast.parse(source, mode="eval")
    except SyntaxError as why:
        raise BadExpression(f"“{source}”: {why.msg}") from why
    for node in ast.walk(tree):
        _look_at(node, source)
    return tree


def _look_at(node: ast.AST, source: str) -> None:
    if not isinstance(node, _ALLOWED):
        raise BadExpression(f"“{source}”: {type(node).__name__} is no part of the language")
    if isinstance(node, ast.Name) and node.id.startswith("_"):
        raise BadExpression(f"“{source}”: a name may not begin with an underscore")
    if isinstance(node, ast.Call) and not isinstance(node.func, ast.Name):
        raise BadExpression(f"“{source}”: only functions by name are called")
