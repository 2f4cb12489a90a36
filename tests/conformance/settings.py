"""How far a run goes, and what schemathesis is told of it.

Every run asks every operation. The usual one is short and always the same: few examples, and what one piece
of code does for all commands (headers, rows of lists) is tried out on one of each kind only.
UNIONSTREAM_CONFORMANCE_EXAMPLES=200 makes a long one of so many examples, other ones each time.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.conformance.known import Known
from tests.conformance.places import Schema, operations, places

EXAMPLES = "UNIONSTREAM_CONFORMANCE_EXAMPLES"
FEWEST, MOST, TOGETHER = 4, 20, 300
BOUNDARIES = 10
SEED = 20130505
OFTEN = 0.7
REJECTIONS = ["404", "405", "409", "412", "422"]
METHODS = ["GET", "PUT", "PATCH", "DELETE", "TRACE"]
CHECKS = Path(__file__).with_name("checks.py")


@dataclass(frozen=True)
class Extent:
    """So many examples of each operation; a long run tries everything on every operation."""

    examples: int
    long: bool

    @classmethod
    def of(cls, document: Schema) -> Self:
        """As the environment says, else short: the more operations, the fewer examples of each."""
        if examples := int(os.environ.get(EXAMPLES, "0")):
            return cls(examples, long=True)
        share = TOGETHER // (len(list(operations(document))) or 1)
        return cls(max(FEWEST, min(MOST, share)), long=False)

    def prepared(self, document: Schema, known: Known) -> dict[str, Any]:
        """The document of this run: lists in questions hold what is known, and a short run is thinner."""
        ready: dict[str, Any] = copy.deepcopy(dict(document))
        ready.pop(
            "security"
        )  # every request is signed; who may do what, and without a token, is tests/access
        for operation in operations(ready):
            for parameter in operation.get("parameters", ()):
                if parameter["schema"].get("type") == "array" and parameter["name"] in known:
                    parameter["schema"]["items"] = {"enum": known[parameter["name"]]}
        if not self.long:
            _thin([each for each in operations(ready) if "requestBody" in each])
        return ready

    def spared(self, document: Schema) -> list[str]:
        """Commands that a short run does not try boundary by boundary: all but some, evenly chosen."""
        commands = [each["operationId"] for each in operations(document) if "requestBody" in each]
        step = 1 if self.long else len(commands) // BOUNDARIES + 1
        return [name for place, name in enumerate(commands) if place % step] or ["none"]


def _thin(commands: list[dict[str, Any]]) -> None:
    """All commands but the first single one and the first list go without their headers."""
    lists = [each for each in commands if each["operationId"].endswith("InBulk")]
    first = [id(some[0]) for some in (lists, [each for each in commands if each not in lists]) if some]
    for command in commands:
        if id(command) not in first:
            command["parameters"] = [each for each in command.get("parameters", ()) if each["in"] != "header"]


def settings(document: Schema, known: Known, extent: Extent) -> str:
    """The settings file, in TOML."""
    bound = places(document, known)
    return f"""
{"" if extent.long else f"seed = {SEED}"}
hooks = {_text(str(CHECKS))}
continue-on-failure = true
request-timeout = 30

[generation]
max-examples = {extent.examples}
deterministic = {_text(not extent.long)}
database = "none"

[phases]
coverage.unexpected-methods = {_text(METHODS if extent.long else METHODS[:2])}
stateful.generation.max-examples = {extent.examples}

# 503 must be documented, with the seconds to wait, which other checks see to.
[checks.not_a_server_error]
expected-statuses = ["2xx", "3xx", "4xx", "503"]

# Rules refuse well-formed input, too; a check of our own looks at why.
[checks.positive_data_acceptance]
enabled = false

[checks.negative_data_rejection]
expected-statuses = {_text(REJECTIONS)}

# A list is answered row by row; a check of our own looks at the rows.
[[operations]]
include-path-regex = "/bulk$"
phases.coverage.enabled = {_text(extent.long)}
checks.negative_data_rejection.enabled = false

# In a short run every boundary of every field is tried on some commands only; all get generated requests.
[[operations]]
include-operation-id = {_text(extent.spared(document))}
phases.coverage.enabled = false

[dictionaries]
{_lines({name: {"values": known[name]} for name in bound.values()})}

[parameters]
{_lines({place: {"dictionary": name, "probability": OFTEN} for place, name in bound.items()})}
"""


def _lines(table: Mapping[str, Mapping[str, object]]) -> str:
    inner = {
        key: ", ".join(f"{name} = {_text(each)}" for name, each in row.items()) for key, row in table.items()
    }
    return "\n".join(f"{_text(key)} = {{ {inner[key]} }}" for key in sorted(table))


def _text(value: object) -> str:
    # Texts, numbers, truth values and lists of them are written alike in JSON and in TOML.
    return json.dumps(value, ensure_ascii=False)
