"""Kinds of activities, and which counts a report of each may carry."""

from typing import Literal

from pydantic import Field

from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts.events import ActivityCounts
from shared.errors import Refused

ALWAYS = frozenset({"times", "people", "person_times", "minutes", "awarded", "cost_fen"})
"""What every kind may count."""


class CountNotOfThisKind(Refused):
    """An activity of this kind has nothing of the sort to count."""

    code = "count-not-of-this-kind"


class PersonTimesBelowPeople(Refused):
    """Everybody who takes part attends at least once (DOMAIN ACT-06)."""

    code = "person-times-below-people"


class ActivityKind(Entry):
    """A kind of activity; see the head of the catalogue."""

    capability: str = Field(pattern=r"^CAP-\d{3}$")
    also: tuple[str, ...] = ()
    sex: Literal["female", "male"] | None = None


def kinds() -> Catalogue[ActivityKind]:
    """All kinds."""
    return catalogue_of("activity_kinds", ActivityKind)


def refuse_counts(kind: str, counts: ActivityCounts) -> None:
    """Raises CountNotOfThisKind, PersonTimesBelowPeople."""
    allowed = ALWAYS.union(kinds()[kind].also)
    for name, amount in counts.model_dump().items():
        if amount and name not in allowed:
            raise CountNotOfThisKind(
                f"an activity of this kind ({kind}) has no {name}",
                field=name,
                value=str(amount),
                remedy=f"it may have {', '.join(sorted(allowed))}",
            )
    if 0 < counts.person_times < counts.people:
        raise PersonTimesBelowPeople(
            f"{counts.people} people attended at least once each",
            field="person_times",
            value=str(counts.person_times),
            remedy="check both numbers; leave out the one that was not counted",
        )
