"""Every data key comes under the new master key; then the old one is needed no more."""

from __future__ import annotations

from uuid import UUID

import pytest

from services.membership.commands.people import SEAL
from shared.ids import new_id
from shared.keys import MasterKeys
from shared.rewrapping import rewrap, sealed_table
from shared.vault import PersonalData, SealBroken, Sealed, Vault
from tests.integration.membership.conftest import Membership

OLD, NEW = bytes(range(32)), bytes(range(1, 33))
PLACE = sealed_table("person_vault", "person")
DATA = PersonalData(document_kind="citizen", document_number="999999199202290018", name="示例会员")
ALL = "SELECT person, wrapped_key, record FROM person_vault ORDER BY person"


async def seal(membership: Membership, vault: Vault, count: int) -> list[UUID]:
    people = [new_id() for _ in range(count)]
    rows = [(each, *_parts(vault.seal(each, DATA)), str(each)) for each in people]
    await membership.pool.executemany(SEAL, rows)
    return people


def _parts(sealed: Sealed) -> tuple[bytes, bytes]:
    return sealed.wrapped_key, sealed.record


async def test_all_keys_are_wrapped_anew_once_and_records_stay(membership: Membership) -> None:
    before, both = Vault(OLD), Vault(MasterKeys((OLD,)).with_new(NEW))
    people = await seal(membership, before, 1500)
    records = {row["person"]: row["record"] for row in await membership.pool.fetch(ALL)}
    assert await rewrap(membership.pool, both, PLACE) == len(people)
    late = await seal(membership, before, 3)  # a command that was under way, with the key before
    assert await rewrap(membership.pool, both, PLACE) == len(late)
    assert await rewrap(membership.pool, both, PLACE) == 0
    rows = await membership.pool.fetch(ALL)
    assert {row["person"]: row["record"] for row in rows if row["person"] in records} == records
    alone = Vault(NEW)
    for row in rows:
        sealed = Sealed(row["wrapped_key"], row["record"])
        assert alone.open(row["person"], sealed) == DATA
        with pytest.raises(SealBroken):
            before.open(row["person"], sealed)


async def test_a_key_under_no_master_key_stops_the_job(membership: Membership) -> None:
    await seal(membership, Vault(bytes(reversed(range(32)))), 1)
    with pytest.raises(SealBroken):
        await rewrap(membership.pool, Vault(MasterKeys((NEW, OLD))), PLACE)
