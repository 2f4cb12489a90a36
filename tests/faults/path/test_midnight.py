"""Clocks that jump over midnight in Shanghai on a leap day: what is dated stays in its day at every level."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from tests.faults.harness import clocks
from tests.faults.path.verdicts import places_of
from tests.support.checker import audit, settled
from tests.support.ledgers import until
from tests.support.load import Client, Land, Told, founded
from tests.support.roles import Roles
from tests.support.signing import ISSUING, signing_client
from unionstream.embedded.stack import Stack
from unionstream.signing import Signed

pytestmark = [pytest.mark.real_kafka, pytest.mark.slow, pytest.mark.timeout(900)]

PROCESSES = (
    "membership-api",
    "membership-relay",
    "finance-api",
    "finance-relay",
    "finance-worker",
    "projection-api",
    "projection-worker",
)
FINANCE = ("finance-api", "finance-relay")
NEAR_SECONDS = 20


@dataclass
class Night:
    """A system of which finance goes by another clock."""

    roles: Roles
    client: Client
    land: Land
    hands: list[Path]

    async def it_is(self, moment: str) -> None:
        """Finance's clock jumps there, and goes on from there."""
        wanted = datetime.fromisoformat(moment)
        set_clocks(self.hands, wanted)

        async def jumped() -> bool:
            operations = self.roles.services["finance-api"].operations_url
            answer = await self.client.http.get(f"{operations}/health/live")
            told = parsedate_to_datetime(answer.headers["date"])
            return abs((told - wanted).total_seconds()) < NEAR_SECONDS

        await until(jumped, seconds=60, every=0.2)

    async def pays(self, on: str, fen: int, union: int = 0) -> Told:
        """Dues received on that day."""
        body = {
            "union": self.land.unions[union],
            "channel": "own",
            "period": on[:7],
            "amount_fen": fen,
            "received_on": on,
        }
        return await self.client.command("finance", "/v1/dues/receipts", body)

    async def received(self, unit: str, first: str, last: str) -> int:
        """What was received there from day to day, both included."""
        query = {"unit": unit, "figure": "dues_received", "from": first, "to": last}
        answer = await self.client.http.get(f"{self.roles.url('projection')}/v1/figures", params=query)
        value: int = answer.raise_for_status().json()["figures"][0]["value"]
        return value


def valid_at_any_time(actor: str) -> str:
    """A token that finance takes as well, whatever its clock says."""
    return ISSUING.token(actor, founder=True, iat=0, exp=int(datetime(2100, 1, 1, tzinfo=UTC).timestamp()))


def set_clocks(hands: list[Path], moment: datetime) -> None:
    by = int((moment - datetime.now(UTC)).total_seconds())
    for hand in hands:
        clocks.put(hand, f"{by:+d}s")


@contextmanager
def finance_by_another_clock(folder: Path) -> Iterator[tuple[Roles, list[Path]]]:
    hands = {name: folder / f"clock-{name}" for name in FINANCE}
    with Stack(folder, processes=()) as stack:
        environments = {name: clocks.environment(hand) for name, hand in hands.items()}
        set_clocks(list(hands.values()), datetime.fromisoformat("2024-02-28T12:00:00Z"))
        roles = Roles(stack, environments=environments)
        roles.start(PROCESSES)
        yield roles, list(hands.values())


@pytest.mark.skipif(clocks.library() is None, reason="libfaketime is built for Linux on x86-64 alone")
async def test_a_leap_day_and_a_year_end_at_midnight_in_shanghai(folder: Path) -> None:
    with finance_by_another_clock(folder) as (roles, hands):
        async with signing_client(timeout=30, auth=Signed(valid_at_any_time)) as http:
            client = Client(http, roles.url)
            night = Night(roles, client, await founded(client), hands)

            await night.it_is("2024-02-29T15:58:00Z")  # two minutes to midnight in Shanghai
            accepted(await night.pays("2024-02-29", 1_00))
            refused(await night.pays("2024-03-01", 2_00), "date-in-future")
            assert (await night.pays("2023-02-29", 3_00)).status == 422

            await night.it_is("2024-02-29T16:01:00Z")  # March in Shanghai, still the leap day in UTC
            accepted(await night.pays("2024-03-01", 4_00, union=1))
            accepted(await night.pays("2024-02-29", 8_00, union=2))

            await night.it_is("2024-02-29T15:57:00Z")  # back before midnight: the day is not over after all
            refused(await night.pays("2024-03-01", 16_00), "date-in-future")
            accepted(await night.pays("2024-02-29", 32_00))

            await night.it_is("2024-12-31T15:58:00Z")
            accepted(await night.pays("2024-12-31", 64_00))
            refused(await night.pays("2025-01-01", 128_00), "date-in-future")
            await night.it_is("2024-12-31T16:01:00Z")  # the new year in Shanghai, the old one in UTC
            accepted(await night.pays("2025-01-01", 256_00))

            await settled(places_of(roles))
            await check(night)
            found = await audit(places_of(roles))  # numbers, their times and chains, in spite of the clock
            assert len(by_finance(found.events)) == 6


def by_finance(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [event for event in events if event["source"] == "/union/finance"]


async def check(night: Night) -> None:
    """The same at the province, and at the unions in their sum."""
    leap, march, year_end, new_year = 41_00, 4_00, 64_00, 256_00
    wanted = {
        ("2024-02-29", "2024-02-29"): leap,
        ("2024-02-01", "2024-02-29"): leap,
        ("2024-02-28", "2024-02-28"): 0,
        ("2024-03-01", "2024-03-01"): march,
        ("2024-02-01", "2024-03-31"): leap + march,
        ("2024-12-31", "2024-12-31"): year_end,
        ("2024-01-01", "2024-12-31"): leap + march + year_end,
        ("2025-01-01", "2025-01-01"): new_year,
        ("2025-01-01", "2025-12-31"): new_year,
    }
    for days, fen in wanted.items():
        assert await night.received(night.land.province, *days) == fen, days
        parts = await asyncio.gather(*(night.received(union, *days) for union in night.land.unions))
        assert sum(parts) == fen, days


def accepted(told: Told) -> None:
    assert told.acknowledged, told


def refused(told: Told, code: str) -> None:
    assert (told.acknowledged, told.code) == (False, code), told
