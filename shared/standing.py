"""Whether a union existed on a business date."""

from datetime import date
from typing import Protocol
from uuid import UUID

from shared.errors import Refused


class DateInFuture(Refused):
    """What has not happened yet is not recorded."""

    code = "date-in-future"


class BeforeEstablishment(Refused):
    """The union came into being later."""

    code = "before-establishment"


class UnionEnded(Refused):
    """The union had been merged or dissolved by then."""

    code = "union-ended"


class Existence(Protocol):
    """From when to when a union exists; on the day it ends it exists no more."""

    @property
    def established_on(self) -> date: ...

    @property
    def ended_on(self) -> date | None: ...

    @property
    def successor(self) -> UUID | None: ...


def refuse_future(on: date, today: date, field: str) -> None:
    """Dates up to today in Shanghai (DOMAIN CAL-04)."""
    if on > today:
        raise DateInFuture(
            f"today is {today}", field=field, value=str(on), remedy="give today or an earlier day"
        )


def refuse_unless_existing(union: Existence, on: date, field: str) -> None:
    """Facts from before the end may be recorded later; money that comes afterwards is the successor's."""
    if on < union.established_on:
        raise BeforeEstablishment(
            f"the union was established on {union.established_on}",
            field=field,
            value=str(on),
            remedy="check the date and the union",
        )
    if union.ended_on and on >= union.ended_on:
        heir = (
            f"record it at its successor {union.successor}"
            if union.successor
            else "it was dissolved: check the union"
        )
        raise UnionEnded(f"the union ended on {union.ended_on}", field=field, value=str(on), remedy=heir)
