"""Hardship funds of enterprises: money of those who work there, kept apart from the union's own."""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.money import Posted
from shared.contracts.welfare.base import WelfareEvent


@released
class HardshipFundEstablished(WelfareEvent):
    """The employer has a hardship fund from this day; above scale as it was then."""

    union: UUID
    employer: UUID
    above_scale: bool
    document: str


@released
class HardshipFundReclassified(WelfareEvent):
    """The employer is above scale from this day, or no longer."""

    employer: UUID
    old_above_scale: bool
    above_scale: bool


@released
class HardshipFundContributed(Posted, WelfareEvent):
    """Money came in."""

    employer: UUID
    contributor: str
    fen: int


@released
class HardshipFundPaid(Posted, WelfareEvent):
    """Somebody got help out of it."""

    employer: UUID
    person: UUID
    fen: int
    receipt: str = ""


@released
class HardshipFundClosed(WelfareEvent):
    """The fund, empty by now, exists no more."""

    employer: UUID
    above_scale: bool
