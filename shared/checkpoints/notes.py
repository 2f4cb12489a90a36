"""A checkpoint as C2SP's tlog-checkpoint in a signed note, and the Ed25519 key that signs it.

    <origin>            union.finance/7
    <size>              the last number, in decimal
    <hash>              base64 of the chain at that number, which stands in the place of a tree's root hash

    — <key name> <base64 of key hash (4 bytes) and signature>

Keys are written as Go's note package writes them: the key file holds
`PRIVATE+KEY+<name>+<key hash in hex>+<base64 of 0x01 and the seed>`, and the public key is
`<name>+<key hash in hex>+<base64 of 0x01 and the public key>`.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.errors import Problem

ED25519 = b"\x01"
SEED_BYTES = 32
PREFIX = "PRIVATE+KEY+"
REMEDY = "make one with `unionstream checkpoint-key NAME`, readable by its owner alone"


class SigningKeyUnusable(Problem):
    """The file of the signing key is missing, readable by others, or holds no such key."""

    code = "signing-key-unusable"


@dataclass(frozen=True)
class Signer:
    """Signs under a name; `seed` is the private key and is never shown."""

    name: str
    seed: bytes

    def __repr__(self) -> str:
        """Without the seed."""
        return f"Signer({self.verifier})"

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()

    @property
    def verifier(self) -> str:
        """The public key as a line of text."""
        return f"{self.name}+{key_hash(self.name, self.public).hex()}+{_b64(ED25519 + self.public)}"

    @property
    def secret(self) -> str:
        """The content of a key file."""
        return f"{PREFIX}{self.name}+{key_hash(self.name, self.public).hex()}+{_b64(ED25519 + self.seed)}"

    def sign(self, text: str) -> str:
        """The note: the text, which ends with a line feed, an empty line, and the signature."""
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return f"{text}\n— {self.name} {_b64(key_hash(self.name, self.public) + signature)}\n"


def key_hash(name: str, public: bytes) -> bytes:
    """Four bytes that tell keys apart: the key id."""
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def checkpoint(topic: str, stream: int, sequence: int, chain: bytes) -> str:
    """The text that is signed."""
    return f"{topic}/{stream}\n{sequence}\n{_b64(chain)}\n"


def read_signer(path: Path) -> Signer:
    """The key of a file which only its owner may read; raises `SigningKeyUnusable`."""
    try:
        text, mode = path.read_text(encoding="ascii").strip(), path.stat().st_mode
        name, told, key = text.removeprefix(PREFIX).split("+", 2)
        raw = b64decode(key, validate=True)
    except (OSError, ValueError) as error:
        raise SigningKeyUnusable(f"{path}: {type(error).__name__}", remedy=REMEDY) from None
    if mode & 0o077:
        raise SigningKeyUnusable(f"{path} can be read by others", remedy=f"chmod 600 {path}")
    if not text.startswith(PREFIX) or raw[:1] != ED25519 or len(raw) != 1 + SEED_BYTES:
        raise SigningKeyUnusable(f"{path} holds no Ed25519 key", remedy=REMEDY)
    signer = Signer(name, raw[1:])
    if key_hash(name, signer.public).hex() != told:
        raise SigningKeyUnusable(f"{path}: name and key do not belong together", remedy=REMEDY)
    return signer


def _b64(raw: bytes) -> str:
    return b64encode(raw).decode()
