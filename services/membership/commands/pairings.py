"""Pair unions: propose, sign, hold activities, conclude."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.membership.commands.fields import BusinessDate, CatalogueId, Command, UnionReference
from services.membership.commands.references import find_union, need_of
from services.membership.domain import pairings
from services.membership.domain.applying import Deed
from services.membership.domain.pairings import (
    Pairing,
    Proposal,
    claim_of,
    decide_conclude,
    decide_hold,
    decide_propose,
    decide_sign,
)
from services.membership.domain.placed import At
from services.membership.domain.unions import check_living
from shared.errors import Refused
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import DocumentNumber
from shared.http.listing import Listing
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Claimed
from shared.work.work import Work

MOST_PARTNERS = 20
PAIRING: Kind[Pairing] = Kind(
    "pairing", Pairing, pairings.evolve, lambda pairing: pairing.excellent, pairings.claims
)


class PairedAlready(Refused):
    """The two unions have an agreement with one another."""

    code = "paired-already"


class ProposePairing(Command):
    """One excellent union with one or more ordinary ones."""

    excellent: UnionReference
    ordinary: Annotated[tuple[UnionReference, ...], Field(min_length=1, max_length=MOST_PARTNERS)]
    until: BusinessDate | None = None
    proposed_on: BusinessDate


class SignPairing(Command):
    """In force from the day on."""

    pairing: UUID
    document: DocumentNumber | None = None
    signed_on: BusinessDate


class HoldPairingActivity(Command):
    """One activity of a kind of the catalogue, while it is in force."""

    pairing: UUID
    kind: CatalogueId
    held_on: BusinessDate


class ConcludePairing(Command):
    """Fulfilled or given up: an outcome of the catalogue."""

    pairing: UUID
    outcome: CatalogueId
    concluded_on: BusinessDate


def propose_pairing(work: Work, command: ProposePairing) -> Answer:
    """The answer's id is the agreement's; the unions must live on that day."""
    work.want(need_of(command.excellent), *(need_of(each) for each in command.ordinary))
    excellent, state = find_union(work, command.excellent, "excellent")
    check_living(state, command.proposed_on)
    others = [find_union(work, each, "ordinary") for each in command.ordinary]
    for _, union in others:
        check_living(union, command.proposed_on)
    proposal = Proposal(excellent, tuple(id_ for id_, _ in others), command.until)
    id_ = work.new_id()
    events = decide_propose(id_, proposal, Deed(command.proposed_on, work.today, work.actor))
    _refuse_twice(work, proposal)
    return _record(work, id_, events)


def sign_pairing(work: Work, command: SignPairing) -> Answer:
    """Counts at every union it binds."""
    pairing = find(work, PAIRING, command.pairing)
    deed = Deed(command.signed_on, work.today, work.actor)
    return _record(work, command.pairing, decide_sign(command.pairing, pairing, command.document, deed))


def hold_pairing_activity(work: Work, command: HoldPairingActivity) -> Answer:
    """Counts at every union it binds, once above them; the answer's id is the activity's."""
    pairing = find(work, PAIRING, command.pairing)
    activity = work.new_id()
    deed = Deed(command.held_on, work.today, work.actor)
    events = decide_hold(command.pairing, pairing, (activity, command.kind), deed)
    answer = _record(work, command.pairing, events)
    return Answer(activity, answer.version)


def conclude_pairing(work: Work, command: ConcludePairing) -> Answer:
    """The unions may be paired again."""
    pairing = find(work, PAIRING, command.pairing)
    deed = Deed(command.concluded_on, work.today, work.actor)
    return _record(work, command.pairing, decide_conclude(command.pairing, pairing, command.outcome, deed))


def _refuse_twice(work: Work, proposal: Proposal) -> None:
    pairs = [claim_of(proposal.excellent, each) for each in proposal.ordinary]
    work.want(*(Claimed(*pair) for pair in pairs))
    for pair, other in zip(pairs, proposal.ordinary, strict=True):
        if owner := work.owner(*pair):
            raise PairedAlready(
                f"agreement {owner} binds them", "ordinary", str(other), "conclude that one first"
            )


def _record(work: Work, id_: UUID, events: tuple[At, ...]) -> Answer:
    answer = Answer(id_, work.version(PAIRING, id_))
    for unit, event in events:
        answer = work.record(PAIRING, id_, [event], unit)
    return answer


USE_CASES: dict[type[BaseModel], UseCase] = {
    ProposePairing: propose_pairing,
    SignPairing: sign_pairing,
    HoldPairingActivity: hold_pairing_activity,
    ConcludePairing: conclude_pairing,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/pairings", ProposePairing, "Propose that unions be paired", creates=True),
    BulkRoute("/pairings/bulk", ProposePairing, "Propose many pairings"),
    CommandRoute("/pairings/{pairing}/sign", SignPairing, "Sign an agreement of paired unions"),
    CommandRoute(
        "/pairings/{pairing}/activities",
        HoldPairingActivity,
        "Record an activity of paired unions",
        creates=True,
    ),
    BulkRoute("/pairings/activities/bulk", HoldPairingActivity, "Record activities of paired unions"),
    CommandRoute("/pairings/{pairing}/conclude", ConcludePairing, "Conclude an agreement of paired unions"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/pairings", PAIRING, "Pairings"),)
