"""What became of a target: a figure read at a cut, met, missed, or more than was asked.

It is met when numerator * scale >= number * denominator, so nothing is rounded up to it. What is told here is
what the union reports; the reading side holds it against the figure of the measure.
"""

from datetime import date
from typing import NamedTuple

from services.affairs.domain.targets import Target, about
from shared.contracts.affairs import TargetMet, TargetMissed, TargetProgressRecorded
from shared.errors import Refused
from shared.measures import measures
from shared.stages import refuse_step


class SumHasNoDenominator(Refused):
    """What is counted is a number, not a quotient."""

    code = "target-sum-has-no-denominator"


class CutOutsideYear(Refused):
    """What was done is read at a day of the target's year."""

    code = "target-cut-outside-year"


class YearNotOver(Refused):
    """Until its year is over a target can still be met."""

    code = "target-year-not-over"


class Done(NamedTuple):
    """What a figure said at a cut."""

    numerator: int
    denominator: int
    cut_on: date


def decide_progress(target: Target, done: Done, on: date) -> tuple[TargetProgressRecorded]:
    """What a figure said at a cut; a later word replaces it."""
    _refuse_unreadable(target, done, on, "recorded_on")
    return (
        TargetProgressRecorded(
            occurredon=on,
            **about(target),
            cut_on=done.cut_on,
            done_numerator=done.numerator,
            done_denominator=done.denominator,
            done=_whole(target, done),
        ),
    )


def decide_close(target: Target, done: Done, on: date) -> tuple[TargetMet | TargetMissed]:
    """Met as soon as it is reached; missed only when its year is over."""
    _refuse_unreadable(target, done, on, "closed_on")
    scaled = done.numerator * measures()[target.measure].scale
    said = {
        **about(target),
        "cut_on": done.cut_on,
        "number": target.number,
        "done_numerator": done.numerator,
        "done_denominator": done.denominator,
        "done": _whole(target, done),
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


def _whole(target: Target, done: Done) -> int:
    return done.numerator * measures()[target.measure].scale // done.denominator


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
