"""Tournaments: plan, count groups, hold rounds, publish the ranks."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.events.domain import tournaments as rules
from services.events.domain.activity_kinds import kinds
from services.events.domain.tournaments import Tournament, evolve
from shared.contracts import Event
from shared.contracts.events import TournamentPlace, TournamentPlanned
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
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.work import Work

TOURNAMENT: Kind[Tournament] = Kind("tournament", Tournament, evolve, lambda state: state.union)


class PlanTournament(Command):
    """A contest in so many rounds; `sport` is a kind of activity."""

    union: UnionText
    sport: CatalogueId
    rounds: int = Field(default=2, strict=True, ge=1, le=20, description="Rounds, the final included.")
    compulsory: bool = Field(default=False, description="Every member of a group has to take part.")
    planned_for: PlannedDate
    planned_on: BusinessDate


class CountTournamentGroup(Command):
    """Of a union group's members so many took part."""

    tournament: UUID
    group: Few
    members: Count
    entrants: CountOrZero
    counted_on: BusinessDate


class HoldTournamentRound(Command):
    """The next round: so many played, so many go on."""

    tournament: UUID
    entrants: Count
    advanced: CountOrZero = 0
    held_on: BusinessDate


class Place(Command):
    """Rank of a group; shared ranks leave out those that follow (1, 1, 3)."""

    group: Few
    rank: Few


class PublishTournament(Command):
    """The ranks of the groups, by a paper."""

    tournament: UUID
    places: list[Place] = Field(min_length=1, max_length=1000)
    document: DocumentNumber
    published_on: BusinessDate


def plan(work: Work, command: PlanTournament) -> Answer:
    """The id answered is the tournament's."""
    work.want(need_of_union(command.union))
    kinds().checked(command.sport, "sport")
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.planned_on, "planned_on")
    planned = TournamentPlanned(
        occurredon=command.planned_on,
        union=union,
        sport=command.sport,
        rounds=command.rounds,
        compulsory=command.compulsory,
        planned_for=command.planned_for,
    )
    return work.record(TOURNAMENT, work.new_id(), (planned,), union)


def count(work: Work, command: CountTournamentGroup) -> Answer:
    """Warned of when all had to take part and some did not."""
    state = _found(work, command.tournament, command.counted_on, "counted_on")
    events = rules.decide_count(state, command.group, command.members, command.entrants, command.counted_on)
    told = _answer(work, command.tournament, state, events)
    return Answer(told.id, told.version, events[0].warnings)


def hold_round(work: Work, command: HoldTournamentRound) -> Answer:
    """In their order."""
    state = _found(work, command.tournament, command.held_on, "held_on")
    events = rules.decide_round(state, command.entrants, command.advanced, command.held_on)
    return _answer(work, command.tournament, state, events)


def publish(work: Work, command: PublishTournament) -> Answer:
    """After the final."""
    state = _found(work, command.tournament, command.published_on, "published_on")
    places = tuple(TournamentPlace(group=each.group, rank=each.rank) for each in command.places)
    events = rules.decide_publish(state, places, command.document, command.published_on)
    return _answer(work, command.tournament, state, events)


def _found(work: Work, tournament: UUID, on: BusinessDate, field: str) -> Tournament:
    refuse_future(on, work.today, field)
    return find(work, TOURNAMENT, tournament)


def _answer(work: Work, id_: UUID, state: Tournament, events: tuple[Event, ...]) -> Answer:
    return work.record(TOURNAMENT, id_, events, state.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    PlanTournament: plan,
    CountTournamentGroup: count,
    HoldTournamentRound: hold_round,
    PublishTournament: publish,
}
_ONE = "/tournaments/{tournament}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/tournaments", PlanTournament, "Plan a tournament", creates=True),
    CommandRoute(f"{_ONE}/count", CountTournamentGroup, "Count a group's entrants"),
    BulkRoute("/tournaments/groups/bulk", CountTournamentGroup, "Count the entrants of many groups"),
    CommandRoute(f"{_ONE}/hold-round", HoldTournamentRound, "Tell that a round was held"),
    CommandRoute(f"{_ONE}/publish", PublishTournament, "Publish the ranks"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/tournaments", TOURNAMENT, "Tournaments"),)
