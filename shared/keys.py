"""Master keys: what wraps the data keys of a vault, where they come from, how they are changed in service.

A source of keys is a file, or a program that prints the same (`kms decrypt …`): the one way in for a key
management service. Its lines:

    <64 hex digits>           the present key: with it data keys are wrapped
    <64 hex digits>           earlier keys: what was wrapped with them still opens
    index <64 hex digits>     the key of the index of documents; left out, it is made of the present key

Whoever changes the lines is followed at the next use, so no process has to be started anew. No key is ever
logged.
"""

import os
import shlex
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.errors import Problem
from shared.logs import log
from shared.printed import ProgramFailed, printed

KEY_BYTES = 32
NONCE_BYTES = 12
INDEX = "index"
PROGRAM_SECONDS = 30.0
AGAIN_SECONDS = 30.0
MISSED_SECONDS = 2.0
BY_HAND = "run it by hand, as the user of this service"
REMEDY = "restore the file that the people were registered under; without it nothing can be opened"


class KeyFileUnusable(Problem):
    """The source of the master keys is missing, readable by others, or does not hold 32 bytes in hex."""

    code = "key-file-unusable"


class Wrapping(Protocol):
    """Wraps data keys, bound to the id of what they belong to. `unwrap` raises InvalidTag."""

    @property
    def index_key(self) -> bytes:
        """The key of the index of documents."""
        ...

    def wrap(self, key: bytes, bound: bytes) -> bytes:
        """The data key under the present master key."""
        ...

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        """The data key, whichever of the master keys it is under."""
        ...

    def is_present(self, wrapped: bytes, bound: bytes) -> bool:
        """Whether it is under the present master key."""
        ...


@dataclass(frozen=True, repr=False)
class MasterKeys:
    """The keys of one moment, the present one first; `index` is what the lines say of the index."""

    keys: tuple[bytes, ...]
    index: bytes | None = None

    def __post_init__(self) -> None:
        """Raises KeyFileUnusable for a key of another length, or for none."""
        lengths = [len(each) for each in (*self.keys, *([self.index] if self.index else []))]
        if not self.keys or any(length != KEY_BYTES for length in lengths):
            raise KeyFileUnusable(f"master keys have {KEY_BYTES} bytes, these have {lengths}", remedy=REMEDY)

    @classmethod
    def of(cls, text: str) -> "MasterKeys":
        """From the lines of a source; raises KeyFileUnusable without repeating them."""
        lines = [line.split() for line in text.splitlines() if line.strip()]
        try:
            keys = tuple(bytes.fromhex(line[0]) for line in lines if len(line) == 1)
            index = [bytes.fromhex(line[1]) for line in lines if len(line) == 2 and line[0] == INDEX]
        except ValueError:
            raise KeyFileUnusable("a line holds no hex digits", remedy=REMEDY) from None
        if len(keys) + len(index) != len(lines) or len(index) > 1:
            raise KeyFileUnusable("a line is neither a key nor that of the index", remedy=REMEDY)
        return cls(keys, index[0] if index else None)

    @property
    def text(self) -> str:
        """The lines."""
        index = [f"{INDEX} {self.index.hex()}"] if self.index else []
        return "\n".join([*(each.hex() for each in self.keys), *index])

    def with_new(self, key: bytes) -> "MasterKeys":
        """Another present key; the index stays what it is."""
        return MasterKeys((key, *self.keys), self.index_key)

    @property
    def present_alone(self) -> "MasterKeys":
        """Without the earlier keys."""
        return MasterKeys(self.keys[:1], self.index_key)

    @cached_property
    def index_key(self) -> bytes:
        """As `Wrapping` has it."""
        return self.index or _derived(self.keys[0], b"identity index")

    @cached_property
    def _wrapping(self) -> tuple[AESGCM, ...]:
        return tuple(AESGCM(_derived(each, b"wrap data keys")) for each in self.keys)

    def wrap(self, key: bytes, bound: bytes) -> bytes:
        """As `Wrapping` has it."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._wrapping[0].encrypt(nonce, key, bound)

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        """As `Wrapping` has it."""
        nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        for each in self._wrapping[:-1]:
            try:
                return each.decrypt(nonce, sealed, bound)
            except InvalidTag:
                continue
        return self._wrapping[-1].decrypt(nonce, sealed, bound)

    def is_present(self, wrapped: bytes, bound: bytes) -> bool:
        """As `Wrapping` has it."""
        try:
            self._wrapping[0].decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], bound)
        except InvalidTag:
            return False
        return True


class Source(Protocol):
    """Where master keys come from."""

    def read(self) -> MasterKeys:
        """The keys now; raises KeyFileUnusable."""
        ...

    def again(self, *, missed: bool) -> MasterKeys | None:
        """The keys, if it is worth reading them again; `missed`: some data key has just not opened.

        Raises KeyFileUnusable.
        """
        ...


class KeyFile:
    """A file which only its owner may read; followed by its times of change."""

    def __init__(self, path: Path) -> None:
        """The file is read when it is first asked for."""
        self._path = path
        self._stamp: tuple[int, int, int] = (0, 0, 0)

    def read(self) -> MasterKeys:
        """Raises KeyFileUnusable."""
        try:
            found = self._path.stat()
            self._stamp = _stamp(found)  # first: one that cannot be read is tried again once it has changed
            text = self._path.read_text(encoding="ascii")
        except (OSError, ValueError) as error:
            raise KeyFileUnusable(f"{self._path}: {type(error).__name__}", remedy=REMEDY) from None
        if found.st_mode & 0o077:
            raise KeyFileUnusable(f"{self._path} can be read by others", remedy=f"chmod 600 {self._path}")
        return MasterKeys.of(text)

    def again(self, *, missed: bool) -> MasterKeys | None:  # noqa: ARG002  a look costs a microsecond
        """When a time of change is another; a file that is away for a moment has not changed."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        return self.read() if _stamp(found) != self._stamp else None


