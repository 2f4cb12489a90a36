"""Every alert in a real Prometheus: one stack, one fault after the other, from its cause to its end."""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from services.projection.writer import MOST_DEAD
from shared.clock import business_date, utc_now
from shared.log.leader import TRY
from tests.e2e.settling import caught_up
from tests.faults.log.test_lost_topic import recreate
from tests.faults.watched import causes
from tests.faults.watched.rules import alerts, quick_rules
from tests.support.load import Client, Land, Load, founded
from tests.support.servers import KafkaServer
from tests.support.signing import asking_as, signing_client
from tests.support.watching import Prometheus, needed, seen_by, watching
from unionstream.embedded.jobs import run_job
from unionstream.embedded.stack import Stack

pytestmark = [
    pytest.mark.real_kafka,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.asyncio(loop_scope="module"),
]

SECONDS = 150.0
RELAY = TRY[TRY.index("hashtextextended") :].removesuffix(")").replace("$1", "'union.finance'")
ROLLER, RECONCILER = (f"hashtext('projection'), hashtext('blue/{who}')" for who in ("roller", "reconciler"))


@dataclass
class Alarm:
    """What has fired so far, and what of it is over."""

    prometheus: Prometheus
    fired: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)

    async def fires(self, *names: str) -> None:
        """All of them, while their fault is there."""
        firing = self.prometheus.firing
        await seen_by(lambda: {*names} <= firing(), SECONDS, lambda: f"{names} fire; {firing()} do")
        self.fired |= {*names}

    async def over(self, *names: str) -> None:
        """None of them fires any more."""
        firing = self.prometheus.firing
        await seen_by(lambda: not {*names} & firing(), SECONDS, lambda: f"{names} are over; {firing()} fire")
        self.ended |= {*names}


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    top = Path(tempfile.mkdtemp(prefix="unionstream-watched-"))
    top.chmod(0o711)
    needed("prometheus")
    try:
        with Stack(top / "data") as running:
            yield running
    finally:
        shutil.rmtree(top, ignore_errors=True)


@pytest.fixture(scope="module")
def alarm(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Alarm]:
    folder = tmp_path_factory.mktemp("prometheus")
    with watching(stack, folder, needed("prometheus"), quick_rules()) as running:
        yield Alarm(running)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(stack: Stack) -> AsyncIterator[Client]:
    async with signing_client() as http:
        yield Client(http, stack.url)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def land(stack: Stack, client: Client) -> Land:
    """A little province with dues of this year."""
    land = await founded(client)
    await pays(client, land, 3)
    await caught_up(client.http, {name: stack.url(name) for name in stack.services})
    return land


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reconciler(stack: Stack, land: Land) -> AsyncIterator[asyncio.Event]:
    """Nobody reconciles until the event is set: it takes a while to be noticed."""
    back = asyncio.Event()
    held = asyncio.create_task(_held(stack, back))
    yield back
    back.set()
    await held


async def _held(stack: Stack, back: asyncio.Event) -> None:
    async with causes.lock_left_over(stack, "projection", RECONCILER):
        await back.wait()


def dues(land: Land, fen: int) -> dict[str, Any]:
    today = business_date(utc_now())
    return {
        "union": land.unions[0],
        "channel": "own",
        "period": f"{today:%Y-%m}",
        "amount_fen": fen,
        "received_on": today.isoformat(),
    }


async def pays(client: Client, land: Land, times: int) -> None:
    for fen in range(1, times + 1):
        told = await client.command("finance", "/v1/dues/receipts", dues(land, fen))
        assert told.acknowledged, told


async def job(stack: Stack, service: str, *words: str) -> None:
    reports: list[dict[str, Any]] = []
    code = await asyncio.to_thread(run_job, stack.data, service, words, reports.append)
    assert code == 0, reports


async def test_nothing_is_alarmed_while_all_is_well(
    alarm: Alarm, land: Land, reconciler: asyncio.Event
) -> None:
    await alarm.over(*alerts())
    alarm.ended.clear()


async def test_brokers_that_are_gone(alarm: Alarm, stack: Stack, client: Client, land: Land) -> None:
    await pays(client, land, 1)  # a head to be signed
    await asyncio.to_thread(stack.broker.kill)
    try:
        await pays(client, land, 1)
        wanted = "BrokerUnreachable", "EventsNotSent", "CheckpointsUnpublished"
        await alarm.fires(*wanted)
    finally:
        stack.broker.start()
        await asyncio.to_thread(stack.broker.wait_ready)
    await alarm.over(*wanted)


