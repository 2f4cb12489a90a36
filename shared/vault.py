"""Personal data at rest: a data key per person, so that destroying one key erases one person.

    master key (a file, 32 bytes in hex)
      ├── wrapping key   AES-256-GCM over the data keys, bound to the person's id
      └── index key      HMAC-SHA-256 over document kind and number: finds a person without storing the number

A sealed record opens only for the person it was sealed for. Nothing here is ever logged.
"""

import hmac
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shared.errors import Problem

KEY_BYTES = 32
NONCE_BYTES = 12
REMEDY = "restore the file that the people were registered under; without it nothing can be opened"


class KeyFileUnusable(Problem):
    """The master key's file is missing, readable by others, or does not hold 32 bytes in hex."""

    code = "key-file-unusable"


class SealBroken(RuntimeError):
    """The record was not sealed for this person with this key, or its bytes were changed."""


class PersonalData(BaseModel):
    """What the vault keeps of a person; never shown when printed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document_kind: str
    document_number: str = Field(repr=False)
    name: str = Field(repr=False)
    phone: str = Field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A wrapped data key and the record sealed under it; each begins with its nonce."""

    wrapped_key: bytes
    record: bytes


class Vault:
    """Seals and opens the records of people under one master key."""

    def __init__(self, master: bytes) -> None:
        """`master` is 32 random bytes; raises KeyFileUnusable for any other length."""
        if len(master) != KEY_BYTES:
            raise KeyFileUnusable(f"the master key has {len(master)} bytes, not {KEY_BYTES}", remedy=REMEDY)
        self._wrapping = AESGCM(_derived(master, b"wrap data keys"))
        self._index_key = _derived(master, b"identity index")

    def identity(self, document_kind: str, document_number: str) -> str:
        """The index entry of a checked, narrowed number: 64 hex digits that tell nothing without the key."""
        text = f"{document_kind}\x00{document_number}".encode()
        return hmac.new(self._index_key, text, sha256).hexdigest()

    def seal(self, person: UUID, data: PersonalData) -> Sealed:
        """Seal under a fresh data key; sealing again replaces key and record together."""
        key = AESGCM.generate_key(bit_length=8 * KEY_BYTES)
        record = _encrypted(AESGCM(key), data.model_dump_json().encode(), person)
        return Sealed(_encrypted(self._wrapping, key, person), record)

    def open(self, person: UUID, sealed: Sealed) -> PersonalData:
        """The record; raises SealBroken."""
        try:
            key = _decrypted(self._wrapping, sealed.wrapped_key, person)
            return PersonalData.model_validate_json(_decrypted(AESGCM(key), sealed.record, person))
        except (InvalidTag, ValueError, ValidationError):
            raise SealBroken(f"the record of person {person} cannot be opened") from None

    def seal_text(self, owner: UUID, text: str) -> Sealed:
        """Seal a text that belongs to one thing, such as an entry of a narrative, under a fresh data key."""
        key = AESGCM.generate_key(bit_length=8 * KEY_BYTES)
        return Sealed(_encrypted(self._wrapping, key, owner), _encrypted(AESGCM(key), text.encode(), owner))

    def open_text(self, owner: UUID, sealed: Sealed) -> str:
        """The text; raises SealBroken."""
        try:
            key = _decrypted(self._wrapping, sealed.wrapped_key, owner)
            return _decrypted(AESGCM(key), sealed.record, owner).decode()
        except (InvalidTag, ValueError):
            raise SealBroken(f"the text of {owner} cannot be opened") from None


def open_vault(path: Path) -> Vault:
    """The vault under the key of a file, which only its owner may read; raises KeyFileUnusable."""
    try:
        text, mode = path.read_text(encoding="ascii").strip(), path.stat().st_mode
        master = bytes.fromhex(text)
    except (OSError, ValueError) as error:
        raise KeyFileUnusable(f"{path}: {type(error).__name__}", remedy=REMEDY) from None
    if mode & 0o077:
        raise KeyFileUnusable(f"{path} can be read by others", remedy=f"chmod 600 {path}")
    return Vault(master)


def _derived(master: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"unionstream " + purpose).derive(
        master
    )


def _encrypted(key: AESGCM, text: bytes, person: UUID) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + key.encrypt(nonce, text, person.bytes)


def _decrypted(key: AESGCM, sealed: bytes, person: UUID) -> bytes:
    return key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], person.bytes)
