"""Appoint officers, give them duties, replace them; set the posts of a union (DOMAIN ORG-20, ORG-21)."""

from datetime import date
from functools import partial
from typing import Annotated, Any
from uuid import UUID, uuid5

from pydantic import BaseModel, Field

from services.membership.commands.committees import COMMITTEE, committee_id
from services.membership.commands.fields import BusinessDate, CatalogueId, Command, UnionReference
from services.membership.commands.holding import hold_living
from services.membership.commands.people import find_person
from services.membership.commands.references import find_union, need_of
from services.membership.domain import officers
from services.membership.domain.officers import Candidate, Leaving, Officer, OfficeTaken, Posts, roles
from shared.contracts.membership import OfficerAppointed
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import DocumentNumber
from shared.http.listing import Listing
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Claimed, Listed, Own
from shared.work.work import Work


class AppointOfficer(Command):
    """A person of the register into an office of the union; full-time or part-time."""

    union: UnionReference
    person: UUID
    role: CatalogueId
    time: CatalogueId = "part_time"
    appointed_on: BusinessDate


class AssignDuties(Command):
    """What the officer answers for from now on."""

    officer: UUID
    duties: Annotated[tuple[CatalogueId, ...], Field(min_length=1, max_length=20)]
    assigned_on: BusinessDate


class ReplaceOfficer(Command):
    """Out of office for a reason; early, with the number of the consent."""

    officer: UUID
    reason: CatalogueId
    document: DocumentNumber | None = None
    left_on: BusinessDate


class SetOfficerPosts(Command):
    """How many officers of a role the union is to have: vacancies are counted against it."""

    union: UnionReference
    role: CatalogueId
    posts: Annotated[int, Field(strict=True, ge=0, le=1000)]
    set_on: BusinessDate


def _evolve(unit: UUID, state: Officer | None, event: Any) -> Officer:
    if isinstance(event, OfficerAppointed):
        return officers.appointed(unit, event)
    return officers.evolve(state, event)


def officer_at(unit: UUID) -> Kind[Officer]:
    """Officers, for recording events at this union."""
    return Kind(
        name="officer",
        state=Officer,
        evolve=partial(_evolve, unit),
        unit=lambda officer: officer.union,
        claims=officers.claims,
    )


def posts_of(union: UUID) -> Kind[Posts]:
    """The posts of this union."""
    return Kind(name="officer-posts", state=Posts, evolve=officers.evolve_posts, unit=lambda _: union)


OFFICER = officer_at(UUID(int=0))
"""For reading only: events are recorded with `officer_at`."""
POSTS = posts_of(UUID(int=0))
"""For reading only: events are recorded with `posts_of`."""


def appoint_officer(work: Work, command: AppointOfficer) -> Answer:
    """The answer names the officer."""
    work.want(need_of(command.union))
    unit, union = find_union(work, command.union, "union")
    sex, member = find_person(work, command.person)
    roles().checked(command.role, "role")
    _check_free(work, unit, command)
    candidate = Candidate(command.person, sex, command.role, command.time, member)
    events = officers.decide_appoint(union, candidate, command.appointed_on, work.today)
    hold_living(work, unit, union)
    answer = work.record(officer_at(unit), work.new_id(), events, unit)
    return Answer(answer.id, answer.version, events[0].warnings)


def assign_duties(work: Work, command: AssignDuties) -> Answer:
    """Instead of the duties before."""
    work.want(Own(command.officer))
    state = find(work, OFFICER, command.officer)
    events = officers.decide_assign(state, command.duties, command.assigned_on, work.today)
    return work.record(officer_at(state.union), command.officer, events, state.union)


def replace_officer(work: Work, command: ReplaceOfficer) -> Answer:
    """Early if the committee of the union would have stayed longer."""
    work.want(Own(command.officer))
    state = find(work, OFFICER, command.officer)
    committee = work.get(COMMITTEE, committee_id(state.union))
    leaving = Leaving(command.reason, command.document, committee.until if committee else None)
    events = officers.decide_replace(state, leaving, command.left_on, work.today)
    answer = work.record(officer_at(state.union), command.officer, events, state.union)
    return Answer(answer.id, answer.version, events[0].warnings)


def set_officer_posts(work: Work, command: SetOfficerPosts) -> Answer:
    """The answer names the union's posts."""
    work.want(need_of(command.union))
    unit, union = find_union(work, command.union, "union")
    id_ = uuid5(unit, "officer-posts")
    work.want(Own(id_))
    hold_living(work, unit, union)
    state, on = work.get(POSTS, id_), command.set_on
    events = officers.decide_set_posts(state, command.role, command.posts, on, work.today)
    return work.record(posts_of(unit), id_, events, unit)


def end_officers(work: Work, unit: UUID, on: date) -> None:
    """With the union, in the course of the command that ends it."""
    work.want(Listed(OFFICER.name, unit))
    listed = work.listed(OFFICER, unit)
    work.want(*(Own(each) for each in listed))
    for id_ in listed:
        state = work.get(OFFICER, id_)
        if state is not None and state.ended_on is None:
            work.record(officer_at(unit), id_, officers.decide_end(state, on), unit)


def _check_free(work: Work, unit: UUID, command: AppointOfficer) -> None:
    held = officers.offices(unit, command.role, command.person)
    work.want(*(Claimed(*each) for each in held))
    for each in held:
        if holder := work.owner(*each):
            raise OfficeTaken(
                f"the officer {holder} is in this office", "role", command.role, "replace that one first"
            )


USE_CASES: dict[type[BaseModel], UseCase] = {
    AppointOfficer: appoint_officer,
    AssignDuties: assign_duties,
    ReplaceOfficer: replace_officer,
    SetOfficerPosts: set_officer_posts,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/officers", AppointOfficer, "Appoint an officer", creates=True),
    BulkRoute("/officers/bulk", AppointOfficer, "Appoint the officers of a list"),
    CommandRoute("/officers/{officer}/duties", AssignDuties, "Give duties to an officer"),
    CommandRoute("/officers/{officer}/replace", ReplaceOfficer, "Let an officer leave"),
    CommandRoute("/unions/{union}/officer-posts", SetOfficerPosts, "Set the posts of a union"),
    BulkRoute("/officer-posts/bulk", SetOfficerPosts, "Set the posts of unions"),
)
LISTINGS = (Listing("/officers", OFFICER, "Officers"),)
