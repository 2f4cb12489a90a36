"""The deployed rules, made quick: what takes minutes, hours or days there takes seconds here."""

from __future__ import annotations

from tests.support.watching import Rules, rules

WINDOW = "[15s]"
WINDOWS = ("[5m]", "[15m]", "[1h]")
LIMITS = {
    "EventsNotSent": ("> 60", "> 3"),
    "ReaderBehind": ("> 300", "> 2"),
    "FiguresLate": ("> 30", "> 2"),
    "ReconciliationStalled": ("> 604800", "> 90"),
    "CheckpointsUnpublished": ("> 3", "> 0"),
}
"""How old, or how often, in a rule as it is deployed, and here."""


def quick_rules() -> Rules:
    """The same expressions without `for`, with short windows and low limits; nothing else is changed."""
    made = rules()
    for group in made["groups"]:
        for rule in group["rules"]:
            rule.pop("for", None)
            rule["expr"] = _quick(rule.get("alert", ""), rule["expr"])
    return made


def alerts() -> set[str]:
    """The name of every alert."""
    return {rule["alert"] for group in rules()["groups"] for rule in group["rules"] if "alert" in rule}


def _quick(alert: str, expression: str) -> str:
    if alert in LIMITS:
        deployed, here = LIMITS[alert]
        assert expression.rstrip().endswith(deployed), (alert, expression)
        expression = expression.rstrip().removesuffix(deployed) + here
    for window in WINDOWS:
        expression = expression.replace(window, WINDOW)
    return expression
