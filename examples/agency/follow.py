"""Follow the feed of an agreement and check everything yourself: numbers, chain, signed checkpoints.

    python follow.py --url http://localhost:8008 --feed tax-2026 --key 'union.exchange+1a2b…' --folder data

needs Python 3.11 and `cryptography`, nothing else. It writes every record to `records.ndjson` in the folder
and remembers in `state.json` how far it has come; started again, it goes on there. With `--follow` it stays
and takes records as they come. It ends with exit code 1, and says why, as soon as something is not as it must
be.
"""

import argparse
import json
import os
import sys
import time
from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PAGE = 500
WAIT_SECONDS = 20
AGAIN_SECONDS = 5.0


class Wrong(Exception):
    """The feed is not what it must be: keep everything, and ask the union."""


class Over(Exception):
    """The agreement is over; there is nothing more to get."""


class Feed:
    """The two questions that a feed answers."""

    def __init__(self, url: str, name: str, headers: dict[str, str]) -> None:
        self._url = f"{url.rstrip('/')}/v1/feeds/{name}"
        self._headers = headers

    def records(self, after: int, wait: int) -> list[dict[str, Any]]:
        """The next records; none if there are none within `wait` seconds."""
        return self._lines("records", after=after, limit=PAGE, wait=wait)

    def checkpoints(self, after: int) -> list[dict[str, Any]]:
        """The next signed heads."""
        return self._lines("checkpoints", after=after, limit=PAGE)

    def _lines(self, what: str, **query: int) -> list[dict[str, Any]]:
        request = Request(f"{self._url}/{what}?{urlencode(query)}", headers=self._headers)  # noqa: S310
        try:
            with urlopen(request, timeout=WAIT_SECONDS + 30) as answer:  # noqa: S310
                return [json.loads(line) for line in answer.read().decode().splitlines()]
        except HTTPError as error:
            if error.code == 410:
                raise Over from None
            raise


class Key:
    """The public key that signs checkpoints, as the union has published it."""

    def __init__(self, line: str) -> None:
        self.name, self.hash, encoded = line.strip().split("+", 2)
        self._public = Ed25519PublicKey.from_public_bytes(b64decode(encoded)[1:])

    def head(self, note: str) -> tuple[str, int, str]:
        """Origin, number and chain of a checkpoint; raises Wrong unless this key has signed it."""
        text, _, signatures = note.partition("\n\n")
        for line in signatures.splitlines():
            _, name, encoded = line.split(" ")
            raw = b64decode(encoded)
            if (name, raw[:4].hex()) == (self.name, self.hash):
                try:
                    self._public.verify(raw[4:], f"{text}\n".encode())
                except InvalidSignature:
                    raise Wrong(f"a checkpoint has a false signature:\n{note}") from None
                origin, size, head = text.splitlines()
                return origin, int(size), b64decode(head).hex()
        raise Wrong(f"a checkpoint is signed by another key:\n{note}")


class Follower:
    """What has been got and checked so far, in a folder."""

    def __init__(self, folder: Path, name: str, key: Key) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._origin = f"agency.{name}/0"
        self._key = key
        self._file = folder / "state.json"
        self._records = folder / "records.ndjson"
        first = sha256(self._origin.encode()).hexdigest()
        state = json.loads(self._file.read_text()) if self._file.exists() else {}
        self.last: int = state.get("last", 0)
        self.signed: int = state.get("signed", 0)
        # The chain of every number that no checkpoint has confirmed yet.
        self._chains: dict[int, str] = {int(n): chain for n, chain in state.get("chains", {0: first}).items()}
        self._size: int = state.get("size", 0)

    def take(self, records: list[dict[str, Any]]) -> None:
        """Check the records, keep them, and remember how far it goes."""
        for record in records:
            self._check(record)
        with self._records.open("ab") as out:
            out.truncate(self._size)  # what was written when this was cut off comes again
            out.seek(0, os.SEEK_END)
            for record in records:
                out.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
            out.flush()
            os.fsync(out.fileno())
            self._size = out.tell()
        self._remember()

    def _check(self, record: dict[str, Any]) -> None:
        number = record["sequence"]
        if number != self.last + 1:
            raise Wrong(f"number {self.last + 1} is missing: {number} came")
        text = "\n".join((self._chains[self.last], str(number), record["sequenced"], record["value"]))
        chain = sha256(text.encode()).hexdigest()
        if chain != record["chain"]:
            raise Wrong(f"number {number} does not continue the chain")
        self.last, self._chains[number] = number, chain

    def confirm(self, checkpoints: list[dict[str, Any]]) -> int:
        """Check signed heads against the records; returns the first that lies beyond the last, or 0."""
        ahead = 0
        for checkpoint in checkpoints:
            origin, size, chain = self._key.head(checkpoint["note"])
            if origin != self._origin:
                raise Wrong(f"a checkpoint is of {origin}")
            if size > self.last:
                ahead = size
                break
            if size in self._chains and self._chains[size] != chain:
                raise Wrong(f"number {size} had another chain when it was signed")
            self.signed = max(self.signed, size)
        self._chains = {n: chain for n, chain in self._chains.items() if n >= self.signed or n == self.last}
        self._remember()
        return ahead

    def _remember(self) -> None:
        state = {"last": self.last, "signed": self.signed, "size": self._size, "chains": self._chains}
        unfinished = self._file.with_suffix(".new")
        unfinished.write_text(json.dumps(state))
        unfinished.replace(self._file)


def rounds(*, follow: bool) -> Iterator[int]:
    """Seconds to wait in each round: none for what is there, then, to follow, again and again."""
    yield 0
    while True:
        yield WAIT_SECONDS if follow else 0


def run(feed: Feed, follower: Follower, *, follow: bool) -> None:
    """Until there is nothing more (or, following, for ever)."""
    owed = 0
    for wait in rounds(follow=follow):
        try:
            records = feed.records(follower.last, wait)
        except URLError as error:
            if not follow or isinstance(error, HTTPError):
                raise
            time.sleep(AGAIN_SECONDS)  # they are restarting; we go on where we were
            continue
        if records:
            follower.take(records)
        elif owed:
            raise Wrong(f"the feed ends at {follower.last}, and was signed up to {owed}")
        owed = follower.confirm(feed.checkpoints(follower.signed))
        if not (records or owed or follow):
            return


def main() -> int:
    """Exit code 0: all is well; 1: something is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--url", required=True, help="address of the exchange service")
    parser.add_argument("--feed", required=True, help="name of the agreement")
    parser.add_argument("--key", required=True, help="public key of the union's checkpoints")
    parser.add_argument("--folder", required=True, type=Path, help="where records and position are kept")
    parser.add_argument(
        "--header", action="append", default=[], help="sent along, such as `Authorization: …`"
    )
    parser.add_argument("--follow", action="store_true", help="stay, and take records as they come")
    said = parser.parse_args()
    headers = {
        name.strip(): value.strip() for name, _, value in (each.partition(":") for each in said.header)
    }
    follower = Follower(said.folder, said.feed, Key(said.key))
    try:
        run(Feed(said.url, said.feed, headers), follower, follow=said.follow)
    except Over:
        sys.stdout.write("the agreement is over\n")
    except Wrong as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    sys.stdout.write(f"{follower.last} records in order, signed up to {follower.signed}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
