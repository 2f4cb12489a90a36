"""What everything that spends union money does: within the budget, from what is held."""

from uuid import UUID

from services.finance.commands.booking import money_of
from services.finance.domain import budgets
from services.finance.domain.budgets import Budget, budget_id
from services.finance.domain.executing import Spending, decide_execute, decide_reverse, refuse_over_budget
from services.finance.domain.heads import heads, purposes
from shared.catalogues import catalogue
from shared.units import UNIT
from shared.work.kinds import Kind
from shared.work.work import Work

BUDGET: Kind[Budget] = Kind("budget", Budget, budgets.evolve, lambda state: state.union)
GRASSROOTS = 6
BEYOND_MONEY_HELD = "beyond-money-held"


def refuse_unbudgeted(work: Work, union: UUID, head: str, amount_fen: int, year: int) -> None:
    """Raises OverBudget when the budget of that year has not so much left under the head."""
    refuse_over_budget(work.get(BUDGET, budget_id(union, year)), head, amount_fen)


def execute(work: Work, union: UUID, spending: Spending) -> None:
    """Count it as spent in the budget of its year; raises OverBudget."""
    id_ = budget_id(union, spending.on.year)
    budget = work.get(BUDGET, id_)
    if budget is None:
        refuse_over_budget(None, spending.head, spending.amount_fen)
        return
    work.record(BUDGET, id_, decide_execute(budget, spending), union)


def take_back(work: Work, union: UUID, spending: Spending, year: int) -> None:
    """Free it again in the budget of the year in which it was spent."""
    id_ = budget_id(union, year)
    budget = work.get(BUDGET, id_)
    assert budget is not None
    work.record(BUDGET, id_, decide_reverse(budget, spending), union)


def doubts_about(work: Work, union: UUID, amount_fen: int) -> tuple[str, ...]:
    """A warning where more is paid than the books of the union hold: receipts may be recorded later."""
    held = money_of(work, union).on("bank")
    return (BEYOND_MONEY_HELD,) if amount_fen > held else ()


def checked_head(head: str, field: str = "head") -> str:
    """A head of the catalogue."""
    return heads().checked(head, field).id


def checked_purpose(purpose: str, field: str = "purpose") -> str:
    """A purpose of the catalogue, which has none of the eight don'ts."""
    return purposes().checked(purpose, field).id


def checked_payer(payer: str, field: str = "payer") -> str:
    """A payer of the catalogue."""
    return catalogue("money_payers").checked(payer, field).id


def is_grassroots(work: Work, union: UUID) -> bool:
    """Whether it is a grassroots union, or part of one."""
    return work.copied(UNIT, union).level >= GRASSROOTS
