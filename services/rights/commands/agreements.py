"""Contracts before the signing: offer, answer, the vote on the draft."""

from uuid import UUID

from pydantic import BaseModel

from services.rights.domain import agreements
from services.rights.domain.agreements import Agreement
from services.rights.domain.negotiating import (
    AlreadyRenewed,
    Offer,
    decide_answer,
    decide_offer,
    decide_vote,
)
from services.rights.domain.voting import Vote
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, Count, CountOrZero, UnionText
from shared.http.listing import Listing
from shared.referring import area_of, find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.units import UNIT
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Claim, Kind
from shared.work.work import Work

RENEWAL = "agreement-renewal"


def _claims(state: Agreement) -> frozenset[Claim]:
    renewing = state.renews is not None and state.stage != "ended"
    return frozenset({Claim(RENEWAL, str(state.renews))} if renewing else ())


AGREEMENT: Kind[Agreement] = Kind(
    "agreement", Agreement, agreements.evolve, lambda state: state.union, _claims
)


class OfferNegotiation(Command):
    """One side asked for negotiations; `renews` is the contract that shall be renewed."""

    union: UnionText
    kind: CatalogueId
    level: CatalogueId
    renews: UUID | None = None
    offered_on: BusinessDate


class AnswerOffer(Command):
    """The other side answered; `agreed` says whether it will negotiate."""

    agreement: UUID
    agreed: bool = True
    answered_on: BusinessDate


class VoteOnDraft(Command):
    """The workers' congress (or all workers) voted; `delegates` is the roll of that day."""

    agreement: UUID
    delegates: Count
    present: CountOrZero
    in_favour: CountOrZero
    against: CountOrZero = 0
    abstained: CountOrZero = 0
    voted_on: BusinessDate


def offer(work: Work, command: OfferNegotiation) -> Answer:
    """The id answered is the contract's."""
    id_ = work.new_id()
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.offered_on, "offered_on")
    earlier = find(work, AGREEMENT, command.renews, "renews") if command.renews else None
    if command.renews and work.owner(RENEWAL, str(command.renews)):
        raise AlreadyRenewed(
            "another negotiation renews it",
            field="renews",
            value=str(command.renews),
            remedy="go on with that negotiation, or end it first",
        )
    level = work.copied(UNIT, union).level
    wish = Offer(command.kind, command.level, level, command.renews, command.offered_on)
    (event,) = decide_offer(union, wish, earlier)
    answer = work.record(AGREEMENT, id_, (event,), union)
    return Answer(answer.id, answer.version, event.warnings)


def answer_offer(work: Work, command: AnswerOffer) -> Answer:
    """Late answers are taken and told."""
    refuse_future(command.answered_on, work.today, "answered_on")
    state = find(work, AGREEMENT, command.agreement)
    area = area_of(work, state.union)
    (event,) = decide_answer(state, area, command.answered_on, agreed=command.agreed)
    answer = work.record(AGREEMENT, command.agreement, (event,), state.union)
    return Answer(answer.id, answer.version, ("answered-late",) if event.late else ())


def vote(work: Work, command: VoteOnDraft) -> Answer:
    """Passed by more than half of all delegates, two thirds being there."""
    refuse_future(command.voted_on, work.today, "voted_on")
    state = find(work, AGREEMENT, command.agreement)
    cast = Vote(command.delegates, command.present, command.in_favour, command.against, command.abstained)
    (event,) = decide_vote(state, cast, command.voted_on)
    answer = work.record(AGREEMENT, command.agreement, (event,), state.union)
    return Answer(answer.id, answer.version, event.warnings)


USE_CASES: dict[type[BaseModel], UseCase] = {
    OfferNegotiation: offer,
    AnswerOffer: answer_offer,
    VoteOnDraft: vote,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/agreements", OfferNegotiation, "Tell of an offer to negotiate", creates=True),
    BulkRoute("/agreements/bulk", OfferNegotiation, "Tell of many offers to negotiate"),
    CommandRoute("/agreements/{agreement}/answer", AnswerOffer, "Tell of the answer to an offer"),
    CommandRoute("/agreements/{agreement}/vote", VoteOnDraft, "Tell of the vote on a draft"),
    BulkRoute("/agreements/votes/bulk", VoteOnDraft, "Tell of many votes on drafts"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/agreements", AGREEMENT, "Collective contracts"),)
