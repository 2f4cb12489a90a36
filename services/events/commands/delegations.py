"""Delegations: send, record results, promote."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.events.domain import delegations as rules
from services.events.domain.delegations import Delegation
from shared.catalogues import catalogue
from shared.contracts.events import DelegationResultRecorded, DelegationSent, SkillGradePromoted
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, Count, DocumentNumber, Edition, UnionText
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Claim, Kind
from shared.work.needs import Own
from shared.work.work import Work

CERTIFICATE = "skill-certificate"


def _held(state: Delegation) -> frozenset[Claim]:
    return frozenset(Claim(CERTIFICATE, number) for number in state.certificates)


DELEGATION: Kind[Delegation] = Kind("delegation", Delegation, rules.evolve, lambda state: state.union, _held)
Some = Annotated[int, Field(strict=True, ge=0, le=10_000, description="A whole number from 0 on.")]


class SendDelegation(Command):
    """So many people in so many items, of so many enterprises; `competition` if the host keeps it here."""

    union: UnionText
    contest_level: CatalogueId
    discipline: CatalogueId
    edition: Edition | None = None
    people: Count
    items: Some = 1
    enterprises: Some = 0
    competition: UUID | None = None
    sent_on: BusinessDate


class RecordDelegationResult(Command):
    """So many of them had this award."""

    delegation: UUID
    award: CatalogueId
    rank: Annotated[int | None, Field(strict=True, ge=1, le=1000)] = None
    people: Count = 1
    held_on: BusinessDate


class PromoteGrade(Command):
    """The labour authority gave a grade; `certificate` is its number."""

    delegation: UUID
    person: UUID
    grade: CatalogueId
    certificate: DocumentNumber
    promoted_on: BusinessDate


def send_delegation(work: Work, command: SendDelegation) -> Answer:
    """The id answered is the delegation's."""
    work.want(need_of_union(command.union))
    catalogue("contest_levels").checked(command.contest_level, "contest_level")
    catalogue("contest_disciplines").checked(command.discipline, "discipline")
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.sent_on, "sent_on")
    said = command.model_dump(exclude={"union", "sent_on"})
    sent = DelegationSent(occurredon=command.sent_on, union=union, **said)
    return work.record(DELEGATION, work.new_id(), [sent], union)


def record_delegation_result(work: Work, command: RecordDelegationResult) -> Answer:
    """Up to as many as were sent."""
    work.want(Own(command.delegation))
    catalogue("contest_awards").checked(command.award, "award")
    refuse_future(command.held_on, work.today, "held_on")
    state = find(work, DELEGATION, command.delegation)
    said = command.model_dump(exclude={"delegation"})
    result = DelegationResultRecorded(occurredon=command.held_on, **state.about, **said)
    return work.record(DELEGATION, command.delegation, rules.decide_result(state, result), state.union)


def promote_grade(work: Work, command: PromoteGrade) -> Answer:
    """A certificate has one number and one holder."""
    work.want(Own(command.delegation))
    catalogue("skill_grades").checked(command.grade, "grade")
    refuse_future(command.promoted_on, work.today, "promoted_on")
    state = find(work, DELEGATION, command.delegation)
    work.copied(PERSON, command.person)
    if work.owner(CERTIFICATE, command.certificate) not in {None, command.delegation}:
        raise rules.certificate_taken(command.certificate)
    said = command.model_dump(exclude={"delegation", "promoted_on"})
    promoted = SkillGradePromoted(occurredon=command.promoted_on, **state.about, **said)
    return work.record(DELEGATION, command.delegation, rules.decide_promote(state, promoted), state.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    SendDelegation: send_delegation,
    RecordDelegationResult: record_delegation_result,
    PromoteGrade: promote_grade,
}
_ONE = "/delegations/{delegation}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/delegations", SendDelegation, "Send people to a contest of others", creates=True),
    CommandRoute(f"{_ONE}/results", RecordDelegationResult, "With what they came back"),
    CommandRoute(f"{_ONE}/promote", PromoteGrade, "A grade of skill was given for it"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/delegations", DELEGATION, "Delegations"),)
