"""Cases taken up for workers, at every level; counts and amounts as chapters 1 and 8 print them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from tests.support.field import Body, Field
from tests.support.rows import told

CLAIMS = [49_250_00] * 26 + [49_270_00]  # 27 disputes over 1,329,770 yuan
TOPICS = ["labour_contract"] * 5 + ["wage"] * 10 + ["work_injury"] * 7 + ["other"] * 5


def dispute(field: Field, **more: Any) -> Body:
    usual = {"union": field.union, "series": "dispute", "topic": "wage", "received_on": "2013-03-01"}
    return usual | more


async def all_of(field: Field, ids: Sequence[UUID], step: str, body: Body) -> None:
    await told(field, "rights", f"cases/{step}/bulk", [body | {"case": id_} for id_ in ids])


@pytest.mark.capability("CAP-023")
async def test_disputes_of_a_street_as_it_printed_them(field: Field) -> None:
    workers = [4] * 26 + [16]
    rows = [
        dispute(field, topic=topic, workers=people, claimed_fen=fen)
        for topic, people, fen in zip(TOPICS, workers, CLAIMS, strict=True)
    ]
    ids = await told(field, "rights", "cases/bulk", rows)
    await all_of(field, ids, "accept", {"accepted_on": "2013-03-02"})
    await all_of(field, ids, "mediate", {"body": "town_mediation", "started_on": "2013-03-05"})
    await all_of(field, ids, "settle", {"document": "调1号", "settled_on": "2013-03-15"})
    await all_of(field, ids, "close", {"result": "settled", "closed_on": "2013-03-20"})
    petition = {"series": "petition", "topic": "other"}
    await told(field, "rights", "cases/bulk", [dispute(field, **petition)] * 27)
    figures = {
        "disputes_received": 27,
        "disputes_mediated": 27,
        "disputes_mediated_successfully": 27,
        "disputes_labour_contract": 5,
        "disputes_wage": 10,
        "disputes_work_injury": 7,
        "disputes_other": 5,
        "dispute_workers_involved": 120,
        "dispute_amount": 1_329_770_00,
        "dispute_amount_per_worker": 11_081_42,
        "mediation_rate_percent": 100,
        "mediation_success_rate_percent": 100,
        "disputes_open": 0,
        "disputes_not_settled_in_time": 0,
        "petitions_received": 27,
    }
    await field.agree(figures, field.union, field.town, field.county, field.province)


@pytest.mark.capability("CAP-023")
async def test_a_dispute_beyond_the_term_of_mediation(field: Field) -> None:
    claim = {"workers": 30, "collective": True, "claimed_fen": 500_000}
    first = await field.tell("rights", "cases", dispute(field, **claim))
    second, third = await told(field, "rights", "cases/bulk", [dispute(field)] * 2)
    alone = dispute(field, collective=True)
    assert await field.refused("rights", "cases", alone) == (422, "collective-case-of-one-worker")
    early = {"body": "town_mediation", "started_on": "2013-03-03"}
    assert await field.refused("rights", f"cases/{first}/mediate", early) == (409, "step-out-of-turn")
    for case in (first, second, third):
        await field.tell("rights", f"cases/{case}/accept", {"accepted_on": "2013-03-02"})
    nobody = {"started_on": "2013-03-03"}
    assert await field.refused("rights", f"cases/{first}/mediate", nobody) == (422, "mediation-body-missing")
    window = {"body": "rights_window", "started_on": "2013-03-03"}
    wrong = await field.refused("rights", f"cases/{first}/mediate", window)
    assert wrong == (422, "not-a-body-of-mediation")
    for case in (first, second):
        await field.tell("rights", f"cases/{case}/mediate", early)
    await field.tell("rights", f"cases/{second}/fail", {"failed_on": "2013-03-10"})
    await field.tell("rights", f"cases/{first}/settle", settled("2013-04-10"))

    figures = {
        "disputes_received": 3,
        "disputes_collective": 1,
        "disputes_mediated": 2,
        "disputes_failed": 1,
        "mediation_rate_percent": 66.67,
        "mediation_success_rate_percent": 50,
        "disputes_not_settled_in_time": 1,
        "disputes_overdue": 0,
        "dispute_workers_involved": 32,
        "dispute_amount_agreed": 400_000,
        "disputes_in_mediation": 0,
        "disputes_open": 3,
    }
    await field.agree(figures, field.union, field.town, field.county)
    day_after, day_before = {"last": "2013-03-19"}, {"last": "2013-03-18"}
    await field.agree({"disputes_overdue": 1, "disputes_in_mediation": 1}, field.county, **day_after)
    await field.agree({"disputes_overdue": 0, "disputes_in_mediation": 1}, field.county, **day_before)

    onward = {"referral": "arbitration", "document": "移1号", "referred_on": "2013-04-11"}
    refusal = await field.refused("rights", f"cases/{first}/refer", onward)
    assert refusal == (409, "referral-does-not-fit")
    await field.tell("rights", f"cases/{second}/refer", onward)
    await field.tell("rights", f"cases/{first}/pay", {"fen": 400_000, "paid_on": "2013-04-12"})
    await field.tell("rights", f"cases/{first}/close", {"result": "settled", "closed_on": "2013-04-20"})
    await field.tell("rights", f"cases/{second}/close", {"result": "won", "closed_on": "2013-06-01"})
    await field.tell("rights", f"cases/{third}/withdraw", {"withdrawn_on": "2013-04-01"})
    figures = {"disputes_to_arbitration": 1, "disputes_referred": 1, "dispute_amount_paid": 400_000}
    await field.agree(figures | {"disputes_open": 0, "cases_withdrawn": 1}, field.union, field.county)


def settled(on: str, fen: int = 400_000) -> Body:
    return {"agreed_fen": fen, "document": "调2号", "settled_on": on}


@pytest.mark.capability("CAP-022")
async def test_rights_cases_of_a_town(field: Field) -> None:
    """32 accepted and closed, over 286,000 yuan."""
    rows = [dispute(field, series="rights_case", claimed_fen=8_937_50) for _ in range(31)]
    rows.insert(0, dispute(field, series="rights_case", claimed_fen=8_000_00))
    ids = await told(field, "rights", "cases/bulk", rows)
    await all_of(field, ids, "accept", {"accepted_on": "2013-03-02"})
    await all_of(field, ids, "handle", {"way": "inquiry", "handled_on": "2013-03-03"})
    first = ids[0]
    changed = {"claimed_fen": 8_937_50, "changed_on": "2013-03-04"}
    await field.tell("rights", f"cases/{first}/change-claim", changed)
    again = await field.refused("rights", f"cases/{first}/change-claim", changed)
    assert again == (409, "claim-unchanged")
    await field.tell("rights", f"cases/{first}/settle", settled("2013-04-01", 8_000_00))
    answer = await field.post("rights", f"cases/{first}/pay", {"fen": 8_000_01, "paid_on": "2013-04-02"})
    assert answer.json()["warnings"] == ["paid-beyond-agreed"]
    order = {"referral": "payment_order", "document": "移2号", "referred_on": "2013-04-03"}
    await field.tell("rights", f"cases/{first}/refer", order)
    wrong = {"result": "settled", "closed_on": "2013-05-01"}
    assert await field.refused("rights", f"cases/{first}/close", wrong) == (409, "result-does-not-fit")
    await field.tell("rights", f"cases/{first}/close", {"result": "won", "closed_on": "2013-05-01"})
    await all_of(field, ids[1:], "close", {"result": "resolved", "closed_on": "2013-05-01"})
    gone = await field.tell("rights", "cases", rows[0] | {"claimed_fen": 0})
    await field.tell("rights", f"cases/{gone}/withdraw", {"withdrawn_on": "2013-03-05"})
    figures = {
        "rights_cases_accepted": 32,
        "rights_cases_closed": 32,
        "rights_cases_closure_rate": 100,
        "rights_cases_amount": 286_000_00,
        "rights_cases_agreed": 8_000_00,
        "rights_cases_recovered": 8_000_01,
        "rights_cases_open": 0,
        "cases_withdrawn": 1,
    }
    await field.agree(figures, field.union, field.town, field.county)
    await field.agree({"rights_cases_open": 32, "cases_open": 32}, field.town, last="2013-04-30")


@pytest.mark.capability("CAP-024")
async def test_petitions_are_another_series(field: Field) -> None:
    petition = dispute(field, series="petition", topic="hardship")
    ids = await told(field, "rights", "cases/bulk", [petition] * 3)
    await all_of(field, ids, "accept", {"accepted_on": "2013-03-02"})
    await all_of(field, ids, "handle", {"way": "assignment", "handled_on": "2013-03-03"})
    mediate = {"body": "town_mediation", "started_on": "2013-03-05"}
    assert await field.refused("rights", f"cases/{ids[0]}/mediate", mediate) == (409, "series-not-mediated")
    await field.tell("rights", f"cases/{ids[0]}/answer", {"document": "复1号", "answered_on": "2013-03-10"})
    await all_of(field, ids[1:2], "answer", {"document": "复2号", "answered_on": "2013-03-10"})
    await field.tell("rights", f"cases/{ids[0]}/close", {"result": "resolved", "closed_on": "2013-03-11"})
    figures = {
        "petitions_received": 3,
        "petitions_answered": 2,
        "petition_answer_rate": 66.67,
        "petitions_closed": 1,
        "petitions_open": 2,
        "disputes_received": 0,
    }
    await field.agree(figures, field.union, field.town, field.county)
    assert await field.parts(field.county, "petitions_received", "case_topic") == {"hardship": 3}


@pytest.mark.capability("CAP-042")
async def test_protection_of_women_never_says_which_period(field: Field) -> None:
    woman = dispute(field, series="women_protection", topic="four_periods")
    odd = await field.refused("rights", "cases", woman | {"topic": "wage"})
    assert odd == (422, "topic-not-of-series")
    case = await field.tell("rights", "cases", woman)
    await field.tell("rights", "cases", woman | {"topic": "dismissal"})
    await field.tell("rights", f"cases/{case}/accept", {"accepted_on": "2013-03-02"})
    drafting = {"way": "drafting", "handled_on": "2013-03-03"}
    assert await field.refused("rights", f"cases/{case}/handle", drafting) == (422, "way-not-of-series")
    await field.tell("rights", f"cases/{case}/handle", drafting | {"way": "consultation"})
    await field.tell("rights", f"cases/{case}/close", {"result": "resolved", "closed_on": "2013-03-11"})
    figures = {
        "women_cases_received": 2,
        "women_cases_four_periods": 1,
        "women_cases_closed": 1,
        "women_cases_open": 1,
    }
    await field.agree(figures, field.union, field.town, field.county)
