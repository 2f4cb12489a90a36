"""A dues account told as the business would: given these, when that, then exactly this."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Any, Self
from uuid import UUID

import pytest

from services.finance.domain import assessing, receiving
from services.finance.domain.account import AccountEvent, DuesAccount, evolve
from services.finance.domain.numbering import account_id, entry_id
from shared.contracts import Event
from shared.errors import Problem

UNION = UUID("0196f000-0000-7000-8000-000000000001")
MILL = UUID("0196f000-0000-7000-8000-0000000000e1")
YARD = UUID("0196f000-0000-7000-8000-0000000000e2")
YEAR = 2013
ACCOUNT = account_id(UNION, YEAR)

Decision = Callable[[DuesAccount], tuple[Event, ...]]


def entry(number: int) -> UUID:
    return entry_id(ACCOUNT, number)


@dataclass
class Books:
    """`given` are decisions that were taken before; `when` is the one in question."""

    account: DuesAccount = field(default_factory=lambda: DuesAccount(union=UNION, year=YEAR))
    decision: Decision | None = None

    def given(self, *decisions: Decision) -> Self:
        for decide in decisions:
            self.account = reduce(evolve, _told(decide(self.account)), self.account)
        return self

    def when(self, decide: Decision) -> Self:
        self.decision = decide
        return self

    def then(self, *events: Event) -> DuesAccount:
        assert self.decision is not None
        decided = self.decision(self.account)
        assert decided == events
        return reduce(evolve, _told(decided), self.account)

    def then_refused(self, reason: type[Problem], **said: str) -> None:
        assert self.decision is not None
        with pytest.raises(reason) as caught:
            self.decision(self.account)
        problem = caught.value
        assert type(problem) is reason
        assert problem.field
        assert problem.value
        assert problem.remedy
        assert {name: getattr(problem, name) for name in said} == said


def _told(events: tuple[Any, ...]) -> tuple[AccountEvent, ...]:
    return events


def assessed(**but: Any) -> Decision:
    """Payroll of 50,000 yuan in July, assessed on 1 August by `ada`, unless said otherwise."""
    assessor = but.pop("assessor", "ada")
    usual = {"period": "2013-07", "employer": MILL, "payroll_fen": 5_000_000, "amount_fen": None}
    demand = assessing.Demand(**{**usual, "on": date(2013, 8, 1), "due_on": None, **but})
    return lambda account: assessing.decide_assess(account, demand, assessor)


def received(**but: Any) -> Decision:
    """1,000 yuan for July, paid to the union itself on 10 August, unless said otherwise."""
    usual = {
        "channel": "own",
        "period": "2013-07",
        "amount_fen": 100_000,
        "employer": MILL,
        "assessment": None,
    }
    payment = receiving.Payment(**{**usual, "on": date(2013, 8, 10), **but})
    return lambda account: receiving.decide_receive(account, payment)


def refunded(number: int, fen: int, on: date = date(2013, 8, 20)) -> Decision:
    return lambda account: receiving.decide_refund(account, entry(number), fen, on)


def flagged(number: int, on: date = date(2013, 8, 16)) -> Decision:
    return lambda account: assessing.decide_flag_overdue(account, entry(number), on)


def written_off(number: int, approver: str = "bo", on: date = date(2013, 12, 1)) -> Decision:
    return lambda account: assessing.decide_write_off(account, entry(number), on, approver)
