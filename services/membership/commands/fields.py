"""Types of command fields of membership; those that every service needs are in `shared.http.fields`."""

from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from shared.http.fields import BusinessDate, Command, CreditCode, Division, fault, reference_text

__all__ = [
    "BusinessDate",
    "CatalogueId",
    "Command",
    "CreditCode",
    "Division",
    "EmployerReference",
    "Headcount",
    "Level",
    "Name",
    "PersonalText",
    "Phone",
    "SalesFen",
    "UnionReference",
]

LARGEST_FEN = 10**15
LARGEST_HEADCOUNT = 10_000_000


def _printable(text: str) -> str:
    clean = text.strip()
    if not clean or not clean.isprintable():
        raise fault("text-unprintable", "give a text without control characters")
    return clean


def _secret(text: SecretStr) -> SecretStr:
    return SecretStr(_printable(text.get_secret_value()))


UnionReference = Annotated[
    str,
    Field(
        max_length=40,
        description="A union: its id, division code or credit code, or that of an employer it covers.",
    ),
    AfterValidator(reference_text),
]
EmployerReference = Annotated[
    str,
    Field(max_length=40, description="An employer: its id or its credit code."),
    AfterValidator(reference_text),
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
