"""One closed period compared with what is known now, and brought up to date in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from services.projection.catalogue import load
from services.projection.colours.frame import emitting
from services.projection.metrics import RESTATEMENTS
from services.projection.queries.cut import Cut, parse
from services.projection.queries.question import understood
from services.projection.queries.refusals import CutAhead
from services.projection.queries.snapshot import Snapshot, snapshot
from services.projection.restating import reports, suspects
from services.projection.restating.reports import ClosedPeriod, Values
from services.projection.restating.telling import Change, Restating, append, place_of
from shared.clock import Clock
from shared.database import Connection, Pool
from shared.errors import Problem

STANDING = "SELECT figure, value, own FROM standing WHERE report = $1"
CHECKED = "SELECT cut, told FROM checked_report WHERE report = $1"
# What this or an earlier projection has told already.
TOLD = """
SELECT DISTINCT ON (figure) figure, new_value, new_cut
FROM restated WHERE report = $1 ORDER BY figure, sequence DESC"""
TOLD_COUNT = "SELECT count(*) FROM restated WHERE report = $1"

SAVE_STANDING = """
INSERT INTO standing (report, figure, value, own)
SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[])
ON CONFLICT (report, figure) DO UPDATE SET value = excluded.value"""
SAVE_CHECKED = """
INSERT INTO checked_report (report, cut, told, trouble) VALUES ($1, $2, $3, $4)
ON CONFLICT (report) DO UPDATE SET cut = excluded.cut, told = excluded.told"""
EVENT_AT = "SELECT id FROM trail WHERE lane = $1 AND sequence = $2"


class Superseded(Exception):
    """Another colour answers now; this one tells nothing more."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a report before it is compared: its values, those of its own cut, and since when."""

    values: dict[str, str | None]
    own: Values
    cut: str
    told: int
    trouble: str = ""


async def compare(
    pool: Pool, clock: Clock, connection: Connection, report: UUID, metrics: Collection[int] | None
) -> int:
    """Tell what has changed since the last time, in figures of these metrics (None: all); returns how much.

    `connection` stays in its colour and writes; raises `Superseded` when that colour is no longer active. A
    report whose cut, or whose earlier restatements, lie ahead of this projection is left for later.
    """
    async with snapshot(pool, clock) as moment:
        period = await reports.closed(moment.connection, report)
        try:
            known = await _known(moment, period)
            restating, now = await _changes(moment, period, known, metrics)
        except CutAhead:
            return 0
    await _write(connection, clock, restating, known, now)
    RESTATEMENTS.inc(len(restating.changes))
    return len(restating.changes)


async def _known(moment: Snapshot, period: ClosedPeriod) -> Known:
    checked = await moment.connection.fetchrow(CHECKED, period.report)
    if checked is not None:
        rows = await moment.connection.fetch(STANDING, period.report)
        values = {row["figure"]: row["value"] for row in rows}
        return Known(values, {}, checked["cut"], checked["told"])
    reported = await reports.reported(moment.connection, period.report)
    try:
        # Whose union came only after the period cannot have been closed; nothing is told of it.
        await understood(moment, period.asked(""))
        own = await reports.values(moment, period, reported, period.cut)
    except CutAhead:
        raise
    except Problem as problem:
        return Known({}, {}, str(moment.cut), 0, problem.code)
    return await _taken_up(moment, period, dict(own))


async def _taken_up(moment: Snapshot, period: ClosedPeriod, own: dict[str, str | None]) -> Known:
    # After a rebuild: what was told before holds, once everything it rests on has been read again.
    values, cut = dict(own), period.cut
    rows = await moment.connection.fetch(TOLD, period.report)
    for row in rows:
        values[row["figure"]] = row["new_value"]
        told = parse(row["new_cut"])
        if next(told.beyond(moment.cut), None) is not None:
            raise CutAhead(row["figure"])
        cut = str(_later(parse(cut), told))
    return Known(values, own, cut, await moment.connection.fetchval(TOLD_COUNT, period.report))


async def _changes(
    moment: Snapshot, period: ClosedPeriod, known: Known, metrics: Collection[int] | None
) -> tuple[Restating, Values]:
    book = load()
    resting = {
        name: reports.metrics_of(book, book.figures[name]) for name in known.values if name in book.figures
    }
    wanted = [name for name, on in resting.items() if metrics is None or on & set(metrics)]
    # Not asked at all where even the report's own cut had no answer, or nothing it reported can have changed.
    now = await reports.values_now(moment, period, wanted)
    cuts = parse(known.cut), moment.cut
    changes = [
        await _change(moment, period, (name, known.values[name], value), resting[name], cuts)
        for name, value in now.items()
        if value != known.values[name]
    ]
    place = await place_of(moment, period)
    return Restating(period, place, (known.cut, str(moment.cut)), known.told, changes), now


async def _change(
    moment: Snapshot,
    period: ClosedPeriod,
    values: tuple[str, str | None, str | None],
    metrics: Collection[int],
    cuts: tuple[Cut, Cut],
) -> Change:
    found = await suspects.causes(moment.connection, period, metrics, cuts)
    why = await moment.connection.fetchval(EVENT_AT, *found[-1]) if found else None
    return Change(*values, events=len(found), why=why)


async def _write(
    connection: Connection, clock: Clock, restating: Restating, known: Known, now: Values
) -> None:
    report = restating.period.report
    values = known.values | dict(now)
    async with connection.transaction():
        if not await emitting(connection):
            raise Superseded
        if restating.changes:
            await append(connection, restating.recorded(clock()))
        own = [known.own.get(name) for name in values]
        await connection.execute(SAVE_STANDING, report, list(values), list(values.values()), own)
        told = known.told + len(restating.changes)
        await connection.execute(SAVE_CHECKED, report, restating.cuts[1], told, known.trouble)


def _later(one: Cut, other: Cut) -> Cut:
    lanes = range(max(len(one.numbers), len(other.numbers)))
    return Cut.of({lane: max(one.at(lane), other.at(lane)) for lane in lanes})
