"""Competitions: announce, enter, hold, rank, decide prizes, commend."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.events.domain import competitions as rules
from services.events.domain import results
from services.events.domain.competitions import Competition, CompetitionEntry, Turnout, evolve
from shared.catalogues import catalogue
from shared.contracts import Event
from shared.contracts.events import CompetitionAnnounced, CompetitionCommended
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    DocumentNumber,
    Edition,
    Fen,
    UnionText,
)
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.units import EMPLOYER, UNIT
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Own
from shared.work.work import Work

COMPETITION: Kind[Competition] = Kind("competition", Competition, evolve, lambda state: state.union)
LARGEST = 1000
Some = Annotated[int, Field(strict=True, ge=0, le=10_000_000, description="A whole number from 0 on.")]
Small = Annotated[int, Field(strict=True, ge=1, le=100, description="A whole number from 1 to 100.")]
Limit = Annotated[int, Field(strict=True, ge=1, le=LARGEST, description="Entries at most.")]
Percent = Annotated[int, Field(strict=True, ge=0, le=100, description="What it wants to reach, in percent.")]
Rank = Annotated[int, Field(strict=True, ge=1, le=LARGEST)]


class AnnounceCompetition(Command):
    """What it is, how ties are ranked, and whether those who tie repeat or share a prize."""

    union: UnionText
    kind: CatalogueId
    discipline: CatalogueId = rules.NO_DISCIPLINE
    theme: CatalogueId = "general"
    edition: Edition | None = None
    pilot: bool = False
    rank_rule: Literal["dense", "gapped"] = "dense"
    prize_rule: Literal["repeat", "share"] = "repeat"
    single_events: Small = 1
    limit: Limit = LARGEST
    goal_percent: Percent | None = None
    document: DocumentNumber
    announced_on: BusinessDate


class EnterCompetition(Command):
    """`entrant`: person id, union id, employer id; for a team the id of its union and how many people."""

    competition: UUID
    entrant_kind: CatalogueId
    entrant: UUID
    people: Count = 1
    entered_on: BusinessDate


class WithdrawEntry(Command):
    """It does not take part."""

    competition: UUID
    entry: UUID
    withdrawn_on: BusinessDate


class StartCompetition(Command):
    """Nobody enters any more."""

    competition: UUID
    started_on: BusinessDate


class HoldRound(Command):
    """A round before the last."""

    competition: UUID
    number: Small
    entries: Count
    held_on: BusinessDate


class HoldCompetition(Command):
    """It was held; people, teams and units are told only where there are no entries."""

    competition: UUID
    times: Count = 1
    participants: Some = 0
    person_times: Some = 0
    teams: Some = 0
    units: Some = 0
    held_on: BusinessDate


class OneRank(Command):
    """An entry and its rank; those who tie have the same."""

    entry: UUID
    rank: Rank


class RankCompetition(Command):
    """All ranks of one single event."""

    competition: UUID
    single_event: Small = 1
    ranks: Annotated[tuple[OneRank, ...], Field(min_length=1, max_length=200)]
    ranked_on: BusinessDate


class OneRankPrize(Command):
    """Fen for a rank."""

    rank: Rank
    fen: Fen


class DecidePrizes(Command):
    """Prizes by rank; money is paid by finance."""

    competition: UUID
    single_event: Small = 1
    prizes: Annotated[tuple[OneRankPrize, ...], Field(min_length=1, max_length=20)]
    decided_on: BusinessDate


class CommendCompetition(Command):
    """Advanced units, teams, people."""

    competition: UUID
    units: Some = 0
    teams: Some = 0
    people: Some = 0
    document: DocumentNumber
    commended_on: BusinessDate


class CloseCompetition(Command):
    """Nothing more follows."""

    competition: UUID
    closed_on: BusinessDate


class CancelCompetition(Command):
    """It is not held."""

    competition: UUID
    cancelled_on: BusinessDate


def announce_competition(work: Work, command: AnnounceCompetition) -> Answer:
    """The id answered is the competition's."""
    work.want(need_of_union(command.union))
    rules.kinds().checked(command.kind, "kind")
    catalogue("contest_disciplines").checked(command.discipline, "discipline")
    catalogue("competition_themes").checked(command.theme, "theme")
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.announced_on, "announced_on")
    said = command.model_dump(exclude={"union", "announced_on"})
    level = work.copied(UNIT, union).level
    announced = CompetitionAnnounced(occurredon=command.announced_on, union=union, level=level, **said)
    return work.record(COMPETITION, work.new_id(), rules.decide_announce(announced), union)


def enter_competition(work: Work, command: EnterCompetition) -> Answer:
    """The id answered is the entry's."""
    kind = catalogue("competition_entrants").checked(command.entrant_kind, "entrant_kind").id
    state = _found(work, command.competition, command.entered_on, "entered_on")
    _refuse_unheard(work, kind, command.entrant)
    people = 1 if kind == rules.PERSON else command.people
    entry = CompetitionEntry(entrant_kind=kind, entrant=command.entrant, people=people)
    id_ = work.new_id()
    answer = _answer(
        work, command.competition, state, rules.decide_enter(state, id_, entry, command.entered_on)
    )
    return Answer(id_, answer.version)


