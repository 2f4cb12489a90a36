"""Every topic in AsyncAPI's words; the messages refer to the schemas beside it."""

from collections import defaultdict
from typing import Any

from shared.checkpoints.signing import TOPIC as CHECKPOINTS
from shared.contracts import RELEASED
from unionstream.embedded.processes import PROCESSES

Said = dict[str, Any]

ABOUT = """Domain events of a trade-union federation. Each topic has 24 logical streams; the headers number
and chain each of them. A record may come more than once: drop what you have seen by its number. Ignore fields
and types that you do not know: a new optional field keeps the version, anything else is a new version."""


def asyncapi() -> Said:
    """The document: a channel and an operation per topic, a message per type and version."""
    channels = {_plain(topic): _channel(topic, names) for topic, names in _types().items()}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Unionstream", "version": "1", "description": ABOUT},
        "defaultContentType": "application/cloudevents+json",
        "servers": {
            "kafka": {"host": "kafka:9092", "protocol": "kafka", "description": "As it is deployed."}
        },
        "channels": channels | {_plain(CHECKPOINTS): _checkpoints()},
        "operations": {f"send-{name}": _sending(name) for name in (*channels, _plain(CHECKPOINTS))},
        "components": {"messages": {name: _message(name) for name in RELEASED}},
    }


def _types() -> dict[str, list[str]]:
    types: dict[str, list[str]] = defaultdict(list)
    for name, event in RELEASED.items():
        types[f"union.{event.service}"].append(name)
    return {each.topic: types[each.topic] for each in PROCESSES if each.topic}


def _plain(topic: str) -> str:
    return topic.replace(".", "-")


def _channel(topic: str, names: list[str]) -> Said:
    return {
        "address": topic,
        "description": f"What `{topic.rpartition('.')[2]}` recorded, kept for good, never compacted.",
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
        "bindings": {"kafka": {"topic": topic, "topicConfiguration": _kept(), "bindingVersion": "0.5.0"}},
    }


def _kept() -> Said:
    return {"cleanup.policy": ["delete"], "retention.ms": -1, "retention.bytes": -1}


def _message(name: str) -> Said:
    event = RELEASED[name]
    return {
        "name": name,
        "title": event.__name__,
        "summary": (event.__doc__ or "").split("\n")[0],
        "contentType": "application/cloudevents+json",
        "headers": {"$ref": "headers.json"},
        "payload": {
            "allOf": [
                {"$ref": "envelope.json"},
                {"properties": {"type": {"const": name}, "data": {"$ref": f"events/{name}.json"}}},
            ]
        },
        "bindings": {"kafka": {"key": {"type": "string", "format": "uuid"}, "bindingVersion": "0.5.0"}},
    }


def _checkpoints() -> Said:
    note = {
        "name": "checkpoint",
        "title": "Checkpoint",
        "summary": "The head of a stream, signed: C2SP tlog-checkpoint.",
        "contentType": "text/plain",
        "payload": {"type": "string"},
        "bindings": {"kafka": {"key": {"type": "string"}, "bindingVersion": "0.5.0"}},
    }
    return {
        "address": CHECKPOINTS,
        "description": "Signed heads of all streams, by `<topic>/<stream>`.",
        "messages": {"checkpoint": note},
        "bindings": {
            "kafka": {"topic": CHECKPOINTS, "topicConfiguration": _kept(), "bindingVersion": "0.5.0"}
        },
    }


def _sending(channel: str) -> Said:
    return {"action": "send", "channel": {"$ref": f"#/channels/{channel}"}}
