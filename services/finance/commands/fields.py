"""Types of command fields of finance; those that every service needs are in `shared.http.fields`."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from services.finance.domain import periods
from shared.http.fields import BusinessDate, Command, CreditCode, Fen, UnionText, fault

__all__ = [
    "BusinessDate",
    "Channel",
    "Command",
    "CreditCode",
    "Fen",
    "FirmSize",
    "PeriodText",
    "UnionText",
]


def _period(text: str) -> str:
    try:
        periods.parse(text)
    except ValueError as error:
        raise fault("period-malformed", str(error)) from None
    return text


PeriodText = Annotated[
    str, AfterValidator(_period), Field(description="YYYY, YYYY-MM or YYYY-Qn.", examples=["2013-07"])
]
Channel = Annotated[
    Literal["own", "tax", "fiscal"],
    Field(
        description="Paid to the union, collected by the tax agency, or allotted by the finance department."
    ),
]
FirmSize = Annotated[
    Literal["large", "medium", "small", "micro"],
    Field(description="Size class of the payer on the payment date, by the national classification."),
]
