"""Marks of a person that nobody has, planted in every place of an interface that takes text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

import httpx

from tests.conformance.known import Known
from tests.support.codes import citizen_number

NUMBER, OLD_NUMBER, WALKED, LISTED = (citizen_number(date(1971, 3, day), 770 + day) for day in (5, 6, 7, 8))
NAME, PHONE = "马可记号甲", "19876501234"
MARKS = (NUMBER, OLD_NUMBER, WALKED, LISTED, NAME, PHONE)
TEXT = f"{NAME} {WALKED}"
SEALED = "password"
DAY = "2012-06-01"
NOT_TEXT = {"uuid", "date", "date-time"}
DEEPEST = 4

Said = Mapping[str, Any]
"""A part of an OpenAPI document."""


def resolved(document: Said, schema: Said) -> Said:
    """With a reference followed, and the first alternative taken."""
    for word in ("anyOf", "allOf", "oneOf"):
        if word in schema:
            return resolved(document, schema[word][0])
    if "$ref" in schema:
        found: Said = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return resolved(document, found)
    return schema


def commands(document: Said) -> Iterator[tuple[str, Said]]:
    """Address and schema of every command, and of every list of rows."""
    for path, item in document["paths"].items():
        body = item.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json")
        if body:
            yield path, resolved(document, body["schema"])


def questions(document: Said) -> Iterator[tuple[str, str | None]]:
    """Address of every question, with each of its parameters."""
    for path, item in document["paths"].items():
        if "get" in item:
            yield path, None
            yield from ((path, each["name"]) for each in item["get"].get("parameters", ()))


def texts(document: Said, schema: Said, depth: int = 0) -> Iterator[tuple[tuple[str | int, ...], bool]]:
    """The way to every text of a body, through parts and lists, and whether what it takes is sealed."""
    kind = resolved(document, schema)
    if kind.get("type") == "string" and kind.get("format") not in NOT_TEXT:
        yield (), kind.get("format") == SEALED
    elif depth < DEEPEST:
        parts: dict[str | int, Said] = dict(kind.get("properties", {}))
        if "items" in kind:
            parts[0] = kind["items"]
        for name, part in parts.items():
            yield from (((name, *way), sealed) for way, sealed in texts(document, part, depth + 1))


def planted(body: Any, way: Sequence[str | int], mark: str) -> Any:
    """The body with the mark at the end of the way, and what leads there made where it is not."""
    if not way:
        return mark
    name, rest = way[0], way[1:]
    if isinstance(name, int):
        return [planted(body[0] if isinstance(body, list) and body else None, rest, mark)]
    inner = body if isinstance(body, dict) else {}
    return inner | {name: planted(inner.get(name), rest, mark)}


def example(document: Said, schema: Said, known: Known, field: str = "") -> Any:
    """Something that fits: what is known by that name, else the plainest."""
    kind = resolved(document, schema)
    if values := known.get(field):
        return values[0]
    if kind.get("type") == "object":
        wanted = kind.get("required", ())
        return {name: example(document, kind["properties"][name], known, name) for name in wanted}
    if kind.get("type") == "array":
        return [example(document, kind["items"], known, field.removesuffix("s"))]
    return _plain(kind)


def _plain(kind: Said) -> Any:
    if "enum" in kind:
        return kind["enum"][0]
    of_format = {"date": DAY, "uuid": str(uuid4())}
    number = kind.get("minimum", kind.get("exclusiveMinimum", 0) + 1)
    of_type = {"integer": number, "boolean": False}
    return of_format.get(kind.get("format", ""), of_type.get(kind.get("type", ""), "x"))


class Planting:
    """Sends marks to one service, each request traced, and keeps every answer."""

    def __init__(self, http: httpx.AsyncClient, url: str, known: Known) -> None:
        self._http = http
        self._url = url
        self._known = known
        self.answers: list[tuple[str, httpx.Response]] = []

    async def everywhere(self, document: Said) -> int:
        """One request for every text of every command and every parameter of every question; how many."""
        for path, schema in commands(document):
            body = example(document, schema, self._known)
            for way, sealed in texts(document, schema):
                await self.post(self._filled(path), planted(body, way, WALKED if sealed else TEXT))
            if any(sealed for _, sealed in texts(document, schema)):
                # Cells that have slipped into the next column: the name of somebody, and no number beside it.
                for way, _ in texts(document, schema):
                    await self.post(self._filled(path), planted(body, way, NAME))
        for path, parameter in questions(document):
            await self.ask(path, parameter)
        return len(self.answers)

    async def post(self, path: str, body: Any, **headers: str) -> httpx.Response:
        sent = {"Idempotency-Key": str(uuid4()), "traceparent": _traced()} | headers
        answer = await self._http.post(f"{self._url}{path}", json=body, headers=sent)
        self.answers.append((path, answer))
        return answer

    async def ask(self, path: str, parameter: str | None) -> None:
        """The question with the mark for that parameter, wherever it stands."""
        here = f"{{{parameter}}}"
        address = self._filled(path.replace(here, WALKED))
        query = {} if parameter is None or here in path else {parameter: TEXT}
        answer = await self._http.get(
            f"{self._url}{address}", params=query, headers={"traceparent": _traced()}
        )
        self.answers.append((path, answer))

    def _filled(self, path: str) -> str:
        """With ids in the place of parameters; of things that do not exist where none is known."""
        return "/".join(
            str((self._known.get(part[1:-1]) or [str(uuid4())])[0]) if part.startswith("{") else part
            for part in path.split("/")
        )


def _traced() -> str:
    return f"00-{uuid4().hex}-{uuid4().hex[:16]}-01"


def spelled(mark: str) -> set[bytes]:
    """As it stands in UTF-8, and as JSON in ASCII has it."""
    return {mark.encode(), json.dumps(mark)[1:-1].encode()}


def marks_in(raw: bytes | None, marks: Sequence[str] = MARKS) -> list[str]:
    """Those that stand in these bytes, however they are spelled."""
    return [mark for mark in marks if raw and any(each in raw for each in spelled(mark))]
