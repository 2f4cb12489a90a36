"""Pairs of people, one of whom helps the other: matched, helping, ended.

Where a child is tutored, the one who is helped is the worker whose child it is (DOMAIN PRI-02).
"""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.welfare.base import WelfareEvent


@released
class HelpPairMatched(WelfareEvent):
    """A helper, one who is helped, and what is pledged (0: nothing in money)."""

    union: UUID
    kind: str
    helper: UUID
    helped: UUID
    pledged_fen: int


class OfHelpPair(WelfareEvent):
    """Something about one pair; the money is the helper's, so no account of the union moves."""

    kind: str
    helped: UUID


@released
class HelpDelivered(OfHelpPair):
    """Money given, sessions held; one of them may be 0."""

    given_fen: int
    sessions: int


@released
class HelpPairEnded(OfHelpPair):
    """What had been pledged, and what was given in all."""

    pledged_fen: int
    given_fen: int
