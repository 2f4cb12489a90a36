"""Budgets: made by several people, changed once a year, never overspent."""

from datetime import date

import pytest

from services.finance.domain import budgeting, executing
from services.finance.domain.budgeting import decide_adjust, decide_approve
from services.finance.domain.budgets import expense_fen
from shared.approval import ApproverIsRecorder
from shared.contracts.finance import (
    BudgetAdjusted,
    BudgetAppropriated,
    BudgetChange,
    BudgetExecuted,
    BudgetExecutionReversed,
    BudgetReceived,
)
from shared.contracts.money import moved
from shared.stages import BeforeLastStep, StepOutOfTurn
from tests.unit.finance.spending import (
    APPROVED,
    DRAFTED,
    PAPERS,
    SPENT,
    YEAR,
    approved_budget,
    budget,
    drafted,
)

LATER = date(2019, 6, 1)
PAPER = "总〔2019〕7号"


def spending(fen: int, head: str = "activities") -> executing.Spending:
    return executing.Spending(head, fen, SPENT, LATER)


def incoming(head: str, fen: int = 500, receipt: object = None) -> executing.Incoming:
    return executing.Incoming(head, fen, SPENT if receipt else None, LATER)


def test_a_line_may_be_drafted_again_until_the_budget_is_approved() -> None:
    (again,) = drafted(fen=70_000, state=budget().given(*drafted()).when(lambda _: ()).then())
    assert (again.old_fen, again.amount_fen) == (100_000, 70_000)


def test_an_approved_budget_is_not_drafted_again() -> None:
    with pytest.raises(budgeting.BudgetFixed):
        drafted(state=approved_budget(activities=1))


def test_a_budget_is_approved_as_a_whole_with_its_papers() -> None:
    state = approved_budget(activities=60_000, services=40_000, dues=100_000)
    assert (state.stage, expense_fen(state)) == ("approved", 100_000)


def test_papers_that_are_missing_are_warned_of() -> None:
    state = budget().given(*drafted()).when(lambda _: ()).then()
    (event,) = decide_approve(state, budgeting.Papers("委〔2019〕1号", None, None), APPROVED, "bo")
    assert event.warnings == ("no-audit-committee-document", "no-higher-union-document")


def test_nobody_approves_a_budget_of_which_a_line_is_theirs() -> None:
    both = [*drafted(), *drafted("services", recorder="bo")]
    budget().given(*both).when(lambda b: decide_approve(b, PAPERS, APPROVED, "bo")).then_refused(
        ApproverIsRecorder
    )


def test_a_budget_is_not_approved_before_its_last_line_was_drafted() -> None:
    early = date(2019, 1, 1)
    budget().given(*drafted()).when(lambda b: decide_approve(b, PAPERS, early, "bo")).then_refused(
        BeforeLastStep, "approved_on"
    )


def test_a_change_keeps_the_old_amounts() -> None:
    state = approved_budget(activities=100_000)
    change = {"activities": 120_000, "services": 5_000}
    assert decide_adjust(state, change, PAPER, LATER, "bo") == (
        BudgetAdjusted(
            occurredon=LATER,
            year=YEAR,
            change=1,
            approver="bo",
            document=PAPER,
            lines=(
                BudgetChange(head="activities", side="expense", old_fen=100_000, amount_fen=120_000),
                BudgetChange(head="services", side="expense", old_fen=0, amount_fen=5_000),
            ),
        ),
    )


def test_a_second_change_within_the_year_is_refused() -> None:
    state = approved_budget(activities=100_000).model_copy(update={"changes": 1})
    with pytest.raises(budgeting.ChangedOften) as refusal:
        decide_adjust(state, {"activities": 1}, PAPER, LATER, "bo")
    assert refusal.value.remedy


def test_a_change_to_the_same_amounts_is_none() -> None:
    with pytest.raises(budgeting.BudgetUnchanged):
        decide_adjust(approved_budget(activities=10), {"activities": 10}, PAPER, LATER, "bo")


def test_a_line_is_not_lowered_below_what_was_spent() -> None:
    state = approved_budget(activities=100_000)
    line = state.line("activities").model_copy(update={"executed_fen": 60_000})
    state = state.model_copy(update={"lines": {"activities": line}})
    with pytest.raises(budgeting.AdjustedBelowExecuted):
        decide_adjust(state, {"activities": 59_999}, PAPER, LATER, "bo")


