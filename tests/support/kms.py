"""A key management service of a few lines, and its client: `kms.py serve KEYS PORT` and `kms.py fetch URL`.

Both run as processes of their own. The client shows the token of its environment, as real ones do, and prints
what the service answers. Nothing of the project is used here.
"""

from __future__ import annotations

import os
import sys
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

TOKEN = "KMS_TOKEN"


class Keys(BaseHTTPRequestHandler):
    """Whoever has the token gets the lines of the file as they are now."""

    file: Path

    def do_GET(self) -> None:
        known = self.headers["Authorization"] == f"Bearer {os.environ[TOKEN]}"
        body = self.file.read_bytes() if known else b"who are you?"
        self.send_response(200 if known else 403)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve(file: str, port: str) -> None:
    Keys.file = Path(file)
    HTTPServer(("127.0.0.1", int(port)), Keys).serve_forever()


def fetch(url: str) -> None:
    asked = urllib.request.Request(url, headers={"Authorization": f"Bearer {os.environ.get(TOKEN, '')}"})  # noqa: S310
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(asked, timeout=5) as answer:
        sys.stdout.write(answer.read().decode())


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(*sys.argv[2:])
    else:
        fetch(*sys.argv[2:])
