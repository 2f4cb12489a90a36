"""The application of a service: health, metrics, request ids, problem documents, OpenAPI 3.1."""

import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.exceptions import HTTPException

from shared.database import TRANSIENT
from shared.errors import Defect, Malformed, NotFound, Problem, Unavailable
from shared.http.problems import FieldProblem, Invalid, response_of
from shared.logs import log_defect
from shared.metrics import HTTP_SECONDS

Ready = Callable[[], Awaitable[str]]


def application(
    title: str, routers: Sequence[APIRouter], commands: Sequence[type[BaseModel]], ready: Ready
) -> FastAPI:
    """A FastAPI application; `ready()` returns an empty text, or the reason why it is not ready yet."""
    app = FastAPI(
        title=title, version="1", openapi_url="/v1/openapi.json", docs_url="/v1/docs", redoc_url=None
    )
    for router in routers:
        app.include_router(router)
    app.include_router(_operations(ready))
    _problems(app)
    app.middleware("http")(_timed)
    # The way FastAPI documents.
    app.openapi = lambda: _openapi(app, commands)  # type: ignore[method-assign]
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
        log_defect(error, path=request.scope["route"].path if "route" in request.scope else "")
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


async def _timed(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    started = time.perf_counter()
    response = await call_next(request)
    route = request.scope.get("route")
    name = route.path if route is not None else "none"
    HTTP_SECONDS.labels(request.method, name, response.status_code).observe(time.perf_counter() - started)
    return response


def _openapi(app: FastAPI, commands: Sequence[type[BaseModel]]) -> dict[str, Any]:
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, openapi_version="3.1.0", routes=app.routes)
        _, definitions = models_json_schema(
            [(command, "validation") for command in commands], ref_template="#/components/schemas/{model}"
        )
        schema.setdefault("components", {}).setdefault("schemas", {}).update(definitions.get("$defs", {}))
        app.openapi_schema = schema
    return app.openapi_schema
