"""The walk: every operation of every service, asked by everybody who is not meant to ask it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from starlette.routing import compile_path

from shared.database import Pool
from shared.http.routes import BulkRoute, CommandRoute
from tests.access.conftest import tree
from tests.access.people import granted, headers, subject
from tests.contracts.writing_services import SERVICES
from tests.integration.access.bodies import body_of
from tests.integration.access.served import Served, served
from tests.support.field import Field
from tests.support.servers import PostgresServer

AT_ONCE = 8
LETTER = {"topic": "union.finance", "stream": 0, "sequence": 1, "reason": "walk"}
DECISIONS: dict[str, dict[str, Any]] = {"redrive": {}, "drop": LETTER, "admit": {"reason": "walk"}}
"""What operators decide about dead letters."""
UNSHOWN = {"exchange": {"agreement", "agency-agreement"}, "membership": {"person"}}
"""Kinds that are read before it is known whose they are: an empty one cannot be planted."""
PLANT = "INSERT INTO aggregate VALUES ($1, $2, $3, 1, '{}')"
TOLD_BY = "SELECT count(*) FROM event_log WHERE position($1 IN value) > 0"
UNIT_PARAMETERS = ("unit", "union", "under")
DIRECTORY = {
    "membership": {"/v1/unions", "/v1/unions/{union}", "/v1/employers/{employer}"},
    "projection": {"/v1/units", "/v1/units/{unit}", "/v1/cut", "/v1/catalogue"},
}
"""What everybody may know who holds a role anywhere: organisations, and how far the streams have got."""
WHOLE, AUDITORS = "/v1/dead-letters", "/v1/deliveries"
"""For those who hold a role over the whole federation: a letter may be anybody's."""

LEAST_SHOWN = 20
"""Of so many kinds the walk itself makes one at the town."""
LET = "let through"
HIDDEN, UNKNOWN, FOREIGN = {403, 404}, {403, 404, 409, 422}, {401}
WHO = ("own", "parent", "child", "sibling", "nobody", "pretender", "expired", "foreign")
"""All roles at the town; above; below; beside; none; none, but claims of them; tokens that are no good."""
EXPECTED: dict[str, tuple[Any, ...]] = {
    "command": (LET, LET, HIDDEN, HIDDEN, HIDDEN, HIDDEN, FOREIGN, FOREIGN),
    "elsewhere": (LET, LET, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, FOREIGN, FOREIGN),
    "rows": (LET, LET, {200}, {200}, {200}, {200}, FOREIGN, FOREIGN),
    "list": ({200, 404, 422}, {200, 404, 422}, {403}, {403}, {403}, {403}, FOREIGN, FOREIGN),
    "one": (LET, LET, {404}, {404}, {404}, {404}, FOREIGN, FOREIGN),
    "directory": ({200, 404}, {200, 404}, {200, 404}, {200, 404}, {403}, {403}, FOREIGN, FOREIGN),
    "auditors": ({200}, {200}, {200}, {200}, {403}, {403}, FOREIGN, FOREIGN),
    "whole": ({403}, {403}, {403}, {403}, {403}, {403}, FOREIGN, FOREIGN),
}
"""What each is answered, in the order of WHO. Of rows none is taken: each is refused by itself."""
MATRIX = {kind: dict(zip(WHO, wanted, strict=True)) for kind, wanted in EXPECTED.items()}

FIELDS = {
    "from": "2013-01-01",
    "to": "2013-12-31",
    "on": "2013-05-05",
    "since": "2013-01-01",
    "year": "2013",
    "figure": "members_total",
    "topic": "union.finance",
    "stream": "0",
    "sequence": "1",
}


@dataclass(frozen=True)
class Asked:
    """One operation as it is asked: what it is (a row of MATRIX), and the request."""

    kind: str
    service: str
    name: str
    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] | None = None


@dataclass
class Planted:
    """A thing of every kind in every service, which belongs to the town."""

    town: UUID
    ids: dict[tuple[str, str], UUID] = field(default_factory=dict)

    def name(self, service: str) -> None:
        """One of each kind that is listed."""
        kinds = {each.kind.name for each in SERVICES[service].LISTINGS} | {"planted"}
        kinds -= UNSHOWN.get(service, set())
        self.ids |= {(service, kind): uuid4() for kind in sorted(kinds)}

    async def plant(self, pools: Mapping[str, Pool]) -> None:
        """A row for each; what stands in it is not looked at by a refusal, and cannot be shown."""
        for (service, kind), id_ in self.ids.items():
            await pools[service].execute(PLANT, id_, kind, self.town)


