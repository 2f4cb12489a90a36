"""Bodies of commands that have the right shape, made from their models."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from tests.support.codes import credit_code, person_number

DAY = "2013-05-05"
TEXTS = {
    "document_number": person_number(1),
    "old_document_number": person_number(2),
    "credit_code": credit_code(1, "91"),
    "payer_credit_code": credit_code(1, "91"),
    "division": "330281101000",
    "period": "2013-05",
    "document_kind": "citizen",
    "document": "镇工〔2013〕12号",
    "evidence": "镇工〔2013〕12号",
    "sha256": "0" * 64,
}
CHOICES = ("2013-05", "2013", "word", DAY, "镇工〔2013〕12号", "330281101000", credit_code(1, "91"))
DEEPEST = 6
# What a shape alone does not say: one of two fields has to be there, a text has to be of a kind of its own.
MORE: dict[str, dict[str, Any]] = {
    "AssessDues": {"amount_fen": 700},
    "AssessLevy": {"amount_fen": 700},
    "ReceiveMemberDues": {"month": "2013-05", "members": 1, "amount_fen": 700},
    "RecordMonthlyScore": {"month": "2013-05-01"},
    "CloseScoringMonth": {"month": "2013-05-01"},
    "CorrectMonthlyScore": {"month": "2013-05-01"},
    "GiveBallot": {"salt": "0" * 32},
    "ClosePeriod": {"cut": "c10000", "figures": [{"figure": "members_total", "value": "7"}]},
    "FreezeSummary": {"cut": "c10000", "document": "{}"},
}


def body_of(model: type[BaseModel], unit: str) -> dict[str, Any] | None:
    """One that the model takes, with `unit` wherever an id is wanted; None where none was found."""
    schema = model.model_json_schema()
    made: dict[str, Any] = _value("", schema, schema.get("$defs", {}), unit) | MORE.get(model.__name__, {})
    for _ in range(40):
        try:
            model.model_validate(made)
        except ValidationError as error:
            for each in error.errors():
                if not _mend(made, each):
                    return None
        else:
            return made
    return None


def _value(name: str, schema: dict[str, Any], defs: dict[str, Any], unit: str, depth: int = 0) -> Any:
    if "$ref" in schema:
        schema = defs[schema["$ref"].rpartition("/")[2]]
    if kinds := [each for each in schema.get("anyOf", schema.get("oneOf", ())) if each.get("type") != "null"]:
        return _value(name, kinds[0], defs, unit, depth)
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if schema.get("type") == "object":
        wanted = schema.get("required", []) if depth < DEEPEST else []
        return {each: _value(each, schema["properties"][each], defs, unit, depth + 1) for each in wanted}
    if schema.get("type") == "array":
        one = _value(name.removesuffix("s"), schema.get("items", {}), defs, unit, depth + 1)
        return [one] * max(1, schema.get("minItems", 1))
    return _plain(name, schema, unit)


def _plain(name: str, schema: dict[str, Any], unit: str) -> Any:
    if schema.get("type") in {"integer", "number"}:
        return max(schema.get("minimum", 1), schema.get("exclusiveMinimum", 0) + 1)
    return True if schema.get("type") == "boolean" else _text(name, schema, unit)


def _text(name: str, schema: dict[str, Any], unit: str) -> str:
    if schema.get("format") == "date" or name.endswith(("_on", "_day")):
        return DAY
    if schema.get("format") == "uuid" or "id" in schema.get("description", "").casefold().split():
        return unit
    if "A union" in schema.get("description", "") or "id, " in schema.get("description", "").casefold():
        return unit
    return TEXTS.get(name, "word")


def _mend(made: Any, fault: Any) -> bool:
    """Another text for what was refused, each tried once; false when all have been tried."""
    if not fault["loc"]:
        return False
    *path, last = fault["loc"]
    for step in path:
        if isinstance(made, dict) and step not in made:
            return False
        made = made[step]
    if not isinstance(made, dict | list):
        return False
    now = made[last] if not isinstance(made, dict) or last in made else None
    tried = list(CHOICES)
    if not isinstance(now, str):
        return False
    place = tried.index(now) + 1 if now in tried else 0
    if place == len(tried):
        return False
    made[last] = tried[place]
    return True
