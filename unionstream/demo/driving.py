"""`python -m unionstream.demo.driving --rate 20`: a steady load on a system that runs, until told to stop.

It founds a small province of its own and keeps recording dues there and asking for their figures. Services:
UNIONSTREAM_MEMBERSHIP_URL, UNIONSTREAM_FINANCE_URL, UNIONSTREAM_PROJECTION_URL; who asks: UNIONSTREAM_TOKEN,
of somebody who may found a province. For trials: what it records stays.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from shared.clock import business_date, utc_now
from unionstream.imports.patience import Patience
from unionstream.signing import signed

SERVICES = ("membership", "finance", "projection")
COUNTIES, UNIONS = 2, 5  # and so many unions in each
PATIENCE_SECONDS = 300.0
TELL_SECONDS = 10.0
QUESTIONS = 0.2  # of all requests
MOST_WAITING = 500
LATER = frozenset({"not-yet-known"})


class Refused(Exception):
    """A service does not take what it is sent."""


@dataclass
class Driving:
    """The load; `answers` counts by status."""

    http: httpx.AsyncClient
    urls: dict[str, str]
    answers: Counter[int] = field(default_factory=Counter)

    async def found(self) -> list[str]:
        """The unions of a new small province; raises Refused."""
        province = await self._establish(1, None)
        counties = [await self._establish(3, province) for _ in range(COUNTIES)]
        return [await self._establish(6, county) for county in counties for _ in range(UNIONS)]

    async def keep_on(self, unions: Sequence[str], rate: float) -> None:
        """About `rate` requests a second, whether or not others have been answered; raises Refused."""
        waiting = asyncio.Semaphore(MOST_WAITING)

        async def ask() -> None:
            try:
                await self._ask(unions)
            finally:
                waiting.release()

        async with asyncio.TaskGroup() as group:
            while True:
                await waiting.acquire()
                group.create_task(ask())
                await asyncio.sleep(random.expovariate(rate))

    async def keep_telling(self) -> None:
        """A line now and then with the answers since the last one, by status."""
        while True:
            began, before = time.monotonic(), self.answers.copy()
            await asyncio.sleep(TELL_SECONDS)
            news = (self.answers - before).items()
            counts = ", ".join(f"{count} x {status}" for status, count in sorted(news))
            sys.stdout.write(f"{counts or 'no answers'} in {time.monotonic() - began:.0f} s\n")
            sys.stdout.flush()

    async def _ask(self, unions: Sequence[str]) -> None:
        unit = random.choice(unions)  # noqa: S311  any of them
        today = business_date(utc_now())
        if random.random() < QUESTIONS:  # noqa: S311
            days = {"from": f"{today:%Y-01-01}", "to": today.isoformat()}
            asked = {"unit": unit, "figure": "dues_received", **days}
            with contextlib.suppress(httpx.TransportError):
                answer = await self.http.get(f"{self.urls['projection']}/v1/figures", params=asked)
                self.answers[answer.status_code] += 1
            return
        fen = random.randrange(100, 1_000_000)  # noqa: S311
        row = {"union": unit, "channel": "own", "period": f"{today:%Y-%m}", "amount_fen": fen}
        await self._command("finance", "/v1/dues/receipts", row | {"received_on": today.isoformat()})

    async def _establish(self, level: int, parent: str | None) -> str:
        kind = "enterprise" if level == 6 else "general"
        body = {"name": f"示例工会{level}", "level": level, "kind": kind, "parent": parent}
        more = {"approved_on": "2000-01-01", "taken_over": True}
        answer = await self._command("membership", "/v1/unions", body | more)
        if not answer.is_success:
            raise Refused(f"{answer.status_code}: {answer.text}")
        return str(answer.json()["id"])

    async def _command(self, service: str, path: str, body: dict[str, Any]) -> httpx.Response:
        """The last answer; asked again while the service is busy, away, or has not heard of it yet."""
        patience, headers = Patience(PATIENCE_SECONDS), {"Idempotency-Key": str(uuid4())}
        while True:
            answer = None
            with contextlib.suppress(httpx.TransportError):
                answer = await self.http.post(self.urls[service] + path, json=body, headers=headers)
                self.answers[answer.status_code] += 1
            if answer is not None and not _later(answer):
                return answer
            if not await patience.wait(answer):
                raise Refused(f"{service} does not answer")


def _later(answer: httpx.Response) -> bool:
    busy = answer.status_code in {httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE}
    return busy or (not answer.is_success and answer.json().get("code") in LATER)


async def _drive(urls: dict[str, str], rate: float) -> None:
    async with httpx.AsyncClient(auth=signed(Path()), timeout=60, trust_env=False) as http:
        driving = Driving(http, urls)
        unions = await driving.found()
        sys.stdout.write(f"founded {len(unions)} unions; {rate:g} requests a second from now on\n")
        async with asyncio.TaskGroup() as group:
            group.create_task(driving.keep_telling())
            group.create_task(driving.keep_on(unions, rate))


def main() -> int:
    """Exit code 1 when a service refuses, 2 when an address is missing."""
    parser = argparse.ArgumentParser(prog="unionstream.demo.driving", description=__doc__)
    parser.add_argument("--rate", type=float, default=20.0, help="requests a second (20)")
    rate = parser.parse_args().rate
    names = {service: f"UNIONSTREAM_{service.upper()}_URL" for service in SERVICES}
    if missing := [name for name in names.values() if not os.environ.get(name)]:
        parser.error(f"set {', '.join(missing)}")
    if rate <= 0:
        parser.error("--rate: more than 0")
    urls = {service: os.environ[name].rstrip("/") for service, name in names.items()}
    with contextlib.suppress(KeyboardInterrupt):
        return _driven(urls, rate)
    return 0


def _driven(urls: dict[str, str], rate: float) -> int:
    try:
        asyncio.run(_drive(urls, rate))
    except* (Refused, httpx.HTTPError) as group:
        sys.stderr.write(f"{group.exceptions[0]}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
