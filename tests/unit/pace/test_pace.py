"""How often a loop looks for work."""

import pytest

from shared.pace import PATIENCE_SECONDS, QUICK_SECONDS, SLOW_SECONDS, Pace


def test_quick_while_there_is_work_and_slow_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("shared.pace.time.monotonic", lambda: now)
    loop = Pace()
    assert loop.seconds == QUICK_SECONDS
    now += PATIENCE_SECONDS + 1
    assert loop.seconds == SLOW_SECONDS
    loop.found()
    assert loop.seconds == QUICK_SECONDS
