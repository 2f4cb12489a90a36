"""Questions that every aggregate answers in the same way: one by id, and the list of a unit in pages.

A state holds no personal data and no free text (they are sealed elsewhere), so what is shown is the state.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from types import GenericAlias
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field, create_model

from shared.database import Pool, reachable
from shared.http.commands import PROBLEMS, VERSIONED
from shared.work.finding import not_there
from shared.work.kinds import Kind
from shared.work.reach import Reach

ONE = "SELECT version, state, unit FROM aggregate WHERE id = $1 AND kind = $2"
PAGE = """
SELECT id, version, state FROM aggregate
WHERE kind = $1 AND unit = $2 AND id > $3 ORDER BY id LIMIT $4"""

FIRST = UUID(int=0)
LARGEST_PAGE = 200
QUESTIONS: dict[int | str, dict[str, Any]] = {status: PROBLEMS[status] for status in (404, 422, 503)}


@dataclass(frozen=True)
class Listing:
    """`GET /v1<path>?unit=…` and `GET /v1<path>/{id}` for one kind of aggregate; `what` names them.

    Without `one` the service itself answers what is asked by id.
    """

    path: str
    kind: Kind[Any]
    what: str
    one: bool = True


class OfUnit(BaseModel):
    """Those listed under one unit (not those below it), in the order of their ids."""

    model_config = ConfigDict(extra="forbid")

    unit: UUID = Field(description="Id of the unit under which they are listed.")
    cursor: UUID = Field(default=FIRST, description="`cursor` of the page before.")
    limit: int = Field(default=50, ge=1, le=LARGEST_PAGE)


def listings(pool: Pool, listed: Sequence[Listing], reach: Reach) -> APIRouter:
    """The GET routes of all these kinds, for callers within reach of what they ask for."""
    router = APIRouter(prefix="/v1", responses=QUESTIONS)
    for each in listed:
        _add(router, (pool, reach), each)
    return router


def view_of(kind: Kind[Any]) -> type[BaseModel]:
    """What is shown of one: its id, its version, its state."""
    state: type[BaseModel] = kind.state
    return create_model(f"{state.__name__}Seen", __base__=state, id=(UUID, ...), version=(int, ...))


def _add(router: APIRouter, source: tuple[Pool, Reach], listing: Listing) -> None:
    pool, reach = source
    view = view_of(listing.kind)
    # The kind is known only now, so mypy cannot read the list of its views.
    items = GenericAlias(list, (view,))
    fields: dict[str, Any] = {"items": (items, ...), "cursor": (UUID | None, ...)}
    page = create_model(f"{listing.kind.state.__name__}Page", **fields)

    @router.get(listing.path, response_model=page, summary=f"{listing.what} of one unit", name=page.__name__)
    async def many(asked: Annotated[OfUnit, Query()]) -> Any:
        await reach.over(asked.unit)
        async with reachable():
            rows = await pool.fetch(PAGE, listing.kind.name, asked.unit, asked.cursor, asked.limit + 1)
        shown = [_seen(listing.kind, row["id"], row) for row in rows[: asked.limit]]
        return {"items": shown, "cursor": shown[-1]["id"] if len(rows) > asked.limit else None}

    if listing.one:
        _add_one(router, source, listing, view)


def _add_one(router: APIRouter, source: tuple[Pool, Reach], listing: Listing, view: type[BaseModel]) -> None:
    pool, reach = source

    @router.get(
        f"{listing.path}/{{id}}",
        response_model=view,
        responses=VERSIONED,
        summary=f"{listing.what}: one",
        name=view.__name__,
    )
    async def one(id: UUID, response: Response) -> Any:  # noqa: A002  the name in the path
        async with reachable():
            row = await pool.fetchrow(ONE, id, listing.kind.name)
        if row is None:
            raise not_there(listing.kind, id, "id")
        await reach.sees(row["unit"], not_there(listing.kind, id, "id"))
        response.headers["ETag"] = f'"{row["version"]}"'
        return _seen(listing.kind, id, row)


def _seen(kind: Kind[Any], id_: UUID, row: Any) -> dict[str, Any]:
    state: BaseModel = kind.state.model_validate_json(row["state"])
    return {**state.model_dump(), "id": id_, "version": row["version"]}
