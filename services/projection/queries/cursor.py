"""Cursors: where a page ended, of which question, at which cut. Opaque to callers, checked on return."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from services.projection.queries.refusals import BadCursor

LONGEST = 6000

P = TypeVar("P", bound="Position")


class Position(BaseModel):
    """The last row of a page; subclasses name its columns. `question` tells whose cursor it is."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    question: str


def digest(*parts: object) -> str:
    """What stands for a question in a cursor."""
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]


def written(position: Position) -> str:
    """The text for `next`."""
    return urlsafe_b64encode(position.model_dump_json().encode()).decode().rstrip("=")


def read(kind: type[P], text: str, question: str) -> P:
    """The position behind a text; raises `BadCursor` if it is none, or belongs to another question."""
    if len(text) > LONGEST:
        raise BadCursor("the cursor is too long")
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        position = kind.model_validate_json(raw)
    except (ValidationError, ValueError):
        raise BadCursor("this is no cursor of ours") from None
    if position.question != question:
        raise BadCursor("the cursor belongs to another question")
    return position
