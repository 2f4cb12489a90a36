"""Pay rebates: ordered by one person, paid by another (DOMAIN FIN-05, FIN-13)."""

from uuid import UUID

from pydantic import BaseModel

from services.finance.commands.collecting import bank_of
from services.finance.commands.fields import BusinessDate, Command, Fen
from services.finance.commands.kinds import REBATE, money_kind, rebate_kind
from services.finance.domain.bank import bank_id
from services.finance.domain.money import money_id
from services.finance.domain.rebates import RebateSuspendedStill, decide_order, decide_pay, entitlement_id
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.listing import Listing
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.needs import Own
from shared.work.roles import APPROVER
from shared.work.work import Work


class OrderRebatePayment(Command):
    """Prepare the payment of what has accrued and is not suspended."""

    rebate: UUID
    amount_fen: Fen
    ordered_on: BusinessDate


class PayRebate(Command):
    """Pay what was ordered; the actor is another than the one who ordered it."""

    rebate: UUID
    payment: UUID
    paid_on: BusinessDate


def order_rebate_payment(work: Work, command: OrderRebatePayment) -> Answer:
    """The id answered is the payment's."""
    work.want(Own(command.rebate))
    refuse_future(command.ordered_on, work.today, "ordered_on")
    rebate = find(work, REBATE, command.rebate, "rebate")
    payment = work.new_id()
    events = decide_order(rebate, payment, command.amount_fen, command.ordered_on, work.actor)
    answer = work.record(rebate_kind(rebate.union, rebate.collector), command.rebate, events, rebate.union)
    return Answer(payment, answer.version)


def pay_rebate(work: Work, command: PayRebate) -> Answer:
    """Both sides at once: the money leaves the collector and is on the union's account."""
    work.want(Own(command.rebate))
    refuse_future(command.paid_on, work.today, "paid_on")
    rebate = find(work, REBATE, command.rebate, "rebate")
    work.want(Own(bank_id(rebate.union)), Own(money_id(rebate.union)), Own(money_id(rebate.collector)))
    paid, out = decide_pay(rebate, command.payment, command.paid_on, work.actor)
    if not bank_of(work, rebate.union).verified:
        raise RebateSuspendedStill(
            "the union has no verified account of its own",
            field="rebate",
            value=str(command.rebate),
            remedy="verify an account of the union's own first",
        )
    id_ = entitlement_id(rebate.union, rebate.collector)
    answer = work.record(rebate_kind(rebate.union, rebate.collector), id_, [paid], rebate.union)
    work.record(money_kind(rebate.collector), money_id(rebate.collector), [out], rebate.collector)
    return Answer(command.payment, answer.version)


USE_CASES: dict[type[BaseModel], UseCase] = {
    OrderRebatePayment: order_rebate_payment,
    PayRebate: pay_rebate,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute(
        "/rebates/{rebate}/payments", OrderRebatePayment, "Order the payment of a rebate", creates=True
    ),
    CommandRoute(
        "/rebates/{rebate}/payments/{payment}/pay", PayRebate, "Pay a rebate that was ordered", role=APPROVER
    ),
)
LISTINGS: tuple[Listing, ...] = (Listing("/rebates", REBATE, "Rebates"),)
