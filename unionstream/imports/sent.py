"""Values of a row, put where the command wants them."""

from collections.abc import Mapping
from typing import Any

from unionstream.imports.sheets import Part, Sheet


def sent(sheet: Sheet, values: Mapping[str, Any]) -> dict[str, Any]:
    """The command's fields; what is empty is left out."""
    row = _Sent()
    for column in sheet.columns:
        value = values[column.field]
        if column.sent and value is not None:
            if column.part is None:
                row.put(column.field, value)
            else:
                row.add(column.part, value)
    return row.fields


class _Sent:
    def __init__(self) -> None:
        self.fields: dict[str, Any] = {}
        self._shared: dict[tuple[str, str], dict[str, Any]] = {}

    def put(self, path: str, value: Any) -> None:
        within, last = self._within(path)
        within[last] = value

    def add(self, part: Part, value: Any) -> None:
        element = part.put | {part.amount: value} if part.amount else value
        if part.together and (part.into, part.together) in self._shared:
            self._shared[part.into, part.together] |= element
            return
        if part.together:
            self._shared[part.into, part.together] = element
        within, last = self._within(part.into)
        within.setdefault(last, []).append(element)

    def _within(self, path: str) -> tuple[dict[str, Any], str]:
        within = self.fields
        *names, last = path.split(".")
        for name in names:
            within = within.setdefault(name, {})
        return within, last
