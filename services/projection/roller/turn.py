"""One turn of the roller; the work itself is set-based SQL (migrations, `roll`)."""

from typing import NamedTuple

from services.projection import catalogue
from shared.database import Connection

MOST_EVENTS = 30_000

# A plan made for a turn of three events would be kept for one of thirty thousand.
SET_UP = """
SET plan_cache_mode = force_custom_plan; SET jit = off; SET client_min_messages = warning;
SET work_mem = '64MB'; SELECT prepare_turns()"""


class Turn(NamedTuple):
    """What a turn did: events brought into the roll-ups, units placed anew."""

    events: int
    placed: int


async def prepare(connection: Connection) -> None:
    """Make a fresh connection ready for turns; figures that count subjects anew are made ready too."""
    await connection.execute(SET_UP)
    counted = [each.number for each in catalogue.load().counted]
    await connection.execute("SELECT count_subjects(n) FROM unnest($1::smallint[]) AS n", counted)


async def turn(connection: Connection, most: int = MOST_EVENTS) -> Turn:
    """Roll what is committed beyond the position, about `most` events at the most, in one transaction.

    Serial: the caller sees to it that there is only one roller.
    """
    row = await connection.fetchrow("SELECT events, placed FROM take_turn($1)", most)
    assert row is not None
    return Turn(row["events"], row["placed"])