def withdraw_entry(work: Work, command: WithdrawEntry) -> Answer:
    """Until it is held."""
    state = _found(work, command.competition, command.withdrawn_on, "withdrawn_on")
    events = rules.decide_withdraw(state, command.entry, command.withdrawn_on)
    return _answer(work, command.competition, state, events)


def start_competition(work: Work, command: StartCompetition) -> Answer:
    """Entering ends."""
    state = _found(work, command.competition, command.started_on, "started_on")
    return _answer(work, command.competition, state, rules.decide_start(state, command.started_on))


def hold_round(work: Work, command: HoldRound) -> Answer:
    """In their order."""
    state = _found(work, command.competition, command.held_on, "held_on")
    events = rules.decide_round(state, command.number, command.entries, command.held_on)
    return _answer(work, command.competition, state, events)


def hold_competition(work: Work, command: HoldCompetition) -> Answer:
    """Counted from the entries, or as told."""
    state = _found(work, command.competition, command.held_on, "held_on")
    turnout = Turnout(**command.model_dump(exclude={"competition", "held_on"}))
    return _answer(work, command.competition, state, rules.decide_hold(state, turnout, command.held_on))


def rank_competition(work: Work, command: RankCompetition) -> Answer:
    """Not before it was held, and without a hole."""
    state = _found(work, command.competition, command.ranked_on, "ranked_on")
    ranks = [(each.entry, each.rank) for each in command.ranks]
    events = results.decide_rank(state, command.single_event, ranks, command.ranked_on)
    return _answer(work, command.competition, state, events)


def decide_prizes(work: Work, command: DecidePrizes) -> Answer:
    """By rank."""
    state = _found(work, command.competition, command.decided_on, "decided_on")
    named = [(each.rank, each.fen) for each in command.prizes]
    events = results.decide_prizes(state, command.single_event, named, command.decided_on)
    return _answer(work, command.competition, state, events)


def commend_competition(work: Work, command: CommendCompetition) -> Answer:
    """By a document."""
    state = _found(work, command.competition, command.commended_on, "commended_on")
    said = command.model_dump(exclude={"competition", "commended_on"})
    commended = CompetitionCommended(occurredon=command.commended_on, **state.about, **said)
    return _answer(work, command.competition, state, rules.decide_commend(state, commended))


def close_competition(work: Work, command: CloseCompetition) -> Answer:
    """After it was held."""
    state = _found(work, command.competition, command.closed_on, "closed_on")
    return _answer(work, command.competition, state, rules.decide_close(state, command.closed_on))


def cancel_competition(work: Work, command: CancelCompetition) -> Answer:
    """Before it was held."""
    state = _found(work, command.competition, command.cancelled_on, "cancelled_on")
    return _answer(work, command.competition, state, rules.decide_cancel(state, command.cancelled_on))


def _refuse_unheard(work: Work, kind: str, entrant: UUID) -> None:
    if kind == rules.PERSON:
        work.copied(PERSON, entrant)
    elif kind == "employer_unit":
        work.copied(EMPLOYER, entrant)
    else:
        work.copied(UNIT, entrant)


def _found(work: Work, competition: UUID, on: BusinessDate, field: str) -> Competition:
    work.want(Own(competition))
    refuse_future(on, work.today, field)
    return find(work, COMPETITION, competition)


def _answer(work: Work, id_: UUID, state: Competition, events: tuple[Event, ...]) -> Answer:
    return work.record(COMPETITION, id_, events, state.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    AnnounceCompetition: announce_competition,
    EnterCompetition: enter_competition,
    WithdrawEntry: withdraw_entry,
    StartCompetition: start_competition,
    HoldRound: hold_round,
    HoldCompetition: hold_competition,
    RankCompetition: rank_competition,
    DecidePrizes: decide_prizes,
    CommendCompetition: commend_competition,
    CloseCompetition: close_competition,
    CancelCompetition: cancel_competition,
}
_ONE = "/competitions/{competition}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/competitions", AnnounceCompetition, "Announce a competition", creates=True),
    BulkRoute("/competitions/bulk", AnnounceCompetition, "Announce a list of competitions"),
    CommandRoute(f"{_ONE}/enter", EnterCompetition, "Enter a person, team or unit", creates=True),
    BulkRoute("/competitions/enter/bulk", EnterCompetition, "Enter a list"),
    CommandRoute(f"{_ONE}/withdraw", WithdrawEntry, "Withdraw an entry"),
    CommandRoute(f"{_ONE}/start", StartCompetition, "Start a competition"),
    CommandRoute(f"{_ONE}/rounds", HoldRound, "A round was held"),
    CommandRoute(f"{_ONE}/hold", HoldCompetition, "A competition was held"),
    BulkRoute("/competitions/hold/bulk", HoldCompetition, "A list of competitions was held"),
    CommandRoute(f"{_ONE}/rank", RankCompetition, "Record the ranks of a single event"),
    CommandRoute(f"{_ONE}/prizes", DecidePrizes, "Decide prizes by rank"),
    CommandRoute(f"{_ONE}/commend", CommendCompetition, "Commend units, teams and people"),
    CommandRoute(f"{_ONE}/close", CloseCompetition, "Close a competition"),
    CommandRoute(f"{_ONE}/cancel", CancelCompetition, "Cancel a competition"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/competitions", COMPETITION, "Competitions"),)
