"""Pairs of people, one of whom helps the other: match, deliver, end."""

from uuid import UUID

from pydantic import BaseModel

from services.welfare.domain import help_pairs
from services.welfare.domain.help_pairs import (
    HelpPair,
    Match,
    decide_deliver,
    decide_end,
    decide_match,
    warnings_on,
)
from shared.catalogues import catalogue
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, CountOrZero, FenOrZero, UnionText
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Claim, Kind
from shared.work.needs import Claimed, Copied
from shared.work.work import Work


def _value(kind: str, helper: UUID, helped: UUID) -> str:
    return f"{kind}/{helper}/{helped}"


def _one_pair(state: HelpPair) -> frozenset[Claim]:
    value = _value(state.kind, state.helper, state.helped)
    return frozenset({Claim("help-pair-of", value)} if state.stage != "ended" else ())


HELP_PAIR: Kind[HelpPair] = Kind(
    "help-pair", HelpPair, help_pairs.evolve, lambda state: state.union, _one_pair
)


class MatchHelpPair(Command):
    """A helper and one who is helped; where a child is tutored, the worker whose child it is."""

    union: UnionText
    kind: CatalogueId
    helper: UUID
    helped: UUID
    pledged_fen: FenOrZero = 0
    matched_on: BusinessDate


class DeliverHelp(Command):
    """Money given, sessions held."""

    pair: UUID
    given_fen: FenOrZero = 0
    sessions: CountOrZero = 0
    delivered_on: BusinessDate


class EndHelpPair(Command):
    """The help is over."""

    pair: UUID
    ended_on: BusinessDate


def match_pair(work: Work, command: MatchHelpPair) -> Answer:
    """The id answered is the pair's."""
    catalogue("help_pair_kinds").checked(command.kind, "kind")
    claim = Claimed("help-pair-of", _value(command.kind, command.helper, command.helped))
    people = [Copied(PERSON.name, each) for each in (command.helper, command.helped)]
    work.want(need_of_union(command.union), claim, *people)
    union = find_union(work, command.union)
    for person in (command.helper, command.helped):
        work.copied(PERSON, person)
    refuse_bad_date(work, union, command.matched_on, "matched_on")
    match = Match(command.kind, command.helper, command.helped, command.pledged_fen, command.matched_on)
    events = decide_match(work.owner(claim.kind, claim.value), union, match)
    return work.record(HELP_PAIR, work.new_id(), events, union)


def deliver(work: Work, command: DeliverHelp) -> Answer:
    """Warned when it is more than was pledged."""
    refuse_future(command.delivered_on, work.today, "delivered_on")
    pair = find(work, HELP_PAIR, command.pair, "pair")
    (event,) = decide_deliver(pair, command.given_fen, command.sessions, command.delivered_on)
    answer = work.record(HELP_PAIR, command.pair, [event], pair.union)
    return Answer(answer.id, answer.version, warnings_on(pair, event))


def end(work: Work, command: EndHelpPair) -> Answer:
    """With what was given in all."""
    refuse_future(command.ended_on, work.today, "ended_on")
    pair = find(work, HELP_PAIR, command.pair, "pair")
    return work.record(HELP_PAIR, command.pair, decide_end(pair, command.ended_on), pair.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    MatchHelpPair: match_pair,
    DeliverHelp: deliver,
    EndHelpPair: end,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/help-pairs", MatchHelpPair, "Match a pair", creates=True),
    BulkRoute("/help-pairs/bulk", MatchHelpPair, "Match many pairs"),
    CommandRoute("/help-pairs/{pair}/deliver", DeliverHelp, "Tell what was given"),
    CommandRoute("/help-pairs/{pair}/end", EndHelpPair, "End a pair"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/help-pairs", HELP_PAIR, "Pairs"),)
