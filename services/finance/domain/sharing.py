"""What becomes of dues once they are received: who has the money, who owes a share to whom.

Regimes and shares are dated rules of the area (DOMAIN FIN-04, FIN-05, FIN-12).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from services.finance.domain.local import local_rule
from shared.catalogues import catalogue
from shared.contracts.money import Posting, moved
from shared.errors import Refused
from shared.rules import rule, rule_or_none
from shared.shares import WHOLE_BP, divided

GRASSROOTS_LEVEL = 6
SMALL = ("micro", "small")
UPPER_LEVELS = {"town": 4, "county": 3, "prefecture": 2, "province": 1, "national": 0}
"""Parts into which a local table may divide the upper share, with the level that each is for."""


class SharesDoNotAddUp(Refused):
    """The sharing table of the area is not a table of 10,000 basis points."""

    code = "shares-do-not-add-up"


class RemittanceBeyondOwed(Refused):
    """Nobody remits more than is owed upwards."""

    code = "remittance-beyond-owed"


class Incoming(NamedTuple):
    """Dues that arrive: `above` are the unions above with their levels, nearest first."""

    amount_fen: int
    on: date
    channel: str
    payer_size: str | None
    area: str
    level: int
    above: Sequence[tuple[UUID, int]]


class Sharing(NamedTuple):
    """Who has the money (None: the union itself), what that unit owes upwards, what it owes the union."""

    regime: str
    collector: UUID | None = None
    upper_fen: int = 0
    rebate_fen: int = 0


@lru_cache(maxsize=4096)  # a file has thousands of rows of few days and areas
def regime_on(on: date, area: str) -> str:
    """The collection regime in force in an area."""
    number = rule("dues.regime", on, area)
    return next(each.id for each in catalogue("collection_regimes").values() if each.number == number)


@lru_cache(maxsize=4096)
def table_on(on: date, area: str) -> Mapping[str, int]:
    """Basis points of the grassroots union and of those above; raises SharesDoNotAddUp.

    Where no local table divides the upper share, it all belongs to the next union above (`upper`).
    """
    table = {"grassroots": rule("dues.share.grassroots", on, area)}
    local = {name: local_rule(f"dues.share.{name}", on, area) or 0 for name in UPPER_LEVELS}
    table |= local if any(local.values()) else {"upper": rule("dues.share.upper", on, area)}
    if sum(table.values()) != WHOLE_BP:
        raise SharesDoNotAddUp(
            f"the shares of area {area or 'all'} add up to {sum(table.values())} basis points",
            field="area",
            value=area,
            remedy="correct the lines dues.share.* of the area",
        )
    return table


def shared(money: Incoming) -> Sharing:
    """Divided to the fen: what the union keeps or is owed, and the rest, add up to what came in."""
    regime = regime_on(money.on, money.area)
    by_tax = money.channel == "tax" and regime != "direct"
    collector = _collector(money) if by_tax else None
    if collector:
        own = own_share(money, regime)
        levels = (money.level, collector[1])
        rest = onward(money.amount_fen - own, levels, money.on, money.area)
        return Sharing(regime, collector[0], rest, own)
    if money.level < GRASSROOTS_LEVEL or regime == "tax_upper":
        return Sharing(regime)
    return Sharing(regime, upper_fen=money.amount_fen - own_share(money, regime))


def own_share(money: Incoming, regime: str) -> int:
    """The part of the grassroots union; a full return for small firms replaces the share (DOMAIN FIN-12)."""
    if money.payer_size in SMALL:
        full = rule_or_none("dues.full_return_bp", money.on, money.area)
        if full is not None:
            return divided(money.amount_fen, (full, WHOLE_BP - full))[0]
    if regime == "tax_upper":  # the other share never went this way
        return 0
    return divided(money.amount_fen, tuple(table_on(money.on, money.area).values()))[0]


def onward(fen: int, levels: tuple[int, int], on: date, area: str) -> int:
    """Of a share that came up, what belongs to those further up; `levels` are the giver's and the taker's.

    The taker keeps its own part, and that of levels that were passed over on the way.
    """
    table = table_on(on, area)
    if "upper" in table:
        return 0
    below, here = levels
    keep = sum(table[name] for name, level in UPPER_LEVELS.items() if here <= level < below)
    up = sum(table[name] for name, level in UPPER_LEVELS.items() if level < here)
    return divided(fen, (keep, up))[1] if up else 0


def less_after_refund(amount_fen: int, share_fen: int, before_fen: int, refund_fen: int) -> int:
    """How much a share of a receipt shrinks when more of the receipt goes back (`before_fen` went before).

    After everything has gone back nothing of the share is left.
    """
    if not share_fen:
        return 0
    weights = (share_fen, amount_fen - share_fen)
    left, after = amount_fen - before_fen, amount_fen - before_fen - refund_fen
    return divided(left, weights)[0] - divided(after, weights)[0]


def owing(upper_fen: int, rebate_fen: int = 0) -> tuple[Posting, ...]:
    """Shares of money that is here, and belongs to those above or to the union it was collected for."""
    return (
        *moved(upper_fen, to="upper_share", out_of="upper_share_owed"),
        *moved(rebate_fen, to="rebates", out_of="rebates_owed"),
    )


def _collector(money: Incoming) -> tuple[UUID, int] | None:
    highest = rule("dues.collecting_level", money.on, money.area)
    if money.level <= highest:
        return None
    return next((each for each in money.above if each[1] <= highest), None)
