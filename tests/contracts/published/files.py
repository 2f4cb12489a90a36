"""The files under docs/contracts and what stands in them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.contracts.published.bodies import bodies, envelope, headers
from tests.contracts.published.interfaces import interface
from tests.contracts.published.topics import asyncapi
from unionstream.embedded.processes import PROCESSES

FOLDER = Path(__file__).parents[3] / "docs" / "contracts"
BODIES = "events"
INTERFACES = "openapi"


def of_streams() -> dict[str, Mapping[str, Any]]:
    """Name of the file to its document: all that is said of topics."""
    around = {"asyncapi.json": asyncapi(), "envelope.json": envelope(), "headers.json": headers()}
    return around | {f"{BODIES}/{name}.json": schema for name, schema in bodies().items()}


def of_interfaces() -> dict[str, Mapping[str, Any]]:
    """The same for what is said of HTTP."""
    return {f"{INTERFACES}/{each.name}.json": interface(each) for each in PROCESSES}


def text(document: Mapping[str, Any]) -> str:
    """As it stands in the file."""
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def kept(name: str) -> Any:
    """The document as it is checked in; None if it is not."""
    path = FOLDER / name
    return json.loads(path.read_text("utf-8")) if path.exists() else None