def commands(service: str, planted: Planted) -> Iterator[Asked]:
    """Every command and every list of rows, with a body of the right shape."""
    town = str(planted.town)
    for route in (*SERVICES[service].ROUTES, *SERVICES[service].BULK_ROUTES):
        whole = body_of(route.command, town)
        assert whole is not None, f"no body was found for {route.command.__name__}"
        if isinstance(route, BulkRoute):
            rows = {"source": uuid4().hex, "rows": [{"reference": uuid4().hex, **whole}]}
            yield Asked("rows", service, route.path, "POST", f"/v1{route.path}", body=rows)
            continue
        path, here = f"/v1{route.path}", _here(route, whole)
        for name in route.in_path:
            value = str(whole.pop(name, town))
            if value == town and name not in UNIT_PARAMETERS:
                value = str(planted.ids[service, "planted"])
            path = path.replace(f"{{{name}}}", value)
        yield Asked("command" if here else "elsewhere", service, route.path, "POST", path, body=whole)


def _here(route: CommandRoute, body: Mapping[str, Any]) -> bool:
    """Whether the command names the town, or something of the town's, where that is looked at first."""
    names = route.in_path[:1] or [name for name in ("union", "unit") if name in body]
    return bool(names) and len(str(body.get(names[0], UUID(int=0)))) == len(str(UUID(int=0)))


def questions(service: str, document: Any, planted: Planted) -> Iterator[Asked]:
    """Every question, and what operators decide."""
    commanded = {f"/v1{route.path}" for route in _routes(service)}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method == "post" and path in commanded:
                continue
            parameters = {each["name"]: each for each in operation.get("parameters", ())}
            query = {
                name: _parameter(name, planted)
                for name, each in parameters.items()
                if each["in"] == "query" and (each.get("required") or name in UNIT_PARAMETERS)
            }
            filled = path
            for name, each in parameters.items():
                if each["in"] == "path":
                    filled = filled.replace(f"{{{name}}}", _in_path(service, path, name, planted))
            kind = _kind_of(service, path, query)
            body = DECISIONS[path.rpartition("/")[2]] if method == "post" else None
            yield Asked(kind, service, path, method.upper(), filled, query, body)


def _routes(service: str) -> tuple[Any, ...]:
    known = SERVICES.get(service)
    return (*known.ROUTES, *known.BULK_ROUTES) if known else ()


def _kind_of(service: str, path: str, query: Mapping[str, str]) -> str:
    if path in DIRECTORY.get(service, ()) or path == "/v1/streams":
        return "directory"
    if path.startswith(WHOLE):
        return "whole"
    if path.startswith(AUDITORS):
        return "auditors"
    units = {f"{{{name}}}" for name in UNIT_PARAMETERS}
    return "list" if query.keys() & set(UNIT_PARAMETERS) or units & set(path.split("/")) else "one"


def _in_path(service: str, path: str, name: str, planted: Planted) -> str:
    if name in UNIT_PARAMETERS:
        return str(planted.town)
    if name == "year":
        return "2013"
    listed = {f"/v1{each.path}/{{id}}": each.kind.name for each in _listings(service)}
    return str(planted.ids.get((service, listed.get(path, "planted")), UUID(int=7)))


def _listings(service: str) -> Any:
    return SERVICES[service].LISTINGS if service in SERVICES else ()


def _parameter(name: str, planted: Planted) -> str:
    return str(planted.town) if name in UNIT_PARAMETERS else FIELDS.get(name, "x")


async def answered(http: httpx.AsyncClient, land: Field, asked: Asked, who: str) -> httpx.Response:
    """What one of them is answered."""
    signed = headers(who, land) | {"Idempotency-Key": uuid4().hex}
    url = land.urls[asked.service] + asked.path
    return await http.request(asked.method, url, params=asked.query, json=asked.body, headers=signed)


