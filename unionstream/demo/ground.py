"""The places in which a story happens: found where a province is loaded, else founded for the story alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unionstream.demo.expanding import Batch, Item

if TYPE_CHECKING:
    from unionstream.demo.story import Place, Scenario

FOUNDED = "1990-01-01"
TITLES = {1: "省总工会", 2: "市总工会", 3: "县总工会", 4: "镇总工会", 5: "村工会联合会"}
UNUSED, CODES = 50, 50
"""From this number on no prefecture or county has a code; a story of its own takes them."""
APART = 5
"""So many numbers further each chapter begins: two chapters of one prefecture take different ones."""


class NoMorePlaces(ValueError):
    """More stories of a chapter in countries of their own than there are codes for."""


@dataclass(frozen=True)
class Ground:
    """Where a story is told: in the real places (`fresh` 0), or in a country of its own, apart."""

    scenario: Scenario
    fresh: int

    def code(self, code: str, level: int) -> str:
        """The division code of a place, "" for one that a country of its own has no code for.

        A code of a country of its own differs in the digits of the story's own level, so that it begins like
        the real one and the rules of the area hold.
        """
        own = self.scenario.own_level
        if not self.fresh:
            return code
        if self.fresh >= CODES:
            raise NoMorePlaces(f"a chapter can be told {CODES - 1} times beside the real places")
        digits = slice(2 * own - 2, 2 * own)
        number = UNUSED + (APART * self.scenario.chapter + self.fresh) % CODES
        return code[: digits.start] + str(number) + code[digits.stop :] if level >= own else ""

    def keys(self, name: str) -> list[str]:
        """By what the bodies of a place are known."""
        place = self.scenario.places[name]
        codes = (self.code(each, place.level) for each in place.divisions)
        return [code or f"{self.scenario.chapter}/{self.fresh}/{name}" for code in codes]

    def founded(self, known: dict[str, str]) -> Iterator[tuple[list[str], Batch]]:
        """For each place what founds its bodies that are not known yet, and their keys; those above first.

        The caller adds the ids that a batch brought to `known` before it asks for the next one.
        """
        above = ""
        for name, place in self.scenario.places.items():
            keys = self.keys(name)
            lacking = [n for n, key in enumerate(keys) if key not in known]
            if lacking:
                parent = known[self.keys(place.under or above)[0]] if place.under or above else None
                rows = (self._body(place, n, parent) for n in lacking)
                yield [keys[n] for n in lacking], _batch(name, rows)
            above = name

    def _body(self, place: Place, n: int, parent: str | None) -> dict[str, str | int | None]:
        code = self.code(place.divisions[n], place.level)
        body: dict[str, str | int | None] = {
            "name": place.names[n] if place.names else f"示例{TITLES[place.level]}",
            "level": place.level,
            "kind": "federation" if place.level == max(TITLES) else "general",
            "form": "committee",
            "parent": parent,
            "approved_on": FOUNDED,
        }
        return body | ({"division": code} if code else {})


def _batch(name: str, rows: Iterator[dict[str, str | int | None]]) -> Batch:
    items = tuple(Item("/v1/unions/bulk", row) for row in rows)
    return Batch(
        title=f"bodies: {name}",
        service="membership",
        name=f"place_{name}",
        items=items,
        actor="demo:recording",
        bulk=True,
        many=True,
        in_order=False,
    )
