"""The load under which it happens: three services, single commands, rows in bulk, refusals, repeats."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from tests.support.load import Load

KINDS_OF_SUGGESTION = ("rational_suggestion", "technical_improvement", "management_improvement")


class WideLoad(Load):
    """Suggestions besides members and dues."""

    def kinds(self) -> list[tuple[Callable[[], Coroutine[Any, Any, None]], int]]:
        """As the narrower one, and the third service."""
        return [*super().kinds(), (self._suggest, 4), (self._suggest_in_bulk, 1), (self._suggest_nothing, 1)]

    def _suggestion(self) -> dict[str, Any]:
        return {
            "union": self.union(),
            "kind": self.dice.choice(KINDS_OF_SUGGESTION),
            "items": self.dice.randrange(1, 20),
            "submitted_on": self.day().isoformat(),
        }

    async def _suggest(self) -> None:
        told = await self.client.command("events", "/v1/suggestions", self._suggestion())
        assert told.acknowledged, told

    async def _suggest_in_bulk(self) -> None:
        rows = [{"reference": self.reference(), **self._suggestion()} for _ in range(15)]
        rows[11] |= {"kind": "no_such_kind"}
        await self.client.command("events", "/v1/suggestions/bulk", {"source": "box", "rows": rows})

    async def _suggest_nothing(self) -> None:
        told = await self.client.command("events", "/v1/suggestions", self._suggestion() | {"items": 0})
        assert not told.acknowledged, told
