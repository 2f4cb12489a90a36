"""The figures asked back, at every level, and compared with what the scenario says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import httpx
import yaml
from rich.table import Table

from unionstream.demo.scenario import DATA, Frozen, Scenario
from unionstream.demo.steps import Known
from unionstream.demo.tree import division


class Expected(Frozen):
    """One figure that must come out; `from` and `to` are inclusive dates."""

    figure: str
    place: str
    value: int | str
    line: str = ""
    basis: Literal["as-was", "as-is"] = "as-was"
    start: str
    end: str


@dataclass(frozen=True)
class Checked:
    """An expectation and what the system says."""

    story: str
    expected: Expected
    label: str
    unit_name: str
    shown: str
    value: Any
    right: bool


def expectations() -> Iterator[tuple[str, Expected]]:
    """The shipped expectations with the story they belong to."""
    raw = yaml.safe_load((DATA / "expected.yaml").read_text("utf-8"))
    for story, lines in raw.items():
        for line in lines:
            start, end = line.pop("from"), line.pop("to")
            yield story, Expected(**line, start=str(start), end=str(end))


def places(scenario: Scenario, known: Known) -> dict[str, dict[str, UUID]]:
    """The units that the expectations name, by story."""
    town, prefecture = scenario.town, scenario.prefecture
    return {
        "town": {
            "group": known["union/group"],
            "sub_union": known["union/sub-union"],
            "union": known["union/new/0"],
            "village": known[division(town.villages[0])],
            "town": known[division(town.code)],
            "county": known[division(town.county)],
            "prefecture": known[division(town.county[:4] + "00000000")],
            "province": known[division(town.county[:2] + "0000000000")],
            "successor": known[division(town.successor)],
        },
        "prefecture": {
            "industry": known["industry/head"],
            "county_industry": known["industry/520502000000"],
            "county": known[division("520502000000")],
            "prefecture": known[division(prefecture.code)],
            "province": known[division(prefecture.code[:2] + "0000000000")],
        },
    }


async def check(
    known_places: dict[str, dict[str, UUID]], url: str, client: httpx.AsyncClient
) -> list[Checked]:
    """Ask for every expected figure."""
    return [
        await _one(story, expected, known_places[story][expected.place], url, client)
        for story, expected in expectations()
    ]


async def _one(story: str, expected: Expected, unit: UUID, url: str, client: httpx.AsyncClient) -> Checked:
    query = {"unit": str(unit), "figure": expected.figure, "from": expected.start, "to": expected.end}
    query |= {"basis": expected.basis} | ({"line": expected.line} if expected.line else {})
    answer = (await client.get(f"{url}/v1/figures", params=query)).raise_for_status().json()
    figure = answer["figures"][0]
    return Checked(
        story,
        expected,
        figure["label"],
        answer["unit"]["name"],
        figure["display"],
        figure["value"],
        str(figure["value"]) == str(expected.value),
    )


def table(story: str, results: list[Checked]) -> Table:
    """The figures of one story for a person."""
    shown = Table(title=f"{story}: figures at every level", title_justify="left")
    for column in ("unit", "figure", "from", "to", "basis", "value", "expected"):
        shown.add_column(column, overflow="fold")
    for each in (each for each in results if each.story == story):
        expected = each.expected
        basis = expected.basis + (f" · {expected.line}" if expected.line else "")
        mark = "[green]✓[/]" if each.right else f"[bold red]✗ {expected.value}[/]"
        shown.add_row(each.unit_name, each.label, expected.start, expected.end, basis, each.shown, mark)
    return shown
