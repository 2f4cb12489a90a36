"""The headers of a command: read by hand, for a framework's way costs more than all the rest of the edge."""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from starlette.requests import Request

from shared.codes import identity
from shared.http.problems import FieldProblem, Invalid, brief, discreet


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
CONTEXT = re.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
"""What else comes as a context is nobody's, and is left behind, as W3C has it."""
IN_THE_CLEAR = "citizen-number-in-the-clear"
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
    _refuse_number(key or "")
    context = trace if trace and CONTEXT.fullmatch(trace) else ""
    return Asked(key or "", int(match.strip('"')) if match else None, context)


def _refuse_number(key: str) -> None:
    """It is kept for thirty days, and not sealed."""
    if identity.held_in(key):
        remedy = "use a random key: it is kept, and not sealed"
        raise Invalid([FieldProblem(field=f"header.{KEY.name}", value="", code=IN_THE_CLEAR, remedy=remedy)])


def _fault(header: Header, value: str | None) -> FieldProblem:
    return FieldProblem(
        field=f"header.{header.name}",
        value="" if value is None else discreet(brief(repr(value), 100)),
        code="missing" if value is None else "string-pattern-mismatch",
        remedy=f"give this header, matching {header.pattern}",
    )
