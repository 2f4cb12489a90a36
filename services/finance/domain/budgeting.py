"""Making a budget: drafted, approved by others, changed as often as the rule allows (FIN-20, 21)."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.finance.domain.budgets import Budget
from services.finance.domain.heads import heads
from shared.approval import refuse_own
from shared.contracts.finance import (
    BudgetAdjusted,
    BudgetApproved,
    BudgetChange,
    BudgetDrafted,
    BudgetLine,
)
from shared.errors import Refused
from shared.rules import rule
from shared.stages import refuse_step


class BudgetFixed(Refused):
    """It has been approved: lines change by an adjustment only."""

    code = "budget-fixed"


class ChangedOften(Refused):
    """The rule allows no further change within the year."""

    code = "budget-changed-enough"


class AdjustedBelowExecuted(Refused):
    """More than that has already been spent, received or released under the head."""

    code = "adjusted-below-executed"


class BudgetUnchanged(Refused):
    """No line would change."""

    code = "budget-unchanged"


class Drafted(NamedTuple):
    """One line as somebody drafts it."""

    union: UUID
    year: int
    head: str
    amount_fen: int
    on: date


class Papers(NamedTuple):
    """The papers of an approval; a unit with nobody above has no higher union's."""

    committee: str
    audit: str | None
    higher: str | None


def decide_draft(budget: Budget | None, drafted: Drafted, recorder: str) -> tuple[BudgetDrafted]:
    """A new line, or another amount for it while the budget is not approved."""
    if budget and budget.stage != "drafted":
        raise BudgetFixed(
            f"the budget was approved on {budget.since}",
            field="head",
            value=drafted.head,
            remedy="adjust the budget",
        )
    old = budget.lines.get(drafted.head) if budget else None
    return (
        BudgetDrafted(
            occurredon=drafted.on,
            union=drafted.union,
            year=drafted.year,
            head=drafted.head,
            side=heads()[drafted.head].side,
            old_fen=old.amount_fen if old else None,
            amount_fen=drafted.amount_fen,
            recorder=recorder,
        ),
    )


def decide_approve(budget: Budget, papers: Papers, on: date, approver: str) -> tuple[BudgetApproved]:
    """The whole budget at once, by somebody who drafted none of it; papers that are missing are warned of."""
    refuse_step(budget, ("drafted",), on, "approved_on")
    for recorder in budget.recorders:
        refuse_own(recorder, approver)
    lines = tuple(
        BudgetLine(head=head, side=heads()[head].side, amount_fen=line.amount_fen)
        for head, line in budget.lines.items()
    )
    missing = {"no-audit-committee-document": papers.audit, "no-higher-union-document": papers.higher}
    return (
        BudgetApproved(
            occurredon=on,
            year=budget.year,
            lines=lines,
            approver=approver,
            committee_document=papers.committee,
            audit_document=papers.audit,
            higher_document=papers.higher,
            warnings=tuple(warning for warning, paper in missing.items() if paper is None),
        ),
    )


def decide_adjust(
    budget: Budget, amounts: Mapping[str, int], document: str, on: date, approver: str
) -> tuple[BudgetAdjusted]:
    """New amounts of some heads, as one change; the rule says how many changes a year may have."""
    refuse_step(budget, ("approved",), on, "adjusted_on")
    for recorder in budget.recorders:
        refuse_own(recorder, approver)
    _refuse_often(budget)
    _refuse_below(budget, amounts)
    lines = tuple(
        BudgetChange(head=head, side=heads()[head].side, old_fen=budget.line(head).amount_fen, amount_fen=fen)
        for head, fen in amounts.items()
        if fen != budget.line(head).amount_fen
    )
    if not lines:
        raise BudgetUnchanged(
            "every line has this amount already", field="lines", value="", remedy="nothing is to be done"
        )
    return (
        BudgetAdjusted(
            occurredon=on,
            year=budget.year,
            change=budget.changes + 1,
            lines=lines,
            approver=approver,
            document=document,
        ),
    )


def _refuse_often(budget: Budget) -> None:
    allowed = rule("budget.changes_per_year", date(budget.year, 1, 1))
    if budget.changes >= allowed:
        raise ChangedOften(
            f"the rule of {budget.year} allows {allowed} change a year",
            field="lines",
            value=str(budget.changes + 1),
            remedy="spend within the budget, or plan it for the next year",
        )


def _refuse_below(budget: Budget, amounts: Mapping[str, int]) -> None:
    for head, fen in amounts.items():
        line = budget.line(head)
        used = max(line.executed_fen, line.appropriated_fen)
        if fen < used:
            raise AdjustedBelowExecuted(
                f"{used} fen of {head} are already executed or appropriated",
                field="lines",
                value=str(fen),
                remedy="give at least that much",
            )
