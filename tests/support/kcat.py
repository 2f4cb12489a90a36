"""What the documentation uses of kcat, for machines that have none: `python -m tests.support.kcat`."""

from __future__ import annotations

import argparse
import asyncio
import sys

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.log.topics import administering, partitions_of


async def _consume(options: argparse.Namespace) -> None:
    form = options.format.encode().decode("unicode_escape")
    async with administering(options.broker) as client:
        known = range(await partitions_of(client, options.topic))
    consumer = AIOKafkaConsumer(bootstrap_servers=options.broker, auto_offset_reset="earliest")
    await consumer.start()
    try:
        numbers = known if options.partition is None else [options.partition]
        for place in [TopicPartition(options.topic, number) for number in numbers]:
            consumer.assign([place])
            end = (await consumer.end_offsets([place]))[place]
            await consumer.seek_to_beginning(place)
            while await consumer.position(place) < end:
                for record in (await consumer.getmany(place, timeout_ms=500)).get(place, []):
                    headers = b",".join(name.encode() + b"=" + value for name, value in record.headers)
                    line = form.encode().replace(b"%h", headers).replace(b"%s", record.value)
                    sys.stdout.buffer.write(line)
    finally:
        await consumer.stop()


def main() -> None:
    parser = argparse.ArgumentParser()
    for flag in ("-C", "-q", "-e"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("-b", dest="broker", required=True)
    parser.add_argument("-t", dest="topic", required=True)
    parser.add_argument("-p", dest="partition", type=int)
    parser.add_argument("-o", choices=["beginning"])
    parser.add_argument("-f", dest="format", required=True)
    asyncio.run(_consume(parser.parse_args()))


if __name__ == "__main__":
    main()
