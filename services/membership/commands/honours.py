"""Honours: recommend, review, award, revoke."""

from functools import partial
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.membership.aggregates import NOWHERE
from services.membership.commands.applications import Year
from services.membership.commands.fields import BusinessDate, CatalogueId, UnionReference
from services.membership.commands.recipients import OfRecipient, find_recipient, needs_of
from services.membership.commands.references import find_union, need_of
from services.membership.domain import honours
from services.membership.domain.applying import Deed
from services.membership.domain.honouring import (
    Nomination,
    Recipient,
    decide_award,
    decide_not_award,
    decide_recommend,
    decide_review,
    decide_revoke_honour,
)
from services.membership.domain.honours import TEAM, Honour, claim_of
from services.membership.domain.placed import At
from services.membership.domain.unions import check_living
from shared.errors import Malformed, Refused
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import DocumentNumber
from shared.http.listing import Listing
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find, not_there
from shared.work.kinds import Kind
from shared.work.roles import APPROVER
from shared.work.work import Work


class AlreadyRecommended(Refused):
    """The recipient is a candidate for it, or has it."""

    code = "already-recommended"


class HonourUnclear(Malformed):
    """The honour is named twice, or not enough is said to find it."""

    code = "honour-unclear"


class RecommendHonour(OfRecipient):
    """A union recommends; what is granted, and by which level, is decided later."""

    union: UnionReference
    series: CatalogueId
    level: CatalogueId
    year: Year
    document: DocumentNumber | None = None
    recommended_on: BusinessDate


class OfHonour(OfRecipient):
    """An honour by its id, or by series, level recommended for, year, and recipient (no team)."""

    honour: UUID | None = None
    series: CatalogueId | None = None
    level: CatalogueId | None = None
    year: Year | None = None


class ReviewHonour(OfHonour):
    """By somebody other than who recommended."""

    passed: bool
    reviewed_on: BusinessDate


class AwardHonour(OfHonour):
    """At the level it was recommended for, or at another."""

    granted_level: CatalogueId | None = Field(default=None, description="As recommended, if not given.")
    document: DocumentNumber | None = None
    awarded_on: BusinessDate


class NotAwardHonour(OfHonour):
    """The candidate got nothing."""

    decided_on: BusinessDate


class RevokeHonour(OfHonour):
    """For a reason of the catalogue."""

    reason: CatalogueId
    revoked_on: BusinessDate


def _honour_at(unit: UUID, state: Honour | None, event: Any) -> Honour:
    return honours.evolve(state, At(unit, event))


def honour_at(unit: UUID) -> Kind[Honour]:
    """Honours, for recording events that count for this unit."""
    return Kind("honour", Honour, partial(_honour_at, unit), lambda honour: honour.unit, honours.claims)


HONOUR = honour_at(NOWHERE)
"""For reading only: events are recorded with `honour_at`."""


def recommend_honour(work: Work, command: RecommendHonour) -> Answer:
    """The answer's id is the honour's."""
    work.want(need_of(command.union), *needs_of(command))
    unit, union = find_union(work, command.union, "union")
    check_living(union, command.recommended_on)
    recipient = find_recipient(work, command)
    _refuse_twice(work, command, recipient)
    wanted = Nomination(command.series, command.level, command.year, command.document)
    deed = Deed(command.recommended_on, work.today, work.actor)
    return _record(work, work.new_id(), decide_recommend(unit, recipient, wanted, deed))


def review_honour(work: Work, command: ReviewHonour) -> Answer:
    """The reviewer is the actor of this command."""
    id_, state = _found(work, command)
    deed = Deed(command.reviewed_on, work.today, work.actor)
    return _record(work, id_, decide_review(state, deed, passed=command.passed))


def award_honour(work: Work, command: AwardHonour) -> Answer:
    """The approver is the actor of this command."""
    id_, state = _found(work, command)
    deed = Deed(command.awarded_on, work.today, work.actor)
    return _record(work, id_, decide_award(state, command.granted_level, command.document, deed))


def not_award_honour(work: Work, command: NotAwardHonour) -> Answer:
    """The recipient may be recommended again."""
    id_, state = _found(work, command)
    return _record(work, id_, decide_not_award(state, Deed(command.decided_on, work.today, work.actor)))


def revoke_honour(work: Work, command: RevokeHonour) -> Answer:
    """The award stays in the figures of its day; the revocation counts on its own."""
    id_, state = _found(work, command)
    deed = Deed(command.revoked_on, work.today, work.actor)
    return _record(work, id_, decide_revoke_honour(state, command.reason, deed))


def _refuse_twice(work: Work, command: RecommendHonour, recipient: Recipient) -> None:
    claim = claim_of(command.series, command.level, command.year, recipient.id)
    if recipient.kind != TEAM and (owner := work.owner(*claim)):
        raise AlreadyRecommended(
            f"the recommendation is {owner}", "series", command.series, "review or award that one"
        )


def _found(work: Work, command: OfHonour) -> tuple[UUID, Honour]:
    work.want(*needs_of(command))
    key = (command.series, command.level, command.year)
    named = (*key, command.person, command.organisation, command.team_in)
    if command.honour is not None and not any(named):
        return command.honour, find(work, HONOUR, command.honour)
    if command.honour is not None or command.series is None or command.level is None or command.year is None:
        raise HonourUnclear(
            "not one honour is named", "honour", "", "give its id, or series, level, year and recipient"
        )
    recipient = find_recipient(work, command)
    claim = claim_of(command.series, command.level, command.year, recipient.id)
    id_ = None if recipient.kind == TEAM else work.owner(*claim)
    state = work.get(HONOUR, id_) if id_ else None
    if id_ is None or state is None:
        raise not_there(HONOUR, recipient.id)
    return id_, state


def _record(work: Work, id_: UUID, events: tuple[At, ...]) -> Answer:
    answer = Answer(id_, work.version(HONOUR, id_))
    for unit, event in events:
        answer = work.record(honour_at(unit), id_, [event], unit)
    return answer


USE_CASES: dict[type[BaseModel], UseCase] = {
    RecommendHonour: recommend_honour,
    ReviewHonour: review_honour,
    AwardHonour: award_honour,
    NotAwardHonour: not_award_honour,
    RevokeHonour: revoke_honour,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/honours", RecommendHonour, "Recommend for an honour", creates=True),
    BulkRoute("/honours/bulk", RecommendHonour, "Recommend for honours"),
    CommandRoute("/honours/{honour}/review", ReviewHonour, "Review a recommendation", role=APPROVER),
    BulkRoute("/honours/review/bulk", ReviewHonour, "Review recommendations", role=APPROVER),
    CommandRoute("/honours/{honour}/award", AwardHonour, "Award an honour", role=APPROVER),
    BulkRoute("/honours/award/bulk", AwardHonour, "Award honours", role=APPROVER),
    CommandRoute(
        "/honours/{honour}/not-award", NotAwardHonour, "Let a recommendation come to nothing", role=APPROVER
    ),
    CommandRoute("/honours/{honour}/revoke", RevokeHonour, "Revoke an honour", role=APPROVER),
)
LISTINGS: tuple[Listing, ...] = (Listing("/honours", HONOUR, "Honours"),)
