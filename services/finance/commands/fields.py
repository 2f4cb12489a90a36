"""Types of command fields of finance; those that every service needs are in `shared.http.fields`."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from services.finance.domain import periods
from shared.http.fields import BusinessDate, Command, CreditCode, fault, reference_text

__all__ = ["BusinessDate", "Channel", "Command", "CreditCode", "Fen", "PeriodText", "UnionText"]

LARGEST_FEN = 10**13


def _period(text: str) -> str:
    try:
        periods.parse(text)
    except ValueError as error:
        raise fault("period-malformed", str(error)) from None
    return text


Fen = Annotated[
    int,
    Field(strict=True, gt=0, le=LARGEST_FEN, description="Fen, a whole number from 1 to 10,000,000,000,000."),
]
PeriodText = Annotated[
    str, AfterValidator(_period), Field(description="YYYY, YYYY-MM or YYYY-Qn.", examples=["2013-07"])
]
UnionText = Annotated[
    str,
    Field(max_length=40, description="Id, 12-digit division code or credit code of the union."),
    AfterValidator(reference_text),
]
Channel = Annotated[
    Literal["own", "tax", "fiscal"],
    Field(
        description="Paid to the union, collected by the tax agency, or allotted by the finance department."
    ),
]
