"""A cut: how far each stream was known. Its text can be copied and tells when a character is wrong.

Lane = topic number * 24 + stream. The text is `c1`, the numbers as variable-length integers in base 32
without the letters i, l, o and u (so that nothing looks like a digit), and four characters of a checksum.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from services.projection.queries.refusals import BadCut

VERSION = "c1"
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # pragma: allowlist secret
VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
LOOKALIKES = str.maketrans("ilo", "110")
CHECK_LETTERS = 4
LARGEST_LANES = 24 * 32
LARGEST_NUMBER = 2**63 - 1
LONGEST_TEXT = 4096


@dataclass(frozen=True, slots=True)
class Cut:
    """The last number known of every lane; lanes beyond the end stand at 0. Trailing zeros are never kept."""

    numbers: tuple[int, ...]

    @classmethod
    def of(cls, positions: Mapping[int, int]) -> "Cut":
        """From lane -> number."""
        length = max((lane for lane, number in positions.items() if number), default=-1) + 1
        return cls(tuple(positions.get(lane, 0) for lane in range(length)))

    def at(self, lane: int) -> int:
        """The last number known of one lane."""
        return self.numbers[lane] if lane < len(self.numbers) else 0

    def beyond(self, other: "Cut") -> Iterator[int]:
        """The lanes in which this cut knows more than the other."""
        return (lane for lane, number in enumerate(self.numbers) if number > other.at(lane))

    def meet(self, other: "Cut") -> "Cut":
        """What both know."""
        return Cut.of({lane: min(number, other.at(lane)) for lane, number in enumerate(self.numbers)})

    def __str__(self) -> str:
        """The text a person can copy; `parse` reads it back."""
        body = VERSION + _letters(b"".join(map(_varint, self.numbers)))
        return body + _check(body)


def parse(text: str) -> Cut:
    """The cut behind a text, in any case of letters; raises `BadCut` and says what is wrong."""
    plain = text.strip().lower()
    if len(plain) > LONGEST_TEXT:
        raise BadCut(text, "it is too long")
    if not plain.startswith(VERSION):
        raise BadCut(text, f"it does not begin with {VERSION}")
    body = VERSION + plain[len(VERSION) : -CHECK_LETTERS].translate(LOOKALIKES)
    check = plain[-CHECK_LETTERS:].translate(LOOKALIKES)
    if len(plain) < len(VERSION) + CHECK_LETTERS or _check(body) != check:
        raise BadCut(text, "a character is wrong, or some are missing")
    return Cut(tuple(_numbers(text, body[len(VERSION) :])))


def _numbers(text: str, letters: str) -> list[int]:
    numbers = list(_integers(_bytes(text, letters)))
    if len(numbers) > LARGEST_LANES or any(number > LARGEST_NUMBER for number in numbers):
        raise BadCut(text, "it names more than there can be")
    if numbers and numbers[-1] == 0:
        raise BadCut(text, "it is not in its shortest form")
    return numbers


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _integers(raw: bytes) -> Iterator[int]:
    number, shift = 0, 0
    for byte in raw:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield number
            number, shift = 0, 0


def _letters(raw: bytes) -> str:
    bits = "".join(f"{byte:08b}" for byte in raw)
    padded = bits + "0" * (-len(bits) % 5)
    return "".join(ALPHABET[int(padded[start : start + 5], 2)] for start in range(0, len(padded), 5))


def _bytes(text: str, letters: str) -> bytes:
    if any(letter not in VALUES for letter in letters):
        raise BadCut(text, "it holds a character that no cut has")
    bits = "".join(f"{VALUES[letter]:05b}" for letter in letters)
    whole = len(bits) - len(bits) % 8
    return bytes(int(bits[start : start + 8], 2) for start in range(0, whole, 8))


def _check(body: str) -> str:
    digest = sha256(body.encode()).digest()
    return _letters(digest[:3])[:CHECK_LETTERS]
