"""Selection campaigns: plan, open, propose, count the votes, decide."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.events.domain import selections as rules
from services.events.domain.selections import Selection, evolve
from shared.catalogues import catalogue
from shared.contracts import Event
from shared.contracts.events import NomineeVotes, SelectionPlanned
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    CountOrZero,
    DocumentNumber,
    Few,
    PlannedDate,
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
from shared.work.work import Work

SELECTION: Kind[Selection] = Kind("selection", Selection, evolve, lambda state: state.union)


class PlanSelection(Command):
    """At most `places` shall be selected."""

    union: UnionText
    selection_kind: CatalogueId
    places: Few
    planned_for: PlannedDate
    planned_on: BusinessDate


class OpenSelection(Command):
    """Nominations are taken, by a paper."""

    selection: UUID
    document: DocumentNumber
    opened_on: BusinessDate


class ProposeNominee(Command):
    """Number `nominee` of the list: a person of the register, or a group that has no id."""

    selection: UUID
    nominee: Few
    person: UUID | None = None
    proposed_on: BusinessDate


class VotesFor(Command):
    """Votes for a nominee."""

    nominee: Few
    votes: CountOrZero


class CountSelectionVotes(Command):
    """The ballot, all at once."""

    selection: UUID
    voters: Count
    votes: list[VotesFor] = Field(min_length=1, max_length=1000)
    counted_on: BusinessDate


class DecideSelection(Command):
    """Who was selected, by a paper."""

    selection: UUID
    nominees: list[Few] = Field(min_length=1, max_length=1000)
    document: DocumentNumber
    decided_on: BusinessDate


def plan(work: Work, command: PlanSelection) -> Answer:
    """The id answered is the campaign's."""
    work.want(need_of_union(command.union))
    catalogue("selection_kinds").checked(command.selection_kind, "selection_kind")
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.planned_on, "planned_on")
    planned = SelectionPlanned(
        occurredon=command.planned_on,
        union=union,
        selection_kind=command.selection_kind,
        places=command.places,
        planned_for=command.planned_for,
    )
    return work.record(SELECTION, work.new_id(), (planned,), union)


def open_selection(work: Work, command: OpenSelection) -> Answer:
    """Once."""
    state = _found(work, command.selection, command.opened_on, "opened_on")
    events = rules.decide_open(state, command.document, command.opened_on)
    return _answer(work, command.selection, state, events)


def propose(work: Work, command: ProposeNominee) -> Answer:
    """The id answered is the campaign's."""
    state = _found(work, command.selection, command.proposed_on, "proposed_on")
    if command.person:
        work.copied(PERSON, command.person)
    events = rules.decide_propose(state, command.nominee, command.person, command.proposed_on)
    return _answer(work, command.selection, state, events)


def count_votes(work: Work, command: CountSelectionVotes) -> Answer:
    """Ends the nominations."""
    state = _found(work, command.selection, command.counted_on, "counted_on")
    votes = tuple(NomineeVotes(nominee=each.nominee, votes=each.votes) for each in command.votes)
    events = rules.decide_vote(state, command.voters, votes, command.counted_on)
    return _answer(work, command.selection, state, events)


def decide(work: Work, command: DecideSelection) -> Answer:
    """Warned of when somebody with more votes is left out."""
    state = _found(work, command.selection, command.decided_on, "decided_on")
    events = rules.decide_select(state, tuple(command.nominees), command.document, command.decided_on)
    told = _answer(work, command.selection, state, events)
    return Answer(told.id, told.version, events[0].warnings)


def _found(work: Work, selection: UUID, on: BusinessDate, field: str) -> Selection:
    refuse_future(on, work.today, field)
    return find(work, SELECTION, selection)


def _answer(work: Work, id_: UUID, state: Selection, events: tuple[Event, ...]) -> Answer:
    return work.record(SELECTION, id_, events, state.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    PlanSelection: plan,
    OpenSelection: open_selection,
    ProposeNominee: propose,
    CountSelectionVotes: count_votes,
    DecideSelection: decide,
}
_ONE = "/selections/{selection}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/selections", PlanSelection, "Plan a selection campaign", creates=True),
    CommandRoute(f"{_ONE}/open", OpenSelection, "Open a campaign for nominations"),
    CommandRoute(f"{_ONE}/propose", ProposeNominee, "Propose a nominee"),
    BulkRoute("/selections/nominees/bulk", ProposeNominee, "Propose many nominees"),
    CommandRoute(f"{_ONE}/count-votes", CountSelectionVotes, "Count the votes"),
    CommandRoute(f"{_ONE}/decide", DecideSelection, "Decide who is selected"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/selections", SELECTION, "Selection campaigns"),)
