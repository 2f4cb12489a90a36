"""Levy employers without a union, and give the new union its share (DOMAIN FIN-08, FIN-09, FIN-10)."""

from dataclasses import replace
from typing import Self
from uuid import UUID

from pydantic import BaseModel, model_validator

from services.finance.commands.fields import (
    BusinessDate,
    Channel,
    Command,
    Fen,
    FirmSize,
    PeriodText,
    UnionText,
)
from services.finance.commands.kinds import money_kind
from services.finance.domain import levy as levies
from services.finance.domain.allowing import Payer
from services.finance.domain.basis import LEVY_BASIS, LevyBasis
from services.finance.domain.levy import LevyDemand, LevyPayment, NewUnion, PreparationLevy, levy_id
from services.finance.domain.money import money_id
from services.finance.domain.sharing import GRASSROOTS_LEVEL
from shared.errors import Refused
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import EmployerText
from shared.http.listing import Listing
from shared.referring import (
    area_of,
    find_employer,
    find_union,
    need_of_employer,
    need_of_union,
    refuse_bad_date,
)
from shared.units import EMPLOYER, UNIT, covering_union
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Copied, Own
from shared.work.work import Work


class NoUnionYet(Refused):
    """The levy is divided when a union covers the employer."""

    code = "levy-no-union-yet"


class NotAHigherUnion(Refused):
    """The whole levy is the higher union's."""

    code = "levy-not-at-grassroots"


class _Levied(Command):
    """Which employer, at which higher union (by default the one that registered the employer)."""

    employer: EmployerText
    unit: UnionText | None = None


class AssessLevy(_Levied):
    """Give either the payroll, to which the rate in force applies, or the amount itself."""

    period: PeriodText
    payroll_fen: Fen | None = None
    amount_fen: Fen | None = None
    assessed_on: BusinessDate

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.payroll_fen is None) == (self.amount_fen is None):
            raise ValueError("give either payroll_fen or amount_fen")
        return self


class ReceiveLevy(_Levied):
    """Money for a period that was assessed, or may be levied."""

    period: PeriodText
    channel: Channel
    amount_fen: Fen
    received_on: BusinessDate


class ConvertLevy(Command):
    """A union covers the employer now: it gets its share of what is held."""

    levy: UUID
    converted_on: BusinessDate
    payer_size: FirmSize | None = None


class RefundLevy(Command):
    """Back to the employer."""

    levy: UUID
    amount_fen: Fen
    refunded_on: BusinessDate


def _never_first(_state: PreparationLevy | None, _event: object) -> PreparationLevy:
    msg = "events do not name the higher union: use `levy_kind`"
    raise TypeError(msg)


LEVY: Kind[PreparationLevy] = Kind(
    "preparation-levy", PreparationLevy, _never_first, lambda state: state.unit
)


def levy_kind(unit: UUID, employer: UUID) -> Kind[PreparationLevy]:
    """The levy of one employer at one higher union."""
    first = PreparationLevy(unit=unit, employer=employer)
    return replace(LEVY, evolve=lambda state, event: levies.evolve(state or first, event))


def assess_levy(work: Work, command: AssessLevy) -> Answer:
    """The id answered is the levy's: one for each employer and higher union."""
    unit, employer = _parties(work, command)
    refuse_bad_date(work, unit, command.assessed_on, "assessed_on")
    demand = LevyDemand(command.period, command.payroll_fen, command.amount_fen, command.assessed_on)
    events = levies.decide_assess(levy_of(work, unit, employer), demand, payer_of(work, unit, employer))
    return work.record(levy_kind(unit, employer), levy_id(unit, employer), events, unit)


def receive_levy(work: Work, command: ReceiveLevy) -> Answer:
    """The id answered is the levy's."""
    unit, employer = _parties(work, command)
    payment = LevyPayment(
        command.period, command.channel, command.amount_fen, command.received_on, work.new_id()
    )
    return take_levy(work, unit, employer, payment)


