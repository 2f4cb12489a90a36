"""Dates that may lie ahead are bounded, because the calendar reckons on from them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from pydantic import ValidationError

from services.welfare.commands.loans import DisburseLoan


def loan(due_on: str) -> DisburseLoan:
    return DisburseLoan.model_validate(
        {"loan": UUID(int=1), "amount_fen": 1, "due_on": due_on, "disbursed_on": "2013-01-01"}
    )


@pytest.mark.parametrize("day", ["1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_out_of_range_is_refused_with_its_code(day: str) -> None:
    with pytest.raises(ValidationError, match="give a day from 1900-01-01 to 2199-12-31") as caught:
        loan(day)
    assert caught.value.errors()[0]["type"] == "date_out_of_range"


def test_the_bounds_are_within() -> None:
    assert loan("2199-12-31").due_on == date(2199, 12, 31)
    assert loan("1900-01-01").due_on == date(1900, 1, 1)
