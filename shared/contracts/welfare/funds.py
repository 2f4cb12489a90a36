"""Earmarked funds by source: allocated, drawn, passed on, returned (DOMAIN WEL-06)."""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.money import Posted
from shared.contracts.welfare.base import WelfareEvent


@released
class FundOpened(WelfareEvent):
    """A union keeps a fund of one source and purpose, for a calendar year or (None) open-ended.

    `holders_only`: only households with an open hardship archive may be paid from it.
    """

    union: UUID
    source: str
    purpose: str
    year: int | None
    holders_only: bool


@released
class FundAllocated(Posted, WelfareEvent):
    """Money came into the fund, from a unit and a fund of it where they are known here."""

    source: str
    purpose: str
    fen: int
    document: str
    giver: UUID | None = None
    giver_fund: UUID | None = None


@released
class FundPassedOn(Posted, WelfareEvent):
    """Money went to a fund of another union."""

    source: str
    purpose: str
    fen: int
    to_union: UUID
    to_fund: UUID


@released
class FundDrawn(Posted, WelfareEvent):
    """A payment was made from the fund; `left_fen` stays in it, and 0 says that it is exhausted."""

    source: str
    purpose: str
    fen: int
    payment: UUID
    left_fen: int


@released
class FundRestored(Posted, WelfareEvent):
    """A payment was reversed: its money is in the fund again."""

    source: str
    purpose: str
    fen: int
    payment: UUID


@released
class FundReturned(Posted, WelfareEvent):
    """Money that was not used went back to where it came from."""

    source: str
    purpose: str
    fen: int
    document: str
    giver_fund: UUID | None = None


@released
class FundRecovered(Posted, WelfareEvent):
    """Money that had been passed on came back."""

    source: str
    purpose: str
    fen: int
    from_fund: UUID


@released
class FundClosed(WelfareEvent):
    """An empty fund takes and gives no more."""

    source: str
    purpose: str
