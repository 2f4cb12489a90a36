"""Load for a server, from a process of its own: lean, so that it is the server which is measured.

    python -m bench.load http HOST PORT CONNECTIONS SECONDS UNIONS   receipts over keep-alive connections
    python -m bench.load bare URL CONNECTIONS SECONDS                one-row transactions, nothing else

The token stands in UNIONSTREAM_TOKEN.
Prints one line of JSON: how many, in how many seconds, how many refused, and the latencies.
"""

import asyncio
import json
import os
import random
import sys
import time
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID, uuid4

import asyncpg
import uvloop

TOKEN = os.environ.get("UNIONSTREAM_TOKEN", "").encode()
FIRST_UNION = 0x0196F000_0000_7000_8000_000000001000
ROW_BYTES = 1_000
PATIENCE_SECONDS = 10
BARE_TABLE = "CREATE TABLE IF NOT EXISTS bare (id uuid PRIMARY KEY, value bytea NOT NULL)"
BARE = "INSERT INTO bare (id, value) VALUES ($1, $2)"


@dataclass
class Tally:
    """What was done until `end`."""

    end: float
    done: int = 0
    refused: int = 0
    latencies: list[float] = field(default_factory=list)

    def told(self, seconds: float) -> str:
        """One line of JSON; latencies in milliseconds."""
        ordered = sorted(self.latencies) or [0.0]
        p50, p99 = (ordered[int(len(ordered) * part)] * 1000 for part in (0.5, 0.99))
        return json.dumps(
            {"done": self.done, "seconds": seconds, "refused": self.refused, "p50": p50, "p99": p99}
        )


class Connection(asyncio.Protocol):
    """One keep-alive connection: a request, its answer, the next request."""

    def __init__(self, tally: Tally, unions: int) -> None:
        """Runs until the tally's end."""
        self.tally = tally
        self.unions = unions
        self.buffer = b""
        self.sent = 0.0
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self.transport = cast("asyncio.Transport", transport)  # uvloop's is one in all but name
        self.send()

    def data_received(self, data: bytes) -> None:
        """A whole answer calls for the next request."""
        self.buffer += data
        head, separator, body = self.buffer.partition(b"\r\n\r\n")
        if not separator or len(body) < _length(head):
            return
        self.buffer = b""
        now = time.perf_counter()
        self.tally.latencies.append(now - self.sent)
        if head.startswith(b"HTTP/1.1 201"):
            self.tally.done += 1
        else:
            self.tally.refused += 1
        if now < self.tally.end:
            self.send()
        else:
            self.over.set_result(None)
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        """An end in the middle is an error."""
        if not self.over.done():
            self.over.set_exception(error or ConnectionError("the server closed"))

    def send(self) -> None:
        """One receipt of a random union."""
        self.sent = time.perf_counter()
        self.transport.write(request(UUID(int=FIRST_UNION + random.randrange(self.unions))))


def request(union: UUID) -> bytes:
    """A receipt over HTTP/1.1."""
    body = (
        b'{"union":"%b","channel":"tax","period":"2013-%02d","amount_fen":%d,"received_on":"2013-12-31"}'
        % (str(union).encode(), random.randint(1, 12), random.randint(1, 10_000_000))
    )
    return (
        b"POST /v1/dues/receipts HTTP/1.1\r\nHost: finance\r\nContent-Type: application/json\r\n"
        b"Authorization: Bearer %b\r\nIdempotency-Key: %b\r\nContent-Length: %d\r\n\r\n%b"
        % (TOKEN, uuid4().hex.encode(), len(body), body)
    )


def _length(head: bytes) -> int:
    return int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])


async def over_http(host: str, port: int, connections: int, seconds: float, unions: int) -> str:
    """Commands for some seconds."""
    loop, started = asyncio.get_running_loop(), time.perf_counter()
    tally = Tally(started + seconds)
    made = [
        await loop.create_connection(lambda: Connection(tally, unions), host, port)
        for _ in range(connections)
    ]
    async with asyncio.timeout(seconds + PATIENCE_SECONDS):
        await asyncio.gather(*(protocol.over for _, protocol in made))
    return tally.told(time.perf_counter() - started)


async def bare(url: str, connections: int, seconds: float) -> str:
    """Transactions of one row for some seconds."""
    opened = [await asyncpg.connect(url) for _ in range(connections)]
    await opened[0].execute(BARE_TABLE)
    started = time.perf_counter()
    tally = Tally(started + seconds)
    await asyncio.gather(*(_insert(connection, tally) for connection in opened))
    taken = time.perf_counter() - started
    for connection in opened:
        await connection.close()
    return tally.told(taken)


async def _insert(connection: asyncpg.Connection, tally: Tally) -> None:
    row = os.urandom(ROW_BYTES)
    insert = await connection.prepare(BARE)
    while (now := time.perf_counter()) < tally.end:
        await insert.fetch(uuid4(), row)
        tally.done += 1
        tally.latencies.append(time.perf_counter() - now)


def main(arguments: list[str]) -> None:
    """The command line."""
    match arguments:
        case ["http", host, port, connections, seconds, unions]:
            line = uvloop.run(over_http(host, int(port), int(connections), float(seconds), int(unions)))
        case ["bare", url, connections, seconds]:
            line = uvloop.run(bare(url, int(connections), float(seconds)))
        case _:
            raise SystemExit(__doc__)
    print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