def wrong(asked: Asked, who: str, answer: httpx.Response) -> str:
    """How the answer differs from the matrix; empty if it does not."""
    wanted, status = MATRIX[asked.kind][who], answer.status_code
    told = (
        f"{asked.service} {asked.method} {asked.name} ({asked.kind}) by {who}: {status} {answer.text[:200]}"
    )
    if wanted == LET:
        return told if status in {401, 403} or status >= 500 else ""
    if status not in wanted:
        return told
    if asked.kind == "rows" and status == 200:
        return told if any(row["status"] != "refused" for row in answer.json()["results"]) else ""
    return ""


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_every_operation_by_everybody(postgres: PostgresServer, tmp_path: Path) -> None:
    async with served(postgres, tmp_path) as system:
        land = await tree(system.http, system.urls)
        await granted(land)
        await system.spread()
        planted = Planted(land.town)
        asked = await operations(system, land, planted)
        counted = Counter(each.kind for each in asked)
        assert counted.keys() == MATRIX.keys()
        assert counted["command"] > 300, counted
        faults = [told for who in WHO[:2] for told in await walked(system, land, asked, who)]
        shown, wrongly = await made_there(system, land)
        faults += wrongly
        await planted.plant(system.pools)
        faults += [told for who in WHO[2:] for told in await walked(system, land, asked, who)]
        assert not faults, f"{len(faults)} of {len(WHO) * len(asked)}:\n" + "\n".join(faults[:60])
        assert await written_by_strangers(system, land) == []
        assert len(shown) >= LEAST_SHOWN, sorted(shown)


async def operations(system: Served, land: Field, planted: Planted) -> list[Asked]:
    """Every operation of every service, about the town and what is planted there."""
    asked: list[Asked] = []
    for service in system.urls:
        if service in SERVICES:
            planted.name(service)
            asked += commands(service, planted)
        document = (await land.http.get(f"{land.urls[service]}/v1/openapi.json")).json()
        asked += questions(service, document, planted)
    return asked


async def walked(system: Served, land: Field, asked: list[Asked], who: str) -> list[str]:
    """What somebody was answered otherwise than the matrix says."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(each: Asked) -> str:
        if MATRIX[each.kind][who] == LET and each.kind == "one":
            return ""  # what is planted cannot be shown; `made_there` asks for what the commands have made
        async with gate:
            return wrong(each, who, await answered(system.http, land, each, who))

    return [told for told in await asyncio.gather(*map(one, asked)) if told]


async def made_there(system: Served, land: Field) -> tuple[set[str], list[str]]:
    """Kinds of which the walk has made something at the town, and whom it is not shown to as it should be."""
    shown, faults = set(), []
    for service, listing in [(name, each) for name in SERVICES for each in _listings(name) if each.one]:
        path, town = f"/v1{listing.path}", {"unit": str(land.town)}
        several = Asked("one", service, path, "GET", path, town)
        for item in (await answered(system.http, land, several, "own")).json()["items"][:1]:
            one = Asked("one", service, path, "GET", f"{path}/{item['id']}")
            for who in WHO:
                answer = await answered(system.http, land, one, who)
                if who in {"own", "parent"}:
                    good = answer.status_code == 200 and answer.json()["id"] == item["id"]
                    shown.add(f"{service}{listing.path}")
                else:
                    good = answer.status_code in MATRIX["one"][who]
                if not good:
                    faults.append(f"{one.path} by {who}: {answer.status_code} {answer.text[:200]}")
    return shown, faults


async def written_by_strangers(system: Served, land: Field) -> list[str]:
    """Services in whose logs a stranger stands as the actor."""
    found = []
    for service in (each for each in system.urls if each in SERVICES):
        for who in ("child", "sibling", "nobody"):
            text = f'"actor":"{subject(who, land)}"'.encode()
            if await system.pools[service].fetchval(TOLD_BY, text):
                found.append(f"{service}: {who}")
    return found


def test_every_address_of_a_command_is_matched_once() -> None:
    """An address that two commands share would be judged by the role of one of them."""
    for service, known in SERVICES.items():
        paths = [route.path for route in (*known.ROUTES, *known.BULK_ROUTES)]
        patterns = [compile_path(path)[0].pattern for path in paths]
        assert len(set(patterns)) == len(patterns), service
