"""What schemathesis is to send and to look at besides its own; it loads this file by its path."""

from __future__ import annotations

from typing import Any, get_args
from uuid import uuid4

from pydantic_core.core_schema import ErrorType
from schemathesis import Case, CheckContext, GenerationMode, HookContext, Response, check, hook
from schemathesis.core.parameters import ParameterLocation

KEY = "Idempotency-Key"
# A rule of ours in a field's code; and 2.0, which JSON Schema takes for a whole number and we do not.
BEYOND_SCHEMA = {"value-error", "assertion-error", "int-type"}
SAID_BY_SCHEMA = {name.replace("_", "-") for name in get_args(ErrorType)} - BEYOND_SCHEMA


@hook
def before_call(_context: HookContext, case: Case[Any], _kwargs: dict[str, Any]) -> None:
    """A good key is a fresh one: a repeated key would only ever meet the answer of its first command."""
    probed = (
        KEY in case.operation.headers and _mode(case, ParameterLocation.HEADER) is GenerationMode.NEGATIVE
    )
    if case.method == "POST" and not probed:
        case.headers[KEY] = uuid4().hex


@check
def shape_is_documented(_ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """Input of the documented shape is refused by rules only, never for a shape that was not documented."""
    if response.status_code != 422 or _mode(case) is not GenerationMode.POSITIVE:
        return
    told = response.json()
    unsaid = {fault["code"] for fault in told["errors"]} & SAID_BY_SCHEMA
    assert not unsaid, f"the schema allows what is refused: {told['errors']}"


@check
def rows_out_of_shape_are_refused(_ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """A list is taken row by row: where one is out of shape, at least that one is refused."""
    bulk = case.operation.path.endswith("/bulk") and response.status_code == 200
    if bulk and _mode(case, ParameterLocation.BODY) is GenerationMode.NEGATIVE:
        results = response.json()["results"]
        assert any(row["status"] == "refused" for row in results), f"all rows were taken: {results}"


def _mode(case: Case[Any], part: ParameterLocation | None = None) -> GenerationMode | None:
    """How the request was generated, or a part of it."""
    if case.meta is None:
        return None
    if part is None:
        return case.meta.generation.mode
    return case.meta.components[part].mode if part in case.meta.components else None
