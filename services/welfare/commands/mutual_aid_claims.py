"""Claims on mutual medical aid: file, review, pay, reject."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.welfare.commands.mutual_aid_enrolments import cover_of
from services.welfare.commands.mutual_aid_kinds import COVER, PERIOD
from services.welfare.domain.mutual_aid.claiming import (
    Bill,
    claim_in,
    decide_file,
    decide_pay,
    decide_reject,
    decide_review,
)
from services.welfare.domain.mutual_aid.cover import MutualAidCover
from services.welfare.domain.mutual_aid.period import refuse_stage
from services.welfare.domain.numbering import owner_of
from shared.catalogues import catalogue
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, Fen
from shared.referring import area_of
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.roles import APPROVER
from shared.work.work import Work


class FileMutualAidClaim(Command):
    """Own costs of a stay or illness on a day; the illness itself is not said."""

    enrolment: UUID
    kind: CatalogueId
    own_costs_fen: Fen
    asked_fen: Fen | None = Field(default=None, description="The benefit counted on; refused above the rule.")
    incurred_on: BusinessDate
    filed_on: BusinessDate


class ReviewMutualAidClaim(Command):
    """The actor is another than the one who filed it; the benefit follows from the rules."""

    claim: UUID
    reviewed_on: BusinessDate


class PayMutualAidClaim(Command):
    """The benefit that the review found goes out."""

    claim: UUID
    paid_on: BusinessDate


class RejectMutualAidClaim(Command):
    """The actor is another than the one who filed it."""

    claim: UUID
    reason: CatalogueId
    rejected_on: BusinessDate


def file_claim(work: Work, command: FileMutualAidClaim) -> Answer:
    """The id answered is the claim's."""
    catalogue("mutual_aid_claim_kinds").checked(command.kind, "kind")
    refuse_future(command.filed_on, work.today, "filed_on")
    cover = cover_of(work, command.enrolment)
    enrolment = cover.enrolments[command.enrolment]
    refuse_stage(find(work, PERIOD, enrolment.period, "period"), "in_force", "settled")
    bill = Bill(
        command.kind,
        command.own_costs_fen,
        command.asked_fen,
        command.incurred_on,
        command.filed_on,
        area_of(work, enrolment.union),
    )
    (event,) = decide_file(cover, command.enrolment, bill, work.actor)
    answer = work.record(COVER, owner_of(command.enrolment), [event], enrolment.union)
    return Answer(event.claim, answer.version)


def review_claim(work: Work, command: ReviewMutualAidClaim) -> Answer:
    """By the rules in force on the day it happened."""
    refuse_future(command.reviewed_on, work.today, "reviewed_on")
    cover, union = _claimed(work, command.claim)
    area = area_of(work, union)
    events = decide_review(cover, command.claim, command.reviewed_on, area, work.actor)
    answer = work.record(COVER, owner_of(command.claim), events, union)
    return Answer(command.claim, answer.version)


def pay_claim(work: Work, command: PayMutualAidClaim) -> Answer:
    """Also after the period was settled: what is held pays."""
    refuse_future(command.paid_on, work.today, "paid_on")
    cover, union = _claimed(work, command.claim)
    events = decide_pay(cover, command.claim, command.paid_on)
    answer = work.record(COVER, owner_of(command.claim), events, union)
    return Answer(command.claim, answer.version)


def reject_claim(work: Work, command: RejectMutualAidClaim) -> Answer:
    """For a reason of the catalogue."""
    catalogue("mutual_aid_reject_reasons").checked(command.reason, "reason")
    refuse_future(command.rejected_on, work.today, "rejected_on")
    cover, union = _claimed(work, command.claim)
    events = decide_reject(cover, command.claim, command.reason, command.rejected_on, work.actor)
    answer = work.record(COVER, owner_of(command.claim), events, union)
    return Answer(command.claim, answer.version)


def _claimed(work: Work, claim: UUID) -> tuple[MutualAidCover, UUID]:
    cover = work.get(COVER, owner_of(claim))
    enrolment = claim_in(cover, claim).enrolment
    assert cover is not None
    return cover, cover.enrolments[enrolment].union


USE_CASES: dict[type[BaseModel], UseCase] = {
    FileMutualAidClaim: file_claim,
    ReviewMutualAidClaim: review_claim,
    PayMutualAidClaim: pay_claim,
    RejectMutualAidClaim: reject_claim,
}
_ONE = "/mutual-aid/claims/{claim}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/mutual-aid/claims", FileMutualAidClaim, "File a claim", creates=True),
    BulkRoute("/mutual-aid/claims/bulk", FileMutualAidClaim, "File many claims"),
    CommandRoute(f"{_ONE}/review", ReviewMutualAidClaim, "Review a claim", role=APPROVER),
    BulkRoute("/mutual-aid/reviews/bulk", ReviewMutualAidClaim, "Review many claims", role=APPROVER),
    CommandRoute(f"{_ONE}/pay", PayMutualAidClaim, "Pay a benefit"),
    BulkRoute("/mutual-aid/payments/bulk", PayMutualAidClaim, "Pay many benefits"),
    CommandRoute(f"{_ONE}/reject", RejectMutualAidClaim, "Reject a claim", role=APPROVER),
)
