"""JSON Schemas of what is on the topics: the body of every event, what stands around it, the headers."""

from collections.abc import Mapping
from typing import Any

from shared.contracts import RELEASED, Event
from shared.envelope import SCHEMA_ROOT

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = Mapping[str, Any]

_ID = {"type": "string", "format": "uuid"}
_TIME = {"type": "string", "format": "date-time"}
_HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def _text(description: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "description": description} | more


def body(event: type[Event]) -> Schema:
    """The schema that `dataschema` names. A reader has to ignore fields that it does not know."""
    schema = event.model_json_schema(mode="validation")
    return {"$schema": DIALECT, "$id": SCHEMA_ROOT + event.wire_type()} | schema


def bodies() -> dict[str, Schema]:
    """By type."""
    return {name: body(event) for name, event in RELEASED.items()}


def envelope() -> Schema:
    """The attributes of CloudEvents 1.0 and our own; `data` has the schema that `dataschema` names."""
    required = {
        "specversion": {"const": "1.0"},
        "id": _ID | {"description": "UUIDv7; the same however often the record is sent."},
        "source": _text("Who recorded it.", pattern="^/union/[a-z]+$"),
        "type": _text("`union.<service>.<PastTenseName>.v<n>`", pattern=r"^union\.[a-z]+\.\w+\.v\d+$"),
        "subject": _ID | {"description": "The aggregate."},
        "time": _TIME | {"description": "When it was recorded, UTC."},
        "datacontenttype": {"const": "application/json"},
        "dataschema": _text("The schema of `data`.", pattern=f"^{SCHEMA_ROOT}"),
        "unit": _ID | {"description": "The union that it is told of."},
        "lineage": _text("The path of that union by its recorder's copy, root first, `/` between."),
        "unionkey": _ID | {"description": "The record key: all of one grassroots union is in order."},
        "streamversion": {"type": "integer", "minimum": 1, "description": "The version of the aggregate."},
        "actor": _text("Who asked for it."),
        "correlationid": _ID,
        "causationid": _ID,
        "data": {"type": "object"},
    }
    optional = {
        "lines": _text("The industry lines of the union, `,` between."),
        "traceparent": _text("W3C trace context of the command.", pattern=TRACEPARENT),
    }
    return {
        "$schema": DIALECT,
        "$id": SCHEMA_ROOT + "envelope",
        "title": "Event",
        "description": "A record's value: CloudEvents 1.0, structured JSON mode.",
        "type": "object",
        "properties": required | optional,
        "required": list(required),
    }


TRACEPARENT = "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"


def headers() -> Schema:
    """The record's headers, all of them text."""
    properties = {
        "stream": _text("0 to 23", pattern=r"^\d+$"),
        "sequence": _text("1, 2, 3 … without a hole in its stream", pattern=r"^[1-9]\d*$"),
        "sequenced": _TIME | {"description": "When the number was given."},
        "chain": _HASH | {"description": "SHA-256 over the chain before, number, time and value."},
        "content-type": {"const": "application/cloudevents+json"},
    }
    return {
        "$schema": DIALECT,
        "$id": SCHEMA_ROOT + "headers",
        "title": "Headers",
        "type": "object",
        "properties": properties,
        "required": list(properties),
    }
