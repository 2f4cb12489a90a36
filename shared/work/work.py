"""What a use case sees and says.

A use case is a plain function `(work, command) -> Answer`. It reads with `get`, `owner`, `copied`, `named`;
what has not been fetched yet ends the run with `Missing`, the desk fetches it, and the function runs again.
So it must do nothing but read, decide and `record`: no I/O, no clock but `work.now`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shared.clock import business_date
from shared.contracts import Event
from shared.envelope import Place, Provenance, Recorded
from shared.errors import ChangedMeanwhile, NotYetKnown, Refused
from shared.ids import new_id
from shared.work.changes import Answer, Changes, Saved, row_of
from shared.work.kinds import Claim, CopyKind, Kind, S, UnitView
from shared.work.needs import Claimed, Copied, Listed, Missing, Named, Need, Own, Shelf
from shared.work.permitting import Met, permitted
from shared.work.roles import not_permitted

TreeLook = Callable[["Work", UUID], UnitView]


class AlreadyTaken(Refused):
    """Something that only one may have belongs to another; use cases check first and say it better."""

    code = "already-taken"


class Work:
    """One run of one use case."""

    def __init__(self, shelf: Shelf, before: Changes, look: TreeLook, at: "At") -> None:
        """`before` is what earlier commands of the same batch have said."""
        self._shelf = shelf
        self._before = before
        self._look = look
        self._at = at
        self._drawn = 0
        self.changes = Changes()
        self.told: list[tuple[UUID, UUID, Event]] = []
        """Everything recorded in this run: aggregate, the unit it counts for, event."""
        self.met: dict[UUID, Met] = {}
        """What this run has looked at, and to which unit it belongs."""
        self.recorded = False
        self.denied: UUID | None = None

    @property
    def now(self) -> datetime:
        """When the command is decided, UTC."""
        return self._at.now

    @property
    def today(self) -> date:
        """The business date of `now`."""
        return business_date(self._at.now)

    @property
    def actor(self) -> str:
        """Who asked."""
        return self._at.provenance.actor

    @property
    def role(self) -> str | None:
        """What the actor must hold wherever something is recorded; None: nothing is asked."""
        return self._at.role

    def look(self, unit: UUID) -> UnitView:
        """The unit as the tree has it today."""
        return self._look(self, unit)

    def fetched(self, need: Need) -> Any:
        """What the shelf has for a need."""
        self.want(need)
        return self._shelf[need]

    def new_id(self) -> UUID:
        """An id for something that this command brings into being; the same in every run of the command."""
        if self._drawn == len(self._at.ids):
            self._at.ids.append(new_id())
        fresh = self._at.ids[self._drawn]
        self._drawn += 1
        self.absent(Own(fresh))
        return fresh

    def absent(self, *needs: Need) -> None:
        """Spare the look-up of what cannot exist yet, because its name was drawn in this command."""
        for need in needs:
            self._shelf.setdefault(need, None)

    def want(self, *needs: Need) -> None:
        """Say early what will be read, so that one round fetches it all."""
        if missing := [need for need in needs if need not in self._shelf]:
            raise Missing(missing)

    def get(self, kind: Kind[S], aggregate: UUID) -> S | None:
        """The present state, this batch's earlier changes included; None if there is none of this kind."""
        saved = self._saved(aggregate, kind)
        if saved is None or saved.kind.name != kind.name:
            return None
        state = saved.state
        if not isinstance(state, kind.state):
            return None
        if self._at.role is not None:
            self._meet(kind.name, aggregate, kind.unit(state))
        return state

    def version(self, kind: Kind[S], aggregate: UUID) -> int:
        """The present version, 0 if there is none."""
        saved = self._saved(aggregate, kind)
        return saved.version if saved else 0

    def owner(self, kind: str, value: str) -> UUID | None:
        """Who holds a claim now."""
        claim = Claim(kind, value)
        for changes in (self.changes, self._before):
            if claim in changes.claims:
                return changes.claims[claim]
        self.want(Claimed(kind, value))
        owner = self._shelf[Claimed(kind, value)]
        return owner if isinstance(owner, UUID) else None

    def copied(self, kind: CopyKind[S], thing: UUID) -> S:
        """This service's copy of another's aggregate; refuses with `NotYetKnown` while it has not arrived."""
        need = Copied(kind.name, thing)
        self.want(need)
        found = self._shelf[need]
        if found is None:
            raise NotYetKnown(
                f"this service has not heard of {kind.name} {thing}",
                field=kind.name,
                value=str(thing),
                remedy="check the id; if it was created a moment ago, repeat the request shortly",
            )
        if isinstance(found[1], str):  # parsed once for the whole batch
            self._shelf[need] = found = (found[0], kind.state.model_validate_json(found[1]))
        state: S = found[1]
        if self._at.role is not None and kind.name == UNION:
            self._meet(UNION, thing, thing)
        return state

    def named(self, kind: str, value: str) -> tuple[UUID, ...]:
        """The copies that go by this name."""
        self.want(Named(kind, value))
        ids: tuple[UUID, ...] = self._shelf[Named(kind, value)]
        return ids

    def place(self, unit: UUID) -> Place:
        """The unit's place in the tree as this service knows it now."""
        view = self._look(self, unit)
        path, key, up = [unit], unit, view
        while up.parent is not None:
            above = self._look(self, up.parent)
            path.append(up.parent)
            if up.level > GRASSROOTS and above.level >= GRASSROOTS:
                key = up.parent
            up = above
        return Place(unit, tuple(reversed(path)), view.lines, key)

    def listed(self, kind: Kind[S], unit: UUID) -> tuple[UUID, ...]:
        """The aggregates of a kind listed under a unit now, this batch's changes included; in id order.

        Others may add to the list meanwhile: where that matters, `attach` a statement that locks and
        compares.
        """
        ids = set(self.listed_before(kind, unit))
        for changes in (self._before, self.changes):
            for aggregate, saved in changes.saved.items():
                if saved.kind.name == kind.name:
                    ids.discard(aggregate)
                    ids.update({aggregate} if kind.unit(saved.state) == unit else ())  # type: ignore[arg-type]
        return tuple(sorted(ids))

    def listed_before(self, kind: Kind[S], unit: UUID) -> tuple[UUID, ...]:
        """The same as the database knew it before this batch."""
        self.want(Listed(kind.name, unit))
        ids: tuple[UUID, ...] = self._shelf[Listed(kind.name, unit)]
        return ids

    def record(self, kind: Kind[S], aggregate: UUID, events: Iterable[Event], unit: UUID) -> Answer:
        """Fold events into the aggregate; stage state, claims and log rows. `unit` is the one they count for.

        Raises `ChangedMeanwhile` (If-Match), `AlreadyTaken` (a claim of another), `EventTooLarge`.
        """
        before = self._saved(aggregate, kind)
        tree = kind.name == UNION  # which may change where the unit stands
        if not (tree and before is None):
            self._permit(unit)
        self._match(aggregate, before)
        state: Any = before.state if before else None
        old_claims = kind.claims(state) if before else frozenset()
        version = before.version if before else 0
        batch: list[tuple[int, Event]] = []
        for event in events:
            version += 1
            state = kind.evolve(state, event)
            batch.append((version, event))
        if not batch:
            return Answer(aggregate, version)
        self.changes.saved[aggregate] = Saved(kind, before.expected if before else 0, version, state)
        self._claim(aggregate, old_claims, kind.claims(state))
        place = self.place(unit)
        if tree:
            self._permit(unit)
        self.changes.rows.extend(
            row_of(Recorded(new_id(), aggregate, number, self.now, place, self._at.provenance, event))
            for number, event in batch
        )
        self.told.extend((aggregate, unit, event) for _, event in batch)
        return Answer(aggregate, version)

    def keep(self, kind: Kind[S], aggregate: UUID, state: S) -> None:
        """Stage a state that events of other aggregates tell of (a balance), under its next version."""
        before = self._saved(aggregate, kind)
        number = (before.version if before else 0) + 1
        self.changes.saved[aggregate] = Saved(kind, before.expected if before else 0, number, state)

    def claim(self, kind: str, value: str, owner: UUID) -> None:
        """Hold something for good that no state tells of, for example an external reference."""
        if self.owner(kind, value) not in (None, owner):
            raise AlreadyTaken(f"{kind} is taken", field=kind, remedy="use another value")
        self.changes.claims[Claim(kind, value)] = owner

    def attach(self, statement: str, row: Sequence[Any]) -> None:
        """Run a statement with this row in the same transaction, before the events are logged."""
        self.changes.extras.setdefault(statement, []).append(row)

    def lock(self, statement: str, row: tuple[Any, ...]) -> None:
        """Run a statement with this row before everything else of the batch, once however many ask for it.

        For rules that rest on what a command reads but does not change; it raises UN001 when that changed.
        """
        if row not in self._before.locks.get(statement, ()):
            self.changes.locks.setdefault(statement, {})[row] = None

    def _saved(self, aggregate: UUID, kind: Kind[Any]) -> Saved | None:
        for changes in (self.changes, self._before):
            if aggregate in changes.saved:
                return changes.saved[aggregate]
        need = Own(aggregate)
        self.want(need)
        found = self._shelf[need]
        if isinstance(found, tuple):
            version, text, name, _ = found
            if name != kind.name:  # an id of something else
                return None
            found = Saved(kind, version, version, kind.state.model_validate_json(text))
            self._shelf[need] = found
        return found if isinstance(found, Saved) else None

    def meet(self, id_: UUID) -> Met | None:
        """Of what kind a thing is and which unit it belongs to, whatever it is; None if nothing is known."""
        for changes in (self.changes, self._before):
            if saved := changes.saved.get(id_):
                return self._meet(saved.kind.name, id_, saved.kind.unit(saved.state))
        found = self.fetched(Own(id_))
        if isinstance(found, Saved):
            return self._meet(found.kind.name, id_, found.kind.unit(found.state))
        return self._meet(found[2], id_, found[3]) if found else None

    def _permit(self, unit: UUID) -> None:
        if self._at.role is not None and not permitted(self, self.actor, unit, {self._at.role}):
            raise not_permitted({self._at.role}, unit)
        self.recorded = True

    def _meet(self, kind: str, id_: UUID, unit: UUID | None) -> Met | None:
        own = id_ if kind == UNION else unit
        return self.met.setdefault(id_, Met(kind, own)) if own is not None else None

    def _match(self, aggregate: UUID, before: Saved | None) -> None:
        wanted = self._at.if_match
        if wanted is None or self.changes.saved or (before.version if before else 0) == wanted:
            return
        raise ChangedMeanwhile(
            f"version {wanted} is no longer the present one",
            field="If-Match",
            value=str(wanted),
            remedy=f"read {aggregate} again and decide on version {before.version if before else 0}",
        )

    def _claim(self, aggregate: UUID, old: frozenset[Claim], new: frozenset[Claim]) -> None:
        for claim in old - new:
            # Without this the database would not be told: what a state holds, its aggregate holds there, too.
            self._shelf.setdefault(Claimed(*claim), aggregate)
            self.changes.claims[claim] = None
        for claim in new - old:
            self.claim(claim.kind, claim.value, aggregate)


GRASSROOTS = 6
UNION = "union"


@dataclass(frozen=True, slots=True)
class At:
    """The circumstances of one command."""

    now: datetime
    provenance: Provenance
    if_match: int | None = None
    ids: list[UUID] = field(default_factory=list)
    role: str | None = None
