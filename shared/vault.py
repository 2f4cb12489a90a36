"""Personal data at rest: a data key per person, so that destroying one key erases one person.

    master key (`shared.keys`)
      ├── wrapping key   AES-256-GCM over the data keys, bound to the person's id
      └── index key      HMAC-SHA-256: over document kind and number, to find a person without storing them;
                         over rows and bodies of commands, to know those that come again

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
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shared.keys import (
    KEY_BYTES,
    NONCE_BYTES,
    FollowedKeys,
    KeyFile,
    KeyFileUnusable,
    KeyProgram,
    MasterKeys,
    Wrapping,
)

__all__ = ["KeyFileUnusable", "PersonalData", "SealBroken", "Sealed", "Vault", "open_vault"]


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
    """Seals and opens the records of people under master keys."""

    def __init__(self, master: bytes | Wrapping) -> None:
        """`master` wraps data keys, or is one key of 32 bytes; raises KeyFileUnusable for another length."""
        self._wrapping: Wrapping = MasterKeys((master,)) if isinstance(master, bytes) else master

    def identity(self, document_kind: str, document_number: str) -> str:
        """The index entry of a checked, narrowed number: 64 hex digits that tell nothing without the key."""
        text = f"{document_kind}\x00{document_number}".encode()
        return hmac.new(self._wrapping.index_key, text, sha256).hexdigest()

    def veiled(self, what: bytes) -> bytes:
        """Of something that may tell of a person, such as a row: 32 bytes to know it by when it comes again.

        Nothing can be tried out on them without the key.
        """
        return hmac.new(self._wrapping.index_key, b"veil\x00" + what, sha256).digest()

    def seal(self, person: UUID, data: PersonalData) -> Sealed:
        """Seal under a fresh data key; sealing again replaces key and record together."""
        key = AESGCM.generate_key(bit_length=8 * KEY_BYTES)
        record = _encrypted(AESGCM(key), data.model_dump_json().encode(), person)
        return Sealed(self._wrapping.wrap(key, person.bytes), record)

    def open(self, person: UUID, sealed: Sealed) -> PersonalData:
        """The record; raises SealBroken."""
        try:
            key = self._wrapping.unwrap(sealed.wrapped_key, person.bytes)
            return PersonalData.model_validate_json(_decrypted(AESGCM(key), sealed.record, person))
        except (InvalidTag, ValueError, ValidationError):
            raise SealBroken(f"the record of person {person} cannot be opened") from None

    def rewrapped(self, owner: UUID, wrapped_key: bytes) -> bytes | None:
        """The same data key under the present master key; None if it is already. Raises SealBroken."""
        if self._wrapping.is_present(wrapped_key, owner.bytes):
            return None
        try:
            key = self._wrapping.unwrap(wrapped_key, owner.bytes)
        except InvalidTag:
            raise SealBroken(f"the key of {owner} is under none of the master keys") from None
        return self._wrapping.wrap(key, owner.bytes)

    def seal_text(self, owner: UUID, text: str) -> Sealed:
        """Seal a text that belongs to one thing, such as an entry of a narrative, under a fresh data key."""
        key = AESGCM.generate_key(bit_length=8 * KEY_BYTES)
        return Sealed(self._wrapping.wrap(key, owner.bytes), _encrypted(AESGCM(key), text.encode(), owner))

    def open_text(self, owner: UUID, sealed: Sealed) -> str:
        """The text; raises SealBroken."""
        try:
            key = self._wrapping.unwrap(sealed.wrapped_key, owner.bytes)
            return _decrypted(AESGCM(key), sealed.record, owner).decode()
        except (InvalidTag, ValueError):
            raise SealBroken(f"the text of {owner} cannot be opened") from None


def open_vault(source: Path | str) -> Vault:
    """The vault under the keys of a file, or of a program that prints them; raises KeyFileUnusable."""
    return Vault(FollowedKeys(KeyFile(source) if isinstance(source, Path) else KeyProgram(source)))


def _encrypted(key: AESGCM, text: bytes, person: UUID) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + key.encrypt(nonce, text, person.bytes)


def _decrypted(key: AESGCM, sealed: bytes, person: UUID) -> bytes:
    return key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], person.bytes)
