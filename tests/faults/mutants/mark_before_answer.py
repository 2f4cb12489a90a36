"""The mark moves when a batch is handed to the producer, not when the broker has answered."""

from collections.abc import Sequence

from services.membership.main import SERVICE
from shared.log.fork import Marks
from shared.log.producing import Numbered, Producing
from shared.log.relay import MOVE, Relay
from shared.process import main

send = Relay._send


async def early(self: Relay, producer: Producing, records: Sequence[Numbered], marks: Marks) -> None:
    moved = {record.stream: record.sequence for record in records}
    await self._pool.execute(MOVE, list(moved), list(moved.values()))
    await send(self, producer, records, marks)


Relay._send = early  # type: ignore[method-assign]

if __name__ == "__main__":
    main(SERVICE)
