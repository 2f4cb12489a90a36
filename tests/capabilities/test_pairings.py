"""Paired unions, from proposal to conclusion, at every level."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.support.field import Field


@pytest.mark.capability("CAP-017")
async def test_pairing_from_proposal_to_conclusion(field: Field) -> None:
    third = await union_of(field, "第三工会")
    fourth = await union_of(field, "第四工会")
    day = {"proposed_on": "2013-06-01"}
    first = {"excellent": field.union, "ordinary": [field.other, third], "until": "2014-05-31"} | day
    pair = await field.tell("membership", "pairings", first)
    back = {"excellent": third, "ordinary": [field.union]} | day
    assert await field.refused("membership", "pairings", back) == (409, "paired-already")
    alone = {"excellent": third, "ordinary": [third]} | day
    assert await field.refused("membership", "pairings", alone) == (422, "paired-with-itself")
    second = await field.tell("membership", "pairings", {"excellent": fourth, "ordinary": [third]} | day)

    visit = {"kind": "visit", "held_on": "2013-07-01"}
    path = f"pairings/{pair}/activities"
    assert await field.refused("membership", path, visit) == (409, "pairing-not-in-force")
    for each in (pair, second):
        await field.tell("membership", f"pairings/{each}/sign", {"signed_on": "2013-06-10"})
    for month in range(7, 12):
        held = {"kind": "exchange", "held_on": f"2013-{month:02}-15"}
        await field.tell("membership", path, held)

    figures = {
        "paired_excellent_unions": 2,
        "paired_ordinary_unions": 2,
        "pairs": 2,
        "pairing_activities": 5,
        "pairing_activities_per_pair": 2.5,
        "pairings_in_force": 2,
    }
    await field.agree(figures, field.town, field.county, field.province)
    await field.agree({"pairs": 1, "pairing_activities": 5, "paired_ordinary_unions": 1}, field.other)
    done = {"outcome": "fulfilled", "concluded_on": "2013-12-20"}
    await field.tell("membership", f"pairings/{pair}/conclude", done)
    again = await field.refused("membership", f"pairings/{pair}/conclude", done)
    assert again == (409, "pairing-concluded")
    await field.agree({"pairings_in_force": 1, "pairings_concluded": 1, "pairs": 2}, field.town, field.county)


async def union_of(field: Field, name: str) -> UUID:
    """Another grassroots union of the town."""
    said = {"name": name, "level": 6, "kind": "enterprise", "parent": field.town}
    return await field.tell("membership", "unions", said | {"approved_on": "2000-01-01", "taken_over": True})
