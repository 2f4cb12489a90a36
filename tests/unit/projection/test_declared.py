"""Moves that are data: what each part of a declaration does, and that all of them fit their events."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel, ConfigDict

from services.projection import catalogue
from services.projection.catalogue import CatalogueError, build
from services.projection.catalogue.model import Declared
from services.projection.fold import moves_of
from services.projection.fold.declared import fold_of
from services.projection.fold.said import Move
from shared.contracts import Event
from shared.envelope import Place, Provenance, Recorded, decode

GOLDEN = Path(__file__).parents[2] / "contracts" / "golden"
BOOK = catalogue.load()
DAY, END = date(2013, 5, 17), date(2016, 5, 16)
UNIT, SUBJECT, PERSON = (UUID(int=n) for n in range(1, 4))
METRIC: dict[str, Any] = {"number": 1, "id": "a", "kind": "stock", "unit": "fen", "zh": "甲", "en": "A"}
DIMS = {"kind": {"zh": "类", "en": "kind"}}


class Part(BaseModel):
    model_config = ConfigDict(frozen=True)

    kind: str
    fen: int


class Happened(Event):
    service = "test"

    kind: str = "warm"
    old_fen: int | None = 40
    fen: int = 100
    until: date | None = END
    year: int = 2014
    good: bool = True
    who: UUID = PERSON
    parts: tuple[Part, ...] = (Part(kind="x", fen=1), Part(kind="y", fen=2))


def moves(event: Event, *, zero: str = "exact", **declared: Any) -> tuple[Move, ...]:
    metric = METRIC | {"dims": {"kind": "partition"}, "zero": zero}
    book = build(DIMS, [metric], [], {"t": ["a"]}, {"union.test": 0})
    fold = fold_of(Happened, (Declared.model_validate({"metric": "a"} | declared),), book)
    why = Provenance("user:1", UUID(int=9), UUID(int=9))
    place = Place(UNIT, (UNIT,), (), UNIT)
    return fold(Recorded(UUID(int=8), SUBJECT, 1, datetime.now(UTC), place, why, event), event)


@pytest.mark.parametrize(
    ("declared", "move"),
    [
        ({}, Move(1, DAY, 1)),
        ({"amount": "fen"}, Move(1, DAY, 100)),
        ({"amount": "fen", "less": "old_fen"}, Move(1, DAY, 60)),
        ({"amount": "fen", "negative": True}, Move(1, DAY, -100)),
        ({"day": "until", "after": 1}, Move(1, date(2016, 5, 17), 1)),
        ({"day": "year"}, Move(1, date(2014, 1, 1), 1)),
        ({"dims": ["kind"]}, Move(1, DAY, 1, (("kind", "warm"),))),
        ({"dims": {"kind": "good"}}, Move(1, DAY, 1, (("kind", "yes"),))),
        ({"dims": {"kind": "=cold"}}, Move(1, DAY, 1, (("kind", "cold"),))),
        ({"subject": "who"}, Move(1, DAY, 1, (), PERSON)),
        ({"subject": "$subject"}, Move(1, DAY, 1, (), SUBJECT)),
        ({"subject": "$unit"}, Move(1, DAY, 1, (), UNIT)),
        ({"when": {"kind": ["warm", "cold"]}}, Move(1, DAY, 1)),
    ],
)
def test_a_declaration_says_what_is_moved(declared: Any, move: Move) -> None:
    assert moves(Happened(occurredon=DAY), **declared) == (move,)


def test_every_entry_of_a_list_moves() -> None:
    told = moves(Happened(occurredon=DAY), each="parts", amount="item.fen", dims={"kind": "item.kind"})
    assert told == (Move(1, DAY, 1, (("kind", "x"),)), Move(1, DAY, 2, (("kind", "y"),)))


def test_without_a_date_or_outside_the_condition_nothing_moves() -> None:
    assert moves(Happened(occurredon=DAY, until=None), day="until") == ()
    assert moves(Happened(occurredon=DAY), when={"kind": ["cold"]}) == ()


def test_an_end_beyond_the_calendar_never_comes() -> None:
    assert moves(Happened(occurredon=DAY, until=date.max), day="until", after=1) == ()
    assert moves(Happened(occurredon=DAY, until=date.max), day="until") == (Move(1, date.max, 1),)


def test_what_ends_with_the_calendar_never_ends() -> None:
    assert moves(Happened(occurredon=DAY, until=date.max), day="until", after=1) == ()


def test_zero_is_said_only_where_it_differs_from_no_data() -> None:
    nothing = Happened(occurredon=DAY, fen=0)
    assert moves(nothing, amount="fen") == ()
    assert moves(nothing, amount="fen", zero="reported") == (Move(1, DAY, 0),)


def test_a_missing_old_value_counts_as_none() -> None:
    assert moves(Happened(occurredon=DAY, old_fen=None), amount="fen", less="old_fen") == (Move(1, DAY, 100),)


@pytest.mark.parametrize("declared", [{"amount": "x"}, {"day": "x"}, {"dims": ["x"]}, {"each": "x"}])
def test_a_field_that_the_event_has_not_is_refused(declared: Any) -> None:
    with pytest.raises(CatalogueError):
        moves(Happened(occurredon=DAY), **declared)


@pytest.mark.parametrize("name", sorted(BOOK.declared))
def test_what_is_declared_fits_the_event(name: str) -> None:
    """The golden record of the type is folded; every move stays within the metric's breakdowns."""
    recorded = decode((GOLDEN / f"{name}.json").read_bytes())
    by_number = {each.number: each for each in BOOK.metrics.values()}
    for move in moves_of(recorded):
        metric = by_number[move.metric]
        assert metric.id in BOOK.moves[name]
        assert {dim for dim, _ in move.dims} == set(metric.dims)
