"""Committees and commissioners of women workers (DOMAIN ORG-18)."""

from datetime import date
from uuid import UUID, uuid5

from pydantic import BaseModel

from services.membership.commands.areas import area_of
from services.membership.commands.counting import women_counted
from services.membership.commands.fields import BusinessDate, CatalogueId, Command, UnionReference
from services.membership.commands.holding import hold_living
from services.membership.commands.references import find_union, need_of
from services.membership.domain import women
from services.membership.domain.women import Counted, WomenBody
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.listing import Listing
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Kind
from shared.work.needs import Own
from shared.work.work import Work


class FormWomenCommittee(Command):
    """A committee, or one commissioner where there are too few women."""

    union: UnionReference
    body: CatalogueId = "committee"
    formed_on: BusinessDate


def body_id(union: UUID) -> UUID:
    """A union has one."""
    return uuid5(union, "women")


def body_of(union: UUID) -> Kind[WomenBody]:
    """The body of women workers of this union."""
    return Kind(name="women-body", state=WomenBody, evolve=women.evolve, unit=lambda _: union)


BODY = body_of(UUID(int=0))
"""For reading only: events are recorded with `body_of`."""


def form_women_committee(work: Work, command: FormWomenCommittee) -> Answer:
    """Counts the women as the area's rule has it; warns where the number asks for the other body."""
    work.want(need_of(command.union))
    unit, union = find_union(work, command.union, "union")
    work.want(Own(body_id(unit)))
    area, on = area_of(work, unit), command.formed_on
    what = women.counted_among(on, area)
    counted = Counted(what, women_counted(work, unit, what), women.threshold(on, area))
    state = work.get(BODY, body_id(unit))
    events = women.decide_form(state, union, command.body, counted, (on, work.today))
    hold_living(work, unit, union)
    answer = work.record(body_of(unit), body_id(unit), events, unit)
    return Answer(answer.id, answer.version, events[0].warnings)


def end_women_committee(work: Work, unit: UUID, on: date) -> None:
    """With its union, in the course of the command that ends it."""
    work.want(Own(body_id(unit)))
    state = work.get(BODY, body_id(unit))
    if state is not None:
        work.record(body_of(unit), body_id(unit), women.decide_end(state, on), unit)


USE_CASES: dict[type[BaseModel], UseCase] = {FormWomenCommittee: form_women_committee}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/women-committees", FormWomenCommittee, "Form a women workers' committee", creates=True),
    BulkRoute("/women-committees/bulk", FormWomenCommittee, "Form the committees of a list"),
)
LISTINGS = (Listing("/women-committees", BODY, "Committees and commissioners of women workers"),)
