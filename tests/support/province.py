"""A small province for the projection's tests: who is under whom, told by the business's own events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from shared.contracts import affairs as a
from shared.contracts import finance as f
from shared.contracts import membership as m
from tests.support.world import World, day, named

PLACE = "999999000000"
FOUNDED = day("2005-01-01")
OF_JOINING: dict[str, Any] = {
    "measure": "members_joined",
    "population": "all",
    "year": 2010,
    "first_day": day("2010-01-01"),
    "last_day": day("2010-12-31"),
}


@dataclass
class Province:
    """Words for what happens, so that a test reads as the business does."""

    world: World

    def union(self, name: str, level: int, parent: str | None, on: date = FOUNDED, **more: Any) -> None:
        """Established under a parent; the lineage follows the parent's."""
        above = self.world.paths.get(named(parent), (named(parent),)) if parent else ()
        self.world.paths[named(name)] = (*above, named(name))
        kind = "general" if level < 6 else "enterprise" if level == 6 else "group"
        given: dict[str, Any] = {"kind": kind, "form": "committee", "name": name} | more
        event = m.UnionEstablished(
            occurredon=on, level=level, parent=named(parent) if parent else None, **given
        )
        self.world.record(event, name)

    def found(self) -> None:
        """Province > prefecture > east, west; east > north, south; unions of enterprises in them."""
        for name, level, parent in (
            ("province", 1, None),
            ("prefecture", 2, "province"),
            ("east", 3, "prefecture"),
            ("west", 3, "prefecture"),
            ("north", 4, "east"),
            ("south", 4, "east"),
            ("river", 4, "west"),
            ("mill", 6, "north"),
            ("forge", 6, "north"),
            ("dairy", 6, "south"),
            ("mine", 6, "west"),
            ("shift", 7, "mill"),
        ):
            self.union(name, level, parent)

    def joins(self, person: str, union: str, on: str, sex: str = "male", worker_kind: str = "worker") -> None:
        """A person becomes a member."""
        event = m.MemberJoined(occurredon=day(on), person=named(person), sex=sex, worker_kind=worker_kind)
        self.world.record(event, union, f"{person} at {union}")

    def leaves(self, person: str, union: str, on: str) -> None:
        """The membership ends."""
        event = m.MemberLeft(
            occurredon=day(on), person=named(person), sex="male", worker_kind="worker",
            standing="in_service", reason="resigned",
        )  # fmt: skip
        self.world.record(event, union, f"{person} at {union}")

    def pays(self, union: str, on: str, fen: int, employer: str | None = None, channel: str = "own") -> None:
        """Dues arrive."""
        event = f.DuesReceived(
            occurredon=day(on), receipt=named(f"receipt {self.world.events}"), channel=channel, period="2010",
            amount_fen=fen, employer=named(employer) if employer else None,
        )  # fmt: skip
        self.world.record(event, union, f"account of {union}")

    def gets_back(self, union: str, on: str, fen: int) -> None:
        """Dues are refunded."""
        event = f.DuesRefunded(
            occurredon=day(on), receipt=named("receipt"), channel="own", period="2010", amount_fen=fen
        )
        self.world.record(event, union, f"account of {union}")

    def has_to_receive(self, union: str, year: int, fen: int, old: int | None = None) -> None:
        """The parent sets a target of dues."""
        event = f.DuesTargetSet(
            occurredon=date(year, 1, 10), year=year, old_fen=old, amount_fen=fen, issuer=named("prefecture")
        )
        self.world.record(event, union, f"target of {union}")

    def is_to_reach(self, union: str, number: int, **about: Any) -> None:
        """A target of members joined in 2010 is handed down."""
        event = a.TargetAssigned(
            occurredon=day("2010-01-10"), issuer=named("province"), number=number, document="责1号",
            year_before=2009, **(OF_JOINING | about),
        )  # fmt: skip
        self.world.record(event, union, f"{event.measure} of {union}")

    def says_it_reached(self, union: str, done: int, on: str, **about: Any) -> None:
        """The union closes that target."""
        event = a.TargetMet(
            occurredon=day(on), cut_on=day(on), number=done, done_numerator=done, done_denominator=1,
            done=done, over=0, over_fulfilled=False, **(OF_JOINING | about),
        )  # fmt: skip
        self.world.record(event, union, f"{event.measure} of {union}")

    def reports(self, union: str, on: str, workers: int, old: int | None = None) -> None:
        """An employer reports its headcount."""
        event = m.WorkforceReported(
            occurredon=day(on), employer=named(f"employer of {union}"), old_workers=old, workers=workers,
            old_women=old and 0, women=0, old_migrants=old and 0, migrants=0,
        )  # fmt: skip
        self.world.record(event, union, f"employer of {union}")

    def grants(self, who: str, role: str, unit: str, line: str | None = None) -> None:
        """Somebody holds a role at a union from now on."""
        event = m.RoleGranted(occurredon=FOUNDED, holder=who, role=role, line=line)
        self.world.record(event, unit, f"{who} {role} {unit}")

    def withdraws(self, who: str, role: str, unit: str) -> None:
        """No longer."""
        event = m.RoleWithdrawn(occurredon=FOUNDED, holder=who, role=role, line=None)
        self.world.record(event, unit, f"{who} {role} {unit}")

    def moves(self, union: str, old: str, new: str, on: str) -> None:
        """From that day on it hangs under another parent."""
        event = m.UnionMoved(occurredon=day(on), old_parent=named(old), parent=named(new))
        self.world.record(event, union)

    def merges(self, union: str, successor: str, on: str, level: int = 6) -> None:
        """It ends; its history counts under the successor from that day on."""
        event = m.UnionMerged(
            occurredon=day(on), successor=named(successor), kind="enterprise", form="committee", level=level
        )
        self.world.record(event, union)

    def joins_line(self, union: str, line: str, parent: str, on: str) -> None:
        """It hangs on an industry line."""
        event = m.UnionJoinedLine(occurredon=day(on), line=line, old_parent=None, parent=named(parent))
        self.world.record(event, union)

    def leaves_line(self, union: str, line: str, parent: str, on: str) -> None:
        """It is no longer on the industry line."""
        self.world.record(m.UnionLeftLine(occurredon=day(on), line=line, old_parent=named(parent)), union)
