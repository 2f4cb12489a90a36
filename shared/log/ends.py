"""The ends of a topic, looked at while nothing is sent: one that goes back has lost confirmed records.

A relay that sends learns it from the offset it is given; one that has nothing to send would not, and readers
who come later would find a topic that ends too early.
"""

import asyncio
from collections.abc import Sequence

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.brokers import begin, reaching
from shared.log.producing import BrokerTrouble, asking_broker
from shared.log.relay import Relay
from shared.log.route import Route

LOOK_SECONDS = 10.0
ANSWER_SECONDS = 10.0


async def watch_ends(route: Route, relays: Sequence[Relay]) -> None:
    """Until cancelled: tell the relay of a partition whose end is lower than it was."""
    highest = dict.fromkeys(range(route.partitions), 0)
    while True:
        sent = {partition: relay.end for partition, relay in enumerate(relays)}  # before it is asked for
        highest = {partition: max(end, sent[partition]) for partition, end in highest.items()}
        try:
            ends = await ends_of(route)
        except BrokerTrouble:
            ends = {}  # it is the relays that complain
        for partition, end in ends.items():
            if end < highest[partition]:
                relays[partition].lose_tail(end)
        highest |= ends
        await asyncio.sleep(LOOK_SECONDS)


async def ends_of(route: Route) -> dict[int, int]:
    """The next offset of every partition; raises `BrokerTrouble`."""
    places = [TopicPartition(route.topic, partition) for partition in range(route.partitions)]
    consumer = AIOKafkaConsumer(**reaching(route.kafka), enable_auto_commit=False)
    try:
        async with asking_broker(ANSWER_SECONDS):
            await begin(consumer)
            consumer.assign(places)
            ends = await consumer.end_offsets(places)
    finally:
        stopping = asyncio.create_task(consumer.stop())
        await asyncio.wait({stopping}, timeout=2)  # it waits for brokers that are away
        stopping.cancel()
    return {place.partition: end for place, end in ends.items()}
