"""Types of command fields that every service needs; each fault has a code and a remedy of its own."""

import re
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from shared.codes import credit, divisions
from shared.codes.refusal import InvalidCode

DIVISION_DIGITS = 12
# The calendar reckons on from days that lie ahead: so, bounds.
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
# The number of a paper, not its text: letters, digits, brackets; never long enough for a citizen number.
_DOCUMENT = re.compile(r"(?!.*\d{15})[\w〔〕（）()\[\]【】.\-/ 第号]{1,60}")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Command(BaseModel):
    """Frozen; fields nobody knows are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def fault(code: str, remedy: str) -> PydanticCustomError:
    """What a validator raises; it reaches the caller as this code in kebab case, with the remedy."""
    return PydanticCustomError(code.replace("-", "_"), "{remedy}", {"remedy": remedy})


def division_text(text: str) -> str:
    """A division code with its shape checked."""
    try:
        return divisions.checked(text)
    except InvalidCode as error:
        raise fault(error.code, error.remedy) from None


def credit_code_text(text: str) -> str:
    """A credit code with both checks right, in upper case."""
    try:
        return credit.checked(text).code
    except InvalidCode as error:
        raise fault(error.code, error.remedy) from None


def reference_text(text: str) -> str:
    """An id, a division code or a credit code: told apart by their shapes."""
    if "-" in text:
        try:
            return str(UUID(text))
        except ValueError:
            raise fault(
                "reference-malformed", "give an id, a 12-digit division code or a credit code"
            ) from None
    return division_text(text) if len(text) == DIVISION_DIGITS else credit_code_text(text)


def _iso(raw: Any) -> date:
    # pydantic alone would also take numbers of seconds, and moments at midnight
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str) or not _ISO.fullmatch(raw):
        raise fault("date-malformed", "give a date as YYYY-MM-DD")
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise fault("date-impossible", "the calendar has no such day") from None


def _document(text: str) -> str:
    clean = text.strip()
    if not _DOCUMENT.fullmatch(clean):
        raise fault(
            "document-malformed",
            "give the number of the paper, such as 镇工〔2013〕12号, up to 60 characters",
        )
    return clean


def _foreseen(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise fault("date-out-of-range", f"give a day from {EARLIEST} to {LATEST}")
    return day


BusinessDate = Annotated[date, BeforeValidator(_iso), Field(description="Asia/Shanghai date, YYYY-MM-DD.")]
Division = Annotated[
    str,
    Field(max_length=20, description="Division code of the statistics edition."),
    AfterValidator(division_text),
]
CreditCode = Annotated[
    str, Field(max_length=40, description="Unified social credit code."), AfterValidator(credit_code_text)
]
LARGEST_FEN = 10**13
Fen = Annotated[
    int,
    Field(strict=True, gt=0, le=LARGEST_FEN, description="Fen, a whole number from 1 to 10,000,000,000,000."),
]
Count = Annotated[int, Field(strict=True, ge=1, le=10_000_000, description="A whole number from 1 on.")]
FenOrZero = Annotated[
    int,
    Field(strict=True, ge=0, le=LARGEST_FEN, description="Fen, a whole number from 0 to 10,000,000,000,000."),
]
CountOrZero = Annotated[int, Field(strict=True, ge=0, le=10_000_000, description="A whole number from 0 on.")]
Edition = Annotated[
    int,
    Field(strict=True, ge=1, le=1000, description="Its number where it is held again: 首届 is 1."),
]
Few = Annotated[int, Field(strict=True, ge=1, le=1000, description="A whole number from 1 to 1,000.")]
PlannedDate = Annotated[BusinessDate, AfterValidator(_foreseen)]
CatalogueId = Annotated[str, Field(max_length=50, description="An id of the catalogue.")]
UnionText = Annotated[
    str,
    Field(max_length=40, description="Id, 12-digit division code or credit code of the union."),
    AfterValidator(reference_text),
]
EmployerText = Annotated[
    str,
    Field(max_length=40, description="Id or credit code of the employer."),
    AfterValidator(reference_text),
]
DocumentNumber = Annotated[
    str,
    Field(max_length=60, description="Number of the paper that says so (文号); no personal data."),
    AfterValidator(_document),
]
