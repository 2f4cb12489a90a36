"""Plans, meetings and boards: what was due, what was done, what was missed."""

from __future__ import annotations

import pytest

from tests.support.field import Field

LINE = {"year": 2013, "scheduled_on": "2013-01-05"}


@pytest.mark.capability("CAP-109")
async def test_a_plan_shows_what_was_missed(field: Field) -> None:
    line = LINE | {"union": field.union, "kind": "activity", "theme": "culture"}
    monthly = await field.tell("affairs", "plans", line | {"frequency": "monthly", "day": 15})
    twice = line | {"kind": "inspection", "frequency": "twice_a_year", "months": [4, 10], "day": 30}
    inspections = await field.tell("affairs", "plans", twice)
    never = line | {"frequency": "once", "months": [2], "day": 30}
    assert await field.refused("affairs", "plans", never) == (409, "frequency-never-due")
    for month in ("01", "02", "03"):
        done = {"due_on": f"2013-{month}-15", "done_on": f"2013-{month}-14"}
        await field.tell("affairs", f"plans/{monthly}/complete", done)
    late = {"due_on": "2013-04-15", "done_on": "2013-06-01"}
    await field.tell("affairs", f"plans/{monthly}/complete", late)
    assert await field.refused("affairs", f"plans/{monthly}/complete", late) == (409, "plan-not-due-that-day")
    later = {"due_on": "2013-04-30", "new_due_on": "2013-05-20", "postponed_on": "2013-04-28"}
    await field.tell("affairs", f"plans/{inspections}/postpone", later)
    await field.tell("affairs", f"plans/{monthly}/drop", {"due_on": "2013-12-15", "dropped_on": "2013-05-01"})

    year = {"plan_lines_in_calendar": 13, "plan_items_done": 4, "plan_items_in_time": 3, "plan_lines": 2}
    year |= {"plan_items_missed": 9, "plan_items_postponed": 1, "plan_items_dropped": 1}
    await field.agree(year, field.union, field.town, field.county)
    in_may = {"plan_lines_in_calendar": 2, "plan_items_done": 0, "plan_items_missed": 3}
    await field.agree(in_may, field.union, field.county, first="2013-05-01", last="2013-05-31")
    in_june = {"plan_items_missed": 3, "plan_items_done_percent": 0}
    await field.agree(in_june, field.union, field.town, first="2013-06-01", last="2013-06-30")
    assert await field.parts(field.county, "plan_lines_in_calendar", "plan_theme") == {"culture": 13}


@pytest.mark.capability("CAP-118")
async def test_meetings_are_held_against_due(field: Field) -> None:
    line = LINE | {"union": field.union, "frequency": "quarterly"}
    meetings = await field.tell("affairs", "plans", line | {"kind": "leading_group"})
    reports = await field.tell("affairs", "plans", line | {"kind": "work_report"})
    for due_on, held_on in (("2013-03-31", "2013-03-20"), ("2013-06-30", "2013-07-02")):
        held = {"due_on": due_on, "held_on": held_on, "participants": 9}
        await field.tell("affairs", f"plans/{meetings}/hold", held)
    wrong = {"due_on": "2013-09-30", "done_on": "2013-09-30"}
    refused = await field.refused("affairs", f"plans/{meetings}/complete", wrong)
    assert refused == (409, "plan-of-another-family")
    report = {"due_on": "2013-03-31", "document": "报1号", "submitted_on": "2013-03-30"}
    await field.tell("affairs", f"plans/{reports}/submit", report)

    figures = {
        "regular_meetings_due": 4,
        "regular_meetings_held": 2,
        "regular_meetings_missed": 1,
        "regular_meetings_percent": 50,
        "regular_meeting_participants": 18,
        "regular_reports_due": 4,
        "regular_reports_submitted": 1,
        "regular_reports_missed": 2,
    }
    await field.agree(figures | {"regular_meetings_percent": 50}, field.union, field.county)


@pytest.mark.capability("CAP-113")
async def test_boards_are_posted_and_judged(field: Field) -> None:
    line = LINE | {"union": field.union, "kind": "blackboard", "theme": "publicity", "frequency": "monthly"}
    boards = await field.tell("affairs", "plans", line | {"last_day": "2013-09-30"})
    for month, day in ((1, 31), (2, 28), (3, 31), (4, 30), (5, 31), (6, 30), (7, 31), (8, 31)):
        on = f"2013-{month:02}-{day}"
        posted = {"due_on": on, "posted_on": on, "boards": 3}
        await field.tell("affairs", f"plans/{boards}/post", posted)
    judged = {"due_on": "2013-04-30", "boards": 3, "points": 95, "festival": True, "judged_on": "2013-05-01"}
    path = f"plans/{boards}/judge"
    assert await field.refused("affairs", path, judged | {"boards": 4}) == (
        409,
        "blackboard-more-judged-than-posted",
    )
    await field.tell("affairs", path, judged)

    figures = {
        "blackboard_due": 9,
        "blackboard_issues": 8,
        "blackboard_boards": 24,
        "blackboard_issues_in_time": 8,
        "blackboard_in_time_percent": 88.89,
        "blackboard_missed": 1,
        "blackboard_boards_judged": 3,
        "festival_blackboard_contests": 1,
    }
    await field.agree(figures, field.union, field.town, field.province)
