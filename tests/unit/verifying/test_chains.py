"""A chain recomputed by a stranger: what is right passes, anything else is named with its place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.streams import Ledger, headers_of
from unionstream.verifying.chains import Chains
from unionstream.verifying.records import Record

TOPIC = "union.test"


def records(count: int, streams: tuple[int, ...] = (0, 7, 13)) -> list[Record]:
    """What a broker would have of a relay's work."""
    ledger = Ledger(TOPIC)
    ledger.fill(count, streams)
    found = []
    for each in ledger.records:
        headers = dict(headers_of(each))
        found.append(Record(each.partition, each.offset, each.value, **headers))
    return found


def judged(lines: list[Record]) -> Chains:
    chains = Chains(TOPIC, 6)
    for line in lines:
        chains.take(line)
    chains.finish()
    return chains


def told(chains: Chains) -> list[str]:
    return [str(each) for each in chains.differences]


@given(st.integers(min_value=0, max_value=40), st.data())
def test_what_a_relay_sends_is_right_also_when_it_sends_again(count: int, data: st.DataObject) -> None:
    lines = records(count)
    again = data.draw(st.integers(min_value=0, max_value=count))
    start = data.draw(st.integers(min_value=0, max_value=again))
    chains = judged(lines[:again] + lines[start:])
    assert not chains.differences
    assert chains.repeats == again - start
    assert sum(number for number, _ in chains.links.values()) == count


def test_after_a_hole_everything_comes_again_and_nothing_is_amiss() -> None:
    lines = records(9, (7,))
    chains = judged([*lines[:3], *lines[5:7], *lines[3:]])
    assert not chains.differences
    assert chains.last(7) == 9


@given(st.integers(min_value=0, max_value=29), st.sampled_from(["value", "sequenced", "chain"]))
def test_one_altered_record_is_named(place: int, part: str) -> None:
    lines = records(30)
    raw = getattr(lines[place], part)
    lines[place] = replace(lines[place], **{part: raw[:-2] + (b"00" if raw[-2:] != b"00" else b"11")})
    chains = judged(lines)
    stream, sequence = int(lines[place].stream or b""), int(lines[place].sequence or b"")
    assert chains.differences
    assert (chains.differences[0].stream, chains.differences[0].sequence) == (stream, sequence)


@given(st.integers(min_value=0, max_value=26))
def test_one_missing_record_is_a_gap(place: int) -> None:
    lines = records(30)
    missing = lines.pop(place)
    assert told(judged(lines))[0].startswith(
        f"stream {int(missing.stream or b'')}, number {int(missing.sequence or b'')}: is missing"
    )


@pytest.mark.parametrize("part", ["stream", "sequence", "sequenced", "chain"])
def test_a_record_without_a_header_is_named(part: str) -> None:
    lines = records(3, (7,))
    without: dict[str, Any] = {part: None}
    lines[1] = replace(lines[1], **without)
    assert "lacks a header" in told(judged(lines))[0]


def test_a_record_in_the_wrong_partition_is_named() -> None:
    lines = records(1, (7,))
    assert "lies in partition 2" in told(judged([replace(lines[0], partition=2)]))[0]
