"""Employers in a period: how many workers they declare, and how many of these are insured."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.welfare.domain.mutual_aid.period import MutualAidPeriod, refuse_stage
from shared.contracts.welfare import MutualAidUnitConfirmed
from shared.errors import Refused
from shared.frozen import Frozen

MORE_INSURED_THAN_WORKERS = "more-insured-than-workers"


class AlreadyConfirmed(Refused):
    """The same counts stand already."""

    code = "already-confirmed"


class InsuredEmployer(Frozen):
    """The latest word on one employer in one period."""

    union: UUID
    period: UUID
    employer: UUID
    workers: int
    insured: int
    fully_insured: bool


class Roll(NamedTuple):
    """What the union declares of an employer."""

    union: UUID
    employer: UUID
    workers: int
    insured: int
    on: date


def decide_confirm(
    state: InsuredEmployer | None, id_: UUID, period: MutualAidPeriod, roll: Roll
) -> tuple[MutualAidUnitConfirmed]:
    """The first word, or a change; everybody is insured when no worker is left out."""
    refuse_stage(period, "collecting", "in_force")
    if state and (state.workers, state.insured) == (roll.workers, roll.insured):
        raise AlreadyConfirmed(
            "the counts are these already",
            field="employer",
            value=str(roll.employer),
            remedy="nothing is to be done",
        )
    return (
        MutualAidUnitConfirmed(
            occurredon=roll.on,
            union=roll.union,
            period=id_,
            period_number=period.number,
            employer=roll.employer,
            workers=roll.workers,
            insured=roll.insured,
            fully_insured=roll.insured >= roll.workers,
            old_fully_insured=state.fully_insured if state else False,
            warnings=(MORE_INSURED_THAN_WORKERS,) if roll.insured > roll.workers else (),
        ),
    )


def evolve(_state: InsuredEmployer | None, event: MutualAidUnitConfirmed) -> InsuredEmployer:
    """The latest word."""
    return InsuredEmployer(
        union=event.union,
        period=event.period,
        employer=event.employer,
        workers=event.workers,
        insured=event.insured,
        fully_insured=event.fully_insured,
    )
