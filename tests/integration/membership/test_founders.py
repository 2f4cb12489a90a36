"""Founders are there to grant the first roles; that they still are is said once there is an operator."""

from __future__ import annotations

from uuid import UUID

from structlog.testing import capture_logs

from services.membership.founders import Founders
from tests.integration.membership.conftest import Membership

CLAIM = "unionstream_founder"
PROVINCE = {"name": "示例省总工会", "level": 1, "kind": "general", "approved_on": "2000-01-01"}


async def granted(membership: Membership, role: str, unit: UUID) -> UUID:
    body = {"unit": str(unit), "holder": "li", "role": role, "granted_on": "2013-05-05", "line": None}
    return await membership.done("roles", body)


async def test_founders_are_spoken_of_while_there_is_an_operator(membership: Membership) -> None:
    founders = Founders(membership.pool, CLAIM)
    unit = await membership.done("unions", PROVINCE)
    await granted(membership, "recorder", unit)
    assert not await founders.look()
    role = await granted(membership, "operator", unit)
    with capture_logs() as told:
        assert await founders.look()
    assert [(each["event"], each["claim"], each["log_level"]) for each in told] == [
        ("founders_still_there", CLAIM, "warning")
    ]
    assert "leave" in told[0]["remedy"]
    assert not await Founders(membership.pool, "").look()
    await membership.done(f"roles/{role}/withdraw", {"withdrawn_on": "2013-06-05"})
    assert not await founders.look()
