"""Who may do what where: a role held at a unit counts for its subtree, wherever the tree has moved.

A role with an industry line counts below its unit for units of that line only.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from shared.errors import NotPermitted

RECORDER, APPROVER, AUDITOR, VIEWER, OPERATOR = "recorder", "approver", "auditor", "viewer", "operator"
READERS = frozenset({RECORDER, APPROVER, AUDITOR, VIEWER, OPERATOR})
"""Agencies are no readers: what they get comes from `services/exchange`."""
OF_PEOPLE = frozenset({RECORDER, APPROVER})
"""Who sees personal data: those who work on the case."""
OF_REFUSALS = frozenset({AUDITOR, OPERATOR})


class Held(NamedTuple):
    """A role somebody holds at a unit; None: on every line."""

    role: str
    unit: UUID
    line: str | None


class Where(NamedTuple):
    """The place that something happens at: the path down to it, and that on each of its industry lines."""

    path: tuple[UUID, ...]
    lines: Mapping[str, Collection[UUID]]


def holds(held: Iterable[Held], roles: Collection[str], where: Where) -> bool:
    """Whether one of these grants gives one of these roles there."""
    return any(each.role in roles and _covers(each, where) for each in held)


def _covers(held: Held, where: Where) -> bool:
    if held.line is None:
        return held.unit in where.path
    return held.line in where.lines and (held.unit in where.path or held.unit in where.lines[held.line])


def not_permitted(roles: Collection[str], unit: UUID | None) -> NotPermitted:
    """The refusal; it says what is lacking, not who has it."""
    wanted = " or ".join(sorted(roles))
    return NotPermitted(
        f"this needs the role {wanted} there",
        field="unit" if unit else "",
        value=str(unit or ""),
        remedy="ask an operator of the unit, or of one above it, for the role",
    )
