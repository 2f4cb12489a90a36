"""From whatever went wrong to a problem document."""

from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import Scope

from shared.database import TRANSIENT
from shared.errors import Defect, Malformed, NotFound, Problem, Unavailable
from shared.http.openapi import methods_at
from shared.http.problems import FieldProblem, Invalid, brief, response_of
from shared.logs import log_defect

LOOK = "see /v1/openapi.json"


class WrongMethod(Malformed):
    """The address is right; something else can be done there."""

    code = "wrong-method"


def answer_problems(app: FastAPI) -> None:
    """Every error of a request gets the answer that its family has."""
    app.add_exception_handler(Problem, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _routing)
    for family in TRANSIENT:
        app.add_exception_handler(family, _database)
    app.add_exception_handler(Exception, _defect)


def template(scope: Scope) -> str:
    """The route's pattern, never the path itself: paths hold ids."""
    return str(scope.get("path_template") or getattr(scope.get("route"), "path", "none"))


async def _known(_request: Request, error: Exception) -> Response:
    return response_of(error if isinstance(error, Problem) else Defect("unexpected"))


async def _invalid(_request: Request, error: Exception) -> Response:
    raw = error.errors() if isinstance(error, RequestValidationError) else []
    return response_of(Invalid([_fault(each) for each in raw[:20]]))


async def _routing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return response_of(NotFound("there is nothing at this address", remedy=LOOK))
    if error.status_code == 405:
        methods = methods_at(request.app.openapi(), request.url.path)
        return _wrong_method(methods or [(error.headers or {}).get("Allow", "")])
    if error.status_code == 400:  # a body that is no text at all
        return response_of(Malformed("the body is no JSON", field="body", remedy=LOOK))
    problem = Malformed(f"not possible here (HTTP {error.status_code})", remedy=LOOK)
    return response_of(problem, error.status_code)


async def _database(_request: Request, error: Exception) -> Response:
    return response_of(Unavailable(f"the database did not answer ({type(error).__name__})"))


async def _defect(request: Request, error: Exception) -> Response:
    log_defect(error, path=template(request.scope))
    return response_of(Defect("a defect of the software; nothing is known to be done"))


def _wrong_method(methods: Sequence[str]) -> Response:
    allowed = ", ".join(methods)
    response = response_of(WrongMethod("not possible at this address", remedy=f"use {allowed}"), 405)
    response.headers["Allow"] = allowed
    return response


def _fault(raw: Any) -> FieldProblem:
    path = [str(part) for part in raw["loc"]]
    return FieldProblem(
        field=".".join(path),
        value=brief(repr(raw.get("input")), 100),
        code=raw["type"].replace("_", "-"),
        remedy=raw["msg"],
    )
