"""How far a service's streams have got: what it has logged, numbered, and handed to the broker."""

from fastapi import APIRouter
from pydantic import BaseModel

from shared.database import Pool, reachable
from shared.work.reach import Reach

HEADS = "SELECT stream, sequence, relayed FROM stream_head ORDER BY stream"
UNNUMBERED = "SELECT count(*) FROM event_queue"


class StreamHead(BaseModel):
    """One logical stream: last number given, last number the broker has acknowledged."""

    stream: int
    sequence: int
    relayed: int


class Streams(BaseModel):
    """All streams of a topic; `logged` counts the numbered events and those still waiting for a number."""

    topic: str
    logged: int
    streams: list[StreamHead]


def streams_router(pool: Pool, topic: str, reach: Reach) -> APIRouter:
    """GET /v1/streams, read in one snapshot; numbers only, so for everybody with a role."""
    router = APIRouter(prefix="/v1")

    @router.get("/streams", summary="How far the streams have got")
    async def streams() -> Streams:
        await reach.somewhere()
        async with (
            reachable(),
            pool.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            heads = [StreamHead(**dict(row)) for row in await connection.fetch(HEADS)]
            waiting = await connection.fetchval(UNNUMBERED)
        return Streams(topic=topic, logged=waiting + sum(head.sequence for head in heads), streams=heads)

    return router
