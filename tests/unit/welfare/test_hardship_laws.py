"""The stock of archives at any date is what was filed, less what was exited and cancelled."""

from datetime import UTC, date, datetime, timedelta
from functools import reduce
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.projection import catalogue
from services.projection.fold import Move, moves_of
from services.welfare.domain.hardship import HardshipArchive, archive_id, evolve
from shared.envelope import Place, Provenance, Recorded
from shared.errors import Problem
from tests.unit.welfare.hardship_stories import (
    HOLDER,
    UNION,
    Step,
    cancelled,
    exited,
    filed,
    surveyed,
    updated,
    verified,
)

NOW = datetime(2023, 1, 1, tzinfo=UTC)
days = st.integers(0, 900).map(lambda n: date(2020, 6, 1) + timedelta(n))
step: st.SearchStrategy[Step] = st.one_of(
    st.builds(surveyed, days),
    st.builds(filed, days),
    st.builds(verified, days),
    st.builds(updated, days, st.sampled_from(["deep", "relative", "accident"])),
    st.builds(exited, days),
    st.builds(cancelled, days),
)


def carried_out(steps: list[Step]) -> tuple[HardshipArchive | None, list[Any]]:
    archive: HardshipArchive | None = None
    history: list[Any] = []
    for decide in steps:
        try:
            events = decide(archive)
        except Problem:
            continue
        history += events
        archive = reduce(evolve, events, archive)
    return archive, history


def moved(history: list[Any], metric: str) -> list[Move]:
    number = catalogue.metric(metric).number
    place, why = Place(UNION, (UNION,), (), UNION), Provenance("ada", HOLDER, HOLDER)
    recorded = (Recorded(HOLDER, archive_id(HOLDER), 1, NOW, place, why, each) for each in history)
    return [move for each in recorded for move in moves_of(each) if move.metric == number]


def level(history: list[Any], metric: str, on: date) -> int:
    return sum(move.amount for move in moved(history, metric) if move.day <= on)


@given(st.lists(step, max_size=12).map(list), days)
def test_the_stock_is_filed_less_exited_less_cancelled_on_every_day(steps: list[Step], on: date) -> None:
    _, history = carried_out(steps)
    filings, exits, ends = (
        level(history, metric, on) for metric in ("hardship_filed", "hardship_exited", "hardship_cancelled")
    )
    assert level(history, "hardship_archives", on) == filings - exits - ends
    assert level(history, "hardship_workers", on) == filings - exits - ends
    assert filings - exits - ends in {0, 1}


@given(st.lists(step, max_size=12))
def test_in_the_end_the_stock_is_what_is_open(steps: list[Step]) -> None:
    archive, history = carried_out(steps)
    still = bool(archive and archive.open)
    assert level(history, "hardship_archives", date.max) == still
    by_class: dict[object, int] = {}
    for move in moved(history, "hardship_archives"):
        by_class[move.dims] = by_class.get(move.dims, 0) + move.amount
    assert sorted(by_class.values(), reverse=True)[:1] in ([], [int(still)])
    assert min(by_class.values(), default=0) >= 0
    people = archive.household_size if archive and still else 0
    assert level(history, "hardship_people", date.max) == people


@given(st.lists(step, max_size=12), days)
def test_an_archive_is_overdue_from_the_day_after_until_it_is_verified_or_closed(
    steps: list[Step], on: date
) -> None:
    _, history = carried_out(steps)
    past = [event for event in history if event.occurredon <= on]
    archive: HardshipArchive | None = reduce(evolve, past, None)
    overdue = bool(archive and archive.open and archive.due_on and archive.due_on < on)
    assert level(history, "hardship_overdue", on) == overdue


@given(st.lists(step, max_size=12))
def test_an_archive_survives_being_stored(steps: list[Step]) -> None:
    archive, _ = carried_out(steps)
    assert archive is None or HardshipArchive.model_validate_json(archive.model_dump_json()) == archive
