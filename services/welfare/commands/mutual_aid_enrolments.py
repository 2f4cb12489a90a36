"""Enrol people in mutual medical aid, collect their fees, cancel."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.welfare.commands.mutual_aid_kinds import COVER, PERIOD
from services.welfare.domain.mutual_aid.cover import MutualAidCover, cover_id
from services.welfare.domain.mutual_aid.enrolling import (
    decide_cancel,
    decide_collect,
    decide_enrol,
    enrolment_in,
)
from services.welfare.domain.mutual_aid.offering import Insured, Offer, Wish
from services.welfare.domain.mutual_aid.period import MutualAidPeriod, refuse_stage
from services.welfare.domain.numbering import owner_of
from shared.catalogues import catalogue
from shared.contracts import Event
from shared.errors import Refused
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, EmployerText, Few, UnionText
from shared.http.listing import Listing
from shared.people import PERSON, PersonCopy
from shared.referring import (
    area_of,
    find_employer,
    find_union,
    need_of_employer,
    need_of_union,
    refuse_bad_date,
)
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.needs import Copied, Need, Own
from shared.work.work import Work


class UnionNotSaid(Refused):
    """The person is no member now, so the union at which it counts must be named."""

    code = "union-not-said"


class UnionOutsideOrganiser(Refused):
    """The union is not below the organiser of the period."""

    code = "union-outside-organiser"


class EnrolInMutualAid(Command):
    """A person takes shares of a product for a period. With `collected_on` the premium has come in, too.

    It counts at the person's union unless another is named; the insured unit is the employer if one is given.
    """

    period: UUID
    person: UUID
    product: CatalogueId
    shares: Few = 1
    years: Few = 1
    payer: CatalogueId
    union: UnionText | None = None
    employer: EmployerText | None = None
    continues: bool = Field(
        default=False, description="Ran on without a break from a period that is not recorded here."
    )
    enrolled_on: BusinessDate
    collected_on: BusinessDate | None = None


class CollectMutualAidFee(Command):
    """The whole premium of an enrolment came in."""

    enrolment: UUID
    collected_on: BusinessDate


class CancelMutualAidEnrolment(Command):
    """It was wrong, as if it had never been; a premium that came in goes back."""

    enrolment: UUID
    cancelled_on: BusinessDate


def enrol(work: Work, command: EnrolInMutualAid) -> Answer:
    """The id answered is the enrolment's."""
    catalogue("mutual_aid_payers").checked(command.payer, "payer")
    id_ = cover_id(command.person, command.product)
    work.want(*_needs(command, id_))
    person = work.copied(PERSON, command.person)
    union = _union(work, command, person)
    offer = Offer(command.period, find(work, PERIOD, command.period, "period"))
    _refuse_outside(work, union, offer.period)
    refuse_bad_date(work, union, command.enrolled_on, "enrolled_on")
    employer = find_employer(work, command.employer) if command.employer else None
    insured = Insured(command.person, person.sex, person.standing, union, employer or union)
    wish = Wish(
        command.product,
        command.shares,
        command.years,
        command.payer,
        command.continues,
        command.enrolled_on,
        area_of(work, union),
    )
    (event,) = decide_enrol(work.get(COVER, id_), offer, insured, wish)
    events: list[Event] = [event]
    if command.collected_on:
        refuse_future(command.collected_on, work.today, "collected_on")
        after = COVER.evolve(work.get(COVER, id_), event)
        events += decide_collect(after, event.enrolment, command.collected_on)
    answer = work.record(COVER, id_, events, union)
    return Answer(event.enrolment, answer.version, event.warnings)


def collect_fee(work: Work, command: CollectMutualAidFee) -> Answer:
    """While the period is not settled."""
    refuse_future(command.collected_on, work.today, "collected_on")
    cover = cover_of(work, command.enrolment)
    enrolment = enrolment_in(cover, command.enrolment)
    refuse_stage(find(work, PERIOD, enrolment.period, "period"), "collecting", "in_force")
    events = decide_collect(cover, command.enrolment, command.collected_on)
    answer = work.record(COVER, owner_of(command.enrolment), events, enrolment.union)
    return Answer(command.enrolment, answer.version)


def cancel(work: Work, command: CancelMutualAidEnrolment) -> Answer:
    """While the period is not settled."""
    refuse_future(command.cancelled_on, work.today, "cancelled_on")
    cover = cover_of(work, command.enrolment)
    enrolment = enrolment_in(cover, command.enrolment)
    refuse_stage(find(work, PERIOD, enrolment.period, "period"), "collecting", "in_force")
    events = decide_cancel(cover, command.enrolment, command.cancelled_on)
    answer = work.record(COVER, owner_of(command.enrolment), events, enrolment.union)
    return Answer(command.enrolment, answer.version)


def cover_of(work: Work, enrolment: UUID) -> MutualAidCover:
    """The cover in which an enrolment stands; raises EnrolmentUnknown."""
    cover = work.get(COVER, owner_of(enrolment))
    enrolment_in(cover, enrolment)
    assert cover is not None
    return cover


def _needs(command: EnrolInMutualAid, cover: UUID) -> list[Need]:
    needs: list[Need] = [Own(command.period), Own(cover), Copied(PERSON.name, command.person)]
    needs += [need_of_union(command.union)] if command.union else []
    needs += [need_of_employer(command.employer)] if command.employer else []
    return needs


def _union(work: Work, command: EnrolInMutualAid, person: PersonCopy) -> UUID:
    if command.union:
        return find_union(work, command.union)
    if person.union is None:
        raise UnionNotSaid(
            "the person is no member of a union now",
            field="union",
            remedy="name the union at which the enrolment counts",
        )
    return person.union


def _refuse_outside(work: Work, union: UUID, period: MutualAidPeriod) -> None:
    if period.organiser not in work.place(union).lineage:
        raise UnionOutsideOrganiser(
            "the period is organised elsewhere",
            field="period",
            value=str(period.number),
            remedy="name a period of a union above this one",
        )


USE_CASES: dict[type[BaseModel], UseCase] = {
    EnrolInMutualAid: enrol,
    CollectMutualAidFee: collect_fee,
    CancelMutualAidEnrolment: cancel,
}
_ENROLMENTS = "/mutual-aid/enrolments"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute(_ENROLMENTS, EnrolInMutualAid, "Enrol a person", creates=True),
    BulkRoute(f"{_ENROLMENTS}/bulk", EnrolInMutualAid, "Enrol many people"),
    CommandRoute(f"{_ENROLMENTS}/{{enrolment}}/collect", CollectMutualAidFee, "Collect a premium"),
    BulkRoute("/mutual-aid/fees/bulk", CollectMutualAidFee, "Collect many premiums"),
    CommandRoute(f"{_ENROLMENTS}/{{enrolment}}/cancel", CancelMutualAidEnrolment, "Cancel an enrolment"),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/mutual-aid/covers", COVER, "Covers of mutual medical aid, with enrolments and claims"),
)
