"""The money of one union by account, as every event that moves money tells it (`shared.contracts.money`).

Signs are those of postings: held, spent and passed on above zero, received and owed below; all accounts
together are zero at every moment.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from uuid import UUID, uuid5

from shared.contracts.finance import UnionMoneyClosed
from shared.contracts.money import Posted, Posting
from shared.errors import Refused
from shared.frozen import Frozen

_NAMESPACE = UUID("2d6a5a3c-7f0e-5b7e-8a55-0f2b0d6f9c11")


class MoneyIsClosed(Refused):
    """The union has ended and its money is with the heir; nothing moves here any more."""

    code = "union-money-closed"


class UnionMoney(Frozen):
    """Balances in fen by account; `closed_on` once everything has gone to the heir."""

    union: UUID
    balances: Mapping[str, int] = {}
    closed_on: date | None = None

    def on(self, account: str) -> int:
        """The balance, 0 for an account that was never used."""
        return self.balances.get(account, 0)

    def owed(self, account: str) -> int:
        """What is owed on an account of that side, as a number above zero."""
        return -self.on(account)

    def of_side(self, *sides: str) -> dict[str, int]:
        """Balances other than zero of the accounts of these sides."""
        return {
            account: fen
            for account, fen in self.balances.items()
            if fen and Posting(account=account, fen=fen).side in sides
        }


@lru_cache(maxsize=65536)
def money_id(union: UUID) -> UUID:
    """The money of a union."""
    return uuid5(_NAMESPACE, f"union-money/{union}")


def refuse_closed(money: UnionMoney) -> None:
    """Raises MoneyIsClosed once everything has gone to the heir: nothing is owed to the union after that."""
    if money.closed_on:
        raise MoneyIsClosed(
            f"the accounts were closed on {money.closed_on}",
            field="union",
            value=str(money.union),
            remedy="record it at the heir of the union",
        )


def evolve(money: UnionMoney, event: Posted | UnionMoneyClosed) -> UnionMoney:
    """The balances after the event; raises MoneyIsClosed."""
    if isinstance(event, UnionMoneyClosed):
        return money.model_copy(update={"closed_on": event.occurredon})
    if not event.postings:
        return money
    refuse_closed(money)
    balances = dict(money.balances)
    for posting in event.postings:
        balances[posting.account] = balances.get(posting.account, 0) + posting.fen
    return money.model_copy(update={"balances": dict(sorted(balances.items()))})
