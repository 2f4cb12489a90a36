"""The quantities of a scenario: as shipped, or drawn anew within their ranges."""

from random import Random

from unionstream.demo.expressions import BadExpression, compute, scope_of
from unionstream.demo.functions import FUNCTIONS
from unionstream.demo.story import Number, Quantity, Scenario

Values = dict[str, Number]


class NotConsistent(ValueError):
    """The quantities break a constraint of their scenario."""


def shipped(scenario: Scenario) -> Values:
    """The quantities as they are in the file. Raises NotConsistent, BadExpression."""
    return _settled(scenario, None)


def drawn(scenario: Scenario, seed: int) -> Values:
    """Other quantities, the same for the same seed. Raises NotConsistent, BadExpression."""
    return _settled(scenario, Random(f"{scenario.chapter}/{seed}"))  # noqa: S311 - test data


def _settled(scenario: Scenario, random: Random | None) -> Values:
    values: Values = {"year": scenario.year}
    for name, quantity in scenario.quantities.items():
        scope = scope_of(FUNCTIONS, values)
        if quantity.is_:
            values[name] = compute(quantity.is_, scope)
        elif random and quantity.draw:
            values[name] = random.randint(*(_bound(each, name, scope) for each in quantity.draw))
        else:
            values[name] = _fixed(quantity)
    for rule in scenario.require:
        if not compute(rule, scope_of(FUNCTIONS, values)):
            raise NotConsistent(f"chapter {scenario.chapter}: “{rule}” does not hold of {values}")
    return values


def _fixed(quantity: Quantity) -> Number:
    assert quantity.value is not None
    return quantity.value


def _bound(bound: Number | str, name: str, scope: dict[str, object]) -> int:
    value = compute(bound, scope) if isinstance(bound, str) else bound
    if not isinstance(value, int):
        raise BadExpression(f"{name}: the bound {bound} is no whole number")
    return value
