"""No more requests at once than a process can hold: the next is told to come back, its body unread."""

import time

from starlette.types import ASGIApp, Receive, Scope, Send

from shared.errors import Unavailable
from shared.http.body import LARGEST_BULK
from shared.http.problems import response_of
from shared.logs import log
from shared.metrics import OVERLOADED

MOST_REQUESTS = 2_500
MOST_BYTES = 128 * 1024 * 1024
EACH_BYTES = 16 * 1024  # what a request costs beside its body
TELL_SECONDS = 1.0


class Overloaded(Unavailable):
    """The process serves as many requests as it can hold."""

    code = "overloaded"


class Bounded:
    """Counts requests and the bytes of their bodies."""

    def __init__(self, app: ASGIApp, requests: int = MOST_REQUESTS, size: int = MOST_BYTES) -> None:
        """At most so many `requests` at once, whose bodies are together at most `size` bytes long."""
        self._app = app
        self._requests = requests
        self._size = size
        self._now = 0
        self._bytes = 0
        self._told = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        weight = _weight(scope)
        if self._now >= self._requests or self._bytes + weight > self._size:
            self._tell()
            problem = Overloaded("too many requests at once", remedy="repeat it after Retry-After seconds")
            await response_of(problem)(scope, receive, send)
            return
        self._now += 1
        self._bytes += weight
        try:
            await self._app(scope, receive, send)
        finally:
            self._now -= 1
            self._bytes -= weight

    def _tell(self) -> None:
        OVERLOADED.inc()
        now = time.monotonic()
        if now - self._told > TELL_SECONDS:
            self._told = now
            log.warning("overloaded", requests=self._now, bytes=self._bytes)


def _weight(scope: Scope) -> int:
    """What the request will hold in memory; one that does not say how long it is may be as long as any."""
    headers = dict(scope["headers"])
    length = headers.get(b"content-length", b"")
    if length.isdigit():
        return EACH_BYTES + min(int(length), LARGEST_BULK)
    return EACH_BYTES + (LARGEST_BULK if b"transfer-encoding" in headers else 0)
