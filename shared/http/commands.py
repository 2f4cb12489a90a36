"""One route per command, one route for rows in bulk; both end at the same desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response
from pydantic import BaseModel, Field

from shared.errors import Malformed, Problem
from shared.http.body import LARGEST_BULK, LARGEST_SINGLE, parse, read, typed
from shared.http.problems import ProblemDocument, document_of
from shared.work.bulk import Bulk, RowOutcome
from shared.work.desk import Desk
from shared.work.submission import RequestKey, Submission
from shared.work.work import Answer

KEY = r"^[\x21-\x7e]{1,128}$"
ACTOR = r"^[A-Za-z0-9:._/-]{1,100}$"
LARGEST_ROWS = 1000

KeyHeader = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=KEY,
        description="Yours, fresh per command; repeats are safe for 30 days.",
    ),
]
ActorHeader = Annotated[str, Header(alias="X-Actor", pattern=ACTOR, description="Who asks.")]
MatchHeader = Annotated[
    str | None,
    Header(alias="If-Match", pattern=r'^"?\d{1,9}"?$', description="The version the decision rests on."),
]
TraceHeader = Annotated[str, Header(alias="traceparent", max_length=64)]

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


def router_of(
    desk: Desk, routes: Sequence[CommandRoute], bulks: Sequence[BulkRoute], bulk: Bulk
) -> APIRouter:
    """All command routes of a service, under /v1."""
    router = APIRouter(prefix="/v1", responses=PROBLEMS)
    for each in bulks:  # first: /members/bulk must not be taken for a member called bulk
        _add_bulk(router, bulk, each)
    for route in routes:
        _add(router, desk, route)
    return router


def _add(router: APIRouter, desk: Desk, route: CommandRoute) -> None:
    async def endpoint(  # noqa: PLR0913, PLR0917  one per header; FastAPI reads the signature
        request: Request,
        response: Response,
        key: KeyHeader,
        actor: ActorHeader = "unsigned",
        if_match: MatchHeader = None,
        traceparent: TraceHeader = "",
    ) -> CommandAnswer:
        raw = await read(request, LARGEST_SINGLE)
        command = typed(route.command, _with_path(parse(raw), request))
        answer = await desk.submit(
            Submission(
                command,
                actor,
                key,
                _hash(request, raw),
                traceparent=traceparent,
                if_match=int(if_match.strip('"')) if if_match else None,
            )
        )
        response.headers["ETag"] = f'"{answer.version}"'
        return _shown(answer)

    router.add_api_route(
        route.path,
        endpoint,
        methods=["POST"],
        status_code=201 if route.creates else 200,
        summary=route.summary,
        operation_id=route.command.__name__,
        openapi_extra=_described(route),
    )


def _add_bulk(router: APIRouter, bulk: Bulk, route: BulkRoute) -> None:
    async def endpoint(
        request: Request, key: KeyHeader, actor: ActorHeader = "unsigned", traceparent: TraceHeader = ""
    ) -> BulkAnswer:
        raw = await read(request, LARGEST_BULK)
        body = typed(BulkBody, parse(raw))
        rows: list[Submission | Problem] = [
            _row(route, body.source, row, Submission(row_command, actor, traceparent=traceparent))
            if not isinstance(row_command := _typed_row(route, row), Problem)
            else row_command
            for row in body.rows
        ]
        outcomes = await bulk.execute(rows, RequestKey(actor, key, _hash(request, raw)))
        return BulkAnswer(results=[_row_answer(n, outcome) for n, outcome in enumerate(outcomes)])

    router.add_api_route(
        route.path,
        endpoint,
        methods=["POST"],
        summary=route.summary,
        operation_id=f"{route.command.__name__}InBulk",
        openapi_extra=_body(_bulk_schema(route)),
    )


def _hash(request: Request, raw: bytes) -> bytes:
    return sha256(request.url.path.encode() + b"\n" + raw).digest()


def _typed_row(route: BulkRoute, row: dict[str, Any]) -> BaseModel | Problem:
    reference = row.get("reference")
    if not isinstance(reference, str) or not 0 < len(reference) <= 200:
        return Malformed(
            "a row needs its reference", field="reference", remedy="give each row an id of your own"
        )
    try:
        return typed(route.command, {name: value for name, value in row.items() if name != "reference"})
    except Problem as problem:
        return problem


def _row(_route: BulkRoute, source: str, row: dict[str, Any], bare: Submission) -> Submission:
    return Submission(
        bare.command, bare.actor, reference=f"{source}/{row['reference']}", traceparent=bare.traceparent
    )


def _row_answer(number: int, outcome: RowOutcome) -> RowAnswer:
    if outcome.problem is not None:
        return RowAnswer(row=number, status="refused", problem=document_of(outcome.problem))
    return RowAnswer(row=number, status="repeated" if outcome.repeated else "created", id=outcome.id)


def _with_path(body: dict[str, Any], request: Request) -> dict[str, Any]:
    return body | dict(request.path_params)


def _shown(answer: Answer) -> CommandAnswer:
    return CommandAnswer(id=answer.id, version=answer.version, warnings=list(answer.warnings))


def _described(route: CommandRoute) -> dict[str, Any]:
    names = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
    fields = route.command.model_fields
    parameters = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string"},
            "description": fields[name].description or "",
        }
        for name in names
    ]
    return _body({"$ref": f"#/components/schemas/{route.command.__name__}"}) | {"parameters": parameters}


def _bulk_schema(route: BulkRoute) -> dict[str, Any]:
    row = {
        "allOf": [
            {"$ref": f"#/components/schemas/{route.command.__name__}"},
            {"type": "object", "required": ["reference"], "properties": {"reference": {"type": "string"}}},
        ]
    }
    source = BulkBody.model_json_schema()["properties"]["source"]
    rows = {"type": "array", "maxItems": LARGEST_ROWS, "items": row}
    return {"type": "object", "required": ["source", "rows"], "properties": {"source": source, "rows": rows}}


def _body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
