"""Whatever happened, and however it arrived: the roll-ups say what a slow count day by day says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.projection import catalogue
from shared.envelope import decode
from shared.reading.incoming import Incoming
from tests.support.histories import DAYS, EXAMPLES, HISTORIES, History, interleaved, on
from tests.support.oracle import Delivered, Figure, Oracle
from tests.support.stage import Stage, added_up

BOOK = catalogue.load()
SEEDS = st.integers(0, 2**32)
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
    ],
)
MONTH_ENDS = [date(2024, month, 1) - timedelta(days=1) for month in range(2, 11)]
SOME_DAYS = [on(day) for day in range(0, DAYS, 17)]


def month(day: date) -> date:
    return day.replace(day=1)


def oracle_of(records: Iterable[Incoming]) -> Oracle:
    return Oracle(Delivered(BOOK.lane(r.topic, r.stream), r.sequence, decode(r.value)) for r in records)


def rolled_up(figures: dict[Figure, int], oracle: Oracle, level: int) -> dict[Figure, int]:
    """Only what roll-ups are kept for: units known to be of this level or above."""
    return {figure: each for figure, each in figures.items() if oracle.levels.get(figure[0], 99) <= level}


def stocks_until(today: date, stock: bool, start: date) -> date | None:
    return today if stock and start <= today else None


def check(stage: Stage, records: list[Incoming]) -> None:
    oracle, rollup = oracle_of(records), stage.rollup()
    for grain, level, start in ((0, 4, month), (1, 2, lambda day: day)):
        flows = added_up(rollup, oracle.lines, grain, lambda stock, day: None if stock else day)
        assert flows == rolled_up(dict(oracle.flows(start)), oracle, level)
    for grain, level, days in ((0, 4, MONTH_ENDS), (1, 2, SOME_DAYS)):
        for today in days:
            until = partial(stocks_until, today)
            stocks = added_up(rollup, oracle.lines, grain, until)
            assert stocks == rolled_up(dict(oracle.stocks(today)), oracle, level)


def play(stage: Stage, batches: list[list[Incoming]], most: int) -> None:
    stage.reset()
    for batch in batches:
        stage.deliver(batch)
        stage.roll(most)


@BOUNDED
@given(history=HISTORIES, seed=SEEDS, most=st.sampled_from([3, 40, 30_000]), share=st.floats(0, 1))
def test_rollups_equal_a_slow_count_at_any_cut(
    stage: Stage, history: History, seed: int, most: int, share: float
) -> None:
    batches = interleaved(history, seed)
    half = int(len(batches) * share)
    play(stage, batches[:half], most)
    check(stage, [record for batch in batches[:half] for record in batch])
    for batch in batches[half:]:
        stage.deliver(batch)
        stage.roll(most)
    check(stage, [record for batch in batches for record in batch])


@BOUNDED
@given(history=HISTORIES, seeds=st.tuples(SEEDS, SEEDS))
def test_interleaving_changes_nothing(stage: Stage, history: History, seeds: tuple[int, int]) -> None:
    play(stage, interleaved(history, seeds[0]), 30_000)
    first = stage.rollup(), stage.spans()
    play(stage, interleaved(history, seeds[1]), 7)
    assert (stage.rollup(), stage.spans()) == first


@BOUNDED
@given(history=HISTORIES, seed=SEEDS, day=st.integers(0, DAYS))
def test_the_units_of_today_are_those_of_the_slow_count(
    stage: Stage, history: History, seed: int, day: int
) -> None:
    batches = interleaved(history, seed)
    play(stage, batches, 30_000)
    oracle = oracle_of(record for batch in batches for record in batch)
    expected = {
        (unit, line, above)
        for unit in oracle.levels
        for line in oracle.lines
        for above in oracle.ancestors(unit, line, on(day))
    }
    found = {
        (unit, each, above)
        for unit, line, above, _, since, until in stage.spans()
        for each in (oracle.lines if line == -1 else [line])
        if since <= on(day) < until
    }
    assert found == expected
