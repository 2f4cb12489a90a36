"""Relations between the figures of one report: exact arithmetic over the four operations and `round`."""

import ast
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from math import floor
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from services.projection.catalogue import CatalogueError, load

How = Literal["equal", "at_most", "below", "rate"]
Values = Mapping[str, Decimal]
FURTHEST_DENOMINATOR = 3  # a rate of at least a third: what lies beyond is not looked for


class Relation(BaseModel):
    """`left` and `right` are expressions over figures; see the head of relations.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    left: str
    how: How = Field(alias="is")
    right: str
    zh: str
    decimals: int = 0
    assumed: bool = False

    @property
    def figures(self) -> frozenset[str]:
        """The figures it is about."""
        return frozenset(_names(_parsed(self.left))) | frozenset(_names(_parsed(self.right)))


class Broken(BaseModel):
    """A relation that does not hold, with both sides as they come out."""

    model_config = ConfigDict(frozen=True)

    relation: Relation
    left: Decimal
    right: Decimal


@cache
def relations() -> tuple[Relation, ...]:
    """All of them; raises CatalogueError where one names a figure that is not in the catalogue."""
    raw = yaml.safe_load(files(__package__).joinpath("relations.yaml").read_text("utf-8"))
    known = load().figures
    found = tuple(Relation.model_validate(each) for each in raw)
    if missing := {name for each in found for name in each.figures if name not in known}:
        msg = f"relations name figures that are not there: {sorted(missing)}"
        raise CatalogueError(msg)
    return found


def broken(values: Values) -> Iterator[Broken]:
    """The relations that these figures of one report break; those that lack a figure are left out."""
    for each in relations():
        if each.figures <= values.keys():
            try:
                left, right = evaluated(each.left, values), evaluated(each.right, values)
            except ZeroDivisionError:
                continue
            if not _holds(each, left, right):
                yield Broken(relation=each, left=_decimal(left), right=_decimal(right))


def evaluated(expression: str, values: Values) -> Fraction:
    """The exact value of an expression; raises ZeroDivisionError."""
    return _value(_parsed(expression), values)


def _holds(relation: Relation, left: Fraction, right: Fraction) -> bool:
    match relation.how:
        case "equal":
            return left == right
        case "at_most":
            return left <= right
        case "below":
            return left < right
        case "rate":
            return _some_denominator(left, right, relation.decimals)


def _some_denominator(part: Fraction, rate: Fraction, decimals: int) -> bool:
    if rate <= 0 or part <= 0:
        return rate == part == 0
    nearest = floor(part * 100 / rate)
    if nearest > FURTHEST_DENOMINATOR * part:
        return True
    return any(
        _rounded(part * 100 / whole, decimals) == rate
        for whole in (nearest - 1, nearest, nearest + 1)
        if whole > 0
    )


@cache
def _parsed(expression: str) -> ast.expr:
    return ast.parse(expression, mode="eval").body


def _names(node: ast.expr) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and each.id != "round":
            yield each.id


def _value(node: ast.expr, values: Values) -> Fraction:
    match node:
        case ast.Constant(value=int() | float() as number):
            return Fraction(str(number))
        case ast.Name(id=name):
            return Fraction(values[name])
        case ast.Call(func=ast.Name(id="round"), args=[inner, *places]):
            decimals = int(_value(places[0], values)) if places else 0
            return _rounded(_value(inner, values), decimals)
        case ast.BinOp(left=left, op=op, right=right):
            return _operated(_value(left, values), op, _value(right, values))
        case _:
            msg = f"relations have no {type(node).__name__}"
            raise CatalogueError(msg)


def _operated(left: Fraction, op: ast.operator, right: Fraction) -> Fraction:
    match op:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            return left / right
        case _:
            msg = f"relations have no {type(op).__name__}"
            raise CatalogueError(msg)


def _rounded(value: Fraction, decimals: int) -> Fraction:
    size = 10**decimals
    return Fraction(floor(value * size + Fraction(1, 2)), size)


def _decimal(value: Fraction) -> Decimal:
    return round(Decimal(value.numerator) / Decimal(value.denominator), 6).normalize()
