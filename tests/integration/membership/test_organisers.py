"""Small unions with an organiser grow out of it (DOMAIN ORG-02)."""

from tests.integration.membership.conftest import Membership
from tests.integration.membership.province import member, settle

WARNING = "organiser-with-enough-members"


async def test_the_twenty_fifth_member_asks_for_a_committee(membership: Membership) -> None:
    mill = (await settle(membership))["mill"]
    small = await membership.post(
        f"unions/{mill}/change-type", {"form": "organiser", "effective_on": "2001-01-01"}
    )
    assert small.json()["warnings"] == []
    rows = [member(n, mill) | {"reference": str(n)} for n in range(26)]
    results = await membership.bulk("members", rows)
    assert [WARNING in each["warnings"] for each in results] == [n >= 24 for n in range(26)]


async def test_a_union_with_enough_members_does_not_go_back_to_an_organiser_unnoticed(
    membership: Membership,
) -> None:
    mill = (await settle(membership))["mill"]
    await membership.bulk("members", [member(n, mill) | {"reference": str(n)} for n in range(25)])
    change = {"form": "organiser", "effective_on": "2007-01-01"}
    assert (await membership.post(f"unions/{mill}/change-type", change)).json()["warnings"] == [WARNING]
