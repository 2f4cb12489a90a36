"""What an agency got of one of our events: for auditors, who alone may put both ids side by side."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from services.exchange.outlets import everyone, inside, is_laid
from shared.database import Pool, reachable
from shared.http.openapi import PROBLEMS
from shared.work.reach import Reach
from shared.work.roles import AUDITOR

FOUND = """
SELECT d.id, n.sequence FROM delivered AS d JOIN event_log AS l ON l.id = d.id
LEFT JOIN event_number AS n ON n.position = l.position WHERE d.source = $1"""
QUESTIONS: dict[int | str, dict[str, Any]] = {status: PROBLEMS[status] for status in (422, 503)}


class Delivery(BaseModel):
    """To whom, under which agreement, as which id and number; no number yet if it waits for one."""

    agreement: UUID
    agency: str
    topic: str
    event: UUID
    sequence: int | None


class Deliveries(BaseModel):
    """Everybody who got the event."""

    event: UUID
    deliveries: list[Delivery]


def deliveries_router(pool: Pool, reach: Reach) -> APIRouter:
    """GET /v1/deliveries/{event}, for auditors."""
    router = APIRouter(prefix="/v1", responses=QUESTIONS)

    @router.get("/deliveries/{event}", summary="Who got this event of ours")
    async def deliveries(event: UUID) -> Deliveries:
        await reach.somewhere({AUDITOR})
        async with reachable():
            return await deliveries_of(pool, event)

    return router


async def deliveries_of(pool: Pool, event: UUID) -> Deliveries:
    """Looks into every outlet."""
    found = []
    for outlet in await everyone(pool):
        if not await is_laid(pool, outlet):
            continue
        async with inside(pool, outlet) as connection:
            row = await connection.fetchrow(FOUND, event)
        if row is not None:
            found.append(
                Delivery(
                    agreement=outlet.id,
                    agency=outlet.agreement.agency,
                    topic=outlet.topic,
                    event=row["id"],
                    sequence=row["sequence"],
                )
            )
    return Deliveries(event=event, deliveries=found)
