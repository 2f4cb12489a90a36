"""Which broker to start: Apache Kafka, the reference, wherever the machine can; else the embedded one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from unionstream.embedded.child import Child
from unionstream.embedded.deadline import Say
from unionstream.embedded.embedded_broker import EmbeddedBroker
from unionstream.embedded.faults import NoBroker
from unionstream.embedded.java import OLDEST_JAVA, find_java, find_maven
from unionstream.embedded.kafka import Kafka
from unionstream.embedded.kafka_jars import jars_at_hand, kafka_jars, kafka_version

Kind = Literal["kafka", "embedded"]
WISHES = ("auto", "kafka", "embedded")


class Broker(Protocol):
    """`start` returns at once; `kill` is `kill -9`; after either end it may be started again."""

    kind: str

    @property
    def bootstrap(self) -> str: ...
    @property
    def replication(self) -> int: ...
    @property
    def children(self) -> dict[str, Child]: ...
    def start(self) -> None: ...
    def wait_ready(self) -> None: ...
    def stop(self) -> None: ...
    def kill(self) -> None: ...


@dataclass(frozen=True)
class Choice:
    """A kind of broker, and why it was chosen, in words for the user."""

    kind: Kind
    reason: str


def choose(wish: str | None = None) -> Choice:
    """Follows `wish` (default: the variable BROKER, else `auto`).

    Raises NoBroker for an unknown wish, and for `kafka` on a machine that cannot run it.
    """
    wish = wish or os.environ.get("BROKER") or "auto"
    if wish not in WISHES:
        raise NoBroker(f"BROKER is {wish!r}.", remedy=f"Use one of: {', '.join(WISHES)}.")
    if wish == "embedded":
        return Choice("embedded", "asked for by BROKER=embedded")
    lacking = what_kafka_lacks()
    if lacking is None:
        asked = "asked for by BROKER=kafka; " if wish == "kafka" else ""
        return Choice("kafka", f"{asked}{_where_from()}")
    if wish == "kafka":
        raise NoBroker(
            f"Apache Kafka cannot run here: {lacking}.",
            remedy=f"Install Java {OLDEST_JAVA} and Maven (or set KAFKA_HOME), or use BROKER=embedded.",
        )
    return Choice("embedded", f"Apache Kafka cannot run here: {lacking}")


def what_kafka_lacks() -> str | None:
    """What this machine lacks for Apache Kafka; None when nothing."""
    java = find_java()
    if java is None:
        return "there is no Java"
    if java.major < OLDEST_JAVA:
        return f"Java is {java.major}, and Kafka needs {OLDEST_JAVA}"
    if jars_at_hand() is None and find_maven() is None:
        return "Maven, which fetches it, is not on the path"
    return None


def _where_from() -> str:
    java = find_java()
    assert java is not None
    source = f"from KAFKA_HOME={home}" if (home := os.environ.get("KAFKA_HOME")) else f"{kafka_version()}"
    return f"Apache Kafka {source} on Java {java.major}"


def make_broker(
    choice: Choice, data: Path, brokers: int, say: Say, fronts: Sequence[tuple[int, int]] = ()
) -> Broker:
    """The broker of the stack in `data`, not started; Kafka is fetched first if it is not here yet.

    `fronts` as of `Kafka`.
    """
    if choice.kind == "embedded":
        if brokers != 1:
            raise NoBroker(
                f"The embedded broker cannot run {brokers} times.",
                remedy="Use --brokers 1, or BROKER=kafka.",
            )
        return EmbeddedBroker(data / "broker", data / "logs", say)
    java = find_java()
    assert java is not None
    return Kafka(data / "kafka", data / "logs", java.program, kafka_jars(say), brokers, say, fronts)
