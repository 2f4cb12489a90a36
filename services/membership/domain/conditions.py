"""What a union has to work with: asked for, provided, verified by somebody else, withdrawn."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from services.membership.domain.dates import NothingChanges, check_happened, check_not_before
from services.membership.domain.unions import Union, check_living
from shared.approval import refuse_own
from shared.catalogues import catalogue
from shared.contracts.membership import (
    WorkingConditionProvided,
    WorkingConditionRequested,
    WorkingConditionVerified,
    WorkingConditionWithdrawn,
)
from shared.errors import Malformed, Refused

FUNDS = frozenset({"operating_funds", "activity_funds"})


class ConditionNotProvided(Refused):
    """The union does not have it."""

    code = "condition-not-provided"


class AmountElsewhere(Malformed):
    """Funds come with an amount, other conditions without."""

    code = "amount-elsewhere"


class Condition(BaseModel):
    """State of one condition: since when it is provided, what it amounts to in a year, who recorded it."""

    model_config = ConfigDict(frozen=True)

    requested_on: date | None = None
    provided_on: date | None = None
    amount_fen: int = 0
    recorder: str | None = None
    verified_on: date | None = None
    latest_on: date


class Conditions(BaseModel):
    """State of all conditions of a union, by their ids."""

    model_config = ConfigDict(frozen=True)

    conditions: dict[str, Condition] = {}

    def latest(self, condition: str) -> date | None:
        """The date of the latest fact about it."""
        known = self.conditions.get(condition)
        return known.latest_on if known else None


def decide_request(
    state: Conditions, union: Union, asked: WorkingConditionRequested, today: date
) -> tuple[WorkingConditionRequested, ...]:
    """The union asks its employer for what it does not have."""
    _check(state, union, asked.condition, asked.occurredon, today)
    _check_lacking(state, asked.condition)
    return (asked,)


def decide_provide(
    state: Conditions, union: Union, given: WorkingConditionProvided, today: date
) -> tuple[WorkingConditionProvided, ...]:
    """With or without a request before."""
    _check(state, union, given.condition, given.occurredon, today)
    _check_lacking(state, given.condition)
    if given.amount_fen and given.condition not in FUNDS:
        raise AmountElsewhere(
            "only funds have an amount", "amount_fen", str(given.amount_fen), "leave the amount out"
        )
    return (given,)


def decide_verify(
    state: Conditions, condition: str, verifier: str, on: date, today: date
) -> tuple[WorkingConditionVerified, ...]:
    """Seen by somebody else than whoever recorded it."""
    known = _provided(state, condition)
    refuse_own(known.recorder or "", verifier)
    check_happened(on, today)
    check_not_before(known.latest_on, on)
    if known.verified_on is not None:
        raise NothingChanges("it is verified already", "condition", condition, "nothing to do")
    return (
        WorkingConditionVerified(
            occurredon=on, condition=condition, recorder=known.recorder or "", verifier=verifier
        ),
    )


def decide_withdraw(
    state: Conditions, condition: str, on: date, today: date
) -> tuple[WorkingConditionWithdrawn, ...]:
    """The union has it no longer."""
    known = _provided(state, condition)
    check_happened(on, today)
    check_not_before(known.latest_on, on)
    return (_withdrawn(condition, known, on),)


def decide_end(state: Conditions, on: date) -> tuple[WorkingConditionWithdrawn, ...]:
    """All of them, with the union."""
    return tuple(
        _withdrawn(condition, known, max(on, known.latest_on))
        for condition, known in state.conditions.items()
        if known.provided_on is not None
    )


def evolve(state: Conditions | None, event: Any) -> Conditions:
    """The next state."""
    known = (state or Conditions()).conditions
    old = known.get(event.condition) or Condition(latest_on=event.occurredon)
    changed = old.model_copy(update={"latest_on": event.occurredon, **_change(event)})
    return Conditions(conditions=known | {event.condition: changed})


def _change(event: Any) -> dict[str, Any]:
    match event:
        case WorkingConditionRequested():
            return {"requested_on": event.occurredon}
        case WorkingConditionProvided():
            return {
                "provided_on": event.occurredon,
                "amount_fen": event.amount_fen,
                "recorder": event.recorder,
            }
        case WorkingConditionVerified():
            return {"verified_on": event.occurredon}
        case WorkingConditionWithdrawn():
            return {"provided_on": None, "amount_fen": 0, "recorder": None, "verified_on": None}
        case _:
            raise TypeError(f"{type(event).__name__} does not happen to working conditions")


def _withdrawn(condition: str, known: Condition, on: date) -> WorkingConditionWithdrawn:
    return WorkingConditionWithdrawn(
        occurredon=on,
        condition=condition,
        amount_fen=known.amount_fen,
        verified=known.verified_on is not None,
    )


def _check(state: Conditions, union: Union, condition: str, on: date, today: date) -> None:
    catalogue("working_conditions").checked(condition, "condition")
    check_happened(on, today)
    check_living(union, on)
    check_not_before(state.latest(condition), on)


def _check_lacking(state: Conditions, condition: str) -> None:
    known = state.conditions.get(condition)
    if known and known.provided_on is not None:
        raise NothingChanges("the union has it already", "condition", condition, "nothing to do")


def _provided(state: Conditions, condition: str) -> Condition:
    catalogue("working_conditions").checked(condition, "condition")
    known = state.conditions.get(condition)
    if known is None or known.provided_on is None:
        raise ConditionNotProvided(
            "the union does not have it", "condition", condition, "record first that it is provided"
        )
    return known
