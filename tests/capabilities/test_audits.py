"""Audit: committees, engagements, findings and grades, at every level."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from tests.support.field import Field
from tests.support.rows import told

DUE_MUTUAL, DONE_MUTUAL = 210, 199


@pytest.mark.capability("CAP-078")
async def test_audit_committees_and_their_members(field: Field) -> None:
    form = {"document": "选〔2013〕1号", "formed_on": "2013-02-01"}
    rows = [form | {"union": unit} for unit in (field.union, field.other, field.town)]
    first, second, third = await told(field, "finance", "audit-committees/bulk", rows)
    again = await field.refused("finance", "audit-committees", form | {"union": field.union})
    assert again == (409, "audit-committee-exists")
    people = [uuid4() for _ in range(5)]
    seats = [
        (first, people[0], "chair"),
        (first, people[1], "member"),
        (second, people[2], "chair"),
        (third, people[3], "chair"),
    ]
    rows = [
        {"committee": committee, "person": person, "role": role, "appointed_on": "2013-02-02"}
        for committee, person, role in seats
    ]
    await told(field, "finance", "audit-committees/members/bulk", rows)
    chair = {"person": people[4], "role": "chair", "appointed_on": "2013-02-03"}
    taken = await field.refused("finance", f"audit-committees/{first}/appoint", chair)
    assert taken == (409, "audit-chair-taken")
    await field.tell("finance", f"audit-committees/{first}/appoint", chair | {"role": "member"})
    left = {"person": people[1], "released_on": "2013-06-01"}
    await field.tell("finance", f"audit-committees/{first}/release", left)
    await field.tell("finance", f"audit-committees/{second}/dissolve", {"dissolved_on": "2013-09-01"})
    await _own_account(field, field.union)
    await _own_account(field, field.other)

    figures = {
        "audit_organisations": 2,
        "audit_organisations_grassroots": 1,
        "audit_committee_members": 3,
        "audit_members_per_committee": 1.5,
        "unions_with_independent_account": 2,
        "audit_committee_coverage": 50,
    }
    await field.agree(figures, field.town, field.county, field.province)
    await field.agree({"audit_organisations": 1, "audit_committee_members": 2}, field.union)
    await field.agree(
        {"audit_organisations": 3, "audit_committee_members": 4}, field.county, last="2013-08-31"
    )


async def _own_account(field: Field, union: UUID) -> None:
    opened = {"union": union, "document": "准〔2013〕1号", "opened_on": "2013-01-05"}
    await field.tell("finance", "union-accounts", opened)
    seen = {"union": union, "verified_on": "2013-01-06"}
    await field.tell("finance", "union-accounts/verify", seen, actor="bo")


@pytest.mark.capability("CAP-079")
async def test_audits_due_done_and_missed(field: Field) -> None:
    villages = await _communities(field, 4)
    plan = {"year": 2013, "due_on": "2013-10-31", "scheduled_on": "2013-01-10"}
    rows = [plan | {"kind": "next_lower", "auditor": field.town, "audited": each} for each in villages]
    mutual = [(field.union, field.other), (field.other, field.union), (villages[0], villages[1])]
    rows += [plan | {"kind": "mutual", "auditor": a, "audited": b} for a, b in mutual]
    ids = await told(field, "finance", "audits/bulk", rows)
    odd = plan | {"kind": "mutual", "auditor": field.county, "audited": field.union, "year": 2012}
    assert await field.refused("finance", "audits", odd) == (409, "auditor-does-not-fit")
    twice = plan | {"kind": "mutual", "auditor": field.other, "audited": field.union}
    assert await field.refused("finance", "audits", twice) == (409, "audit-already-scheduled")
    await _held(field, ids[:6])
    early = {"missed_on": "2013-10-31"}
    assert await field.refused("finance", f"audits/{ids[6]}/miss", early) == (409, "audit-not-yet-missed")
    await field.tell("finance", f"audits/{ids[6]}/miss", {"missed_on": "2013-11-01"})
    await field.tell("finance", f"audits/{ids[0]}/issue", {"document": "审1号", "issued_on": "2013-06-01"})

    figures = {
        "audits_due": 7,
        "audits_started": 6,
        "audits_done": 6,
        "audits_done_in_time": 6,
        "audits_missed": 1,
        "audits_issued": 1,
        "audits_rectified": 1,
        "audits_coverage": 85.71,
        "mutual_audit_due": 3,
        "mutual_audit_done": 2,
        "audit_coverage_percent": 66.67,
        "unions_audited": 6,
        "communities_audited": 4,
    }
    await field.agree(figures, field.town, field.county, field.province)
    assert await field.parts(field.county, "audits_due", "audit_kind") == {"mutual": 3, "next_lower": 4}


async def _communities(field: Field, count: int) -> list[UUID]:
    body = {"level": 5, "kind": "village", "parent": field.town, "approved_on": "2000-01-01"}
    rows = (body | {"name": f"示例社区{n}工会"} for n in range(count))
    return await told(field, "membership", "unions/bulk", rows)


async def _held(field: Field, ids: list[UUID]) -> None:
    started = ({"audit": id_, "started_on": "2013-05-01"} for id_ in ids)
    await told(field, "finance", "audits/start/bulk", started)
    done = ({"audit": id_, "concluded_on": "2013-05-20"} for id_ in ids)
    await told(field, "finance", "audits/conclude/bulk", done)


@pytest.mark.capability("CAP-079")
async def test_the_coverage_of_mutual_audits_as_a_county_printed_it(field: Field) -> None:
    """199 of 210 are 94.76 %, printed as 95 %."""
    villages = await _communities(field, DUE_MUTUAL)
    plan = {"kind": "mutual", "year": 2013, "due_on": "2013-11-30", "scheduled_on": "2013-01-10"}
    pairs = zip(villages, [*villages[1:], villages[0]], strict=True)
    rows = (plan | {"auditor": auditor, "audited": audited} for auditor, audited in pairs)
    ids = await told(field, "finance", "audits/bulk", rows)
    await _held(field, ids[:DONE_MUTUAL])
    figures = {"mutual_audit_due": 210, "mutual_audit_done": 199, "audit_coverage_percent": 94.76}
    await field.agree(figures, field.town, field.county)


@pytest.mark.capability("CAP-080")
async def test_findings_from_the_auditors_to_their_verification(field: Field) -> None:
    plan = {"kind": "next_lower", "auditor": field.town, "audited": field.union, "year": 2013}
    plan |= {"due_on": "2013-10-31", "scheduled_on": "2013-01-10"}
    audit = await field.tell("finance", "audits", plan)
    await field.tell("finance", f"audits/{audit}/start", {"started_on": "2013-05-01"})
    path = f"audits/{audit}/findings"
    raised = {"kind": "hidden_fund", "amount_fen": 250_000, "raised_on": "2013-05-02"}
    first = await field.tell("finance", path, raised)
    second = await field.tell("finance", path, {"kind": "bookkeeping", "raised_on": "2013-05-03"})
    wrong = await field.refused("finance", path, raised | {"kind": "bad_taste"})
    assert wrong == (422, "not-in-catalogue")
    await field.tell("finance", f"audits/{audit}/conclude", {"concluded_on": "2013-05-20"})
    await field.tell("finance", f"audits/{audit}/issue", {"document": "审3号", "issued_on": "2013-06-01"})
    for finding in (first, second):
        await field.tell("finance", f"{path}/{finding}/accept", {"accepted_on": "2013-06-10"})
    right = {"document": "改3号", "rectified_on": "2013-07-01"}
    await field.tell("finance", f"{path}/{first}/rectify", right)
    seen = {"verified_on": "2013-08-01"}
    own = await field.refused("finance", f"{path}/{first}/verify", seen)
    assert own == (409, "approver-is-recorder")
    await field.tell("finance", f"{path}/{first}/verify", seen, actor="bo")

    figures = {
        "audit_findings_raised": 2,
        "audit_findings_accepted": 2,
        "audit_findings_rectified": 1,
        "audit_findings_verified": 1,
        "audit_findings_open": 1,
        "audit_rectification_percent": 50,
        "eight_donts_found": 1,
        "audit_findings_fen": 250_000,
        "audit_verified_fen": 250_000,
        "audits_rectified": 0,
    }
    await field.agree(figures, field.union, field.town, field.county)
    await field.tell("finance", f"{path}/{second}/rectify", right)
    await field.tell("finance", f"{path}/{second}/verify", seen, actor="bo")
    await field.agree({"audit_findings_open": 0, "audits_rectified": 1}, field.union, field.county)


@pytest.mark.capability("CAP-081")
async def test_finances_are_assessed_and_graded(field: Field) -> None:
    ids = []
    for union, score, grade in ((field.union, 95, "excellent"), (field.other, 80, "good")):
        ask = {"union": union, "kind": "standardisation", "year": 2013, "applied_on": "2013-03-01"}
        id_ = await field.tell("finance", "finance-assessments", ask)
        path = f"finance-assessments/{id_}"
        await field.tell("finance", f"{path}/assess", {"score": score, "assessed_on": "2013-04-01"})
        graded = {"grade": grade, "document": "评1号", "graded_on": "2013-05-01"}
        assert await field.refused("finance", f"{path}/grade", graded) == (409, "approver-is-recorder")
        await field.tell("finance", f"{path}/grade", graded, actor="bo")
        again = await field.refused("finance", "finance-assessments", ask)
        assert again == (409, "finance-assessment-already-applied")
        ids.append(id_)
    own = {"union": field.town, "kind": "performance_self_audit", "year": 2013, "applied_on": "2013-03-01"}
    await field.tell("finance", "finance-assessments", own)

    figures = {
        "finance_assessments_applied": 3,
        "finance_assessments_scored": 2,
        "finance_points": 175,
        "finance_score_average": 87.5,
        "finance_assessments_graded": 2,
        "unions_graded": 2,
    }
    await field.agree(figures, field.town, field.county)
    grades = await field.parts(field.county, "finance_assessments_graded", "finance_grade")
    assert grades == {"excellent": 1, "good": 1}
    seen = await field.get("finance", f"finance-assessments/{ids[0]}")
    assert (seen["grade"], seen["score"]) == ("excellent", 95)
