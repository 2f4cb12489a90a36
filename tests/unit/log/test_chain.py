"""Streams and chain as anybody can recompute them, with nothing but SHA-256."""

from __future__ import annotations

import subprocess
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from shared.ids import new_id
from shared.log.route import Route
from shared.streams import STREAMS, first_link, link_of_text, next_link, partition_of, stream_of

NOON = datetime(2024, 2, 29, 12, 0, 0, 42, tzinfo=UTC)
VALUE = '{"id":"1","unit":"镇"}'.encode()


def sha256sum(data: bytes) -> str:
    """The command on the path, not Python's."""
    done = subprocess.run(["sha256sum"], input=data, capture_output=True, check=True)
    return done.stdout.split()[0].decode()


def test_the_first_link_names_topic_and_stream() -> None:
    assert first_link("union.membership", 7).hex() == sha256sum(b"union.membership/7")


def test_three_links_by_the_command_line() -> None:
    link, told = first_link("union.finance", 0), sha256sum(b"union.finance/0")
    for number in (1, 2, 3):
        link = next_link(link, number, NOON, VALUE)
        told = sha256sum(f"{told}\n{number}\n2024-02-29T12:00:00.000042Z\n".encode() + VALUE)
    assert link.hex() == told == "6fd3021e0abc0f320d895cd77edd223e8279bdaa17a1778919bc14ed72e6ef11"


def test_the_link_does_not_hang_on_the_time_zone() -> None:
    shanghai = NOON.astimezone(timezone(timedelta(hours=8)))
    assert next_link(b"\0" * 32, 1, NOON, VALUE) == next_link(b"\0" * 32, 1, shanghai, VALUE)


def test_header_bytes_give_the_same_link() -> None:
    headers = (b"12", b"2024-02-29T12:00:00.000042Z")
    assert link_of_text(b"\1" * 32, *headers, VALUE) == next_link(b"\1" * 32, 12, NOON, VALUE)


@pytest.mark.parametrize("change", ["previous", "number", "time", "value"])
def test_every_part_counts(change: str) -> None:
    parts = {"previous": b"\0" * 32, "number": 1, "time": NOON, "value": VALUE}
    other = {
        "previous": b"\1" * 32,
        "number": 2,
        "time": NOON + timedelta(microseconds=1),
        "value": VALUE + b" ",
    }
    changed = parts | {change: other[change]}
    assert next_link(*changed.values()) != next_link(*parts.values())  # type: ignore[arg-type]


def test_known_streams() -> None:
    """Released keys never move."""
    assert stream_of(str(UUID(int=0))) == int(sha256sum(str(UUID(int=0)).encode())[:16], 16) % 24


def test_keys_spread_evenly() -> None:
    counts = Counter(stream_of(str(new_id())) for _ in range(24_000))
    assert set(counts) == set(range(STREAMS))
    assert max(counts.values()) < 1250
    assert min(counts.values()) > 750


@pytest.mark.parametrize("partitions", [1, 2, 3, 4, 6, 8, 12, 24])
def test_every_stream_lives_in_one_partition(partitions: int) -> None:
    route = Route("union.test", "nowhere:1", partitions)
    lived = [stream for partition in range(partitions) for stream in route.streams(partition)]
    assert sorted(lived) == list(range(STREAMS))
    assert all(partition_of(stream, partitions) < partitions for stream in lived)
