"""The access log of a service over HTTP: who was refused what at a unit and below it, the latest first."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Annotated, Protocol
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from shared.database import Pool, reachable
from shared.http.openapi import PROBLEMS
from shared.work.roles import OF_REFUSALS

LARGEST_PAGE = 500
LISTED = """
SELECT actor, operation, unit, reason, day, first, last, times FROM access_refused
WHERE path @> ARRAY[$1::uuid] ORDER BY last DESC, actor, operation LIMIT $2"""


class RefusalsAsked(BaseModel):
    """Of one unit and all below it."""

    model_config = ConfigDict(extra="forbid")

    unit: UUID = Field(description="Id of a unit: what was refused there and below it.")
    limit: int = Field(default=100, ge=1, le=LARGEST_PAGE)


class RefusalSeen(BaseModel):
    """What somebody was refused on a day, and how often."""

    actor: str
    operation: str
    unit: UUID
    reason: str
    day: date
    first: datetime
    last: datetime
    times: int


class RefusalsSeen(BaseModel):
    """The latest first."""

    items: list[RefusalSeen]


class Over(Protocol):
    """Asks whether the caller holds one of the roles at a unit; raises NotPermitted."""

    async def over(self, unit: UUID, roles: Collection[str]) -> None: ...


def refusals_router(pool: Pool, reach: Over) -> APIRouter:
    """GET /v1/refusals, for auditors and operators."""
    router = APIRouter(prefix="/v1", responses={status: PROBLEMS[status] for status in (422, 503)})

    @router.get("/refusals", summary="Who was refused what for want of a role, at a unit and below it")
    async def refusals(asked: Annotated[RefusalsAsked, Query()]) -> RefusalsSeen:
        await reach.over(asked.unit, OF_REFUSALS)
        async with reachable():
            rows = await pool.fetch(LISTED, asked.unit, asked.limit)
        return RefusalsSeen(items=[RefusalSeen.model_validate(dict(row)) for row in rows])

    return router
