"""Real servers for tests: one PostgreSQL and one broker per session, shared by its workers.

`postgres` and `kafka` are the servers; `database` is a fresh empty database for one test,
`module_database` for one module; `make_topic` makes a topic under a name of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings

from tests.support import servers
from tests.support.servers import KafkaServer, MakeTopic, PostgresServer
from unionstream.embedded.broker import choose

# No example has to be quick: a busy machine is no failure. CI tries the same examples every time; elsewhere
# each run draws others, and UNIONSTREAM_EXAMPLES makes it a long one.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# Tables are as wide as a wide terminal, whatever the terminal (or CI) that the tests are started from.
os.environ["COLUMNS"] = "200"

_FOLDER = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.stash[_FOLDER] = servers.open_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _FOLDER in config.stash:
        servers.close_folder(config.stash[_FOLDER])


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests of Apache Kafka itself: on a laptop without it they are skipped, in CI they fail."""
    if item.get_closest_marker("real_kafka") is None:
        return
    choice = choose()
    if choice.kind != "kafka":
        verdict = pytest.fail if os.environ.get("CI") else pytest.skip
        verdict(f"needs Apache Kafka, and the broker is {choice.kind}: {choice.reason}")


@pytest.fixture(scope="session")
def postgres() -> PostgresServer:
    return servers.postgres_server()


@pytest.fixture(scope="session")
def kafka() -> KafkaServer:
    return servers.kafka_server()


@pytest.fixture
def database(postgres: PostgresServer) -> Iterator[str]:
    """The address of an empty database, with its owner's role and password."""
    url = servers.make_database(postgres)
    yield url
    servers.drop_database(postgres, url)


@pytest.fixture(scope="module")
def module_database(postgres: PostgresServer) -> Iterator[str]:
    """As `database`, one for all tests of a module."""
    url = servers.make_database(postgres)
    yield url
    servers.drop_database(postgres, url)


@pytest.fixture
def make_topic(kafka: KafkaServer) -> MakeTopic:
    """`make_topic(name, partitions=6)` makes `name.RANDOM`, as all tests share one broker, and answers it."""

    def make(name: str = "union.test", partitions: int = 6) -> str:
        full = f"{name}.{uuid4().hex[:10]}"
        servers.make_topic(kafka, full, partitions)
        return full

    return make
