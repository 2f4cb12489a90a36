"""The one statement that writes a batch, and its arguments as parallel arrays."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from shared.work.changes import Changes
from shared.work.needs import Claimed, Shelf

RECORD = f"SELECT record({', '.join(f'${n}' for n in range(1, 23))})"


def arguments(
    changes: Changes, shelf: Shelf, today: date, keys: Sequence[tuple[str, str, bytes, int, str]]
) -> list[Any]:
    """All arrays in the order of `record`'s parameters."""
    return [*_states(changes), *_claims(changes, shelf), today, *_columns(keys, 5), *_events(changes)]


def _states(changes: Changes) -> list[list[Any]]:
    return _columns(
        (
            (
                id_,
                saved.kind.name,
                saved.kind.unit(saved.state),
                saved.expected,
                saved.version,
                saved.state.model_dump_json(),
            )
            for id_, saved in changes.saved.items()
        ),
        6,
    )


def _claims(changes: Changes, shelf: Shelf) -> list[list[Any]]:
    released, taken = [], []
    for claim, owner in changes.claims.items():
        before = shelf.get(Claimed(*claim))
        if before == owner:
            continue
        if before is not None:
            released.append(claim)
        if owner is not None:
            taken.append((*claim, owner))
    return [*_columns(released, 2), *_columns(taken, 3)]


def _events(changes: Changes) -> list[list[Any]]:
    return _columns(((row.id, row.stream, row.subject, row.version, row.value) for row in changes.rows), 5)


def _columns(rows: Iterable[Sequence[Any]], width: int) -> list[list[Any]]:
    columns: list[list[Any]] = [[] for _ in range(width)]
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    return columns
