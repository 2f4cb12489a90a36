"""The applications of a service: its API behind the gate, and health and metrics on a port of their own."""

import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.http.bounding import Bounded
from shared.http.gate import Gate
from shared.http.openapi import PROBLEMS, CommandRouter, completed
from shared.http.refusing import answer_problems, template
from shared.http.tokens import Tokens
from shared.metrics import HTTP_SECONDS

Ready = Callable[[], Awaitable[str]]


def application(title: str, routers: Sequence[APIRouter], tokens: Tokens) -> FastAPI:
    """A FastAPI application; nothing in it, its description included, answers without one of the `tokens`."""
    app = FastAPI(
        title=title,
        version="1",
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses={status: PROBLEMS[status] for status in (401, 403, 503)},
    )
    for path in _only_told(routers):
        app.add_route(path, _nothing_to_ask, methods=["GET"], include_in_schema=False)
    for router in routers:
        app.include_router(router)
    answer_problems(app)
    app.add_middleware(Gate, tokens=tokens)
    app.add_middleware(Bounded)
    app.add_middleware(Timed)
    # The way FastAPI documents.
    app.openapi = lambda: _openapi(app, routers)  # type: ignore[method-assign]
    return app


def _only_told(routers: Sequence[APIRouter]) -> list[str]:
    """Literal addresses of commands without a question: they must not be taken for an id in a question."""
    asked = {route.path for router in routers for route in router.routes if isinstance(route, APIRoute)}
    told = [path for router in routers if isinstance(router, CommandRouter) for path in router.paths]
    return [path for path in told if "{" not in path and path not in asked]


async def _nothing_to_ask(_request: Request) -> Response:
    raise HTTPException(405)


def operations(ready: Ready) -> FastAPI:
    """Health and metrics; `ready()` returns an empty text, or the reason why it is not ready yet."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "live"}

    @app.get("/health/ready")
    async def is_ready(response: Response) -> dict[str, str]:
        reason = await ready()
        response.status_code = 503 if reason else 200
        return {"status": "waiting" if reason else "ready", "reason": reason}

    @app.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return app


class Timed:
    """Measures every request, as plain ASGI: Starlette's decorator costs a task and two queues a request."""

    def __init__(self, app: ASGIApp) -> None:
        """Stands around everything but the last handler of defects."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; a status that nobody sent is a defect, told further out."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def telling(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, telling)
        finally:
            seconds = time.perf_counter() - started
            HTTP_SECONDS.labels(scope["method"], template(scope), status).observe(seconds)


def _openapi(app: FastAPI, routers: Sequence[APIRouter]) -> dict[str, Any]:
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, openapi_version="3.1.0", routes=app.routes)
        app.openapi_schema = completed(schema, routers)
    return app.openapi_schema
