"""What a target is: drafted, assigned, accepted, handed on, given another number, withdrawn."""

from datetime import date
from uuid import UUID

from services.affairs.domain.targets import Target, about
from shared.contracts.affairs import (
    TargetAccepted,
    TargetAssigned,
    TargetDecomposed,
    TargetDrafted,
    TargetPartRevised,
    TargetRevised,
    TargetWithdrawn,
)
from shared.errors import Refused
from shared.measures import measures
from shared.stages import refuse_step

PARTS_DIFFER = "parts-differ-from-the-whole"
PARTS_REMAIN = "parts-remain"
OPEN = ("drafted", "assigned", "accepted", "handed on")


class PopulationDoesNotFit(Refused):
    """The measure is not counted among these."""

    code = "target-population-does-not-fit"


class RateNotDivisible(Refused):
    """A rate is not the sum of the rates of the parts."""

    code = "target-rate-not-divisible"


class NumberUnchanged(Refused):
    """A revision sets another number."""

    code = "target-number-unchanged"


def decide_draft(wanted: TargetDrafted) -> tuple[TargetDrafted]:
    """Measure and population belong together."""
    allowed = measures()[wanted.measure].populations
    if wanted.population not in allowed:
        raise PopulationDoesNotFit(
            f"{wanted.measure} is not counted among {wanted.population}",
            field="population",
            value=wanted.population,
            remedy=f"use one of {', '.join(allowed)}",
        )
    return (wanted,)


def decide_assign(target: Target, document: str, on: date) -> tuple[TargetAssigned]:
    """Handed down under a paper."""
    refuse_step(target, ("drafted",), on, "assigned_on")
    return (
        TargetAssigned(
            occurredon=on,
            **about(target),
            issuer=target.issuer,
            number=target.number,
            document=document,
            year_before=target.year - 1,
        ),
    )


def decide_accept(target: Target, on: date) -> tuple[TargetAccepted]:
    """Taken on by the union."""
    refuse_step(target, ("assigned",), on, "accepted_on")
    return (TargetAccepted(occurredon=on, **about(target), number=target.number),)


def decide_decompose(target: Target, part: UUID, wanted: TargetDrafted) -> tuple[TargetDecomposed]:
    """Another part; warns as long as the parts do not come to the whole."""
    on = wanted.occurredon
    refuse_step(target, ("accepted", "handed on"), on, "decomposed_on")
    if measures()[target.measure].form == "rate":
        raise RateNotDivisible(
            "rates of parts do not add up to the rate of the whole",
            field="target",
            value=str(part),
            remedy="draft a target of its own for the union below",
        )
    parts = target.parts_number + wanted.number
    return (
        TargetDecomposed(
            occurredon=on,
            **about(target),
            part=part,
            union=wanted.union,
            number=target.number,
            part_number=wanted.number,
            parts=parts,
            warnings=() if parts == target.number else (PARTS_DIFFER,),
        ),
    )


def decide_part(
    target: Target, part: UUID, revised: TargetRevised | TargetWithdrawn, union: UUID
) -> tuple[TargetPartRevised]:
    """What a change of a part makes of the parts, also of a whole that is closed."""
    number = revised.number if isinstance(revised, TargetRevised) else 0
    parts = target.parts_number - target.parts.get(part, 0) + number
    return (
        TargetPartRevised(
            occurredon=revised.occurredon,
            **about(target),
            part=part,
            union=union,
            number=target.number,
            old_part_number=target.parts.get(part, 0),
            part_number=number,
            parts=parts,
            warnings=() if parts == target.number else (PARTS_DIFFER,),
        ),
    )


def decide_revise(target: Target, number: int, document: str, on: date) -> tuple[TargetRevised]:
    """Another number, until it is closed; warns where the parts do not come to it."""
    refuse_step(target, OPEN, on, "revised_on")
    if number == target.number:
        raise NumberUnchanged(
            "that is its number", field="number", value=str(number), remedy="give the new number"
        )
    differ = bool(target.parts) and target.parts_number != number
    return (
        TargetRevised(
            occurredon=on,
            **about(target),
            assigned=target.stage != "drafted",
            old_number=target.number,
            number=number,
            document=document,
            year_before=target.year - 1,
            warnings=(PARTS_DIFFER,) if differ else (),
        ),
    )


def decide_withdraw(target: Target, document: str, on: date) -> tuple[TargetWithdrawn]:
    """Until it is closed; what was handed on stays with the unions below, and is warned of."""
    refuse_step(target, OPEN, on, "withdrawn_on")
    return (
        TargetWithdrawn(
            occurredon=on,
            **about(target),
            assigned=target.stage != "drafted",
            number=target.number,
            document=document,
            year_before=target.year - 1,
            warnings=(PARTS_REMAIN,) if target.parts_number else (),
        ),
    )
