"""Service cards: from the particulars of a person to a card in use, and the merchants that honour it."""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.welfare.base import WelfareEvent


@released
class CardInfoCollected(WelfareEvent):
    """What a card needs is known of this person; the particulars themselves stay with membership."""

    union: UUID
    person: UUID


class OfCard(WelfareEvent):
    """Something about one card."""

    person: UUID


@released
class CardIssued(OfCard):
    """The card was made."""


@released
class CardDelivered(OfCard):
    """The person has it."""


@released
class CardUsed(OfCard):
    """Used so many times since it was last told, the first time ever if `first`."""

    times: int
    first: bool


@released
class CardLost(OfCard):
    """It is not to be honoured any more."""


@released
class CardReplaced(OfCard):
    """Another card was made for one that was lost."""


@released
class CardCancelled(OfCard):
    """The card is given up for good: whether one had been made, and whether it was in the person's hands."""

    issued: bool
    delivered: bool


@released
class MerchantContracted(WelfareEvent):
    """An enterprise honours the card."""

    union: UUID
    employer: UUID


@released
class MerchantEnded(WelfareEvent):
    """It does so no more."""

    employer: UUID
