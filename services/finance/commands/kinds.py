"""Dues accounts and targets as aggregates of this service."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from services.finance.domain import account as accounts
from services.finance.domain import targets
from services.finance.domain.account import DuesAccount
from services.finance.domain.targets import DuesTarget
from shared.work.kinds import Kind


def _never_first(_state: Any, _event: Any) -> Any:
    msg = "events do not name their union: open the account with `account_kind`"
    raise TypeError(msg)


ACCOUNT: Kind[DuesAccount] = Kind("dues-account", DuesAccount, _never_first, lambda state: state.union)
TARGET: Kind[DuesTarget] = Kind("dues-target", DuesTarget, _never_first, lambda state: state.unit)


def account_kind(union: UUID, year: int) -> Kind[DuesAccount]:
    """Account of one union and year: its first event opens it."""
    return replace(
        ACCOUNT,
        evolve=lambda state, event: accounts.evolve(state or DuesAccount(union=union, year=year), event),
    )


def target_kind(unit: UUID, year: int) -> Kind[DuesTarget]:
    """Target of one unit and year: its first event sets it."""
    return replace(
        TARGET, evolve=lambda state, event: targets.evolve(state or DuesTarget(unit=unit, year=year), event)
    )
