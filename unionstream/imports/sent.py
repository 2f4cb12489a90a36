"""Values of a row, put where the command wants them."""

from collections.abc import Mapping
from typing import Any

from unionstream.imports.sheets import Column, Sheet


def sent(sheet: Sheet, values: Mapping[str, Any]) -> dict[str, Any]:
    """The command's fields; what is empty is left out."""
    fields: dict[str, Any] = {}
    for column in sheet.columns:
        value = values[column.field]
        if column.sent and value is not None:
            _put(fields, column, value)
    return fields


def _put(fields: dict[str, Any], column: Column, value: Any) -> None:
    *path, last = (column.part.into if column.part else column.field).split(".")
    for name in path:
        fields = fields.setdefault(name, {})
    part = column.part
    if part is None:
        fields[last] = value
    else:
        element = part.put | {part.amount: value} if part.amount else value
        fields.setdefault(last, []).append(element)
