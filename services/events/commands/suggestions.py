"""Suggestions: make, review, put in practice, assess."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.events.domain import suggestions as rules
from services.events.domain.suggestions import Suggestion, evolve
from shared.catalogues import catalogue
from shared.contracts import Event
from shared.contracts.events import SuggestionSubmitted, SuggestionValueAssessed
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    LARGEST_FEN,
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    DocumentNumber,
    UnionText,
)
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Own
from shared.work.work import Work

SUGGESTION: Kind[Suggestion] = Kind("suggestion", Suggestion, evolve, lambda state: state.union)
Value = Annotated[int, Field(strict=True, ge=0, le=LARGEST_FEN, description="Fen, 0 where it is worth none.")]


class SubmitSuggestion(Command):
    """One of a person, or so many of one kind together."""

    union: UnionText
    kind: CatalogueId
    items: Count = 1
    author: UUID | None = None
    submitted_on: BusinessDate


class ReviewSuggestion(Command):
    """Adopted or rejected, by a document."""

    suggestion: UUID
    adopted: bool
    document: DocumentNumber
    reviewed_on: BusinessDate


class ImplementSuggestion(Command):
    """It is put in practice."""

    suggestion: UUID
    implemented_on: BusinessDate


class AssessSuggestion(Command):
    """What it is worth in the first year from its adoption."""

    suggestion: UUID
    fen: Value
    assessor: CatalogueId
    basis: CatalogueId
    period_from: BusinessDate
    period_until: BusinessDate
    document: DocumentNumber
    assessed_on: BusinessDate


def submit_suggestion(work: Work, command: SubmitSuggestion) -> Answer:
    """The id answered is the suggestion's."""
    work.want(need_of_union(command.union))
    catalogue("suggestion_kinds").checked(command.kind, "kind")
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.submitted_on, "submitted_on")
    if command.author is not None:
        work.copied(PERSON, command.author)
    said = command.model_dump(exclude={"union", "submitted_on"})
    made = SuggestionSubmitted(occurredon=command.submitted_on, union=union, **said)
    return work.record(SUGGESTION, work.new_id(), [made], union)


def review_suggestion(work: Work, command: ReviewSuggestion) -> Answer:
    """Once."""
    state = _found(work, command.suggestion, command.reviewed_on)
    decide = rules.decide_adopt if command.adopted else rules.decide_reject
    events: tuple[Event, ...] = decide(state, command.document, command.reviewed_on)
    return _answer(work, command.suggestion, state, events)


def implement_suggestion(work: Work, command: ImplementSuggestion) -> Answer:
    """What was adopted."""
    state = _found(work, command.suggestion, command.implemented_on)
    return _answer(work, command.suggestion, state, rules.decide_implement(state, command.implemented_on))


def assess_suggestion(work: Work, command: AssessSuggestion) -> Answer:
    """A period that is not the first year is warned of."""
    catalogue("suggestion_assessors").checked(command.assessor, "assessor")
    catalogue("suggestion_bases").checked(command.basis, "basis")
    state = _found(work, command.suggestion, command.assessed_on)
    said = command.model_dump(exclude={"suggestion", "assessed_on"})
    assessed = SuggestionValueAssessed(
        occurredon=command.assessed_on,
        value_class="",
        old_value_class=None,
        old_fen=None,
        first_assessed_on=command.assessed_on,
        **state.about,
        **said,
    )
    (event,) = rules.decide_assess(state, assessed)
    answer = _answer(work, command.suggestion, state, (event,))
    return Answer(answer.id, answer.version, event.warnings)


def _found(work: Work, suggestion: UUID, on: date) -> Suggestion:
    work.want(Own(suggestion))
    refuse_future(on, work.today, "on")
    return find(work, SUGGESTION, suggestion)


def _answer(work: Work, id_: UUID, state: Suggestion, events: tuple[Event, ...]) -> Answer:
    return work.record(SUGGESTION, id_, events, state.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    SubmitSuggestion: submit_suggestion,
    ReviewSuggestion: review_suggestion,
    ImplementSuggestion: implement_suggestion,
    AssessSuggestion: assess_suggestion,
}
_ONE = "/suggestions/{suggestion}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/suggestions", SubmitSuggestion, "Make a suggestion", creates=True),
    BulkRoute("/suggestions/bulk", SubmitSuggestion, "Suggestions of a list"),
    CommandRoute(f"{_ONE}/review", ReviewSuggestion, "Adopt or reject a suggestion"),
    BulkRoute("/suggestions/review/bulk", ReviewSuggestion, "Adopt or reject suggestions of a list"),
    CommandRoute(f"{_ONE}/implement", ImplementSuggestion, "A suggestion is put in practice"),
    CommandRoute(f"{_ONE}/assess", AssessSuggestion, "Assess the value of a suggestion"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/suggestions", SUGGESTION, "Suggestions"),)
