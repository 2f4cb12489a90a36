"""What a service answers to a chunk of rows, and what it says when it refuses the whole request."""

from typing import Literal
from uuid import UUID

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from unionstream.imports.problems import RowProblem

# Refused only because another service's fact has not arrived: the same row may be taken in a moment.
MAY_STILL_ARRIVE = frozenset({"not-yet-known", "payer-unmatched", "union-unmatched", "employer-unmatched"})


class ProblemAnswer(BaseModel):
    """An RFC 9457 problem document, as far as a person at the keyboard needs it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    code: str = "unknown"
    detail: str = ""
    field: str = ""
    value: str = ""
    remedy: str = ""

    def of_row(self) -> RowProblem:
        """The problem as the file of refused rows shows it."""
        return RowProblem(self.code, self.field, self.value, self.remedy, self.detail)


class RowAnswer(BaseModel):
    """One row's fate, by its place in the chunk."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    row: int
    status: Literal["created", "repeated", "refused"]
    id: UUID | None = None
    problem: ProblemAnswer | None = None


class BulkAnswer(BaseModel):
    """One answer per row."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    results: tuple[RowAnswer, ...]


def problem_of(response: httpx.Response) -> ProblemAnswer:
    """The problem in a refusal; a made-up one where something else than the service answered."""
    try:
        return ProblemAnswer.model_validate_json(response.content)
    except ValidationError:
        return ProblemAnswer(code=f"http-{response.status_code}", detail="the answer is no problem document")
