"""docs/contracts says what the code says, and nothing that was ever said of an event has been broken."""

import json
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka
from cloudevents.core.formats.json import JSONFormat

from shared.contracts import RELEASED
from tests.contracts.published.compatible import broken
from tests.contracts.published.compatible_interfaces import broken_interface
from tests.contracts.published.files import BODIES, FOLDER, INTERFACES, kept, of_streams, text
from tests.contracts.published.interfaces import interface
from unionstream.embedded.processes import PROCESSES, Process

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
LATEST = 3
STALE = "run `make contracts`"


def test_what_is_said_of_topics_is_up_to_date() -> None:
    documents = of_streams()
    stale = [name for name, document in documents.items() if _there(name) != text(document)]
    assert stale == [], STALE
    assert {f"{BODIES}/{path.name}" for path in (FOLDER / BODIES).iterdir()} <= documents.keys()


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)
def test_what_is_said_of_an_interface_is_up_to_date(process: Process) -> None:
    assert _there(f"{INTERFACES}/{process.name}.json") == text(interface(process)), STALE


def _there(name: str) -> str:
    path = FOLDER / name
    return path.read_text("utf-8") if path.exists() else ""


@cache
def _validator(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(kept(name), validate_formats=True)


@pytest.mark.parametrize("name", RELEASED)
def test_a_golden_record_fits_its_schemas_and_is_a_cloud_event_to_others(name: str) -> None:
    value = (GOLDEN / f"{name}.json").read_bytes()
    record = json.loads(value)
    _validator("envelope.json").validate(record)
    _validator(f"{BODIES}/{name}.json").validate(record["data"])
    event = from_kafka(KafkaMessage({}, record["unionkey"], value), JSONFormat())
    assert (event.get_type(), event.get_id(), event.get_data()) == (name, record["id"], record["data"])
    assert event.get_dataschema() == kept(f"{BODIES}/{name}.json")["$id"]


def test_no_body_has_ever_been_broken() -> None:
    """Every version of a schema that history has is still kept by the one of today."""
    for name, old in _earlier(BODIES):
        new = kept(name)
        assert new is not None, f"{name}: the type is gone"
        assert broken(old, new) == [], name


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)
def test_no_interface_has_been_broken_but_where_that_was_accepted(process: Process) -> None:
    accepted = (FOLDER / "accepted.txt").read_text("utf-8").splitlines()
    name = f"{INTERFACES}/{process.name}.json"
    versions = [old for earlier, old in _earlier(INTERFACES) if earlier == name]
    for old in [*versions[:LATEST], *versions[-1:]]:
        faults = [f"{process.name} {fault}" for fault in broken_interface(old, kept(name))]
        assert [fault for fault in faults if fault not in accepted] == []


@cache
def _earlier(kind: str) -> list[tuple[str, Any]]:
    return list(_read(f"docs/contracts/{kind}"))


def _read(folder: str) -> Iterator[tuple[str, Any]]:
    listed = _git("log", "--no-renames", "--diff-filter=MD", "--name-only", "--format=%x00%H", "--", folder)
    for entry in listed.split("\0")[1:]:
        commit, *paths = entry.split()
        for path in paths:
            yield path.removeprefix("docs/contracts/"), json.loads(_git("show", f"{commit}^:{path}"))


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout


OLD: dict[str, Any] = {
    "$defs": {"Part": {"type": "object", "properties": {"fen": {"type": "integer"}}, "required": ["fen"]}},
    "type": "object",
    "properties": {"parts": {"type": "array", "items": {"$ref": "#/$defs/Part"}}, "day": {"type": "string"}},
    "required": ["parts"],
}


def test_a_new_field_that_may_be_missing_breaks_nobody() -> None:
    new = OLD | {"properties": {**OLD["properties"], "more": {"type": "integer"}}, "description": "More."}
    assert broken(OLD, new) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"properties": {"parts": OLD["properties"]["parts"]}}, "day is gone"),
        ({"required": ["parts", "day"]}, "day must be there now"),
        ({"required": []}, "parts may be missing now"),
        ({"properties": OLD["properties"] | {"day": {"type": "integer"}}}, "day. was"),
        ({"$defs": {"Part": {"type": "object", "properties": {}}}}, "parts.items.fen is gone"),
    ],
)
def test_whatever_else_changes_breaks_those_who_read_it(change: dict[str, Any], fault: str) -> None:
    assert any(each.startswith(fault) for each in broken(OLD, OLD | change))


def interface_of(body: dict[str, Any], answer: dict[str, Any], **more: Any) -> dict[str, Any]:
    json_of = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Body"}}}}
    answered = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}}
    operation = {"requestBody": json_of, "responses": {"200": answered}, **more}
    return {
        "paths": {"/v1/a": {"post": operation}},
        "components": {"schemas": {"Body": body, "Answer": answer}},
    }


def fields(*required: str, **optional: str) -> dict[str, Any]:
    kinds = dict.fromkeys(required, "string") | optional
    return {
        "type": "object",
        "properties": {n: {"type": k} for n, k in kinds.items()},
        "required": [*required],
    }


KNOWN = interface_of(fields("a", b="string"), fields("c", "d"))


def test_asking_for_less_and_answering_more_breaks_no_caller() -> None:
    assert broken_interface(KNOWN, interface_of(fields(a="string", b="string"), fields("c", "d", "e"))) == []


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        ({"paths": {}, "components": {"schemas": {}}}, "POST /v1/a: is gone"),
        (interface_of(fields("a", "b"), fields("c", "d")), "POST /v1/a: body: b must be there now"),
        (interface_of(fields("a"), fields("c", "d")), "POST /v1/a: body: b is gone"),
        (interface_of(fields("a", b="string"), fields("c")), "POST /v1/a: 200: d is gone"),
        (
            interface_of(
                fields("a", b="string"), fields("c", "d"), parameters=[{"name": "X", "required": True}]
            ),
            "POST /v1/a: asks for X",
        ),
    ],
)
def test_whatever_else_changes_in_an_interface_breaks_its_callers(new: dict[str, Any], fault: str) -> None:
    assert fault in broken_interface(KNOWN, new)
