"""What an aggregate is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from pydantic import BaseModel

from shared.contracts import Event
from shared.envelope import Recorded

S = TypeVar("S", bound=BaseModel)


class Claim(NamedTuple):
    """Something only one aggregate can have at a time, as a value under a name."""

    kind: str
    value: str


def claims_nothing(_state: Any) -> frozenset[Claim]:
    """For aggregates without uniqueness of their own."""
    return frozenset()


@dataclass(frozen=True)
class Kind(Generic[S]):
    """An aggregate of this service.

    `evolve(state, event)` gives the next state (state is None before the first event); `claims(state)` what
    it holds as unique in that state; `unit(state)` the unit under which it is listed (for a union: its
    parent). All three are pure.
    """

    name: str
    state: type[S]
    evolve: Callable[[S | None, Any], S]
    unit: Callable[[S], UUID | None]
    claims: Callable[[S], frozenset[Claim]] = claims_nothing


@dataclass(frozen=True)
class CopyKind(Generic[S]):
    """What this service keeps of another service's aggregate.

    `follows` says which event types concern it and, per event, the ids of the things concerned. `evolve`
    takes the whole `Recorded` and must end in the same state whatever the order of the events; it gives None
    for an event that comes before the birth of the thing. `names(state)` are other names under which it can
    be found (division code, credit code).
    """

    name: str
    state: type[S]
    evolve: Callable[[S | None, Recorded], S | None]
    unit: Callable[[S], UUID | None]
    names: Callable[[S], frozenset[Claim]] = claims_nothing
    follows: Mapping[type[Event], Callable[[Recorded], Iterable[UUID]]] = field(default_factory=dict)


class UnitView(NamedTuple):
    """What every service must know of a unit to place an event in the tree; `above`: its parent on a line."""

    parent: UUID | None
    level: int
    lines: tuple[str, ...]
    above: Mapping[str, UUID] = MappingProxyType({})
