"""Laws of spending that hold after any history: of a budget, and of the money it moves."""

from collections import Counter
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain import budgeting, executing, expenses
from services.finance.domain.budgets import Budget, BudgetEvent, evolve
from services.finance.domain.executing import Spending
from services.finance.domain.expenses import Expense
from services.finance.domain.heads import heads
from shared.contracts.money import Posted
from shared.errors import Problem
from tests.unit.finance.spending import approved_budget, wish

DAY = date(2019, 6, 1)
EXPENSE_HEADS = tuple(head.id for head in heads().values() if head.side == "expense")

head = st.sampled_from(EXPENSE_HEADS[:3])
fen = st.integers(1, 400)
step = st.tuples(st.sampled_from(["spend", "reverse", "adjust", "release"]), head, fen)


def taken(budget: Budget, what: str, under: str, amount: int) -> tuple[BudgetEvent, ...]:
    spending = Spending(under, amount, UUID(int=amount), DAY)
    if what == "spend":
        return executing.decide_execute(budget, spending)
    if what == "adjust":
        return budgeting.decide_adjust(budget, {under: amount}, "总〔2019〕3号", DAY, "bo")
    return executing.decide_appropriate(budget, under, amount, "总〔2019〕4号", DAY)


def history(steps: list[tuple[str, str, int]]) -> tuple[Budget, Counter[str]]:
    """The budget, and what is spent by head; a reversal takes back one thing that was spent before."""
    budget = approved_budget(activities=500, services=300)
    open_: list[tuple[str, int]] = []
    for what, under, amount in steps:
        try:
            if what == "reverse":
                if open_:
                    spent_under, spent = open_.pop()
                    back = Spending(spent_under, spent, UUID(int=spent), DAY)
                    budget = evolve(budget, *executing.decide_reverse(budget, back))
                continue
            for event in taken(budget, what, under, amount):
                budget = evolve(budget, event)
        except Problem:
            continue
        if what == "spend":
            open_.append((under, amount))
    spent_by_head: Counter[str] = Counter()
    for under, amount in open_:
        spent_by_head[under] += amount
    return budget, spent_by_head


@given(st.lists(step, max_size=40))
def test_no_line_is_spent_or_released_beyond_what_is_approved(steps: list[tuple[str, str, int]]) -> None:
    budget, _ = history(steps)
    for line in budget.lines.values():
        assert 0 <= line.executed_fen <= line.amount_fen
        assert 0 <= line.appropriated_fen <= line.amount_fen


@given(st.lists(step, max_size=40))
def test_what_is_executed_is_what_was_spent_and_not_taken_back(steps: list[tuple[str, str, int]]) -> None:
    budget, spent = history(steps)
    assert {under: line.executed_fen for under, line in budget.lines.items() if line.executed_fen} == dict(
        spent
    )


@given(st.lists(step, max_size=40))
def test_a_budget_changes_no_more_often_than_the_rule_allows(steps: list[tuple[str, str, int]]) -> None:
    assert history(steps)[0].changes <= 1


@given(st.lists(step, max_size=20), fen, head)
def test_a_reversal_restores_the_budget(steps: list[tuple[str, str, int]], amount: int, under: str) -> None:
    before, _ = history(steps)
    spending = Spending(under, amount, UUID(int=1), DAY)
    try:
        spent = evolve(before, *executing.decide_execute(before, spending))
    except executing.OverBudget:
        return
    assert evolve(spent, *executing.decide_reverse(spent, spending)).lines == before.lines


@given(
    st.integers(1, 10**12),
    st.sampled_from(["contests", "condolence", "office"]),
    st.sampled_from(["union", "employer"]),
)
def test_a_reversal_restores_the_accounts(amount: int, purpose: str, payer: str) -> None:
    story = (
        lambda _: expenses.decide_request(
            wish(amount_fen=amount, purpose=purpose, payer=payer), "ada", grassroots=True
        ),
        lambda e: expenses.decide_approve(e, DAY, "bo"),
        lambda e: expenses.decide_pay(e, "收1号", DAY),
        lambda e: expenses.decide_reverse(e, "退1号", DAY, "bo"),
    )
    expense: Expense | None = None
    accounts: Counter[str] = Counter()
    for decide in story:
        for event in decide(expense):
            expense = expenses.evolve(expense, event)
            for posting in event.postings if isinstance(event, Posted) else ():
                accounts[posting.account] += posting.fen
    assert not any(accounts.values())


@given(st.lists(step, max_size=20))
def test_a_budget_survives_being_stored(steps: list[tuple[str, str, int]]) -> None:
    budget, _ = history(steps)
    assert Budget.model_validate_json(budget.model_dump_json()) == budget
