"""Verification from outside: a whole system passes, and every way of tampering with it is named."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer
from typer.testing import CliRunner

from shared.database import Pool
from shared.streams import partition_of
from tests.support import servers
from tests.support.ledgers import Story, append, hear, logged, make_ledger, publishing, relayed, until
from tests.support.servers import KafkaServer, MakeTopic, PostgresServer
from tests.support.world import build
from unionstream.cli.main import app
from unionstream.verifying.comparing import Verdict, verify
from unionstream.verifying.databases import databases
from unionstream.verifying.records import Topic

EVENTS = 60
NUMBER = 31

ENTER = """
INSERT INTO trail (lane, sequence, type, sequenced, chain)
SELECT $1, l.sequence, 'test', l.sequenced::timestamptz, decode(l.chain, 'hex')
FROM unnest($2::bigint[], $3::text[], $4::text[]) AS l(sequence, sequenced, chain)"""


@dataclass
class System:
    """A log, its topic, and a trail that has read it."""

    topic: str
    kafka: str
    log: Pool
    log_url: str
    trail_url: str

    async def verdict(self) -> Verdict:
        async with databases(self.topic, self.log_url, self.trail_url) as known:
            return await verify(Topic(self.topic, self.kafka), known, lambda *_: None)

    async def said(self) -> str:
        return "\n".join(map(str, (await self.verdict()).differences))

    async def on_trail(self, statement: str, *arguments: object) -> None:
        async with databases(self.topic, self.log_url, self.trail_url) as known:
            await known.trail.execute("SET default_transaction_read_only = off")
            await known.trail.execute(statement, *arguments)

    async def send(self, stream: int, headers: dict[str, bytes], value: bytes) -> None:
        producer = AIOKafkaProducer(bootstrap_servers=self.kafka)
        await producer.start()
        try:
            await producer.send_and_wait(
                self.topic, value, partition=partition_of(stream, 6), headers=list(headers.items())
            )
        finally:
            await producer.stop()


@pytest.fixture
async def system(
    postgres: PostgresServer, kafka: KafkaServer, make_topic: MakeTopic
) -> AsyncIterator[System]:
    topic = make_topic()
    log_url, trail_url = servers.make_database(postgres), servers.make_database(postgres)
    log = await make_ledger(log_url, topic)
    await build(trail_url)
    made = System(topic, kafka.bootstrap, log, log_url, trail_url)
    await append(log, [number % 24 for number in range(EVENTS)])
    async with publishing(log, topic, kafka.bootstrap):
        await until(lambda: relayed(log, EVENTS))
    await made.on_trail("INSERT INTO topic (number, name) VALUES ($1, $2)", NUMBER, topic)
    for stream, lines in (await hear(kafka.bootstrap, topic)).story.items():
        numbers, moments, chains, _ = zip(*lines, strict=True)
        await made.on_trail(ENTER, NUMBER * 24 + stream, list(numbers), list(moments), list(chains))
    try:
        yield made
    finally:
        await log.close()
        for url in (log_url, trail_url):
            servers.drop_database(postgres, url)


async def test_a_whole_system_agrees(system: System) -> None:
    verdict = await system.verdict()
    assert verdict.differences == []
    assert (verdict.events, verdict.logged, verdict.trailed) == (EVENTS, EVENTS, EVENTS)
    assert (verdict.unsent, verdict.unread, verdict.repeats) == (0, 0, 0)


async def test_what_was_sent_again_is_counted_and_no_difference(system: System) -> None:
    story: Story = await logged(system.log)
    for sequence, sequenced, chain, value in story[5]:
        headers = {
            "stream": b"5",
            "sequence": b"%d" % sequence,
            "sequenced": sequenced.encode(),
            "chain": chain.encode(),
        }
        await system.send(5, headers, value)
    verdict = await system.verdict()
    assert verdict.differences == []
    assert verdict.repeats == len(story[5])


async def test_events_on_their_way_are_no_difference(system: System) -> None:
    await append(system.log, [3, 3, 3])
    await system.on_trail("ALTER TABLE trail DISABLE TRIGGER append_only")
    await system.on_trail("DELETE FROM trail WHERE lane = $1 AND sequence > 1", NUMBER * 24 + 4)
    verdict = await system.verdict()
    assert verdict.differences == []
    assert (verdict.unread, verdict.unsent) == (len((await logged(system.log))[4]) - 1, 0)


async def test_altered_bytes_of_the_log_are_named(system: System) -> None:
    await system.log.execute("ALTER TABLE event_log DISABLE TRIGGER insert_only")
    await system.log.execute(
        "UPDATE event_log SET value = 'x'::bytea WHERE position ="
        " (SELECT position FROM event_number WHERE stream = 5 AND sequence = 2)"
    )
    assert await system.said() == "stream 5, number 2: the log has other bytes"


async def test_an_altered_chain_of_the_trail_is_named(system: System) -> None:
    await system.on_trail("ALTER TABLE trail DISABLE TRIGGER append_only")
    await system.on_trail(
        "UPDATE trail SET chain = sha256('x') WHERE lane = $1 AND sequence = 1", NUMBER * 24 + 6
    )
    assert await system.said() == "stream 6, number 1: the trail has another chain"


async def test_an_event_that_fell_out_of_the_trail_is_named(system: System) -> None:
    await system.on_trail("ALTER TABLE trail DISABLE TRIGGER append_only")
    await system.on_trail("DELETE FROM trail WHERE lane = $1 AND sequence = 1", NUMBER * 24 + 6)
    assert "stream 6, number 3: the trail has 2 events up to it" in await system.said()


async def test_a_record_that_no_log_knows_is_named(system: System) -> None:
    last = (await logged(system.log))[9][-1]
    headers = {
        "stream": b"9",
        "sequence": b"%d" % (last[0] + 1),
        "sequenced": last[1].encode(),
        "chain": b"0" * 64,
    }
    await system.send(9, headers, b"{}")
    said = await system.said()
    assert f"stream 9, number {last[0] + 1}: its chain is not what its bytes give" in said
    assert f"stream 9, number {last[0] + 1}: is on the topic, and the log does not have it" in said


async def test_what_the_log_believes_sent_and_is_not_there_is_named(system: System) -> None:
    await append(system.log, [3])
    async with publishing(system.log, system.topic, system.kafka):
        await until(lambda: relayed(system.log, EVENTS + 1))
    await system.log.execute(
        "UPDATE stream_head SET sequence = sequence + 1, relayed = relayed + 1 WHERE stream = 8"
    )
    said = await system.said()
    assert "stream 8" in said
    assert "was relayed by the log's account" in said


async def test_the_command_tells_and_exits_by_what_it_found(system: System, tmp_path: Path) -> None:
    places = [
        "--kafka", system.kafka, "--log", f"{system.topic}={system.log_url}", "--trail", system.trail_url,
    ]  # fmt: skip
    run = CliRunner()
    right = await asyncio.to_thread(run.invoke, app, ["verify", *places])
    assert right.exit_code == 0, right.output
    assert "agree" in right.output
    await system.on_trail("ALTER TABLE trail DISABLE TRIGGER append_only")
    await system.on_trail("UPDATE trail SET chain = sha256('x') WHERE lane = $1", NUMBER * 24)
    file = tmp_path / "verify.prom"
    wrong = await asyncio.to_thread(run.invoke, app, ["verify", "--metrics", str(file), *places])
    told = f'unionstream_verify_differences{{topic="{system.topic}"}} '
    assert float(file.read_text("utf-8").partition(told)[2].split()[0]) > 0
    assert wrong.exit_code == 1
    assert "stream 0, number 1: the trail has another chain" in " ".join(wrong.output.split())
    as_json = await asyncio.to_thread(run.invoke, app, ["verify", "--json", *places])
    assert json.loads(as_json.stdout)[0]["differences"][0]["stream"] == 0
    nobody = [*places[:-1], "postgresql://nobody:x@127.0.0.1:9/none"]
    assert (await asyncio.to_thread(run.invoke, app, ["verify", *nobody])).exit_code == 2
    assert (await asyncio.to_thread(run.invoke, app, ["verify", "--kafka", "x:1"])).exit_code == 2
