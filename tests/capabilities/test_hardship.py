"""Hardship archives, from survey to exit and back, at every level; and the archives of chapter 7."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.support.field import Field
from tests.support.rows import people, told

FILED = {
    "household_size": 3,
    "hardship_class": "subsistence",
    "income_fen": 1_200_000,
    "filed_on": "2013-02-01",
}
CHAPTER_7 = {"filed": 491, "exited": 374, "cancelled": 64}


@pytest.mark.capability("CAP-046")
async def test_a_household_from_survey_to_exit_and_back(field: Field) -> None:
    holder, spouse, other = [await field.member(field.union) for _ in range(3)]
    seen = {"union": field.union, "holder": holder, "household_size": 3, "surveyed_on": "2013-01-15"}
    archive = await field.tell("welfare", "hardship/surveys", seen)
    case = FILED | {"union": field.union, "holder": holder, "dependants": [spouse]}
    assert await field.tell("welfare", "hardship/archives", case) == archive
    again = case | {"union": field.other}
    assert await field.refused("welfare", "hardship/archives", again) == (409, "archive-open")
    theirs = case | {"holder": other}
    assert await field.refused("welfare", "hardship/archives", theirs) == (409, "household-filed-already")
    path = f"hardship/archives/{archive}"
    checked = {"verified_on": "2013-06-01"}
    assert await field.refused("welfare", f"{path}/verify", checked) == (409, "approver-is-recorder")
    await field.tell("welfare", f"{path}/verify", checked, actor="bo")
    change = {
        "household_size": 4,
        "hardship_class": "near_subsistence",
        "income_fen": 2_500_000,
        "standard_fen": 40_000,
        "updated_on": "2013-07-01",
    }
    await field.tell("welfare", f"{path}/update", change)
    out = {"above_since": "2013-01-01", "exited_on": "2013-09-01"}
    await field.tell("welfare", f"{path}/exit", out)
    assert await field.refused("welfare", f"{path}/exit", out) == (409, "archive-not-open")
    await field.tell("welfare", "hardship/archives", case | {"filed_on": "2013-11-01"})
    wrong = await field.tell("welfare", "hardship/archives", theirs | {"dependants": []})
    gone = {"cancel_reason": "moved", "cancelled_on": "2013-12-01"}
    await field.tell("welfare", f"hardship/archives/{wrong}/cancel", gone)

    figures = {
        "hardship_households_surveyed": 1,
        "hardship_households_filed": 3,
        "hardship_households_refiled": 1,
        "hardship_households_exited": 1,
        "hardship_households_cancelled": 1,
        "hardship_households_current": 1,
        "hardship_workers_added": 3,
        "hardship_workers_current": 1,
        "hardship_people_current": 3,
        "hardship_verified": 1,
        "hardship_verification_overdue": 0,
    }
    await field.agree(figures, field.union, field.town, field.county)
    late = await field.figures(field.county, "hardship_verification_overdue", last="2014-11-02")
    assert late == {"hardship_verification_overdue": 1}


async def test_the_archives_of_a_county_as_it_printed_them(field: Field) -> None:
    """491 households filed in all, 374 out of hardship, 64 cancelled: 53 are left."""
    archives = await archives_of(field, CHAPTER_7["filed"])
    for verb, first, count, said in (
        ("exit", 0, CHAPTER_7["exited"], {"above_since": "2012-08-01", "exited_on": "2013-05-01"}),
        (
            "cancel",
            CHAPTER_7["exited"],
            CHAPTER_7["cancelled"],
            {"cancel_reason": "wrong", "cancelled_on": "2013-06-01"},
        ),
    ):
        rows = [said | {"archive": archive} for archive in archives[first : first + count]]
        await told(field, "welfare", f"hardship/archives/{verb}/bulk", rows)
    printed = {
        "hardship_households_filed": 491,
        "hardship_households_exited": 374,
        "hardship_households_cancelled": 64,
        "hardship_households_current": 53,
    }
    await field.agree(printed, field.union, field.county, first="2000-01-01", last="2013-10-31")


async def archives_of(field: Field, count: int) -> list[UUID]:
    """So many archives of as many people, filed at the union by list."""
    holders = await people(field, count)
    rows = [FILED | {"union": field.union, "holder": each} for each in holders]
    return await told(field, "welfare", "hardship/archives/bulk", rows)
