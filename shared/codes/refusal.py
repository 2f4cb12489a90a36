"""Why a number or code was not accepted; callers add the field's name and map it to their own refusal."""

import re
import unicodedata
from dataclasses import dataclass

_SEPARATORS = re.compile(r"[\s\u200b\ufeff]+")


@dataclass(eq=False)  # not frozen: Python itself sets __traceback__
class InvalidCode(ValueError):
    """`code` is stable, in kebab-case; `shown` masked where personal; `remedy` says what to do."""

    code: str
    shown: str
    remedy: str

    def __str__(self) -> str:
        """The sentence for terminals; safe to log."""
        return f"{self.code}: {self.shown} ({self.remedy})"


def masked(number: str) -> str:
    """Only the length of a personal number: its parts tell place, day of birth and sex."""
    return f"({len(number)} characters)"


def narrow(text: str) -> str:
    """Full-width letters and digits made half-width, white space removed, upper case."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
