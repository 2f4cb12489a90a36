"""Folds that are data: what an event type moves, as the catalogue's subjects say it.

A path names a field of the event (`amount_fen`), a field of one entry of a list (`item.fen`, with `each`),
`$subject` or `$unit` of the envelope, or a word as it stands (`=refused`).
"""

from collections.abc import Callable
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from services.projection.catalogue import Catalogue, CatalogueError
from services.projection.catalogue.model import Declared
from services.projection.fold.said import Move
from shared.contracts import Event
from shared.envelope import Recorded

Moves = tuple[Move, ...]
Fold = Callable[[Recorded, Any], Moves]
Take = Callable[[Recorded, Any, Any], Any]
"""Value of a path: of the record, its event, and the entry of a list."""


def fold_of(event: type[Event], declared: tuple[Declared, ...], book: Catalogue) -> Fold:
    """One function for all that is declared of an event type; raises CatalogueError for an unknown field."""
    folds = [_compiled(event, each, book) for each in declared]

    def fold(recorded: Recorded, said: Any) -> Moves:
        moves: list[Move] = []
        for each in folds:
            moves += each(recorded, said)
        return tuple(moves)

    return fold


def _compiled(event: type[Event], declared: Declared, book: Catalogue) -> Fold:
    if declared.each is None:
        move = _move(event, declared, book)
        return lambda r, e: move(r, e, None)
    move, entries = _move(event, declared, book), attrgetter(declared.each)
    return lambda r, e: tuple(each for item in entries(e) for each in move(r, e, item))


def _move(event: type[Event], declared: Declared, book: Catalogue) -> Callable[[Recorded, Any, Any], Moves]:
    metric = book.metric(declared.metric)
    number, explicit, after = metric.number, metric.zero == "reported", declared.after
    amount = _amount(event, declared)
    day = _path(event, declared, declared.day)
    dims = [(dim, _path(event, declared, path)) for dim, path in declared.breakdowns.items()]
    subject = _path(event, declared, declared.subject or "=")
    tests = [(_path(event, declared, path), wanted) for path, wanted in declared.when.items()]

    def move(r: Recorded, e: Any, item: Any) -> Moves:
        for take, wanted in tests:
            if _text(take(r, e, item)) not in wanted:
                return ()
        when, moved = _day(day(r, e, item), after), amount(r, e, item)
        if when is None or moved is None or not (moved or explicit):
            return ()
        parts = tuple([(dim, _text(take(r, e, item))) for dim, take in dims])
        return (Move(number, when, moved, parts, subject(r, e, item) or None),)

    return move


def _amount(event: type[Event], declared: Declared) -> Callable[[Recorded, Any, Any], int | None]:
    sign = -1 if declared.negative else 1
    if isinstance(declared.amount, int):
        fixed = sign * declared.amount
        return lambda _r, _e, _item: fixed
    take = _path(event, declared, declared.amount)
    less = _path(event, declared, declared.less) if declared.less else None
    if less is None:
        return lambda r, e, item: None if (said := take(r, e, item)) is None else sign * int(said)
    return lambda r, e, item: sign * (int(take(r, e, item) or 0) - int(less(r, e, item) or 0))


def _path(event: type[Event], declared: Declared, path: str) -> Take:
    if path.startswith("="):
        word = path[1:]
        return lambda _r, _e, _item: word
    if path == "$subject":
        return lambda r, _e, _item: r.subject
    if path == "$unit":
        return lambda r, _e, _item: r.place.unit
    if path.startswith("item."):
        take = attrgetter(path.removeprefix("item."))
        return lambda _r, _e, item: take(item)
    for name in (path.split(".", maxsplit=1)[0], *([declared.each] if declared.each else [])):
        if name not in event.model_fields:
            msg = f"{event.wire_type()} has no field {name!r}, from which {declared.metric} is read"
            raise CatalogueError(msg)
    take = attrgetter(path)
    return lambda _r, e, _item: take(e)


def _day(said: date | int | None, after: int) -> date | None:
    # A year stands for its first day: what is set for a year belongs to it whenever it was set.
    day = date(said, 1, 1) if isinstance(said, int) else said
    if day and date.max - day < timedelta(after):
        return None  # an end beyond the calendar never comes
    return day + timedelta(after) if day and after else day


def _text(value: Any) -> str:
    if type(value) is str:  # nearly always
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "unknown" if value is None else str(value)
