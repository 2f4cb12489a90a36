"""Figures of targets: what was set, and how far the measure's own figure has come.

Made from the catalogue of measures: every measure has them for every population it can be set for, so a new
measure is a line of data.
"""

from collections.abc import Iterator
from typing import Any

from shared.catalogues import catalogue
from shared.measures import Measure, measures

EVERYBODY = "all"
CALENDAR = {"target_calendar": ["calendar"]}
COMPLETED = ("target_completion", "任务完成率", "Completion of the target")
BEYOND = ("target_over", "任务超额完成率", "Over-fulfilment of the target")
LACKING = ("target_remaining", "任务尚差", "Lacking of the target")


def target_figures() -> Iterator[dict[str, Any]]:
    """Raw entries of the catalogue, four for each measure and population."""
    for measure in measures().values():
        for population, figure in measure.populations.items():
            yield from _figures(measure, population, figure)


def named(measure: str, population: str) -> str:
    """The id of the number set, on which the others are built: target_members_joined_migrant_workers."""
    return f"target_{measure}" if population == EVERYBODY else f"target_{measure}_{population}"


def _figures(measure: Measure, population: str, figure: str) -> Iterator[dict[str, Any]]:
    name = named(measure.id, population)
    zh, en = _labels(measure, population)
    amount = {"unit": measure.counted, "print": _print(measure)}
    where = {"target_measure": [measure.id], "target_population": [population]} | CALENDAR
    yield amount | {
        "id": name, "kind": "flow", "metric": "target_number", "where": where, "zh": f"{zh}任务",
        "en": f"Target: {en}", "population": "set for the unit itself for the calendar year",
    }  # fmt: skip
    counted = f"{figure} from 1 January, against what was set"
    made_of = {"numerator": figure, "denominator": name, "population": counted}
    percent = {"unit": "percent", "print": "percent", "scale": 100, "decimals": 2}
    lacking = amount | {"decimals": 2 if measure.form == "rate" else 0}
    for (kind, suffix, prefix), style in ((COMPLETED, percent), (BEYOND, percent), (LACKING, lacking)):
        id_ = f"{name}_{kind.removeprefix('target_')}"
        yield made_of | style | {"id": id_, "kind": kind, "zh": f"{zh}{suffix}", "en": f"{prefix}: {en}"}


def _labels(measure: Measure, population: str) -> tuple[str, str]:
    if population == EVERYBODY:
        return measure.zh, measure.en
    among = catalogue("target_populations")[population]
    return f"{measure.zh}（{among.zh}）", f"{measure.en} ({among.en})"


def _print(measure: Measure) -> str:
    if measure.form == "rate":
        return "percent"
    return "money" if measure.counted == "fen" else "count"