def take_levy(work: Work, unit: UUID, employer: UUID, payment: LevyPayment) -> Answer:
    """Record what came in at a higher union."""
    refuse_bad_date(work, unit, payment.on, "received_on")
    events = levies.decide_receive(levy_of(work, unit, employer), payment, payer_of(work, unit, employer))
    return work.record(levy_kind(unit, employer), levy_id(unit, employer), events, unit)


def convert_levy(work: Work, command: ConvertLevy) -> Answer:
    """Both ends at once: what leaves the higher union, and what the new union gets."""
    levy = find(work, LEVY, command.levy, "levy")
    union = covering_union(work, levy.employer)
    if union is None:
        raise NoUnionYet(
            "no living union covers the employer",
            field="levy",
            value=str(command.levy),
            remedy="establish the union first",
        )
    refuse_bad_date(work, union, command.converted_on, "converted_on")
    work.want(Own(money_id(levy.unit)), Own(money_id(union)))
    new = NewUnion(union, area_of(work, levy.unit), command.payer_size)
    converted, arrived = levies.decide_convert(levy, new, command.converted_on)
    answer = work.record(levy_kind(levy.unit, levy.employer), command.levy, [converted], levy.unit)
    work.record(money_kind(union), money_id(union), [arrived], union)
    return answer


def refund_levy(work: Work, command: RefundLevy) -> Answer:
    """At most what is held."""
    levy = find(work, LEVY, command.levy, "levy")
    refuse_bad_date(work, levy.unit, command.refunded_on, "refunded_on")
    events = levies.decide_refund(levy, command.amount_fen, command.refunded_on)
    return work.record(levy_kind(levy.unit, levy.employer), command.levy, events, levy.unit)


def levy_of(work: Work, unit: UUID, employer: UUID) -> PreparationLevy:
    """As it is now."""
    return work.get(LEVY, levy_id(unit, employer)) or PreparationLevy(unit=unit, employer=employer)


def payer_of(work: Work, unit: UUID, employer: UUID) -> Payer:
    """The employer as the rules of the unit's area see it."""
    work.want(Copied(LEVY_BASIS.name, employer), Own(levy_id(unit, employer)), Own(money_id(unit)))
    basis: LevyBasis = work.copied(LEVY_BASIS, employer)
    return Payer(employer, basis, area_of(work, unit), covering_union(work, employer))


def _parties(work: Work, command: _Levied) -> tuple[UUID, UUID]:
    wanted = [need_of_union(command.unit)] if command.unit else []
    work.want(need_of_employer(command.employer), *wanted)
    employer = find_employer(work, command.employer)
    unit = find_union(work, command.unit, "unit") if command.unit else registered_at(work, employer)
    if work.copied(UNIT, unit).level >= GRASSROOTS_LEVEL:
        raise NotAHigherUnion(
            "the levy is paid to the union above",
            field="unit",
            value=str(unit),
            remedy="name the town's or county's union",
        )
    return unit, employer


def registered_at(work: Work, employer: UUID) -> UUID:
    """The unit in whose area the employer is."""
    return work.copied(EMPLOYER, employer).registered_at


USE_CASES: dict[type[BaseModel], UseCase] = {
    AssessLevy: assess_levy,
    ReceiveLevy: receive_levy,
    ConvertLevy: convert_levy,
    RefundLevy: refund_levy,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/levies/assessments", AssessLevy, "Assess the preparation levy", creates=True),
    BulkRoute("/levies/assessments/bulk", AssessLevy, "Assess the preparation levy, many at once"),
    CommandRoute("/levies/receipts", ReceiveLevy, "Receive the preparation levy", creates=True),
    BulkRoute("/levies/receipts/bulk", ReceiveLevy, "Receive the preparation levy, many at once"),
    CommandRoute("/levies/{levy}/convert", ConvertLevy, "Give the new union its share"),
    CommandRoute("/levies/{levy}/refund", RefundLevy, "Pay the levy back to the employer"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/levies", LEVY, "Preparation levies"),)
