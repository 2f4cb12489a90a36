"""The unions of every division: one body per place, under its real parent, with the names places once had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from unionstream.demo.expanding import Batch, Item
from unionstream.divisions import Division, RetiredDivision, load, load_retired

if TYPE_CHECKING:
    from unionstream.demo.land import Land, Province

SUFFIX = {5: "工会联合会"}
KIND = {5: "federation"}
COUNTY = 3
SOURCE = "land"
"""Under which rows and commands of the tree are known."""


def bodies(land: Land) -> Iterator[tuple[list[str], Batch]]:
    """The bodies of all provinces and the codes of today's places; each has the name of the founding."""
    for province in land.provinces:
        former = {each[-1].successor_code: each[0] for each in histories(land, province)}
        places = list(chosen(province))
        rows = [_body(each, land, former) for each in places]
        name = f"province_{province.province}"
        yield [each.code for each in places], _batch(name, "/v1/unions/bulk", rows)


def renamings(land: Land, known: Mapping[str, str]) -> Iterator[Batch]:
    """Places that got new names and codes: the same union, under a new name from that day.

    `known` are ids by the codes of today.
    """
    for province in land.provinces:
        changes = [
            (old.valid_to, known[history[-1].successor_code], old, new)
            for history in histories(land, province)
            for old, new in zip(history, names(history)[1:], strict=True)
        ]
        items = tuple(
            Item(
                f"/v1/unions/{union}/rename",
                {"name": title(name, old.level), "division": code, "effective_on": on.isoformat()},
            )
            for on, union, old, (code, name) in sorted(changes, key=lambda each: (each[0], each[2].code))
        )
        if items:
            yield _batch(f"renamed_{province.province}", "", items)


def histories(land: Land, province: Province) -> Iterator[list[RetiredDivision]]:
    """Chains of retired names that end at a living place; those that a chapter tells are left to it."""
    retired = [each for each in load_retired(province.province) if each.code not in land.told]
    before = {each.successor_code: each for each in retired}
    for each in retired:
        if each.successor_code not in {other.code for other in retired}:
            history = [each]
            while history[0].code in before:
                history.insert(0, before[history[0].code])
            yield history


def names(history: list[RetiredDivision]) -> list[tuple[str, str]]:
    """(code, name) through time, the present one last."""
    last = history[-1].successor_code
    present = next(each for each in load(last[:2]) if each.code == last)
    return [*((each.code, each.name) for each in history), (present.code, present.name)]


def chosen(province: Province) -> Iterator[Division]:
    """The divisions of a province that the demo loads, those above before those below."""
    for each in load(province.province):
        prefix = province.whole_prefecture
        wanted = province.whole or (prefix and each.code.startswith(prefix))
        if each.level <= COUNTY or (wanted and each.level <= province.deepest):
            yield each


def title(place: str, level: int) -> str:
    """The usual name of the body of a place."""
    return place.removesuffix("委会" if level == 5 else "") + SUFFIX.get(level, "总工会")


def _body(each: Division, land: Land, former: Mapping[str, RetiredDivision]) -> dict[str, Any]:
    first = former.get(each.code, each)
    above = former.get(each.parent_code or "")
    return {
        "name": title(first.name, each.level),
        "level": each.level,
        "kind": KIND.get(each.level, "general"),
        "form": "committee",
        # Bodies of one request are found by the code they were founded with.
        "parent": above.code if above else each.parent_code,
        "division": first.code,
        "approved_on": land.founded_on.isoformat(),
    }


def _batch(name: str, path: str, items: list[dict[str, Any]] | tuple[Item, ...]) -> Batch:
    rows = tuple(each if isinstance(each, Item) else Item(path, each) for each in items)
    return Batch(
        title=name.replace("_", " "),
        service="membership",
        name=name,
        items=rows,
        actor="demo:recording",
        bulk=bool(path),
        many=True,
        in_order=True,
    )
