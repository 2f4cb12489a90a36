"""What must be true after anything died: nothing acknowledged lost, nothing twice, and the figures right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import httpx

from tests.support.checker import Audit, Places
from tests.support.load import Client, Land, Told
from tests.support.recount import Period, Recount, recount
from tests.support.roles import SERVICES, Roles

Event = dict[str, Any]

EVENTS_OF = {
    "unions": ["UnionEstablished"],
    "move": ["UnionMoved"],
    "members": ["MemberJoined"],
    "transfer": ["MemberTransferredIn", "MemberTransferredOut"],
    "leave": ["MemberLeft"],
    "receipts": ["DuesReceived"],
    "refund": ["DuesRefunded"],
    "suggestions": ["SuggestionSubmitted"],
}
"""What each command records, by the last word of its address."""

FLOWS = ("members_joined", "members_left", "members_transferred_in", "members_transferred_out")
MONEY = ("dues_received", "dues_refunded")
ITEMS = ("improvement_items_total",)
STOCKS = ("members_total", "unions_total")
PERIODS = (Period("2000-01-01", "2010-12-31"), Period("2007-03-05", "2008-07-17"))
TODAY = "2100-01-01"


def places_of(roles: Roles) -> Places:
    """Where the checker looks."""
    logs = {f"union.{name}": roles.database(name) for name in SERVICES}
    readers = {
        name.removesuffix("-worker"): roles.database(name.removesuffix("-worker"))
        for name in roles.services
        if name.endswith("-worker") and not name.startswith("projection")
    }
    return Places(roles.kafka, logs, roles.database("projection"), readers)


def check_commands(told: Sequence[Told], audit: Audit) -> None:
    """Every acknowledged command is in the log exactly once, a refused one not at all; nothing else is."""
    by_actor = audit.by_actor()
    for each in told:
        made = by_actor.pop(each.actor, [])
        if each.path.endswith("/bulk"):
            _check_rows(each, made)
        elif each.acknowledged:
            assert sorted(map(_name, made)) == EVENTS_OF[each.path.rsplit("/", 1)[1]], each
            assert each.answer["id"] in {_about(event) for event in made}, each
        else:
            assert not made, each
    assert not by_actor, "events of commands that nobody sent"


def _check_rows(told: Told, made: Sequence[Event]) -> None:
    assert told.acknowledged, told
    results = told.answer["results"]
    taken = Counter(result["id"] for result in results if result["status"] != "refused")
    assert len(taken) == len(results) - 1, told  # one row of each list is wrong on purpose
    assert Counter(map(_about, made)) == taken, told


def _name(event: Event) -> str:
    return str(event["type"].split(".")[2])


def _about(event: Event) -> str:
    return str(event["data"].get("receipt") or event["subject"])


async def check_figures(client: Client, land: Land, audit: Audit) -> int:
    """At every level, for whole and broken months, as-was and as-is; returns how many were compared."""
    counted, compared = recount(audit.events), 0
    for unit in land.everywhere:
        for period in PERIODS:
            for basis, tree in (("as-was", None), ("as-is", TODAY)):
                wanted = dict(_wanted(counted, unit, period, tree))
                found = await _asked(client, unit, period, basis, list(wanted))
                assert found == wanted, (unit, period, basis)
                compared += len(wanted)
    return compared


def _wanted(counted: Recount, unit: str, period: Period, tree: str | None) -> Iterator[tuple[str, int]]:
    for figure in (*FLOWS, *MONEY, *ITEMS):
        yield figure, counted.flow(figure, unit, period, tree)
    for figure in STOCKS:
        yield figure, counted.stock(figure, unit, period, tree)
    yield "people_joined", counted.distinct("members_joined", unit, period, tree)


async def _asked(
    client: Client, unit: str, period: Period, basis: str, figures: Sequence[str]
) -> dict[str, int]:
    query: list[tuple[str, str | int | float | bool | None]] = [
        ("unit", unit),
        ("from", period.first),
        ("to", period.last),
        ("basis", basis),
        *(("figure", figure) for figure in figures),
    ]
    answer = await client.http.get(client.urls("projection") + "/v1/figures", params=httpx.QueryParams(query))
    assert answer.is_success, answer.text
    return {figure["id"]: figure["value"] for figure in answer.json()["figures"]}
