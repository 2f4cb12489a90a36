"""What is to be done with the records of one stream."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from shared.reading.judging import DAWN, FORK, GAP, Progress, judge
from shared.streams import first_link, next_link
from tests.support.streams import Ledger

TOPIC = "union.test"
START = Progress(TOPIC, 0, 0, first_link(TOPIC, 0), DAWN, -1, "")


def log(count: int) -> Ledger:
    ledger = Ledger(TOPIC)
    ledger.fill(count, streams=[0])
    return ledger


def test_what_continues_the_stream_is_accepted() -> None:
    records = log(3).records
    judged = judge(START, records)
    assert judged.accepted == records
    assert (judged.progress.sequence, judged.progress.chain) == (3, records[2].chain)
    assert judged.progress.sequenced == records[2].sequenced


def test_repeats_are_dropped_and_counted() -> None:
    records = log(3).records
    judged = judge(START, [records[0], records[0], records[1], records[0], records[2]])
    assert judged.accepted == records
    assert judged.repeats == 2


def test_nothing_after_a_hole_is_accepted_until_it_is_sent_again() -> None:
    records = log(5).records
    judged = judge(START, [records[0], records[2], records[3]])
    assert judged.accepted == records[:1]
    assert judged.furthest == 4
    assert judge(judged.progress, records[1:]).accepted == records[1:]


def test_a_stream_halted_by_a_gap_goes_on_when_the_number_comes() -> None:
    records = log(2).records
    waiting = replace(START, halted=GAP)
    assert judge(waiting, records[1:]).progress.halted == GAP
    assert judge(waiting, records).progress.halted == ""


def test_a_stream_halted_otherwise_stays_halted() -> None:
    for reason in (FORK, "dead-letters"):
        judged = judge(replace(START, halted=reason), log(2).records)
        assert (judged.progress.halted, judged.accepted) == (reason, ())


def test_what_came_before_a_fork_is_accepted() -> None:
    records = log(3).records
    judged = judge(START, [*records[:2], replace(records[2], value=b"forged")])
    assert judged.accepted == records[:2]
    assert judged.progress.halted == FORK


def test_another_history_of_the_same_numbers_is_a_fork() -> None:
    other = Ledger(TOPIC)
    for _ in range(3):
        other.add(0, b"another history")
    known = judge(START, log(3).records).progress
    assert judge(known, other.records[2:]).progress.halted == FORK, "the newest one is always compared"
    old = other.records[:1]
    assert judge(known, old, {1: log(1).records[0].chain}).progress.halted == FORK
    assert judge(known, old).progress.halted == "", "without a memory an old one cannot be compared"


def test_a_time_that_runs_backwards_is_a_fork_though_the_chain_holds() -> None:
    first = log(1).records[0]
    earlier = first.sequenced - timedelta(seconds=1)
    chain = next_link(first.chain, 2, earlier, b"x")
    second = replace(first, sequence=2, sequenced=earlier, stamp=b"", chain=chain, value=b"x")
    assert judge(START, [first, second]).progress.halted == FORK
