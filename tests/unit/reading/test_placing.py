"""Where a reader starts, and how it tells that the topic is still the same."""

from __future__ import annotations

from dataclasses import replace

from shared.reading.judging import FORK, GAP, Progress
from shared.reading.placing import knows, start_of
from tests.support.streams import Ledger


def example() -> tuple[Ledger, list[Progress]]:
    """Streams 0 and 6 of one partition, five records each, all applied."""
    ledger = Ledger("union.test")
    records = ledger.fill(10, streams=[0, 6])
    newest = {each.stream: each for each in records}
    rows = [Progress(r.topic, s, r.sequence, r.chain, r.sequenced, 9, "") for s, r in newest.items()]
    return ledger, rows


def test_it_starts_at_the_newest_record_applied() -> None:
    assert start_of(example()[1]) == 9


def test_it_starts_at_the_earliest_record_where_a_stream_has_never_been_read() -> None:
    rows = example()[1]
    assert start_of([*rows, replace(rows[0], stream=12, sequence=0, offset=-1)]) == 0


def test_a_fork_holds_nobody_back_and_a_gap_does() -> None:
    first, second = example()[1]
    assert start_of([replace(first, halted=FORK, offset=3), second]) == 9
    assert start_of([replace(first, halted=GAP, offset=3), second]) == 3


def test_the_newest_record_applied_is_recognised() -> None:
    ledger, rows = example()
    assert knows(rows, ledger.records[9], 9)


def test_another_record_at_that_offset_is_not() -> None:
    ledger, rows = example()
    assert not knows(rows, replace(ledger.records[7], offset=9), 9)
    assert not knows(rows, replace(ledger.records[9], chain=bytes(32)), 9)
    assert not knows(rows, replace(ledger.records[9], sequence=6), 9)


def test_nothing_at_that_offset_or_only_later_ones_is_not() -> None:
    ledger, rows = example()
    assert not knows(rows, None, 9)
    assert not knows(rows, replace(ledger.records[9], offset=12), 9)


def test_where_a_stream_waits_an_old_record_of_the_others_will_do() -> None:
    ledger, (first, second) = example()
    waiting = [replace(first, sequence=2, offset=5, halted=GAP), second]
    assert knows(waiting, ledger.records[5], 5)


def test_a_broker_that_began_anew_by_itself_is_believed() -> None:
    ledger, rows = example()
    assert knows(rows, ledger.records[0], 9)
