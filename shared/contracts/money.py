"""Money as balanced postings: nothing comes from nowhere, nothing goes astray.

An event that moves money says between which accounts of its unit (catalogue `accounts`): fen above zero is
what an account is given (held, spent, passed on), below zero what it gives (received, owed). The postings
of an event add up to zero, so at any unit, level and date what was received equals what is held, was spent
and was passed on.
"""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shared.catalogues import Entry, catalogue_of
from shared.contracts.base import Event

Side = Literal["held", "received", "passed_on", "spent", "owed"]


class Account(Entry):
    """An account of the catalogue; the side says how it stands in the law of balances."""

    side: Side


class Posting(BaseModel):
    """One side of a movement, in fen; `source` is the fund source where the money has one."""

    model_config = ConfigDict(frozen=True)

    account: str
    fen: int
    source: str = "none"

    @property
    def side(self) -> Side:
        """Held, received, passed on, spent or owed; KeyError for an account nobody has written."""
        account: Account = catalogue_of("accounts", Account)[self.account]
        return account.side


class Posted(Event):
    """An event that moves money; refuses postings that do not add up to zero."""

    postings: tuple[Posting, ...] = Field(default=())

    @model_validator(mode="after")
    def _balanced(self) -> Self:
        if difference := sum(posting.fen for posting in self.postings):
            raise ValueError(f"the postings are {difference} fen apart")
        return self


def moved(fen: int, *, to: str, out_of: str, source: str = "none") -> tuple[Posting, ...]:
    """`fen` from one account to another; nothing for zero."""
    if not fen:
        return ()
    return (
        Posting(account=to, fen=fen, source=source),
        Posting(account=out_of, fen=-fen, source=source),
    )
