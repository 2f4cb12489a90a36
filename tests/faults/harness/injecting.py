"""Each fault done and undone. What was asked to die or to stop is running again when the fault is over."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import asyncpg
import psutil

from tests.faults.harness import clocks, disks
from tests.faults.harness.cluster import LOADED, Cluster
from tests.faults.harness.plan import Fault
from unionstream.embedded.child import Child

DELAY = 0.3
SPOIL = 0.2
SHARE_SLOW = 0.3

SLOW_COMMITS = f"""
CREATE OR REPLACE FUNCTION public.slow_commit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF random() < {SHARE_SLOW} THEN PERFORM pg_sleep(random() * 0.4); END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS slow_commit ON event_log;
CREATE TRIGGER slow_commit AFTER INSERT ON event_log FOR EACH ROW EXECUTE FUNCTION public.slow_commit()"""
"""Some transactions stay open after their events have places in the log: others commit before them."""

NO_SLOW_COMMITS = "DROP TRIGGER IF EXISTS slow_commit ON event_log"


@dataclass
class Injecting:
    """Faults done to one cluster; on the main thread, to which the children that it starts are bound."""

    cluster: Cluster
    _restarted: dict[int, float] = field(default_factory=dict)

    async def inject(self, fault: Fault) -> float:
        """Do it, let it last, undo it, and wait until whatever died answers again.

        Returns the moment (monotonic) at which it was undone, or at which the start of what died began.
        """
        ways: dict[str, Callable[[Fault], Awaitable[None]]] = {
            "kill": self._kill,
            "freeze": self._freeze,
            "cut": self._cut,
            "delay": self._delay,
            "corrupt": self._corrupt,
            "disk full": self._fill,
            "clock jump": self._jump,
            "slow commits": self._slow_down,
        }
        await ways[fault.kind](fault)
        return self._restarted.pop(fault.number, time.monotonic())

    async def raise_the_fallen(self) -> list[str]:
        """Start again what ended by itself, as a supervisor would; their names."""
        stack = self.cluster.roles.stack
        fallen = sorted(stack.fallen())
        for name in fallen:
            await self._start(name)
        return fallen

    async def _kill(self, fault: Fault) -> None:
        name = fault.victim
        if name == "postgres":
            self.cluster.roles.stack.postgres.kill()
        else:
            self._child(name).kill()
        await asyncio.sleep(fault.seconds)
        self._restarted[fault.number] = time.monotonic()
        await self._start(name)

    async def _start(self, name: str) -> None:
        """Started here; waited for aside, so that the load goes on."""
        roles = self.cluster.roles
        if name == "postgres":
            roles.stack.postgres.start()
            await asyncio.to_thread(roles.stack.postgres.wait_ready)
        elif name.startswith("kafka-"):
            node = self.cluster.node(name)
            node.start()
            await asyncio.to_thread(node.wait_ready)
        else:
            roles.services[name].start()
            await asyncio.to_thread(roles.services[name].wait_ready)

    async def _freeze(self, fault: Fault) -> None:
        pid = self._child(fault.victim).pid
        assert pid is not None
        frozen = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        _send(frozen, signal.SIGSTOP)
        try:
            await asyncio.sleep(fault.seconds)
        finally:
            _send(frozen, signal.SIGCONT)

    async def _cut(self, fault: Fault) -> None:
        proxies, proxy = self.cluster.proxies, self.cluster.proxy(fault.victim)
        proxy.shut = True
        proxies.call(proxy.cut)
        await asyncio.sleep(fault.seconds)
        proxy.shut = False

    async def _delay(self, fault: Fault) -> None:
        proxy = self.cluster.proxy(fault.victim)
        proxy.delay = DELAY
        await asyncio.sleep(fault.seconds)
        proxy.delay = 0.0

    async def _corrupt(self, fault: Fault) -> None:
        proxy = self.cluster.proxy(fault.victim)
        proxy.spoil = SPOIL
        await asyncio.sleep(fault.seconds)
        proxy.spoil = 0.0

    async def _fill(self, fault: Fault) -> None:
        disk = self.cluster.disks[fault.victim]
        await asyncio.to_thread(disks.fill, disk)
        try:
            await asyncio.sleep(fault.seconds)
        finally:
            disks.free(disk)

    async def _jump(self, fault: Fault) -> None:
        clock = self.cluster.clocks[fault.victim]
        clocks.put(clock, clocks.BY[fault.number % len(clocks.BY)])
        await asyncio.sleep(fault.seconds + 1)
        clocks.put(clock, "+0")

    async def _slow_down(self, fault: Fault) -> None:
        await self._everywhere(SLOW_COMMITS)
        await asyncio.sleep(fault.seconds)
        await self._everywhere(NO_SLOW_COMMITS)

    async def _everywhere(self, statement: str) -> None:
        for service in LOADED:
            await slow_commits(self.cluster.roles.stack.postgres.url(service), statement)

    def _child(self, name: str) -> Child:
        return self.cluster.roles.stack.children[name]


async def slow_commits(url: str, statement: str = SLOW_COMMITS) -> None:
    """Put the trigger into the database at `url`, or take it out; patient with a server that is just down."""
    async with asyncio.timeout(60):
        while True:
            try:
                connection = await asyncpg.connect(url, timeout=5)
                try:
                    await connection.execute(statement)
                finally:
                    await connection.close(timeout=5)
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await asyncio.sleep(0.2)
            else:
                return


def _send(processes: list[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        try:
            os.kill(process.pid, number)
        except ProcessLookupError:
            continue  # a session of PostgreSQL that ended meanwhile
