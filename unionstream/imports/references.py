"""External references: what makes a row the same row when a file is sent again."""

import hashlib
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

from unionstream.imports.problems import CellInvalid

SOURCE = re.compile(r"[A-Za-z0-9:._-]{1,64}")
_LONGEST = 100


def source_name(path: Path) -> str:
    """The file's name without its ending, or a digest of it where a source may not have its characters.

    The same rows under another name count as another source, unless a name is given.
    """
    if SOURCE.fullmatch(path.stem):
        return path.stem
    stem = unicodedata.normalize("NFC", path.stem).encode("utf-8", "surrogateescape")
    return f"file-{hashlib.blake2b(stem, digest_size=12).hexdigest()}"


class References:
    """Gives every row of one reading its reference: the file's own, or one made from what the row says.

    Equal rows of one file get different references by counting them, so two equal payments stay two.
    """

    def __init__(self, mark: str = "") -> None:
        """Nothing has been seen yet; `mark` stands before every reference."""
        self._mark = mark
        self._given: set[str] = set()
        self._made: Counter[bytes] = Counter()

    def of(self, fields: dict[str, Any], given: str) -> str:
        """`given`, refused if seen; or a digest of `fields`, which tell of a person: never show it."""
        if not given:
            return f"{self._mark}{self._digest(fields)}"
        if len(given) > _LONGEST:
            raise CellInvalid("reference-too-long", given[:30], f"at most {_LONGEST} characters")
        if given in self._given:
            raise CellInvalid("reference-twice", given, "give every row its own reference")
        self._given.add(given)
        return f"{self._mark}{given}"

    def _digest(self, fields: dict[str, Any]) -> str:
        content = json.dumps(fields, sort_keys=True, ensure_ascii=False).encode()
        digest = hashlib.blake2b(content, digest_size=20)
        nth = self._made[digest.digest()]
        self._made[digest.digest()] += 1
        return f"row-{digest.hexdigest()}-{nth}"
