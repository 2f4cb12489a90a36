"""Relief for lists of people: nominated by one, approved by another, paid from funds."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tests.support.field import Body, Field
from tests.support.rows import told

MONEY = {"document": "县财〔2013〕8号", "allocated_on": "2013-01-02"}


async def fund(field: Field, union: UUID, source: str, fen: int, **more: object) -> UUID:
    """A fund of 2013 with so much money in it."""
    opened = {"union": union, "source": source, "year": 2013, "opened_on": "2013-01-01"} | more
    id_ = await field.tell("welfare", "funds", opened)
    await field.tell("welfare", f"funds/{id_}/allocate", MONEY | {"fen": fen})
    return id_


async def approved(field: Field, said: Body) -> UUID:
    """A case that `ada` recorded and `bo` approved on the day of the application."""
    case = await field.tell("welfare", "relief/cases", said)
    day = {"approved_on": said["applied_on"]}
    await field.tell("welfare", f"relief/cases/{case}/approve", day, actor="bo")
    return case


async def helped(field: Field, said: Sequence[Body], paid: Sequence[Body]) -> list[UUID]:
    """Cases by list, each with the payment in the same place of the other list."""
    cases = await told(field, "welfare", "relief/cases/bulk", said)
    days = [{"case": case, "approved_on": each["applied_on"]} for case, each in zip(cases, said, strict=True)]
    await told(field, "welfare", "relief/cases/approve/bulk", days, actor="bo")
    payments = [{"case": case} | each for case, each in zip(cases, paid, strict=True)]
    await told(field, "welfare", "relief/cases/pay/bulk", payments)
    return cases


def cash(fen: int, source: str, on: str, **more: object) -> Body:
    """All in cash, from one source."""
    return {
        "cash_fen": fen,
        "draws": [{"source": source, "fen": fen}],
        "receipt": "收2013-1",
        "paid_on": on,
    } | more
