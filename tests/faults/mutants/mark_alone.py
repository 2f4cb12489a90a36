"""A new leader believes its mark, and does not look at what the topic really holds."""

from services.membership.main import SERVICE
from shared.database import Pool
from shared.log import relay
from shared.log.fork import HEADS, Marks
from shared.log.route import Route
from shared.process import main


async def believed(pool: Pool, route: Route, partition: int, *, before: int | None = None) -> Marks:
    rows = await pool.fetch(HEADS, route.streams(partition))
    return {row["stream"]: row["relayed"] for row in rows}


setattr(relay, "starting_marks", believed)  # noqa: B010  a name it imports

if __name__ == "__main__":
    main(SERVICE)
