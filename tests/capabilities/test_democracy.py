"""Meetings and disclosures that are due again and again: held, missed, and by whom."""

from __future__ import annotations

import pytest

from tests.support.field import Field


async def duty(field: Field, kind: str, frequency: str, **but: object) -> str:
    """The path of a duty for the year."""
    body = {
        "union": field.union,
        "kind": kind,
        "frequency": frequency,
        "since": "2013-01-01",
        "until": "2013-12-31",
    }
    return f"democratic-duties/{await field.tell('rights', 'democratic-duties', body | but)}"


@pytest.mark.capability("CAP-037")
async def test_meetings_held_and_missed(field: Field) -> None:
    never = {
        "union": field.union,
        "kind": "team",
        "frequency": "yearly",
        "since": "2013-01-01",
        "until": "2013-11-30",
    }
    assert await field.refused("rights", "democratic-duties", never) == (409, "frequency-never-due")
    team = await duty(field, "team", "monthly")
    plant = await duty(field, "second_level", "half_yearly", union=field.other)
    for day in ("2013-01-10", "2013-02-05", "2013-02-20", "2013-05-02"):
        await field.tell("rights", f"{team}/meetings", {"participants": 12, "held_on": day})
    await field.tell("rights", f"{plant}/meetings", {"participants": 200, "held_on": "2013-03-01"})
    await field.tell("rights", f"{team}/end", {"document": "1号", "ended_on": "2013-07-01"})
    late = {"participants": 12, "held_on": "2013-07-01"}
    assert await field.refused("rights", f"{team}/meetings", late) == (409, "outside-duty")
    figures = {
        "management_meetings_due": 8,
        "management_meetings_met": 4,
        "management_meetings_missed": 4,
        "management_meetings_held": 5,
        "management_meeting_participants": 248,
        "units_with_second_level_management": 1,
        "units_with_team_management": 1,
    }
    await field.agree(figures, field.town, field.county)
    await field.agree({"management_meetings_missed": 3}, field.union)


@pytest.mark.capability("CAP-038")
async def test_disclosures_on_time_and_late(field: Field) -> None:
    school = await duty(field, "school", "monthly")
    party = await duty(field, "party", "quarterly", union=field.other)
    await duty(field, "party", "quarterly")
    for month in (1, 2, 3, 4, 5, 6, 9, 10, 11, 12):
        body = {"channel": "board", "workers": 60 + month, "published_on": f"2013-{month:02d}-15"}
        await field.tell("rights", f"{school}/disclosures", body)
    body = {"channel": "meeting", "workers": 20, "published_on": "2013-02-15"}
    await field.tell("rights", f"{party}/disclosures", body)
    meeting = {"participants": 1, "held_on": "2013-02-15"}
    assert await field.refused("rights", f"{school}/meetings", meeting) == (409, "duty-of-other-kind")
    asked = {"received_on": "2013-03-01"}
    await field.tell("rights", f"{school}/feedback", asked)
    await field.tell("rights", f"{school}/feedback", asked | {"answered_on": "2013-03-05"})
    figures = {
        "disclosures_per_month": 11,
        "units_with_disclosure": 1,
        "workers_covered_by_disclosure": 72,
        "disclosure_periods_due": 20,
        "disclosure_periods_met": 11,
        "disclosures_overdue": 9,
        "disclosure_on_time_percent": 55.0,
        "units_disclosing_party_affairs": 1,
        "units_due_to_disclose_party_affairs": 2,
        "party_affairs_disclosure_coverage_percent": 50.0,
        "disclosure_questions": 2,
        "disclosure_questions_answered": 1,
        "disclosure_questions_answered_late": 0,
    }
    await field.agree(figures, field.town, field.county)
    june = {"first": "2013-06-01", "last": "2013-06-30"}
    await field.agree({"disclosures_per_month": 1, "workers_covered_by_disclosure": 66}, field.union, **june)
    after = {"first": "2014-01-01", "last": "2014-01-31"}
    await field.agree(
        {"workers_covered_by_disclosure": 0, "disclosure_periods_due": 0}, field.county, **after
    )
