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
        return growth(figure, value)
    return _plain(figure, value)


def _plain(figure: Figure, value: int | Decimal) -> str:
    match figure.print:
        case "number":
            return str(value)
        case "percent":
            return f"{value}%"
        case "money":
            return money(int(value))
        case "rank":
            return f"第{value}名"
        case "count":
            return f"{value}{WORDS.get(figure.unit, USUAL_WORD)}"


def money(fen: int) -> str:
    """元 below ten thousand, else 万元, exact, trailing zeros cut, no thousands separators (DOMAIN LAN-01).

    An amount that is no whole number of yuan stays in 元, since 万元 carries four decimals at most.
    """
    if abs(fen) < TEN_THOUSAND_YUAN or fen % YUAN:
        return f"{_shortest(fen, 2)}元"
    return f"{_shortest(fen // YUAN, 4)}万元"


# DOMAIN LAN-05: what is counted grows by percent or by a number, a rate rises by points.
GROWTH_WORDS = {"percent": ("增长", "下降"), "absolute": ("增加", "减少"), "points": ("提高", "降低")}


def growth(figure: Figure, value: int | Decimal) -> str:
    """A change (DOMAIN LAN-05): 增长58.51%, 减少1032人, 提高2.3个百分点, 持平."""
    if value == 0:
        return "持平"
    more, less = GROWTH_WORDS[figure.change]
    size = value if value > 0 else -value
    amount = f"{size}个百分点" if figure.change == "points" else _plain(figure, size)
    return f"{more if value > 0 else less}{amount}"


def _shortest(units: int, decimals: int) -> str:
    whole, rest = divmod(abs(units), 10**decimals)
    fraction = f"{rest:0{decimals}d}".rstrip("0")
    return f"{'-' if units < 0 else ''}{whole}{'.' if fraction else ''}{fraction}"
