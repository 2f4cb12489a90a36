"""Numbers and periods as Chinese work summaries print them (DOMAIN section 11)."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

YUAN = 100
TEN_THOUSAND_YUAN = 10_000 * YUAN
TEN_THOUSAND = 10_000


def count(value: int, word: str, qualifier: str = "") -> str:
    """376人; round ones with their qualifier: 50余人, 近200人, 1万余人."""
    number = f"{value // TEN_THOUSAND}万" if qualifier and value % TEN_THOUSAND == 0 else str(value)
    return _qualified(number, word, qualifier)


def money(fen: int, qualifier: str = "") -> str:
    """元 below ten thousand, else 万元, exact (LAN-01); what is no whole number of yuan stays in 元."""
    if abs(fen) < TEN_THOUSAND_YUAN or fen % YUAN:
        return _qualified(_shortest(fen, 2), "元", qualifier)
    return _qualified(_shortest(fen // YUAN, 4), "万元", qualifier)


def percent(part: int, whole: int, decimals: int) -> str:
    """Rounded half up, and never to a hundred that has not been reached (LAN-04)."""
    exact = Decimal(part * 100) / Decimal(whole)
    shown = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if part < whole and shown >= 100:
        shown = Decimal(100) - Decimal(1).scaleb(-decimals)
    return f"{_plain(shown)}%"


def change(now: int, before: int, decimals: int = 1) -> str:
    """增长6.5%, 下降3.2%, 持平 (LAN-05); `before` is above zero."""
    if now == before:
        return "持平"
    exact = Decimal(abs(now - before) * 100) / Decimal(before)
    shown = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{'增长' if now > before else '下降'}{_plain(shown)}%"


def points(now: Decimal, before: Decimal) -> str:
    """The change of a rate, in points: 提高2.3个百分点."""
    if now == before:
        return "持平"
    return f"{'提高' if now > before else '下降'}{_plain(abs(now - before))}个百分点"


def days(first: date, last: date) -> str:
    """全年, 1—8月, 8月, 1—8月24日 as a cadre says it: what a flow covers."""
    if _whole_year(first, last):
        return "全年"
    begins, ends = first.day == 1, _month_ends(last)
    if first.year != last.year:
        return f"{_day(first, with_year=True)}至{_day(last, with_year=True)}"
    if begins and ends:
        return f"{last.month}月" if first.month == last.month else f"{first.month}—{last.month}月"
    return f"{_day(first)}至{_day(last)}"


def as_of(last: date) -> str:
    """截至年底, 截至10月底, 截至8月24日: when a stock is read (LAN-06: 截至, not 截止)."""
    if (last.month, last.day) == (12, 31):
        return "截至年底"
    if _month_ends(last):
        return f"截至{last.month}月底"
    return f"截至{last.month}月{last.day}日"


def before_words(first: date, last: date) -> str:
    """What a comparison is against: 上年, or the same days of it."""
    return "上年" if _whole_year(first, last) else "上年同期"


def spoken(day: date) -> str:
    """2006年8月31日."""
    return _day(day, with_year=True)


def covered(first: date, last: date) -> str:
    """2006年1月1日至8月31日: both days, the year once where it is the same."""
    return f"{spoken(first)}至{_day(last, with_year=first.year != last.year)}"


def ordinal(number: int) -> str:
    """一 … 九十九, for headings."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"


def listed(parts: Sequence[str]) -> str:
    """甲、乙、丙."""
    return "、".join(parts)


def year_before(day: date) -> date:
    """The same day a year earlier; 28 February for a leap day."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


def _qualified(number: str, word: str, qualifier: str) -> str:
    """One qualifier at most, where the field puts it (LAN-03)."""
    match qualifier:
        case "近":
            return f"近{number}{word}"
        case "余":
            return f"{number}余{word}"
    return f"{number}{word}{qualifier}"


def _shortest(units: int, decimals: int) -> str:
    whole, rest = divmod(abs(units), 10**decimals)
    fraction = f"{rest:0{decimals}d}".rstrip("0")
    return f"{'-' if units < 0 else ''}{whole}{'.' if fraction else ''}{fraction}"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _day(day: date, *, with_year: bool = False) -> str:
    return f"{f'{day.year}年' if with_year else ''}{day.month}月{day.day}日"


def _month_ends(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _whole_year(first: date, last: date) -> bool:
    return first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
