"""What was read and what was written for an agency are one; months and last days come by the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from pydantic_core import from_json

from services.exchange.domain.faults import TwiceAgreed
from services.exchange.domain.tables import TYPE
from services.exchange.tabulating import midnight_after
from shared.contracts.exchange import AgencyAgreementExpired, EventsDelivered
from shared.envelope import Place
from tests.integration.exchange.conftest import Exchange
from tests.unit.exchange.agreed import COUNTY, PROVINCE, UNION, recorded, table

DAY = date(2026, 6, 1)
LAST = date(2026, 7, 15)


def joined(count: int, first: int = 1, **more: Any) -> list[bytes]:
    return [recorded(number, on=DAY, **more) for number in range(first, first + count)]


async def test_a_batch_that_comes_twice_is_delivered_once(exchange: Exchange) -> None:
    outlet = await exchange.conclude()
    batch = exchange.add(joined(30))
    await exchange.deliver(outlet, batch)
    await exchange.deliver(outlet, batch)
    assert len(await exchange.log(outlet)) == 30


async def test_the_order_of_a_batch_is_another_for_every_agency_but_for_the_events_of_one_unit(
    exchange: Exchange,
) -> None:
    one, other = await exchange.conclude(), await exchange.conclude(name="stats-2026", agency="stats")
    places = [Place(UNION, (PROVINCE, COUNTY, UNION), (), UUID(int=key)) for key in range(10)]
    batch = [
        exchange.ledger.add(number % 10, recorded(number, on=DAY, place=places[number % 10]))
        for number in range(40)
    ]
    orders = []
    for outlet in (one, other):
        await exchange.deliver(outlet, batch)
        orders.append(await exchange.delivered(outlet))
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(orders[1]) == list(range(40))
    for key in range(10):
        in_order = [[each for each in order if each % 10 == key] for order in orders]
        assert in_order[0] == in_order[1] == list(range(key, 40, 10))


async def test_a_batch_that_fails_leaves_neither_records_nor_position(exchange: Exchange) -> None:
    outlet = await exchange.conclude()
    batch = exchange.add([*joined(10), joined(1)[0]])  # the same event under two numbers
    with pytest.raises(Exception, match="delivered_pkey"):
        await exchange.deliver(outlet, batch)
    assert await exchange.log(outlet) == []
    await exchange.deliver(outlet, batch[:10])
    assert len(await exchange.log(outlet)) == 10


async def test_after_the_end_nothing_is_delivered_whoever_still_reads(exchange: Exchange) -> None:
    outlet = await exchange.conclude()
    await exchange.deliver(outlet, exchange.add(joined(3)))
    await exchange.end(outlet)
    await exchange.deliver(outlet, exchange.add(joined(3, first=4)))
    assert len(await exchange.log(outlet)) == 3


async def test_records_that_cannot_be_read_are_passed_by(exchange: Exchange) -> None:
    outlet = await exchange.conclude()
    broken = joined(1)[0].replace(b'"lineage"', b'"lineages"')
    await exchange.deliver(outlet, exchange.add([broken, b"no json", *joined(1, first=2)]))
    assert len(await exchange.log(outlet)) == 1


async def test_a_month_is_published_once_when_all_of_it_has_been_read(exchange: Exchange) -> None:
    outlet = await exchange.conclude(shares=(), tables=(table(),))
    june = [*joined(20), *joined(3, first=30, sex="male"), *joined(9, first=40, worker_kind="migrant")]
    await exchange.deliver(outlet, exchange.add(june))
    exchange.now = datetime(2026, 7, 1, 4, tzinfo=UTC)
    await exchange.send(outlet, midnight_after(date(2026, 6, 30)) - timedelta(seconds=1))
    await exchange.look()
    assert [month_of(each) for each in await exchange.log(outlet)] == ["2026-05"]
    await exchange.send(outlet, midnight_after(date(2026, 6, 30)))
    await exchange.look()
    await exchange.look()
    may, published = (from_json(each) for each in await exchange.log(outlet))
    assert may["data"]["numbers"] == []
    assert published["type"] == TYPE
    data = published["data"]
    assert (data["rows"]["kinds"], data["columns"]["kinds"]) == (["female", "male"], ["migrant", "regular"])
    # Three men are hidden, and with them whatever they could be computed from.
    assert data["numbers"] == [[9, None], [0, None]]
    assert data["row_totals"] == [None, None]
    assert data["column_totals"] == [9, 23]
    assert data["total"] == 32


async def test_what_is_recorded_late_counts_in_the_month_that_is_open(exchange: Exchange) -> None:
    outlet = await exchange.conclude(shares=(), tables=(table(),))
    exchange.now = datetime(2026, 7, 1, 4, tzinfo=UTC)
    await exchange.send(outlet, exchange.now)
    await exchange.look()
    await exchange.deliver(outlet, exchange.add(joined(7)))  # recorded in June, read in July
    exchange.now = datetime(2026, 7, 16, 4, tzinfo=UTC)
    await exchange.send(outlet, exchange.now)
    await exchange.look()
    *_, july = (from_json(each)["data"] for each in await exchange.log(outlet))
    assert (july["month"], july["total"]) == ("2026-07", 7)


async def test_it_expires_when_all_that_was_recorded_by_then_has_been_delivered(exchange: Exchange) -> None:
    outlet = await exchange.conclude()
    await exchange.deliver(outlet, exchange.add(joined(4)))
    exchange.now = datetime(2026, 7, 15, 15, 59, tzinfo=UTC)  # a minute before midnight in Shanghai
    await exchange.send(outlet, exchange.now)
    await exchange.look()
    assert (await exchange.state(outlet)).stage == "in_force"
    exchange.now = midnight_after(LAST)
    await exchange.look()
    assert (await exchange.state(outlet)).stage == "in_force"  # not read so far yet
    await exchange.send(outlet, exchange.now)
    await exchange.look()
    state = await exchange.state(outlet)
    assert (state.stage, state.delivered) == ("expired", 4)
    *_, told, expired = (each.event for each in await exchange.told())
    assert isinstance(told, EventsDelivered)
    assert isinstance(expired, AgencyAgreementExpired)
    assert (told.first, told.last, told.tables) == (1, 4, 0)
    assert expired.occurredon == date(2026, 7, 16)


async def test_every_agreement_has_its_own_key_log_and_position(exchange: Exchange) -> None:
    one = await exchange.conclude()
    other = await exchange.conclude(name="social-2026", agency="social")
    batch = exchange.add(joined(5))
    await exchange.deliver(one, batch)
    assert await exchange.log(other) == []
    await exchange.deliver(other, batch)
    mine = {from_json(each)["id"] for each in await exchange.log(one)}
    theirs = {from_json(each)["id"] for each in await exchange.log(other)}
    assert len(mine) == len(theirs) == 5
    assert not mine & theirs


def month_of(value: bytes) -> str:
    return str(from_json(value)["data"]["month"])


@pytest.mark.parametrize("again", [{"shares": (), "tables": (table(rows="worker_kind", columns="sex"),)}, {}])
async def test_days_of_which_an_agency_got_a_table_are_not_given_to_it_again(
    exchange: Exchange, again: dict[str, Any]
) -> None:
    outlet = await exchange.conclude(shares=(), tables=(table(),))
    await exchange.end(outlet)
    later = {"name": "tax-2027", "last_day": "2026-12-31"} | again
    for first in ("2026-05-01", str(DAY)):
        with pytest.raises(TwiceAgreed) as refused:
            await exchange.conclude(first_day=first, **later)
        assert refused.value.field == "first_day"
    other = await exchange.conclude(first_day="2026-05-01", agency="stats", **later | {"name": "stats-2026"})
    assert other.agreement.agency == "stats"
    await exchange.conclude(first_day=str(DAY + timedelta(days=1)), **later)
