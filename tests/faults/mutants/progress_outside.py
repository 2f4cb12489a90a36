"""The worker saves how far it has come in a transaction of its own, before that of the facts."""

import asyncio
from collections.abc import Mapping, Sequence

from services.projection.main import SERVICE
from shared.database import Connection
from shared.process import main
from shared.reading import progress as rows
from shared.reading.incoming import Incoming
from shared.reading.judging import judge
from shared.reading.progress import Key
from shared.reading.take import NOTHING_HELD, Intake, Taken

WINDOW_SECONDS = 0.5


async def split(
    self: Intake,
    connection: Connection,
    records: Sequence[Incoming],
    holding: Mapping[Key, int] = NOTHING_HELD,
) -> Taken:
    by_stream: dict[Key, list[Incoming]] = {}
    for record in records:
        by_stream.setdefault((record.topic, record.stream), []).append(record)
    before = await rows.read(connection, list(by_stream))
    judged = {key: judge(before[key], each) for key, each in by_stream.items()}
    await rows.save(connection, [each.progress for each in judged.values()])
    await asyncio.sleep(WINDOW_SECONDS)  # in which a real one would be doing something else
    accepted = [record for each in judged.values() for record in each.accepted]
    if accepted:
        async with connection.transaction():
            await self.apply(connection, accepted)
    return Taken()


Intake.take = split  # type: ignore[method-assign]

if __name__ == "__main__":
    main(SERVICE)
