"""What is paid, how much of it, and what is not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.welfare.domain.mutual_aid import claiming as rules
from services.welfare.domain.mutual_aid.enrolling import EnrolmentCancelled
from shared.approval import ApproverIsRecorder
from shared.errors import Problem
from tests.unit.welfare.mutual_aid.covers import (
    Decision,
    after,
    cancelled,
    collected,
    enrolled,
    filed,
    known,
    paid,
    rejected,
    reviewed,
)

INSURED = (enrolled(), collected())


def refused(reason: type[Problem], decide: Decision, *given: Decision) -> Problem:
    with pytest.raises(Problem) as caught:
        decide(after(*given))
    assert type(caught.value) is reason
    assert caught.value.remedy
    assert caught.value.field
    return caught.value


def benefits(*given: Decision) -> list[int]:
    return [claim.benefit_fen for claim in known(after(*given)).claims.values()]


@pytest.mark.parametrize(
    ("costs", "benefit"), [(1, 1), (100_000, 80_000), (300_000, 240_000), (20_499_000, 2_259_900)]
)
def test_eighty_percent_to_three_thousand_yuan_and_ten_above(costs: int, benefit: int) -> None:
    assert benefits(*INSURED, filed(own_costs_fen=costs), reviewed(2)) == [benefit]


def test_half_and_forty_percent_for_the_retired() -> None:
    given = (enrolled("retired", standing="retired"), collected(product="retired"))
    bill = filed(product="retired", own_costs_fen=400_000)
    assert benefits(*given, bill, reviewed(2, "retired")) == [190_000]


def test_a_bill_in_two_parts_gives_what_it_gives_in_one() -> None:
    parts = (filed(own_costs_fen=200_000), filed(own_costs_fen=200_000), reviewed(2), paid(2), reviewed(3))
    assert benefits(*INSURED, *parts) == [160_000, 90_000]


def test_a_rejected_bill_uses_nothing_up() -> None:
    first = (filed(own_costs_fen=300_000), reviewed(2), rejected(2))
    assert benefits(*INSURED, *first, filed(), reviewed(3)) == [0, 80_000]


def test_severe_illness_pays_by_the_share_and_once() -> None:
    given = (enrolled("special", shares=3), collected(product="special"))
    bill = filed(product="special", kind="severe")
    assert benefits(*given, bill, reviewed(2, "special")) == [3_000_000]
    refused(rules.ClaimOnlyOnce, bill, *given, bill)


@pytest.mark.parametrize(
    ("reason", "bill", "says"),
    [
        (rules.ClaimOutsideCover, {"kind": "severe"}, "mutual_aid_products.in_service.claim"),
        (rules.ClaimOutsideCover, {"incurred_on": date(2012, 12, 31)}, "enrolment"),
        (rules.ClaimOutsideCover, {"incurred_on": date(2014, 1, 1), "on": date(2014, 1, 1)}, "enrolment"),
        (rules.ClaimWithinWaiting, {"incurred_on": date(2013, 3, 1)}, "mutual_aid.in_service.waiting_days"),
        (rules.ClaimBeyondLimit, {"asked_fen": 80_001}, "mutual_aid.in_service.bracket_fen"),
        (rules.BeforeClaim, {"on": date(2013, 5, 1)}, "day"),
    ],
)
def test_a_claim_that_a_rule_forbids_names_it(reason: type[Problem], bill: dict[str, Any], says: str) -> None:
    assert says in refused(reason, filed(**bill), *INSURED).remedy


def test_the_day_after_the_waiting_time_and_the_whole_benefit_are_within_the_rules() -> None:
    filed(incurred_on=date(2013, 3, 2), asked_fen=80_000)(after(*INSURED))


def test_without_a_premium_there_is_no_cover() -> None:
    refused(rules.FeeNotCollected, filed(), enrolled())
    refused(EnrolmentCancelled, filed(), *INSURED, cancelled())


def test_who_files_does_not_review_or_reject() -> None:
    refused(ApproverIsRecorder, reviewed(2, reviewer="ada"), *INSURED, filed())
    refused(ApproverIsRecorder, rejected(2, reviewer="ada"), *INSURED, filed())


def test_a_claim_runs_its_course() -> None:
    refused(rules.ClaimStageWrong, paid(2), *INSURED, filed())
    refused(rules.ClaimStageWrong, reviewed(2), *INSURED, filed(), reviewed(2))
    refused(rules.ClaimStageWrong, rejected(2), *INSURED, filed(), reviewed(2), paid(2))
    refused(rules.ClaimUnknown, reviewed(1), *INSURED)
    refused(rules.BeforeClaim, reviewed(2, on=date(2013, 5, 31)), *INSURED, filed())
    refused(rules.BeforeClaim, paid(2, on=date(2013, 6, 9)), *INSURED, filed(), reviewed(2))
    refused(rules.BeforeClaim, rejected(2, on=date(2013, 5, 31)), *INSURED, filed())
