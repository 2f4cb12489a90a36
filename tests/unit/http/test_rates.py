"""Nobody asks so often that the others wait."""

from __future__ import annotations

import pytest

from shared.errors import TooManyRequests
from shared.http import rates
from shared.http.problems import response_of
from shared.http.rates import BURST_SECONDS, Rates


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_let_through_and_the_next_is_told_to_wait() -> None:
    clock = Clock()
    limit = Rates(10, clock)
    for _ in range(10 * BURST_SECONDS):
        limit.take("ada")
    with pytest.raises(TooManyRequests) as caught:
        limit.take("ada")
    answer = response_of(caught.value)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    limit.take("ben")
    clock.now += 0.5
    for _ in range(5):
        limit.take("ada")
    with pytest.raises(TooManyRequests):
        limit.take("ada")


def test_those_who_have_not_asked_for_longest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "REMEMBERED", 3)
    limit = Rates(1, Clock())
    for who in "abcde":
        limit.take(who)
    assert list(limit._left) == ["c", "d", "e"]
