"""What the ten summaries print, by chapter, as somebody would type it in from paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import yaml

from services.projection.catalogue import load
from tests.support.servers import ROOT

FILE = ROOT / "tests" / "summaries" / "expected.yaml"
FEN = 100


class Printed(NamedTuple):
    """The exact number as text in the unit of the figure, and its qualifier."""

    value: str
    qualifier: str


@cache
def printed() -> Mapping[int, Mapping[str, Printed]]:
    """Chapter to figure to what is printed."""
    chapters: dict[int, dict[str, Printed]] = defaultdict(dict)
    for each in yaml.safe_load(FILE.read_text("utf-8")).values():
        chapters[each["chapter"]][_figure(each)] = _typed(each)
    return chapters


def _figure(each: dict[str, Any]) -> str:
    metric: str = each["metric"]
    return metric if metric in load().figures else str(each.get("figure", metric))


def _typed(each: dict[str, Any]) -> Printed:
    number = Decimal(str(each["printed"])) * (FEN if each["unit"] == "yuan" else 1)
    whole = number == number.to_integral_value()
    return Printed(str(int(number)) if whole else str(number), each.get("qualifier", "exact"))
