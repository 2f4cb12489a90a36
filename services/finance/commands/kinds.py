"""Aggregates of dues. Where events do not name their union, the kind is opened for it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from services.finance.domain import account as accounts
from services.finance.domain import bank as banks
from services.finance.domain import money as moneys
from services.finance.domain import rebates, targets
from services.finance.domain.account import DuesAccount
from services.finance.domain.bank import UnionBankAccount
from services.finance.domain.money import UnionMoney
from services.finance.domain.rebates import RebateEntitlement
from services.finance.domain.targets import DuesTarget
from shared.work.kinds import Kind, S


def _never_first(_state: Any, _event: Any) -> Any:
    msg = "events do not name their union: open the aggregate with its own kind"
    raise TypeError(msg)


ACCOUNT: Kind[DuesAccount] = Kind("dues-account", DuesAccount, _never_first, lambda state: state.union)
TARGET: Kind[DuesTarget] = Kind("dues-target", DuesTarget, _never_first, lambda state: state.unit)
MONEY: Kind[UnionMoney] = Kind("union-money", UnionMoney, _never_first, lambda state: state.union)
BANK: Kind[UnionBankAccount] = Kind(
    "union-account", UnionBankAccount, _never_first, lambda state: state.union
)
REBATE: Kind[RebateEntitlement] = Kind(
    "rebate-entitlement", RebateEntitlement, _never_first, lambda state: state.union
)


def opened(kind: Kind[S], first: S, evolve: Callable[[S, Any], S]) -> Kind[S]:
    """The kind for one aggregate, whose first event finds this state."""
    return replace(kind, evolve=lambda state, event: evolve(first if state is None else state, event))


def account_kind(union: UUID, year: int) -> Kind[DuesAccount]:
    """Account of one union and year: its first event opens it."""
    return opened(ACCOUNT, DuesAccount(union=union, year=year), accounts.evolve)


def target_kind(unit: UUID, year: int) -> Kind[DuesTarget]:
    """Target of one unit and year: its first event sets it."""
    return opened(TARGET, DuesTarget(unit=unit, year=year), targets.evolve)


def money_kind(union: UUID) -> Kind[UnionMoney]:
    """The money of one union."""
    return opened(MONEY, UnionMoney(union=union), moneys.evolve)


def bank_kind(first: UnionBankAccount) -> Kind[UnionBankAccount]:
    """The own account and rules of one union, as they were before the first event."""
    return opened(BANK, first, banks.evolve)


def rebate_kind(union: UUID, collector: UUID) -> Kind[RebateEntitlement]:
    """What one collector owes one union."""
    return opened(REBATE, RebateEntitlement(union=union, collector=collector), rebates.evolve)
