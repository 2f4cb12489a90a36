"""RFC 9457 problem documents, and the only table from errors to status codes."""

import re
from typing import Annotated, Any

from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, Field, ValidationError

from shared.codes import identity
from shared.errors import (
    ChangedMeanwhile,
    Gone,
    Malformed,
    NotFound,
    NotPermitted,
    NotSignedIn,
    NotYetKnown,
    Problem,
    Refused,
    TooManyRequests,
    Unavailable,
)

MEDIA_TYPE = "application/problem+json"

STATUSES: tuple[tuple[type[Problem], int], ...] = (
    (Malformed, 422),
    (NotSignedIn, 401),
    (NotFound, 404),
    (Gone, 410),
    (NotPermitted, 403),
    (TooManyRequests, 429),
    (Refused, 409),
    (ChangedMeanwhile, 412),
    (Unavailable, 503),
    (Problem, 500),
)


LONGEST_VALUE = 200
_CODE = re.compile(r"'?[0-9A-Za-z:._/-]*'?", re.ASCII)
_TELEPHONE = re.compile(r"(?<![0-9a-z])1[3-9][0-9]{9}(?![0-9a-z])")


def _unless_personal(text: str) -> str:
    return "" if identity.held_in(text) else text


def brief(value: str, longest: int = LONGEST_VALUE) -> str:
    """The beginning of what came in; nothing if all of it holds a citizen number, which may be cut in two."""
    return _unless_personal(value)[:longest]


def discreet(value: str) -> str:
    """The value if it is a code, an id or a day: beside personal data a text may be a name out of place."""
    return value if _CODE.fullmatch(value) and not _TELEPHONE.search(value) else ""


Told = Annotated[str, AfterValidator(_unless_personal)]
"""What is repeated of the input: nothing, if it holds a citizen number."""


class FieldProblem(BaseModel):
    """One fault of the input."""

    field: Told
    value: Told
    code: str
    remedy: str


class ProblemDocument(BaseModel):
    """Why nothing was done. `code` is stable; `field`, `value` and `remedy` say where and what to do."""

    type: str = Field(examples=["urn:unionstream:problem:already-member"])
    title: str
    status: int
    code: str
    detail: Told
    field: Told = ""
    value: Told = ""
    remedy: str = ""
    errors: list[FieldProblem] = []


class Invalid(Malformed):
    """Several faults of one body, each with its field."""

    def __init__(self, faults: list[FieldProblem]) -> None:
        """The first fault stands in the headline."""
        first = faults[0]
        super().__init__(f"{len(faults)} fault(s) in the input", first.field, first.value, first.remedy)
        self.faults = faults


def status_of(problem: Problem) -> int:
    """The HTTP status of a problem."""
    return next(status for family, status in STATUSES if isinstance(problem, family))


def document_of(problem: Problem, status: int | None = None) -> ProblemDocument:
    """The problem as a document, under another status where HTTP itself has a narrower one."""
    return ProblemDocument(
        type=f"urn:unionstream:problem:{problem.code}",
        title=problem.code.replace("-", " ").capitalize(),
        status=status or status_of(problem),
        code=problem.code,
        detail=problem.detail,
        field=problem.field,
        value=brief(problem.value),
        remedy=problem.remedy,
        errors=problem.faults if isinstance(problem, Invalid) else [],
    )


def response_of(problem: Problem, status: int | None = None) -> JSONResponse:
    """The answer for a problem; Retry-After where trying again can help."""
    document = document_of(problem, status)
    return JSONResponse(
        document.model_dump(),
        status_code=document.status,
        media_type=MEDIA_TYPE,
        headers=_headers_of(problem),
    )


def _headers_of(problem: Problem) -> dict[str, str] | None:
    if isinstance(problem, (NotYetKnown, Unavailable, TooManyRequests)):
        return {"Retry-After": str(problem.retry_after_seconds)}
    return {"WWW-Authenticate": "Bearer"} if isinstance(problem, NotSignedIn) else None


def of_validation(error: ValidationError, personal: frozenset[str] = frozenset()) -> Invalid:
    """Pydantic's faults in our words; values of personal fields are not repeated, nor texts beside them."""
    return Invalid([_fault(each, personal) for each in error.errors(include_url=False)[:20]])


def _fault(raw: Any, personal: frozenset[str]) -> FieldProblem:
    path = [str(part) for part in raw["loc"]]
    hidden = bool(personal & set(path)) or isinstance(raw["input"], (dict, list))
    value = "" if hidden else brief(repr(raw["input"]), 100)
    return FieldProblem(
        field=".".join(path) or "body",
        value=discreet(value) if personal else value,
        code=raw["type"].replace("_", "-"),
        remedy=raw["msg"],
    )
