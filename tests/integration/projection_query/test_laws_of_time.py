"""Known by a moment, and grown on the time before: whatever happened, both are what a slow count says."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.projection.queries.cut import parse
from services.projection.queries.derived import period_before, year_before
from services.projection.queries.figures import Reading
from services.projection.queries.question import understood
from services.projection.queries.refusals import NotYetEstablished, UnknownUnit
from services.projection.queries.snapshot import Snapshot
from shared.envelope import decode
from shared.reading.incoming import Incoming
from tests.integration.projection_query.test_laws import (
    BOOK,
    BOUNDED,
    Wish,
    moment,
    oracle_at,
    play,
    totals,
    wishes,
)
from tests.support.histories import EXAMPLES, HISTORIES, History
from tests.support.oracle import Delivered, Oracle
from tests.support.stage import Stage

FEWER = settings(BOUNDED, max_examples=max(1, EXAMPLES // 3))
QUESTIONS = 20
# Against the year and the period before, in numbers and in percent, flows and stocks.
GROWTHS = (
    "dues_received_growth_amount",
    "dues_received_growth_on_period_amount",
    "dues_received_growth_percent",
    "members_growth_number",
    "members_growth_on_period_percent",
    "members_joined_growth_on_period_percent",
    "unions_growth_number",
    "unions_growth_on_period_percent",
)
PLACES = Decimal("0.01")


@pytest.fixture(scope="module")
def stage(module_database: str) -> Iterator[Stage]:
    made = Stage(module_database)
    yield made
    made.close()


def oracle_by(records: list[Incoming], when: datetime) -> Oracle:
    return Oracle(
        Delivered(BOOK.lane(r.topic, r.stream), r.sequence, decode(r.value))
        for r in records
        if r.sequenced <= when
    )


@given(HISTORIES, st.integers(0, 2**32))
@FEWER
def test_every_sum_known_by_a_moment_is_that_of_the_slow_count(
    stage: Stage, history: History, seed: int
) -> None:
    records, _ = play(stage, history, seed)
    chance = random.Random(seed)

    async def ask() -> None:
        async with moment(stage) as snapshot:
            for when in chance.sample([each.sequenced for each in records], min(3, len(records))):
                oracle = oracle_by(records, when)
                for wish in wishes(chance, QUESTIONS):
                    asked = replace(wish, asked=replace(wish.asked, known_at=when))
                    answer = await totals(snapshot, asked)
                    assert (answer or Counter()) == asked.expected(oracle), asked

    stage.run(ask())


@given(HISTORIES, st.integers(0, 2**32))
@FEWER
def test_every_growth_is_that_of_the_slow_count_at_any_cut(stage: Stage, history: History, seed: int) -> None:
    records, cuts = play(stage, history, seed)
    chance = random.Random(seed)

    async def ask() -> None:
        async with moment(stage) as snapshot:
            for cut in ("", chance.choice(cuts) if cuts else ""):
                oracle = oracle_at(records, parse(cut) if cut else snapshot.cut)
                for wish in wishes(chance, QUESTIONS):
                    asked = replace(wish, asked=replace(wish.asked, cut=cut))
                    await _grown(snapshot, oracle, asked, chance.choice(GROWTHS))

    stage.run(ask())


async def _grown(snapshot: Snapshot, oracle: Oracle, wish: Wish, name: str) -> None:
    try:
        question = await understood(snapshot, wish.asked)
    except UnknownUnit:
        return
    except NotYetEstablished:
        assert (oracle.established(UUID(wish.asked.unit)) or date.min) > wish.asked.last
        return
    figure = BOOK.figures[name]
    days = wish.asked.first, wish.asked.last
    before = period_before(*days) if figure.against == "period" else tuple(map(year_before, days))
    found = await Reading(snapshot, BOOK, question).read(name)
    was, now = _counted(oracle, wish, name, (before[0], before[1])), _counted(oracle, wish, name, days)
    born = oracle.established(UUID(wish.asked.unit))
    expected: int | Decimal | None = now - was
    if wish.asked.basis == "as-was" and born is not None and born > before[1]:
        expected = None
    elif figure.change == "percent":
        expected = _percent(now, was) if was > 0 else None
    assert found.value == expected, (name, wish)


def _counted(oracle: Oracle, wish: Wish, name: str, days: tuple[date, date]) -> int:
    of = BOOK.figures[BOOK.figures[name].of or ""]
    asked = replace(wish.asked, first=days[0], last=days[1])
    return sum(
        count.amount
        for count in Wish(BOOK.metric(of.metric or ""), asked).counted(oracle)
        if all(dict(count.dims)[dim] in allowed for dim, allowed in of.where.items())
    )


def _percent(now: int, was: int) -> Decimal:
    exact = Decimal(now - was) * 100 / Decimal(was)
    return exact.quantize(PLACES, ROUND_HALF_UP)
