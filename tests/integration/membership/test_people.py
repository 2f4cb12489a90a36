"""The register of people: one id for everybody, whichever document, list or union brought them."""

from typing import Any

from tests.integration.membership.conftest import Body, Membership
from tests.integration.membership.province import TOWN, VILLAGE, member, person, settle


def somebody(serial: int, **changes: Any) -> Body:
    known = {"unit": TOWN, "document_number": person(serial), "name": f"示例职工{serial}"}
    return known | {"registered_on": "2013-05-01"} | changes


async def test_a_person_is_registered_once_and_found_again(membership: Membership) -> None:
    await settle(membership)
    ada = await membership.done("people", somebody(2))
    assert await membership.done("people", somebody(2, unit=VILLAGE, name="示例别名")) == ada
    assert await membership.told(ada) == ["PersonRegistered"]
    seen = await membership.get(f"people/{ada}")
    assert (seen["sex"], seen["registered_on"]) == ("female", "2013-05-01")
    assert "name" not in seen


async def test_who_was_registered_keeps_the_id_as_a_member_and_the_other_way_round(
    membership: Membership,
) -> None:
    await settle(membership)
    ada = await membership.done("people", somebody(2))
    joined = await membership.done("members", member(2, VILLAGE))
    assert (await membership.get(f"members/{joined}"))["person"] == str(ada)
    other = await membership.done("members", member(4, VILLAGE))
    bo = await membership.done("people", somebody(4))
    assert (await membership.get(f"members/{other}"))["person"] == str(bo)
    assert await membership.told(bo) == []
    seen = await membership.get(f"people/{bo}")
    assert (seen["member"], seen["sex"], seen["version"]) == (str(other), "female", 1)
    assert (await membership.get(f"people/{ada}"))["member"] == str(joined)


async def test_people_come_in_lists_and_bad_rows_alone_are_refused(membership: Membership) -> None:
    await settle(membership)
    rows = [
        somebody(2) | {"reference": "1"},
        somebody(2) | {"reference": "2"},
        somebody(4, registered_on="2015-01-01") | {"reference": "3"},
        somebody(6, document_kind="passport", document_number="E87654321") | {"reference": "4"},
        somebody(8, unit="330282999000") | {"reference": "5"},
    ]
    results = await membership.bulk("people", rows)
    codes = [each["problem"]["code"] if each["problem"] else each["status"] for each in results]
    assert codes == ["created", "created", "date-in-future", "malformed", "union-unknown"]
    assert results[0]["id"] == results[1]["id"]
    assert await membership.pool.fetchval("SELECT count(*) FROM person_vault") == 1
