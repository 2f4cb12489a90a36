"""What a service says of itself in OpenAPI's words: commands, problems, and what FastAPI leaves out."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field, create_model
from pydantic.json_schema import models_json_schema
from starlette.routing import compile_path

from shared.http.headers import OF_BULK, OF_COMMANDS
from shared.http.problems import MEDIA_TYPE, ProblemDocument
from shared.http.routes import (
    LARGEST_ROWS,
    BulkAnswer,
    BulkBody,
    BulkRoute,
    CommandAnswer,
    CommandRoute,
    Reference,
    names_in,
)

SCHEMAS = "#/components/schemas/"
JSON = "application/json"
Said = dict[str, Any]

ETAG: Said = {"ETag": {"required": True, "description": "The version.", "schema": {"type": "string"}}}
VERSIONED: dict[int | str, Said] = {200: {"headers": ETAG}}
"""For a route that shows one aggregate: the answer carries its version."""

_LATER = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}


def _problem(description: str, **headers: Said) -> Said:
    told = {"description": description, "content": {MEDIA_TYPE: {"schema": _ref(ProblemDocument)}}}
    return told | (
        {"headers": {name.replace("_", "-"): header for name, header in headers.items()}} if headers else {}
    )


def _ref(model: type[BaseModel]) -> Said:
    return {"$ref": SCHEMAS + model.__name__}


_CHALLENGE = {"required": True, "schema": {"type": "string"}}
PROBLEMS: dict[int | str, Said] = {
    401: _problem("No token, or none that can be trusted.", WWW_Authenticate=_CHALLENGE),
    403: _problem("The caller has no role for this here."),
    404: _problem("No such thing."),
    409: _problem("A rule refuses it; `code` says which.", Retry_After=_LATER),
    412: _problem("The version in If-Match is no longer the present one."),
    422: _problem("The input cannot be read."),
    503: _problem(
        "A part is down or full; repeat it with the same key after Retry-After seconds.",
        Retry_After=_LATER | {"required": True},
    ),
}
GONE: dict[int | str, Said] = {410: _problem("It was there, and is no more to be had.")}
_OF_BULK = (401, 403, 409, 422, 503)


class CommandRouter(APIRouter):
    """Routes of commands with their description in OpenAPI's words, by path, and the models it refers to."""

    def __init__(self, routes: Sequence[CommandRoute], bulks: Sequence[BulkRoute]) -> None:
        """Describes all of them; `router_of` adds what answers."""
        super().__init__()
        bodies: dict[CommandRoute | BulkRoute, type[BaseModel]] = {each: body_of(each) for each in routes}
        bodies |= {each: rows_of(each) for each in bulks}
        self.paths = {f"/v1{each.path}": {"post": described(each, body)} for each, body in bodies.items()}
        self.models: tuple[type[BaseModel], ...] = (
            CommandAnswer,
            BulkAnswer,
            ProblemDocument,
            *bodies.values(),
        )


def body_of(route: CommandRoute) -> type[BaseModel]:
    """The body of a command: all its fields but those that the path fills."""
    if not route.in_path:
        return route.command
    kept: Said = {
        name: (field.annotation, field)
        for name, field in route.command.model_fields.items()
        if name not in route.in_path
    }
    name, config = f"{route.command.__name__}Body", route.command.model_config
    return create_model(name, __config__=config, __doc__=route.command.__doc__, **kept)


def rows_of(route: BulkRoute) -> type[BaseModel]:
    """The body of a list: rows of a command, each with its reference."""
    name = route.command.__name__
    row = create_model(f"{name}Row", __base__=route.command, reference=(Reference, ...))
    rows = Annotated[list[row], Field(max_length=LARGEST_ROWS)]
    return create_model(f"{name}Rows", __base__=BulkBody, rows=(rows, ...))


def described(route: CommandRoute | BulkRoute, body: type[BaseModel]) -> Said:
    """The operation in OpenAPI's words."""
    single = isinstance(route, CommandRoute)
    name = route.command.__name__
    return {
        "summary": route.summary,
        "operationId": name if single else f"{name}InBulk",
        "parameters": [
            *_in_path(route),
            *(each.parameter() for each in (OF_COMMANDS if single else OF_BULK)),
        ],
        "requestBody": {"required": True, "content": {JSON: {"schema": _ref(body)}}},
        "responses": _done(route) | _refused(route),
    }


