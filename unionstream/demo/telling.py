"""A chapter told to a running system: its places, then its steps, one after another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from unionstream.demo.expanding import Telling, expand
from unionstream.demo.ground import Ground
from unionstream.demo.story import CHAPTERS, courses

if TYPE_CHECKING:
    from unionstream.demo.drawing import Values
    from unionstream.demo.expanding import Batch
    from unionstream.demo.posting import Advanced, Poster
    from unionstream.demo.story import Scenario

Begun = Callable[["Batch"], "Advanced"]


@dataclass(frozen=True)
class Story:
    """A scenario with its numbers, and where it is told.

    `fresh` 0 tells it in the real places; another number in a country of its own, apart from all others.
    """

    scenario: Scenario
    values: Values
    fresh: int = 0

    @property
    def source(self) -> str:
        """Under which its rows and commands are known, for good."""
        return f"chapter-{self.scenario.chapter:02}" + (f"-{self.fresh}" if self.fresh else "")

    @property
    def block(self) -> int:
        """Which generated people and employers are its own."""
        return self.scenario.chapter + (max(CHAPTERS) + 1) * self.fresh

    @property
    def ground(self) -> Ground:
        """Its places."""
        return Ground(self.scenario, self.fresh)


async def found(story: Story, poster: Poster, known: dict[str, str], begun: Begun) -> None:
    """The places of a story that are not there yet; stories with places in common: one after another."""
    for keys, batch in story.ground.founded(known):
        known.update(zip(keys, await poster.send(batch, story.source, begun(batch)), strict=True))


async def tell(story: Story, poster: Poster, known: dict[str, str], begun: Begun) -> dict[str, Any]:
    """Everything that happened, in order; returns the names of the story, ids of its units among them.

    `known` are ids of bodies by the keys of the ground, and grows. `begun` is called with
    every batch, and answers what is called as its items are done. Raises StoryRefused, or BadExpression for
    a scenario that is wrong.
    """
    await found(story, poster, known, begun)
    telling = Telling(story.values | places_of(story, known), story.block, courses())
    for step, scope, name in telling.steps(story.scenario.steps):
        batch = expand(step, scope, name)
        ids = await poster.send(batch, story.source, begun(batch)) if batch.items else []
        telling.keep(step, scope, name, ids if batch.many else ids[0])
    return telling.names


def places_of(story: Story, known: dict[str, str]) -> dict[str, Any]:
    """What its places are called in a story, `division(code, level)` for places of its own, and `fresh`."""
    places: dict[str, Any] = {"division": story.ground.code, "fresh": story.fresh}
    for name in story.scenario.places:
        ids = [known[key] for key in story.ground.keys(name)]
        places[name] = ids if len(ids) > 1 else ids[0]
    return places
