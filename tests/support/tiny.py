"""The smallest process that keeps to what the runtime asks of a service: settings, readiness, a clean end."""

from __future__ import annotations

import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NoReturn


class Health(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/health/ready" else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()


def main(name: str) -> None:
    prefix = name.upper()
    missing = [
        part for part in ("DATABASE_URL", "KAFKA", "PARTITIONS") if f"{prefix}_{part}" not in os.environ
    ]
    if missing:
        sys.exit(f"missing settings: {missing}")
    if os.environ.get("TINY_FAILS"):
        sys.exit("told to fail")
    address = (os.environ[f"{prefix}_HTTP_HOST"], int(os.environ[f"{prefix}_OPERATIONS_PORT"]))
    signal.signal(signal.SIGTERM, _end)
    ThreadingHTTPServer(address, Health).serve_forever()


def _end(_number: int, _frame: object) -> NoReturn:
    raise SystemExit(0)


if __name__ == "__main__":
    main(sys.argv[1])
