"""A month of a table as the agency gets it: with its totals, small numbers hidden."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from services.exchange.domain.agreements import Agreement
from services.exchange.domain.suppressing import suppressed

TYPE = "agency.TablePublished.v1"

Cells = Mapping[tuple[str, str], tuple[int, int]]
"""Row and column to amount, and of how many events it is made."""


def last_of(month: date) -> date:
    """The last day of the month that begins on this day."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def published(agreement: Agreement, number: int, counted: tuple[date, Cells], id_: UUID) -> bytes:
    """The record of a month, given by its first day: a hidden number is null, totals give nothing away."""
    table, (month, cells) = agreement.tables[number], counted
    rows = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    amounts = [[cells.get((row, column), (0, 0))[0] for column in columns] for row in rows]
    entries = [[cells.get((row, column), (0, 0))[1] for column in columns] for row in rows]
    shown = suppressed(amounts, entries, agreement.threshold)
    data: dict[str, Any] = {
        "occurredon": last_of(month).isoformat(),
        "month": month.isoformat()[:7],
        "counted": {"type": table.type, "counts": table.counts},
        "rows": {"field": table.rows, "kinds": rows},
        "columns": {"field": table.columns, "kinds": columns},
        "numbers": [row[:-1] for row in shown[:-1]],
        "row_totals": [row[-1] for row in shown[:-1]],
        "column_totals": shown[-1][:-1] if shown else [],
        "total": shown[-1][-1] if shown else 0,
        "threshold": agreement.threshold,
    }
    attributes = {
        "specversion": "1.0",
        "id": str(id_),
        "source": f"/union/exchange/{agreement.name}",
        "type": TYPE,
        "datacontenttype": "application/json",
        "unionkey": str(id_),
    }
    return to_json(attributes | {"data": data})
