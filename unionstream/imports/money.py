"""Amounts as cadres write them, made into whole fen without ever passing through binary fractions."""

import re
import unicodedata
from decimal import Decimal

from unionstream.imports.cells import Cell, text
from unionstream.imports.problems import CellInvalid

# Fen in one unit, by the word in a heading's brackets or behind the figure in a cell.
UNITS = {
    "分": 1,
    "fen": 1,
    "元": 100,
    "yuan": 100,
    "cny": 100,
    "rmb": 100,
    "万": 1_000_000,
    "万元": 1_000_000,
    "10k yuan": 1_000_000,
    "10,000 yuan": 1_000_000,
    "亿": 10_000_000_000,
    "亿元": 10_000_000_000,
}
YUAN = UNITS["元"]

_PLAIN = r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+"
_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?"
_AMOUNT = re.compile(rf"(?:[¥￥]|rmb|cny)?(-?)({_GROUPED}|{_PLAIN})(分|元|万元|万|亿元|亿|fen|yuan)?整?")
_LARGEST_FEN = 10**13


def fen(cell: Cell, unit: int = YUAN, least: int = 1) -> int:
    """At least `least` whole fen. `unit` is what the heading says; a unit behind the figure wins over it.

    Refuses fractions of a fen, less than `least`, and anything that could be read in two ways.
    """
    if isinstance(cell, bool):
        raise CellInvalid("amount-unreadable", str(cell), "write a figure such as 1234.50")
    # A spreadsheet shows 15 digits; what a formula leaves behind them (0.30000000000000004) was never meant.
    written = f"{cell:.15g}" if isinstance(cell, float) else text(cell)
    sign, figure, named = _parts(written)
    exact = Decimal(figure) * (UNITS[named] if named else unit)
    if exact != exact.to_integral_value():
        raise CellInvalid("amount-fraction-of-fen", written[:30], "give at most two decimals of a yuan")
    if sign or exact < least:
        raise CellInvalid(
            "amount-not-positive", written[:30], "record a refund as a refund, leave out nothing paid"
        )
    if exact > _LARGEST_FEN:
        raise CellInvalid("amount-too-large", written[:30], "check the unit: yuan or 万元")
    return int(exact)


def _parts(written: str) -> tuple[str, str, str]:
    words = unicodedata.normalize("NFKC", written).replace("。", ".").replace(" ", "").lower()
    match = _AMOUNT.fullmatch(words)
    if match is None:
        raise CellInvalid(
            "amount-unreadable", written[:30], "write a figure such as 1234.50, 1,234.50 or 28.6万元"
        )
    return match[1], match[2].replace(",", ""), match[3] or ""
