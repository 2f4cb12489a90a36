"""How a union ends: merged into a living successor, or dissolved for a reason (DOMAIN ORG-12).

A merged union stays in the tree under its successor with its history and its members; a dissolved one stays
where it was. Members are not moved: their own commands (transfer, retain, leave) remain possible.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from services.membership.domain.dates import BeforeLatestFact, UnionEnded, check_happened
from services.membership.domain.unions import Union, check_living
from shared.catalogues import catalogue
from shared.contracts.membership import UnionDissolved, UnionMerged
from shared.errors import Refused


class LivingSubUnions(Refused):
    """Living unions hang under it; they must be moved first."""

    code = "living-sub-unions"


class SuccessorOfOtherLevel(Refused):
    """A union merges into one of its own level."""

    code = "successor-of-other-level"


class OwnSuccessor(Refused):
    """A union cannot be its own successor."""

    code = "own-successor"


def decide_merge(
    unit: UUID, union: Union, successor: tuple[UUID, Union], on: date, today: date
) -> tuple[UnionMerged, ...]:
    """The union ends on `on` and counts under the successor from then on, which lives and has its level."""
    heir, state = successor
    if heir == unit:
        raise OwnSuccessor(
            "a union cannot be its own successor", "successor", str(heir), "name another union"
        )
    _check_end(union, on, today)
    check_living(state, on, "successor")
    if state.ended_on is not None:
        raise UnionEnded(
            f"the successor itself ended on {state.ended_on.isoformat()}",
            "successor",
            str(heir),
            f"name its successor {state.successor}" if state.successor else "name a union that lives",
        )
    if state.level != union.level:
        raise SuccessorOfOtherLevel(
            f"the successor has level {state.level}, not {union.level}",
            "successor",
            str(heir),
            "name a union of the same level, or dissolve instead",
        )
    return (
        UnionMerged(
            occurredon=on,
            successor=heir,
            kind=union.kind,
            form=union.form,
            level=union.level,
            above_scale=union.above_scale,
        ),
    )


def decide_dissolve(union: Union, reason: str, on: date, today: date) -> tuple[UnionDissolved, ...]:
    """The union ends on `on` for a reason of the catalogue."""
    catalogue("dissolve_reasons").checked(reason, "reason")
    _check_end(union, on, today)
    return (
        UnionDissolved(
            occurredon=on,
            reason=reason,
            kind=union.kind,
            form=union.form,
            level=union.level,
            above_scale=union.above_scale,
        ),
    )


def check_no_living(children: Iterable[tuple[UUID, Union]]) -> None:
    """Raises LivingSubUnions if one of the unions that hang under the ending one lives."""
    living = [(unit, union) for unit, union in children if union.ended_on is None]
    if living:
        raise LivingSubUnions(
            f"{len(living)} living unions hang under it, the first is {living[0][1].name}",
            "union",
            str(living[0][0]),
            "move or end them first",
        )


def _check_end(union: Union, on: date, today: date) -> None:
    check_happened(on, today)
    check_living(union, on)
    latest = max(entry.on for hung in (union.parents, *union.lines.values()) for entry in hung)
    if union.ended_on is not None:
        raise UnionEnded(
            f"the union ended on {union.ended_on.isoformat()}",
            "union",
            union.name,
            "nothing is left to end; correct the later end first",
        )
    if on < latest:
        raise BeforeLatestFact(
            f"a move of the union is recorded for {latest.isoformat()}",
            "on",
            on.isoformat(),
            f"give a date from {latest.isoformat()} on",
        )