@pytest.mark.parametrize(
    ("name", "key", "wanted"),
    [("finance", RELAY, "NobodyRelays"), ("projection", ROLLER, "NobodyRolls")],
    ids=["relay", "roller"],
)
async def test_the_lock_of_a_leader_in_a_session_that_nobody_uses(
    alarm: Alarm, stack: Stack, name: str, key: str, wanted: str
) -> None:
    async with causes.lock_left_over(stack, name, key):
        await alarm.fires(wanted)
    await alarm.over(wanted)


async def test_a_slow_disk_under_the_projection(
    alarm: Alarm, stack: Stack, client: Client, land: Land
) -> None:
    load = Load(client, land, random.Random(8))
    async with causes.slow_disk(stack):
        running = asyncio.create_task(load.run(2))
        try:
            await alarm.fires("ReaderBehind", "FiguresLate")
        finally:
            load.stopping.set()
            await running
    await alarm.over("ReaderBehind", "FiguresLate")


async def test_a_forgotten_transaction_and_more_callers_than_a_service_can_hold(
    alarm: Alarm, stack: Stack, client: Client, land: Land
) -> None:
    rows = [{"reference": "row-of-a-flood", **dues(land, 1)}]
    wanted = "ConnectionsExhausted", "Overloaded", "ServerErrors"
    asking = causes.flood(client.http, stack.url("finance"), rows)
    async with asking, causes.forgotten_transaction(stack, "finance"):
        await alarm.fires(*wanted)
    await alarm.over(*wanted)


async def test_events_of_a_newer_release(alarm: Alarm, stack: Stack, client: Client, land: Land) -> None:
    await causes.of_a_newer_release(stack, 1)
    await alarm.fires("DeadLetters")
    await causes.of_a_newer_release(stack, 2 * MOST_DEAD)
    await alarm.fires("DeadLetterBurst")
    await decides(client, "admit", {"reason": "test"})
    await alarm.over("DeadLetterBurst")
    answer = await client.http.get(f"{client.urls('projection')}/v1/dead-letters", params={"limit": 500})
    for letter in answer.json()["letters"]:
        place = {name: letter[name] for name in ("topic", "stream", "sequence")}
        await decides(client, "drop", {**place, "reason": "test"})
    await alarm.over("DeadLetters")


async def decides(client: Client, what: str, order: dict[str, Any]) -> None:
    url = f"{client.urls('projection')}/v1/dead-letters/{what}"
    answer = await client.http.post(url, json=order, extensions=asking_as("operator"))
    assert answer.is_success, answer.text


async def test_a_log_that_was_changed_after_it_was_signed(alarm: Alarm, stack: Stack) -> None:
    async with causes.changed_log(stack, "membership"):
        await alarm.fires("SignedHeadsDiffer")
    await alarm.over("SignedHeadsDiffer")


async def test_a_topic_that_lost_what_it_had_and_one_with_records_of_others(
    alarm: Alarm, stack: Stack
) -> None:
    broker = KafkaServer("kafka", stack.broker.bootstrap, 1, 0, 0.0)
    await recreate(broker, "union.finance")
    await causes.put(stack, "union.welfare", {}, b"{}")
    await alarm.fires("TopicLostItsTail", "ForeignRecords")
    await alarm.over("TopicLostItsTail", "ForeignRecords")


async def test_a_process_that_was_killed_and_comes_back_with_another_catalogue(
    alarm: Alarm, stack: Stack, tmp_path: Path
) -> None:
    code = causes.another_catalogue(tmp_path)
    projection = stack.services["projection"]
    projection.kill()
    await alarm.fires("ProcessDown")
    async with causes.release(projection, code):
        await alarm.fires("FoldDiffers")
    await alarm.over("ProcessDown", "FoldDiffers")


async def test_nobody_reconciles(alarm: Alarm, reconciler: asyncio.Event) -> None:
    await alarm.fires("ReconciliationStalled")
    reconciler.set()
    await alarm.over("ReconciliationStalled")


async def test_a_forged_record_and_a_changed_sum(
    alarm: Alarm, stack: Stack, land: Land, tmp_path: Path
) -> None:
    await causes.put(stack, "union.rights", causes.forged_headers(), b"{}")
    await alarm.fires("ChainWrong", "StreamHalted")
    await causes.change_sums(stack, land.province)
    await alarm.fires("FiguresDisagree")
    rights = stack.services["rights"]
    rights.stop()
    rights.start()
    await alarm.fires("Fork")
    rights.stop()
    await job(stack, "rights", "republish", "--recreate", "--lost-to", str(tmp_path / "lost.jsonl"))
    rights.start()
    await asyncio.to_thread(rights.wait_ready)
    await job(stack, "projection", "rebuild", "--accept-differences")
    await alarm.over("FiguresDisagree", "ChainWrong", "StreamHalted", "Fork")


async def test_each_alert_has_fired_for_its_fault_and_is_over(alarm: Alarm) -> None:
    assert alarm.fired == alarm.ended == alerts()
    await alarm.over(*alerts())
