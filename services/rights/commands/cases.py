"""Take up a case for workers and bring it to its end."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.rights.commands.bodies import BODY
from services.rights.commands.steps import Step, said, take
from services.rights.domain import cases, casework
from services.rights.domain.bodies import kinds
from services.rights.domain.cases import Case
from services.rights.domain.casework import Mediation
from shared.contracts.rights import CaseReceived
from shared.errors import Malformed
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    DocumentNumber,
    EmployerText,
    Fen,
    FenOrZero,
    UnionText,
)
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import (
    area_of,
    find_employer,
    find_union,
    need_of_employer,
    need_of_union,
    refuse_bad_date,
)
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.work import Work

CASE: Kind[Case] = Kind("case", Case, cases.evolve, lambda case: case.union)


class BodyMissing(Malformed):
    """Who mediates: an organisation that is kept here, or at least a kind of body."""

    code = "mediation-body-missing"


class NotABodyOfMediation(Malformed):
    """Windows and stations do not mediate."""

    code = "not-a-body-of-mediation"


class ReceiveCase(Command):
    """A case of a series, about a topic; who brought it is not told. `workers`: those concerned."""

    union: UnionText
    series: CatalogueId
    topic: CatalogueId
    employer: EmployerText | None = None
    workers: Count = 1
    collective: bool = False
    claimed_fen: FenOrZero = 0
    received_on: BusinessDate


class AcceptCase(Command):
    """The union takes it on."""

    case: UUID
    accepted_on: BusinessDate


class HandleCase(Command):
    """Somebody works on it in one of the ways of its series."""

    case: UUID
    way: CatalogueId
    handler: UUID | None = None
    handled_on: BusinessDate


class MediateCase(Command):
    """A body takes it up; the term runs from `applied_on` (default: the day it starts)."""

    case: UUID
    organisation: UUID | None = None
    body: Annotated[CatalogueId | None, Field(description="Where the organisation is not kept here.")] = None
    mediator: UUID | None = None
    applied_on: BusinessDate | None = None
    started_on: BusinessDate


class SettleCase(Command):
    """The parties agree, with or without money."""

    case: UUID
    agreed_fen: FenOrZero = 0
    document: DocumentNumber
    settled_on: BusinessDate


class FailMediation(Command):
    """Mediation is over without a settlement."""

    case: UUID
    failed_on: BusinessDate


class ReferCase(Command):
    """It goes on elsewhere."""

    case: UUID
    referral: CatalogueId
    document: DocumentNumber
    referred_on: BusinessDate


class AnswerCase(Command):
    """The petitioner has an answer."""

    case: UUID
    document: DocumentNumber
    answered_on: BusinessDate


class ChangeCaseClaim(Command):
    """The amount in dispute is another one."""

    case: UUID
    claimed_fen: FenOrZero
    changed_on: BusinessDate


class PayCase(Command):
    """Money reached the workers."""

    case: UUID
    fen: Fen
    paid_on: BusinessDate


class CloseCase(Command):
    """With a result that fits how it went."""

    case: UUID
    result: CatalogueId
    closed_on: BusinessDate


class WithdrawCase(Command):
    """Those who brought it take it back."""

    case: UUID
    withdrawn_on: BusinessDate


def receive(work: Work, command: ReceiveCase) -> Answer:
    """The id answered is the case's."""
    id_ = work.new_id()
    work.want(
        need_of_union(command.union), *([need_of_employer(command.employer)] if command.employer else [])
    )
    union = find_union(work, command.union)
    employer = find_employer(work, command.employer) if command.employer else None
    refuse_bad_date(work, union, command.received_on, "received_on")
    received = CaseReceived(
        occurredon=command.received_on,
        series=command.series,
        topic=command.topic,
        workers=command.workers,
        union=union,
        employer=employer,
        collective=command.collective,
        claimed_fen=command.claimed_fen,
    )
    return said(work, CASE, id_, casework.decide_receive(received), union)


def accept(work: Work, command: AcceptCase) -> Answer:
    """Once."""
    step = Step(command.case, command.accepted_on, "accepted_on")
    return take(work, CASE, step, lambda case: casework.decide_accept(case, step.on))


def handle(work: Work, command: HandleCase) -> Answer:
    """By a person whom the service knows, if one is named."""
    if command.handler:
        work.copied(PERSON, command.handler)
    step = Step(command.case, command.handled_on, "handled_on")
    return take(
        work, CASE, step, lambda case: casework.decide_handle(case, command.way, command.handler, step.on)
    )


def mediate(work: Work, command: MediateCase) -> Answer:
    """Warns where the mediator does not serve in the organisation."""
    if command.mediator:
        work.copied(PERSON, command.mediator)
    taken = _mediation(work, command)
    step = Step(command.case, command.started_on, "started_on")
    return take(
        work,
        CASE,
        step,
        lambda case: casework.decide_mediate(case, taken, area_of(work, case.union)),
    )


