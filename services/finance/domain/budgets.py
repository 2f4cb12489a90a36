"""A unit's budget for a year: drafted by heads, approved as a whole, changed once, executed within itself.

For every expense head: executed <= approved; for every head: appropriated <= approved.
"""

from collections.abc import Mapping
from datetime import date
from typing import assert_never
from uuid import UUID, uuid5

from services.finance.domain.heads import heads
from services.finance.domain.numbering import NAMESPACE
from shared.contracts.finance import (
    BudgetAdjusted,
    BudgetAppropriated,
    BudgetApproved,
    BudgetDrafted,
    BudgetExecuted,
    BudgetExecutionReversed,
    BudgetReceived,
)
from shared.frozen import Frozen

BudgetEvent = (
    BudgetDrafted
    | BudgetApproved
    | BudgetAdjusted
    | BudgetAppropriated
    | BudgetReceived
    | BudgetExecuted
    | BudgetExecutionReversed
)


class Line(Frozen):
    """One head: what is approved (or drafted, before the approval), released, received or spent."""

    amount_fen: int
    appropriated_fen: int = 0
    executed_fen: int = 0

    @property
    def free_fen(self) -> int:
        """What may still be spent or received under it."""
        return self.amount_fen - self.executed_fen


class Budget(Frozen):
    """Lines by head; `receipts` are the receipts of dues that were counted as income already."""

    union: UUID
    year: int
    stage: str = "drafted"
    since: date
    lines: Mapping[str, Line] = {}
    recorders: tuple[str, ...] = ()
    changes: int = 0
    receipts: tuple[UUID, ...] = ()

    def line(self, head: str) -> Line:
        """The line of a head, empty where the budget has none."""
        return self.lines.get(head, Line(amount_fen=0))


def budget_id(union: UUID, year: int) -> UUID:
    """The budget of a union for a calendar year."""
    return uuid5(NAMESPACE, f"budget/{union}/{year}")


def expense_fen(budget: Budget) -> int:
    """All expense lines together."""
    return sum(line.amount_fen for head, line in budget.lines.items() if heads()[head].side == "expense")


def evolve(budget: Budget | None, event: BudgetEvent) -> Budget:
    """The budget after the event."""
    if isinstance(event, BudgetDrafted):
        return _drafted(budget, event)
    assert budget is not None
    match event:
        case BudgetApproved():
            return budget.model_copy(update={"stage": "approved", "since": event.occurredon})
        case BudgetAdjusted():
            return _adjusted(budget, event)
        case BudgetAppropriated():
            return _on_line(budget, event.head, appropriated_fen=event.amount_fen)
        case BudgetReceived() | BudgetExecuted() | BudgetExecutionReversed():
            return _executed(budget, event)
        case _:
            assert_never(event)


def _drafted(budget: Budget | None, event: BudgetDrafted) -> Budget:
    before = budget or Budget(union=event.union, year=event.year, since=event.occurredon)
    lines = {**before.lines, event.head: Line(amount_fen=event.amount_fen)}
    recorders = tuple(sorted({*before.recorders, event.recorder}))
    since = max(before.since, event.occurredon)
    return before.model_copy(update={"lines": lines, "recorders": recorders, "since": since})


def _adjusted(budget: Budget, event: BudgetAdjusted) -> Budget:
    changed = {
        each.head: budget.line(each.head).model_copy(update={"amount_fen": each.amount_fen})
        for each in event.lines
    }
    return budget.model_copy(update={"lines": {**budget.lines, **changed}, "changes": event.change})


def _executed(budget: Budget, event: BudgetReceived | BudgetExecuted | BudgetExecutionReversed) -> Budget:
    sign = -1 if isinstance(event, BudgetExecutionReversed) else 1
    after = _on_line(budget, event.head, executed_fen=sign * event.amount_fen)
    if isinstance(event, BudgetReceived) and event.receipt:
        return after.model_copy(update={"receipts": (*budget.receipts, event.receipt)})
    return after


def _on_line(budget: Budget, head: str, **added: int) -> Budget:
    before = budget.line(head)
    after = before.model_copy(update={name: getattr(before, name) + fen for name, fen in added.items()})
    return budget.model_copy(update={"lines": {**budget.lines, head: after}})
