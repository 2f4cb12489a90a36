"""An API without a reader of its own waits until somebody has filled the copies."""

from shared.database import Pool
from shared.reading import progress
from shared.reading.filled import filled
from shared.streams import STREAMS

TOPIC = "union.membership"


async def test_an_api_is_ready_once_every_stream_has_been_read_to_its_end(pool: Pool) -> None:
    ready = filled(pool, [TOPIC])
    assert await ready() == "the copies have 24 streams to read to their end"
    async with pool.acquire() as connection:
        await progress.prepare(connection, [TOPIC])
        assert await ready() == "the copies have 24 streams to read to their end"
        await progress.mark_ends(connection, [(TOPIC, stream, 0.0) for stream in range(1, STREAMS)])
        assert await ready() == "the copies have 1 streams to read to their end"
        await progress.mark_ends(connection, [(TOPIC, 0, 0.0)])
    assert await ready() == ""
    assert await ready() == ""
    assert await filled(pool, [TOPIC])() != ""  # an end seen before the question proves nothing
