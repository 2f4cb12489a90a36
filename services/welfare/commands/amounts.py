"""Numbers that may be zero, and numbers with narrow bounds; the others are in `shared.http.fields`."""

from typing import Annotated

from pydantic import Field

from shared.http.fields import LARGEST_FEN

FenOrZero = Annotated[
    int,
    Field(strict=True, ge=0, le=LARGEST_FEN, description="Fen, a whole number from 0 to 10,000,000,000,000."),
]
CountOrZero = Annotated[int, Field(strict=True, ge=0, le=10_000_000, description="A whole number from 0 on.")]
Few = Annotated[int, Field(strict=True, ge=1, le=1000, description="A whole number from 1 to 1,000.")]
