"""Archives, integrity talks, partners and contracts of performance, at every level."""

from __future__ import annotations

import pytest

from tests.support.field import Field
from tests.support.rows import told

TALKS = 16


@pytest.mark.capability("CAP-119")
async def test_archives_are_inspected_by_peers(field: Field) -> None:
    ids = [
        await field.tell("affairs", "archives", {"union": union, "year": 2013, "filed_on": "2013-10-01"})
        for union in (field.union, field.other)
    ]
    found = {"inspector": field.other, "gaps": 5, "inspected_on": "2013-11-01"}
    path = f"archives/{ids[0]}"
    above = await field.refused("affairs", f"{path}/inspect", found | {"inspector": field.county})
    assert above == (409, "archive-inspector-is-no-peer")
    await field.tell("affairs", f"{path}/inspect", found)
    right = {"gaps": 6, "corrected_on": "2013-11-20"}
    too_many = await field.refused("affairs", f"{path}/correct", right)
    assert too_many == (409, "archive-more-corrected-than-found")
    await field.tell("affairs", f"{path}/correct", right | {"gaps": 3})
    figures = {
        "archives_filed": 2,
        "archives_inspected": 1,
        "archive_gaps_found": 5,
        "archive_gaps_corrected": 3,
        "archive_gaps_open": 2,
    }
    await field.agree(figures, field.town, field.county)


@pytest.mark.capability("CAP-120")
async def test_talks_are_held_and_followed_up(field: Field) -> None:
    planned = {"union": field.county, "planned_on": "2013-03-01"}
    ids = await told(field, "affairs", "integrity-talks/bulk", [planned] * (TALKS + 1))
    rows = [{"talk": id_, "issues": 1, "held_on": "2013-04-01"} for id_ in ids[:TALKS]]
    await told(field, "affairs", "integrity-talks/hold/bulk", rows)
    followed = {"issues": 1, "followed_up_on": "2013-05-01"}
    await field.tell("affairs", f"integrity-talks/{ids[0]}/follow-up", followed)
    never = await field.refused("affairs", f"integrity-talks/{ids[TALKS]}/follow-up", followed)
    assert never == (409, "step-out-of-turn")
    figures = {"integrity_talks": TALKS, "integrity_talk_participants": TALKS}
    figures |= {"integrity_issues_open": TALKS - 1, "integrity_issues_followed_up": 1}
    await field.agree(figures, field.county, field.prefecture)


@pytest.mark.capability("CAP-121")
async def test_partners_and_what_is_held_with_them(field: Field) -> None:
    ids = [
        await field.tell(
            "affairs",
            "partnerships",
            {"union": field.county, "partner": partner, "proposed_on": "2013-02-01"},
        )
        for partner in ("womens_federation", "youth_league")
    ]
    act = {"participants": 300, "held_on": "2013-03-08"}
    early = await field.refused("affairs", f"partnerships/{ids[0]}/act", act)
    assert early == (409, "step-out-of-turn")
    for id_ in ids:
        await field.tell("affairs", f"partnerships/{id_}/join", {"joined_on": "2013-02-10"})
        await field.tell("affairs", f"partnerships/{id_}/act", act)
    await field.tell("affairs", f"partnerships/{ids[1]}/conclude", {"concluded_on": "2013-12-01"})
    figures = {"partnerships": 1, "joint_activities": 2, "joint_participants": 600}
    await field.agree(figures, field.county, field.province)
    by = await field.parts(field.prefecture, "joint_activities", "partner")
    assert by == {"womens_federation": 1, "youth_league": 1}


@pytest.mark.capability("CAP-122")
async def test_contracts_of_performance_are_scored_and_assessed(field: Field) -> None:
    items = [{"item": "union_work", "points": 60}, {"item": "stability", "points": 40}]
    sign = {"issuer": field.county, "union": field.town, "year": 2013, "items": items}
    sign |= {"document": "责1号", "signed_on": "2013-01-10"}
    contract = await field.tell("affairs", "performance-contracts", sign)
    again = await field.refused("affairs", "performance-contracts", sign)
    assert again == (409, "performance-contract-exists")
    path = f"performance-contracts/{contract}"
    score = {"item": "union_work", "points": 61, "scored_on": "2013-12-01"}
    beyond = await field.refused("affairs", f"{path}/score", score)
    assert beyond == (409, "performance-points-beyond-maximum")
    await field.tell("affairs", f"{path}/score", score | {"points": 57})
    assessed = {"assessed_on": "2013-12-20"}
    early = await field.refused("affairs", f"{path}/assess", assessed)
    assert early == (409, "performance-items-not-scored")
    await field.tell("affairs", f"{path}/score", score | {"item": "stability", "points": 38})
    await field.tell("affairs", f"{path}/assess", assessed)
    figures = {
        "performance_contracts": 1,
        "performance_assessed": 1,
        "performance_item_points": 95,
        "performance_points": 95,
        "performance_maximum": 100,
        "performance_percent": 95,
    }
    await field.agree(figures, field.town, field.county)
    by = await field.parts(field.county, "performance_item_points", "performance_item")
    assert by == {"union_work": 57, "stability": 38}
