"""What schemathesis is to send and to look at besides its own; it loads this file by its path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args
from uuid import uuid4

from pydantic_core.core_schema import ErrorType
from schemathesis import Case, CheckContext, GenerationMode, HookContext, Response, check, hook
from schemathesis.core.parameters import ParameterLocation

KEY = "Idempotency-Key"
BEYOND_SCHEMA = {"value-error", "assertion-error"}  # a rule of ours
SAID_BY_SCHEMA = {name.replace("_", "-") for name in get_args(ErrorType)} - BEYOND_SCHEMA


@hook
def before_call(_context: HookContext, case: Case[Any], _kwargs: dict[str, Any]) -> None:
    """A fresh key, as a repeated one meets its first command's answer; whole numbers as 2, not as 2.0."""
    probed = (
        KEY in case.operation.headers and _mode(case, ParameterLocation.HEADER) is GenerationMode.NEGATIVE
    )
    if case.method == "POST" and not probed:
        case.headers[KEY] = uuid4().hex
    case.body = _whole(case.body)


def _whole(value: Any) -> Any:
    # JSON Schema takes 2.0 for a whole number, and we do not: money is counted, not measured.
    if isinstance(value, dict):
        return {name: _whole(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_whole(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@check
def shape_is_documented(_ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """Input of the documented shape is refused by rules only, never for a shape that was not documented."""
    if response.status_code != 422 or _mode(case) is not GenerationMode.POSITIVE:
        return
    faults = {fault["field"]: fault["code"] for fault in response.json()["errors"]}
    unsaid = {field for field in _innermost(faults) if faults[field] in SAID_BY_SCHEMA}
    assert not unsaid, f"the schema allows what is refused: {faults}"


def _innermost(fields: Iterable[str]) -> Iterator[str]:
    """Without those that are faulty only because a part of them is."""
    every = list(fields)
    return (field for field in every if not any(other.startswith(f"{field}.") for other in every))


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