def settle(work: Work, command: SettleCase) -> Answer:
    """In mediation or without."""
    step = Step(command.case, command.settled_on, "settled_on")
    return take(
        work,
        CASE,
        step,
        lambda case: casework.decide_settle(case, command.agreed_fen, command.document, step.on),
    )


def fail(work: Work, command: FailMediation) -> Answer:
    """A settlement may still come."""
    step = Step(command.case, command.failed_on, "failed_on")
    return take(work, CASE, step, lambda case: casework.decide_fail(case, step.on))


def refer(work: Work, command: ReferCase) -> Answer:
    """To one body after the other is told as one case each."""
    step = Step(command.case, command.referred_on, "referred_on")
    return take(
        work,
        CASE,
        step,
        lambda case: casework.decide_refer(case, command.referral, command.document, step.on),
    )


def answer(work: Work, command: AnswerCase) -> Answer:
    """Petitions only."""
    step = Step(command.case, command.answered_on, "answered_on")
    return take(work, CASE, step, lambda case: casework.decide_answer(case, command.document, step.on))


def change_claim(work: Work, command: ChangeCaseClaim) -> Answer:
    """While the case is open."""
    step = Step(command.case, command.changed_on, "changed_on")
    return take(work, CASE, step, lambda case: casework.decide_claim(case, command.claimed_fen, step.on))


def pay(work: Work, command: PayCase) -> Answer:
    """Also after closing."""
    step = Step(command.case, command.paid_on, "paid_on")
    return take(work, CASE, step, lambda case: casework.decide_pay(case, command.fen, step.on))


def close(work: Work, command: CloseCase) -> Answer:
    """For good, but for payments."""
    step = Step(command.case, command.closed_on, "closed_on")
    return take(work, CASE, step, lambda case: casework.decide_close(case, command.result, step.on))


def withdraw(work: Work, command: WithdrawCase) -> Answer:
    """For good."""
    step = Step(command.case, command.withdrawn_on, "withdrawn_on")
    return take(work, CASE, step, lambda case: casework.decide_withdraw(case, step.on))


def _mediation(work: Work, command: MediateCase) -> Mediation:
    kind, of_body = command.body, None
    if command.organisation:
        body = find(work, BODY, command.organisation, "organisation")
        kind, of_body = body.kind, command.mediator is None or command.mediator in body.staff
    if kind is None:
        raise BodyMissing(
            "nobody mediates", field="body", value="", remedy="give the organisation or a kind of body"
        )
    if kinds().checked(kind, "body").family != "mediation":
        raise NotABodyOfMediation(
            f"a {kind} does not mediate", field="body", value=kind, remedy="name a mediation organisation"
        )
    applied = command.applied_on or command.started_on
    return Mediation(kind, command.organisation, command.mediator, of_body, applied, command.started_on)


USE_CASES: dict[type[BaseModel], UseCase] = {
    ReceiveCase: receive,
    AcceptCase: accept,
    HandleCase: handle,
    MediateCase: mediate,
    SettleCase: settle,
    FailMediation: fail,
    ReferCase: refer,
    AnswerCase: answer,
    ChangeCaseClaim: change_claim,
    PayCase: pay,
    CloseCase: close,
    WithdrawCase: withdraw,
}
_ONE = "/cases/{case}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/cases", ReceiveCase, "Receive a case", creates=True),
    BulkRoute("/cases/bulk", ReceiveCase, "Receive cases"),
    CommandRoute(f"{_ONE}/accept", AcceptCase, "Accept a case"),
    BulkRoute("/cases/accept/bulk", AcceptCase, "Accept cases"),
    CommandRoute(f"{_ONE}/handle", HandleCase, "Work on a case"),
    BulkRoute("/cases/handle/bulk", HandleCase, "Work on cases"),
    CommandRoute(f"{_ONE}/mediate", MediateCase, "Take a case up for mediation"),
    BulkRoute("/cases/mediate/bulk", MediateCase, "Take cases up for mediation"),
    CommandRoute(f"{_ONE}/settle", SettleCase, "Say that the parties agree"),
    BulkRoute("/cases/settle/bulk", SettleCase, "Say that the parties of many cases agree"),
    CommandRoute(f"{_ONE}/fail", FailMediation, "Say that mediation failed"),
    CommandRoute(f"{_ONE}/refer", ReferCase, "Refer a case"),
    CommandRoute(f"{_ONE}/answer", AnswerCase, "Answer a petition"),
    BulkRoute("/cases/answer/bulk", AnswerCase, "Answer petitions"),
    CommandRoute(f"{_ONE}/change-claim", ChangeCaseClaim, "Change the amount in dispute"),
    CommandRoute(f"{_ONE}/pay", PayCase, "Tell what was paid to the workers"),
    CommandRoute(f"{_ONE}/close", CloseCase, "Close a case"),
    BulkRoute("/cases/close/bulk", CloseCase, "Close cases"),
    CommandRoute(f"{_ONE}/withdraw", WithdrawCase, "Withdraw a case"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/cases", CASE, "Cases taken up for workers"),)
