"""The questions that are put to a large province, and at which levels."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.projection.queries import answering, trail
from services.projection.queries.question import Asked
from services.projection.queries.snapshot import Snapshot
from unionstream.cli.figures import HEADLINES

# Neither begins nor ends with a month, so that whole months and edge days are read; units moved meanwhile.
MONTHS = date(2019, 3, 10), date(2020, 9, 20)
YEARS = date(2012, 1, 1), date(2023, 12, 31)
PAGE = 100

Ask = Callable[[Snapshot, str], Awaitable[object]]
ABOVE = ("province", "prefecture", "county", "town")
EVERY = (*ABOVE, "union")


@dataclass(frozen=True)
class Kind:
    """A sort of question; `beside` is the plain SQL it is compared with, `aim` in milliseconds.

    `before` makes of a union what is asked, outside the time that is measured.
    """

    what: str
    ask: Ask
    levels: tuple[str, ...] = ABOVE
    beside: str = ""
    aim: int | None = None
    before: Callable[[Snapshot, str], Awaitable[str]] | None = None


@dataclass(frozen=True)
class Cuts:
    """Two earlier cuts, one of them before half of the moves, and a moment long before the last event."""

    near: str
    before_moves: str
    moment: datetime


def figures(*names: str, by: str = "", days: tuple[date, date] = MONTHS, **more: Any) -> Ask:
    """The figures of one union, as the API answers them."""

    async def ask(moment: Snapshot, unit: str) -> object:
        return await answering.figures(moment, Asked(unit, *days, **more), list(names), by)

    return ask


def traced(figure: str) -> Ask:
    """A page of the facts behind a figure; `unit` may be followed by the cursor of the page."""

    async def ask(moment: Snapshot, unit: str) -> object:
        name, _, cursor = unit.partition(" ")
        return await answering.trace(moment, Asked(name, *MONTHS), (figure, ""), (cursor, PAGE))

    return ask


async def second_page(moment: Snapshot, unit: str) -> str:
    """The union with the cursor of the second page of those who joined."""
    page = await answering.trace(moment, Asked(unit, *MONTHS), ("members_joined", ""), ("", PAGE))
    return f"{unit} {page.next}"


async def trailed(moment: Snapshot, unit: str) -> object:
    """The newest page of the trail."""
    return await trail.trail(moment, trail.Wanted(unit, 0), "", PAGE)


def kinds(cuts: Cuts) -> tuple[Kind, ...]:
    """Every sort of question, the aims of additive and distinct figures and of traces with them."""
    group, count, row = "GROUP BY", "count(DISTINCT)", "one row"
    return (
        Kind("flow of 18 months", figures("members_joined"), EVERY, group, 20),
        Kind("money of 18 months", figures("dues_received"), EVERY, group, 20),
        Kind("stock on a day", figures("members_total"), EVERY, group, 20),
        Kind("flow, as-is", figures("members_joined", basis="as-is"), ABOVE, group, 20),
        Kind("stock, as-is", figures("members_total", basis="as-is"), ABOVE, group, 20),
        Kind("flow by sex", figures("members_joined", by="sex"), EVERY, group, 20),
        Kind(
            "flow on a line", figures("members_joined", line="health"), ("province", "prefecture"), group, 20
        ),
        Kind("people who joined", figures("people_joined"), EVERY, count, 500),
        Kind("the same, as-is", figures("people_joined", basis="as-is"), ABOVE, count, 500),
        Kind("the same by sex", figures("people_joined", by="sex"), ABOVE, count, 500),
        Kind("the same, 12 years", figures("people_joined", days=YEARS), ABOVE, count, 500),
        Kind("people relieved", figures("relief_people"), ABOVE, count, 500),
        Kind("the same by programme", figures("relief_people", by="relief_programme"), ABOVE, count, 500),
        Kind("payers of dues", figures("dues_payers"), ABOVE, count, 500),
        Kind("the same, 12 years", figures("dues_payers", days=YEARS), ABOVE, count, 500),
        Kind("11 headline figures", figures(*HEADLINES), EVERY),
        Kind("trace, first page", traced("members_joined"), EVERY, row, 50),
        Kind("trace, second page", traced("members_joined"), ABOVE, row, 50, second_page),
        Kind("trace of few facts", traced("condolence_people"), ABOVE, row, 50),
        Kind("trail, newest page", trailed, EVERY, row, 50),
        Kind("flow, near cut", figures("members_joined", cut=cuts.near), ABOVE, group),
        Kind("flow, cut before moves", figures("members_joined", cut=cuts.before_moves), ABOVE, group),
        Kind("flow, known at", figures("members_joined", known_at=cuts.moment), ABOVE, group),
    )
