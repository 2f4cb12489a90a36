"""Contracts of single enterprises as a register has them: all steps of one at once, each on its day."""

from uuid import UUID

from pydantic import BaseModel

from services.rights.commands.agreements import AGREEMENT
from services.rights.commands.ahead import PlannedDate
from services.rights.domain.agreements import ENTERPRISE, Agreement, AgreementEvent, evolve
from services.rights.domain.contracting import decide_file
from services.rights.domain.negotiating import Offer, decide_offer, decide_vote
from services.rights.domain.signing import Coverage, Sides, Terms, decide_sign
from services.rights.domain.voting import Vote
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    CountOrZero,
    DocumentNumber,
    EmployerText,
    UnionText,
)
from shared.referring import (
    area_of,
    find_employer,
    find_union,
    need_of_employer,
    need_of_union,
    refuse_bad_date,
)
from shared.standing import refuse_future
from shared.units import UNIT
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.work import Work

USUAL_SIDE = 3


class RegisterAgreement(Command):
    """A first contract of one enterprise that was voted on and signed; `received_on` by the labour authority.

    Without `valid_from` the day of signing holds, without `valid_until` the usual term of the kind.
    """

    union: UnionText
    kind: CatalogueId
    employer: EmployerText
    workers: Count
    employed: Count
    delegates: Count
    present: CountOrZero
    in_favour: CountOrZero
    voted_on: BusinessDate
    women_topics: bool = False
    valid_from: PlannedDate | None = None
    valid_until: PlannedDate | None = None
    document: DocumentNumber
    signed_on: BusinessDate
    received_on: BusinessDate | None = None


def register(work: Work, command: RegisterAgreement) -> Answer:
    """The id answered is the contract's; every rule of the single steps holds."""
    id_ = work.new_id()
    work.want(need_of_union(command.union), need_of_employer(command.employer))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.voted_on, "voted_on")
    for field in ("signed_on", "received_on"):
        if day := getattr(command, field):
            refuse_future(day, work.today, field)
    events = _steps(work, id_, union, command)
    answer = work.record(AGREEMENT, id_, events, union)
    warnings = tuple(each for event in events for each in getattr(event, "warnings", ()))
    late = any(getattr(event, "late", False) for event in events)
    return Answer(id_, answer.version, (*warnings, *(("filed-late",) if late else ())))


def _steps(work: Work, id_: UUID, union: UUID, command: RegisterAgreement) -> list[AgreementEvent]:
    wish = Offer(command.kind, ENTERPRISE, work.copied(UNIT, union).level, None, command.voted_on)
    events: list[AgreementEvent] = [*decide_offer(union, wish, None)]
    cast = Vote(command.delegates, command.present, command.in_favour, 0, 0)
    events += decide_vote(_after(events), cast, command.voted_on)
    events += decide_sign(id_, _after(events), _terms(work, command), command.signed_on, None)
    if command.received_on:
        area = area_of(work, union)
        events += decide_file(_after(events), area, command.document, command.received_on)
    return events


def _terms(work: Work, command: RegisterAgreement) -> Terms:
    employer = find_employer(work, command.employer)
    return Terms(
        Sides(USUAL_SIDE, USUAL_SIDE, 0),
        (Coverage(employer, command.workers, command.employed),),
        command.valid_from or command.signed_on,
        command.valid_until,
        command.women_topics,
        command.document,
    )


def _after(events: list[AgreementEvent]) -> Agreement:
    state: Agreement | None = None
    for event in events:
        state = evolve(state, event)
    assert state is not None
    return state


USE_CASES: dict[type[BaseModel], UseCase] = {RegisterAgreement: register}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute(
        "/agreements/register", RegisterAgreement, "Register a contract of an enterprise", creates=True
    ),
    BulkRoute("/agreements/register/bulk", RegisterAgreement, "Register the contracts of a list"),
)
