"""Dated parameters: which rate and which due day held on a date."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("parameters.yaml")


def in_force(name: str, on: date) -> int:
    """The value of a parameter on a date; KeyError for an unknown name, or a day before its first value."""
    values = [value for since, value in _dated()[name] if since <= on]
    if not values:
        msg = f"{name} has no value on {on}"
        raise KeyError(msg)
    return values[-1]


@cache
def _dated() -> dict[str, list[tuple[date, int]]]:
    raw: dict[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text("utf-8"))
    return {name: sorted((each["from"], each["value"]) for each in values) for name, values in raw.items()}
