"""Lists that finance takes, filled in as people do."""

from __future__ import annotations

import asyncio
from datetime import date

from tests.e2e.imports.filling import Importer, Line
from tests.support.codes import credit_code
from tests.support.field import Field

STRANGER = credit_code(710_000, "91")
NOWHERE = "999999101000"


async def code_of(field: Field, employer: object) -> str:
    return str((await field.get("membership", f"employers/{employer}"))["credit_code"])


async def test_dues_assessed_and_received(field: Field, importer: Importer) -> None:
    mills = [await field.employer(field.union) for _ in range(3)]
    codes = [await code_of(field, mill) for mill in mills]
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


async def test_targets_and_the_file_of_the_tax_agency(field: Field, importer: Importer) -> None:
    target: Line = {
        "年度": 2013,
        "任务数(元)": "5万",
        "下达单位": str(field.county),
        "下达日期": "2013-01-10",
    }
    given: list[Line] = [{**target, "工会": str(field.town)}]
    bad = {
        "union-unknown": {**target, "工会": NOWHERE},
        "union-not-a-code": {**target, "工会": "示例镇"},
        "issuer-not-above": {**target, "工会": str(field.county), "下达单位": str(field.town)},
    }
    await importer.check("dues-targets", given, bad)
    mill = await code_of(field, await field.employer(field.union))
    own: Line = {"缴款单位统一社会信用代码": mill, "金额(元)": 1, "缴款日期": "2013-06-10"}
    await importer.check("dues", [own], {})  # finance knows the mill
    row = {
        "划入工会": str(field.county),
        "批次号": "SW201307",
        "征收品目代码": "399001010",
        "费款所属期": "2013-06",
    }
    file: list[Line] = [
        {**row, "纳税人识别号": payer, "实缴金额(元)": fen, "入库日期": date(2013, 7, 20)}
        for payer, fen in ((mill, 1000.5), (STRANGER, 200), (mill, "30.00"))
    ]
    await importer.check("tax-collections", file, {"tax-item-unknown": {**file[0], "征收品目代码": "101010"}})
    waiting = await field.get("finance", "tax-collections/unmatched", unit=field.county)
    assert [each["reason"] for each in waiting["items"]] == ["payer_unknown"]
    figures = {"tax_collections": 123_050, "tax_unmatched_amount": 20_000, "tax_unmatched_rows": 1}
    await field.agree(figures, field.county, field.province)
    await field.agree({"dues_target": 5_000_000, "dues_received": 103_150}, field.town)


async def test_plans_requests_and_what_a_union_owns(field: Field, importer: Importer) -> None:
    plan: Line = {"工会": str(field.county), "预算年度": "2013年", "编制日期": "2013-01-05"}
    lines: list[Line] = [
        {**plan, "预算科目": "补助下级支出", "预算金额(元)": "200万元"},
        {**plan, "预算科目": "职工活动支出", "预算金额(元)": 35000},
    ]
    await importer.check("budget-lines", lines, {"head-unknown": {**lines[0], "预算科目": "招待费"}})
    asked: list[Line] = [
        {
            "工会": str(field.union),
            "支出项目": "体育活动",
            "申请金额(元)": 800,
            "参加人次": 40,
            "申请日期": "2013-03-01",
        }
    ]
    await importer.check("expenses", asked, {"value-missing": {**asked[0], "申请日期": ""}})
    wanted: list[Line] = [
        {
            "拨款工会": str(field.county),
            "受补助工会": str(each),
            "补助用途": "体育活动",
            "申请金额(元)": 600_000,
            "申请日期": "2013-04-01",
        }
        for each in (field.union, field.other)
    ]
    await importer.check(
        "grants", wanted, {"granter-not-above": {**wanted[0], "受补助工会": str(field.province)}}
    )
    owned: list[Line] = [
        {
            "工会": str(field.union),
            "资产类别": kind,
            "数量": 2,
            "账面价值(元)": 5000,
            "取得日期": "2013-02-01",
            "登记日期": "2013-02-03",
        }
        for kind in ("文体器材", "设备")
    ]
    await importer.check("assets", owned, {"number-too-small": {**owned[0], "数量": 0}})
    account = {"开户许可证号": "J7318000000001", "开户日期": "2013-02-01"}
    opened: list[Line] = [{**account, "工会": str(each)} for each in (field.union, field.other)]
    await importer.check("union-accounts", opened, {"union-unmatched": {**account, "工会": NOWHERE}})
    await field.agree({"grants_applied": 120_000_000}, field.county, field.province)


async def test_the_levy_of_employers_with_notice(field: Field, importer: Importer) -> None:
    codes = [await code_of(field, await field.employer()) for _ in range(2)]
    told: list[Line] = [
        {"单位统一社会信用代码": code, "通知书编号": "通知2013-1", "发出日期": "2013-05-20"} for code in codes
    ]
    await importer.check(
        "employers-notified", told, {"employer-unknown": {**told[0], "单位统一社会信用代码": STRANGER}}
    )
    first = {"employer": codes[-1], "period": "2013-07", "amount_fen": 100, "assessed_on": "2013-08-01"}
    async with asyncio.timeout(30):
        while True:
            answer = await field.post("finance", "levies/assessments", first)
            if answer.status_code == 201:
                break
            assert answer.json()["code"] == "levy-not-yet-allowed", answer.text
            await asyncio.sleep(0.05)
    owed: list[Line] = [
        {
            "缴款单位统一社会信用代码": code,
            "所属期": "2013-06",
            "工资总额(元)": 50001.5,
            "核定日期": "2013-07-01",
        }
        for code in codes
    ]
    await importer.check("levy-assessments", owed, {"value-too-many": {**owed[0], "应缴金额(元)": 5}})
    paid: list[Line] = [
        {"缴款单位统一社会信用代码": codes[0], "金额(元)": "1,000.03", "缴款日期": "2013-06-30"}
    ]
    await importer.check("levy-receipts", paid, {"amount-not-positive": {**paid[0], "金额(元)": -1}})
    await field.agree({"levy_received": 100_003}, field.town, field.county)
