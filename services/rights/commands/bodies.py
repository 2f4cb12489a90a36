"""Open, staff and close places and bodies for workers' rights; lawyers on duty."""

from uuid import UUID

from pydantic import BaseModel

from services.rights.commands.ahead import PlannedDate
from services.rights.commands.steps import Step, said, take
from services.rights.domain import bodies
from services.rights.domain.bodies import (
    Body,
    decide_appoint,
    decide_close,
    decide_duty,
    decide_open,
    decide_remove,
    kinds,
)
from shared.contracts.rights import RightsBodyOpened
from shared.errors import Refused
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, DocumentNumber, EmployerText, UnionText
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import find_employer, find_union, need_of_employer, need_of_union, refuse_bad_date
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Claim, Kind
from shared.work.work import Work

SINGLE = "rights-body"


class BodyExists(Refused):
    """One body of this kind for a union and employer."""

    code = "rights-body-exists"


def _name(union: UUID, kind: str, employer: UUID | None) -> str:
    return f"{union}/{kind}/{employer or ''}"


def _claims(body: Body) -> frozenset[Claim]:
    if body.stage == "closed" or not kinds()[body.kind].single:
        return frozenset()
    return frozenset({Claim(SINGLE, _name(body.union, body.kind, body.employer))})


BODY: Kind[Body] = Kind("rights-body", Body, bodies.evolve, lambda body: body.union, _claims)


class OpenRightsBody(Command):
    """A window, a station or a mediation organisation, the last one possibly of one employer."""

    union: UnionText
    kind: CatalogueId
    employer: EmployerText | None = None
    document: DocumentNumber
    opened_on: BusinessDate


class AppointRightsStaff(Command):
    """A person serves there from that day on."""

    body: UUID
    person: UUID
    role: CatalogueId
    appointed_on: BusinessDate


class RemoveRightsStaff(Command):
    """A person serves there until that day."""

    body: UUID
    person: UUID
    removed_on: BusinessDate


class ScheduleLawyerDuty(Command):
    """A lawyer of the window will be there on `duty_on`."""

    body: UUID
    lawyer: UUID
    duty_on: PlannedDate
    scheduled_on: BusinessDate


class CloseRightsBody(Command):
    """It is there no more."""

    body: UUID
    closed_on: BusinessDate


def open_body(work: Work, command: OpenRightsBody) -> Answer:
    """The id answered is the body's."""
    id_, kind = work.new_id(), kinds().checked(command.kind, "kind")
    work.want(
        need_of_union(command.union), *([need_of_employer(command.employer)] if command.employer else [])
    )
    union = find_union(work, command.union)
    employer = find_employer(work, command.employer) if command.employer else None
    refuse_bad_date(work, union, command.opened_on, "opened_on")
    present = work.owner(SINGLE, _name(union, kind.id, employer)) if kind.single else None
    if present:
        raise BodyExists(
            "there is one", field="kind", value=kind.id, remedy=f"continue with {present}, or close it first"
        )
    opened = RightsBodyOpened(
        occurredon=command.opened_on,
        kind=kind.id,
        family=kind.family,
        union=union,
        employer=employer,
        document=command.document,
    )
    return said(work, BODY, id_, decide_open(opened), union)


def appoint(work: Work, command: AppointRightsStaff) -> Answer:
    """Of people whom the service knows."""
    work.copied(PERSON, command.person)
    step = Step(command.body, command.appointed_on, "appointed_on")
    return take(work, BODY, step, lambda body: decide_appoint(body, command.person, command.role, step.on))


def remove(work: Work, command: RemoveRightsStaff) -> Answer:
    """Of those who serve there."""
    step = Step(command.body, command.removed_on, "removed_on")
    return take(work, BODY, step, lambda body: decide_remove(body, command.person, step.on))


def schedule_duty(work: Work, command: ScheduleLawyerDuty) -> Answer:
    """Counts on the day of duty."""
    step = Step(command.body, command.scheduled_on, "scheduled_on")
    return take(work, BODY, step, lambda body: decide_duty(body, command.lawyer, command.duty_on, step.on))


def close_body(work: Work, command: CloseRightsBody) -> Answer:
    """With everybody who serves there."""
    step = Step(command.body, command.closed_on, "closed_on")
    return take(work, BODY, step, lambda body: decide_close(body, step.on))


USE_CASES: dict[type[BaseModel], UseCase] = {
    OpenRightsBody: open_body,
    AppointRightsStaff: appoint,
    RemoveRightsStaff: remove,
    ScheduleLawyerDuty: schedule_duty,
    CloseRightsBody: close_body,
}
_ONE = "/rights-bodies/{body}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/rights-bodies", OpenRightsBody, "Open a window, station or mediation body", creates=True),
    BulkRoute("/rights-bodies/bulk", OpenRightsBody, "Open windows, stations or mediation bodies"),
    CommandRoute(f"{_ONE}/appoint", AppointRightsStaff, "Appoint a person to it"),
    BulkRoute("/rights-bodies/appoint/bulk", AppointRightsStaff, "Appoint people"),
    CommandRoute(f"{_ONE}/remove", RemoveRightsStaff, "Remove a person from it"),
    CommandRoute(f"{_ONE}/duties", ScheduleLawyerDuty, "Schedule a lawyer's duty"),
    CommandRoute(f"{_ONE}/close", CloseRightsBody, "Close it"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/rights-bodies", BODY, "Places and bodies for workers' rights"),)
