"""Members from joining to leaving, their kinds, and the headcount they are measured against."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.support.codes import person_number
from tests.support.field import Field

APART = 8_000_000
"""The field's own people have small numbers."""


def number(serial: int) -> str:
    return person_number(APART + serial)


def joined(field: Field, serial: int, **more: object) -> dict[str, object]:
    body = {"union": field.union, "document_number": number(serial), "name": "示例会员"}
    return body | {"joined_on": "2013-02-01"} | more


async def take(field: Field, serial: int, **more: object) -> UUID:
    return await field.tell("membership", "members", joined(field, serial, **more))


@pytest.mark.capability("CAP-003")
async def test_members_join_move_along_rest_and_leave(field: Field) -> None:
    base = 10
    ada, bo, cy, di, ed = [await take(field, base + n) for n in range(5)]
    known = joined(field, base)
    assert await field.refused("membership", "members", known) == (409, "already-member")
    early = joined(field, base + 5, joined_on="2013-01-02")
    rows = await field.bulk("membership", "members/bulk", [early | {"reference": "1"}])
    assert rows[0]["status"] == "created"
    along = {"to": field.other, "transferred_on": "2013-03-01"}
    await field.tell("membership", f"members/{bo}/transfer", along)
    await field.tell("membership", f"members/{cy}/retire", {"retired_on": "2013-03-01"})
    await field.tell("membership", f"members/{di}/retain", {"retained_on": "2013-03-01"})
    figures = {
        "members_joined": 6,
        "people_joined": 6,
        "members_total": 4,
        "members_retained": 1,
        "members_retired": 1,
        "members_transferred_in": 1,
        "members_transferred_out": 1,
    }
    await field.agree(figures, field.town, field.county, field.province)
    await field.agree({"members_total": 3, "members_transferred_out": 1}, field.union)

    await field.tell("membership", f"members/{di}/resume", {"resumed_on": "2013-04-01"})
    await field.tell("membership", f"members/{ed}/correct", {"sex": "male"})
    person = {"document_number": number(base), "name": "示例会员改"}
    await field.tell("membership", f"members/{ada}/person", person | {"phone": "13800000000"})
    idle = {"idle_since": "2013-02-10", "recorded_on": "2013-05-01"}
    await field.tell("membership", f"members/{ada}/idle", idle)
    await field.tell("membership", f"members/{ed}/idle", idle)
    await field.tell("membership", f"members/{ed}/active", {"active_on": "2013-06-01"})
    end = {"left_on": "2013-08-09"}
    path = f"members/{ada}/deem-left"
    assert await field.refused("membership", path, end, actor="bo") == (409, "not-idle-long-enough")
    end = {"left_on": "2013-08-20"}
    assert await field.refused("membership", path, end) == (409, "approver-is-recorder")
    # Proposed by the calendar alone, on the day after which half a year is over.
    await field.agree({"members_idle": 0}, field.union, field.county, last="2013-08-09")
    await field.agree({"members_idle": 1}, field.union, field.county, last="2013-08-10")
    await field.tell("membership", path, end, actor="bo")
    await field.tell("membership", f"members/{cy}/leave", {"reason": "resigned", "left_on": "2013-09-01"})
    figures = {"members_left": 2, "members_deemed_left": 1, "members_idle": 0, "members_total": 4}
    await field.agree(figures, field.town, field.county)

    ending = {"reason": "employer_ended", "on": "2013-10-01"}
    answer = await field.post("membership", f"unions/{field.union}/dissolve", ending)
    assert answer.json()["warnings"] == ["members-remain"]
    living = f"unions/{field.other}/take-up-members"
    up = {"taken_on": "2013-10-02", "limit": 2}
    assert await field.refused("membership", living, up) == (409, "union-not-dissolved")
    path = f"unions/{field.union}/take-up-members"
    assert (await field.post("membership", path, up)).json()["warnings"] == ["members-remain"]
    assert (await field.post("membership", path, up)).json()["warnings"] == []
    await field.agree({"members_total": 0, "members_retained": 0}, field.union)
    await field.agree({"members_total": 1, "members_retained": 3}, field.town, field.county)
    stranger = {"unit": field.town, "document_number": number(base)}
    again = await field.tell("membership", "people", stranger | {"name": "示例"})
    assert str(again) == (await field.get("membership", f"members/{ada}"))["person"]


@pytest.mark.capability("CAP-004")
async def test_migrant_workers_among_the_members(field: Field) -> None:
    base = 100
    before = [await take(field, base + n, joined_on="2012-05-01", worker_kind="migrant") for n in range(2)]
    other = await take(field, base + 2, joined_on="2012-05-01")
    wrong = await take(field, base + 3, joined_on="2013-05-01", worker_kind="migrant")
    change = {"worker_kind": "migrant", "changed_on": "2013-06-01"}
    await field.tell("membership", f"members/{other}/change-kind", change)
    same = {"worker_kind": "migrant", "changed_on": "2013-06-02"}
    assert await field.refused("membership", f"members/{other}/change-kind", same) == (409, "nothing-changes")
    await field.agree(
        {"migrant_members": 2}, field.union, field.county, last="2012-12-31", first="2012-01-01"
    )
    figures = {
        "migrant_members": 4,
        "migrant_members_growth_percent": 100.0,
        "migrant_members_share_percent": 100.0,
    }
    await field.agree(figures, field.union, field.town, field.county)
    await field.tell("membership", f"members/{wrong}/correct", {"worker_kind": "general"})
    ended = {"reason": "resigned", "left_on": "2013-11-01"}
    await field.tell("membership", f"members/{before[0]}/leave", ended)
    await field.agree({"migrant_members": 2, "members_total": 3}, field.union, field.town, field.county)
    assert await field.parts(field.town, "members_total", "worker_kind") == {"general": 1, "migrant": 2}


@pytest.mark.capability("CAP-005")
async def test_headcounts_of_employers_are_the_denominators(field: Field) -> None:
    base = 200
    mill, forge = await field.employer(field.union), await field.employer()
    for employer, workers, women, migrants in ((mill, 40, 25, 10), (forge, 60, 20, 30)):
        count = {"workers": workers, "women": women, "migrants": migrants, "reported_on": "2013-02-01"}
        await field.tell("membership", f"employers/{employer}/workforce", count)
    unclear = {"workers": 10, "women": 11, "migrants": 0, "reported_on": "2013-03-01"}
    path = f"employers/{mill}/workforce"
    assert await field.refused("membership", path, unclear) == (422, "headcount-unclear")
    for n in range(10):
        await take(field, base + n)
    figures = {
        "workers_total": 100,
        "women_workers_total": 45,
        "migrant_workers_total": 40,
        "women_share_percent": 45.0,
        "workers_unionised_total": 40,
        "join_rate": 10.0,
        "join_rate_unionised": 25.0,
    }
    await field.agree(figures, field.town, field.county, field.province)
    await field.agree({"workers_total": 40, "join_rate": 25.0}, field.union)
    later = {"workers": 50, "women": 30, "migrants": 10, "reported_on": "2013-06-01", "employer": mill}
    rows = await field.bulk("membership", "employers/workforce/bulk", [later | {"reference": "1"}])
    assert rows[0]["status"] == "created"
    await field.tell("membership", f"unions/{field.other}/cover", {"employer": forge, "on": "2013-07-01"})
    figures = {"workers_total": 110, "workers_unionised_total": 110, "join_rate_unionised": 9.09}
    await field.agree(figures, field.town, field.county)
    await field.agree({"workers_total": 60, "workers_unionised_total": 60}, field.other)
