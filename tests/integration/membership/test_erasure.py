"""Personal data are hidden by one and erased by another; events stay, and nobody gets the data back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.membership.domain.members import membership_of
from services.membership.erasures import ERASE
from shared.contracts.membership import PersonErased, PersonRestricted
from tests.integration.membership.conftest import Membership
from tests.integration.membership.province import VILLAGE, member, person, settle
from tests.support.signing import asking_as

DAY = "2014-01-10"


async def steps(
    membership: Membership, who: UUID, step: str, actor: str = "ada", **body: Any
) -> tuple[int, str]:
    answer = await membership.http.post(
        f"/v1/people/{who}/{step}",
        json=body,
        headers={"Idempotency-Key": str(uuid4())},
        extensions=asking_as(actor),
    )
    return answer.status_code, answer.json().get("code", "")


async def left(membership: Membership, number: int = 2) -> tuple[UUID, UUID]:
    """Somebody who has left: the membership, and the person."""
    await settle(membership)
    id_ = await membership.done("members", member(number, VILLAGE, name="示例马可会员", phone="19912345678"))
    await membership.done(f"members/{id_}/leave", {"reason": "resigned", "left_on": "2009-01-01"})
    return id_, UUID((await membership.get(f"members/{id_}"))["person"])


async def erased(membership: Membership, who: UUID) -> None:
    assert (await steps(membership, who, "restrict", reason="purpose_met", restricted_on=DAY))[0] == 200
    done = await steps(membership, who, "erase", "ben", retained_until=DAY, erased_on=DAY)
    assert done == (200, ""), done


async def test_restricted_data_are_hidden_and_can_be_released(membership: Membership) -> None:
    id_, who = await left(membership)
    await steps(membership, who, "restrict", reason="consent_withdrawn", restricted_on=DAY)
    answer = await membership.http.get(f"/v1/members/{id_}/person")
    assert (answer.status_code, answer.json()["code"]) == (403, "person-restricted")
    corrected = {"document_number": person(2), "name": "示例马可会员"}
    assert (await membership.refused(f"members/{id_}/person", corrected))[:2] == (403, "person-restricted")
    await steps(membership, who, "release", released_on=DAY)
    assert (await membership.get(f"members/{id_}/person"))["name"] == "示例马可会员"


async def test_erasure_destroys_the_key_and_the_way_to_it_and_leaves_events_as_they_were(
    membership: Membership,
) -> None:
    id_, who = await left(membership)
    log = await membership.pool.fetch("SELECT position, value FROM event_log ORDER BY position")
    await erased(membership, who)
    answer = await membership.http.get(f"/v1/members/{id_}/person")
    assert (answer.status_code, answer.json()["code"]) == (410, "person-erased")
    assert await membership.pool.fetchval("SELECT count(*) FROM person_vault WHERE person = $1", who) == 0
    owned = "SELECT count(*) FROM claim WHERE kind = 'identity' AND owner = $1"
    assert await membership.pool.fetchval(owned, who) == 0
    later = await membership.pool.fetch("SELECT position, value FROM event_log ORDER BY position")
    assert later[: len(log)] == log
    assert (await membership.get(f"members/{id_}"))["standing"] == "left"
    *_, hidden, gone = (each.event for each in await membership.events())
    assert isinstance(hidden, PersonRestricted)
    assert isinstance(gone, PersonErased)
    assert (hidden.recorder, gone.approver) == ("ada", "ben")


async def test_who_comes_again_after_an_erasure_is_somebody_new(membership: Membership) -> None:
    _, who = await left(membership)
    await erased(membership, who)
    again = await membership.done("members", member(2, VILLAGE, name="示例马可会员"))
    assert UUID((await membership.get(f"members/{again}"))["person"]) != who
    corrected = {"document_number": person(4), "name": "示例马可会员"}
    refused = await membership.post(f"members/{membership_of(who)}/person", corrected)
    assert (refused.status_code, refused.json()["code"]) == (410, "person-erased")


@pytest.mark.parametrize(
    ("actor", "body", "refused"),
    [
        ("ada", {"retained_until": DAY, "erased_on": DAY}, (409, "approver-is-recorder")),
        ("ben", {"retained_until": "2039-12-31", "erased_on": DAY}, (409, "still-retained")),
        ("ben", {"retained_until": DAY, "erased_on": "2014-01-09"}, (409, "before-last-step")),
        ("ben", {"retained_until": DAY, "erased_on": "2030-01-01"}, (409, "date-in-future")),
    ],
)
async def test_an_erasure_that_may_not_be_is_refused(
    membership: Membership, actor: str, body: dict[str, str], refused: tuple[int, str]
) -> None:
    id_, who = await left(membership)
    await steps(membership, who, "restrict", reason="purpose_met", restricted_on=DAY)
    assert await steps(membership, who, "erase", actor, **body) == refused
    assert await membership.pool.fetchval("SELECT count(*) FROM person_vault WHERE person = $1", who) == 1
    assert (await membership.get(f"members/{id_}"))["person"] == str(who)


async def test_a_member_is_not_erased_and_nobody_unknown(membership: Membership) -> None:
    await settle(membership)
    id_ = await membership.done("members", member(6, VILLAGE))
    who = UUID((await membership.get(f"members/{id_}"))["person"])
    today = {"retained_until": DAY, "erased_on": DAY}
    assert await steps(membership, who, "erase", "ben", **today) == (404, "person-unknown")
    await steps(membership, who, "restrict", reason="unlawful", restricted_on=DAY)
    assert await steps(membership, who, "erase", "ben", **today) == (409, "still-member")
    assert await steps(membership, uuid4(), "restrict", reason="unlawful", restricted_on=DAY) == (
        404,
        "person-unknown",
    )


async def test_a_database_put_back_forgets_nobody_who_is_on_the_list(membership: Membership) -> None:
    id_, who = await left(membership)
    await membership.pool.execute(ERASE, who, date(2014, 1, 10))  # as the list of erasures is applied
    answer = await membership.http.get(f"/v1/members/{id_}/person")
    assert (answer.status_code, answer.json()["code"]) == (410, "person-erased")
    corrected = {"document_number": person(2), "name": "示例马可会员"}
    await membership.post(f"members/{id_}/person", corrected)
    assert await membership.pool.fetchval("SELECT count(*) FROM person_vault WHERE person = $1", who) == 0
