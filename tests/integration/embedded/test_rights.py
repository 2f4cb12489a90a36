"""Apache Kafka with users and rights: a service writes its own topic, and no other of ours."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import KafkaError, TopicAuthorizationFailedError
from aiokafka.protocol.admin import CreateAclsRequest

from shared.brokers import reaching
from unionstream.embedded.broker import choose, make_broker
from unionstream.embedded.broker_answers import admin
from unionstream.embedded.deadline import run_aside, silent
from unionstream.embedded.kafka import Kafka
from unionstream.embedded.processes import PROCESSES
from unionstream.embedded.topics import CHECKPOINTS, make_topics
from unionstream.rights import Right, rights

pytestmark = [pytest.mark.real_kafka, pytest.mark.slow]
# As Kafka numbers them on the wire.
RESOURCES = {"topic": 2, "group": 3}
OPERATIONS = {"Read": 3, "Write": 4, "Create": 5, "Describe": 8, "DescribeConfigs": 10}
LITERAL, PREFIXED, ALLOW = 3, 4, 3
TOPICS = [process.topic for process in PROCESSES if process.topic]


async def give(kafka: str, right: Right) -> None:
    """What `kafka-acls.sh` does with the command that is printed for a right."""
    asked = CreateAclsRequest(
        RESOURCES[right.resource],
        right.name,
        PREFIXED if right.prefixed else LITERAL,
        f"User:{right.principal}",
        "*",
        OPERATIONS[right.operation],
        ALLOW,
    )
    async with admin(kafka) as client:
        answer = await client._send_to_controller(asked)
    assert [code for code, _ in answer.creation_responses] == [0], answer


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
            for right in rights():
                if right.principal in broker.passwords:
                    run_aside(lambda right=right: give(broker.bootstrap, right))  # type: ignore[misc]
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
