"""Given events, when something is decided, then exactly these events, or this refusal."""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, Generic, TypeVar

import pytest

from shared.errors import Problem

S = TypeVar("S")
Decide = Callable[[Any], Sequence[Any]]


class Scenario(Generic[S]):
    """One aggregate's story; `evolve` folds its events."""

    def __init__(self, evolve: Callable[[S | None, Any], S]) -> None:
        self._evolve = evolve
        self._state: S | None = None
        self._decide: Decide | None = None

    def given(self, *events: Any) -> "Scenario[S]":
        self._state = reduce(self._evolve, events, self._state)
        return self

    def when(self, decide: Decide) -> "Scenario[S]":
        """`decide` takes the state that the given events led to (None without any)."""
        self._decide = decide
        return self

    def then(self, *events: Any) -> S:
        """Exactly these events; answers the state after them."""
        assert tuple(self._decided()) == events
        state = reduce(self._evolve, events, self._state)
        assert state is not None
        return state

    def then_refused(self, why: type[Problem], field: str | None = None) -> None:
        """Exactly this refusal, with a field and a remedy."""
        with pytest.raises(Problem) as refusal:
            self._decided()
        assert type(refusal.value) is why
        assert refusal.value.remedy
        assert field is None or refusal.value.field == field

    def _decided(self) -> Sequence[Any]:
        assert self._decide is not None, "say `when` first"
        return self._decide(self._state)