class KeyProgram:
    """A program that prints the lines, such as the client of a key management service."""

    def __init__(self, command: str) -> None:
        """`command` is split as a shell would, and run without one; raises KeyFileUnusable."""
        try:
            self._words = shlex.split(command)
        except ValueError:
            self._words = []
        if not self._words:
            raise KeyFileUnusable("the command that prints the master keys names no program", remedy=BY_HAND)
        self._asked = 0.0

    def read(self) -> MasterKeys:
        """Raises KeyFileUnusable when it fails or takes longer than 30 seconds; what it says is not told."""
        return self._printed(PROGRAM_SECONDS)

    def again(self, *, missed: bool) -> MasterKeys | None:
        """After a miss it is asked again, twice a minute at most, for two seconds: commands wait for it."""
        if missed and time.monotonic() - self._asked > AGAIN_SECONDS:
            return self._printed(MISSED_SECONDS)
        return None

    def _printed(self, seconds: float) -> MasterKeys:
        try:
            said = printed(self._words, seconds)
            return MasterKeys.of(said.decode("ascii"))
        except ProgramFailed as why:
            detail = f"the program that prints the master keys failed: {why}"
        except UnicodeDecodeError:
            detail = "the program that prints the master keys printed something else"
        finally:
            self._asked = time.monotonic()
        raise KeyFileUnusable(detail, remedy=BY_HAND)


class FollowedKeys:
    """The keys of a source, as they are now; as they were, while the source is no good."""

    def __init__(self, source: Source) -> None:
        """Raises KeyFileUnusable."""
        self._source = source
        self._keys = source.read()

    @property
    def index_key(self) -> bytes:
        """As `Wrapping` has it."""
        return self._now(missed=False).index_key

    def wrap(self, key: bytes, bound: bytes) -> bytes:
        """As `Wrapping` has it."""
        return self._now(missed=False).wrap(key, bound)

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        """As `Wrapping` has it."""
        try:
            return self._now(missed=False).unwrap(wrapped, bound)
        except InvalidTag:
            return self._now(missed=True).unwrap(wrapped, bound)

    def is_present(self, wrapped: bytes, bound: bytes) -> bool:
        """As `Wrapping` has it."""
        return self._now(missed=False).is_present(wrapped, bound)

    def _now(self, *, missed: bool) -> MasterKeys:
        try:
            self._keys = self._source.again(missed=missed) or self._keys
        except KeyFileUnusable as problem:  # said once for every change, or twice a minute
            log.error("master_keys_kept", code=problem.code, detail=problem.detail, remedy=problem.remedy)
        return self._keys


def _stamp(found: os.stat_result) -> tuple[int, int, int]:
    """Who changes the rights alone changes the last of them."""
    return found.st_mtime_ns, found.st_ino, found.st_ctime_ns


def _derived(master: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"unionstream " + purpose).derive(
        master
    )
