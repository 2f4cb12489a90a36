"""The topic of an agreement over HTTP, for agencies without Kafka: records by position, signed checkpoints.

What is shown is on the topic already, and in the same words: number, time of numbering, chain, and the value
as text, to the byte. So a reader can check over HTTP what others check on Kafka. After the last day, or the
end, a feed answers 410; to anybody but its reader it does not exist.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from services.exchange.domain.agreements import PROPOSED, REFUSED
from services.exchange.domain.faults import FeedOver, FeedUnknown, PositionAhead
from services.exchange.outlets import STREAM, Outlet, inside, is_laid, named
from shared.clock import Clock, business_date, rfc3339, utc_now
from shared.database import Pool, reachable
from shared.http.gate import caller
from shared.http.openapi import GONE, PROBLEMS

NDJSON, EVENTS = "application/x-ndjson", "text/event-stream"
LARGEST_PAGE = 1000
LARGEST_BYTES = 4 * 1024 * 1024
LONGEST_WAIT = 30
LOOK_SECONDS = 0.5
STREAM_SECONDS = 600.0
SILENCE_SECONDS = 15.0
QUESTIONS: dict[int | str, dict[str, Any]] = {**{each: PROBLEMS[each] for each in (404, 422, 503)}, **GONE}

HEAD = "SELECT relayed FROM stream_head WHERE stream = 0"
RECORDS = """
SELECT n.sequence, n.sequenced, n.chain, l.value
FROM event_number AS n CROSS JOIN LATERAL (
    SELECT value FROM event_log WHERE position = n.position OFFSET 0) AS l
