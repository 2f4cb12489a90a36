"""The events of a service by id: the bytes of the log, as they went to the topic."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic_core import from_json

from shared.database import Pool, reachable
from shared.errors import NotFound
from shared.http.openapi import PROBLEMS
from shared.work.reach import Reach

MEDIA_TYPE = "application/cloudevents+json"
LOGGED = "SELECT value FROM event_log WHERE id = $1"


def events_router(pool: Pool, reach: Reach) -> APIRouter:
    """GET /v1/events/{event}: exactly the logged bytes, or 404 `event-unknown`, also out of reach."""
    router = APIRouter(prefix="/v1")

    @router.get(
        "/events/{event}",
        summary="One event, byte for byte as it was logged",
        response_class=Response,
        responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}, 404: PROBLEMS[404]},
    )
    async def event(event: UUID) -> Response:
        async with reachable():
            value = await pool.fetchval(LOGGED, event)
        unknown = EventUnknown(
            "this service has logged no such event",
            field="event",
            value=str(event),
            remedy="ask the service that its source names",
        )
        if value is None:
            raise unknown
        await reach.sees(UUID(from_json(value)["unit"]), unknown)
        return Response(value, media_type=MEDIA_TYPE)

    return router


class EventUnknown(NotFound):
    """No event with this id is in the log."""

    code = "event-unknown"
