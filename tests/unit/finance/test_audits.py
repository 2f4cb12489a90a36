"""Audits: who audits whom, when one is missed, and findings until somebody else has seen them put right."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain import audits, findings, grading
from services.finance.domain.audits import Audit, Standing
from services.finance.domain.grading import FinanceAssessment
from shared.approval import ApproverIsRecorder
from shared.catalogues import catalogue
from shared.contracts.finance import (
    AuditFindingRaised,
    AuditRectified,
    AuditScheduled,
    FinanceAssessmentApplied,
)
from shared.errors import Problem
from shared.stages import BeforeLastStep, StepOutOfTurn

COUNTY, TOWN, UNION, OTHER, STRANGER = (
    UUID(int=0x0196F000_0000_7000_8000_0000000000F0 + n) for n in range(5)
)
FINDING = UUID(int=0x0196F000_0000_7000_8000_0000000000FF)
DAY, DUE = date(2013, 3, 1), date(2013, 10, 31)
LATE = date(2013, 11, 5)
EIGHT = 8


def scheduled(kind: str = "mutual", auditor: UUID = OTHER, due_on: date = DUE) -> AuditScheduled:
    return AuditScheduled(
        occurredon=DAY,
        kind=kind,
        auditor=auditor,
        audited=UNION,
        audited_level=6,
        year=2013,
        due_on=due_on,
    )


def standing(auditor: UUID, **but: Any) -> Standing:
    """Union and other under the town, the town under the county."""
    above = {TOWN: COUNTY, UNION: TOWN, OTHER: TOWN}.get(auditor)
    usual: dict[str, Any] = {
        "level": 6,
        "parents": frozenset({TOWN}),
        "lineage": frozenset({COUNTY, TOWN}),
        "auditor_parents": frozenset({above} if above else ()),
        "auditor_has_committee": True,
    }
    return Standing(**(usual | but))


def told(audit: Audit | None, *events: Any) -> Audit:
    for event in events:
        audit = audits.evolve(audit, event)
    assert audit is not None
    return audit


def audit(*stages: str, finding: str | None = None) -> Audit:
    """Up to the last stage named, with one finding raised at its start and taken so far."""
    held = told(None, scheduled())
    if "started" in stages:
        held = told(held, *audits.decide_start(held, DAY))
    if finding:
        held = told(held, *findings.decide_raise(held, FINDING, "hidden_fund", 900, DAY))
    if "concluded" in stages:
        held = told(held, *audits.decide_conclude(held, DAY))
    if "issued" in stages:
        held = told(held, *audits.decide_issue(held, "审1号", DAY))
    if finding in {"accepted", "rectified"}:
        held = told(held, *findings.decide_accept(held, FINDING, DAY))
    if finding == "rectified":
        held = told(held, *findings.decide_rectify(held, FINDING, "改1号", DAY, "ada"))
    return held


@pytest.mark.parametrize(
    ("kind", "auditor", "fits"),
    [
        ("same_level", UNION, True),
        ("same_level", TOWN, False),
        ("next_lower", TOWN, True),
        ("next_lower", COUNTY, False),
        ("mutual", OTHER, True),
        ("mutual", UNION, False),
        ("mutual", TOWN, False),
        ("mutual", STRANGER, False),
        ("term_end", COUNTY, True),
        ("special", UNION, True),
        ("special", OTHER, False),
    ],
)
def test_the_kind_says_who_audits_whom(kind: str, auditor: UUID, *, fits: bool) -> None:
    wanted = scheduled(kind, auditor)
    if fits:
        assert audits.decide_schedule(wanted, standing(auditor)) == (wanted,)
    else:
        with pytest.raises(audits.AuditorDoesNotFit):
            audits.decide_schedule(wanted, standing(auditor))


def test_an_auditor_without_a_committee_is_warned_of() -> None:
    (event,) = audits.decide_schedule(scheduled(), standing(OTHER, auditor_has_committee=False))
    assert event.warnings == ("auditor-without-audit-committee",)


def test_an_audit_is_scheduled_before_it_is_due() -> None:
    with pytest.raises(audits.DueBeforeScheduling):
        audits.decide_schedule(scheduled(due_on=date(2013, 2, 28)), standing(OTHER))


@pytest.mark.parametrize(("on", "in_time"), [(DUE, True), (LATE, False)])
def test_an_audit_is_done_in_time_up_to_the_due_day(on: date, *, in_time: bool) -> None:
    (event,) = audits.decide_conclude(audit("started"), on)
    assert event.in_time is in_time


def test_an_audit_is_missed_when_the_due_day_is_over_and_nobody_began() -> None:
    with pytest.raises(audits.NotYetMissed):
        audits.decide_miss(audit(), DUE)
    with pytest.raises(StepOutOfTurn):
        audits.decide_miss(audit("started"), LATE)
    missed = told(audit(), *audits.decide_miss(audit(), LATE))
    with pytest.raises(StepOutOfTurn):
        audits.decide_start(missed, LATE)


def test_an_audit_that_finds_nothing_is_closed_with_its_report() -> None:
    issued = audits.decide_issue(audit("started", "concluded"), "审1号", DAY)
    assert issued[1:] == (AuditRectified(occurredon=DAY, kind="mutual", findings=0),)


def test_findings_are_raised_while_the_audit_goes_on() -> None:
    raised = AuditFindingRaised(
        occurredon=DAY, finding=FINDING, kind="bookkeeping", audit_kind="mutual", amount_fen=None
    )
    assert findings.decide_raise(audit("started"), FINDING, "bookkeeping", None, DAY) == (raised,)
    for held in (audit(), audit("started", "concluded", "issued")):
        with pytest.raises(StepOutOfTurn):
            findings.decide_raise(held, FINDING, "bookkeeping", None, DAY)


def test_a_finding_is_put_right_after_it_is_accepted() -> None:
    held = audit("started", finding="raised")
    with pytest.raises(StepOutOfTurn):
        findings.decide_rectify(held, FINDING, "改1号", DAY, "ada")
    with pytest.raises(BeforeLastStep):
        findings.decide_accept(held, FINDING, date(2013, 2, 1))


def test_who_put_it_right_does_not_verify_it() -> None:
    with pytest.raises(ApproverIsRecorder):
        findings.decide_verify(audit("started", finding="rectified"), FINDING, DAY, "ada")


def test_a_finding_of_another_audit_is_unknown() -> None:
    with pytest.raises(findings.FindingUnknown):
        findings.decide_accept(audit("started"), FINDING, DAY)


def test_with_the_last_finding_verified_the_audit_is_rectified() -> None:
    held = audit("started", "concluded", "issued", finding="rectified")
    _, closed = findings.decide_verify(held, FINDING, DAY, "bo")
    assert closed == AuditRectified(occurredon=DAY, kind="mutual", findings=1)


def test_a_finding_verified_before_the_report_leaves_the_audit_open_until_then() -> None:
    held = audit("started", "concluded", finding="rectified")
    verified = findings.decide_verify(held, FINDING, DAY, "bo")
    assert len(verified) == 1
    assert len(audits.decide_issue(told(held, *verified), "审1号", DAY)) == 2


def test_the_eight_donts_are_kinds_of_findings() -> None:
    assert list(catalogue("finding_kinds"))[:EIGHT][-1] == "unlinked_expenses"


step = st.sampled_from(["raise", "accept", "rectify", "verify"])


@given(st.lists(st.tuples(step, st.integers(1, 4)), max_size=30))
def test_open_findings_are_those_raised_less_those_verified(steps: list[tuple[str, int]]) -> None:
    held, raised, verified = audit("started"), 0, 0
    for what, number in steps:
        id_ = UUID(int=number)
        try:
            if what == "raise" and id_ not in held.findings:
                held = told(held, *findings.decide_raise(held, id_, "other", None, DAY))
                raised += 1
            elif what == "accept":
                held = told(held, *findings.decide_accept(held, id_, DAY))
            elif what == "rectify":
                held = told(held, *findings.decide_rectify(held, id_, "改1号", DAY, "ada"))
            elif what == "verify":
                held = told(held, *findings.decide_verify(held, id_, DAY, "bo"))
                verified += 1
        except Problem:
            continue
    assert held.open_findings == raised - verified


APPLIED = FinanceAssessmentApplied(occurredon=DAY, union=UNION, kind="standardisation", year=2013)


def assessment(*events: Any) -> FinanceAssessment:
    state = grading.evolve(None, APPLIED)
    for event in events:
        state = grading.evolve(state, event)
    return state


def test_a_union_applies_once_for_a_kind_and_year() -> None:
    assert grading.decide_apply(None, APPLIED) == (APPLIED,)
    with pytest.raises(grading.AlreadyApplied):
        grading.decide_apply(assessment(), APPLIED)


def test_points_come_before_the_grade_and_from_somebody_else() -> None:
    with pytest.raises(StepOutOfTurn):
        grading.decide_grade(assessment(), "good", "评1号", DAY, "bo")
    assessed = assessment(*grading.decide_assess(assessment(), 91, DAY, "ada"))
    with pytest.raises(ApproverIsRecorder):
        grading.decide_grade(assessed, "good", "评1号", DAY, "ada")
    (graded,) = grading.decide_grade(assessed, "good", "评1号", DAY, "bo")
    assert (graded.score, assessment(*grading.decide_assess(assessment(), 91, DAY, "ada"), graded).grade) == (
        91,
        "good",
    )
