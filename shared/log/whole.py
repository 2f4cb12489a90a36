"""Every record of a partition, from the earliest on, read without a group."""

from collections.abc import AsyncIterator

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.brokers import begin, fetched, reaching
from shared.log.producing import asking_broker
from shared.log.route import Route
from shared.reading.incoming import Incoming
from shared.reading.records import incoming

SECONDS = 60.0
AT_ONCE = 2000


async def records_of(route: Route, partition: int) -> AsyncIterator[list[Incoming]]:
    """In batches up to the end as it is at the beginning, foreign ones left out; raises `BrokerTrouble`."""
    place = TopicPartition(route.topic, partition)
    consumer = AIOKafkaConsumer(
        **reaching(route.kafka), enable_auto_commit=False, auto_offset_reset="earliest"
    )
    async with asking_broker(SECONDS):
        await begin(consumer)
    try:
        consumer.assign([place])
        async with asking_broker(SECONDS):
            end = (await consumer.end_offsets([place]))[place]
            await consumer.seek_to_beginning(place)
        while await consumer.position(place) < end:
            async with asking_broker(SECONDS):
                found = await fetched(consumer, place, timeout_ms=500, max_records=AT_ONCE)
            read = (incoming(raw, route.partitions) for raw in found.get(place, []))
            yield [each for each in read if each is not None]
    finally:
        await consumer.stop()
