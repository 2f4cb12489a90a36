"""Where in a service's OpenAPI a known value may go: every parameter, every field of a body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.conformance.known import A_DAY, Known

DEEPEST = 5
Schema = Mapping[str, Any]


def places(document: Schema, known: Known) -> dict[str, str]:
    """Places as schemathesis names them (`path.union`, `body.rows[*].employer`), to names in `known`."""
    return dict(_places(document, known))


def operations(document: Schema) -> Iterator[Any]:
    """Every operation of every path."""
    for item in document["paths"].values():
        yield from item.values()


def _places(document: Schema, known: Known) -> Iterator[tuple[str, str]]:
    for operation in operations(document):
        for parameter in operation.get("parameters", ()):
            if name := _name(parameter["name"], parameter.get("schema", {}), known):
                yield f"{parameter['in']}.{parameter['name']}", name
        for content in operation.get("requestBody", {}).get("content", {}).values():
            yield from _fields(document, content["schema"], "body", known)


def _fields(document: Schema, schema: Schema, path: str, known: Known) -> Iterator[tuple[str, str]]:
    if path.count(".") > DEEPEST:
        return
    for part in _parts(document, schema):
        for field, inner in part.get("properties", {}).items():
            here = f"{path}.{field}"
            if name := _name(field, inner, known):
                yield here, name
            if name := _name(field.removesuffix("s"), inner.get("items", {}), known):
                yield f"{here}[*]", name
            yield from _fields(document, inner, here, known)
        if "items" in part:
            yield from _fields(document, part["items"], f"{path}[*]", known)


def _parts(document: Schema, schema: Schema) -> Iterator[Schema]:
    """The schema with its reference followed, and its alternatives."""
    if reference := schema.get("$ref"):
        schema = document["components"]["schemas"][reference.rpartition("/")[2]]
    yield schema
    for word in ("allOf", "anyOf", "oneOf"):
        for each in schema.get(word, ()):
            yield from _parts(document, each)


def _name(field: str, schema: Schema, known: Known) -> str | None:
    kinds = [schema, *schema.get("anyOf", ())]
    if any(each.get("format") == "date" for each in kinds):
        return A_DAY
    names = (field, field.rpartition("_")[2])  # `approving_union` takes what `union` takes
    return next((name for name in names if known.get(name)), None)
