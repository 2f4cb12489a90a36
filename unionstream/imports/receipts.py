"""A row of received dues as the finance service takes it."""

from collections import Counter
from collections.abc import Mapping
from functools import partial

from unionstream.imports import dates, headings, money, places
from unionstream.imports.cells import Cell
from unionstream.imports.fields import Fields, RowInvalid
from unionstream.imports.problems import CellInvalid


class ReceiptRows:
    """Reads the rows of one import; `doubts` counts by code what was accepted but looks odd."""

    def __init__(self, amount_unit: int, union: str | None) -> None:
        """`amount_unit` is fen in one unit of the heading; `union` stands in where a row names no one."""
        self.doubts: Counter[str] = Counter()
        self._unit = amount_unit
        self._union = union

    def fields(self, cells: Mapping[str, Cell]) -> Fields:
        """The fields to send; raises RowInvalid at the first cell that cannot be read."""
        row = Fields(cells)
        self._payer(row)
        row.put("channel", row.read("channel", partial(headings.value, "channel")) or "own")
        row.must("amount_fen", row.take("amount", lambda cell: str(money.fen(cell, self._unit))))
        row.sent["amount_fen"] = int(row.sent["amount_fen"])
        row.must("received_on", row.take("received_on", lambda cell: dates.day(cell).isoformat()))
        row.put("period", row.take("period", dates.period) or self._month(row))
        return row

    def _payer(self, row: Fields) -> None:
        union = row.read("union", places.union)
        payer = row.read("payer_credit_code", places.employer)
        row.put("payer_credit_code", payer)
        row.put("union", union or (None if payer else self._union))
        if not row.sent:
            raise RowInvalid(
                "union", CellInvalid("value-missing", "", "name the union or the payer's credit code")
            )

    def _month(self, row: Fields) -> str:
        self.doubts["period-taken-from-date"] += 1
        return str(row.sent["received_on"])[:7]
