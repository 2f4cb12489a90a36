"""Checkpoints read back: signatures checked with the public keys alone, and what they say of a stream.

A note is three lines (origin, size, hash), an empty line, and signatures `— <name> <base64>`. A public key is
`<name>+<key hash in hex>+<base64 of 0x01 and the key>`; a signature begins with the key's hash.
"""

from __future__ import annotations

from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from unionstream.verifying.chains import Difference

KEY_HASH = 4

Keys = Mapping[tuple[str, bytes], Ed25519PublicKey]


class BadKey(ValueError):
    """A line that is no public key of a checkpoint."""


@dataclass
class Heads:
    """What checkpoints say of one topic: the chain at numbers, stream by stream."""

    topic: str
    chains: dict[int, dict[int, bytes]] = field(default_factory=lambda: defaultdict(dict))
    differences: list[Difference] = field(default_factory=list)
    notes: int = 0

    def take(self, note: str, keys: Keys) -> None:
        """One more note; one of another topic is passed by."""
        text, _, signatures = note.partition("\n\n")
        lines = text.split("\n")
        topic, _, stream = lines[0].rpartition("/")
        if topic != self.topic:
            return
        self.notes += 1
        if len(lines) < 3 or not (stream.isdigit() and lines[1].isdigit()):
            self.differences.append(Difference(-1, 0, f"a checkpoint cannot be read: {note[:80]!r}"))
            return
        where = int(stream), int(lines[1])
        fault = signature_fault(text + "\n", signatures, keys)
        if fault:
            self.differences.append(Difference(*where, f"its checkpoint {fault}"))
            return
        chain = b64decode(lines[2]).hex().encode()
        known = self.chains[where[0]].setdefault(where[1], chain)
        if known != chain:
            self.differences.append(Difference(*where, "two checkpoints name different chains"))

    def compare(self, stream: int, sequence: int, chain: bytes, whose: str) -> None:
        """What the topic, the log or the trail has at a number that a checkpoint names."""
        signed = self.chains.get(stream, {}).get(sequence)
        if signed is not None and signed != chain:
            what = f"{whose} has another chain than its signed checkpoint"
            self.differences.append(Difference(stream, sequence, what))

    def beyond(self, ends: Mapping[int, int], whose: str) -> None:
        """Checkpoints of numbers that are not there any more."""
        for stream, signed in sorted(self.chains.items()):
            last = max(signed, default=0)
            if last > ends.get(stream, 0):
                what = f"was signed in a checkpoint, and {whose} ends at {ends.get(stream, 0)}"
                self.differences.append(Difference(stream, last, what))


def read_keys(lines: Iterable[str]) -> Keys:
    """Public keys by name and key hash; empty lines and comments (#) are left out. Raises `BadKey`."""
    return dict(_key(line.strip()) for line in lines if line.strip() and not line.startswith("#"))


def signature_fault(text: str, signatures: str, keys: Keys) -> str:
    """Empty if one known key has signed the text, and none wrongly; else what is wrong."""
    known = False
    for line in signatures.splitlines():
        mark, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        raw = b64decode(encoded) if mark == "—" else b""
        key = keys.get((name, raw[:KEY_HASH]))
        if key is None:
            continue
        try:
            key.verify(raw[KEY_HASH:], text.encode())
        except InvalidSignature:
            return f"has a wrong signature of {name}"
        known = True
    return "" if known else "is signed by no key that is known here"


def _key(line: str) -> tuple[tuple[str, bytes], Ed25519PublicKey]:
    try:
        name, told, encoded = line.split("+", 2)
        raw = b64decode(encoded, validate=True)
        _check(name, told, raw)
        return (name, bytes.fromhex(told)), Ed25519PublicKey.from_public_bytes(raw[1:])
    except ValueError as error:
        raise BadKey(f"{line[:60]!r} is no public key of a checkpoint") from error


def _check(name: str, told: str, raw: bytes) -> None:
    if raw[:1] != b"\x01":
        raise ValueError("not Ed25519")
    if sha256(f"{name}\n".encode() + raw).digest()[:KEY_HASH].hex() != told:
        raise ValueError("its hash is another")
