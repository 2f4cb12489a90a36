"""Events of a province as its services would record them: a tree, then members joining and dues arriving."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from shared.clock import utc_now
from shared.contracts import Event
from shared.contracts import finance as f
from shared.contracts import membership as m
from shared.envelope import Place, Provenance, Recorded
from shared.ids import new_id

FOUNDED = date(2005, 1, 1)
FIRST_DAY, DAYS = date(2024, 1, 1), 730
GRASSROOTS = 6
# How many units each level has under every unit of the level above it.
BREADTH = {2: 4, 3: 5, 4: 6, 5: 4, GRASSROOTS: 6}
LINES = ("education", "health", "trade")


@dataclass(frozen=True)
class Unit:
    """A union, and where it stands."""

    id: UUID
    level: int
    place: Place
    account: UUID = field(default_factory=new_id)
    employer: UUID = field(default_factory=new_id)


class History:
    """The same shape of province every time, with fresh ids."""

    def __init__(self, seed: int = 1) -> None:
        """Grows the tree; nothing is recorded yet."""
        self._random = random.Random(seed)
        self._versions: dict[UUID, int] = {}
        self.units = list(self._grow(None, 1))
        self.grassroots = [unit for unit in self.units if unit.level == GRASSROOTS]

    def founding(self) -> Iterator[Recorded]:
        """Every union established, parents first."""
        for unit in self.units:
            above = unit.place.lineage[-2] if unit.level > 1 else None
            event = m.UnionEstablished(
                occurredon=FOUNDED,
                name=f"union {unit.id.hex[-6:]}",
                level=unit.level,
                kind="enterprise" if unit.level == GRASSROOTS else "general",
                form="committee",
                parent=above,
                lines=tuple(
                    m.LineParent(line=line, parent=unit.place.lineage[1]) for line in unit.place.lines
                ),
            )
            yield self._recorded(event, unit, unit.id)

    def years(self, events: int) -> Iterator[Recorded]:
        """Two years of joining (two in three) and of dues (one in three), all over the province."""
        for number in range(events):
            unit = self._random.choice(self.grassroots)
            if number % 3:
                member = new_id()
                yield self._recorded(self._joined(member, unit), unit, member)
            else:
                yield self._recorded(self._received(unit), unit, unit.account)

    def _joined(self, member: UUID, unit: Unit) -> Event:
        return m.MemberJoined(
            occurredon=self._day(),
            person=member,
            sex=self._random.choice(("female", "male")),
            worker_kind=self._random.choice(("general", "general", "migrant")),
            employer=unit.employer,
        )

    def _received(self, unit: Unit) -> Event:
        day = self._day()
        return f.DuesReceived(
            occurredon=day,
            receipt=new_id(),
            channel=self._random.choice(("own", "tax", "fiscal")),
            period=f"{day:%Y-%m}",
            amount_fen=self._random.randrange(100, 1_000_000),
            employer=unit.employer,
        )

    def _day(self) -> date:
        return FIRST_DAY + timedelta(days=self._random.randrange(DAYS))

    def _recorded(self, event: Event, unit: Unit, subject: UUID) -> Recorded:
        version = self._versions[subject] = self._versions.get(subject, 0) + 1
        why = new_id()
        provenance = Provenance(
            "cadre:bench", why, why, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        )
        return Recorded(new_id(), subject, version, utc_now(), unit.place, provenance, event)

    def _grow(self, above: Unit | None, level: int) -> Iterator[Unit]:
        unit = self._unit(above, level)
        yield unit
        for _ in range(BREADTH.get(level + 1, 0)):
            yield from self._grow(unit, level + 1)

    def _unit(self, above: Unit | None, level: int) -> Unit:
        own = new_id()
        path: Sequence[UUID] = above.place.lineage if above else ()
        lines = (self._random.choice(LINES),) if level == GRASSROOTS and self._random.random() < 0.3 else ()
        return Unit(own, level, Place(own, (*path, own), lines, own))
