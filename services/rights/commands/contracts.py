"""Contracts from the signing on: sign, file, object, change the coverage, end."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.rights.commands.agreements import AGREEMENT
from services.rights.commands.ahead import PlannedDate
from services.rights.domain.contracting import decide_cover, decide_end, decide_file, decide_object
from services.rights.domain.signing import Coverage, Sides, Terms, decide_sign
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    CountOrZero,
    DocumentNumber,
    EmployerText,
)
from shared.referring import area_of, find_employer, need_of_employer
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.work import Work

MOST_EMPLOYERS = 300  # so that the event stays below its largest size


class EmployerUnderContract(Command):
    """An employer with its workers covered and employed."""

    employer: EmployerText
    workers: Count
    employed: Count


class SignAgreement(Command):
    """Both chief negotiators signed; negotiators are counted a side, experts from outside for both.

    Without `valid_from` the day of signing holds, without `valid_until` the usual term of the kind.
    """

    agreement: UUID
    workers_side: Count = 3
    employer_side: Count = 3
    experts: CountOrZero = 0
    covered: Annotated[tuple[EmployerUnderContract, ...], Field(min_length=1, max_length=MOST_EMPLOYERS)]
    women_topics: bool = False
    valid_from: PlannedDate | None = None
    valid_until: PlannedDate | None = None
    document: DocumentNumber
    signed_on: BusinessDate


class FileAgreement(Command):
    """The labour authority received it on this day."""

    agreement: UUID
    document: DocumentNumber
    received_on: BusinessDate


class ObjectToAgreement(Command):
    """The labour authority objected."""

    agreement: UUID
    document: DocumentNumber
    objected_on: BusinessDate


class CoverEmployerByAgreement(Command):
    """From `since` on so many workers of the employer are covered; 0: it leaves the contract."""

    agreement: UUID
    employer: EmployerText
    workers: CountOrZero
    employed: Count
    since: BusinessDate


class EndAgreement(Command):
    """Over before its time; `document` says why."""

    agreement: UUID
    reason: CatalogueId
    document: DocumentNumber
    ended_on: BusinessDate


def sign(work: Work, command: SignAgreement) -> Answer:
    """A renewal of an expired contract is a new signing."""
    refuse_future(command.signed_on, work.today, "signed_on")
    work.want(*(need_of_employer(each.employer) for each in command.covered))
    state = find(work, AGREEMENT, command.agreement)
    earlier = find(work, AGREEMENT, state.renews, "renews") if state.renews else None
    covered = tuple(
        Coverage(find_employer(work, each.employer, "covered"), each.workers, each.employed)
        for each in command.covered
    )
    terms = Terms(
        Sides(command.workers_side, command.employer_side, command.experts),
        covered,
        command.valid_from or command.signed_on,
        command.valid_until,
        command.women_topics,
        command.document,
    )
    (event,) = decide_sign(command.agreement, state, terms, command.signed_on, earlier)
    answer = work.record(AGREEMENT, command.agreement, (event,), state.union)
    return Answer(answer.id, answer.version, event.warnings)


def file(work: Work, command: FileAgreement) -> Answer:
    """Late filing is taken and told."""
    refuse_future(command.received_on, work.today, "received_on")
    state = find(work, AGREEMENT, command.agreement)
    (event,) = decide_file(state, area_of(work, state.union), command.document, command.received_on)
    answer = work.record(AGREEMENT, command.agreement, (event,), state.union)
    return Answer(answer.id, answer.version, ("filed-late",) if event.late else ())


def object_to(work: Work, command: ObjectToAgreement) -> Answer:
    """Before it is in force."""
    refuse_future(command.objected_on, work.today, "objected_on")
    state = find(work, AGREEMENT, command.agreement)
    events = decide_object(state, command.document, command.objected_on)
    return work.record(AGREEMENT, command.agreement, events, state.union)


def cover(work: Work, command: CoverEmployerByAgreement) -> Answer:
    """One employer of a contract that was filed."""
    refuse_future(command.since, work.today, "since")
    work.want(need_of_employer(command.employer))
    state = find(work, AGREEMENT, command.agreement)
    coverage = Coverage(find_employer(work, command.employer), command.workers, command.employed)
    (event,) = decide_cover(state, coverage, command.since)
    answer = work.record(AGREEMENT, command.agreement, (event,), state.union)
    return Answer(answer.id, answer.version, event.warnings)


def end(work: Work, command: EndAgreement) -> Answer:
    """Of a contract, or of negotiations that came to nothing."""
    refuse_future(command.ended_on, work.today, "ended_on")
    state = find(work, AGREEMENT, command.agreement)
    events = decide_end(state, command.reason, command.document, command.ended_on)
    return work.record(AGREEMENT, command.agreement, events, state.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    SignAgreement: sign,
    FileAgreement: file,
    ObjectToAgreement: object_to,
    CoverEmployerByAgreement: cover,
    EndAgreement: end,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/agreements/{agreement}/sign", SignAgreement, "Sign a contract"),
    BulkRoute("/agreements/signings/bulk", SignAgreement, "Sign many contracts"),
    CommandRoute("/agreements/{agreement}/file", FileAgreement, "Tell when a contract was received"),
    BulkRoute("/agreements/filings/bulk", FileAgreement, "Tell when many contracts were received"),
    CommandRoute("/agreements/{agreement}/object", ObjectToAgreement, "Tell of an objection"),
    CommandRoute("/agreements/{agreement}/cover", CoverEmployerByAgreement, "Change who is covered"),
    CommandRoute("/agreements/{agreement}/end", EndAgreement, "End a contract or its negotiation"),
)
