"""The figures asked back and compared with what a story's quantities say they must be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import httpx

from unionstream.demo.expressions import BadExpression, compute, filled, names_in, names_within, scope_of
from unionstream.demo.functions import FUNCTIONS
from unionstream.demo.story import expected

if TYPE_CHECKING:
    from unionstream.demo.story import Ask
    from unionstream.demo.telling import Story


@dataclass(frozen=True)
class Answer:
    """A figure that was asked: `id` is that of the printed one, "" for one that is not printed."""

    chapter: int
    id: str
    ask: Ask
    wanted: Any
    value: Any
    unit_name: str = ""
    label: str = ""
    display: str = ""

    @property
    def right(self) -> bool:
        """Whether the system says what the story's quantities say."""
        return _same(self.value, self.wanted)


def asked(story: Story) -> Iterator[tuple[str, Ask]]:
    """Every question about a story: the printed figures, where additive once more above, and its own."""
    for id_, each in expected().items():
        if each.chapter == story.scenario.chapter and each.is_:
            yield id_, each.ask
            if each.above:
                yield id_, each.ask.model_copy(update={"at": each.above, "line": ""})
    for ask in story.scenario.also:
        yield "", ask


def wanted_names(story: Story) -> set[str]:
    """The names of a story that its questions use."""
    names = {story.scenario.writer} if story.scenario.writer else set()
    for _id, ask in asked(story):
        names |= names_in(ask.at) | names_within(ask.part)
    return names


def wanted(story: Story, ask: Ask) -> Any:
    """What a figure must be, by the quantities. Raises BadExpression."""
    return compute(ask.is_, scope_of(FUNCTIONS, story.values))


@dataclass(frozen=True)
class Asker:
    """Asks about a story that was told: `names` are what telling it returned, `url` the projection's."""

    story: Story
    names: Mapping[str, Any]
    url: str
    client: httpx.AsyncClient

    async def all(self) -> list[Answer]:
        """Everything that is known to be asked about it."""
        return [await self.one(id_, ask) for id_, ask in asked(self.story)]

    async def one(self, id_: str, ask: Ask) -> Answer:
        """One figure; what the interface refuses is an answer too, and a wrong one."""
        must, scope = wanted(self.story, ask), scope_of(FUNCTIONS, self.names)
        said = await self._get(self._query(ask))
        chapter = self.story.scenario.chapter
        if not said.is_success:
            return Answer(chapter, id_, ask, must, f"{said.status_code}: {said.text[:300]}")
        whole = said.json()
        figure = whole["figures"][0]
        value, display = figure["value"], figure["display"]
        if ask.part:
            value = _part(figure, str(filled(ask.part, scope)))
            display = str(value)
        return Answer(chapter, id_, ask, must, value, whole["unit"]["name"], figure["label"], display)

    async def _get(self, query: dict[str, str]) -> httpx.Response:
        try:
            return await self.client.get(f"{self.url}/v1/figures", params=query)
        except httpx.RemoteProtocolError:  # the service closed an idle connection
            return await self.client.get(f"{self.url}/v1/figures", params=query)

    def _query(self, ask: Ask) -> dict[str, str]:
        first, last = period(self.story, ask.during)
        query = {
            "unit": compute(ask.at, scope_of(FUNCTIONS, self.names)),
            "figure": ask.figure,
            "from": first,
            "to": last,
            "basis": ask.basis,
            "line": ask.line,
            "by": ask.by,
        }
        return {name: value for name, value in query.items() if value}


def period(story: Story, name: str) -> tuple[str, str]:
    """First and last day of a period of the scenario; `year` is its calendar year. Raises BadExpression."""
    periods = {"year": ("{year}-01-01", "{year}-12-31")} | story.scenario.periods
    if name not in periods:
        raise BadExpression(f"chapter {story.scenario.chapter} has no period “{name}”")
    first, last = periods[name]
    scope = scope_of(FUNCTIONS, story.values)
    return str(filled(first, scope)), str(filled(last, scope))


def _part(figure: Mapping[str, Any], part: str) -> Any:
    for each in figure["by"]["parts"]:
        if str(each["value"]) == part:
            return each["amount"]
    return 0


def _same(value: Any, must: Any) -> bool:
    if value is None or must is None:
        return value is must
    try:
        return Decimal(str(value)) == Decimal(str(must))
    except ArithmeticError:
        return str(value) == str(must)
