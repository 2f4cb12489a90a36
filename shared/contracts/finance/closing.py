"""Closing the money of a union that has ended (DOMAIN ORG-13): audited, passed on, and zero to the fen."""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent
from shared.contracts.money import Posted


@released
class UnionMoneyPassedOn(Posted, FinanceEvent):
    """The heir takes over this part of what was held and owed; `workers` where several heirs divide it.

    `amount_fen` is what was held less what was owed.
    """

    heir: UUID
    audit: str
    workers: int | None
    amount_fen: int


@released
class UnionMoneyTakenOver(Posted, FinanceEvent):
    """The same at the heir."""

    ended: UUID
    audit: str
    amount_fen: int


@released
class UnionMoneyClosed(FinanceEvent):
    """Every account that holds or owes is at zero; nothing moves here any more."""

    audit: str
    ended_on: date
    heirs: int
    amount_fen: int


@released
class RebateHandedOver(FinanceEvent):
    """What the collector owes goes to an heir; of it `suspended_fen` was suspended. `ended`: it had been."""

    collector: UUID
    heir: UUID
    amount_fen: int
    suspended_fen: int
    ended: bool


@released
class RebateTakenOver(FinanceEvent):
    """What the collector owed a union that ended it now owes this one."""

    collector: UUID
    from_union: UUID
    amount_fen: int


@released
class RebateLapsed(Posted, FinanceEvent):
    """The heir of the union is the collector itself, which owes nobody any more."""

    union: UUID
    amount_fen: int
