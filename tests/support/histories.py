"""Generated histories of a small federation: units that move, merge and change lines, members and dues.

A history is what services would record, in that order; `interleaved` delivers it as a broker might: each
stream in order, streams in any order, cut into batches anywhere. Places are 999999, people are random ids.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from hypothesis import strategies as st

from shared.contracts import Event
from shared.contracts import finance as f
from shared.contracts import membership as m
from shared.contracts import rights as r
from shared.envelope import Place, Provenance, Recorded, encode
from shared.reading.incoming import Incoming
from shared.streams import stream_of
from tests.support.streams import Ledger

EXAMPLES = int(os.environ.get("UNIONSTREAM_EXAMPLES", "30"))  # set it to thousands for a long run

WORLD = UUID("00000000-0000-4000-8000-000000999999")
FIRST_DAY, DAYS = date(2024, 1, 1), 240
LINES = ("education", "health")

# name -> (level, parent); industry unions hang on the territorial line too, heirs come into being by a split.
UNITS: dict[str, tuple[int, str | None]] = {
    "province": (1, None),
    **{f"prefecture{n}": (2, "province") for n in range(2)},
    **{f"county{n}": (3, f"prefecture{n % 2}") for n in range(3)},
    **{f"trade{n}": (3, f"prefecture{n % 2}") for n in range(2)},
    **{f"town{n}": (4, f"county{n % 3}") for n in range(4)},
    "village0": (5, "town0"),
    **{f"union{n}": (6, f"town{n % 4}") for n in range(6)},
    "union6": (6, "village0"),
    **{f"branch{n}": (7, f"union{n}") for n in range(2)},
    "group0": (8, "branch0"),
    "group1": (8, "union1"),
    **{f"heir{level}": (level, above) for level, above in ((3, "prefecture0"), (4, "county0"), (6, "town0"))},
}

Operation = tuple[str, int, int, int]
KINDS = (
    *("move", "move", "move", "merge", "split", "join_line", "leave_line", "late"),
    *(
        "member",
        "member",
        "member",
        "left",
        "retired",
        "workforce",
        "covered",
        "dues",
        "dues",
        "refund",
        "target",
    ),
    *("again", "again", "honoured", "honoured", "not_honoured", "duty"),
)
# Few days, so that several things are said of the same one.
DAY = st.integers(0, 19).map(lambda n: n * (DAYS // 20))
OPERATIONS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 200), st.integers(0, 200), DAY),
    max_size=40,
)


def uid(name: str) -> UUID:
    """The same id for the same name in every history."""
    return uuid5(WORLD, name)


@dataclass
class History:
    """What the services recorded so far, and what they know of the tree; invalid wishes are not recorded."""

    events: list[Recorded] = field(default_factory=list)
    parents: dict[str, str | None] = field(default_factory=dict)
    lines: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    dead: set[str] = field(default_factory=set)
    versions: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))

    def establish(self, name: str, day: int, above: str | None = None) -> None:
        level, parent = UNITS[name]
        parent = above or parent
        self.parents[name] = parent
        kind = {7: "sub_union", 8: "group", 6: "enterprise"}.get(level, "general")
        said = m.UnionEstablished(
            occurredon=on(day),
            name=f"{name} 999999",
            level=level,
            kind=kind,
            form="committee",
            parent=uid(parent) if parent else None,
        )
        self.record(name, uid(name), said)

    def record(self, name: str, subject: UUID, event: Event) -> None:
        self.versions[subject] += 1
        number = len(self.events)
        moment = datetime(2024, 12, 1, tzinfo=UTC) + timedelta(seconds=number)
        cause = uuid5(WORLD, f"command {number}")
        place = Place(uid(name), self._lineage(name), tuple(self.lines[name]), uid(self._key(name)))
        provenance = Provenance("user:999999", cause, cause)
        id_ = uuid5(WORLD, f"event {number}")
        self.events.append(Recorded(id_, subject, self.versions[subject], moment, place, provenance, event))

    def below(self, level: int) -> list[str]:
        """Units that may stand above one of this level."""
        return [name for name in self.parents if UNITS[name][0] < level and name not in self.dead]

    def _lineage(self, name: str) -> tuple[UUID, ...]:
        path: list[UUID] = []
        here: str | None = name
        while here is not None:
            path.insert(0, uid(here))
            here = self.parents[here]
        return tuple(path)

    def _key(self, name: str) -> str:
        while UNITS[name][0] > 6 and (parent := self.parents[name]) is not None and UNITS[parent][0] >= 6:
            name = parent
        return name


def on(day: int) -> date:
    """A day of the history by its number."""
    return FIRST_DAY + timedelta(days=day)


def history_of(operations: Sequence[Operation], births: Sequence[int]) -> History:
    """The federation with these births (days), then these wishes in order; late units are born in turn."""
    history = History()
    late = [
        name
        for name, birth in zip(UNITS, births, strict=True)
        if birth % 5 == 0 and UNITS[name][0] > 5 and not name.startswith("heir")
    ]
    for name, birth in zip(UNITS, births, strict=True):
        above = UNITS[name][1]
        if name not in late and not name.startswith("heir") and (above is None or above in history.parents):
            history.establish(name, birth)
    for kind, a, b, day in operations:
        if kind == "late":
            _born_late(history, late, day)
        else:
            _WISHES[kind](history, a, b, day)
    return history


HISTORIES = st.builds(
    history_of, OPERATIONS, st.lists(st.integers(0, 60), min_size=len(UNITS), max_size=len(UNITS))
)


def interleaved(history: History, seed: int) -> list[list[Incoming]]:
    """One way in which the records may be delivered, as batches; some streams may come after all others."""
    chance = random.Random(seed)
    lanes: dict[tuple[str, int], list[Incoming]] = defaultdict(list)
    for record in numbered(history):
        lanes[record.topic, record.stream].append(record)
    late = {key for key in lanes if chance.random() < 0.3}
    batches = _batches([lane for key, lane in lanes.items() if key not in late], chance)
    return batches + _batches([lanes[key] for key in sorted(late)], chance)


def _batches(lanes: list[list[Incoming]], chance: random.Random) -> list[list[Incoming]]:
    waiting = [lane[::-1] for lane in lanes]
    batches: list[list[Incoming]] = [[]]
    while waiting:
        lane = chance.choice(waiting)
        for _ in range(chance.randint(1, len(lane))):
            batches[-1].append(lane.pop())
        waiting = [each for each in waiting if each]
        if chance.random() < 0.4:
            batches.append([])
    return [batch for batch in batches if batch]


def numbered(history: History) -> list[Incoming]:
    """All records with the numbers and links their services would give them."""
    ledgers = {topic: Ledger(topic) for topic in ("union.membership", "union.finance", "union.rights")}
    return [
        ledgers[f"union.{each.event.service}"].add(stream_of(str(each.place.key)), encode(each))
        for each in history.events
    ]


def _born_late(history: History, late: list[str], day: int) -> None:
    ready = [name for name in late if name not in history.parents and UNITS[name][1] in history.parents]
    if ready:
        history.establish(ready[0], day)


def _alive(history: History, levels: range, choice: int) -> str | None:
    names = [name for name in history.parents if UNITS[name][0] in levels and name not in history.dead]
    return names[choice % len(names)] if names else None


def _move(history: History, a: int, b: int, day: int) -> None:
    name = _alive(history, range(2, 9), a)
    level = UNITS[name][0] if name else 0
    wanted = [each for each in history.below(level) if (UNITS[each][0] >= 6) == (level > 6)]
    parent = wanted[b % len(wanted)] if wanted else None
    if name is None or parent is None or history.parents[name] is None:
        return
    old = history.parents[name]
    history.parents[name] = parent
    moved = m.UnionMoved(occurredon=on(day), old_parent=uid(old) if old else None, parent=uid(parent))
    history.record(name, uid(name), moved)


def _merge(history: History, a: int, b: int, day: int) -> None:
    name = _alive(history, range(2, 8), a)
    level = UNITS[name][0] if name else 0
    peers = [
        each for each in history.parents if UNITS[each][0] == level and each not in {name, *history.dead}
    ]
    if name is None or not peers:
        return
    successor = peers[b % len(peers)]
    history.dead.add(name)
    history.parents[name] = successor
    kind = "enterprise" if level == 6 else "general"
    merged = m.UnionMerged(
        occurredon=on(day), successor=uid(successor), kind=kind, form="committee", level=level
    )
    history.record(name, uid(name), merged)


def _split(history: History, a: int, b: int, day: int) -> None:
    """Some of those below a union go to a new one beside it; its own history stays where it was."""
    heirs = [name for name in UNITS if name.startswith("heir") and name not in history.parents]
    if not heirs:
        return
    heir = heirs[a % len(heirs)]
    level = UNITS[heir][0]
    whole = _alive(history, range(level, level + 1), b)
    if whole is None or (above := history.parents[whole]) is None:
        return
    history.establish(heir, day, above)
    below = [name for name, parent in history.parents.items() if parent == whole and name not in history.dead]
    for name in below[a % 2 :: 2]:
        history.parents[name] = heir
        moved = m.UnionMoved(occurredon=on(day), old_parent=uid(whole), parent=uid(heir))
        history.record(name, uid(name), moved)


def _join_line(history: History, a: int, b: int, day: int) -> None:
    name = _alive(history, range(3, 7), a)
    line = LINES[b % 2]
    if name is None or name.startswith("trade"):
        return
    heads = [each for each in history.below(UNITS[name][0]) if each.startswith(("trade", "prefecture"))]
    if not heads:
        return
    old = history.lines[name].get(line)
    parent = history.lines[name][line] = heads[b % len(heads)]
    joined = m.UnionJoinedLine(
        occurredon=on(day), line=line, old_parent=uid(old) if old else None, parent=uid(parent)
    )
    history.record(name, uid(name), joined)


def _leave_line(history: History, a: int, b: int, day: int) -> None:
    on_lines = [
        (name, line) for name, lines in history.lines.items() for line in lines if name not in history.dead
    ]
    if on_lines:
        name, line = on_lines[(a + b) % len(on_lines)]
        old = history.lines[name].pop(line)
        history.record(name, uid(name), m.UnionLeftLine(occurredon=on(day), line=line, old_parent=uid(old)))


def _at_union(make: Callable[[date, UUID, int, int], Event]) -> Callable[[History, int, int, int], None]:
    def wish(history: History, a: int, b: int, day: int) -> None:
        # Late facts of units that have been merged away count too: they go where the unit's place says.
        names = [name for name in history.parents if UNITS[name][0] >= 4]
        if names:
            subject = uuid5(WORLD, f"subject {len(history.events)}")
            history.record(names[a % len(names)], subject, make(on(day), subject, a, b))

    return wish


def _about(subject: UUID, b: int) -> dict[str, object]:
    return {
        "person": subject,
        "sex": ("female", "male")[b % 2],
        "worker_kind": ("general", "migrant")[b // 2 % 2],
    }


def _member(day: date, subject: UUID, _: int, b: int) -> Event:
    return m.MemberJoined.model_validate({"occurredon": day, **_about(subject, b)})


def _left(day: date, subject: UUID, _: int, b: int) -> Event:
    about = {"occurredon": day, "standing": "in_service", "reason": "resigned", **_about(subject, b)}
    return m.MemberLeft.model_validate(about)


def _retired(day: date, subject: UUID, _: int, b: int) -> Event:
    return m.MemberRetired.model_validate(
        {"occurredon": day, "old_standing": "in_service", **_about(subject, b)}
    )


def _workforce(day: date, subject: UUID, a: int, b: int) -> Event:
    return m.WorkforceReported(
        occurredon=day,
        employer=subject,
        old_workers=a if b % 2 else None,
        workers=b,
        old_women=None,
        women=0,
        old_migrants=None,
        migrants=0,
    )


def _covered(day: date, subject: UUID, _: int, b: int) -> Event:
    return m.EmployerCovered(occurredon=day, employer=subject, employer_kind=("private", "state")[b % 2])


def _dues(day: date, subject: UUID, a: int, b: int) -> Event:
    channel = ("own", "tax")[b % 2]
    employer = one_of("employer", a) if a % 3 else None
    return f.DuesReceived(
        occurredon=day,
        receipt=subject,
        channel=channel,
        period="2024",
        amount_fen=a * 100 + b,
        employer=employer,
    )


def _refund(day: date, subject: UUID, a: int, b: int) -> Event:
    return f.DuesRefunded(
        occurredon=day, receipt=subject, channel=("own", "tax")[b % 2], period="2024", amount_fen=a + 1
    )


def _target(day: date, subject: UUID, a: int, b: int) -> Event:
    old = None if b % 2 else b * 100
    return f.DuesTargetSet(occurredon=day, year=2024, old_fen=old, amount_fen=a * 100, issuer=subject)


def one_of(kind: str, choice: int) -> UUID:
    """One of a few subjects that are told of again and again, at different units."""
    return uid(f"{kind} {choice % 5}")


def _again(day: date, _: UUID, a: int, b: int) -> Event:
    return m.MemberJoined.model_validate({"occurredon": day, **_about(one_of("person", a), b)})


def _honour(day: date, a: int, b: int) -> dict[str, object]:
    kind = {
        "series": "may_day",
        "level": ("county", "province")[a % 2],
        "year": 2024,
        "recipient_kind": "person",
    }
    who = {"recorder": "user:1", "approver": "user:2", "recipient": one_of("person", b)}
    return {"occurredon": day, **kind, **who}


def _honoured(day: date, _: UUID, a: int, b: int) -> Event:
    more = {"recommended_level": "county", "document": None}
    return m.HonourAwarded.model_validate({**_honour(day, a, b), **more})


def _not_honoured(day: date, _: UUID, a: int, b: int) -> Event:
    more = {"awarded_on": on(a), "reason": "recorded_wrongly"}
    return m.HonourRevoked.model_validate({**_honour(day, a, b), **more})


def _duty(day: date, subject: UUID, a: int, b: int) -> Event:
    kind = ("party", "factory")[b % 2]
    until = day + timedelta(days=a)
    return r.DemocraticDutySet(
        occurredon=day, kind=kind, union=subject, frequency="yearly", until=until, due=()
    )


_WISHES: dict[str, Callable[[History, int, int, int], None]] = {
    "move": _move,
    "merge": _merge,
    "split": _split,
    "join_line": _join_line,
    "leave_line": _leave_line,
    "member": _at_union(_member),
    "left": _at_union(_left),
    "retired": _at_union(_retired),
    "workforce": _at_union(_workforce),
    "covered": _at_union(_covered),
    "dues": _at_union(_dues),
    "refund": _at_union(_refund),
    "target": _at_union(_target),
    "again": _at_union(_again),
    "honoured": _at_union(_honoured),
    "not_honoured": _at_union(_not_honoured),
    "duty": _at_union(_duty),
}
