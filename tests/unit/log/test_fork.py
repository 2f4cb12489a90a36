"""What the end of a partition tells of one stream, repeats and holes included."""

from __future__ import annotations

import pytest

from shared.log.fork import _Story
from shared.log.producing import Numbered
from shared.log.tail import Seen
from tests.unit.log.test_chain import NOON


@pytest.mark.parametrize(
    ("numbers", "reached", "highest"),
    [
        ([1], 1, 1),
        ([5, 6, 7], 7, 7),
        ([5, 6, 7, 6, 7], 7, 7),  # a relay began again
        ([5, 6, 7, 3, 4], 7, 7),  # two relays; the last record is lower than the highest
        ([5, 6, 9, 10], 6, 10),  # a hole
        ([5, 6, 9, 7, 8], 6, 9),  # a hole that was filled later: what follows is sent once more
        ([5, 6, 9, 3, 4], 6, 9),
    ],
)
def test_a_story(numbers: list[int], reached: int, highest: int) -> None:
    story = _Story.of([Seen(3, number, b"") for number in numbers])
    assert (story.reached.sequence, story.highest.sequence) == (reached, highest)


def test_headers_are_text() -> None:
    numbered = Numbered(3, 12, NOON, b"\xab" * 32, b"{}")
    assert numbered.headers() == [
        ("stream", b"3"),
        ("sequence", b"12"),
        ("sequenced", b"2024-02-29T12:00:00.000042Z"),
        ("chain", b"ab" * 32),
        ("content-type", b"application/cloudevents+json"),
    ]
    assert numbered.key() is None


def test_a_text_cannot_pass_for_the_key() -> None:
    value = rb'{"actor":"\"unionkey\":\"x","unionkey":"01890000-0000-7000-8000-000000000001","data":{}}'
    assert Numbered(1, 1, NOON, b"", value).key() == b"01890000-0000-7000-8000-000000000001"
