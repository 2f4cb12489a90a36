"""Supervision, sample points and early warning, at every level."""

from __future__ import annotations

import pytest

from tests.support.field import Field
from tests.support.rows import told


@pytest.mark.capability("CAP-031")
async def test_supervision_from_the_inspection_to_the_authority(field: Field) -> None:
    employer = await field.employer(field.union)
    people = [await field.member(field.union) for _ in range(2)]
    opening = {"union": field.union, "employer": employer, "topic": "wages", "opened_on": "2013-03-01"}
    first, second, third = await told(field, "rights", "supervisions/bulk", [opening] * 3)
    for each, violations in ((first, 3), (second, 1), (third, 0)):
        visit = {"supervisors": people, "violations": violations, "inspected_on": "2013-03-05"}
        await field.tell("rights", f"supervisions/{each}/inspect", visit | {"workers": 10 * violations})
    letters = f"supervisions/{first}/letters"
    letter = {"document": "监〔2013〕1号", "sent_on": "2013-03-08"}
    early = await field.refused("rights", letters, letter | {"letter": "opinion"})
    assert early == (409, "earlier-letter-missing")
    await field.tell("rights", letters, letter | {"letter": "reminder"})
    await field.tell("rights", letters, letter | {"letter": "opinion"})
    low = await field.refused("rights", letters, letter | {"letter": "proposal"})
    assert low == (409, "letter-not-of-this-level")
    await field.tell("rights", letters, letter | {"letter": "proposal", "sender": field.county})
    await field.tell(
        "rights", f"supervisions/{first}/close", {"result": "passed_on", "closed_on": "2013-04-01"}
    )
    await field.tell("rights", f"supervisions/{second}/letters", letter | {"letter": "reminder"})
    reply = {"document": "复〔2013〕1号", "answered_on": "2013-03-20"}
    await field.tell("rights", f"supervisions/{second}/answer", reply)
    await field.tell("rights", f"supervisions/{second}/verify", {"verified_on": "2013-03-25"})
    right = {"result": "rectified", "closed_on": "2013-04-01"}
    await field.tell("rights", f"supervisions/{second}/close", right)
    wrong = await field.refused("rights", f"supervisions/{third}/close", right)
    assert wrong == (409, "supervision-result-does-not-fit")
    figures = {
        "supervisions_opened": 3,
        "supervisions_open": 1,
        "supervision_inspections": 3,
        "employers_inspected": 1,
        "supervision_violations": 4,
        "supervision_workers": 40,
        "supervision_reminders": 2,
        "supervision_opinions": 1,
        "supervision_proposals": 1,
        "supervision_letters_sent": 4,
        "supervision_letters_answered": 1,
        "supervision_letters_settled": 1,
        "supervision_letters_overdue": 0,
        "supervisions_closed": 2,
        "supervisions_rectified": 1,
        "supervision_rectified_percent": 50,
    }
    await field.agree(figures, field.union, field.town, field.county)


