"""Numbers as Chinese work summaries print them (DOMAIN section 11). The exact value always stands beside."""

from decimal import Decimal

from services.projection.catalogue import Figure

YUAN = 100
TEN_THOUSAND_YUAN = 10_000 * YUAN
NO_DATA = "无数据"

# DOMAIN section 11, measure words.
WORDS = {
    "people": "人",
    "person_times": "人次",
    "households": "户",
    "employers": "家",
    "enterprises": "家",
    "merchants": "家",
    "organisations": "家",
    "cases": "件",
    "items": "件",
    "times": "次",
    "days": "天",
    "sets": "套",
    "pairs": "对",
    "bags": "袋",
    "cards": "张",
}
USUAL_WORD = "个"


def printed(figure: Figure, value: int | Decimal | None) -> str:
    """A value in the style of its figure; `NO_DATA` for None."""
    if value is None:
        return NO_DATA
    if figure.kind == "growth":
        return growth(Decimal(value))
    if figure.print == "number":
        return str(value)
    if figure.print == "percent":
        return f"{value}%"
    if figure.print == "money":
        return money(int(value))
    return f"{value}{WORDS.get(figure.unit, USUAL_WORD)}"


def money(fen: int) -> str:
    """元 below ten thousand, else 万元, exact, trailing zeros cut, no thousands separators (DOMAIN LAN-01).

    An amount that is no whole number of yuan stays in 元, since 万元 carries four decimals at most.
    """
    if abs(fen) < TEN_THOUSAND_YUAN or fen % YUAN:
        return f"{_shortest(fen, 2)}元"
    return f"{_shortest(fen // YUAN, 4)}万元"


def growth(value: Decimal) -> str:
    """A rate of change (DOMAIN LAN-05): 增长58.51%, 下降3.20%, 持平."""
    if value == 0:
        return "持平"
    return f"{'增长' if value > 0 else '下降'}{abs(value)}%"


def _shortest(units: int, decimals: int) -> str:
    whole, rest = divmod(abs(units), 10**decimals)
    fraction = f"{rest:0{decimals}d}".rstrip("0")
    return f"{'-' if units < 0 else ''}{whole}{'.' if fraction else ''}{fraction}"
