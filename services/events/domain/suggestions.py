"""A suggestion of employees: made, adopted, put in practice, assessed (DOMAIN ACT-05)."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts import events as e
from shared.errors import Refused
from shared.rules import rule
from shared.stages import refuse_step

SuggestionEvent = (
    e.SuggestionSubmitted
    | e.SuggestionAdopted
    | e.SuggestionRejected
    | e.SuggestionImplemented
    | e.SuggestionValueAssessed
)
CLASSES = ("class_one", "class_two", "class_three", "class_four")
LONGEST_YEAR = 366  # days of a leap year
NOT_FIRST_YEAR = "period-not-first-year"
_STAGES: dict[type[SuggestionEvent], str] = {
    e.SuggestionAdopted: "adopted",
    e.SuggestionRejected: "rejected",
    e.SuggestionImplemented: "implemented",
    e.SuggestionValueAssessed: "assessed",
}


class PeriodEndsBeforeItBegins(Refused):
    """A period runs from a day to a later one."""

    code = "valuation-period-reversed"


class Suggestion(BaseModel):
    """The present word on one suggestion, or on several that go through together."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    kind: str
    items: int
    stage: str
    since: date
    adopted_on: date | None = None
    assessed_on: date | None = None
    value_class: str | None = None
    value_fen: int | None = None

    @property
    def about(self) -> dict[str, Any]:
        """What every event repeats."""
        return {"kind": self.kind, "items": self.items}


def evolve(state: Suggestion | None, event: SuggestionEvent) -> Suggestion:
    """The suggestion after the event."""
    if isinstance(event, e.SuggestionSubmitted):
        return Suggestion(
            union=event.union,
            kind=event.kind,
            items=event.items,
            stage="submitted",
            since=event.occurredon,
        )
    assert state is not None, "a suggestion is made first"
    changes: dict[str, object] = {"stage": _STAGES[type(event)], "since": event.occurredon}
    if isinstance(event, e.SuggestionAdopted):
        changes["adopted_on"] = event.occurredon
    if isinstance(event, e.SuggestionValueAssessed):
        changes |= {"value_class": event.value_class, "value_fen": event.fen}
        changes |= {"assessed_on": event.first_assessed_on, "since": max(state.since, event.occurredon)}
    return state.model_copy(update=changes)


def decide_adopt(state: Suggestion, document: str, on: date) -> tuple[e.SuggestionAdopted]:
    """Reviewed, and taken up."""
    refuse_step(state, ("submitted",), on, "on")
    return (e.SuggestionAdopted(occurredon=on, document=document, **state.about),)


def decide_reject(state: Suggestion, document: str, on: date) -> tuple[e.SuggestionRejected]:
    """Reviewed, and not taken up."""
    refuse_step(state, ("submitted",), on, "on")
    return (e.SuggestionRejected(occurredon=on, document=document, **state.about),)


def decide_implement(state: Suggestion, on: date) -> tuple[e.SuggestionImplemented]:
    """What was adopted."""
    refuse_step(state, ("adopted",), on, "on")
    return (e.SuggestionImplemented(occurredon=on, **state.about),)


def decide_assess(state: Suggestion, assessed: e.SuggestionValueAssessed) -> tuple[e.SuggestionValueAssessed]:
    """After it was put in practice; a later assessment takes the place of an earlier one.

    The value is that of the first year from the adoption: another period is warned of.
    """
    refuse_step(state, ("implemented", "assessed"), assessed.occurredon, "on")
    if assessed.period_until <= assessed.period_from:
        raise PeriodEndsBeforeItBegins(
            "the period ends before it begins",
            field="period_until",
            value=str(assessed.period_until),
            remedy="check both days",
        )
    known = {
        "value_class": class_of(assessed.fen, state.items, state.adopted_on or assessed.occurredon),
        "old_value_class": state.value_class,
        "old_fen": state.value_fen,
        "first_assessed_on": state.assessed_on or assessed.occurredon,
        "warnings": () if _is_first_year(state, assessed) else (NOT_FIRST_YEAR,),
    }
    return (assessed.model_copy(update=known),)


def class_of(fen: int, items: int, on: date) -> str:
    """By the value of one item; several together have none."""
    if items > 1:
        return "list_of_items"
    reached = (each for each in CLASSES if fen >= rule(f"suggestion.{each}_fen", on))
    return next(reached, "class_five")


def _is_first_year(state: Suggestion, assessed: e.SuggestionValueAssessed) -> bool:
    begun = state.adopted_on
    assert begun is not None, "what is assessed was adopted"
    return begun <= assessed.period_from and (assessed.period_until - begun).days <= LONGEST_YEAR
