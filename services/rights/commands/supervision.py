"""Supervise how an employer keeps labour law."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.rights.commands.steps import Step, said, take
from services.rights.domain import supervision as rules
from services.rights.domain.supervision import Sending, Supervision
from shared.contracts.rights import EmployerInspected, LawSupervisionOpened
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    CountOrZero,
    DocumentNumber,
    EmployerText,
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
from shared.units import UNIT
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Kind
from shared.work.needs import Copied
from shared.work.work import Work

SUPERVISION: Kind[Supervision] = Kind("supervision", Supervision, rules.evolve, lambda state: state.union)


class OpenSupervision(Command):
    """A union looks into an employer."""

    union: UnionText
    employer: EmployerText
    topic: CatalogueId
    opened_on: BusinessDate


class InspectEmployer(Command):
    """On the spot; `workers` are those whom the violations concern."""

    supervision: UUID
    supervisors: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=20)]
    violations: CountOrZero
    workers: CountOrZero = 0
    inspected_on: BusinessDate


class SendSupervisionLetter(Command):
    """A letter of a kind; by default the supervising union sends it."""

    supervision: UUID
    letter: CatalogueId
    sender: UnionText | None = None
    document: DocumentNumber
    sent_on: BusinessDate


class AnswerSupervisionLetter(Command):
    """The last letter has an answer."""

    supervision: UUID
    document: DocumentNumber
    answered_on: BusinessDate


class VerifyRectification(Command):
    """What was asked for is done."""

    supervision: UUID
    verified_on: BusinessDate


class CloseSupervision(Command):
    """With a result that fits how it went."""

    supervision: UUID
    result: CatalogueId
    closed_on: BusinessDate


def open_supervision(work: Work, command: OpenSupervision) -> Answer:
    """The id answered is the supervision's."""
    id_ = work.new_id()
    work.want(need_of_union(command.union), need_of_employer(command.employer))
    union, employer = find_union(work, command.union), find_employer(work, command.employer)
    refuse_bad_date(work, union, command.opened_on, "opened_on")
    opened = LawSupervisionOpened(
        occurredon=command.opened_on, topic=command.topic, union=union, employer=employer
    )
    return said(work, SUPERVISION, id_, rules.decide_open(opened), union)


def inspect(work: Work, command: InspectEmployer) -> Answer:
    """By people whom the service knows."""
    work.want(*(Copied(PERSON.name, each) for each in command.supervisors))
    for each in command.supervisors:
        work.copied(PERSON, each)
    step = Step(command.supervision, command.inspected_on, "inspected_on")

    def decide(state: Supervision) -> tuple[EmployerInspected]:
        inspected = EmployerInspected(
            occurredon=step.on,
            topic=state.topic,
            employer=state.employer,
            supervisors=command.supervisors,
            violations=command.violations,
            workers=command.workers,
        )
        return rules.decide_inspect(state, inspected, area_of(work, state.union))

    return take(work, SUPERVISION, step, decide)


def send(work: Work, command: SendSupervisionLetter) -> Answer:
    """The term for an answer follows from the area."""
    sender = find_union(work, command.sender, "sender") if command.sender else None
    step = Step(command.supervision, command.sent_on, "sent_on")
    return take(
        work,
        SUPERVISION,
        step,
        lambda state: rules.decide_send(
            state, _sending(work, command, state, sender or state.union), area_of(work, state.union)
        ),
    )


def answer(work: Work, command: AnswerSupervisionLetter) -> Answer:
    """In time or not."""
    step = Step(command.supervision, command.answered_on, "answered_on")
    return take(work, SUPERVISION, step, lambda state: rules.decide_answer(state, command.document, step.on))


def verify(work: Work, command: VerifyRectification) -> Answer:
    """Settles the last letter."""
    step = Step(command.supervision, command.verified_on, "verified_on")
    return take(work, SUPERVISION, step, lambda state: rules.decide_verify(state, step.on))


def close(work: Work, command: CloseSupervision) -> Answer:
    """For good."""
    step = Step(command.supervision, command.closed_on, "closed_on")
    return take(work, SUPERVISION, step, lambda state: rules.decide_close(state, command.result, step.on))


def _sending(work: Work, command: SendSupervisionLetter, state: Supervision, sender: UUID) -> Sending:
    level, lineage = work.copied(UNIT, sender).level, work.place(state.union).lineage
    return Sending(command.letter, sender, level, lineage, command.document, command.sent_on)


USE_CASES: dict[type[BaseModel], UseCase] = {
    OpenSupervision: open_supervision,
    InspectEmployer: inspect,
    SendSupervisionLetter: send,
    AnswerSupervisionLetter: answer,
    VerifyRectification: verify,
    CloseSupervision: close,
}
_ONE = "/supervisions/{supervision}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/supervisions", OpenSupervision, "Open a supervision of an employer", creates=True),
    BulkRoute("/supervisions/bulk", OpenSupervision, "Open supervisions"),
    CommandRoute(f"{_ONE}/inspect", InspectEmployer, "Inspect on the spot"),
    CommandRoute(f"{_ONE}/letters", SendSupervisionLetter, "Send a letter"),
    CommandRoute(f"{_ONE}/answer", AnswerSupervisionLetter, "Tell of the answer to the last letter"),
    CommandRoute(f"{_ONE}/verify", VerifyRectification, "Verify that it was put right"),
    CommandRoute(f"{_ONE}/close", CloseSupervision, "Close a supervision"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/supervisions", SUPERVISION, "Supervisions of employers"),)
