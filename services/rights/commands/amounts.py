"""Amounts that may be zero; other fields are in `shared.http.fields` and `ahead`."""

from typing import Annotated

from pydantic import Field

from shared.http.fields import LARGEST_FEN

FenOrZero = Annotated[
    int,
    Field(strict=True, ge=0, le=LARGEST_FEN, description="Fen, a whole number from 0 to 10,000,000,000,000."),
]
