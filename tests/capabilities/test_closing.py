"""Money of unions that end goes to the heir, and is seen there, at every level."""

from __future__ import annotations

import pytest

from tests.support.area import once_known, settled
from tests.support.field import Field


@pytest.mark.capability("CAP-069")
async def test_money_of_a_merged_and_of_a_dissolved_union_goes_to_the_heir(field: Field) -> None:
    opened = {"union": field.union, "document": "开户许可2013-9", "opened_on": "2013-01-02"}
    await field.tell("finance", "union-accounts", opened)
    paid = {"union": field.union, "channel": "own", "period": "2013-01", "received_on": "2013-02-10"}
    await field.tell("finance", "dues/receipts", paid | {"amount_fen": 1_000})
    close = {"audit": "审2013-1", "closed_on": "2013-06-30"}
    path = f"union-money/{field.union}/close"
    assert await field.refused("finance", path, close) == (409, "union-not-ended")
    merge = {"successor": field.other, "on": "2013-06-01"}
    await field.tell("membership", f"unions/{field.union}/merge", merge)
    early = close | {"closed_on": "2013-05-31"}
    money = await once_known(field, path, close, "union-not-ended")
    assert await field.refused("finance", path, early) == (409, "union-money-closed")
    late = paid | {"received_on": "2013-05-31", "amount_fen": 5}
    assert await field.refused("finance", "dues/receipts", late) == (409, "union-money-closed")
    closed = await field.get("finance", f"union-money/{money}")
    assert (closed["balances"]["bank"], closed["balances"]["upper_share_owed"]) == (0, 0)
    (heir,) = (await field.get("finance", "union-money", unit=field.other))["items"]
    assert (heir["balances"]["bank"], heir["balances"]["upper_share_owed"]) == (1_000, -400)
    figures = {
        "unions_money_closed": 1,
        "money_passed_to_heirs": 600,
        "money_held": 1_000,
        "money_balance": 0,
    }
    await field.agree(figures | {"upper_share_owed": -400}, field.other, field.town, field.county)

    dissolve = {"reason": "employer_ended", "on": "2013-10-01"}
    await field.tell("membership", f"unions/{field.other}/dissolve", dissolve)
    last = {"audit": "审2013-2", "closed_on": "2013-10-31"}
    await once_known(field, f"union-money/{field.other}/close", last, "union-not-ended")
    (town,) = (await field.get("finance", "union-money", unit=field.town))["items"]
    assert (town["balances"]["bank"], town["balances"]["upper_share_owed"]) == (1_000, -400)
    figures = {"unions_money_closed": 2, "money_held": 1_000, "money_balance": 0}
    await field.agree(figures, field.town, field.county, field.province)


@pytest.mark.capability("CAP-066")
async def test_received_is_passed_on_spent_and_held(field: Field) -> None:
    area = await settled(field, "411503000000")
    paid = {"employer": area.mill, "period": "2021-02", "received_on": "2021-03-10"}
    for channel, fen in (("own", 70_001), ("tax", 33_333)):
        await field.tell("finance", "dues/receipts", paid | {"channel": channel, "amount_fen": fen})
    share = {"union": area.union, "amount_fen": 10_000, "remitted_on": "2021-04-01"}
    await field.tell("finance", "dues/remittances", share)
    members = {"union": area.union, "month": "2021-03", "members": 2, "amount_fen": 900}
    await field.tell("finance", "member-dues", members | {"received_on": "2021-04-02"})
    held = {}
    for unit in (area.union, area.town, area.county, field.province):
        for last in ("2021-03-31", "2021-04-01", "2021-12-31"):
            names = ("money_received", "money_passed_on", "money_spent", "money_held", "money_balance")
            known = await field.figures(unit, *names, first="2021-01-01", last=last)
            received, passed_on, spent, held[unit, last], balance = (known[name] or 0 for name in names)
            assert -received == passed_on + spent + held[unit, last]
            assert balance == 0
    assert held[area.union, "2021-03-31"] == 70_001
    assert held[area.union, "2021-12-31"] == 60_901
    assert held[area.town, "2021-12-31"] == 70_901
    assert held[area.county, "2021-12-31"] == held[field.province, "2021-12-31"] == 104_234
