"""Load and plan together for so long; then all is let settle, and judged from outside."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.faults.harness.cluster import Cluster, cluster
from tests.faults.harness.injecting import Injecting
from tests.faults.harness.load import WideLoad
from tests.faults.harness.plan import KINDS, Fault, plan
from tests.faults.path.verdicts import check_commands, check_figures, places_of
from tests.support.checker import audit, settled
from tests.support.ledgers import until
from tests.support.load import Client, Land, founded
from tests.support.roles import tell_faults
from tests.support.signing import signing_client

CLIENTS = 6
SETTLE_SECONDS = 300.0
RECOVERY_SECONDS = 300.0
PROBE_DAY = "2011-01-31"
"""After every day that the load tells of and the auditor asks for."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Injected:
    """A fault that is over.

    `recovered`: seconds from its end (where something died: from the start of its start) until a command of
    its own stood in its figure; `fallen`: what else ended by it.
    """

    fault: Fault
    recovered: float
    fallen: tuple[str, ...] = ()


@dataclass
class Outcome:
    """What was done, and what the auditor found; `findings` is empty when all is as promised."""

    seed: int
    seconds: float = 0.0
    injected: list[Injected] = field(default_factory=list)
    commands: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    events: int = 0
    repeats: int = 0
    figures: int = 0
    spoilt: int = 0
    cut: int = 0
    loads: list[float] = field(default_factory=list)
    """Of the whole machine, after every fault."""
    findings: list[str] = field(default_factory=list)


async def run(data: Path, seed: int, seconds: float, say: Say) -> Outcome:
    """Everything dies for `seconds`, or longer, until every kind of fault has been met once.

    Raises nothing that is a finding. Call it on the main thread.
    """
    with cluster(data, seed) as made:
        outcome = await Course(made, Outcome(seed), say).run(seconds)
        if outcome.findings:
            tell_faults(data / "logs")
        return outcome


@dataclass
class Course:
    """One run on a running cluster."""

    cluster: Cluster
    outcome: Outcome
    say: Say

    async def run(self, seconds: float) -> Outcome:
        began = time.monotonic()
        async with signing_client(timeout=10) as http:
            client = Client(http, self.cluster.roles.url)
            land = await founded(client)
            load = WideLoad(client, land, random.Random(self.outcome.seed))
            running = asyncio.create_task(load.run(CLIENTS))
            probe = Probe(client, land.unions[0])
            try:
                await self._until(began + seconds, probe, running)
            finally:
                load.stopping.set()
                await self._noting("the load", running)
            self.outcome.seconds = time.monotonic() - began
            await self._judge(client, land)
        return self.outcome

    async def _until(self, end: float, probe: Probe, running: asyncio.Task[None]) -> None:
        injecting = Injecting(self.cluster)
        overlapping: list[asyncio.Task[None]] = []
        for fault in plan(self.outcome.seed, self.cluster.victims):
            await asyncio.sleep(fault.gap)
            if running.done() or (time.monotonic() > end and fault.number > len(KINDS)):
                break
            self.say(f"{fault.number:4} {fault.kind} {fault.victim} for {fault.seconds} s")
            if fault.alone:
                await asyncio.gather(*overlapping)
                overlapping.clear()
                await self._one(fault, injecting, probe)
            else:
                overlapping.append(asyncio.create_task(self._one(fault, injecting, probe)))
        await asyncio.gather(*overlapping)

    async def _one(self, fault: Fault, injecting: Injecting, probe: Probe) -> None:
        healed = await injecting.inject(fault)
        fallen = await injecting.raise_the_fallen()
        await self._noting(f"after {fault.kind} of {fault.victim}", probe.reaches(RECOVERY_SECONDS))
        self.outcome.loads.append(os.getloadavg()[0])
        self.outcome.injected.append(Injected(fault, time.monotonic() - healed, tuple(fallen)))

    async def _noting(self, when: str, work: Awaitable[None]) -> None:
        """What goes wrong is a finding, and the run goes on."""
        try:
            await work
        except (AssertionError, TimeoutError, ExceptionGroup) as error:
            self.outcome.findings.append(f"{when}: {type(error).__name__} {error!r:.1000}")

    async def _judge(self, client: Client, land: Land) -> None:
        """Every promise by itself, so that one that is broken does not hide the next."""
        outcome = self.outcome
        outcome.commands = Counter("accepted" if each.acknowledged else each.code for each in client.told)
        outcome.asked = sum(each.asked for each in client.told)
        outcome.spoilt = sum(proxy.spoilt for proxy in self.cluster.proxies.all)
        outcome.cut = sum(proxy.cuts for proxy in self.cluster.proxies.all)
        places = places_of(self.cluster.roles)
        try:
            await settled(places, SETTLE_SECONDS)
            found = await audit(places)
            outcome.events, outcome.repeats = len(found.events), found.repeats
            assert found.early == 0, f"{found.early} records stood behind holes"
            check_commands(client.told, found)
            outcome.figures = await check_figures(client, land, found)
        except AssertionError as finding:
            outcome.findings.append(str(finding)[:2000])


@dataclass
class Probe:
    """A command of its own, and the figure that it must come to stand in."""

    client: Client
    union: str
    _taken: int = 0

    async def reaches(self, seconds: float) -> None:
        """Fails when a new command is not accepted and counted in time."""
        self._taken += 1
        reference = f"9{self._taken:03}"
        body = {
            "union": self.union,
            "channel": "own",
            "period": PROBE_DAY[:7],
            "amount_fen": int(reference),
            "received_on": PROBE_DAY,
        }
        wanted = sum(int(f"9{n:03}") for n in range(1, self._taken + 1))
        async with asyncio.timeout(seconds):
            told = await self.client.command("finance", "/v1/dues/receipts", body)
            assert told.acknowledged, told
            await until(lambda: self._counted(wanted), seconds, every=0.05)

    async def _counted(self, wanted: int) -> bool:
        query = {"unit": self.union, "figure": "dues_received", "from": PROBE_DAY, "to": PROBE_DAY}
        try:
            answer = await self.client.http.get(self.client.urls("projection") + "/v1/figures", params=query)
        except httpx.TransportError:
            return False
        if answer.is_server_error:
            return False
        return int(answer.json()["figures"][0]["value"] or 0) >= wanted
