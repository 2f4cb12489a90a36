"""Rules that only some areas have."""

from datetime import date

from shared.rules import rule_or_none


def local_rule(key: str, on: date, area: str) -> int | None:
    """The value in force in the area; None where it has none, also when no area has one."""
    try:
        return rule_or_none(key, on, area)
    except KeyError:
        return None
