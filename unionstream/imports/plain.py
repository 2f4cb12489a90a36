"""How words are compared: half width, lower case, without spaces, stars and colons."""

import re
import unicodedata

_NOISE = re.compile(r"[\s*:：＊]+")


def plain(words: str) -> str:
    """What of the words counts when they are compared."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", words)).lower()
