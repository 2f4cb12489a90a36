"""What an aggregate is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from pydantic import BaseModel

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

    `evolve(state, event)` gives the next state (state is None before the first event); `claims(state)` what it
    holds as unique in that state; `unit(state)` the unit under which it is listed (for a union: its parent).
    All three are pure.
    """

    name: str
    state: type[S]
    evolve: Callable[[S | None, Any], S]
    unit: Callable[[S], UUID | None]
    claims: Callable[[S], frozenset[Claim]] = claims_nothing


@dataclass(frozen=True)
class CopyKind(Generic[S]):
    """What this service keeps of another service's aggregate; `evolve` also takes the event's subject id.

    `names(state)` are other names under which it can be found (division code, credit code).
    """

    name: str
    state: type[S]
    evolve: Callable[[S | None, Any], S | None]
    unit: Callable[[S], UUID | None]
    names: Callable[[S], frozenset[Claim]] = claims_nothing


class UnitView(NamedTuple):
    """What every service must know of a unit to place an event in the tree."""

    parent: UUID | None
    level: int
    lines: tuple[str, ...]