def test_a_draft_is_neither_changed_nor_released_nor_received() -> None:
    state = budget().given(*drafted()).when(lambda _: ()).then()
    for decide in (
        lambda: decide_adjust(state, {"activities": 1}, PAPER, LATER, "bo"),
        lambda: executing.decide_appropriate(state, "activities", 1, PAPER, LATER),
        lambda: executing.decide_receive(state, incoming("appropriation")),
    ):
        with pytest.raises(StepOutOfTurn):
            decide()


def test_a_line_is_released_up_to_the_whole_of_it() -> None:
    state = approved_budget(fiscal_dues=1_000)
    assert executing.decide_appropriate(state, "fiscal_dues", 1_000, PAPER, LATER) == (
        BudgetAppropriated(
            occurredon=LATER, year=YEAR, head="fiscal_dues", side="income", amount_fen=1_000, document=PAPER
        ),
    )
    with pytest.raises(executing.AppropriatedBeyondBudget):
        executing.decide_appropriate(state, "fiscal_dues", 1_001, PAPER, LATER)


def test_an_appropriation_that_arrives_is_posted() -> None:
    state = approved_budget(appropriation=1_000)
    assert executing.decide_receive(state, incoming("appropriation")) == (
        BudgetReceived(
            occurredon=LATER,
            year=YEAR,
            head="appropriation",
            amount_fen=500,
            postings=moved(500, to="bank", out_of="appropriations"),
        ),
    )


def test_dues_are_posted_by_their_receipt_alone() -> None:
    state = approved_budget(fiscal_dues=1_000)
    (event,) = executing.decide_receive(state, incoming("fiscal_dues", receipt=SPENT))
    assert (event.receipt, event.postings) == (SPENT, ())


def test_income_from_dues_names_a_receipt_and_each_receipt_once() -> None:
    state = approved_budget(fiscal_dues=1_000)
    with pytest.raises(executing.ReceiptMissing):
        executing.decide_receive(state, incoming("fiscal_dues"))
    counted = state.model_copy(update={"receipts": (SPENT,)})
    with pytest.raises(executing.ReceiptCounted):
        executing.decide_receive(counted, incoming("fiscal_dues", receipt=SPENT))


def test_nothing_is_received_under_an_expense() -> None:
    with pytest.raises(executing.NotIncome):
        executing.decide_receive(approved_budget(services=1), incoming("services"))


def test_a_line_is_spent_to_the_last_fen_and_not_further() -> None:
    state = approved_budget(activities=1_000)
    assert executing.decide_execute(state, spending(1_000)) == (
        BudgetExecuted(occurredon=LATER, year=YEAR, head="activities", amount_fen=1_000, spending=SPENT),
    )
    for budgeted, asked in ((state, spending(1_001)), (state, spending(1, "services"))):
        with pytest.raises(executing.OverBudget):
            executing.decide_execute(budgeted, asked)


def test_without_an_approved_budget_nothing_is_spent() -> None:
    draft = budget().given(*drafted()).when(lambda _: ()).then()
    for state in (None, draft):
        with pytest.raises(executing.OverBudget):
            executing.refuse_over_budget(state, "activities", 1)


def test_what_is_taken_back_is_free_again() -> None:
    given = [
        *drafted(),
        *decide_approve(budget().given(*drafted()).when(lambda _: ()).then(), PAPERS, date(2019, 2, 1), "bo"),
        BudgetExecuted(occurredon=LATER, year=YEAR, head="activities", amount_fen=40, spending=SPENT),
    ]
    back = BudgetExecutionReversed(
        occurredon=LATER, year=YEAR, head="activities", amount_fen=40, spending=SPENT
    )
    after = budget().given(*given).when(lambda b: executing.decide_reverse(b, spending(40))).then(back)
    assert after.line("activities").free_fen == 100_000


def test_the_first_line_brings_the_budget_about() -> None:
    state = budget().when(lambda b: drafted(state=b)).then(*drafted())
    assert (state.year, state.since, state.recorders) == (YEAR, DRAFTED, ("ada",))
