"""Dues that members pay themselves (会费, DOMAIN FIN-03): another stream than dues of employers."""

from shared.contracts.base import released
from shared.contracts.finance.base import FinanceEvent
from shared.contracts.money import Posted


@released
class MemberDuesReceived(Posted, FinanceEvent):
    """This many members paid for one month; it stays with their union."""

    month: str
    members: int
    amount_fen: int