def _refused(route: CommandRoute | BulkRoute) -> Said:
    if isinstance(route, BulkRoute):
        return {str(each): PROBLEMS[each] for each in _OF_BULK}
    known = PROBLEMS | GONE if route.gone else PROBLEMS
    return {str(each): known[each] for each in sorted(known, key=str)}


def _in_path(route: CommandRoute | BulkRoute) -> list[Said]:
    if isinstance(route, BulkRoute) or not route.in_path:
        return []
    fields = route.command.model_json_schema(ref_template=SCHEMAS + "{model}")["properties"]
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": _present(fields[name]),
            "description": fields[name].get("description", ""),
        }
        for name in route.in_path
    ]


def _present(schema: Said) -> Said:
    """The schema without what only a field has: a path always names something, so never null."""
    kinds = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    only = kinds[0] if len(kinds) == 1 else schema
    return {word: value for word, value in only.items() if word not in {"title", "description", "default"}}


def _done(route: CommandRoute | BulkRoute) -> Said:
    if isinstance(route, BulkRoute):
        return {"200": _answered(BulkAnswer)}
    return {"201" if route.creates else "200": _answered(CommandAnswer) | {"headers": ETAG}}


def _answered(model: type[BaseModel]) -> Said:
    return {"description": "Done.", "content": {JSON: {"schema": _ref(model)}}}


def completed(schema: Said, routers: Iterable[APIRouter]) -> Said:
    """FastAPI's description with the commands, and with our problems in place of its own."""
    paths, schemas = (
        schema.setdefault("paths", {}),
        schema.setdefault("components", {}).setdefault("schemas", {}),
    )
    for own in ("HTTPValidationError", "ValidationError"):
        schemas.pop(own, None)
    schemas.update(_schemas([ProblemDocument]))
    for router in routers:
        if isinstance(router, CommandRouter):
            made, found = _apart(schemas, router)
            schemas.update(made)
            for path, item in found.items():
                paths.setdefault(path, {}).update(item)
    for operation in (operation for item in paths.values() for operation in item.values()):
        if "422" in operation["responses"]:
            operation["responses"]["422"] = PROBLEMS[422]
    _link(paths)
    schema["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    schema["security"] = [{"token": []}]
    return schema


def _link(paths: Mapping[str, Said]) -> None:
    """What can be done next with the id that a creating command answers."""
    for path, item in paths.items():
        created = item.get("post", {}).get("responses", {}).get("201")
        if created is None:
            continue
        following = [each for each in paths if each.startswith(f"{path}/{{") and each.count("{") == 1]
        created["links"] = {
            operation["operationId"]: {
                "operationId": operation["operationId"],
                "parameters": {next(iter(names_in(each))): "$response.body#/id"},
            }
            for each in following
            for operation in paths[each].values()
        }


def _schemas(models: Iterable[type[BaseModel]]) -> Said:
    _, made = models_json_schema([(each, "validation") for each in models], ref_template=SCHEMAS + "{model}")
    schemas: Said = made["$defs"]
    return schemas


def _apart(taken: Said, router: CommandRouter) -> tuple[Said, Said]:
    """Schemas and paths of the commands; a schema whose name means another one already is called `…Given`."""
    made = _schemas(router.models)
    text = json.dumps([made, router.paths])
    clashes = [name for name, schema in made.items() if taken.get(name, schema) != schema]
    for name in clashes:
        text = text.replace(f'"{SCHEMAS}{name}"', f'"{SCHEMAS}{name}Given"')
    schemas, paths = json.loads(text)
    return {f"{name}Given" if name in clashes else name: schema for name, schema in schemas.items()}, paths


def methods_at(schema: Said, path: str) -> tuple[str, ...]:
    """What may be asked at an address; of patterns that fit, the one with the fewest parameters counts."""
    paths: Mapping[str, Mapping[str, Any]] = schema["paths"]
    fitting = [each for each in paths if compile_path(each)[0].match(path)]
    if not fitting:
        return ()
    best = min(fitting, key=lambda each: each.count("{"))
    return tuple(sorted(method.upper() for method in paths[best]))
