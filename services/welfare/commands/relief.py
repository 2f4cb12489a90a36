"""Relief: apply or nominate, approve, refuse, withdraw (DOMAIN WEL-05 to WEL-07, WEL-13)."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.welfare.commands.hardship import ARCHIVE
from services.welfare.domain import relieving
from services.welfare.domain.hardship import archive_id
from services.welfare.domain.programmes import levels, occasions, programmes, stages
from services.welfare.domain.relief import ReliefCase, evolve
from shared.catalogues import catalogue
from shared.contracts import Event
from shared.contracts.welfare import ReliefAbout
from shared.errors import Refused
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    LARGEST_FEN,
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    DocumentNumber,
    EmployerText,
    UnionText,
)
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import find_employer, find_union, need_of_employer, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Claim, Kind
from shared.work.needs import Copied, Need, Own
from shared.work.roles import APPROVER
from shared.work.work import Work

ONCE = "relief-once"
NAMED = ("person", "household")


def _claims(case: ReliefCase) -> frozenset[Claim]:
    return frozenset({Claim(ONCE, case.once)} if case.once else ())


CASE: Kind[ReliefCase] = Kind("relief-case", ReliefCase, evolve, lambda case: case.union, _claims)

AnyFen = Annotated[int, Field(strict=True, ge=0, le=LARGEST_FEN, description="Fen, from 0 on.")]
Year = Annotated[int, Field(strict=True, ge=1949, le=2999)]


class DoubleAid(Refused):
    """The programme helps nobody twice in one year."""

    code = "double-aid"


class ApplyRelief(Command):
    """An application or nomination for a person, a household, an employer, all members or a group."""

    union: UnionText
    programme: CatalogueId
    occasion: CatalogueId = "none"
    campaign_year: Year | None = Field(None, description="Year of the festival. Default: of applied_on.")
    recipient: CatalogueId = "person"
    person: UUID | None = Field(None, description="Person id of the one who receives, such as the student.")
    worker: UUID | None = Field(None, description="Person id of the worker of the household, if another.")
    employer: EmployerText | None = None
    people: Count | None = Field(None, description="For an employer, all members or a group: how many.")
    households: Count | None = Field(None, description="Households that are not named: how many.")
    level: CatalogueId | None = Field(None, description="Of a role model.")
    stage: CatalogueId | None = Field(None, description="Of a student.")
    requested_fen: AnyFen = Field(description="Money and goods together; 0 for a visit without either.")
    consent: DocumentNumber | None = Field(None, description="Number of the parent's signed consent.")
    applied_on: BusinessDate


class ApproveRelief(Command):
    """The actor, who is not the recorder, approves all or less."""

    case: UUID
    approved_fen: AnyFen | None = Field(None, description="Default: what was asked for.")
    approved_on: BusinessDate


class RefuseRelief(Command):
    """The actor, who is not the recorder, refuses."""

    case: UUID
    refusal: CatalogueId
    refused_on: BusinessDate


class WithdrawRelief(Command):
    """Before anything was paid."""

    case: UUID
    withdrawn_on: BusinessDate


def apply_relief(work: Work, command: ApplyRelief) -> Answer:
    """The id answered is the case's."""
    _check(command)
    work.want(need_of_union(command.union), *_needs(command))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.applied_on, "applied_on")
    about = _about(work, command)
    request = relieving.Request(union, command.requested_fen, work.actor, command.consent or "")
    events = relieving.decide_apply(about, request, command.applied_on)
    case = evolve(None, events[0])
    if case.once and work.owner(ONCE, case.once):
        raise DoubleAid(
            f"{command.programme} was applied for or paid in {about.campaign_year}",
            field="person",
            value=str(command.person),
            remedy="one person gets it once a year",
        )
    return work.record(CASE, work.new_id(), events, union)


def approve_relief(work: Work, command: ApproveRelief) -> Answer:
    """Whoever recorded the application may not approve it."""
    case = found(work, command.case, command.approved_on, "approved_on")
    events = relieving.decide_approve(case, command.approved_fen, work.actor, command.approved_on)
    return _answer(work, command.case, case, events)


