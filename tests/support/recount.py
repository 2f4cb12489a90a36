"""Figures counted plainly from the events of the log, one by one; it shares no code with the product."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

GRASSROOTS = 6
FOREVER = "9999-12-31"

Event = dict[str, Any]

HANGS = {"UnionEstablished", "UnionMoved"}
COUNTS = {
    "UnionEstablished": ("unions_established", "unions_total", 1),
    "MemberJoined": ("members_joined", "members_total", 1),
    "MemberTransferredIn": ("members_transferred_in", "members_total", 1),
    "MemberTransferredOut": ("members_transferred_out", "members_total", -1),
    "MemberLeft": ("members_left", "members_total", -1),
    "DuesReceived": ("dues_received", "", 0),
    "DuesRefunded": ("dues_refunded", "", 0),
    "SuggestionSubmitted": ("improvement_items_total", "", 0),
}
"""What an event moves: a flow by its amount (or by one), and perhaps a stock, up or down."""

AMOUNTS = ("amount_fen", "items")


@dataclass(frozen=True)
class Period:
    """First and last day, as text."""

    first: str
    last: str


@dataclass
class Recount:
    """Who hung where and when, and what happened at which unit on which day."""

    parents: dict[str, list[tuple[str, int, str | None]]] = field(default_factory=lambda: defaultdict(list))
    flows: dict[str, list[tuple[str, str, int, str]]] = field(default_factory=lambda: defaultdict(list))
    stocks: dict[str, list[tuple[str, str, int]]] = field(default_factory=lambda: defaultdict(list))

    def parent(self, unit: str, day: str) -> str | None:
        """The entry that holds on the day; before the first one, the first one."""
        entries = sorted(self.parents[unit])
        held = [entry for entry in entries if entry[0] <= day] or entries[:1]
        return held[-1][2] if held else None

    def under(self, unit: str, above: str, day: str) -> bool:
        """Whether the unit is `above`, or hangs under it on that day."""
        at: str | None = unit
        while at is not None:
            if at == above:
                return True
            at = self.parent(at, day)
        return False

    def flow(self, figure: str, unit: str, period: Period, tree: str | None = None) -> int:
        """Sum within the period, by the tree of each day, or of the day `tree`."""
        return sum(amount for _, amount, _ in self._within(figure, unit, period, tree))

    def distinct(self, figure: str, unit: str, period: Period, tree: str | None = None) -> int:
        """Subjects counted once."""
        return len({subject for _, _, subject in self._within(figure, unit, period, tree)})

    def stock(self, figure: str, unit: str, period: Period, tree: str | None = None) -> int:
        """Level at the end of the last day, of all who hang there then (or on the day `tree`)."""
        return sum(
            amount
            for where, day, amount in self.stocks[figure]
            if day <= period.last and self.under(where, unit, tree or period.last)
        )

    def _within(
        self, figure: str, unit: str, period: Period, tree: str | None
    ) -> Iterable[tuple[str, int, str]]:
        for where, day, amount, subject in self.flows[figure]:
            if period.first <= day <= period.last and self.under(where, unit, tree or day):
                yield day, amount, subject


def recount(events: Iterable[Event]) -> Recount:
    """Count these events."""
    counted = Recount()
    for event in events:
        _count(counted, event["type"].split(".")[2], event)
    return counted


def _count(counted: Recount, name: str, event: Event) -> None:
    unit, data, subject = event["unit"], event["data"], event["subject"]
    day = data["occurredon"]
    if name in HANGS:
        counted.parents[subject].append((day, event["streamversion"], data["parent"]))
    if name == "UnionMoved" or (name == "UnionEstablished" and data["level"] != GRASSROOTS):
        return
    flow, stock, sign = COUNTS[name]
    amount = next((data[name] for name in AMOUNTS if name in data), 1)
    counted.flows[flow].append((unit, day, amount, subject))
    if stock:
        counted.stocks[stock].append((unit, day, sign))
