"""The headers of a command: read by hand, for a framework's way costs more than all the rest of the edge."""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from starlette.requests import Request

from shared.http.problems import FieldProblem, Invalid


@dataclass(frozen=True)
class Header:
    """A header's name, what it must look like, and what it is for."""

    name: str
    pattern: str
    description: str
    required: bool = False

    def fits(self, value: str | None) -> bool:
        """Whether the value may stand; an absent one may where it is not required."""
        if value is None:
            return not self.required
        return re.fullmatch(self.pattern, value, re.ASCII) is not None

    def parameter(self) -> dict[str, Any]:
        """The header in OpenAPI's words."""
        return {
            "name": self.name,
            "in": "header",
            "required": self.required,
            "description": self.description,
            "schema": {"type": "string", "pattern": f"^{self.pattern}$"},
        }


KEY = Header(
    "Idempotency-Key",
    r"[\x21-\x7e]{1,128}",
    "Yours, fresh per command; repeats are safe for 30 days.",
    required=True,
)
MATCH = Header("If-Match", r'"?[0-9]{1,9}"?', "The version the decision rests on.")
TRACE = Header("traceparent", r"[\x21-\x7e]{0,64}", "W3C trace context, carried into the events.")
OF_COMMANDS = (KEY, MATCH, TRACE)
OF_BULK = (KEY, TRACE)


class Asked(NamedTuple):
    """What the headers say; `if_match` is the version, None if it was not given."""

    key: str
    if_match: int | None
    traceparent: str


def asked(request: Request) -> Asked:
    """All three headers; raises `Invalid` with one fault per header."""
    got = [request.headers.get(header.name) for header in OF_COMMANDS]
    pairs = zip(OF_COMMANDS, got, strict=True)
    if faults := [_fault(header, value) for header, value in pairs if not header.fits(value)]:
        raise Invalid(faults)
    key, match, trace = got
    return Asked(key or "", int(match.strip('"')) if match else None, trace or "")


def _fault(header: Header, value: str | None) -> FieldProblem:
    return FieldProblem(
        field=f"header.{header.name}",
        value="" if value is None else repr(value)[:100],
        code="missing" if value is None else "string-pattern-mismatch",
        remedy=f"give this header, matching {header.pattern}",
    )
