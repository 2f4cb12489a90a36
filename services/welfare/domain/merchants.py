"""Merchants that honour the service card: contracted, ended, contracted again."""

from datetime import date
from uuid import UUID

from shared.contracts.welfare import MerchantContracted, MerchantEnded
from shared.errors import Refused
from shared.frozen import Frozen


class MerchantContractedAlready(Refused):
    """There is a contract in force."""

    code = "merchant-contracted-already"


class MerchantEndedAlready(Refused):
    """There is no contract in force."""

    code = "merchant-ended-already"


class BeforeMerchantContract(Refused):
    """The date lies before the contract, or before the end of the one before."""

    code = "before-merchant-contract"


class Merchant(Frozen):
    """An enterprise and a union that promotes the card."""

    union: UUID
    employer: UUID
    latest_on: date
    contracted: bool = True


def decide_contract(
    state: Merchant | None, union: UUID, employer: UUID, on: date
) -> tuple[MerchantContracted]:
    """One contract at a time between an enterprise and a union."""
    if state and state.contracted:
        raise MerchantContractedAlready(
            f"since {state.latest_on}", field="employer", value=str(employer), remedy="end it first"
        )
    if state:
        _refuse_before(state, on, "contracted_on")
    return (MerchantContracted(occurredon=on, union=union, employer=employer),)


def decide_end(state: Merchant, on: date) -> tuple[MerchantEnded]:
    """The contract ends on this day."""
    if not state.contracted:
        raise MerchantEndedAlready(
            f"since {state.latest_on}",
            field="merchant",
            value=str(state.employer),
            remedy="nothing is to be done",
        )
    _refuse_before(state, on, "ended_on")
    return (MerchantEnded(occurredon=on, employer=state.employer),)


def evolve(state: Merchant | None, event: MerchantContracted | MerchantEnded) -> Merchant:
    """The contract after the event."""
    if isinstance(event, MerchantContracted):
        return Merchant(union=event.union, employer=event.employer, latest_on=event.occurredon)
    assert state is not None
    return state.model_copy(update={"contracted": False, "latest_on": event.occurredon})


def _refuse_before(state: Merchant, on: date, field: str) -> None:
    if on < state.latest_on:
        raise BeforeMerchantContract(
            f"the latest word on it is of {state.latest_on}",
            field=field,
            value=str(on),
            remedy="give that day or a later one",
        )
