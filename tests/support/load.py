"""A client under whose hands the system dies: every command is repeated with its key until it has an answer.

Each command has an actor of its own, so that whoever reads the log can tell which events it made.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx

from tests.support.codes import person_number
from tests.support.signing import asking_as

Row = dict[str, Any]
ANSWER_SECONDS = 240.0
UNTIL_LATER = {"not-yet-known", "token-expired"}
"""The second while a service goes by a clock that has jumped: tokens are not valid at every time."""
FIRST_DAY, LAST_DAY = date(2006, 1, 1), date(2010, 12, 31)
PAUSE = 0.03


@dataclass(frozen=True)
class Told:
    """What a client knows of one command: how often it had to ask, and what the service said at last."""

    actor: str
    path: str
    body: Row
    asked: int
    status: int
    answer: Row

    @property
    def acknowledged(self) -> bool:
        return self.status < 300

    @property
    def code(self) -> str:
        return str(self.answer.get("code", ""))


@dataclass
class Client:
    """Commands to both services; `told` grows with every answer."""

    http: httpx.AsyncClient
    urls: Callable[[str], str]
    told: list[Told] = field(default_factory=list)
    name: str = field(default_factory=lambda: uuid4().hex[:8])
    _sent: int = 0

    async def command(self, service: str, path: str, body: Row) -> Told:
        """Ask until there is an answer; fails after four minutes without one, however busy the machine is."""
        self._sent += 1
        actor = f"load:{self.name}/{self._sent}"
        key = f"key-{self._sent}"
        asked = 0
        async with asyncio.timeout(ANSWER_SECONDS):
            while True:
                asked += 1
                answer = await self._once(self.urls(service) + path, body, (actor, key))
                if answer is not None:
                    break
                await asyncio.sleep(0.1)
        told = Told(actor, path, body, asked, answer.status_code, answer.json())
        self.told.append(told)
        return told

    async def _once(self, url: str, body: Row, why: tuple[str, str]) -> httpx.Response | None:
        """The answer, None for one that may become another: the service is down, or has not heard of it."""
        try:
            actor, key = why
            headers = {"Idempotency-Key": key}
            answer = await self.http.post(url, json=body, headers=headers, extensions=asking_as(actor))
        except httpx.TransportError:
            return None
        down = answer.status_code == httpx.codes.SERVICE_UNAVAILABLE
        return None if down or UNTIL_LATER & _codes(answer.json()) else answer


def _codes(answer: Row) -> set[str]:
    """The code of a refused command, or of the refused rows of a list."""
    problems = [answer, *(row["problem"] for row in answer.get("results", []) if row["problem"])]
    return {str(problem.get("code", "")) for problem in problems}


@dataclass
class Town:
    """Unions of one town."""

    id: str
    unions: list[str]


@dataclass
class Land:
    """A province, its counties, their towns."""

    province: str
    counties: list[str]
    towns: list[Town]

    @property
    def unions(self) -> list[str]:
        return [union for town in self.towns for union in town.unions]

    @property
    def everywhere(self) -> list[str]:
        return [self.province, *self.counties, *(town.id for town in self.towns), *self.unions]


async def founded(client: Client) -> Land:
    """Two counties; the first has two towns, the second one; two unions in each."""
    province = await _establish(client, 1, None)
    counties = [await _establish(client, 3, province) for _ in range(2)]
    towns = []
    for county in (counties[0], counties[0], counties[1]):
        town = await _establish(client, 4, county)
        towns.append(Town(town, [await _establish(client, 6, town) for _ in range(2)]))
    return Land(province, counties, towns)


async def _establish(client: Client, level: int, parent: str | None) -> str:
    body = {
        "name": f"示例工会{level}",
        "level": level,
        "kind": "enterprise" if level == 6 else "general",
        "parent": parent,
        "approved_on": "2000-01-01",
        "taken_over": True,
    }
    told = await client.command("membership", "/v1/unions", body)
    assert told.acknowledged, told
    return str(told.answer["id"])


@dataclass
class Load:
    """Many clients' mixed commands, single and in bulk, some of them to be refused, until told to stop."""

    client: Client
    land: Land
    dice: random.Random
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    members: list[tuple[str, date, Row]] = field(default_factory=list)
    receipts: list[tuple[str, int]] = field(default_factory=list)
    _people: int = 0
    _rows: int = 0

    async def run(self, clients: int) -> None:
        """So many at the same time; returns when each has its last answer. Fails if one fails."""
        async with asyncio.TaskGroup() as group:
            for _ in range(clients):
                group.create_task(self._one())

    def kinds(self) -> list[tuple[Callable[[], Coroutine[Any, Any, None]], int]]:
        """What a client may do, with its weight."""
        return [
            (self._join, 6),
            (self._join_in_bulk, 2),
            (self._join_again, 1),
            (self._transfer, 3),
            (self._leave, 2),
            (self._pay, 5),
            (self._pay_in_bulk, 2),
            (self._refund, 2),
            (self._refund_too_much, 1),
        ]

    async def _one(self) -> None:
        ways, weights = zip(*self.kinds(), strict=True)
        while not self.stopping.is_set():
            await self.dice.choices(ways, weights)[0]()
            await asyncio.sleep(PAUSE)

    def day(self, after: date = FIRST_DAY) -> date:
        """Some day not long after."""
        return after + timedelta(days=self.dice.randrange((LAST_DAY - after).days // 3 + 1))

    def union(self) -> str:
        """Some grassroots union."""
        return self.dice.choice(self.land.unions)

    def _person(self) -> Row:
        self._people += 1
        number = person_number(self._people)
        return {
            "union": self.union(),
            "document_number": number,
            "name": "示例会员",
            "joined_on": self.day().isoformat(),
        }

    def _money(self) -> Row:
        day = self.day()
        return {
            "union": self.union(),
            "channel": self.dice.choice(["own", "tax"]),
            "period": f"{day:%Y-%m}",
            "amount_fen": self.dice.randrange(1, 1_000_000),
            "received_on": day.isoformat(),
        }

    def reference(self) -> str:
        """A row's own, never used again."""
        self._rows += 1
        return f"row-{self._rows}"

    async def _join(self) -> None:
        body = self._person()
        told = await self.client.command("membership", "/v1/members", body)
        assert told.acknowledged, told
        self.members.append((told.answer["id"], date.fromisoformat(body["joined_on"]), body))

    async def _join_in_bulk(self) -> None:
        rows = [{"reference": self.reference(), **self._person()} for _ in range(15)]
        rows[7] |= {"joined_on": "2023-02-29"}
        await self.client.command("membership", "/v1/members/bulk", {"source": "roster", "rows": rows})

    async def _join_again(self) -> None:
        if self.members:
            _, since, body = self.dice.choice(self.members)
            again = body | {"joined_on": self.day(since).isoformat()}
            await self.client.command("membership", "/v1/members", again)

    async def _transfer(self) -> None:
        if self.members:
            id_, since, body = self.members.pop(self.dice.randrange(len(self.members)))
            on = self.day(since)
            order = {"to": self.union(), "transferred_on": on.isoformat()}
            told = await self.client.command("membership", f"/v1/members/{id_}/transfer", order)
            self.members.append((id_, on if told.acknowledged else since, body))

    async def _leave(self) -> None:
        if self.members:
            id_, since, _ = self.members.pop(self.dice.randrange(len(self.members)))
            order = {"left_on": self.day(since).isoformat(), "reason": "resigned"}
            await self.client.command("membership", f"/v1/members/{id_}/leave", order)

    async def _pay(self) -> None:
        body = self._money()
        told = await self.client.command("finance", "/v1/dues/receipts", body)
        assert told.acknowledged, told
        self.receipts.append((told.answer["id"], body["amount_fen"]))

    async def _pay_in_bulk(self) -> None:
        rows = [{"reference": self.reference(), **self._money()} for _ in range(15)]
        rows[3] |= {"amount_fen": -1}
        await self.client.command("finance", "/v1/dues/receipts/bulk", {"source": "bank", "rows": rows})

    async def _refund(self) -> None:
        if self.receipts:
            id_, fen = self.receipts.pop(self.dice.randrange(len(self.receipts)))
            body = {"amount_fen": 1 + self.dice.randrange(fen), "refunded_on": "2010-12-31"}
            told = await self.client.command("finance", f"/v1/dues/receipts/{id_}/refund", body)
            assert told.acknowledged, told

    async def _refund_too_much(self) -> None:
        if self.receipts:
            id_, fen = self.dice.choice(self.receipts)
            body = {"amount_fen": fen + 1, "refunded_on": "2010-12-31"}
            await self.client.command("finance", f"/v1/dues/receipts/{id_}/refund", body)
