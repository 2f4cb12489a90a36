"""Lines of unions: territorial, or one of the catalogue's industries."""

from services.projection.queries.refusals import UnknownLine
from shared.catalogues import catalogue

TERRITORIAL = "territorial"


def numbers() -> dict[str, int]:
    """Ids with the numbers under which the tree is kept."""
    industries = {line: entry.number or 0 for line, entry in catalogue("lines").items()}
    return {TERRITORIAL: 0} | industries


def named(number: int) -> str:
    """The id of a line by its number."""
    return next(line for line, known in numbers().items() if known == number)


def number(line: str) -> int:
    """The number of a line; raises `UnknownLine`."""
    known = numbers()
    if line not in known:
        raise UnknownLine(line, known)
    return known[line]
