"""Investment in places and goods for culture and sports."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent
from shared.contracts.money import Posted


class Goods(BaseModel):
    """So many of one item, and what they are worth together."""

    model_config = ConfigDict(frozen=True)

    item: str
    quantity: int
    value_fen: int


@released
class FacilityBudgeted(FinanceEvent):
    """Money is planned for a place or goods; only another than `recorder` may buy.

    `investor` is federation where a union above the grassroots pays, enterprise where a grassroots union or
    its employer does, else the payer.
    """

    union: UUID
    kind: str
    payer: str
    investor: str
    amount_fen: int
    recorder: str


@released
class FacilityPurchased(Posted, FinanceEvent):
    """Bought, within what was planned; posted only where the union pays."""

    kind: str
    payer: str
    investor: str
    planned_fen: int
    amount_fen: int
    goods: tuple[Goods, ...]
    approver: str
    evidence: str
    warnings: tuple[str, ...] = ()


@released
class FacilityHandedOver(FinanceEvent):
    """The goods were given to `receiver`, which may be the union itself."""

    kind: str
    investor: str
    receiver: UUID
    amount_fen: int
    goods: tuple[Goods, ...]
    document: str


@released
class FacilityPutInUse(FinanceEvent):
    """Workers use it from this day on."""

    kind: str
    investor: str
    receiver: UUID


@released
class FacilityClosed(FinanceEvent):
    """It is used no more."""

    kind: str
    investor: str
    receiver: UUID
