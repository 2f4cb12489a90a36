"""Citizen numbers (公民身份号码, GB 11643-1999; DOMAIN COD-01, COD-02).

The first six digits are the place of first registration and say nothing about where somebody lives or comes
from, so nothing here reads them.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from shared.codes.refusal import InvalidCode, masked, narrow

Sex = Literal["female", "male"]

_LONG = re.compile(r"[0-9]{17}[0-9X]")
_SHORT = re.compile(r"[0-9]{15}")
# Not inside of longer words: digests in hex have runs of digits, too.
_WITHIN = re.compile(
    r"(?<![0-9A-Z])([1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9X])(?![0-9A-Z])",
    re.ASCII,
)
LENGTH = 18
_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
_CHECKS = "10X98765432"


@dataclass(frozen=True)
class CitizenNumber:
    """A number that passed every check; `converted` marks one that stood on a first-generation card."""

    number: str = field(repr=False)
    born: date
    sex: Sex
    converted: bool = False


def check_character(body: str) -> str:
    """The eighteenth character for the seventeen before it, ISO 7064 MOD 11-2."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def checked(number: str, today: date) -> CitizenNumber:
    """The number read and checked: 18 characters, check character, a real day of birth not after `today`.

    Full-width digits, spaces and a small x are put right. Raises InvalidCode, which never shows the number.
    """
    clean = narrow(number)
    if _SHORT.fullmatch(clean):
        raise InvalidCode(
            "citizen-number-of-old-card",
            masked(clean),
            "15-digit cards ended on 2013-01-01: give the 18-character number",
        )
    if not _LONG.fullmatch(clean):
        raise InvalidCode(
            "citizen-number-malformed", masked(clean), "give 17 digits and a check character, a digit or X"
        )
    if check_character(clean[:17]) != clean[17]:
        raise InvalidCode(
            "citizen-number-check-digit", masked(clean), "compare with the card: a digit is wrong or swapped"
        )
    return CitizenNumber(clean, _birth_date(clean, today), _sex(clean[16]))


def convert(number: str, today: date) -> CitizenNumber:
    """A 15-digit number of an old file made into 18 characters and marked as converted.

    Old cards carry no check digit, so a slip of the pen in them goes unnoticed. Raises InvalidCode.
    """
    clean = narrow(number)
    if not _SHORT.fullmatch(clean):
        raise InvalidCode("old-card-number-malformed", masked(clean), "give the 15 digits of the old card")
    body = f"{clean[:6]}19{clean[6:]}"
    long = body + check_character(body)
    return CitizenNumber(long, _birth_date(long, today), _sex(long[16]), converted=True)


def held_in(text: str) -> bool:
    """Whether the text holds a citizen number anywhere: check character right, month and day possible."""
    if len(text) < LENGTH:
        return False
    plain = unicodedata.normalize("NFKC", text).upper()
    runs = (found[1] for found in _WITHIN.finditer(plain))
    return any(check_character(run[:17]) == run[17] for run in runs)


def _birth_date(number: str, today: date) -> date:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise InvalidCode(
            "citizen-number-impossible-day", masked(number), "no such day of birth: compare with the card"
        ) from None
    if born > today:
        raise InvalidCode(
            "citizen-number-born-in-future", masked(number), "day of birth after today: compare with the card"
        )
    return born


def _sex(serial_end: str) -> Sex:
    return "male" if int(serial_end) % 2 else "female"
