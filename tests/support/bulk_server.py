"""A real HTTP server with the bulk endpoints' contract, to be troubled on purpose."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from tests.support.waiting import until

Trouble = Callable[[], Response]


class BulkServer:
    """Remembers rows by source and reference; each of `troubles` answers one request whose rows were taken.

    The id of a row is made from its document number, or from its reference where it has none.
    `pages` are what `GET <path>?unit=<id>` lists.
    `refusals` maps a document number or a reference to a problem; any but `already-member` is told once.
    """

    def __init__(self) -> None:
        """Nothing has arrived."""
        self.rows: dict[tuple[str, str], dict[str, Any]] = {}
        self.refusals: dict[str, dict[str, str]] = {}
        self.troubles: deque[Trouble] = deque()
        self.requests: list[dict[str, Any]] = []
        self.pages: dict[str, list[dict[str, Any]]] = {}
        self.asked: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        self.most_in_flight = 0
        self._in_flight = 0
        self.url = ""

    def take(self, body: dict[str, Any]) -> Response:
        """The answer to one request."""
        results = [self._row(place, body["source"], row) for place, row in enumerate(body["rows"])]
        if self.troubles:
            return self.troubles.popleft()()
        return JSONResponse({"results": results})

    def _row(self, place: int, source: str, row: dict[str, Any]) -> dict[str, Any]:
        name = row.get("document_number", row["reference"])
        problem = self.refusals.get(name)
        if problem:
            if problem["code"] != "already-member":
                del self.refusals[name]
            return {"row": place, "status": "refused", "id": None, "problem": problem}
        known = (source, row["reference"]) in self.rows
        self.rows.setdefault((source, row["reference"]), row)
        status = "repeated" if known else "created"
        return {"row": place, "status": status, "id": str(uuid5(NAMESPACE_OID, name)), "problem": None}

    async def answer(self, request: Request) -> Response:
        """One request, counted; held while the gate is closed."""
        body = await request.json()
        self.requests.append({"path": request.url.path, "headers": dict(request.headers), "body": body})
        self._in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self._in_flight)
        try:
            await asyncio.to_thread(self.gate.wait)
            return self.take(body)
        finally:
            self._in_flight -= 1

    async def list(self, request: Request) -> Response:
        """A page of what stands in `pages` under path and unit; the id of a union or employer, or 404."""
        self.asked.append(request.url.path)
        if self.troubles:
            return self.troubles.popleft()()
        parent, _, name = request.url.path.rpartition("/")
        if parent in {"/v1/unions", "/v1/employers"}:
            known = {"id": str(uuid5(NAMESPACE_OID, name))}
            return (
                JSONResponse(known)
                if name.startswith(("33", "91"))
                else JSONResponse({"code": "union-unknown"}, 404)
            )
        query = request.query_params
        items = self.pages.get(f"{request.url.path}?unit={query['unit']}", [])
        start = int(query.get("cursor", 0))
        end = start + int(query["limit"])
        return JSONResponse({"items": items[start:end], "cursor": end if end < len(items) else None})


def busy(status: int = 503) -> Trouble:
    """A refusal of the whole request that asks to come again at once."""
    problem = {"code": "unavailable" if status != 409 else "not-yet-known", "detail": "later"}
    return lambda: JSONResponse(problem, status, {"Retry-After": "0"}, "application/problem+json")


@contextmanager
def bulk_server() -> Iterator[BulkServer]:
    """The server on a free loopback port."""
    state = BulkServer()
    app = FastAPI()
    app.add_api_route("/v1/{path:path}", state.answer, methods=["POST"], response_model=None)
    app.add_api_route("/v1/{path:path}", state.list, methods=["GET"], response_model=None)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until(lambda: server.started)
        port = server.servers[0].sockets[0].getsockname()[1]
        state.url = f"http://127.0.0.1:{port}"
        yield state
    finally:
        state.gate.set()
        server.should_exit = True
        thread.join()
