"""How a file names a union: by id, by division code, or by credit code."""

from collections.abc import Callable
from uuid import UUID

from shared.codes import credit, divisions
from shared.codes.refusal import InvalidCode
from unionstream.imports.problems import CellInvalid


def union(words: str) -> str:
    """The canonical id or code; raises CellInvalid for a name, since two unions may share one."""
    if len(words) == 12 and words.isascii() and words.isdigit():
        return _by(divisions.checked, words)
    if len(words) == 18 and words.isascii():
        return _by(lambda code: credit.checked(code).code, words)
    try:
        return str(UUID(words))
    except ValueError:
        raise CellInvalid(
            "union-not-a-code", words[:40], "give its 12-digit division code, its credit code or its id"
        ) from None


def id_(words: str) -> str:
    """An id as the services show it; raises CellInvalid."""
    try:
        return str(UUID(words))
    except ValueError:
        raise CellInvalid("id-malformed", words[:40], "copy the id as the service shows it") from None


def division(words: str) -> str:
    """A division code of 12 digits, its shape checked; raises CellInvalid."""
    return _by(divisions.checked, words)


def employer(words: str) -> str:
    """The employer's credit code, checked; raises CellInvalid."""
    return _by(lambda code: credit.checked(code).code, words)


def _by(check: Callable[[str], str], words: str) -> str:
    try:
        return check(words)
    except InvalidCode as refusal:
        raise CellInvalid(refusal.code, refusal.shown, refusal.remedy) from refusal
