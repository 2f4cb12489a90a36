"""A slow second opinion on figures, in plain Python; only the events are shared with the projection.

A unit's parent on a day and line: of what was said of it, the entry with the greatest effective date not
after the day, ties by the greatest version; before the first entry, the first one. A merge hangs the
unit under its successor on the territorial line and on every industry line on which it hung just before.
While nothing real was said, the lineage of the event with the greatest position counts. Units below
level 6 climb the territorial line up to their grassroots union first, for every line.

A flow counts at all ancestors on its day; a stock on a day counts all earlier changes at the ancestors
of that day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from shared.contracts import finance as f
from shared.contracts import membership as m
from shared.contracts import rights
from shared.envelope import Recorded

LINES = {"education": 1, "health": 2}
TERRITORIAL = 0
STOCKS = {"bodies", "inner_units", "members", "unions", "workers", "employers_covered", "democratic_duties"}

Dims = frozenset[tuple[str, str]]
Figure = tuple[UUID, int, str, date, Dims]  # unit, line, metric, day or first day of the month, breakdown


@dataclass(frozen=True)
class Delivered:
    """An event at its position."""

    lane: int
    sequence: int
    recorded: Recorded


@dataclass(frozen=True)
class Count:
    """Something counted at a unit on a day, perhaps about a subject."""

    unit: UUID
    metric: str
    day: date
    amount: int
    dims: Dims
    subject: UUID | None = None


@dataclass(frozen=True, order=True)
class Entry:
    """What was said of a unit's place."""

    effective: date
    version: int
    parent: UUID | None
    merge: bool = False


class Oracle:
    """All answers for a set of delivered events, whatever their order."""

    def __init__(self, events: Iterable[Delivered]) -> None:
        """Reads every event once; positions matter only for lineages."""
        self.levels: dict[UUID, int] = {}
        self.counts: list[Count] = []
        self._said: dict[tuple[UUID, int], list[Entry]] = defaultdict(list)
        self._guessed: dict[UUID, tuple[int, int, UUID | None]] = {}
        self._cache: dict[tuple[UUID, int, date], tuple[UUID, ...]] = {}
        for each in events:
            self._hear(each)
        self.lines = sorted({line for _, line in self._said} | {TERRITORIAL})

    def ancestors(self, unit: UUID, line: int, day: date) -> tuple[UUID, ...]:
        """The unit and all above it on this line and day."""
        key = (unit, line, day)
        if key not in self._cache:
            self._cache[key] = tuple(self._climb(unit, line, day))
        return self._cache[key]

    def established(self, unit: UUID) -> date | None:
        """The day it came into being; None while nobody told."""
        entries = self._said.get((unit, TERRITORIAL), [])
        return next((entry.effective for entry in entries if entry.version == 1), None)

    def flows(self, start: Callable[[date], date]) -> Mapping[Figure, int]:
        """Every flow at every unit, by the periods that `start` puts days into."""
        sums: Counter[Figure] = Counter()
        for count in self.counts:
            if count.metric not in STOCKS:
                for line in self.lines:
                    for above in self.ancestors(count.unit, line, count.day):
                        sums[above, line, count.metric, start(count.day), count.dims] += count.amount
        return without_zeros(sums)

    def stocks(self, day: date) -> Mapping[Figure, int]:
        """Every stock at every unit on a day."""
        sums: Counter[Figure] = Counter()
        for count in self.counts:
            if count.metric in STOCKS and count.day <= day:
                for line in self.lines:
                    for above in self.ancestors(count.unit, line, day):
                        sums[above, line, count.metric, day, count.dims] += count.amount
        return without_zeros(sums)

    def as_is(self, unit: UUID, line: int, today: date) -> list[Count]:
        """Everything ever counted at the units that are under `unit` today."""
        return [count for count in self.counts if unit in self.ancestors(count.unit, line, today)]

    def _climb(self, unit: UUID, line: int, day: date) -> Iterator[UUID]:
        here: UUID | None = unit
        inner = True
        while here is not None:
            yield here
            inner = inner and self.levels.get(here, 0) > 6
            here = self._parent(here, TERRITORIAL if inner else line, day)

    def _parent(self, unit: UUID, line: int, day: date) -> UUID | None:
        entries = self._entries(unit, line)
        if not entries:
            guess = self._guessed.get(unit) if line == TERRITORIAL else None
            return guess[2] if guess else None
        before = [entry for entry in entries if entry.effective <= day]
        return before[-1].parent if before else entries[0].parent

    def _entries(self, unit: UUID, line: int) -> list[Entry]:
        own = list(self._said.get((unit, line), []))
        if line == TERRITORIAL or not own:
            return sorted(own, key=_order)
        merges = [entry for entry in self._said.get((unit, TERRITORIAL), []) if entry.merge]
        kept: list[Entry] = []
        for entry in sorted(own + merges, key=_order):
            if not entry.merge or (kept and kept[-1].parent is not None):
                kept.append(entry)
        return kept

    def _hear(self, each: Delivered) -> None:
        r = each.recorded
        path = r.place.lineage
        for unit, parent in zip(path, (None, *path[:-1]), strict=True):
            known = self._guessed.get(unit)
            if known is None or known[:2] < (each.lane, each.sequence):
                self._guessed[unit] = (each.lane, each.sequence, parent)
        for line, entry in _places(r):
            self._said[r.subject, line].append(entry)
        if isinstance(r.event, m.UnionEstablished):
            self.levels[r.subject] = r.event.level
        for metric, day, amount, dims in _counted(r.event):
            about = _subject(r, metric)
            self.counts.append(Count(r.place.unit, metric, day, amount, frozenset(dims.items()), about))


