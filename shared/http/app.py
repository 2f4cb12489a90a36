"""The application of a service: health, metrics, request ids, problem documents, OpenAPI 3.1."""

import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic.json_schema import models_json_schema
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.database import TRANSIENT
from shared.errors import Defect, Malformed, NotFound, Problem, Unavailable
from shared.http.commands import SCHEMAS, CommandRouter
from shared.http.problems import FieldProblem, Invalid, response_of
from shared.logs import log_defect
from shared.metrics import HTTP_SECONDS

Ready = Callable[[], Awaitable[str]]


def application(title: str, routers: Sequence[APIRouter], ready: Ready) -> FastAPI:
    """A FastAPI application; `ready()` returns an empty text, or the reason why it is not ready yet."""
    app = FastAPI(
        title=title, version="1", openapi_url="/v1/openapi.json", docs_url="/v1/docs", redoc_url=None
    )
    for router in routers:
        app.include_router(router)
    app.include_router(_operations(ready))
    _problems(app)
    app.add_middleware(Timed)
    # The way FastAPI documents.
    app.openapi = lambda: _openapi(app, routers)  # type: ignore[method-assign]
    return app


def _operations(ready: Ready) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "live"}

    @router.get("/health/ready")
    async def is_ready(response: Response) -> dict[str, str]:
        reason = await ready()
        response.status_code = 503 if reason else 200
        return {"status": "waiting" if reason else "ready", "reason": reason}

    @router.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


def _problems(app: FastAPI) -> None:
    async def known(_request: Request, error: Exception) -> Response:
        return response_of(error if isinstance(error, Problem) else Defect("unexpected"))

    async def headers(_request: Request, error: Exception) -> Response:
        raw = error.errors() if isinstance(error, RequestValidationError) else []
        return response_of(Invalid([_fault(each) for each in raw[:20]]))

    async def routing(_request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        if status == 404:
            return response_of(NotFound("there is nothing at this address", remedy="see /v1/docs"))
        response = response_of(Malformed(f"not possible here (HTTP {status})", remedy="see /v1/docs"))
        response.status_code = status
        return response

    async def database(_request: Request, error: Exception) -> Response:
        return response_of(Unavailable(f"the database did not answer ({type(error).__name__})"))

    async def defect(request: Request, error: Exception) -> Response:
        log_defect(error, path=_template(request.scope))
        return response_of(Defect("a defect of the software; nothing is known to be done"))

    app.add_exception_handler(Problem, known)
    app.add_exception_handler(RequestValidationError, headers)
    app.add_exception_handler(HTTPException, routing)
    for family in TRANSIENT:
        app.add_exception_handler(family, database)
    app.add_exception_handler(Exception, defect)


def _fault(raw: Any) -> FieldProblem:
    path = [str(part) for part in raw["loc"]]
    return FieldProblem(
        field=".".join(path),
        value=repr(raw.get("input"))[:100],
        code=raw["type"].replace("_", "-"),
        remedy=raw["msg"],
    )


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
            HTTP_SECONDS.labels(scope["method"], _template(scope), status).observe(seconds)


def _template(scope: Scope) -> str:
    """The route's pattern, never the path itself: paths hold ids."""
    return str(scope.get("path_template") or getattr(scope.get("route"), "path", "none"))


def _openapi(app: FastAPI, routers: Sequence[APIRouter]) -> dict[str, Any]:
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, openapi_version="3.1.0", routes=app.routes)
        schemas = schema.setdefault("components", {}).setdefault("schemas", {})
        for router in routers:
            if isinstance(router, CommandRouter):
                schema.setdefault("paths", {}).update(router.paths)
                _, models = models_json_schema(
                    [(model, "validation") for model in router.models], ref_template=SCHEMAS + "{model}"
                )
                schemas.update(models.get("$defs", {}))
        app.openapi_schema = schema
    return app.openapi_schema
