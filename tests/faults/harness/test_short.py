"""The short form of `make faults`: every kind of fault at least once, by a plan that never changes."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.faults.harness.course import run
from tests.faults.harness.plan import KINDS, Victims, plan
from tests.faults.harness.report import report

SEED, SECONDS = 20240229, 30.0


@pytest.fixture
def data() -> Iterator[Path]:
    """Within reach of the account that PostgreSQL runs as."""
    top = Path(tempfile.mkdtemp(prefix="unionstream-faults-"))
    top.chmod(0o711)
    yield top / "data"
    shutil.rmtree(top, ignore_errors=True)


@pytest.mark.real_kafka
@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_whatever_dies_nothing_acknowledged_is_lost_and_every_figure_is_right(data: Path) -> None:
    outcome = await run(data, SEED, SECONDS, lambda line: print(line, file=sys.stderr))  # noqa: T201
    sys.stdout.write(report(outcome))
    assert not outcome.findings
    met = {each.fault.kind for each in outcome.injected}
    assert set(KINDS) - met <= {"disk full", "clock jump"}, "these need root and libfaketime"
    assert outcome.events > 100
    assert outcome.figures > 300


def test_one_seed_is_one_plan_and_a_short_one_meets_every_kind() -> None:
    victims = Victims(("membership-api",), ("kafka-1",), ("postgres",), ("finance-relay",))
    first, again = (list(islice(plan(7, victims), 40)) for _ in range(2))
    assert first == again
    assert {fault.kind for fault in first[: len(KINDS)]} == set(KINDS)
    assert list(islice(plan(8, victims), 40)) != first
