"""Division codes of the statistics edition, 12 digits (DOMAIN COD-06, COD-08).

Digits: 2 province, 2 prefecture, 2 county, 3 town, 3 village. A code is a dated attribute of a unit, never
its identity, and its kind (street, town, village) is a field of its own: digits tell it for 97 to 99 % only.
"""

import re

from shared.codes.refusal import InvalidCode, narrow

_SHAPE = re.compile(r"[1-9][0-9]{11}")
_ENDS = (2, 4, 6, 9, 12)  # where the part of level 1, 2, 3, 4, 5 ends
_PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
_PLACEHOLDER_END = "直辖村级区划"


def checked(code: str) -> str:
    """The 12 digits, shorter official forms (2, 4, 6, 9 digits) filled with zeros; raises InvalidCode.

    A level may be skipped only where the state skips it: towns directly under a prefecture without counties.
    """
    clean = narrow(code)
    if len(clean) in _ENDS:
        clean = clean.ljust(12, "0")
    if not _SHAPE.fullmatch(clean):
        raise InvalidCode("division-code-malformed", clean[:20], "give the 12-digit statistics code")
    _, prefecture, county, town, village = _parts(clean)
    if (village and not town) or ((county or town) and not prefecture):
        raise InvalidCode("division-code-level-missing", clean, "a part above the last one is zero")
    return clean


def level(code: str) -> int:
    """1 province … 5 village, by zero padding; `code` must have passed `checked`."""
    return max(place for place, part in enumerate(_parts(code), start=1) if part)


def parent(code: str) -> str | None:
    """The code with its lowest part zeroed; None for a province. Place-holders are not skipped here."""
    here = level(code)
    return None if here == 1 else _upper(code, here)


def is_placeholder(name: str, level_of_name: int) -> bool:
    """True for entries that stand for no real unit; 县 is one only where no name stands before it."""
    if level_of_name == 4:
        return name.endswith(_PLACEHOLDER_END)
    return level_of_name in {2, 3} and name in _PLACEHOLDERS


def _upper(code: str, here: int) -> str:
    upper = code[: _ENDS[here - 2]].ljust(12, "0")
    return upper if level(upper) < here else _upper(upper, level(upper))


def _parts(code: str) -> tuple[bool, ...]:
    starts = (0, *_ENDS[:-1])
    return tuple(int(code[start:end]) > 0 for start, end in zip(starts, _ENDS, strict=True))
