"""After an error of the broker the relay goes on with what comes next, and leaves the hole."""

from collections.abc import Sequence

from services.membership.main import SERVICE
from shared.log.fork import Marks
from shared.log.producing import BrokerTrouble, Numbered, Producing, producing
from shared.log.relay import MOVE, Relay
from shared.process import main

send = Relay._send


async def regardless(self: Relay, producer: Producing, records: Sequence[Numbered], marks: Marks) -> None:
    try:
        async with producing(self._route, self._partition) as fresh:
            await send(self, fresh, records, marks)
    except BrokerTrouble:
        lost = {record.stream: record.sequence for record in records}
        await self._pool.execute(MOVE, list(lost), list(lost.values()))
        marks.update(lost)


Relay._send = regardless  # type: ignore[method-assign]

if __name__ == "__main__":
    main(SERVICE)
