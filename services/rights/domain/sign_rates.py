"""A sign rate, kept as numerator, denominator and basis, because no rule fixes them (DOMAIN RIG-08)."""

from datetime import date
from uuid import UUID, uuid5

from shared.contracts.rights import SignRateRecorded
from shared.errors import Refused
from shared.frozen import Frozen

RATES = UUID("0f0e7a52-6c1d-5d0a-9a77-5b1b3f1c0e28")


class RateOverWhole(Refused):
    """The part is larger than the whole."""

    code = "sign-rate-over-whole"


class BeforeLatestRate(Refused):
    """A later day has been recorded already."""

    code = "before-latest-sign-rate"


class SignRate(Frozen):
    """The latest rate of a union for one kind of contract and one basis."""

    union: UUID
    kind: str
    basis: str
    numerator: int
    denominator: int
    since: date


def sign_rate_id(union: UUID, kind: str, basis: str) -> UUID:
    """One for each union, kind and basis."""
    return uuid5(RATES, f"{union}/{kind}/{basis}")


def decide_record(state: SignRate | None, recorded: SignRateRecorded) -> tuple[SignRateRecorded]:
    """`recorded` with what it replaces."""
    if recorded.numerator > recorded.denominator:
        raise RateOverWhole(
            f"the whole is {recorded.denominator}",
            field="numerator",
            value=str(recorded.numerator),
            remedy=f"give at most {recorded.denominator}",
        )
    if state is None:
        return (recorded,)
    if recorded.occurredon < state.since:
        raise BeforeLatestRate(
            f"the latest is of {state.since}",
            field="on",
            value=str(recorded.occurredon),
            remedy="give that day or a later one",
        )
    old = {"old_numerator": state.numerator, "old_denominator": state.denominator}
    return (recorded.model_copy(update=old),)


def evolve(_state: SignRate | None, event: SignRateRecorded) -> SignRate:
    """The latest."""
    return SignRate(
        union=event.union,
        kind=event.kind,
        basis=event.basis,
        numerator=event.numerator,
        denominator=event.denominator,
        since=event.occurredon,
    )
