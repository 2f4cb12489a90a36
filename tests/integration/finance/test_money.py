"""The balances of a union, kept along with every receipt, by however many at once."""

import asyncio
from typing import Any

from services.finance.commands import USE_CASES
from services.finance.commands.receipts import ReceiveDues
from services.finance.domain.money import UnionMoney, money_id
from shared.units import look
from shared.work.desk import Desk
from shared.work.submission import Submission
from tests.integration.finance.conftest import NOW, Finance
from tests.integration.finance.test_bulk import bulk, row
from tests.integration.finance.town import MILL_UNION

STATE = "SELECT state FROM aggregate WHERE id = $1 AND kind = 'union-money'"


async def balances(finance: Finance) -> dict[str, int]:
    state = await finance.pool.fetchval(STATE, money_id(MILL_UNION))
    return dict(UnionMoney.model_validate_json(state).balances)


async def test_a_bulk_of_receipts_is_one_balance(finance: Finance) -> None:
    results = await bulk(finance, "receipts", [row(str(number)) for number in range(50)])
    assert {each["status"] for each in results} == {"created"}
    known = {"bank": 50_000, "dues": -50_000, "upper_share": 20_000, "upper_share_owed": -20_000}
    assert await balances(finance) == known


async def test_two_processes_at_once_lose_nothing(finance: Finance) -> None:
    other = Desk(finance.pool, USE_CASES, look, clock=lambda: NOW)
    running = asyncio.create_task(other.run())
    said: dict[str, Any] = {"union": str(MILL_UNION), "channel": "own", "period": "2013-07"}
    said |= {"amount_fen": 1_000, "received_on": "2013-08-10"}
    try:
        await asyncio.gather(
            *(finance.done("receipts", said) for _ in range(20)),
            *(other.submit(Submission(ReceiveDues.model_validate(said), "bo")) for _ in range(20)),
        )
    finally:
        running.cancel()
    assert (await balances(finance))["bank"] == 40_000
    assert (await finance.get(f"accounts/{MILL_UNION}/2013"))["received_fen"] == 40_000
