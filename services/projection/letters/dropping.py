"""Letters given up: by somebody, for a reason, on the trail, and for good, whatever is rebuilt."""

from services.projection.letters.listing import Place
from services.projection.letters.redriving import COMPLETING
from services.projection.metrics import DROPPED
from shared.database import Connection
from shared.errors import Refused
from shared.logs import log

FIND = "SELECT redriven, dropped FROM dead_letter WHERE lane = $1 AND sequence = $2 FOR UPDATE"

DECIDE = """
INSERT INTO public.dropped_letter (topic, stream, sequence, actor, reason)
VALUES ($1, $2, $3, $4, $5)"""

# For every decision that this colour does not know yet. What cannot be read names no union: its row of the
# trail goes to the highest one, by the moment of the decision.
APPLY = """
WITH decided AS (
    SELECT (t.number * 24 + p.stream)::smallint AS lane, p.sequence, p.dropped, p.actor, p.reason
    FROM public.dropped_letter AS p JOIN topic AS t ON t.name = p.topic
), given_up AS (
    UPDATE dead_letter AS d SET dropped = p.dropped FROM decided AS p
    WHERE d.lane = p.lane AND d.sequence = p.sequence AND d.dropped IS NULL AND d.redriven IS NULL
    RETURNING p.*
)
UPDATE trail AS t
SET recorded = g.dropped, actor = g.actor, note = 'dropped: ' || g.reason,
    day = (g.dropped AT TIME ZONE 'Asia/Shanghai')::date,
    unit = (SELECT n.key FROM node AS n WHERE n.level IS NOT NULL ORDER BY n.level, n.key LIMIT 1)
FROM given_up AS g WHERE t.lane = g.lane AND t.sequence = g.sequence"""


class NotWaiting(Refused):
    """The letter was redriven or dropped before."""

    code = "letter-not-waiting"


async def drop(connection: Connection, place: Place, actor: str, reason: str) -> None:
    """Give one up; raises `NoSuchLetter` and `NotWaiting`."""
    async with connection.transaction():
        found = await connection.fetchrow(FIND, place.lane, place.sequence)
        if found is None:
            raise place.missing()
        if found["redriven"] or found["dropped"]:
            raise NotWaiting(
                f"it was {'redriven' if found['redriven'] else 'dropped'} before",
                field="sequence",
                value=str(place.sequence),
                remedy="see `unionstream dlq list --state all`",
            )
        await connection.execute(DECIDE, place.topic, place.stream, place.sequence, actor, reason)
        await apply_drops(connection)
    DROPPED.inc()
    log.warning(
        "letter_dropped", topic=place.topic, stream=place.stream, sequence=place.sequence, actor=actor
    )


async def apply_drops(connection: Connection) -> None:
    """What was decided holds in this session's colour too: a rebuilt one meets the same letters."""
    async with connection.transaction():
        await connection.execute(COMPLETING)
        await connection.execute(APPLY)
