"""The jobs that operators start are there in every service that needs them."""

from importlib import import_module

import pytest

from shared.process import ROLES
from unionstream.embedded.processes import FOLLOWERS, PROCESSES, Process


def jobs_of(process: Process) -> set[str]:
    jobs: set[str] = set(import_module(process.module).SERVICE.jobs)
    return jobs


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)
def test_a_service_with_a_topic_can_republish_it(process: Process) -> None:
    assert ("republish" in jobs_of(process)) == (process.topic is not None)
    assert not jobs_of(process) & set(ROLES)


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)
def test_a_service_with_copies_can_read_them_anew(process: Process) -> None:
    assert ("refollow" in jobs_of(process)) == (process.name in FOLLOWERS)


def test_the_projection_can_be_rebuilt() -> None:
    assert "rebuild" in jobs_of(next(each for each in PROCESSES if each.name == "projection"))
