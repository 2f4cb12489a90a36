"""Apache Kafka with users and rights: a service writes its own topic, and no other of ours."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import KafkaError, TopicAuthorizationFailedError
from typer.testing import CliRunner

from shared.brokers import reaching
from unionstream.cli.main import app
from unionstream.embedded.broker import choose, make_broker
from unionstream.embedded.deadline import run_aside, silent
from unionstream.embedded.kafka import Kafka
from unionstream.embedded.processes import PROCESSES
from unionstream.embedded.topics import CHECKPOINTS, make_topics
from unionstream.rights import rights

pytestmark = [pytest.mark.real_kafka, pytest.mark.slow]
TOPICS = [process.topic for process in PROCESSES if process.topic]


@pytest.fixture(scope="module")
def kafka() -> Iterator[Kafka]:
    """A broker at which finance and projection have to sign in; the rights are those that are printed."""
    with tempfile.TemporaryDirectory(prefix="unionstream-test-") as folder:
        broker = make_broker(choose("kafka"), Path(folder), 1, silent)
        assert isinstance(broker, Kafka)
        broker.passwords = {name: f"word-of-{name}" for name in ("admin", "finance", "projection")}
        broker.start()
        try:
            broker.wait_ready()
            run_aside(lambda: make_topics(broker.bootstrap, [*TOPICS, CHECKPOINTS], 1, 1))
            said = CliRunner().invoke(app, ["rights", "--apply", broker.bootstrap])
            assert said.exit_code == 0, said.output
            assert said.output == f"{len(rights())} rights are given.\n"
            yield broker
        finally:
            broker.stop()


async def sent(kafka: str, topic: str) -> None:
    producer = AIOKafkaProducer(**reaching(kafka), acks="all", enable_idempotence=True)
    try:
        await producer.start()
        await producer.send_and_wait(topic, b"{}")
    finally:
        await producer.stop()


async def first(kafka: str, topic: str) -> Any:
    told = reaching(kafka) | {"auto_offset_reset": "earliest", "request_timeout_ms": 5000}
    consumer = AIOKafkaConsumer(topic, **told)
    try:
        await consumer.start()
        return (await consumer.getone()).value
    finally:
        await consumer.stop()


async def test_a_service_writes_its_own_topic_and_the_projection_reads_it(kafka: Kafka) -> None:
    await sent(kafka.signed_in("finance"), "union.finance")
    assert await first(kafka.signed_in("projection"), "union.finance") == b"{}"


@pytest.mark.parametrize("topic", ["union.membership", "union.welfare", "union.projection"])
async def test_a_service_that_writes_another_s_topic_is_refused(kafka: Kafka, topic: str) -> None:
    with pytest.raises(TopicAuthorizationFailedError):
        await sent(kafka.signed_in("finance"), topic)
    with pytest.raises(KafkaError):
        await sent(kafka.signed_in("projection"), "union.finance")


async def test_a_service_does_not_read_what_it_keeps_no_copies_of(kafka: Kafka) -> None:
    with pytest.raises(KafkaError):
        await first(kafka.signed_in("finance"), "union.welfare")


async def test_who_does_not_sign_in_is_not_answered(kafka: Kafka) -> None:
    wrong = kafka.home / "wrong.password"
    wrong.write_text("guessed", encoding="ascii")
    own = str(kafka.home / "finance.password")
    for address in (
        kafka.signed_in("finance").rpartition("@")[2].partition("?")[0],
        kafka.signed_in("finance").replace(own, str(wrong)),
    ):
        with pytest.raises(KafkaError):
            await sent(address, "union.finance")


async def test_rights_are_not_given_by_somebody_who_may_not(kafka: Kafka) -> None:
    for address, exit_code in ((kafka.signed_in("finance"), 2), ("sasl+ssl://admin@here", 2)):
        said = await asyncio.to_thread(CliRunner().invoke, app, ["rights", "--apply", address])
        assert said.exit_code == exit_code, said.output
        assert "rights are given" not in said.output
