"""The land, then all chapters at once, with progress; then waiting until the figures have seen everything."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import httpx
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from unionstream.demo import tree
from unionstream.demo.asking import wanted_names
from unionstream.demo.posting import Advanced, Poster
from unionstream.demo.telling import Story, found, tell

if TYPE_CHECKING:
    from unionstream.demo.expanding import Batch
    from unionstream.demo.land import Land

CATCH_UP_SECONDS = 300.0
WRITING = ("membership", "finance", "welfare", "events", "rights", "affairs")
Names = dict[str, Any]


class NeverCaughtUp(Exception):
    """The projection did not reach what the services had written."""


async def load(
    land: Land, stories: Sequence[Story], urls: dict[str, str], client: httpx.AsyncClient
) -> dict[int, Names]:
    """Send everything and return the names of each chapter; told again, it changes nothing.

    Raises StoryRefused, BadExpression or an error of httpx, those of chapters in a group; NeverCaughtUp.
    """
    poster = Poster(client, urls)
    known: dict[str, str] = {}
    columns = (TextColumn("{task.description:<32}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as progress:
        for codes, batch in tree.bodies(land):
            ids = await poster.send(batch, tree.SOURCE, _alone(progress, batch))
            known.update(zip(codes, ids, strict=True))
        for story in stories:
            await found(story, poster, known, lambda batch: _alone(progress, batch))
        async with asyncio.TaskGroup() as group:
            told = [group.create_task(_told(story, poster, dict(known), progress)) for story in stories]
        for batch in tree.renamings(land, known):
            await poster.send(batch, tree.SOURCE, _alone(progress, batch))
        await caught_up(urls, client, progress)
    return {story.scenario.chapter: task.result() for story, task in zip(stories, told, strict=True)}


async def _told(story: Story, poster: Poster, known: dict[str, str], progress: Progress) -> Names:
    scenario = story.scenario
    bar = progress.add_task(f"chapter {scenario.chapter}: {scenario.title}"[:32], total=0)
    names = await tell(story, poster, known, lambda batch: _more(progress, bar, len(batch.items)))
    return {name: names[name] for name in wanted_names(story) if name in names}


def _alone(progress: Progress, batch: Batch) -> Advanced:
    return _more(progress, progress.add_task(batch.title, total=0), len(batch.items))


def _more(progress: Progress, bar: TaskID, items: int) -> Advanced:
    """A bar that grows by so many items; answers what advances it."""
    progress.update(bar, total=(progress.tasks[bar].total or 0) + items)
    return lambda done: progress.advance(bar, done)


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
