"""Types of command fields: what passes here is of the right shape, whatever the rules say of it later."""

import re
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr
from pydantic_core import PydanticCustomError

from shared.codes import credit, divisions
from shared.codes.refusal import InvalidCode

DIVISION_DIGITS = 12
LARGEST_FEN = 10**15
LARGEST_HEADCOUNT = 10_000_000

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Command(BaseModel):
    """Frozen; fields nobody knows are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _fault(code: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError(code.replace("-", "_"), "{remedy}", {"remedy": remedy})


def _iso(raw: Any) -> date:
    # pydantic alone would also take numbers of seconds, and moments at midnight
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str) or not _ISO.fullmatch(raw):
        raise _fault("date-malformed", "give a date as YYYY-MM-DD")
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise _fault("date-impossible", "the calendar has no such day") from None


def _division(text: str) -> str:
    try:
        return divisions.checked(text)
    except InvalidCode as error:
        raise _fault(error.code, error.remedy) from None


def _credit_code(text: str) -> str:
    try:
        return credit.checked(text).code
    except InvalidCode as error:
        raise _fault(error.code, error.remedy) from None


def _reference(text: str) -> str:
    if "-" in text:
        try:
            return str(UUID(text))
        except ValueError:
            raise _fault(
                "reference-malformed", "give an id, a 12-digit division code or a credit code"
            ) from None
    return _division(text) if len(text) == DIVISION_DIGITS else _credit_code(text)


def _printable(text: str) -> str:
    clean = text.strip()
    if not clean or not clean.isprintable():
        raise _fault("text-unprintable", "give a text without control characters")
    return clean


def _secret(text: SecretStr) -> SecretStr:
    return SecretStr(_printable(text.get_secret_value()))


BusinessDate = Annotated[date, BeforeValidator(_iso), Field(description="Asia/Shanghai date, YYYY-MM-DD.")]
UnionReference = Annotated[
    str,
    Field(
        max_length=40,
        description="A union: its id, division code or credit code, or that of an employer it covers.",
    ),
    AfterValidator(_reference),
]
EmployerReference = Annotated[
    str,
    Field(max_length=40, description="An employer: its id or its credit code."),
    AfterValidator(_reference),
]
Division = Annotated[
    str,
    Field(max_length=20, description="Division code of the statistics edition."),
    AfterValidator(_division),
]
CreditCode = Annotated[
    str, Field(max_length=40, description="Unified social credit code."), AfterValidator(_credit_code)
]
Name = Annotated[str, Field(max_length=200), AfterValidator(_printable)]
CatalogueId = Annotated[str, Field(max_length=50, description="An id of the catalogue.")]
PersonalText = Annotated[
    SecretStr,
    Field(max_length=100, description="Personal; kept encrypted, never repeated."),
    AfterValidator(_secret),
]
Phone = Annotated[
    SecretStr,
    Field(max_length=30, description="Personal; kept encrypted, never repeated."),
    AfterValidator(_secret),
]
Headcount = Annotated[int, Field(strict=True, ge=0, le=LARGEST_HEADCOUNT)]
SalesFen = Annotated[int, Field(strict=True, ge=0, le=LARGEST_FEN, description="Fen, a whole number.")]
Level = Annotated[
    int, Field(strict=True, ge=1, le=8, description="1 province … 6 grassroots union … 8 group.")
]
