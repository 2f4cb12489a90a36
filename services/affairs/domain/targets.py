"""A target: assigned from above, accepted, handed on in parts, met or missed (DOMAIN STA-01, STA-07).

At every moment: `parts_number` is the sum of the parts handed on, which may differ from the whole and then
is warned of; a target is met when numerator * scale >= number * denominator, so nothing is rounded up to it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple, assert_never
from uuid import UUID

from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts.affairs import (
    TargetAccepted,
    TargetAssigned,
    TargetDecomposed,
    TargetDrafted,
    TargetMet,
    TargetMissed,
    TargetProgressRecorded,
)
from shared.errors import Refused
from shared.frozen import Frozen
from shared.stages import refuse_step

TargetEvent = (
    TargetDrafted
    | TargetAssigned
    | TargetAccepted
    | TargetDecomposed
    | TargetProgressRecorded
    | TargetMet
    | TargetMissed
)
PARTS_DIFFER = "parts-differ-from-the-whole"
PERCENT = 100


class PopulationDoesNotFit(Refused):
    """The measure is not counted among these."""

    code = "target-population-does-not-fit"


class SumHasNoDenominator(Refused):
    """What is counted is a number, not a quotient."""

    code = "target-sum-has-no-denominator"


class CutOutsideYear(Refused):
    """What was done is read at a day of the target's year."""

    code = "target-cut-outside-year"


class YearNotOver(Refused):
    """Until its year is over a target can still be met."""

    code = "target-year-not-over"


class RateNotDivisible(Refused):
    """A rate is not the sum of the rates of the parts."""

    code = "target-rate-not-divisible"


class Measure(Entry):
    """The figure that is read, what its numbers count, sum or rate, and whom it can count."""

    figure: str
    form: Literal["sum", "rate"]
    counted: str
    populations: tuple[str, ...]

    @property
    def scale(self) -> int:
        """A rate is set in percent."""
        return PERCENT if self.form == "rate" else 1


class Target(Frozen):
    """`parts` are the targets it was handed on as, by id, with their numbers."""

    issuer: UUID
    union: UUID
    year: int
    calendar: str
    first_day: date
    last_day: date
    measure: str
    population: str
    number: int
    part_of: UUID | None = None
    parts: Mapping[UUID, int] = {}
    cut_on: date | None = None
    done_numerator: int = 0
    done_denominator: int = 1
    stage: str = "drafted"
    since: date

    @property
    def parts_number(self) -> int:
        """Handed on so far."""
        return sum(self.parts.values())


class Done(NamedTuple):
    """What a figure said at a cut."""

    numerator: int
    denominator: int
    cut_on: date


def measures() -> Catalogue[Measure]:
    """All measures by id."""
    return catalogue_of("target_measures", Measure)


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
            **_about(target),
            issuer=target.issuer,
            number=target.number,
            document=document,
            year_before=target.year - 1,
        ),
    )


def decide_accept(target: Target, on: date) -> tuple[TargetAccepted]:
    """Taken on by the union."""
    refuse_step(target, ("assigned",), on, "accepted_on")
    return (TargetAccepted(occurredon=on, **_about(target), number=target.number),)


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
            **_about(target),
            part=part,
            union=wanted.union,
            number=target.number,
            part_number=wanted.number,
            parts=parts,
            warnings=() if parts == target.number else (PARTS_DIFFER,),
        ),
    )


def decide_progress(target: Target, done: Done, on: date) -> tuple[TargetProgressRecorded]:
    """What a figure said at a cut; a later word replaces it."""
    _refuse_unreadable(target, done, on, "recorded_on")
    return (
        TargetProgressRecorded(
            occurredon=on,
            **_about(target),
            cut_on=done.cut_on,
            done_numerator=done.numerator,
            done_denominator=done.denominator,
        ),
    )


def decide_close(target: Target, done: Done, on: date) -> tuple[TargetMet | TargetMissed]:
    """Met as soon as it is reached; missed only when its year is over."""
    _refuse_unreadable(target, done, on, "closed_on")
    scaled = done.numerator * measures()[target.measure].scale
    said = {
        **_about(target),
        "cut_on": done.cut_on,
        "number": target.number,
        "done_numerator": done.numerator,
        "done_denominator": done.denominator,
        "done": scaled // done.denominator,
    }
    if scaled >= target.number * done.denominator:
        over = scaled // done.denominator - target.number
        beyond = scaled > target.number * done.denominator
        return (TargetMet(occurredon=on, **said, over=over, over_fulfilled=beyond),)
    if done.cut_on < target.last_day:
        raise YearNotOver(
            f"its year ends on {target.last_day}",
            field="cut_on",
            value=str(done.cut_on),
            remedy="record the progress, and close it at the last day of its year",
        )
    lacking = target.number - scaled // done.denominator
    return (TargetMissed(occurredon=on, **said, remaining=lacking),)


def evolve(target: Target | None, event: TargetEvent) -> Target:
    """The target after the event."""
    if isinstance(event, TargetDrafted):
        return Target(**event.model_dump(exclude={"occurredon"}), since=event.occurredon)
    assert target is not None
    changes: dict[str, object] = {"since": event.occurredon}
    match event:
        case TargetAssigned():
            changes |= {"stage": "assigned"}
        case TargetAccepted():
            changes |= {"stage": "accepted"}
        case TargetDecomposed():
            parts = {**target.parts, event.part: event.part_number}
            changes |= {"stage": "handed on", "parts": parts}
        case TargetProgressRecorded():
            changes = _done(event)
        case TargetMet():
            changes |= {"stage": "met", **_done(event)}
        case TargetMissed():
            changes |= {"stage": "missed", **_done(event)}
        case _:
            assert_never(event)
    return target.model_copy(update=changes)


def _done(event: TargetProgressRecorded | TargetMet | TargetMissed) -> dict[str, object]:
    return {
        "cut_on": event.cut_on,
        "done_numerator": event.done_numerator,
        "done_denominator": event.done_denominator,
    }


def _about(target: Target) -> dict[str, Any]:
    return {
        "measure": target.measure,
        "population": target.population,
        "year": target.year,
        "first_day": target.first_day,
        "last_day": target.last_day,
    }


def _refuse_unreadable(target: Target, done: Done, on: date, field: str) -> None:
    refuse_step(target, ("assigned", "accepted", "handed on"), on, field)
    if not target.first_day <= done.cut_on <= min(on, target.last_day):
        raise CutOutsideYear(
            f"its year runs from {target.first_day} to {target.last_day}",
            field="cut_on",
            value=str(done.cut_on),
            remedy="give a day of that year, not after the day on which it is recorded",
        )
    if done.denominator != 1 and measures()[target.measure].form == "sum":
        raise SumHasNoDenominator(
            "the measure is a sum",
            field="done_denominator",
            value=str(done.denominator),
            remedy="leave the denominator out",
        )
