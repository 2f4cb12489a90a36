"""The feed belongs to its reader, as long as the agreement lasts, from any position that was given out."""

from __future__ import annotations

import asyncio
import json

import pytest

from shared.clock import business_date, utc_now
from tests.e2e.exchange.agreeing import READER, concluded, feed, records, sent, terms
from tests.support.field import Body, Field
from tests.support.signing import asking_as


async def refused(field: Field, path: str, reader: str = READER, **query: int) -> tuple[int, str]:
    answer = await field.http.get(
        f"{field.urls['exchange']}/v1/feeds/{path}", params=query, extensions=asking_as(reader)
    )
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["remedy"]
    return answer.status_code, answer.json()["code"]


async def test_a_feed_does_not_exist_for_anybody_but_its_reader(field: Field) -> None:
    _, name = await concluded(field)
    for what in ("records", "checkpoints", "events"):
        assert await refused(field, f"{name}/{what}", "agency:other") == (404, "feed-unknown")
        assert await refused(field, f"no-such-name/{what}") == (404, "feed-unknown")
    body = terms(field)
    await field.tell("exchange", "agreements", body)
    assert await refused(field, f"{body['name']}/records") == (404, "feed-unknown")


async def test_a_feed_goes_on_from_any_position_it_has_given_out(field: Field) -> None:
    _, name = await concluded(field)
    for _ in range(3):
        await field.member(field.union)
    await records(field, name, 3)
    assert [each["sequence"] for each in await feed(field, name, after=1)] == [2, 3]
    assert [each["sequence"] for each in await feed(field, name, after=1, limit=1)] == [2]
    assert await feed(field, name, after=3) == []
    assert await refused(field, f"{name}/records", after=4) == (422, "position-ahead")
    assert (await refused(field, f"{name}/records", after=-1))[0] == 422
    assert (await refused(field, f"{name}/records", wait=31))[0] == 422


async def test_a_reader_may_wait_for_the_next_record(field: Field) -> None:
    _, name = await concluded(field)
    waiting = asyncio.create_task(feed(field, name, wait=30))
    await field.member(field.union)
    assert [each["sequence"] for each in await waiting] == [1]


async def test_server_sent_events_go_on_after_the_last_event_id(field: Field) -> None:
    _, name = await concluded(field)
    await field.member(field.union)
    await field.member(field.union)
    await records(field, name, 2)
    seen = []
    async for event in sent(field, name, last=1):
        seen.append(event)
        if len(seen) == 1:
            await field.member(field.union)
        if [each["id"] for each in seen if "id" in each] == ["2", "3"]:
            break
    numbers = [json.loads(each["data"])["sequence"] for each in seen if each["event"] == "record"]
    assert numbers == [2, 3]


async def test_a_feed_that_is_being_read_closes_when_the_agreement_ends(field: Field) -> None:
    id_, name = await concluded(field)
    await field.member(field.union)
    await records(field, name, 1)
    kinds = []
    async for event in sent(field, name, last=0):
        kinds.append(event["event"])
        if kinds == ["record"]:
            ended = {"reason": "withdrawn", "ended_on": str(business_date(utc_now()))}
            await field.tell("exchange", f"agreements/{id_}/end", ended)
    assert kinds[0] == "record"
    assert kinds[-1] == "over"
    for what in ("records", "checkpoints", "events"):
        assert await refused(field, f"{name}/{what}") == (410, "feed-over")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"shares": []}, "nothing-agreed"),
        ({"shares": [{"type": "union.membership.Nothing.v1", "fields": []}]}, "type-not-agreeable"),
        (
            {"shares": [{"type": "union.membership.UnionEstablished.v1", "fields": ["name"]}]},
            "field-not-agreeable",
        ),
        ({"basis": "none"}, "basis-missing"),
        ({"last_day": "2010-01-02"}, "period-impossible"),
        ({"purpose": "curiosity"}, "not-in-catalogue"),
    ],
)
async def test_a_proposal_is_refused_with_field_and_remedy(field: Field, more: Body, code: str) -> None:
    assert (await field.refused("exchange", "agreements", terms(field, **more)))[1] == code


async def test_an_agreement_needs_two_people_and_a_name_of_its_own(field: Field) -> None:
    body = terms(field)
    id_ = await field.tell("exchange", "agreements", body, actor="ada")
    approve = f"agreements/{id_}/approve"
    day = {"approved_on": body["proposed_on"]}
    assert await field.refused("exchange", approve, day, actor="ada") == (409, "approver-is-recorder")
    assert await field.refused("exchange", "agreements", body) == (409, "name-taken")
    again = terms(field, agency=body["agency"])
    assert (await field.refused("exchange", "agreements", again))[1] == "twice-agreed"
    outside = terms(field, union=field.union, scope=field.other)
    assert await field.refused("exchange", "agreements", outside) == (409, "scope-outside")
    await field.tell("exchange", f"agreements/{id_}/refuse", {"refused_on": body["proposed_on"]}, actor="ben")
    assert await field.refused("exchange", approve, day, actor="ben") == (409, "step-out-of-turn")
