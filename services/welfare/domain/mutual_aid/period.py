"""A numbered period: opened, collecting, in force, settled (DOMAIN WEL-08)."""

from datetime import date
from typing import Literal, NamedTuple
from uuid import UUID

from services.welfare.domain.mutual_aid.products import products
from shared.contracts.welfare import (
    MutualAidCollectingBegun,
    MutualAidPeriodClosed,
    MutualAidPeriodInForce,
    MutualAidPeriodOpened,
)
from shared.errors import Malformed, Refused
from shared.frozen import Frozen

Stage = Literal["opened", "collecting", "in_force", "settled"]
PeriodEvent = (
    MutualAidPeriodOpened | MutualAidCollectingBegun | MutualAidPeriodInForce | MutualAidPeriodClosed
)


class PeriodExists(Refused):
    """The organiser has a period of this number."""

    code = "period-exists"


class PeriodDatesOdd(Malformed):
    """Something ends before it begins."""

    code = "period-dates-odd"


class PeriodStageWrong(Refused):
    """The period is at another stage of its course."""

    code = "period-stage-wrong"


class BeforePeriodDate(Refused):
    """The day of the period on which this may begin has not come."""

    code = "before-period-date"


class PoolOutOfBalance(Refused):
    """Premiums are not benefits plus what is held."""

    code = "pool-out-of-balance"


class MutualAidPeriod(Frozen):
    """One period of one organiser; enrolments and claims name it."""

    organiser: UUID
    number: int
    products: tuple[str, ...]
    enrol_from: date
    enrol_until: date
    starts_on: date
    ends_on: date
    stage: Stage = "opened"


class Plan(NamedTuple):
    """What a period shall be."""

    number: int
    products: tuple[str, ...]
    enrol_from: date
    enrol_until: date
    starts_on: date
    ends_on: date


class Settlement(NamedTuple):
    """What the organiser's books say at the end, premiums paid back taken off."""

    premiums_fen: int
    benefits_fen: int
    held_fen: int
    on: date


def decide_open(
    state: MutualAidPeriod | None, organiser: UUID, plan: Plan, on: date
) -> tuple[MutualAidPeriodOpened]:
    """One period per organiser and number."""
    if state is not None:
        raise PeriodExists(
            "the organiser has opened this number",
            field="number",
            value=str(plan.number),
            remedy="take the next number",
        )
    for product in plan.products:
        products().checked(product, "products")
    _refuse_odd("enrol_until", plan.enrol_from, plan.enrol_until)
    _refuse_odd("ends_on", plan.starts_on, plan.ends_on)
    _refuse_odd("ends_on", plan.enrol_from, plan.ends_on)
    return (MutualAidPeriodOpened(occurredon=on, organiser=organiser, **plan._asdict()),)


def decide_begin_collecting(state: MutualAidPeriod, on: date) -> tuple[MutualAidCollectingBegun]:
    """From the first day of the enrolment window on."""
    refuse_stage(state, "opened")
    _refuse_before(state.enrol_from, on, "begun_on")
    return (MutualAidCollectingBegun(occurredon=on, number=state.number),)


def decide_bring_into_force(state: MutualAidPeriod, on: date) -> tuple[MutualAidPeriodInForce]:
    """From the first day of the period on."""
    refuse_stage(state, "collecting")
    _refuse_before(state.starts_on, on, "in_force_on")
    return (MutualAidPeriodInForce(occurredon=on, number=state.number),)


def decide_close(
    state: MutualAidPeriod, settlement: Settlement, recorder: str
) -> tuple[MutualAidPeriodClosed]:
    """After its last day, when premiums = benefits + held."""
    refuse_stage(state, "in_force")
    if settlement.on <= state.ends_on:
        raise BeforePeriodDate(
            f"the period runs until {state.ends_on}",
            field="closed_on",
            value=str(settlement.on),
            remedy="close it on a later day",
        )
    rest = settlement.premiums_fen - settlement.benefits_fen
    if settlement.held_fen != rest:
        raise PoolOutOfBalance(
            f"premiums less benefits are {rest} fen",
            field="held_fen",
            value=str(settlement.held_fen),
            remedy="look for the difference before closing",
        )
    return (
        MutualAidPeriodClosed(
            occurredon=settlement.on,
            number=state.number,
            premiums_fen=settlement.premiums_fen,
            benefits_fen=settlement.benefits_fen,
            held_fen=settlement.held_fen,
            recorder=recorder,
        ),
    )


def evolve(state: MutualAidPeriod | None, event: PeriodEvent) -> MutualAidPeriod:
    """The period after the event."""
    if isinstance(event, MutualAidPeriodOpened):
        return MutualAidPeriod(
            organiser=event.organiser,
            number=event.number,
            products=event.products,
            enrol_from=event.enrol_from,
            enrol_until=event.enrol_until,
            starts_on=event.starts_on,
            ends_on=event.ends_on,
        )
    assert state is not None
    return state.model_copy(update={"stage": _STAGES[type(event)]})


_STAGES: dict[type[PeriodEvent], Stage] = {
    MutualAidCollectingBegun: "collecting",
    MutualAidPeriodInForce: "in_force",
    MutualAidPeriodClosed: "settled",
}


def refuse_stage(state: MutualAidPeriod, *allowed: Stage) -> None:
    """Raises PeriodStageWrong unless the period is at one of these stages."""
    if state.stage not in allowed:
        raise PeriodStageWrong(
            f"period {state.number} is {state.stage}",
            field="period",
            value=str(state.number),
            remedy=f"this is done while it is {' or '.join(allowed)}",
        )


def _refuse_odd(field: str, first: date, last: date) -> None:
    if last < first:
        raise PeriodDatesOdd(
            f"it begins on {first}", field=field, value=str(last), remedy="give that day or a later one"
        )


def _refuse_before(day: date, on: date, field: str) -> None:
    if on < day:
        raise BeforePeriodDate(
            f"it begins on {day}", field=field, value=str(on), remedy="give that day or a later one"
        )
