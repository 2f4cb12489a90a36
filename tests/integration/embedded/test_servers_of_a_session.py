"""The servers that all integration tests stand on."""

from __future__ import annotations

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from tests.support.servers import KafkaServer, MakeTopic, PostgresServer
from unionstream.embedded.broker_answers import admin


async def test_a_fresh_database_is_empty_and_its_owner_may_add_the_extensions_services_need(
    database: str,
) -> None:
    connection = await asyncpg.connect(database)
    try:
        for extension in ("ltree", "btree_gist", "pg_trgm"):
            await connection.execute(f"CREATE EXTENSION {extension}")
        tables = await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert tables == 0
        assert await connection.fetchval("SELECT uuid_extract_version(uuidv7())") == 7
    finally:
        await connection.close()


async def test_every_commit_reaches_the_disk(postgres: PostgresServer) -> None:
    connection = await asyncpg.connect(postgres.url())
    try:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert await connection.fetchval("SELECT current_setting($1)", setting) == "on"
    finally:
        await connection.close()


async def test_a_topic_keeps_everything_and_has_the_partitions_asked_for(
    kafka: KafkaServer, make_topic: MakeTopic
) -> None:
    topic = make_topic("union.kept", 3)
    async with admin(kafka.bootstrap) as client:
        (told,) = await client.describe_topics([topic])
    assert len(told["partitions"]) == 3


async def test_what_is_produced_is_consumed_byte_for_byte(kafka: KafkaServer, make_topic: MakeTopic) -> None:
    topic = make_topic()
    async with AIOKafkaProducer(bootstrap_servers=kafka.bootstrap, acks="all") as producer:
        await producer.send_and_wait(topic, "会员".encode(), key=b"k", partition=5)
    async with AIOKafkaConsumer(
        topic, bootstrap_servers=kafka.bootstrap, auto_offset_reset="earliest"
    ) as consumer:
        record = await consumer.getone()
    assert (record.partition, record.key, record.value) == (5, b"k", "会员".encode())
