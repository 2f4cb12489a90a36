"""Identity numbers that stand where they do not belong: only membership may see one."""

import re

from shared.codes import identity
from unionstream.imports.problems import CellInvalid

_EIGHTEEN = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")


def refuse_identity_number(words: str) -> None:
    """Raises CellInvalid, without repeating it, if the words hold a number with the right check character."""
    for match in _EIGHTEEN.finditer(words):
        if identity.check_character(match[0][:17]) == match[0][17].upper():
            raise CellInvalid(
                "identity-number-misplaced", "", "leave the identity number out; it has a column of its own"
            )
