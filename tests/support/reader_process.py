"""A worker as a process of its own, to be killed: `python -m tests.support.reader_process JSON`.

Reads one topic into the table `applied` until it is told to end.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass

import uvloop

from shared.database import open_pool
from shared.logs import set_up
from shared.reading.reader import Reader
from tests.support.applied import known_chain, write_down


@dataclass(frozen=True)
class Settings:
    """What the process is told."""

    database: str
    kafka: str
    topic: str
    instance: str
    partitions: int = 6
    batch: int = 200

    def argv(self) -> list[str]:
        """The command that starts it."""
        return [sys.executable, "-m", "tests.support.reader_process", json.dumps(asdict(self))]


def reader(pool: object, settings: Settings, **other: object) -> Reader:
    """A reader of this owner; whatever else is given goes to the reader."""
    arguments = {
        "pool": pool,
        "name": "test",
        "kafka": settings.kafka,
        "topics": [settings.topic],
        "partitions": settings.partitions,
        "apply": write_down,
        "known": known_chain,
        "group": f"group-{settings.topic}",
        "instance": settings.instance,
        "batch": settings.batch,
    }
    return Reader(**(arguments | other))  # type: ignore[arg-type]


async def main(settings: Settings) -> None:
    """Read until the process ends."""
    set_up("reader")
    pool = await open_pool(settings.database, largest=3)
    await reader(pool, settings).run()


if __name__ == "__main__":
    uvloop.run(main(Settings(**json.loads(sys.argv[1]))))
