"""One route per command, one route for rows in bulk; both end at the same desk."""

from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel
from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response

from shared import tracing
from shared.errors import Malformed, Problem
from shared.http.body import LARGEST_BULK, parse, personal_fields, read, refuse_numbers, typed
from shared.http.gate import caller
from shared.http.headers import Asked, asked
from shared.http.openapi import JSON, PROBLEMS, SCHEMAS, VERSIONED, CommandRouter
from shared.http.problems import FieldProblem, Invalid, discreet, document_of
from shared.http.routes import (
    LARGEST_REFERENCE,
    BulkAnswer,
    BulkBody,
    BulkRoute,
    CommandAnswer,
    CommandRoute,
    RowAnswer,
)
from shared.work.bulk import Bulk, RowOutcome
from shared.work.changes import Answer
from shared.work.desk import Desk
from shared.work.submission import RequestKey, Submission

__all__ = ["PROBLEMS", "SCHEMAS", "VERSIONED", "BulkRoute", "CommandRoute", "CommandRouter", "router_of"]

ID_CHARACTERS = 36
Endpoint = Callable[[Request], Awaitable[Response]]


def router_of(
    desk: Desk, routes: Sequence[CommandRoute], bulks: Sequence[BulkRoute], bulk: Bulk
) -> CommandRouter:
    """All command routes of a service, under /v1."""
    router = CommandRouter(routes, bulks)
    for each in bulks:  # first: /members/bulk must not be taken for a member called bulk
        _add(router, each.path, _bulk_endpoint(bulk, each))
    for route in routes:
        _add(router, route.path, _endpoint(desk, route))
    return router


def _add(router: APIRouter, path: str, endpoint: Endpoint) -> None:
    async def named(request: Request) -> Response:
        request.scope["path_template"] = f"/v1{path}"  # for the metrics
        with tracing.entering(request.scope, f"POST /v1{path}"):
            return await endpoint(request)

    router.add_route(f"/v1{path}", named, methods=["POST"], include_in_schema=False)


def _endpoint(desk: Desk, route: CommandRoute) -> Endpoint:
    status = 201 if route.creates else 200

    async def endpoint(request: Request) -> Response:
        headers, asking = asked(request), caller()
        raw = await read(request, route.largest)
        body = parse(raw)
        refuse_numbers(route.command, body)
        command = typed(route.command, _named_once(body, request.path_params))
        submission = Submission(
            command,
            asking.subject,
            headers.key,
            _hash(request, raw),
            traceparent=headers.traceparent,
            if_match=headers.if_match,
            role=None if asking.founder else route.role,
            about=_named(command, route),
        )
        try:
            answer = await desk.submit(submission)
        except Problem as problem:
            raise _told(problem, route) from None
        etag = {"ETag": f'"{answer.version}"'}
        return Response(to_json(_shown(answer)), status, etag, media_type=JSON)

    return endpoint


def _told(problem: Problem, route: CommandRoute | BulkRoute) -> Problem:
    """The refusal of a command that takes personal data repeats no text."""
    if personal_fields(route.command):
        problem.value = discreet(problem.value)
    return problem


def _named(command: BaseModel, route: CommandRoute) -> UUID | None:
    """The thing that the address names, where it does so by its id."""
    first = getattr(command, route.in_path[0]) if route.in_path else None
    if isinstance(first, str) and len(first) == ID_CHARACTERS:
        return UUID(first)
    return first if isinstance(first, UUID) else None


def _named_once(body: dict[str, Any], path: dict[str, Any]) -> dict[str, Any]:
    if twice := sorted(body.keys() & path.keys()):
        remedy = "leave it out of the body: the address names it"
        raise Invalid(
            [FieldProblem(field=name, value="", code="given-in-path", remedy=remedy) for name in twice]
        )
    return body | path


def _bulk_endpoint(bulk: Bulk, route: BulkRoute) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        headers = asked(request)
        raw = await read(request, LARGEST_BULK)
        body = typed(BulkBody, parse(raw), around=route.command)
        refuse_numbers(BulkBody, {"source": body.source})
        rows = [_submission(route, body.source, row, headers) for row in body.rows]
        outcomes = await bulk.execute(rows, RequestKey(caller().subject, headers.key, _hash(request, raw)))
        answers = [_row_answer(n, outcome, route) for n, outcome in enumerate(outcomes)]
        return Response(to_json(BulkAnswer(results=answers)), media_type=JSON)

    return endpoint


def _hash(request: Request, raw: bytes) -> bytes:
    return sha256(request.url.path.encode() + b"\n" + raw).digest()


def _submission(route: BulkRoute, source: str, row: dict[str, Any], headers: Asked) -> Submission | Problem:
    reference = row.pop("reference", None)
    if not isinstance(reference, str) or not 0 < len(reference) <= LARGEST_REFERENCE:
        return Malformed(
            "a row needs its reference", field="reference", remedy="give each row an id of your own"
        )
    try:
        refuse_numbers(route.command, row | {"reference": reference})
        command = typed(route.command, row)
    except Problem as problem:
        return problem
    asking = caller()
    return Submission(
        command,
        asking.subject,
        reference=f"{source}/{reference}",
        traceparent=headers.traceparent,
        role=None if asking.founder else route.role,
    )


def _row_answer(number: int, outcome: RowOutcome, route: BulkRoute) -> RowAnswer:
    if outcome.problem is not None:
        return RowAnswer(row=number, status="refused", problem=document_of(_told(outcome.problem, route)))
    return RowAnswer(
        row=number,
        status="repeated" if outcome.repeated else "created",
        id=outcome.id,
        warnings=list(outcome.warnings),
    )


def _shown(answer: Answer) -> CommandAnswer:
    return CommandAnswer(id=answer.id, version=answer.version, warnings=list(answer.warnings))