def refuse_relief(work: Work, command: RefuseRelief) -> Answer:
    """With a reason of the catalogue."""
    catalogue("relief_refusals").checked(command.refusal, "refusal")
    case = found(work, command.case, command.refused_on, "refused_on")
    events = relieving.decide_refuse(case, command.refusal, work.actor, command.refused_on)
    return _answer(work, command.case, case, events)


def withdraw_relief(work: Work, command: WithdrawRelief) -> Answer:
    """The person may apply again."""
    case = found(work, command.case, command.withdrawn_on, "withdrawn_on")
    return _answer(work, command.case, case, relieving.decide_withdraw(case, command.withdrawn_on))


def found(work: Work, case: UUID, on: BusinessDate, field: str) -> ReliefCase:
    """The case, for something that happened by today; refuses `relief-case-unknown`, DateInFuture."""
    work.want(Own(case))
    refuse_future(on, work.today, field)
    return find(work, CASE, case, "case")


def _check(command: ApplyRelief) -> None:
    programmes().checked(command.programme, "programme")
    occasions().checked(command.occasion, "occasion")
    catalogue("relief_recipients").checked(command.recipient, "recipient")
    if command.level:
        levels().checked(command.level, "level")
    if command.stage:
        stages().checked(command.stage, "stage")


def _needs(command: ApplyRelief) -> list[Need]:
    people = {each for each in (command.person, command.worker) if each}
    needs: list[Need] = [Copied(PERSON.name, each) for each in sorted(people)]
    if holder := command.worker or command.person:
        needs.append(Own(archive_id(holder)))
    if command.employer:
        needs.append(need_of_employer(command.employer))
    return needs


def _about(work: Work, command: ApplyRelief) -> ReliefAbout:
    for person in (command.person, command.worker):
        if person:
            work.copied(PERSON, person)
    holder = (command.worker or command.person) if command.recipient in NAMED else None
    archive = work.get(ARCHIVE, archive_id(holder)) if holder else None
    return ReliefAbout(
        programme=command.programme,
        occasion=command.occasion,
        campaign_year=command.campaign_year or command.applied_on.year,
        recipient=command.recipient,
        person=command.person or holder,
        household=archive_id(holder) if holder else None,
        employer=find_employer(work, command.employer) if command.employer else None,
        people=_people(command),
        households=_households(command),
        level=command.level or relieving.NONE,
        stage=command.stage or relieving.NONE,
        file_holder=bool(archive and archive.open_on(command.applied_on)),
    )


def _people(command: ApplyRelief) -> int:
    if command.recipient == "person":
        return 1
    return 0 if command.recipient == "household" else command.people or 0


def _households(command: ApplyRelief) -> int:
    if command.recipient == "household":
        return 1 if command.person or command.worker else command.households or 0
    return int(programmes()[command.programme].staged)


def _answer(work: Work, id_: UUID, case: ReliefCase, events: tuple[Event, ...]) -> Answer:
    return work.record(CASE, id_, events, case.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    ApplyRelief: apply_relief,
    ApproveRelief: approve_relief,
    RefuseRelief: refuse_relief,
    WithdrawRelief: withdraw_relief,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/relief/cases", ApplyRelief, "Apply for relief, or nominate", creates=True),
    BulkRoute("/relief/cases/bulk", ApplyRelief, "Nominate the people of a list"),
    CommandRoute("/relief/cases/{case}/approve", ApproveRelief, "Approve an application", role=APPROVER),
    BulkRoute(
        "/relief/cases/approve/bulk", ApproveRelief, "Approve the applications of a list", role=APPROVER
    ),
    CommandRoute("/relief/cases/{case}/refuse", RefuseRelief, "Refuse an application", role=APPROVER),
    CommandRoute("/relief/cases/{case}/withdraw", WithdrawRelief, "Withdraw before anything was paid"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/relief/cases", CASE, "Cases of relief"),)
