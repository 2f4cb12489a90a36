"""Restatements as events: appended to the projection's own log, numbered and sent as those of any service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from services.projection.queries.snapshot import Snapshot
from services.projection.queries.units import above, unit_of
from services.projection.restating.reports import ClosedPeriod
from shared.catalogues import catalogue
from shared.clock import business_date
from shared.contracts.projection import FigureRestated
from shared.database import Connection
from shared.envelope import Place, Provenance, Recorded, encode
from shared.streams import stream_of

ACTOR = "projection"
GRASSROOTS = 6

APPEND = """
WITH logged AS (
    INSERT INTO event_log (id, stream, subject, version, value)
    SELECT e.id, e.stream, e.subject, e.version, e.value
    FROM unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::integer[], $5::bytea[]) WITH ORDINALITY
         AS e(id, stream, subject, version, value, n) ORDER BY n
    RETURNING position, stream)
INSERT INTO event_queue SELECT position, stream FROM logged"""

LINES = """
SELECT DISTINCT line FROM edge WHERE unit = $1 AND line > 0 AND valid_from <= $2 AND valid_to > $2"""


@dataclass(frozen=True, slots=True)
class Change:
    """One figure with its old and new value, and the events that may be why, newest last."""

    figure: str
    old: str | None
    new: str | None
    events: int
    why: UUID | None


@dataclass(frozen=True, slots=True)
class Restating:
    """All changes of one report found at once, between two cuts; `told` is how many were told before."""

    period: ClosedPeriod
    place: Place
    cuts: tuple[str, str]
    told: int
    changes: Sequence[Change]

    def recorded(self, now: datetime) -> list[Recorded]:
        """The events, with ids that follow from report, figure and cut."""
        return [self._one(number, change, now) for number, change in enumerate(self.changes, self.told + 1)]

    def _one(self, version: int, change: Change, now: datetime) -> Recorded:
        period, (old_cut, new_cut) = self.period, self.cuts
        event = FigureRestated(
            occurredon=business_date(now), union=period.unit, first_day=period.first_day,
            last_day=period.last_day, line=period.line_id, figure=change.figure, old_value=change.old,
            new_value=change.new, old_cut=old_cut, new_cut=new_cut, events=change.events,
        )  # fmt: skip
        id_ = uuid5(period.report, f"{change.figure}/{new_cut}")
        why = Provenance(ACTOR, period.report, change.why or period.report)
        return Recorded(id_, period.report, version, now, self.place, why, event)


async def append(connection: Connection, events: Sequence[Recorded]) -> None:
    """Write to the log and its queue, in the caller's transaction."""
    rows = [(e.id, stream_of(str(e.place.key)), e.subject, e.version, encode(e)) for e in events]
    await connection.execute(APPEND, *map(list, zip(*rows, strict=True)))


async def place_of(snapshot: Snapshot, period: ClosedPeriod) -> Place:
    """Where the union hangs today, as the projection knows it."""
    unit = await unit_of(snapshot, str(period.unit))
    higher = await above(snapshot, unit, snapshot.today)
    inner = (unit.level or 0) > GRASSROOTS
    key = next((each.id for each in higher if each.level == GRASSROOTS), unit.id) if inner else unit.id
    numbers = [row["line"] for row in await snapshot.connection.fetch(LINES, unit.key, snapshot.today)]
    named = tuple(id_ for id_, entry in catalogue("lines").items() if entry.number in numbers)
    return Place(unit.id, (*(each.id for each in higher), unit.id), named, key)