def without_zeros(sums: Mapping[Figure, int]) -> dict[Figure, int]:
    """Nothing and a sum of zero are the same here."""
    return {figure: amount for figure, amount in sums.items() if amount}


def _order(entry: Entry) -> tuple[date, int]:
    return entry.effective, entry.version


def _places(r: Recorded) -> Iterator[tuple[int, Entry]]:
    match r.event:
        case m.UnionEstablished(parent=parent, lines=lines, occurredon=day):
            yield TERRITORIAL, Entry(day, r.version, parent)
            for each in lines:
                yield LINES[each.line], Entry(day, r.version, each.parent)
        case m.UnionMoved(parent=parent, occurredon=day):
            yield TERRITORIAL, Entry(day, r.version, parent)
        case m.UnionMerged(successor=successor, occurredon=day):
            yield TERRITORIAL, Entry(day, r.version, successor, merge=True)
        case m.UnionJoinedLine(line=line, parent=parent, occurredon=day):
            yield LINES[line], Entry(day, r.version, parent)
        case m.UnionLeftLine(line=line, occurredon=day):
            yield LINES[line], Entry(day, r.version, None)
        case _:
            return


def _counted(e: Any) -> Iterator[tuple[str, date, int, dict[str, str]]]:  # noqa: C901  a list of kinds
    day = e.occurredon
    match e:
        case m.UnionEstablished(level=6, above_scale=None):
            union = {"form": e.form, "kind": e.kind}
            yield "unions", day, 1, union
            yield "unions_established", day, 1, union | {"above_scale": "unknown"}
        case m.UnionMerged(level=6, above_scale=None):
            union = {"form": e.form, "kind": e.kind}
            yield "unions", day, -1, union
            yield "unions_ended", day, 1, union | {"above_scale": "unknown", "ending": "merged"}
        case m.UnionEstablished() | m.UnionMerged():
            change = 1 if isinstance(e, m.UnionEstablished) else -1
            level = {"level": str(e.level)}
            yield (
                ("bodies", day, change, level | {"kind": e.kind})
                if e.level < 6
                else ("inner_units", day, change, level)
            )
        case m.MemberJoined():
            yield "members_joined", day, 1, {"sex": e.sex, "worker_kind": e.worker_kind}
            yield "members", day, 1, _member(e, "in_service")
        case m.MemberLeft():
            yield "members_left", day, 1, _member(e, e.standing) | {"reason": e.reason}
            yield "members", day, -1, _member(e, e.standing)
        case m.MemberRetired():
            yield "members", day, -1, _member(e, e.old_standing)
            yield "members", day, 1, _member(e, "retired")
        case m.WorkforceReported():
            yield "workers", day, e.workers - (e.old_workers or 0), {}
        case m.EmployerCovered():
            yield "employers_covered", day, 1, {"employer_kind": e.employer_kind}
        case f.DuesReceived():
            yield "dues_received", day, e.amount_fen, {"channel": e.channel}
        case f.DuesRefunded():
            yield "dues_refunded", day, e.amount_fen, {"channel": e.channel}
        case f.DuesTargetSet():
            yield "dues_target", date(e.year, 1, 1), e.amount_fen - (e.old_fen or 0), {}
        case _:
            yield from _told_of_again(e)


def _told_of_again(e: Any) -> Iterator[tuple[str, date, int, dict[str, str]]]:
    match e:
        case m.HonourAwarded():
            yield "honours_awarded", e.occurredon, 1, _honour(e)
        case m.HonourRevoked():
            yield "honours_awarded", e.awarded_on, -1, _honour(e)
        case rights.DemocraticDutySet():
            kind = {"democratic_kind": e.kind}
            yield "democratic_duties", e.occurredon, 1, kind
            yield "democratic_duties", e.until + timedelta(days=1), -1, kind
        case _:
            return


def _honour(e: m.HonourAwarded | m.HonourRevoked) -> dict[str, str]:
    return {"honour_series": e.series, "granting_level": e.level, "recipient_kind": e.recipient_kind}


def _subject(r: Recorded, metric: str) -> UUID | None:
    match metric, r.event:
        case "members_joined", m.MemberJoined(person=person):
            return person
        case "dues_received", f.DuesReceived(employer=employer):
            return employer
        case "honours_awarded", m.HonourAwarded(recipient=person) | m.HonourRevoked(recipient=person):
            return person
        case "democratic_duties", _:
            return r.place.unit
        case _:
            return None


def _member(e: m.AboutMember, standing: str) -> dict[str, str]:
    return {"sex": e.sex, "worker_kind": e.worker_kind, "standing": standing}
