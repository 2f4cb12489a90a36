"""A union's budget and spending, as tests tell of them."""

from datetime import date
from typing import Any
from uuid import UUID

from services.finance.domain import budgeting, expenses, prizes
from services.finance.domain.budgets import Budget, budget_id
from services.finance.domain.budgets import evolve as evolve_budget
from shared.contracts.finance import Prize
from tests.support.scenario import Scenario

UNION = UUID("0196f000-0000-7000-8000-000000000001")
SPENT = UUID("0196f000-0000-7000-8000-0000000000a1")
YEAR = 2019
BUDGET = budget_id(UNION, YEAR)
DRAFTED = date(2019, 1, 5)
APPROVED = date(2019, 2, 1)
PAPERS = budgeting.Papers("委〔2019〕1号", "经审〔2019〕1号", "总〔2019〕1号")


def winner(number: int) -> UUID:
    return UUID(int=0x0196F000_0000_7000_8000_0000000000B0 + number)


def budget() -> Scenario[Budget]:
    return Scenario(evolve_budget)


def drafted(head: str = "activities", fen: int = 100_000, state: Budget | None = None, **but: Any) -> Any:
    line = budgeting.Drafted(UNION, YEAR, head, fen, but.pop("on", DRAFTED))
    return budgeting.decide_draft(state, line, but.pop("recorder", "ada"))


def approved_budget(**lines: int) -> Budget:
    """Approved by bo, with these heads."""
    state = None
    for head, fen in lines.items():
        for event in drafted(head, fen, state):
            state = evolve_budget(state, event)
    assert state is not None
    for event in budgeting.decide_approve(state, PAPERS, APPROVED, "bo"):
        state = evolve_budget(state, event)
    return state


def wish(**but: Any) -> expenses.Wish:
    usual: dict[str, Any] = {
        "union": UNION,
        "purpose": "contests",
        "payer": "union",
        "amount_fen": 50_000,
        "person_times": 20,
        "on": date(2019, 3, 1),
    }
    return expenses.Wish(**(usual | but))


def contest(**but: Any) -> prizes.Contest:
    usual: dict[str, Any] = {
        "union": UNION,
        "discipline": "stamping",
        "payer": "union",
        "participants": 30,
        "on": date(2019, 11, 1),
    }
    return prizes.Contest(**(usual | but))


def prize(number: int, rank: int, fen: int) -> Prize:
    return Prize(rank=rank, winner=winner(number), amount_fen=fen)
