"""Whatever is reorganised or told late: what a closed period is restated to is what a slow count says.

Periods are closed at a random moment of a random history, at units of every level; what arrives afterwards is
compared in several passes. Old and new values follow each other without a gap from that at the cut of the
closing to the value now, and nothing that did not change is told. The same for growth on the period before.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.projection.queries.cut import Cut
from services.projection.queries.derived import period_before
from services.projection.restating import one_pass
from shared.contracts import affairs as a
from shared.contracts.projection import FigureRestated
from shared.envelope import Place, Provenance, Recorded, decode, encode
from shared.reading.incoming import Incoming
from shared.streams import stream_of
from tests.integration.projection_query.conftest import NOW
from tests.integration.projection_query.test_laws import BOUNDED, oracle_at
from tests.support.histories import DAYS, EXAMPLES, HISTORIES, UNITS, History, interleaved, on, uid
from tests.support.oracle import STOCKS, Oracle
from tests.support.stage import Stage
from tests.support.streams import Ledger

FIGURES = {
    "members_joined": "members_joined",
    "dues_received": "dues_received",
    "unions_total": "unions",
    "bodies_total": "bodies",
}
GROWTH = "dues_received_growth_on_period_amount"
PERIOD = on(20), on(DAYS // 2)
LOGGED = "SELECT l.value FROM event_queue AS q JOIN event_log AS l USING (position) ORDER BY q.position"


@pytest.fixture(scope="module")
def stage(module_database: str) -> Iterator[Stage]:
    made = Stage(module_database)
    yield made
    made.close()


@given(HISTORIES, st.integers(0, 2**32))
@settings(BOUNDED, max_examples=max(1, EXAMPLES // 3))
def test_restatements_lead_from_what_was_known_to_what_is(stage: Stage, history: History, seed: int) -> None:
    stage.reset()
    chance = random.Random(seed)
    batches = interleaved(history, seed)
    split = chance.randrange(len(batches) + 1)
    records = deliver(stage, batches[:split])
    closed_at = stage.run(reached(stage))
    before = oracle_at(records, closed_at)
    names = chance.sample(sorted(UNITS), 6)
    close(stage, before, names, str(closed_at))
    standing = {(uid(name), figure): told for name in names for figure, told in values(before, name).items()}
    assert stage.run(told(stage)) == []
    for several in passes(batches[split:], chance):
        records += deliver(stage, several)
        for event in stage.run(told(stage)):
            key = event.union, event.figure
            assert standing[key] == event.old_value
            assert event.new_value != event.old_value
            standing[key] = event.new_value
    now = oracle_at(records, stage.run(reached(stage)))
    assert standing == {
        (uid(name), figure): value for name in names for figure, value in values(now, name).items()
    }


def values(oracle: Oracle, name: str) -> Mapping[str, str | None]:
    """Of the closed period, by the slow count; no data of a union that came only after it."""
    born = oracle.established(uid(name))
    if born is not None and born > PERIOD[1]:
        return dict.fromkeys((*FIGURES, GROWTH))
    counted: dict[str, str | None] = {
        figure: str(count(oracle, name, metric, PERIOD)) for figure, metric in FIGURES.items()
    }
    before = period_before(*PERIOD)
    paid = [count(oracle, name, "dues_received", days) for days in (PERIOD, before)]
    grown = None if born is not None and born > before[1] else str(paid[0] - paid[1])
    return counted | {GROWTH: grown}


def count(oracle: Oracle, name: str, metric: str, days: tuple[date, date]) -> int:
    """A sum at a unit on the territorial line, as-was."""
    stock = metric in STOCKS
    return sum(
        each.amount
        for each in oracle.counts
        if each.metric == metric
        and each.day <= days[1]
        and (stock or each.day >= days[0])
        and uid(name) in oracle.ancestors(each.unit, 0, days[1] if stock else each.day)
    )


def passes(batches: list[list[Incoming]], chance: random.Random) -> list[list[list[Incoming]]]:
    """What arrives before each of at most three passes."""
    ends = sorted(chance.randrange(len(batches) + 1) for _ in range(2))
    return [batches[start:end] for start, end in itertools.pairwise((0, *ends, len(batches)))]


def deliver(stage: Stage, batches: list[list[Incoming]]) -> list[Incoming]:
    """Read and rolled."""
    for batch in batches:
        stage.deliver(batch)
        stage.roll()
    return [record for batch in batches for record in batch]


def close(stage: Stage, oracle: Oracle, names: list[str], cut: str) -> None:
    """One closing at each unit, at this cut; its events hang where the unit is known to hang then."""
    ledger = Ledger("union.affairs")
    figures = tuple(a.ReportedFigure(figure=name, value="0") for name in (*FIGURES, GROWTH))
    about: dict[str, Any] = {"occurredon": on(2 * DAYS), "first_day": PERIOD[0], "last_day": PERIOD[1]}
    about |= {"line": "territorial"}
    taken = []
    for name in names:
        unit = uid(name)
        lineage = oracle.ancestors(unit, 0, PERIOD[1])[::-1]
        events = (
            a.PeriodClosed(**about, union=unit, cut=cut, figures=len(figures), sha256=""),
            a.PeriodFiguresReported(**about, union=unit, part=1, figures=figures),
        )
        for version, event in enumerate(events, 1):
            recorded = Recorded(
                UUID(int=unit.int ^ version), UUID(int=unit.int ^ 1), version, NOW,
                Place(unit, lineage, (), unit), Provenance("tester", unit, unit), event,
            )  # fmt: skip
            taken.append(ledger.add(stream_of(str(unit)), encode(recorded)))
    deliver(stage, [taken])


async def told(stage: Stage) -> list[FigureRestated]:
    """What one pass of the restater tells."""
    await one_pass(stage.pool, lambda: NOW, stage.connection)
    rows = await stage.connection.fetch(LOGGED)
    await stage.connection.execute("DELETE FROM event_queue")
    events = [decode(row["value"]).event for row in rows]
    return [event for event in events if isinstance(event, FigureRestated)]


async def reached(stage: Stage) -> Cut:
    """How far the roll-ups go."""
    rows = await stage.connection.fetch("SELECT lane, sequence FROM roller_position")
    return Cut.of({row["lane"]: row["sequence"] for row in rows})
