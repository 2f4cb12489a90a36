"""A place or goods for workers: budgeted, bought by another, handed over, in use."""

from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from services.finance.domain.expenses import UNION
from services.finance.domain.heads import account_of_head
from shared.approval import refuse_own
from shared.contracts.finance import (
    FacilityBudgeted,
    FacilityClosed,
    FacilityHandedOver,
    FacilityPurchased,
    FacilityPutInUse,
    Goods,
)
from shared.contracts.money import moved
from shared.errors import Refused
from shared.frozen import Frozen
from shared.stages import refuse_step

FacilityEvent = FacilityBudgeted | FacilityPurchased | FacilityHandedOver | FacilityPutInUse | FacilityClosed
HEAD = "capital"


class PurchaseBeyondPlan(Refused):
    """The goods cost more than was planned for them."""

    code = "purchase-beyond-plan"


class FacilityInvestment(Frozen):
    """`amount_fen` is what was planned, then what was paid; `receiver` has the goods once handed over."""

    union: UUID
    kind: str
    payer: str
    investor: str
    amount_fen: int
    recorder: str
    goods: tuple[Goods, ...] = ()
    receiver: UUID | None = None
    stage: str = "budgeted"
    since: date

    @property
    def of_union(self) -> bool:
        """Whether the union's own money is spent."""
        return self.payer == UNION


class Plan(NamedTuple):
    """What shall be bought, by whose money."""

    union: UUID
    kind: str
    payer: str
    amount_fen: int
    on: date


class Purchase(NamedTuple):
    """What was bought, with the number of the receipt."""

    goods: tuple[Goods, ...]
    evidence: str
    on: date

    @property
    def amount_fen(self) -> int:
        """All goods together."""
        return sum(each.value_fen for each in self.goods)


def investor_of(payer: str, *, grassroots: bool) -> str:
    """Whose investment it is called: the federation's, the enterprise's, or that of the payer."""
    if payer in {UNION, "employer"}:
        return "enterprise" if grassroots or payer == "employer" else "federation"
    return payer


def decide_budget(plan: Plan, recorder: str, *, grassroots: bool) -> tuple[FacilityBudgeted]:
    """Planned; nothing is spent yet."""
    return (
        FacilityBudgeted(
            occurredon=plan.on,
            union=plan.union,
            kind=plan.kind,
            payer=plan.payer,
            investor=investor_of(plan.payer, grassroots=grassroots),
            amount_fen=plan.amount_fen,
            recorder=recorder,
        ),
    )


def decide_purchase(
    facility: FacilityInvestment, purchase: Purchase, approver: str, warnings: tuple[str, ...] = ()
) -> tuple[FacilityPurchased]:
    """By another than who planned it, up to what was planned."""
    refuse_step(facility, ("budgeted",), purchase.on, "purchased_on")
    refuse_own(facility.recorder, approver)
    if purchase.amount_fen > facility.amount_fen:
        raise PurchaseBeyondPlan(
            f"{facility.amount_fen} fen were planned",
            field="goods",
            value=str(purchase.amount_fen),
            remedy="buy less, or plan the rest as an investment of its own",
        )
    spent = moved(purchase.amount_fen, to=account_of_head(HEAD), out_of="bank")
    return (
        FacilityPurchased(
            occurredon=purchase.on,
            kind=facility.kind,
            payer=facility.payer,
            investor=facility.investor,
            planned_fen=facility.amount_fen,
            amount_fen=purchase.amount_fen,
            goods=purchase.goods,
            approver=approver,
            evidence=purchase.evidence,
            warnings=warnings,
            postings=spent if facility.of_union else (),
        ),
    )


def decide_hand_over(
    facility: FacilityInvestment, receiver: UUID, document: str, on: date
) -> tuple[FacilityHandedOver]:
    """Everything that was bought, to one union."""
    refuse_step(facility, ("purchased",), on, "handed_over_on")
    return (
        FacilityHandedOver(
            occurredon=on,
            kind=facility.kind,
            investor=facility.investor,
            receiver=receiver,
            amount_fen=facility.amount_fen,
            goods=facility.goods,
            document=document,
        ),
    )


def decide_put_in_use(facility: FacilityInvestment, on: date) -> tuple[FacilityPutInUse]:
    """By whoever has it."""
    refuse_step(facility, ("handed over",), on, "in_use_on")
    return (
        FacilityPutInUse(
            occurredon=on, kind=facility.kind, investor=facility.investor, receiver=_receiver(facility)
        ),
    )


def decide_close(facility: FacilityInvestment, on: date) -> tuple[FacilityClosed]:
    """No longer in use."""
    refuse_step(facility, ("in use",), on, "closed_on")
    return (
        FacilityClosed(
            occurredon=on, kind=facility.kind, investor=facility.investor, receiver=_receiver(facility)
        ),
    )


def evolve(facility: FacilityInvestment | None, event: FacilityEvent) -> FacilityInvestment:
    """The investment after the event."""
    if isinstance(event, FacilityBudgeted):
        return FacilityInvestment(**event.model_dump(exclude={"occurredon"}), since=event.occurredon)
    assert facility is not None
    changes: dict[str, object]
    match event:
        case FacilityPurchased():
            changes = {"stage": "purchased", "amount_fen": event.amount_fen, "goods": event.goods}
        case FacilityHandedOver():
            changes = {"stage": "handed over", "receiver": event.receiver}
        case FacilityPutInUse():
            changes = {"stage": "in use"}
        case FacilityClosed():
            changes = {"stage": "closed"}
        case _:
            assert_never(event)
    return facility.model_copy(update={**changes, "since": event.occurredon})


def _receiver(facility: FacilityInvestment) -> UUID:
    assert facility.receiver is not None
    return facility.receiver
