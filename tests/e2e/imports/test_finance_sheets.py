"""Lists that finance takes, filled in as people do."""

from __future__ import annotations

from datetime import date

from tests.e2e.imports.filling import Importer, Line
from tests.support.field import Field


async def test_dues_assessed_and_received(field: Field, importer: Importer) -> None:
    mills = [await field.employer(field.union) for _ in range(3)]
    codes = [(await field.get("membership", f"employers/{mill}"))["credit_code"] for mill in mills]
    owed: list[Line] = [
        {
            "缴款单位统一社会信用代码": code,
            "所属期": "2013年6月",
            "工资总额(元)": "10万元",
            "核定日期": date(2013, 7, 1),
        }
        for code in codes[:2]
    ]
    owed.append(
        {"工会": str(field.other), "所属期": "2013-06", "应缴金额(元)": 123.45, "核定日期": date(2013, 7, 1)}
    )
    await importer.check(
        "dues-assessments",
        owed,
        {
            "value-too-many": {**owed[0], "应缴金额(元)": 5},
            "period-unreadable": {**owed[0], "所属期": "上半年"},
            "value-missing": {"所属期": "2013-06", "应缴金额(元)": 5, "核定日期": date(2013, 7, 1)},
        },
    )
    paid: list[Line] = [
        {
            "缴款单位统一社会信用代码": code,
            "渠道": "税务代征",
            "金额(元)": "2,000.00",
            "缴款日期": "2013/7/10",
        }
        for code in codes
    ]
    await importer.check("dues", paid, {"channel-unknown": {**paid[0], "渠道": "现金"}})
    await field.agree({"dues_assessed": 412_345, "dues_received": 600_000}, field.town, field.county)
    await field.agree({"dues_assessed": 400_000, "dues_payers": 3}, field.union)
