"""Types of command fields: what passes here is of the right shape, whatever the rules say of it later."""

import re
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from services.finance.domain import periods
from shared.codes import credit, divisions
from shared.codes.refusal import InvalidCode

LARGEST_FEN = 10**13
CREDIT_CODE_CHARACTERS = 18
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Command(BaseModel):
    """Frozen; fields nobody knows are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _fault(code: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError(code, "{remedy}", {"remedy": remedy})


def _iso(raw: Any) -> date:
    # pydantic alone would also take numbers of seconds, and moments at midnight
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str) or not _ISO.fullmatch(raw):
        raise _fault("date_malformed", "give a date as YYYY-MM-DD")
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise _fault("date_impossible", "the calendar has no such day") from None


def _period(text: str) -> str:
    try:
        periods.parse(text)
    except ValueError as error:
        raise _fault("period_malformed", str(error)) from None
    return text


def _credit_code(text: str) -> str:
    try:
        return credit.checked(text).code
    except InvalidCode as error:
        raise _fault(error.code, error.remedy) from None


def _union(text: str) -> str:
    if "-" not in text:
        return _credit_code(text) if len(text) >= CREDIT_CODE_CHARACTERS else _division(text)
    try:
        return str(UUID(text))
    except ValueError:
        raise _fault("union_malformed", "give the union's id, its division code or its credit code") from None


def _division(text: str) -> str:
    try:
        return divisions.checked(text)
    except InvalidCode as error:
        raise _fault(error.code, error.remedy) from None


Fen = Annotated[
    int,
    Field(strict=True, gt=0, le=LARGEST_FEN, description="Fen, a whole number from 1 to 10,000,000,000,000."),
]
BusinessDate = Annotated[
    date, BeforeValidator(_iso), Field(description="Asia/Shanghai date, YYYY-MM-DD, not in the future.")
]
PeriodText = Annotated[
    str, AfterValidator(_period), Field(description="YYYY, YYYY-MM or YYYY-Qn.", examples=["2013-07"])
]
CreditCodeText = Annotated[
    str,
    Field(max_length=40, description="Unified social credit code, 18 characters."),
    AfterValidator(_credit_code),
]
UnionText = Annotated[
    str,
    Field(max_length=40, description="Id, 12-digit division code or credit code of the union."),
    AfterValidator(_union),
]
Channel = Annotated[
    Literal["own", "tax", "fiscal"],
    Field(
        description="Paid to the union, collected by the tax agency, or allotted by the finance department."
    ),
]
