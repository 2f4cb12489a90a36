"""All stories in order, with progress; then waiting until the figures have seen everything."""

import asyncio
from collections.abc import Iterator
from uuid import UUID

import httpx
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from unionstream.demo import prefecture, town, tree
from unionstream.demo.scenario import Scenario
from unionstream.demo.sending import Sender
from unionstream.demo.steps import Known, Single, Step

CATCH_UP_SECONDS = 120.0
WRITING = ("membership", "finance", "welfare", "events", "rights", "affairs")


class NeverCaughtUp(Exception):
    """The projection did not reach what the services had written."""


def stories(scenario: Scenario, known: Known) -> Iterator[Step | Single]:
    """What happened, told once; each step may use the ids that earlier ones brought."""
    yield from tree.bodies(scenario)
    yield from town.tell(scenario, known)
    yield from prefecture.tell(scenario, known)
    yield from tree.renamings(scenario, known)
    yield from town.merged_away(scenario, known)


async def load(scenario: Scenario, urls: dict[str, str], client: httpx.AsyncClient) -> dict[str, UUID]:
    """Send everything and return the id of every reference."""
    sender = Sender(client, urls)
    columns = (TextColumn("{task.description:<32}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as progress:
        for step in stories(scenario, sender.known):
            total = len(step.rows if isinstance(step, Step) else step.commands)
            task = progress.add_task(step.title, total=total)
            await sender.send(step, lambda n, task=task: progress.advance(task, n))  # type: ignore[misc]
        await caught_up(urls, client, progress)
    return sender.known


async def caught_up(urls: dict[str, str], client: httpx.AsyncClient, progress: Progress) -> None:
    """Wait until the projection's cut holds every event that the services have logged."""
    task = progress.add_task("figures catch up", total=None)
    deadline = asyncio.get_running_loop().time() + CATCH_UP_SECONDS
    while True:
        behind, total = await _behind(urls, client)
        progress.update(task, total=total, completed=total - behind)
        if not behind:
            return
        if asyncio.get_running_loop().time() > deadline:
            raise NeverCaughtUp(f"The figures are {behind:,} events behind after {CATCH_UP_SECONDS:.0f} s.")
        await asyncio.sleep(0.1)


async def _behind(urls: dict[str, str], client: httpx.AsyncClient) -> tuple[int, int]:
    cut = (await client.get(f"{urls['projection']}/v1/cut")).raise_for_status().json()["lanes"]
    behind = total = 0
    for service in WRITING:
        heads = (await client.get(f"{urls[service]}/v1/streams")).raise_for_status().json()
        total += heads["logged"]
        reached = sum(cut.get(f"{heads['topic']}/{each['stream']}", 0) for each in heads["streams"])
        behind += heads["logged"] - reached
    return behind, total
