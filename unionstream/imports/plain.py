"""How words are compared: half width, lower case, without spaces, stars, colons and quotation marks."""

import re
import unicodedata
from functools import lru_cache

_NOISE = re.compile(r"[\s*:：＊\"“”「」]+")


@lru_cache(maxsize=4096)  # the same few words come again and again
def plain(words: str) -> str:
    """What of the words counts when they are compared."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", words)).lower()
