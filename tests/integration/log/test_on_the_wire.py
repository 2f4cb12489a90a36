"""What a stranger reads who knows nothing but docs/contracts: every type, as the relay sent it to a topic."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema_rs
from aiokafka import AIOKafkaConsumer, TopicPartition
from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka
from cloudevents.core.formats.json import JSONFormat
from pydantic_core import from_json, to_json

from shared.contracts import RELEASED
from shared.database import Pool
from shared.ids import new_id
from shared.streams import stream_of
from tests.contracts.published.files import BODIES, kept
from tests.support.ledgers import APPEND, publishing, relayed, until
from tests.support.servers import KafkaServer

GOLDEN = Path(__file__).parents[2] / "contracts" / "golden"
PARTITIONS = 6


@cache
def _validator(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(kept(name), validate_formats=True)


async def test_every_record_is_what_the_contracts_say(
    published: Pool, topic: str, kafka: KafkaServer
) -> None:
    events = [from_json((GOLDEN / f"{name}.json").read_bytes()) | {"id": str(new_id())} for name in RELEASED]
    async with publishing(published, topic, kafka.bootstrap):
        await _log(published, events)
        await until(lambda: relayed(published, len(events)), seconds=60)
    records = await _records(kafka.bootstrap, topic)
    assert sorted(_checked(record) for record in records) == sorted(RELEASED)


async def _log(pool: Pool, events: Sequence[dict[str, Any]]) -> None:
    ids, keys = ([UUID(each[name]) for each in events] for name in ("id", "unionkey"))
    streams = [stream_of(str(key)) for key in keys]
    await pool.execute(APPEND, ids, streams, ids, [1] * len(ids), [to_json(each) for each in events])


def _checked(record: Any) -> str:
    """Its type; fails if anything about it is not what the contracts say."""
    headers = dict(record.headers)
    _validator("headers.json").validate({name: value.decode() for name, value in headers.items()})
    _validator("envelope.json").validate(from_json(record.value))
    event = from_kafka(KafkaMessage(headers, record.key, record.value), JSONFormat())
    assert record.key.decode() == event.get_extension("unionkey")
    assert event.get_type() in kept("asyncapi.json")["components"]["messages"]
    _validator(f"{BODIES}/{event.get_type()}.json").validate(event.get_data())
    return str(event.get_type())


async def _records(bootstrap: str, topic: str) -> list[Any]:
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        parts = [TopicPartition(topic, each) for each in range(PARTITIONS)]
        consumer.assign(parts)
        ends = await consumer.end_offsets(parts)
        await consumer.seek_to_beginning(*parts)
        found: list[Any] = []
        while any([await consumer.position(part) < ends[part] for part in parts]):
            for records in (await consumer.getmany(timeout_ms=500)).values():
                found += records
        return found
    finally:
        await consumer.stop()
