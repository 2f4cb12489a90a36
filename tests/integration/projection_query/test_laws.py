"""Whatever happened, however it arrived: every answer is that of a slow count, now and at any cut."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import get_args
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.projection.catalogue import Metric, load
from services.projection.queries import additive
from services.projection.queries.cut import Cut, parse
from services.projection.queries.figures import Reading, scoped
from services.projection.queries.lines import numbers
from services.projection.queries.question import Asked, understood
from services.projection.queries.refusals import NotYetEstablished, UnknownUnit
from services.projection.queries.snapshot import Snapshot
from services.projection.queries.subtree import Basis
from services.projection.queries.trace import trace
from shared.envelope import decode
from shared.reading.incoming import Incoming
from tests.support.histories import DAYS, EXAMPLES, HISTORIES, UNITS, History, interleaved, on, uid
from tests.support.oracle import STOCKS, Count, Delivered, Oracle
from tests.support.stage import Stage

BOOK = load()
# Behind every event of every history, so that no question is refused as not begun.
TODAY = on(2 * DAYS)
LINES = ("territorial", "education", "health")
METRICS = (
    "unions", "unions_established", "unions_ended", "bodies", "inner_units", "members", "members_joined",
    "members_left", "workers", "employers_covered", "dues_received", "dues_refunded", "dues_target",
)  # fmt: skip
QUESTIONS = 40
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
    ],
)


@pytest.fixture(scope="module")
def stage(module_database: str) -> Iterator[Stage]:
    made = Stage(module_database)
    yield made
    made.close()


@dataclass(frozen=True)
class Wish:
    """One question: a metric of a unit, how and for when."""

    metric: Metric
    asked: Asked

    def expected(self, oracle: Oracle) -> Counter[frozenset[tuple[str, str]]]:
        """By breakdown, as the slow count has it."""
        sums: Counter[frozenset[tuple[str, str]]] = Counter()
        for count in self.counted(oracle):
            sums[count.dims] += count.amount
        return Counter({dims: amount for dims, amount in sums.items() if amount})

    def counted(self, oracle: Oracle) -> list[Count]:
        """What counts."""
        unit, line = UUID(self.asked.unit), numbers()[self.asked.line]
        if self.metric.target:
            year = self.asked.last.year  # a target is that of the cut-off's year
            return [
                c
                for c in oracle.counts
                if c.metric == self.metric.id and c.unit == unit and c.day.year == year
            ]
        return [
            count
            for count in oracle.counts
            if count.metric == self.metric.id
            and count.day <= self.asked.last
            and (self.metric.id in STOCKS or count.day >= self.asked.first)
            and unit in oracle.ancestors(count.unit, line, self._judged(count))
        ]

    def _judged(self, count: Count) -> date:
        if self.asked.basis == "as-is":
            return self.asked.today or TODAY
        return self.asked.last if self.metric.id in STOCKS else count.day


def wishes(chance: random.Random, count: int) -> Iterator[Wish]:
    """Questions of every sort; half of the periods begin or end with a month."""
    for _ in range(count):
        first = on(chance.randrange(-40, DAYS))
        last = first + timedelta(chance.choice((0, 1, 20, 90, 200, 400)))
        if chance.random() < 0.5:
            first, last = first.replace(day=1), last.replace(day=1) - timedelta(chance.randrange(2))
        basis: Basis = chance.choice(get_args(Basis))
        yield Wish(
            BOOK.metric(chance.choice(METRICS)),
            Asked(
                unit=str(uid(chance.choice(list(UNITS)))),
                first=min(first, last),
                last=last,
                line=chance.choice(LINES),
                basis=basis,
                today=on(chance.randrange(DAYS + 10)),
            ),
        )


@asynccontextmanager
async def moment(stage: Stage) -> AsyncIterator[Snapshot]:
    async with stage.connection.transaction(isolation="repeatable_read", readonly=True):
        rows = await stage.connection.fetch("SELECT lane, sequence FROM roller_position")
        yield Snapshot(stage.connection, Cut.of({row["lane"]: row["sequence"] for row in rows}), TODAY)


def oracle_at(records: list[Incoming], cut: Cut) -> Oracle:
    delivered = [Delivered(BOOK.lane(r.topic, r.stream), r.sequence, decode(r.value)) for r in records]
    return Oracle(each for each in delivered if each.sequence <= cut.at(each.lane))


async def totals(snapshot: Snapshot, wish: Wish) -> Counter[frozenset[tuple[str, str]]] | None:
    """By breakdown, as the projection has it; None for a unit that it never met, or that was not yet born."""
    try:
        question = await understood(snapshot, replace(wish.asked, basis="as-is"))
    except UnknownUnit:
        return None
    scope = replace(question.scope, basis=wish.asked.basis)
    what, narrowed = scoped(scope, wish.metric, wish.asked.first, wish.asked.last)
    combos = await snapshot.combos()
    [found] = await additive.totals(snapshot, narrowed, [what])
    return Counter({frozenset(combos[key].items()): amount for key, amount in found.items() if amount})


def play(stage: Stage, history: History, seed: int) -> tuple[list[Incoming], list[str]]:
    """Deliver and roll batch by batch; answers all records and the cuts in between."""
    stage.reset()
    records: list[Incoming] = []
    cuts: list[str] = []
    for batch in interleaved(history, seed):
        stage.deliver(batch)
        stage.roll()
        records += batch
        cuts.append(stage.run(_cut(stage)))
    return records, cuts


async def _cut(stage: Stage) -> str:
    async with moment(stage) as snapshot:
        return str(snapshot.cut)


@given(HISTORIES, st.integers(0, 2**32))
@BOUNDED
def test_every_sum_is_that_of_the_slow_count_now_and_at_any_cut(
    stage: Stage, history: History, seed: int
) -> None:
    records, cuts = play(stage, history, seed)
    chance = random.Random(seed)
    earlier = chance.sample(cuts, min(2, len(cuts)))

    async def ask() -> None:
        async with moment(stage) as snapshot:
            for cut in ("", *earlier):
                oracle = oracle_at(records, parse(cut) if cut else snapshot.cut)
                for wish in wishes(chance, QUESTIONS):
                    asked = replace(wish, asked=replace(wish.asked, cut=cut))
                    answer = await totals(snapshot, asked)
                    assert (answer or Counter()) == asked.expected(oracle), asked

    stage.run(ask())


@given(HISTORIES, st.integers(0, 2**32))
@BOUNDED
def test_every_trace_is_complete_and_adds_up_at_any_cut(stage: Stage, history: History, seed: int) -> None:
    records, cuts = play(stage, history, seed)
    chance = random.Random(seed)

    async def ask() -> None:
        async with moment(stage) as snapshot:
            for cut in ("", chance.choice(cuts) if cuts else ""):
                oracle = oracle_at(records, parse(cut) if cut else snapshot.cut)
                for wish in wishes(chance, 10):
                    await _trace(snapshot, oracle, replace(wish, asked=replace(wish.asked, cut=cut)))

    stage.run(ask())


FIGURES = {
    "unions_established": "unions_established",
    "members_joined": "members_joined",
    "workers": "workers_total",
    "dues_received": "dues_received",
    "dues_target": "dues_target",
    "employers_covered": "units_covered",
}


async def _trace(snapshot: Snapshot, oracle: Oracle, wish: Wish) -> None:
    if wish.metric.id not in FIGURES:
        return
    cursor, amounts, value = "", [], None
    while True:
        try:
            page = await trace(snapshot, wish.asked, (FIGURES[wish.metric.id], ""), (cursor, 3))
        except (UnknownUnit, NotYetEstablished):
            return
        amounts += [fact.amount for fact in page.facts]
        value, cursor = page.value, page.next
        if not cursor:
            break
    assert sorted(amounts) == sorted(count.amount for count in wish.counted(oracle))
    assert sum(amounts) == (value or 0)


# Subjects counted once, and by what: flows with repeats, money, what is taken back, a stock.
OF_SUBJECTS = (
    ("people_joined", "sex"),
    ("dues_payers", "channel"),
    ("people_honoured", "granting_level"),
    ("units_due_to_disclose_party_affairs", "democratic_kind"),
)


@given(HISTORIES, st.integers(0, 2**32))
@BOUNDED
def test_nobody_is_counted_twice_and_nobody_left_out(stage: Stage, history: History, seed: int) -> None:
    records, cuts = play(stage, history, seed)
    chance = random.Random(seed)

    async def ask() -> None:
        async with moment(stage) as snapshot:
            for cut in ("", chance.choice(cuts) if cuts else ""):
                oracle = oracle_at(records, parse(cut) if cut else snapshot.cut)
                for wish in wishes(chance, QUESTIONS):
                    await _count(snapshot, oracle, replace(wish.asked, cut=cut), chance.choice(OF_SUBJECTS))

    stage.run(ask())


async def _count(snapshot: Snapshot, oracle: Oracle, asked: Asked, what: tuple[str, str]) -> None:
    name, by = what
    figure = BOOK.figures[name]
    try:
        question = await understood(snapshot, asked)
    except (UnknownUnit, NotYetEstablished):
        return
    found = await Reading(snapshot, BOOK, question).read(name, by)
    kept = [
        count
        for count in Wish(BOOK.metric(figure.metric or ""), asked).counted(oracle)
        if all(dict(count.dims)[dim] in allowed for dim, allowed in figure.where.items())
    ]
    assert found.value == len(_subjects(kept)), (name, asked)
    values = {dict(count.dims)[by] for count in kept}
    parts = {value: len(_subjects([c for c in kept if dict(c.dims)[by] == value])) for value in values}
    assert found.parts == {value: part for value, part in parts.items() if part}, (name, asked)


def _subjects(counts: list[Count]) -> set[UUID]:
    sums: Counter[UUID] = Counter()
    for count in counts:
        if count.subject is not None:
            sums[count.subject] += count.amount
    return {subject for subject, amount in sums.items() if amount > 0}