WHERE n.stream = 0 AND n.sequence > $1 AND n.sequence <= $2 ORDER BY n.sequence LIMIT $3"""
CHECKPOINTS = """
SELECT sequence, note FROM checkpoint WHERE stream = 0 AND sequence > $1 ORDER BY sequence LIMIT $2"""


class RecordsAsked(BaseModel):
    """The records after a position."""

    model_config = ConfigDict(extra="forbid")

    after: int = Field(default=0, ge=0, le=2**62, description="The last number you have; 0 at the beginning.")
    limit: int = Field(default=500, ge=1, le=LARGEST_PAGE)
    wait: int = Field(
        default=0, ge=0, le=LONGEST_WAIT, description="Seconds to wait for a record when there is none yet."
    )


class CheckpointsAsked(BaseModel):
    """The checkpoints after a position."""

    model_config = ConfigDict(extra="forbid")

    after: int = Field(default=0, ge=0, le=2**62, description="The size of the last one you have.")
    limit: int = Field(default=100, ge=1, le=LARGEST_PAGE)


class Feeds:
    """Reads what outlets hold, for their readers."""

    def __init__(self, pool: Pool, clock: Clock = utc_now) -> None:
        """`pool` is that of the service."""
        self._pool = pool
        self._clock = clock

    async def outlet(self, name: str, reader: str) -> Outlet:
        """Raises FeedUnknown for all but the reader, FeedOver once the agreement is over."""
        async with reachable():
            found = await named(self._pool, name)
        agreement = found.agreement if found else None
        if found is None or agreement is None or agreement.reader != reader:
            raise _unknown(name)
        if agreement.stage in {PROPOSED, REFUSED}:
            raise _unknown(name)
        if not agreement.delivers_on(business_date(self._clock())):
            raise FeedOver(
                f"the agreement was over on {min(agreement.last_day, agreement.since)}"
                if agreement.stage != "in_force"
                else f"the last day was {agreement.last_day}",
                field="name",
                value=name,
                remedy="conclude another agreement; it has a feed of its own",
            )
        return found

    async def records(self, outlet: Outlet, after: int, limit: int) -> list[dict[str, Any]]:
        """At most so many, and not much more than 4 MB; raises PositionAhead."""
        if not await is_laid(self._pool, outlet):
            return []
        async with reachable(), inside(self._pool, outlet) as connection:
            head = await connection.fetchval(HEAD) or 0
            if after > head:
                raise PositionAhead(
                    f"the feed has come to {head}",
                    field="after",
                    value=str(after),
                    remedy="read on from a number that you were given",
                )
            rows = await connection.fetch(RECORDS, after, head, limit) if after < head else []
        return [_record(row) for row in _fitting(rows)]

    async def checkpoints(self, outlet: Outlet, after: int, limit: int) -> list[dict[str, Any]]:
        """Signed heads, in the order of their numbers."""
        if not await is_laid(self._pool, outlet):
            return []
        async with reachable(), inside(self._pool, outlet) as connection:
            return [dict(row) for row in await connection.fetch(CHECKPOINTS, after, limit)]

    async def waited(self, name: str, reader: str, asked: RecordsAsked) -> list[dict[str, Any]]:
        """The records, waited for while there are none."""
        until = asyncio.get_running_loop().time() + asked.wait
        while True:
            found = await self.records(await self.outlet(name, reader), asked.after, asked.limit)
            if found or asyncio.get_running_loop().time() >= until:
                return found
            await asyncio.sleep(LOOK_SECONDS)

    async def stream(self, name: str, reader: str, after: int) -> AsyncIterator[str]:
        """Server-sent events until the feed is over, ten minutes at most: then the reader comes again."""
        loop = asyncio.get_running_loop()
        until, spoke = loop.time() + STREAM_SECONDS, loop.time()
        signed = after - 1  # that of the last number may have been signed since
        while loop.time() < until:
            try:
                outlet = await self.outlet(name, reader)
            except FeedOver:
                yield _event("over", {})
                return
            found = await self.records(outlet, after, LARGEST_PAGE)
            for record in found:
                after = record["sequence"]
                yield _event("record", record, str(after))
            for checkpoint in await self.checkpoints(outlet, signed, LARGEST_PAGE):
                signed = checkpoint["sequence"]
                yield _event("checkpoint", checkpoint)
            if found:
                spoke = loop.time()
            elif loop.time() - spoke > SILENCE_SECONDS:
                spoke = loop.time()
                yield ": still here\n\n"
            await asyncio.sleep(0 if found else LOOK_SECONDS)


def feeds_router(pool: Pool, clock: Clock = utc_now) -> APIRouter:
    """GET /v1/feeds/{name}/records, …/events, …/checkpoints."""
    router, feeds = APIRouter(prefix="/v1/feeds", responses=QUESTIONS), Feeds(pool, clock)

    @router.get("/{name}/records", summary="Records after a position", **_answers(NDJSON))
    async def records(name: str, asked: Annotated[RecordsAsked, Query()]) -> Response:
        return _lines(await feeds.waited(name, caller().subject, asked))

    @router.get("/{name}/checkpoints", summary="Signed heads after a position", **_answers(NDJSON))
    async def checkpoints(name: str, asked: Annotated[CheckpointsAsked, Query()]) -> Response:
        outlet = await feeds.outlet(name, caller().subject)
        return _lines(await feeds.checkpoints(outlet, asked.after, asked.limit))

    @router.get("/{name}/events", summary="Records as they come", **_answers(EVENTS))
    async def events(
        name: str,
        last_event_id: Annotated[str, Header(pattern="^[0-9]{1,18}$")] = "0",
    ) -> StreamingResponse:
        reader, after = caller().subject, int(last_event_id)
        await feeds.records(await feeds.outlet(name, reader), after, 1)  # refused before anything is sent
        return StreamingResponse(
            feeds.stream(name, reader, after), media_type=EVENTS, headers={"Cache-Control": "no-store"}
        )

    return router


def _answers(media_type: str) -> dict[str, Any]:
    return {
        "response_class": Response,
        "responses": {200: {"content": {media_type: {"schema": {"type": "string"}}}}},
    }


def _unknown(name: str) -> FeedUnknown:
    return FeedUnknown(
        "there is no such feed for you", field="name", value=name, remedy="check the name, and who you are"
    )


def _fitting(rows: Sequence[Any]) -> list[Any]:
    kept: list[Any] = []
    size = 0
    for row in rows:
        size += len(row["value"])
        if kept and size > LARGEST_BYTES:
            break
        kept.append(row)
    return kept


def _record(row: Any) -> dict[str, Any]:
    return {
        "stream": STREAM,
        "sequence": row["sequence"],
        "sequenced": rfc3339(row["sequenced"]),
        "chain": row["chain"].hex(),
        "value": row["value"].decode(),
    }


def _lines(items: Sequence[dict[str, Any]]) -> Response:
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in items)
    return Response(text, media_type=NDJSON, headers={"Cache-Control": "no-store"})


def _event(kind: str, data: dict[str, Any], id_: str = "") -> str:
    named = f"id: {id_}\n" if id_ else ""
    return f"{named}event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
