"""Reading a body: size first, then JSON, then types: no input can exhaust the process or reach the rules."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_core import from_json

from shared.codes import credit, identity
from shared.codes.refusal import InvalidCode
from shared.errors import Malformed
from shared.http.headers import IN_THE_CLEAR
from shared.http.problems import FieldProblem, Invalid, of_validation

M = TypeVar("M", bound=BaseModel)

NOT_HERE = "leave the number out: this text is not sealed, and is kept for good"
LARGEST_SINGLE = 64 * 1024
LARGEST_BULK = 4 * 1024 * 1024


class BodyTooLarge(Malformed):
    """The body exceeds what one request may carry."""

    code = "body-too-large"


async def read(request: Request, largest: int) -> bytes:
    """The raw body; stops reading as soon as it is too large."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > largest:
            raise BodyTooLarge(
                f"more than {largest} bytes",
                field="body",
                remedy="send fewer rows per request, or the bulk endpoint",
            )
        chunks.append(chunk)
    return b"".join(chunks)


def parse(raw: bytes) -> dict[str, Any]:
    """A JSON object; broken UTF-8, lone surrogates, deep nesting and NUL characters are malformed."""
    try:
        body = from_json(raw or b"{}")
    except ValueError as error:
        raise Malformed(
            f"the body is not JSON: {error}", field="body", remedy="send one JSON object in UTF-8"
        ) from None
    if not isinstance(body, dict):
        raise Malformed("the body is not a JSON object", field="body", remedy="send one JSON object")
    if b"\\u0000" in raw and _holds_nul(body):
        raise Malformed("a text holds the character NUL", field="body", remedy="remove the character \\u0000")
    return body


def typed(model: type[M], body: Mapping[str, Any], around: type[BaseModel] | None = None) -> M:
    """The command, or what is `around` rows of it; raises `Invalid` with one fault per field."""
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise of_validation(error, personal_fields(around or model)) from None


def refuse_numbers(model: type[BaseModel], body: Mapping[str, Any]) -> None:
    """Raises Invalid for a citizen number where nothing is sealed: it would stand in events for good."""
    personal = personal_fields(model)
    faults = [
        FieldProblem(field=name, value="", code=IN_THE_CLEAR, remedy=NOT_HERE)
        for name, value in body.items()
        if name not in personal and _holds_number(value)
    ]
    if faults:
        raise Invalid(faults)


@cache
def personal_fields(model: type[BaseModel]) -> frozenset[str]:
    """Fields whose values are never repeated: those typed `SecretStr`."""
    return frozenset(name for name, info in model.model_fields.items() if "SecretStr" in str(info.annotation))


def revealed(secret: SecretStr | None) -> str:
    """The text behind a personal field, empty if there is none."""
    return secret.get_secret_value() if secret else ""


def _holds_number(value: Any) -> bool:
    if isinstance(value, str):
        return identity.held_in(value) and not _is_credit_code(value)
    if isinstance(value, dict):
        return any(_holds_number(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(_holds_number(part) for part in value)


def _is_credit_code(text: str) -> bool:
    """One of digits alone may look like a citizen number."""
    try:
        credit.checked(text)
    except InvalidCode:
        return False
    return True


def _holds_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_holds_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(_holds_nul(part) for part in value)
