"""What is asked, checked against what is known: a union, a period, a line, a basis and a cut."""

from dataclasses import dataclass
from datetime import date, datetime

from services.projection.queries import lines
from services.projection.queries.cut import Cut
from services.projection.queries.knowledge import Known, known
from services.projection.queries.refusals import BadPeriod, NotBegun, NotYetEstablished
from services.projection.queries.snapshot import Snapshot
from services.projection.queries.subtree import Basis, Scope, Tree, changed_since, level_rolled
from services.projection.queries.units import Unit, unit_of

# By what was known at the cut, so that an earlier cut gives the same answer again. $1 the union, $2 the cut.
ESTABLISHED = """
SELECT effective FROM tree_change
WHERE unit = $1 AND line = 0 AND version = 1 AND sequence <= ($2::bigint[])[lane + 1]"""


@dataclass(frozen=True, slots=True)
class Asked:
    """As it came: `unit` an id or division code; `cut` a text or ''; `today` pins what as-is means."""

    unit: str
    first: date
    last: date
    line: str = lines.TERRITORIAL
    basis: Basis = "as-was"
    known_at: datetime | None = None
    cut: str = ""
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """As it can be answered; `established` by what was known at its cut."""

    unit: Unit
    first: date
    last: date
    line: str
    known: Known
    known_at: datetime | None
    scope: Scope
    established: date | None = None

    @property
    def cut(self) -> Cut:
        """The cut of the answer."""
        return self.known.cut


async def understood(snapshot: Snapshot, asked: Asked) -> Question:
    """The question, or the refusal that says what is wrong with it."""
    number = lines.number(asked.line)
    if asked.first > asked.last:
        raise BadPeriod(asked.first, asked.last)
    today = asked.today or snapshot.today
    if asked.first > snapshot.today:
        raise NotBegun(asked.first, snapshot.today)
    unit = await unit_of(snapshot, asked.unit)
    when = await known(snapshot, asked.cut, asked.known_at)
    established = await snapshot.connection.fetchval(ESTABLISHED, unit.key, list(when.cut.numbers))
    if asked.basis == "as-was" and established is not None and asked.last < established:
        raise NotYetEstablished(asked.last, established)
    moved = when.cut != snapshot.cut and await changed_since(snapshot, when.cut)
    scope = Scope(
        unit=unit.key,
        line=number,
        basis=asked.basis,
        cut=when.cut,
        today=today,
        tree=Tree.THEN if moved else Tree.PRESENT,
        rolled=await level_rolled(snapshot, unit.key) if when.cut == snapshot.cut else None,
    )
    return Question(unit, asked.first, asked.last, asked.line, when, asked.known_at, scope, established)
