"""Windows, stations and mediation organisations: opened, staffed, closed (DOMAIN RIG-15)."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, assert_never
from uuid import UUID

from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts.rights import (
    LawyerDutyScheduled,
    RightsBodyClosed,
    RightsBodyOpened,
    RightsStaffAppointed,
    RightsStaffRemoved,
    Staff,
)
from shared.errors import Malformed, Refused
from shared.frozen import Frozen
from shared.stages import refuse_step

BodyEvent = (
    RightsBodyOpened | RightsStaffAppointed | RightsStaffRemoved | LawyerDutyScheduled | RightsBodyClosed
)


class BodyKind(Entry):
    """What holds for a kind; see the catalogue."""

    family: Literal["place", "mediation"]
    roles: tuple[str, ...]
    single: bool = False
    lawyers: bool = False


def kinds() -> Catalogue[BodyKind]:
    """All kinds."""
    return catalogue_of("rights_body_kinds", BodyKind)


class StaffedAlready(Refused):
    """A person serves once in a body."""

    code = "serves-there-already"


class NotOnStaff(Refused):
    """The person does not serve there."""

    code = "serves-not-there"


class RoleNotOfKind(Malformed):
    """Bodies of this kind have no such role."""

    code = "role-not-of-kind"


class NoLawyersThere(Refused):
    """Lawyers are on duty where legal aid is given."""

    code = "no-lawyers-there"


class NotALawyerThere(Refused):
    """On duty is who was appointed there as a lawyer."""

    code = "not-a-lawyer-there"


class Body(Frozen):
    """One place or body; `staff` has the role of each person."""

    union: UUID
    kind: str
    family: str
    employer: UUID | None
    staff: Mapping[UUID, str] = {}
    stage: str = "open"
    since: date


def decide_open(opened: RightsBodyOpened) -> tuple[RightsBodyOpened]:
    """The kind says of which family it is."""
    kind = kinds().checked(opened.kind, "kind")
    return (opened.model_copy(update={"family": kind.family}),)


def decide_appoint(body: Body, person: UUID, role: str, on: date) -> tuple[RightsStaffAppointed]:
    """In a role that the kind has."""
    refuse_step(body, ("open",), on, "appointed_on")
    roles = kinds()[body.kind].roles
    if role not in roles:
        raise RoleNotOfKind(
            f"a {body.kind} has no such role",
            field="role",
            value=role,
            remedy=f"use one of {', '.join(roles)}",
        )
    if person in body.staff:
        raise StaffedAlready(
            f"serves there as {body.staff[person]}",
            field="person",
            value=str(person),
            remedy="remove the person first to change the role",
        )
    return (
        RightsStaffAppointed(occurredon=on, kind=body.kind, family=body.family, person=person, role=role),
    )


def decide_remove(body: Body, person: UUID, on: date) -> tuple[RightsStaffRemoved]:
    """Of those who serve there."""
    refuse_step(body, ("open",), on, "removed_on")
    if person not in body.staff:
        raise NotOnStaff(
            "does not serve there", field="person", value=str(person), remedy="check the person and the body"
        )
    role = body.staff[person]
    return (RightsStaffRemoved(occurredon=on, kind=body.kind, family=body.family, person=person, role=role),)


def decide_duty(body: Body, lawyer: UUID, duty_on: date, on: date) -> tuple[LawyerDutyScheduled]:
    """A day of duty of a lawyer who serves there."""
    refuse_step(body, ("open",), on, "scheduled_on")
    if not kinds()[body.kind].lawyers:
        raise NoLawyersThere(
            f"it is a {body.kind}", field="body", value=body.kind, remedy="name a window of legal aid"
        )
    if body.staff.get(lawyer) != "lawyer":
        raise NotALawyerThere(
            "is no lawyer of this window",
            field="lawyer",
            value=str(lawyer),
            remedy="appoint the lawyer first",
        )
    return (
        LawyerDutyScheduled(
            occurredon=on, kind=body.kind, family=body.family, duty_on=duty_on, lawyer=lawyer
        ),
    )


def decide_close(body: Body, on: date) -> tuple[RightsBodyClosed]:
    """Those who serve there end with it."""
    refuse_step(body, ("open",), on, "closed_on")
    staff = tuple(Staff(person=person, role=role) for person, role in body.staff.items())
    return (RightsBodyClosed(occurredon=on, kind=body.kind, family=body.family, staff=staff),)


def evolve(body: Body | None, event: BodyEvent) -> Body:
    """The body after the event."""
    if isinstance(event, RightsBodyOpened):
        return Body(
            union=event.union,
            kind=event.kind,
            family=event.family,
            employer=event.employer,
            since=event.occurredon,
        )
    assert body is not None
    match event:
        case RightsStaffAppointed():
            return body.model_copy(update={"staff": {**body.staff, event.person: event.role}})
        case RightsStaffRemoved():
            left = {person: role for person, role in body.staff.items() if person != event.person}
            return body.model_copy(update={"staff": left})
        case LawyerDutyScheduled():
            return body
        case RightsBodyClosed():
            return body.model_copy(update={"stage": "closed", "since": event.occurredon, "staff": {}})
        case _:
            assert_never(event)