@pytest.mark.capability("CAP-027")
async def test_sample_points_report_every_quarter(field: Field) -> None:
    """Four points, all reports made, as a county of chapter 7 printed it; then a late one."""
    employers = [await field.employer(field.union) for _ in range(4)]
    term = {"union": field.union, "until": "2013-12-31", "established_on": "2013-01-01"}
    rows = [term | {"employer": employer} for employer in employers]
    points = await told(field, "rights", "sample-points/bulk", rows)
    assert await field.refused("rights", "sample-points", rows[0]) == (409, "sample-point-exists")
    spring = {"year": 2013, "quarter": 1, "workers": 50}
    made = [spring | {"point": point, "reported_on": "2013-04-10"} for point in points]
    await told(field, "rights", "sample-points/report/bulk", made)
    again = {each: made[0][each] for each in made[0] if each != "point"}
    twice = await field.refused("rights", f"sample-points/{points[0]}/report", again)
    assert twice == (409, "quarter-not-due")
    figures = {
        "sample_point_enterprises": 4,
        "sample_reports_due": 4,
        "sample_reports_made": 4,
        "sample_reports_made_percent": 100,
        "sample_reports_in_time_percent": 100,
    }
    await field.agree(figures, field.union, field.county, last="2013-06-30")
    await _asked_for_sample_points(field, 4)
    completion = {"target_sample_points": 4, "sample_point_completion_percent": 100}
    await field.agree(completion, field.county, last="2013-06-30")
    late = spring | {"quarter": 2, "reported_on": "2013-07-16"}
    await field.tell("rights", f"sample-points/{points[0]}/report", late)
    await field.tell("rights", f"sample-points/{points[3]}/lapse", {"lapsed_on": "2013-07-01"})
    later: dict[str, int | float] = {
        "sample_point_enterprises": 3,
        "sample_reports_due": 7,
        "sample_reports_made": 5,
        "sample_reports_in_time": 4,
        "sample_reports_made_percent": 71.43,
        "sample_reports_in_time_percent": 57.14,
    }
    await field.agree(later, field.union, field.town, last="2013-07-31")
    await field.agree({"sample_point_completion_percent": 75}, field.county, last="2013-07-31")
    await field.agree({"sample_point_enterprises": 0}, field.county, last="2014-01-01")
    await field.tell("rights", "sample-points", term | {"employer": employers[3], "until": "2014-12-31"})


async def _asked_for_sample_points(field: Field, number: int) -> None:
    draft = {"issuer": field.prefecture, "union": field.county, "year": 2013, "measure": "sample_points"}
    target = await field.tell("affairs", "targets", draft | {"number": number, "drafted_on": "2013-01-05"})
    paper = {"document": "责4号", "assigned_on": "2013-01-06"}
    await field.tell("affairs", f"targets/{target}/assign", paper)


@pytest.mark.capability("CAP-026")
async def test_early_warning_groups(field: Field) -> None:
    asked = {"document": "预〔2013〕1号", "required_on": "2013-02-01"}
    rows = [asked | {"union": union} for union in (field.union, field.other)]
    groups = await told(field, "rights", "warning-groups/require/bulk", rows)
    unformed = {"kind": "wage_arrears", "workers": 40, "warned_on": "2013-03-01"}
    no = await field.refused("rights", f"warning-groups/{groups[0]}/warn", unformed)
    assert no == (409, "warning-group-not-formed")
    form = {"document": "预〔2013〕2号", "members": 5, "formed_on": "2013-02-10"}
    for union in (field.union, field.town):
        await field.tell("rights", "warning-groups", form | {"union": union})
    again = await field.refused("rights", "warning-groups", form | {"union": field.union})
    assert again == (409, "warning-group-already-formed")
    risk = await field.tell("rights", f"warning-groups/{groups[0]}/warn", unformed)
    await field.tell("rights", f"warning-groups/{groups[0]}/warn", unformed | {"kind": "layoffs"})
    over = {"outcome": "talks", "resolved_on": "2013-03-20"}
    await field.tell("rights", f"labour-risks/{risk}/resolve", over)
    assert await field.refused("rights", f"labour-risks/{risk}/resolve", over) == (409, "step-out-of-turn")
    figures = {
        "unions_required_early_warning_group": 2,
        "unions_with_early_warning_group": 2,
        "unions_with_required_warning_group": 1,
        "early_warning_formed_percent": 50,
        "labour_risks_warned": 2,
        "labour_risks_resolved": 1,
        "labour_risks_open": 1,
        "labour_risk_workers": 80,
    }
    await field.agree(figures, field.town, field.county)
    await field.tell("rights", f"warning-groups/{groups[0]}/dissolve", {"dissolved_on": "2013-08-01"})
    await field.agree({"unions_with_required_warning_group": 0}, field.union, field.county)
