"""One route per command, one route for rows in bulk; both end at the same desk."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field
from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response

from shared.errors import Malformed, Problem
from shared.http.body import LARGEST_BULK, LARGEST_SINGLE, parse, read, typed
from shared.http.headers import OF_COMMANDS, Asked, asked
from shared.http.problems import MEDIA_TYPE, ProblemDocument, document_of
from shared.work.bulk import Bulk, RowOutcome
from shared.work.changes import Answer
from shared.work.desk import Desk
from shared.work.submission import RequestKey, Submission

LARGEST_ROWS = 1000
SCHEMAS = "#/components/schemas/"
JSON = "application/json"

Endpoint = Callable[[Request], Awaitable[Response]]

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemDocument, "description": text, "content": {"application/problem+json": {}}}
    for status, text in (
        (404, "No such thing."),
        (409, "A rule refuses it; `code` says which."),
        (412, "The version in If-Match is no longer the present one."),
        (422, "The input cannot be read."),
        (503, "A part is down or full; repeat it with the same key after Retry-After seconds."),
    )
}


class CommandAnswer(BaseModel):
    """What was done: the aggregate, its new version, and warnings that did not stand in the way."""

    id: UUID
    version: int
    warnings: list[str] = []


class RowAnswer(BaseModel):
    """What became of one row: `created`, `repeated` (its reference came before) or `refused`."""

    row: int
    status: str
    id: UUID | None = None
    warnings: list[str] = []
    problem: ProblemDocument | None = None


class BulkAnswer(BaseModel):
    """One result per row, in order; a refused row leaves the others alone."""

    results: list[RowAnswer]


class BulkBody(BaseModel):
    """Rows of one source; each row's reference is unique in it for good, so all may be sent again."""

    source: str = Field(pattern=r"^[A-Za-z0-9:._-]{1,64}$")
    rows: list[dict[str, Any]] = Field(max_length=LARGEST_ROWS)


@dataclass(frozen=True)
class CommandRoute:
    """`path` parameters fill the command's fields of the same name."""

    path: str
    command: type[BaseModel]
    summary: str
    creates: bool = False


@dataclass(frozen=True)
class BulkRoute:
    """Rows of `command`, each with a `reference`."""

    path: str
    command: type[BaseModel]
    summary: str


class CommandRouter(APIRouter):
    """Routes of commands with their description in OpenAPI's words, by path, and the models it refers to."""

    def __init__(self, routes: Sequence[CommandRoute], bulks: Sequence[BulkRoute]) -> None:
        """Describes all of them; `router_of` adds what answers."""
        super().__init__()
        every: list[CommandRoute | BulkRoute] = [*routes, *bulks]
        self.paths = {f"/v1{each.path}": {"post": described(each)} for each in every}
        self.models: tuple[type[BaseModel], ...] = (
            CommandAnswer,
            BulkAnswer,
            ProblemDocument,
            *(each.command for each in routes),
        )


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
        return await endpoint(request)

    router.add_route(f"/v1{path}", named, methods=["POST"], include_in_schema=False)


def _endpoint(desk: Desk, route: CommandRoute) -> Endpoint:
    status = 201 if route.creates else 200

    async def endpoint(request: Request) -> Response:
        headers = asked(request)
        raw = await read(request, LARGEST_SINGLE)
        command = typed(route.command, parse(raw) | request.path_params)
        answer = await desk.submit(
            Submission(
                command,
                headers.actor,
                headers.key,
                _hash(request, raw),
                traceparent=headers.traceparent,
                if_match=headers.if_match,
            )
        )
        etag = {"ETag": f'"{answer.version}"'}
        return Response(to_json(_shown(answer)), status, etag, media_type=JSON)

    return endpoint


def _bulk_endpoint(bulk: Bulk, route: BulkRoute) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        headers = asked(request)
        raw = await read(request, LARGEST_BULK)
        body = typed(BulkBody, parse(raw))
        rows = [_submission(route, body.source, row, headers) for row in body.rows]
        outcomes = await bulk.execute(rows, RequestKey(headers.actor, headers.key, _hash(request, raw)))
        answers = [_row_answer(n, outcome) for n, outcome in enumerate(outcomes)]
        return Response(to_json(BulkAnswer(results=answers)), media_type=JSON)

    return endpoint


def _hash(request: Request, raw: bytes) -> bytes:
    return sha256(request.url.path.encode() + b"\n" + raw).digest()


def _submission(route: BulkRoute, source: str, row: dict[str, Any], headers: Asked) -> Submission | Problem:
    reference = row.pop("reference", None)
    if not isinstance(reference, str) or not 0 < len(reference) <= 200:
        return Malformed(
            "a row needs its reference", field="reference", remedy="give each row an id of your own"
        )
    try:
        command = typed(route.command, row)
    except Problem as problem:
        return problem
    return Submission(
        command, headers.actor, reference=f"{source}/{reference}", traceparent=headers.traceparent
    )


def _row_answer(number: int, outcome: RowOutcome) -> RowAnswer:
    if outcome.problem is not None:
        return RowAnswer(row=number, status="refused", problem=document_of(outcome.problem))
    status = "repeated" if outcome.repeated else "created"
    return RowAnswer(row=number, status=status, id=outcome.id, warnings=list(outcome.warnings))


def _shown(answer: Answer) -> CommandAnswer:
    return CommandAnswer(id=answer.id, version=answer.version, warnings=list(answer.warnings))


def described(route: CommandRoute | BulkRoute) -> dict[str, Any]:
    """The operation in OpenAPI's words."""
    single = isinstance(route, CommandRoute)
    answer = CommandAnswer if single else BulkAnswer
    status = "201" if isinstance(route, CommandRoute) and route.creates else "200"
    schema = {"$ref": f"{SCHEMAS}{route.command.__name__}"} if single else _bulk_schema(route)
    name = route.command.__name__
    return {
        "summary": route.summary,
        "operationId": name if single else f"{name}InBulk",
        "parameters": [*_in_path(route), *(header.parameter() for header in OF_COMMANDS)],
        "requestBody": {"required": True, "content": {JSON: {"schema": schema}}},
        "responses": {status: _answered(answer)} | {str(each): _refused(each) for each in PROBLEMS},
    }


def _in_path(route: CommandRoute | BulkRoute) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
    fields = route.command.model_fields
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string"},
            "description": fields[name].description or "",
        }
        for name in names
    ]


def _answered(model: type[BaseModel]) -> dict[str, Any]:
    return {
        "description": "Done.",
        "content": {JSON: {"schema": {"$ref": f"{SCHEMAS}{model.__name__}"}}},
    }


def _refused(status: int | str) -> dict[str, Any]:
    schema = {"$ref": f"{SCHEMAS}ProblemDocument"}
    return {
        "description": PROBLEMS[status]["description"],
        "content": {MEDIA_TYPE: {"schema": schema}},
    }


def _bulk_schema(route: CommandRoute | BulkRoute) -> dict[str, Any]:
    row = {
        "allOf": [
            {"$ref": f"{SCHEMAS}{route.command.__name__}"},
            {"type": "object", "required": ["reference"], "properties": {"reference": {"type": "string"}}},
        ]
    }
    source = BulkBody.model_json_schema()["properties"]["source"]
    rows = {"type": "array", "maxItems": LARGEST_ROWS, "items": row}
    return {"type": "object", "required": ["source", "rows"], "properties": {"source": source, "rows": rows}}
