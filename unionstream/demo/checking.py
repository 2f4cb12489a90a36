"""The figures asked back, at every level, and compared with what the scenario says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import httpx
from rich.box import SIMPLE_HEAD
from rich.table import Table

from shared.yamls import read_yaml
from unionstream.demo.scenario import DATA, Frozen, Scenario
from unionstream.demo.steps import Known
from unionstream.demo.tree import division

TITLES = {
    "town": "A town of Ningbo in 2006, from the group to the province; merged into its neighbour in 2013",
    "prefecture": "An industry union of a prefecture of Guizhou, 2004 and 2005; renamed in 2011",
}


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
    raw = read_yaml((DATA / "expected.yaml").read_text("utf-8"))
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
    """The figures of one story for a person; fits in 80 columns, and no date is ever folded."""
    shown = Table(
        title=TITLES[story], title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False
    )
    shown.add_column("union", overflow="fold")
    shown.add_column("figure", overflow="fold")
    shown.add_column("period", no_wrap=True)
    shown.add_column("tree", no_wrap=True)
    shown.add_column("value", no_wrap=True, justify="right")
    shown.add_column("", no_wrap=True)
    for each in (each for each in results if each.story == story):
        expected = each.expected
        mark = "[green]✓[/]" if each.right else f"[bold red]✗ {expected.value}[/]"
        shown.add_row(each.unit_name, each.label, _period(expected), _tree(expected), each.shown, mark)
    return shown


def _period(expected: Expected) -> str:
    same_year = expected.start[:5] == expected.end[:5]
    return f"{expected.start}…{expected.end[5:] if same_year else expected.end}"


def _tree(expected: Expected) -> str:
    return "industry" if expected.line else expected.basis
